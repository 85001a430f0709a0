"""An official may let a citizen past a rule, with a reason; some rules always hold."""

from collections.abc import Callable

import pytest
from flask import Flask

from kiosk.records import visits
from tests.fixtures.apps import Clock
from tests.fixtures.visitors import Official, Visitor

WHY = "De partner blijft hier ingeschreven; ik heb het nagekeken."


@pytest.fixture
def errand_id(app: Flask) -> Callable[[], str]:
    """The id of the one errand that waits for staff."""

    def find() -> str:
        with app.extensions["house"].database.read() as connection:
            (found,) = visits.to_handle(connection)
        return found.id

    return find


@pytest.fixture
def unsure(visitor: Visitor) -> Visitor:
    """A citizen who was handed over because they do not know where they will live."""
    return visitor.arrives().begins("moving").answers("here", "unsure").presses("refer")


def test_the_citizen_goes_on_where_the_rule_had_stopped_them(
    unsure: Visitor, official: Official, errand_id: Callable[[], str]
) -> None:
    official.goes_to(f"/console/errands/{errand_id()}").sends(
        f"/console/errands/{errand_id()}/overrule", why=WHY
    )
    page = unsure.goes_to("/visit").page
    assert (page.screen, page.status) == ("step", 200)
    assert page.path == "/visit/1/sixteen"


def test_a_reason_is_needed(unsure: Visitor, official: Official, errand_id: Callable[[], str]) -> None:
    page = official.sends(f"/console/errands/{errand_id()}/overrule", why="  ").page
    assert page.status == 422
    assert unsure.goes_to("/visit").page.screen == "done"


def test_who_let_them_past_and_why_stays_with_the_errand(
    unsure: Visitor, official: Official, errand_id: Callable[[], str], clock: Clock
) -> None:
    official.sends(f"/console/errands/{errand_id()}/overrule", why=WHY)
    unsure.goes_to("/visit").fills_in({"sixteen": "no"})
    unsure.presses("refer")
    page = official.goes_to(f"/console/errands/{errand_id()}").page
    assert WHY in page.text and "anna" in page.text


def test_two_officials_overrule_once(
    unsure: Visitor, official: Official, errand_id: Callable[[], str]
) -> None:
    address = f"/console/errands/{errand_id()}/overrule"
    official.sends(address, why=WHY)
    assert official.sends(address, why=WHY).page.status == 404


def test_some_rules_always_hold(visitor: Visitor, official: Official, errand_id: Callable[[], str]) -> None:
    visitor.arrives().begins("moving").answers("here", "netherlands", "no").presses("refer")
    page = official.goes_to(f"/console/errands/{errand_id()}").page
    assert page.all(data_overrule="never") and not page.all(data_action="overrule")
    assert official.sends(f"/console/errands/{errand_id()}/overrule", why=WHY).page.status == 409
    assert visitor.goes_to("/visit").page.screen == "done"


def test_nobody_goes_on_in_a_visit_that_is_over(
    unsure: Visitor, official: Official, errand_id: Callable[[], str]
) -> None:
    unsure.stops()
    page = official.goes_to(f"/console/errands/{errand_id()}").page
    assert not page.all(data_action="overrule")
    assert official.sends(f"/console/errands/{errand_id()}/overrule", why=WHY).page.status == 409


def test_a_host_may_not_overrule(unsure: Visitor, app: Flask, errand_id: Callable[[], str]) -> None:
    hana = Official(app.test_client()).signs_in("hana")
    assert hana.sends(f"/console/errands/{errand_id()}/overrule", why=WHY).page.status == 403


@pytest.mark.parametrize(
    "form", [{"origin_unsure": "x"}, {"origin_unsure.by": "me", "origin_unsure.reason": "y"}]
)
def test_a_citizen_cannot_let_themselves_past(visitor: Visitor, form: dict[str, str]) -> None:
    visitor.arrives().begins("moving").answers("here", "unsure")
    assert visitor.page.screen == "refer"
    visitor.sends("/visit/1/origin_unsure", **form)
    assert visitor.page.screen == "refer"
