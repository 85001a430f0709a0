"""The words of the interface, and the letters that every language needs."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from kiosk import TOP, messages
from kiosk.journeys.wording import sentences
from tests.fixtures.municipality import SITE

LONGEST, MEAN = 15, 10
MARKS_OF_DIRECTION = {"\u2066", "\u2068", "\u2069"}
NOTHING_SAID = r"\b(?:klik|lees meer|meer lezen|oké|ok)\b"
COLOUR_OR_FORM = "rode|groene|gele|blauwe|ronde|vierkante"
BY_LOOK = rf"\b(?:{COLOUR_OR_FORM}|linker|rechter|bovenste|onderste) knop|knop (?:links|rechts)"


def texts(catalogue: Catalog) -> Iterator[str]:
    """Every text of a catalogue, in the language of the site."""
    for message in catalogue:
        if message.id:
            yield from [message.id] if isinstance(message.id, str) else message.id


@pytest.fixture(scope="module")
def ours() -> list[str]:
    """Every sentence of the interface."""
    return [sentence for text in texts(messages.interface()) for sentence in sentences(text)]


@pytest.mark.norm("COG-03")
def test_sentences_of_the_interface_are_short(ours: list[str]) -> None:
    lengths = [len(sentence.split()) for sentence in ours]
    assert len(lengths) > 300
    assert max(lengths) <= LONGEST and sum(lengths) / len(lengths) <= MEAN


@pytest.mark.norm("COG-04")
def test_the_interface_says_who_does_what_and_says_no_once(ours: list[str]) -> None:
    assert [turn for sentence in ours for turn in messages.WORDS.turned(sentence)] == []
    graded = [(sentence, *found) for sentence in ours for found in messages.WORDS.found(sentence)]
    assert [each for each in graded if each[-1] == "banned"] == []


@pytest.mark.norm("COG-29")
def test_no_button_or_link_says_only_that_it_is_one(ours: list[str]) -> None:
    assert [sentence for sentence in ours if re.search(NOTHING_SAID, sentence, re.IGNORECASE)] == []


@pytest.mark.norm("W 1.3.3")
def test_nobody_is_sent_to_a_button_by_its_colour_form_or_place(ours: list[str]) -> None:
    theirs = list(texts(messages.journeys(SITE)))
    assert [text for text in [*ours, *theirs] if re.search(BY_LOOK, text, re.IGNORECASE)] == []


@pytest.mark.norm("COG-10")
def test_the_fonts_have_every_letter_of_every_language() -> None:
    fonts = sorted((TOP / "static/vendor").glob("*-400-normal.woff2"))
    drawn = set().union(*(TTFont(font).getBestCmap() for font in fonts))
    needed = set("".join([*texts(messages.interface()), *texts(messages.journeys(SITE)), *translated()]))
    assert len(needed) > 100
    assert {one for one in needed if ord(one) not in drawn and not one.isspace()} <= MARKS_OF_DIRECTION


def translated() -> Iterator[str]:
    """Every text of every catalogue, in its own language."""
    for folder in (TOP, SITE.folder):
        for file in folder.glob("translations/*/LC_MESSAGES/*.po"):
            with file.open("rb") as opened:
                for message in read_po(opened):
                    yield from [message.string] if isinstance(message.string, str) else message.string
