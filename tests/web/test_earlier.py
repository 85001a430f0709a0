"""A second errand of a visit does not ask again how somebody is called or reached (WCAG 2.2, 3.3.7)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from itertools import permutations
from pathlib import Path

import pytest
from flask import Flask

from kiosk.journeys.fields import is_lasting
from kiosk.journeys.files import Version
from kiosk.journeys.model import Step
from kiosk.journeys.pieces import Example
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import EXAMPLES, VERSIONS
from tests.fixtures.sharing import Shared, looks, offer
from tests.fixtures.visitors import Visitor

pytestmark = pytest.mark.either_database


def lasting(version: Version) -> Iterator[Step]:
    """What a journey asks once of how somebody is called or reached."""
    parts = (part for part in version.journey.parts if not part.repeat)
    return (step for part in parts for step in part.steps if is_lasting(step))


def asked_twice() -> list[tuple[str, str, str]]:
    """Two journeys of the site, and what the first asks and the second cannot do without."""
    return [
        (first.journey.name, second.journey.name, step.name)
        for first, second in permutations(VERSIONS, 2)
        for step in lasting(second)
        if not step.optional
        and any((step.name, step.field) == (one.name, one.field) for one in lasting(first))
    ]


def example_with(journey: str, key: str) -> Example:
    """One of the journey's examples in which this is answered."""
    return next(each for name, each in EXAMPLES if name == journey and each.answers.get(key))


def value_of(visitor: Visitor, name: str) -> str:
    """What stands in the field of that name."""
    return visitor.page.one("input", name=name).get("value", "")


@pytest.mark.norm("COG-15", "W 3.3.7")
@pytest.mark.parametrize(("first", "second", "key"), asked_twice(), ids=str)
def test_what_another_errand_was_told_is_filled_in(
    visitor: Visitor, clock: Clock, first: str, second: str, key: str
) -> None:
    told, again = example_with(first, key), example_with(second, key)
    clock.now = datetime.combine(told.today, time(9), UTC)
    visitor.arrives().begins(first).fills_in(told.answers)
    answer = visitor.summary[key]
    visitor.begins(second)
    while visitor.page.step != key:
        visitor.fills_screen(again.answers)
    assert visitor.page.all(data_earlier="")
    visitor.answers(value_of(visitor, key))
    assert visitor.fills_in(again.answers).summary[key] == answer


def test_the_site_has_something_to_fill_in() -> None:
    assert {("moving", "money", "phone"), ("moving", "money", "email")} <= set(asked_twice())


@pytest.fixture
def known(own_site: Path, make_app: Callable[..., Flask]) -> Visitor:
    """Somebody who said how they are called and what their account is."""
    offer(own_site, "covered")
    visitor = Visitor(make_app(site=own_site).test_client()).arrives().begins("covered")
    return visitor.answers("Noor", "NL91 ABNA 0417 1643 00", "no", "Een verhaal").confirms()


def test_only_what_is_the_same_in_every_errand_is_filled_in(known: Visitor) -> None:
    known.begins("covered")
    assert value_of(known, "name") == "Noor"
    assert value_of(known.answers("Noor"), "account") == "NL91 ABNA 0417 1643 00"
    known.answers("NL91 ABNA 0417 1643 00")
    assert not [each for each in known.page.all("input", name="letter") if each.get("checked") is not None]
    assert not known.answers("no").page.one("textarea").text
    assert not known.page.all(data_earlier="")


def test_the_express_way_fills_it_in_too(known: Visitor) -> None:
    known.begins("covered", "express")
    assert value_of(known, "name") == "Noor" and value_of(known, "account").startswith("NL91")
    assert len(known.page.all(data_earlier="")) == 2


def test_what_was_told_last_is_filled_in(known: Visitor) -> None:
    known.begins("covered").answers("Nour", "NL91 ABNA 0417 1643 00", "no", "").confirms()
    assert value_of(known.begins("covered"), "name") == "Nour"


def test_a_refused_answer_stands_as_it_was_typed(known: Visitor) -> None:
    known.begins("covered").answers("1234")
    assert known.errors and value_of(known, "name") == "1234"
    assert not known.page.all(data_earlier="")


def test_an_answer_of_this_errand_stands_as_it_is(known: Visitor) -> None:
    known.begins("covered").answers("Nour").goes_back()
    assert value_of(known, "name") == "Nour"
    assert not known.page.all(data_earlier="")


def test_nothing_of_another_visit_is_filled_in(known: Visitor) -> None:
    known.stops().arrives().begins("covered")
    assert value_of(known, "name") == ""


@pytest.mark.norm("COG-15")
def test_who_helps_does_not_type_it_again(shared: Shared) -> None:
    citizen, anna = shared("covered")
    citizen.answers("Noor", "NL91 ABNA 0417 1643 00", "no", "").confirms().begins("covered", "together")
    assert value_of(looks(anna), "name") == "Noor"
