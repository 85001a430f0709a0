"""Whether the words of a journey are plain."""

import tomllib

import pytest

from kiosk.journeys.plain import NO_WORDS, flesch_douma, plain_faults, syllables, word_list
from kiosk.settings import TOP
from tests.fixtures.journeys import tiny
from tests.journeys.test_reach import journey

DUTCH = tomllib.loads((TOP / "kiosk/journeys/words_nl.toml").read_text(encoding="utf-8"))
WORDS = word_list(DUTCH)


def told(text, words=WORDS, key="explain"):
    """What is said of a text in a step of a journey."""
    found = journey(f"{{step: then, tell: Dan dit., {key}: '{text}'}}")
    return [(fault.what, fault.todo, fault.warning) for fault in plain_faults(found, "nl", words)]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("huis", 1), ("gemeente", 3), ("verhuizen", 3), ("ideeën", 3), ("bijeen", 2), ("beoordelen", 4),
        ("nieuwe", 2), ("IJsland", 2), ("mooie", 2), ("28", 1), ("pc", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_groups_of_vowels(word, count):
    assert syllables(word) == count


def test_the_reading_level_follows_the_formula():
    assert flesch_douma(["Ik ga naar huis."]) == pytest.approx(206.84 - 0.93 * 4 - 77 * 4 / 4)


def test_office_language_is_refused_and_a_plain_word_offered():
    assert told("U dient dit conform de wet te doen.") == [
        ('"dient" is the language of the office', 'write "moet"', False),
        ('"conform" is the language of the office', 'write "volgens"', False),
    ]


def test_a_hard_word_is_a_warning():
    assert told("U hebt een machtiging.") == [
        (
            '"machtiging" is a hard word',
            'write "briefje dat iemand dit voor u mag doen", or explain it under "explained:"',
            True,
        )
    ]


@pytest.mark.norm("COG-04")
@pytest.mark.parametrize(
    ("text", "turn", "what"),
    [
        ("De brief wordt morgen naar u gestuurd.", "wordt morgen naar u gestuurd", "says not who does it"),
        (
            "Uw brief wordt bij {reception} per e-mail gestuurd.",
            "wordt bij {reception} per e-mail gestuurd",
            "says not who does it",
        ),
        ("U leest hoe dit gekozen wordt.", "gekozen wordt", "says not who does it"),
        ("Dat is niet onmogelijk.", "niet onmogelijk", "says no twice"),
        ("U kunt niet zonder pas.", "niet zonder", "says no twice"),
    ],
)
def test_a_turn_of_phrase_that_reads_hard_is_warned_about(text, turn, what):
    ((said, _, warning),) = told(text)
    assert said == f'"{turn}" {what}' and warning


@pytest.mark.parametrize(
    "text",
    [
        "Wie lang blijft, wordt inwoner.",
        "Dat wordt u nog niet.",
        "Uw kind wordt hier geboren.",
        "Belastingen worden hoger.",
        "Het gebied wordt groter.",
        "Als uw kind 18 wordt en u verhuist, helpen wij.",
        "Wij vragen geen bedragen en geen namen.",
        "Bel niet en kom niet.",
        "De eigenaar van de grond betaalt.",
    ],
)
def test_plain_turns_of_phrase_are_left_alone(text):
    assert told(text) == []


@pytest.mark.norm("COG-04")
def test_figures_of_speech_are_refused():
    assert told("Wij gaan aan de slag.")[0][1:] == ('write "beginnen"', False)


NEEDED = word_list(DUTCH, {"needed": ["Machtiging"]})
EXPLAINED = "explained: [{word: machtiging, means: Een brief met een handtekening.}]"


@pytest.mark.norm("COG-05")
def test_a_hard_word_that_the_site_needs_must_be_explained():
    assert told("U hebt een machtiging.", NEEDED) == [
        ('"machtiging" is a hard word', 'explain it under "explained:"', False)
    ]


@pytest.mark.parametrize("words", [WORDS, NEEDED])
def test_a_hard_word_that_is_explained_may_stay(words):
    found = journey("{step: then, tell: U hebt twee machtigingen.}", more=EXPLAINED)
    assert list(plain_faults(found, "nl", words)) == []


def test_a_site_adds_words_of_its_own():
    assert (
        told("Doe dit pronto.", word_list(DUTCH, {"banned": {"pronto": "meteen"}}))[0][1] == 'write "meteen"'
    )


def test_a_word_is_found_whole_and_in_capitals():
    assert told("Middels een brief.")[0][0] == '"Middels" is the language of the office'
    assert told("U bent de middelste.") == []


def test_the_longest_words_win():
    assert told("Dit is ten behoeve van u.")[0][:2] == (
        '"ten behoeve van" is the language of the office',
        'write "voor"',
    )


def test_a_note_for_officials_may_say_what_it_likes():
    assert told("Conform artikel 2.39.", key="official") == []


def test_a_long_sentence_is_warned_about():
    assert told(" ".join(["huis"] * 16), NO_WORDS) == [
        ("a sentence has 16 words", "make it 15 or fewer", True)
    ]


def test_a_sentence_that_nobody_takes_in_is_a_problem():
    assert told(" ".join(["huis"] * 21), NO_WORDS) == [
        ("a sentence has 21 words", "make it 15 or fewer", False)
    ]


HARDER = "De medewerker bekijkt dan al uw papieren en helpt u."
HARDEST = "Verzekeringsmaatschappijen vereisen onmiddellijke aansprakelijkstelling van betrokkenen."


@pytest.mark.norm("COG-02")
@pytest.mark.parametrize(("sentence", "warning"), [(HARDER, True), (HARDEST, False)])
def test_a_journey_that_reads_hard_names_its_hardest_text(sentence, warning):
    found = journey(
        f"{{step: then, tell: Wij gaan dit nu samen met u doen., explain: '{' '.join([sentence] * 30)}'}}"
    )
    level = [fault for fault in plain_faults(found, "nl", NO_WORDS) if "reading level" in fault.what]
    assert [(fault.path[-1], fault.warning) for fault in level] == [("explain", warning)]


def test_sentences_that_are_long_on_average_are_warned_about():
    found = journey(f"{{step: then, tell: '{' '.join([' '.join(['huis'] * 12) + '.'] * 10)}'}}")
    assert "sentences have 11.3 words on average" in [
        fault.what for fault in plain_faults(found, "nl", NO_WORDS)
    ]


def test_a_short_journey_has_no_reading_level():
    assert list(plain_faults(tiny("plain").journey, "nl", NO_WORDS)) == []


def test_a_language_without_a_formula_has_no_reading_level():
    found = journey(f"{{step: then, tell: '{' '.join(['Verantwoordelijkheden.'] * 120)}'}}")
    assert list(plain_faults(found, "fy", NO_WORDS)) == []


@pytest.mark.parametrize("kind", ["banned", "hard"])
def test_no_plainer_word_is_a_hard_one_itself(kind):
    assert {word: plain for word, plain in DUTCH[kind].items() if list(WORDS.found(plain))} == {}
    assert all(word == word.lower() for word in DUTCH[kind])
