"""People find a journey by their own words."""

import pytest

from kiosk.journeys.finding import find
from tests.fixtures.municipality import VERSIONS


def found(typed: str, language: str = "nl") -> list[str]:
    return [version.journey.name for version in find(typed, VERSIONS, language)]


@pytest.mark.parametrize(
    ("typed", "journey"),
    [
        ("ik ga verhuizen", "moving"),
        ("verhuisd", "moving"),
        ("VERHUIZING", "moving"),
        ("nieuw adres doorgeven", "moving"),
        ("uittreksel", "extract"),
        ("schulden", "money"),
        ("ik kan de huur niet betalen", "money"),
    ],
)
def test_words_lead_to_a_journey(typed: str, journey: str) -> None:
    assert found(typed)[0] == journey


@pytest.mark.parametrize(
    ("typed", "language"), [("moving house", "en"), ("money", "en"), ("verhuizen", "en")]
)
def test_words_of_the_citizen_and_of_the_site_both_lead_there(typed: str, language: str) -> None:
    assert found(typed, language)


@pytest.mark.parametrize("typed", ["", "xyzzy", "de", "12345", "a" * 100_000, "\x00", "؟؟؟"])
def test_words_that_say_nothing_lead_nowhere(typed: str) -> None:
    assert found(typed) == []
