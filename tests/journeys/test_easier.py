"""Easier words (A2): how they are written and said, and that they are easy and easier."""

import pytest

from kiosk.journeys.easier import easier_faults, is_easy
from kiosk.journeys.files import BrokenJourney, Version, parse
from kiosk.journeys.plain import NO_WORDS, word_list
from kiosk.journeys.screens import Taken, step_screen, summary
from tests.fixtures.journeys import WEDNESDAY, at, tiny
from tests.journeys.test_reach import journey

WORDS = word_list({"hard": {"machtiging": "brief"}})


def screen(say):
    """The question of the tiny journey, as `say` says it."""
    version = tiny("simpler")
    return step_screen(version, at(version).point("proof"), {}, WEDNESDAY, say, locale="nl")


def faults(*steps, more="", language="nl", words=WORDS):
    """What is said of the easier words of a live journey with these steps."""
    found = easier_faults(journey(*steps, more=more), language, words)
    return [(fault.path[-1:], fault.what, fault.warning) for fault in found]


def test_in_simple_words_every_text_of_a_screen_is_easier():
    simple = screen(tiny("simpler").say("nl", simple=True))
    assert (simple.title, simple.heading, simple.why) == (
        "Iets vragen",
        "Hebt u een brief van de ander?",
        "De ander moet het goed vinden.",
    )
    assert [choice.label for choice in simple.fields[0].choices] == ["Ja, de brief", "Nee"]


def test_without_simple_words_it_reads_as_it_is_written():
    assert screen(tiny("simpler").say("nl")).title == "Een verzoek indienen"


def test_a_summary_is_told_in_simple_words_too():
    version = tiny("simpler")
    say = version.say("nl", simple=True)
    told = summary(Taken(version, {"proof": "yes"}, "arranged"), WEDNESDAY, say, locale="nl")
    assert (told.rows[0].text, told.next) == ("Ja, de brief", ("U hoort snel van ons.",))


def test_another_language_says_its_own_easier_words_else_the_ordinary_ones():
    text = tiny("simpler").text
    spoken = {("simpler", "Een verzoek indienen"): "A request", ("simpler", "Iets vragen"): "To ask"}
    for words, title in ((spoken, "To ask"), (dict([next(iter(spoken.items()))]), "A request")):
        version = Version(text, "nl", {"en": words}, parse(text))
        assert version.say("en", simple=True)("Een verzoek indienen", "simpler") == title


def test_easier_words_are_kept_with_their_version():
    kept = Version.from_text(tiny("simpler").to_text())
    assert kept.say("nl", simple=True)("Een verzoek indienen", "simpler") == "Iets vragen"


@pytest.mark.parametrize("text", ["{say: Dat is goed.}", "{say: Dat is goed., simple: Goed.}"])
def test_a_text_with_half_of_the_two_wordings_is_refused(text):
    with pytest.raises(BrokenJourney, match="this must be text"):
        journey(f"{{step: then, tell: Dan dit., explain: {text}}}")


def test_easier_words_that_leave_out_a_fact_are_refused():
    with pytest.raises(BrokenJourney, match="the easier wording has other"):
        journey("{step: then, tell: 'Bel {phone} daarvoor.', simpler: Bel ons.}")


@pytest.mark.parametrize(
    ("text", "easy"),
    [
        ("Kom naar de balie. Neem uw pas mee.", True),
        ("Kom nu naar de balie en neem daar ook uw pas mee.", False),
        ("Uw machtiging", False),
        ("Uw identiteitskaart", False),
        ("Een medewerker helpt u bij {reception}.", True),
    ],
)
def test_easy_is_short_sentences_and_everyday_words(text, easy):
    assert is_easy(text, "nl", WORDS) is easy


def test_a_live_journey_needs_easier_words_where_a_text_is_not_easy():
    assert faults("{step: then, tell: Dat is goed., explain: Neem uw machtiging mee.}") == [
        (("explain",), 'there is no easier wording, and "machtiging" is a hard word', True)
    ]


def test_a_draft_needs_no_easier_words_yet():
    found = journey("{step: then, tell: Neem uw machtiging mee.}", more="state: draft\n")
    assert list(easier_faults(found, "nl", WORDS)) == []


@pytest.mark.parametrize(
    ("simpler", "what"),
    [
        (" ".join(["huis"] * 11), "a sentence has 11 words"),
        ("Uw machtiging", '"machtiging" is a hard word'),
        ("Identiteitskaart", '"Identiteitskaart" is long'),
    ],
)
def test_easier_words_that_are_hard_are_a_problem(simpler, what):
    step = f"{{step: then, tell: Neem uw machtiging mee., simpler: '{simpler}'}}"
    assert faults(step) == [(("simpler",), what, False)]


def test_easier_words_that_are_no_easier_are_a_problem():
    assert faults("{step: then, tell: Kom hier., simpler: Kom hier even binnen.}") == [
        (("simpler",), "this is no easier than the text itself", False)
    ]


def test_easier_words_that_are_harder_on_the_whole_are_a_problem():
    whole, instead = " ".join(["Kom hier."] * 60), " ".join(["Verzekering gemeentehuis."] * 30)
    found = faults(f"{{step: then, tell: '{whole}', simpler: '{instead}'}}", words=NO_WORDS)
    assert [(path, what.partition(" is ")[0]) for path, what, _ in found] == [
        ((), "in easier words the reading level")
    ]


def test_a_language_without_a_formula_is_measured_by_its_sentences():
    assert faults("{step: then, tell: Identiteitskaart.}", language="fy") == []


@pytest.mark.norm("COG-05")
@pytest.mark.parametrize("simple", [False, True])
def test_a_hard_word_is_explained_where_it_stands(simple):
    found = screen(tiny("simpler").say("nl", simple))
    assert [(each.word, each.means) for each in found.explained] == [
        ("machtiging", "Een brief met een handtekening.")
    ]


def test_a_hard_word_is_explained_beside_what_happens_next():
    version = tiny("simpler")
    told = summary(Taken(version, {"proof": "no"}, "arranged"), WEDNESDAY, version.say("nl"), locale="nl")
    assert [each.word for each in told.explained] == ["machtiging", "EU"]


@pytest.mark.parametrize(("text", "found"), [("een EU-land", True), ("nieuw", False), ("veel euro", False)])
def test_a_short_word_is_found_only_as_it_is(text, found):
    (_, short) = tiny("simpler").journey.explained
    assert bool(short.form.search(text)) is found
