"""What citizens type, and what becomes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.journeys import fields
from kiosk.journeys.fields import KINDS, FieldError
from kiosk.journeys.kinds.picks import countries
from tests.fixtures.journeys import WEDNESDAY, dutch, tiny, typed

STEPS = tiny("kinds").journey.steps
ASKED = [step for step in STEPS.values() if step.does == "ask"]
LENIENT = [
    ("a_date", "31-3-2027", "2027-03-31"),
    ("a_date", "1/4/2027", "2027-04-01"),
    ("a_date", "2027-4-1", "2027-04-01"),
    ("a_date", "31032027", "2027-03-31"),
    ("a_date", "٣١-٣-٢٠٢٧", "2027-03-31"),
    ("a_date", "۳۱ ۳ ۲۰۲۷", "2027-03-31"),
    ("a_date", {"day": "1", "month": "4", "year": "2027"}, "2027-04-01"),
    ("a_partial_date", "1960", "1960"),
    ("a_partial_date", {"day": "", "month": "5", "year": "1960"}, "1960-05"),
    ("a_partial_date", {"day": "0", "month": "00", "year": "1960"}, "1960"),
    ("a_partial_date", "3-5-1960", "1960-05-03"),
    ("a_time", "9.05", "09:05"),
    ("a_time", "14u30", "14:30"),
    ("a_time", "9 uur", "09:00"),
    ("a_number", " ١٢ ", 12),
    ("a_number", "1.000", 1000),
    ("a_money", "€ 1.234,5", "1234.50"),
    ("a_money", "12,50", "12.50"),
    ("a_money", "12.50", "12.50"),
    ("a_money", "1.000.000", "1000000.00"),
    ("a_money", "25,-", "25.00"),
    ("a_money", "١٢٫٥٠", "12.50"),
    ("a_text", "  een \u202e twee\x00 ", "een twee"),
    ("a_text", "👋", "👋"),
    ("a_long_text", "een\r\n\r\n\r\n\r\ntwee", "een\n\ntwee"),
    ("a_name", "Jean-Luc d'Été", "Jean-Luc d'Été"),
    ("a_name", "نور الدين", "نور الدين"),
    (
        "a_address",
        {"postcode": "1234ab", "number": "5a"},
        {"postcode": "1234AB", "number": "5", "addition": "a"},
    ),
    ("a_phone", "06 - 1234 5678", "+31612345678"),
    ("a_phone", "+31 (0)6 12345678", "+31612345678"),
    ("a_phone", "0031612345678", "+31612345678"),
    ("a_phone", "٠٦١٢٣٤٥٦٧٨", "+31612345678"),
    ("a_phone", "0032 2 555 01 23", "+3225550123"),
    ("a_email", "Noor@VOORBEELD.Example ", "Noor@voorbeeld.example"),
    ("a_iban", "nl91 abna 0417 1643 00", "NL91ABNA0417164300"),
    ("a_plate", "12-ab-34", "12AB34"),
    ("a_document", "speci 2014", "SPECI2014"),
    ("a_bsn", "9999.90.019", "999990019"),
    ("a_consent", "yes", "yes"),
    ("a_nationality", "XX", "XX"),
]


@pytest.mark.norm("COG-18")
@pytest.mark.parametrize(("step", "text", "value"), LENIENT)
def test_many_ways_of_typing_give_one_value(step, text, value):
    assert typed(step, text) == value


REFUSED = [
    ("a_date", "31-2-2027", "Deze dag bestaat niet. Kijk naar de dag en de maand."),
    ("a_date", "morgen", "Typ de datum met cijfers, zo: 31 3 2027."),
    ("a_date", "1-4-27", "Klopt het jaar? Typ vier cijfers, zoals 1985."),
    ("a_date", {"day": "1", "month": "4"}, "Vul ook het jaar in."),
    ("a_date", "1" * 5000, "Dit is te lang. Maak het korter: hooguit {most} tekens."),
    ("a_partial_date", {"day": "3", "year": "1960"}, "Vul ook de maand in."),
    ("a_time", "25:00", "Typ de tijd zo: 14:30."),
    ("a_number", "drie", "Vul een heel getal in. Gebruik alleen cijfers."),
    ("a_number", "-1", "Dit is te laag. Vul {limit} of meer in."),
    ("a_money", "veel", "Vul een bedrag in, zoals € 12,50."),
    ("a_name", "Noor 👋", "Een naam heeft alleen letters. Haal andere tekens weg."),
    (
        "a_address",
        {"postcode": "0123 AB", "number": "5"},
        "Typ de postcode zo: 1234 AB. De cijfers beginnen niet met 0.",
    ),
    (
        "a_address",
        {"postcode": "1234 SS", "number": "5"},
        "Typ de postcode zo: 1234 AB. De cijfers beginnen niet met 0.",
    ),
    (
        "a_address",
        {"postcode": "1234 AB"},
        "Typ het huisnummer met cijfers, zo: 12. De toevoeging komt apart.",
    ),
    ("a_phone", "06 1234", "Dit nummer klopt niet. Typ het zo: 06 12345678."),
    ("a_email", "noor", "Dit e-mailadres klopt niet. Typ het zo: naam@voorbeeld.nl."),
    ("a_iban", "NL91ABNA0417164301", "Dit IBAN klopt niet. Kijk op uw bankpas en typ het opnieuw."),
    ("a_plate", "ABCDEF", "Dit kenteken klopt niet. Het heeft 6 letters en cijfers, zoals 12-AB-34."),
    ("a_bsn", "123456789", "Dit nummer klopt niet. Een burgerservicenummer heeft 9 cijfers."),
    ("a_choice", "three", "Dit antwoord kennen wij niet. Kies een antwoord uit de lijst."),
    ("a_choices", "four", "Dit antwoord kennen wij niet. Kies een antwoord uit de lijst."),
    ("a_country", "ZZ", "Dit antwoord kennen wij niet. Kies een antwoord uit de lijst."),
    ("a_consent", "", "Vink dit aan als u verder wilt. Wilt u dit niet? Roep dan iemand."),
    ("a_text", " \u200e\x00 ", "Vul dit in."),
]


@pytest.mark.norm("COG-17")
@pytest.mark.parametrize(("step", "text", "message"), REFUSED)
def test_what_cannot_be_taken_is_said_with_how_to_mend_it(step, text, message):
    with pytest.raises(FieldError) as refused:
        typed(step, text)
    assert refused.value.problems[0][1] == message


def test_each_wrong_part_of_an_address_is_named():
    with pytest.raises(FieldError) as refused:
        typed("a_address", {"postcode": "nee", "number": "nul"})
    assert [name for name, _, _ in refused.value.problems] == ["a_address.postcode", "a_address.number"]


def test_a_date_in_three_parts_names_the_parts_that_are_missing():
    with pytest.raises(FieldError) as refused:
        typed("a_date", {"year": "2027"})
    assert [name for name, _, _ in refused.value.problems] == ["a_date.day", "a_date.month"]


def test_ten_megabytes_are_refused_without_being_read():
    with pytest.raises(FieldError) as refused:
        typed("a_long_text", "\u202e" * 10_000_000)
    assert refused.value.problems[0][2] == {"most": 2000}


def test_choices_keep_the_order_of_the_file():
    assert fields.read(STEPS["a_choices"], {"a_choices": ["three", "one"]}, WEDNESDAY) == ["one", "three"]


def test_a_message_is_answered_by_going_on():
    assert fields.read(tiny("message").journey.steps["hello"], {}, WEDNESDAY) is True


def test_an_optional_answer_may_stay_empty():
    phone = tiny("optional").journey.steps["phone"]
    assert fields.read(phone, {"phone": ["  "]}, WEDNESDAY) is None and fields.fits(phone, None)


def test_beyond_the_latest_day_it_is_said_when_to_come_back():
    with pytest.raises(FieldError) as refused:
        typed("day", "1-6-2027", tiny("bounds"))
    params = refused.value.problems[0][2]
    assert {name: day.isoformat() for name, day in params.items()} == {
        "day": "2027-04-28",
        "from": "2027-05-04",
    }


@pytest.mark.parametrize(("text", "kept"), [("8", True), ("9", False), ("0", False)])
def test_numbers_stay_within_their_limits(text, kept):
    try:
        assert (typed("people", text, tiny("bounds")) == int(text)) is kept
    except FieldError:
        assert not kept


@pytest.mark.parametrize("step", ASKED, ids=lambda step: step.field)
def test_what_is_shown_to_be_typed_again_gives_the_same_value(step):
    kind = KINDS[step.field]
    for value in kind.try_out(step, WEDNESDAY):
        form = {
            f"{step.name}.{part}" if part else step.name: text.split() if step.field == "choices" else [text]
            for part, text in kind.typed(step, value).items()
        }
        assert fields.read(step, form, WEDNESDAY) == value


@pytest.mark.parametrize("step", ASKED, ids=lambda step: step.field)
@pytest.mark.parametrize("locale", ["nl", "en", "ar"])
def test_every_kind_has_words_in_every_language(step, locale):
    for value in KINDS[step.field].try_out(step, WEDNESDAY):
        assert fields.fits(step, value) and fields.show(step, value, dutch, locale)


@pytest.mark.parametrize("locale", ["en_GB", "ar", "fy"])
def test_every_country_has_a_name_in_every_language(locale):
    assert countries(locale).keys() == countries("nl").keys()


@pytest.mark.parametrize("step", ASKED, ids=lambda step: step.field)
@given(data=st.data())
def test_any_text_gives_a_value_that_fits_or_a_clear_error(step, data):
    kind = KINDS[step.field]
    text = (
        st.text()
        | st.from_regex(r"[0-9 .,:/+-]{0,12}", fullmatch=True)
        | st.characters().map(lambda one: one * 3000)
    )
    form = {f"{step.name}.{part}" if part else step.name: [data.draw(text)] for part in kind.inputs}
    try:
        assert fields.fits(step, fields.read(step, form, WEDNESDAY))
    except FieldError as refused:
        assert all(name in form for name, _, _ in refused.problems)


@pytest.mark.parametrize("step", ASKED, ids=lambda step: step.field)
@pytest.mark.parametrize("junk", [None, 3.5, [], {}, ["x"], {"x": 1}, True, "\x00"])
def test_junk_in_the_records_never_fits(step, junk):
    assert not fields.fits(step, junk) or (step.field in ("text", "long_text", "name"))


def test_a_telephone_number_keeps_its_order_in_arabic():
    assert fields.show(STEPS["a_phone"], "+31612345678", dutch, "ar") == "\u206606 12345678\u2069"


def test_dates_are_shown_with_the_day_of_the_week():
    assert fields.show(STEPS["a_date"], "2027-03-31", dutch, "nl") == "woensdag 31 maart 2027"


@pytest.mark.parametrize(
    ("plate", "shown"), [("12AB34", "12-AB-34"), ("99ABCD", "99-AB-CD"), ("G001BB", "G-001-BB")]
)
def test_plates_are_shown_as_on_the_car(plate, shown):
    assert fields.show(STEPS["a_plate"], plate, dutch, "nl") == shown


BOUNDS = {step.name: step for step in tiny("bounds").journey.steps.values()}
TOO_LATE = {"day": ["1-6-2027"]}


def test_a_limit_refuses_and_an_official_reads_beyond_it():
    with pytest.raises(fields.FieldError):
        fields.read(BOUNDS["day"], TOO_LATE, WEDNESDAY)
    assert fields.read_beyond(BOUNDS["day"], TOO_LATE, WEDNESDAY) == "2027-06-01"
    assert fields.read_beyond(BOUNDS["people"], {"people": ["12"]}, WEDNESDAY) == 12


def test_an_answer_that_stays_as_it_was_is_held_to_no_limit_again():
    assert fields.read(BOUNDS["day"], TOO_LATE, WEDNESDAY, "2027-06-01") == "2027-06-01"
    with pytest.raises(fields.FieldError):
        fields.read(BOUNDS["day"], TOO_LATE, WEDNESDAY, "2027-06-02")


@pytest.mark.parametrize("typed", ["31-2-2027", "morgen", "1-6"])
def test_nobody_reads_beyond_what_is_no_date(typed):
    with pytest.raises(fields.FieldError):
        fields.read_beyond(BOUNDS["day"], {"day": [typed]}, WEDNESDAY)


def test_only_limits_and_ends_can_be_overruled():
    steps = tiny("overrule").journey.steps
    assert [name for name, step in steps.items() if fields.may_overrule(step)] == ["unsure"]
    assert all(fields.may_overrule(step) for step in BOUNDS.values())
