import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Prints one line for each rule of PDF/UA-1 that a file breaks, with where it first does. */
public class Check {
    public static void main(String[] names) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean compliant = true;
        for (String name : names) {
            ValidationResult result = validate(name);
            result.getTestAssertions().stream().filter(Check::failed).map(Check::told).distinct().forEach(System.out::println);
            compliant &= result.isCompliant();
        }
        System.exit(compliant ? 0 : 1);
    }

    private static ValidationResult validate(String name) throws Exception {
        try (var parser = Foundries.defaultInstance().createParser(new FileInputStream(name), PDFAFlavour.PDFUA_1);
                var validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
            return validator.validate(parser);
        }
    }

    private static boolean failed(TestAssertion assertion) {
        return assertion.getStatus() == TestAssertion.Status.FAILED;
    }

    private static String told(TestAssertion failure) {
        var rule = failure.getRuleId();
        return rule.getClause() + "-" + rule.getTestNumber() + ": " + failure.getMessage();
    }
}
