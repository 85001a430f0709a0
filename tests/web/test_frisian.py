"""A municipality in Fryslân: everybody there may speak Frisian with the town hall, and so with its kiosks."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from flask import Flask

from kiosk import TOP, messages
from kiosk.journeys.wording import sentences
from kiosk.site import load_site
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import LANGUAGES, longest_example, offer_frisian
from tests.fixtures.pages import words
from tests.fixtures.visitors import Visitor, is_ready

pytestmark = pytest.mark.either_database

CATALOGUE = TOP / "translations/fy/LC_MESSAGES/messages.po"
WEEKDAYS = "moandei|tiisdei|woansdei|tongersdei|freed|sneon|snein"
LONGEST = 15
"""Words of a sentence, as in Dutch."""


@pytest.fixture
def in_fryslan(own_site: Path, make_app: Callable[..., Flask]) -> Visitor:
    """Somebody who chose Frisian, the second language of the site, at a kiosk in Fryslân."""
    offer_frisian(own_site)
    return Visitor(make_app(site=own_site).test_client()).arrives().speaks("fy")


def offered(visitor: Visitor) -> list[str]:
    """The languages to choose from on the page, in their order."""
    return [each.get("value", "") for each in visitor.page.all("button", data_action="language")]


# The screens


@pytest.mark.norm("COG-08")
@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "Wêr kinne wy jo mei helpe?"),
        ("/preferences", "Sa sjogge jo it goed"),
        ("/language", "Kies jo taal"),
        ("/your-data", "Wat wy mei jo gegevens dogge"),
        ("/nothing", "Dizze side is der net"),
    ],
)
def test_the_kiosk_speaks_frisian(in_fryslan: Visitor, path: str, heading: str) -> None:
    page = in_fryslan.goes_to(path).page
    assert (page.one("html").get("lang"), page.heading) == ("fy", heading)


@pytest.mark.norm("COG-08")
def test_a_call_speaks_frisian_and_names_the_day_in_it(in_fryslan: Visitor, clock: Clock) -> None:
    clock.now = datetime(2027, 3, 9, 19, 0, tzinfo=UTC)
    said = words(in_fryslan.speaks("fy").begins("moving").calls().page.one(data_call_state=""))
    assert "De baly is no ticht" in said and "Wer iepen: woansdei 10 " in said


@pytest.mark.norm("COG-08")
def test_an_answer_that_is_refused_is_told_why_in_frisian(in_fryslan: Visitor) -> None:
    assert list(in_fryslan.begins("moving").answers("").errors.values()) == ["Kies in antwurd."]


@pytest.mark.norm("COG-08")
def test_what_is_ready_names_its_days_in_frisian_and_has_no_voice(in_fryslan: Visitor, clock: Clock) -> None:
    clock.now = datetime.combine(longest_example("moving").today, time(9), UTC)
    ready = is_ready(in_fryslan, "fy")
    assert re.search(rf"Wy bewarje dit oant en mei (?:{WEEKDAYS}) \d", ready.page.text)
    assert "Wy kinne dit net foarlêze" in ready.presses("listen").page.text


# Which languages there are


@pytest.mark.norm("COG-08")
@pytest.mark.parametrize(
    ("before", "order"), [("nl", ["fy", "nl", "en", "ar"]), ("en", ["nl", "fy", "en", "ar"])]
)
def test_frisian_stands_where_the_site_puts_it(
    own_site: Path, make_app: Callable[..., Flask], before: str, order: list[str]
) -> None:
    offer_frisian(own_site, before)
    visitor = Visitor(make_app(site=own_site).test_client()).arrives()
    assert offered(visitor) == order
    assert visitor.page.one("html").get("lang") == order[0]
    assert visitor.speaks("nl").page.heading == "Waarmee kunnen we u helpen?"


def test_outside_fryslan_nobody_is_offered_frisian(visitor: Visitor) -> None:
    assert "fy" not in LANGUAGES and offered(visitor.arrives()) == LANGUAGES
    assert visitor.speaks("fy").page.one("html").get("lang") == "nl"


def test_a_journey_without_frisian_words_is_read_as_it_was_written(in_fryslan: Visitor) -> None:
    assert in_fryslan.begins("moving").page.heading == "Waar gaat u wonen?"
    assert words(in_fryslan.page.one("button", data_action="next")) == "Fierder"


# The words


def test_the_words_of_its_journeys_are_for_the_municipality_to_bring(own_site: Path) -> None:
    offer_frisian(own_site)
    (found,) = messages.problems(load_site(own_site))
    assert found.startswith(
        f"{own_site}/translations/fy/LC_MESSAGES/journeys.po:1:1: there is no such catalogue"
    )


@pytest.mark.norm("COG-08")
def test_every_text_of_the_interface_is_in_frisian_with_the_same_placeholders() -> None:
    assert list(messages.gaps(CATALOGUE, messages.interface(), "fy")) == []
    said = [message for message in messages.read(CATALOGUE, "fy") if message.id]
    assert len([each for each in said if each.string == each.id]) < len(said) / 20


def test_sentences_in_frisian_are_short() -> None:
    said = [message.string for message in messages.read(CATALOGUE, "fy") if message.id]
    texts = [text for forms in said for text in ([forms] if isinstance(forms, str) else forms)]
    assert [one for text in texts for one in sentences(text) if len(one.split()) > LONGEST] == []
