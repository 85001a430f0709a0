"""A second errand of a visit does not ask again how somebody is reached (WCAG 2.2, 3.3.7)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.fixtures.journeys import tiny
from tests.fixtures.sharing import Shared, looks, offer
from tests.fixtures.visitors import Visitor

pytestmark = pytest.mark.either_database

(EXAMPLE,) = tiny("reached").journey.examples
CALLED, MAILED = EXAMPLE.answers["phone"], EXAMPLE.answers["email"]


def value_of(visitor: Visitor, name: str) -> str:
    """What stands in the field of that name."""
    return visitor.page.one("input", name=name).get("value", "")


def filled_in(visitor: Visitor) -> int:
    """How many questions on the page tell that they are filled in with what was told before."""
    notes = {each.get("id") for each in visitor.page.all(data_earlier="")}
    assert notes == {each.get("aria-describedby") for each in visitor.page.all("input", aria_describedby="")}
    return len(notes)


@pytest.fixture
def known(own_site: Path, make_app: Callable[..., Flask]) -> Visitor:
    """Somebody who said how they are reached, in an errand that is done."""
    offer(own_site, "reached")
    visitor = Visitor(make_app(site=own_site).test_client()).arrives()
    return visitor.begins("reached").fills_in(EXAMPLE.answers).confirms()


@pytest.mark.norm("COG-15", "W 3.3.7")
def test_how_somebody_is_reached_is_filled_in_where_it_is_needed(known: Visitor) -> None:
    known.begins("reached")
    assert (value_of(known, "phone"), filled_in(known)) == (CALLED, 1)
    known.answers(CALLED)
    assert (value_of(known, "email"), filled_in(known)) == (MAILED, 1)


def test_nothing_else_is_filled_in(known: Visitor) -> None:
    """What may stay empty is theirs to give, another number may be the safe one, an account is their own."""
    known.begins("reached").answers(CALLED, MAILED)
    for name, answer in (("other", ""), ("safe", CALLED), ("account", "NL91 ABNA 0417 1643 00")):
        assert (value_of(known, name), filled_in(known)) == ("", 0)
        known.answers(answer)
    assert known.page.screen == "review"


def test_nothing_is_filled_in_from_a_discreet_journey_or_in_one(
    own_site: Path, make_app: Callable[..., Flask]
) -> None:
    offer(own_site, "reached")
    open_one = own_site / "journeys/reached.yaml"
    text = open_one.read_text(encoding="utf-8").replace("journey: reached", "journey: quiet")
    (own_site / "journeys/quiet.yaml").write_text(
        text.replace("keep:", "discreet: true\nkeep:"), encoding="utf-8"
    )
    for first, second in (("reached", "quiet"), ("quiet", "reached")):
        visitor = Visitor(make_app(site=own_site).test_client()).arrives()
        visitor.begins(first).fills_in(EXAMPLE.answers).begins(second)
        assert (visitor.page.step, value_of(visitor, "phone")) == ("phone", "")


def test_the_express_way_fills_it_in_too(known: Visitor) -> None:
    known.begins("reached", "express")
    assert (value_of(known, "phone"), value_of(known, "email"), filled_in(known)) == (CALLED, MAILED, 2)


def test_what_was_told_last_is_filled_in(known: Visitor) -> None:
    known.begins("reached").fills_in({**EXAMPLE.answers, "phone": "06 87654321"}).confirms()
    assert value_of(known.begins("reached"), "phone") == "06 87654321"


def test_a_refused_answer_stands_as_it_was_typed(known: Visitor) -> None:
    known.begins("reached").answers("12")
    assert known.errors and value_of(known, "phone") == "12"
    assert not known.page.all(data_earlier="")


def test_an_answer_of_this_errand_stands_as_it_is(known: Visitor) -> None:
    known.begins("reached").answers("06 87654321").goes_back()
    assert (value_of(known, "phone"), filled_in(known)) == ("06 87654321", 0)


def test_nothing_of_another_visit_is_filled_in(known: Visitor) -> None:
    known.stops().arrives().begins("reached")
    assert value_of(known, "phone") == ""


@pytest.mark.norm("COG-15")
def test_who_calls_and_who_helps_find_it_too(shared: Shared) -> None:
    citizen, anna = shared("reached")
    citizen.fills_in(EXAMPLE.answers).confirms().begins("reached", "together")
    assert value_of(citizen, "phone") == value_of(looks(anna), "phone") == CALLED
