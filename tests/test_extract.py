"""The extract: who may ask, what abroad never stops, and what the kiosk never does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.journeys.fields import KINDS
from kiosk.journeys.files import read_version
from kiosk.journeys.flow import Position, walk
from kiosk.journeys.kinds.picks import Pick
from kiosk.journeys.phrases import phrases
from kiosk.journeys.review import review
from kiosk.journeys.rules import Day
from kiosk.journeys.summaries import Summary, Taken, summary
from kiosk.journeys.wording import FACTS, placeholders
from kiosk.site import load_site

CONTENT = Path(__file__).parent.parent / "kiosk" / "content"
SITE = load_site(CONTENT)
VERSION = read_version(CONTENT / "journeys" / "extract.yaml", CONTENT / "translations", "nl")
EXTRACT = VERSION.journey
WEDNESDAY = Day(date(2027, 3, 31), SITE.holidays)

PAPER = {"kind": "address", "use": "netherlands"}
SELF = {"whom": "self", "sixteen": "yes", "registered": "here"}
ALIVE = {"kind": "alive", "use": "netherlands"}
CHILD = {"whom": "child", "custody": "yes", "same_home": "yes"}


def position(answers: Mapping[str, Any]) -> Position:
    return walk(EXTRACT, answers, WEDNESDAY)


def stands_at(answers: Mapping[str, Any]) -> str:
    """The step that comes next, or "review"."""
    here = position(answers).here
    return here.step.name if here else "review"


def sheet(answers: Mapping[str, Any]) -> Summary:
    """The Dutch summary, once confirmed."""
    taken = Taken(VERSION, answers, "prepared")
    return summary(
        taken, WEDNESDAY, VERSION.say("nl"), locale="nl", facts={**SITE.facts("nl"), "desk": "balie 2"}
    )


def test_the_author_finds_nothing_to_mend_not_even_a_warning() -> None:
    assert [str(problem) for problem in review(VERSION)] == []


# What the kiosk never does


def test_nothing_is_typed_so_no_number_no_name_and_no_address_is_asked() -> None:
    kinds = {KINDS[step.field] for step in EXTRACT.steps.values() if step.field}
    assert all(isinstance(kind, Pick) for kind in kinds)


def test_nothing_but_facts_of_the_site_is_ever_filled_in() -> None:
    used = {name for _, text, *_ in phrases(EXTRACT) for name in placeholders(text)}
    assert used - FACTS == {"price_extract"}


def test_it_is_prepared_until_somebody_has_seen_the_identity_document() -> None:
    assert EXTRACT.identity == "seen"
    assert sheet(PAPER | SELF).next[0].startswith("Ga nu naar balie 2. Laat uw identiteitsbewijs zien.")


def test_no_question_is_about_paying_and_the_desk_takes_the_money() -> None:
    asked = [step for step in EXTRACT.steps.values() if step.does == "ask"]
    assert not any("price_extract" in placeholders(step.text) for step in asked)
    assert [text for text in sheet(PAPER | SELF).next if "betaalt" in text] == [
        "U betaalt €\N{NO-BREAK SPACE}17,20 aan de balie. Kost het meer? Dan hoort u dat eerst."
    ]


# What abroad never stops


@pytest.mark.parametrize("use", ["eu", "world", "unsure"])
@pytest.mark.parametrize("answer", ["yes", "no", "unknown"])
def test_no_answer_about_abroad_ends_the_journey(use: str, answer: str) -> None:
    asked = "eu_form" if use == "eu" else "languages"
    assert stands_at(SELF | {"kind": "address", "use": use, asked: answer}) == "review"


@pytest.mark.parametrize("use", ["eu", "world", "unsure"])
def test_who_goes_abroad_hears_to_ask_the_country(use: str) -> None:
    asked = {"eu_form": "yes", "languages": "yes"}
    assert any("Vraag" in text and "land" in text for text in sheet(PAPER | asked | SELF | {"use": use}).next)


def test_who_stays_in_the_netherlands_hears_nothing_of_stamps() -> None:
    assert not any("stempel" in text for text in sheet(PAPER | SELF).next)


# For whom: Wet BRP art. 2.55.5


@pytest.mark.parametrize(
    ("whom", "next_step"),
    [
        ({"whom": "self", "sixteen": "yes"}, "registered"),
        ({"whom": "self", "sixteen": "no"}, "too_young"),
        (CHILD, "registered"),
        (CHILD | {"custody": "no"}, "no_custody"),
        (CHILD | {"custody": "unknown"}, "no_custody"),
        (CHILD | {"same_home": "no"}, "lives_elsewhere"),
        (CHILD | {"same_home": "unknown"}, "lives_elsewhere"),
        ({"whom": "grown"}, "authorisation"),
        ({"whom": "grown", "authorisation": "yes"}, "registered"),
        ({"whom": "grown", "authorisation": "no"}, "no_authorisation"),
        ({"whom": "ward"}, "registered"),
        ({"whom": "other"}, "authorisation"),
        ({"whom": "other", "authorisation": "yes"}, "registered"),
        ({"whom": "other", "authorisation": "no"}, "no_authorisation"),
        ({"whom": "other", "authorisation": "unknown"}, "no_authorisation"),
    ],
)
def test_somebody_else_s_extract_needs_custody_a_court_or_an_authorisation(
    whom: dict[str, str], next_step: str
) -> None:
    assert stands_at(PAPER | whom) == next_step


def test_no_official_lets_anybody_past_age_custody_authorisation_or_identity() -> None:
    held = {step.name for step in EXTRACT.steps.values() if step.overrule == "never"}
    assert held == {
        "too_young",
        "no_custody",
        "lives_elsewhere",
        "no_authorisation",
        "look_inside",
        "in_private",
    }


@pytest.mark.parametrize("whom", ["child", "grown", "ward", "other"])
def test_that_somebody_else_is_alive_is_for_a_person_to_look_at(whom: str) -> None:
    assert stands_at(ALIVE | {"whom": whom}) == "alive_for_other"


def test_an_authorisation_is_brought_with_a_copy_of_the_identity_document() -> None:
    answers = PAPER | {"whom": "other", "authorisation": "yes", "registered": "here"}
    assert sheet(answers).bring[-2:] == (
        "De machtiging, met de handtekening van de ander.",
        "Een kopie van het identiteitsbewijs van de ander.",
    )


# A secret address, and what it costs


def test_paper_never_tells_that_somebody_hides() -> None:
    end = position(PAPER | SELF | {"registered": "private"})
    assert end.here and end.here.step.discreet
    rows = sheet(PAPER | SELF | {"registered": "private"}).rows
    assert [row.key for row in rows if row.paper] == ["kind", "use", "whom", "sixteen"]


def test_with_a_letter_from_the_pension_fund_it_is_free() -> None:
    free = sheet(ALIVE | {"letter": "yes"} | SELF)
    assert "De brief van uw pensioenfonds." in free.bring
    assert any("gratis" in text for text in free.next) and not any("betaalt" in text for text in free.next)


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_without_that_letter_it_is_said_that_it_costs_money(answer: str) -> None:
    paid = sheet(ALIVE | {"letter": answer} | SELF)
    assert "Zonder brief betaalt u voor dit bewijs." in paid.notes
    assert any("U betaalt" in text for text in paid.next)
