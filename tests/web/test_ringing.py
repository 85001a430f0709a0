"""Who hears a call, and from when."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from kiosk.records.calls import Call
from kiosk.records.staff import Staff
from kiosk.site import Rings
from kiosk.web import ringing
from kiosk.web.ringing import EXPERTS, HOST, PLACE, SUPERVISORS, WEBHOOK
from tests.fixtures.municipality import SITE
from tests.fixtures.people import NOON, after

RINGS = SITE.rings
STAFF = {
    each.name: Staff(each.name, each.shown, each.roles, each.expertise, each.languages, each.place, True)
    for each in SITE.staff
}
ALL = list(STAFF.values())


def a_call(**changes: Any) -> Call:
    """A call about civil affairs in the town hall, raised at noon."""
    values: dict[str, Any] = dict.fromkeys(Call.__dataclass_fields__)
    values |= {"id": "call", "place": "stadhuis", "expertise": "civil-affairs", "state": "sent", "rang": 0}
    return Call(**{**values, "raised_at": NOON, "waiting_since": NOON, **changes})


def hearing(call: Call, seconds: int = 0, staff: list[Staff] = ALL) -> set[str]:
    """Who of the staff hears the call so many seconds after noon."""
    return {each.name for each in staff if ringing.hears(call, each, after(seconds=seconds))}


@pytest.fixture(autouse=True)
def in_the_house(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.mark.parametrize(
    ("seconds", "names"),
    [
        (0, {"hana"}),
        (29, {"hana"}),
        (30, {"hana", "anna"}),
        (60, {"hana", "anna", "bram", "chris"}),
        (600, {"hana", "anna", "bram", "chris"}),
    ],
)
def test_a_call_is_heard_by_more_people_the_longer_it_waits(seconds: int, names: set[str]) -> None:
    assert hearing(a_call(), seconds) == names


def test_who_stands_at_another_place_hears_nothing_save_a_supervisor() -> None:
    elsewhere = a_call(place="noord")
    assert hearing(elsewhere, 89) == set()
    assert hearing(elsewhere, 90) == {"chris"}


def test_a_call_rings_where_the_worker_let_it_before_its_time() -> None:
    assert hearing(a_call(rang=EXPERTS)) == {"hana", "anna"}


def test_a_call_that_was_handed_to_a_colleague_rings_for_that_one_first() -> None:
    handed = a_call(handed_by="Hana", wanted="bram")
    assert hearing(handed) == {"bram"}
    assert hearing(handed, 30) == {"bram", "anna"}
    assert "hana" in hearing(handed, 60)


def test_a_call_that_was_handed_to_experts_rings_for_them_at_once() -> None:
    handed = a_call(handed_by="Hana")
    assert ringing.due(handed, RINGS, ALL, NOON) == EXPERTS
    assert hearing(replace(handed, rang=EXPERTS)) == {"anna"}


@pytest.mark.parametrize("state", ["coming", "here", "done", "cancelled", "expired"])
def test_a_call_that_waits_for_nobody_rings_for_nobody(state: str) -> None:
    assert hearing(a_call(state=state), 600) == set()


def test_who_is_off_duty_hears_nothing_and_who_is_busy_still_does() -> None:
    off, busy = replace(STAFF["hana"], on_duty=False), replace(STAFF["hana"], busy=True)
    assert hearing(a_call(), 600, [off]) == set()
    assert hearing(a_call(), 0, [busy]) == {"hana"}


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["hana", "anna", "chris"], HOST),
        (["anna", "chris"], EXPERTS),
        (["bram", "chris"], PLACE),
        (["chris"], PLACE),
        ([], WEBHOOK),
    ],
)
def test_a_circle_without_anybody_is_passed_over_at_once(names: list[str], first: int) -> None:
    assert ringing.due(a_call(), RINGS, [STAFF[name] for name in names], NOON) == first


def test_a_circle_in_which_all_are_busy_is_passed_over_at_once() -> None:
    busy = [replace(STAFF["hana"], busy=True), STAFF["anna"]]
    assert ringing.due(a_call(), RINGS, busy, NOON) == EXPERTS


def test_when_all_are_busy_everybody_hears_and_another_system_only_at_its_time() -> None:
    busy = [replace(each, busy=True) for each in ALL]
    assert ringing.due(a_call(), RINGS, busy, NOON) == SUPERVISORS
    assert ringing.due(a_call(), RINGS, busy, after(seconds=120)) == WEBHOOK


def test_a_supervisor_elsewhere_is_the_last_before_another_system() -> None:
    chris = replace(STAFF["chris"], place="noord")
    assert ringing.due(a_call(), RINGS, [chris], NOON) == SUPERVISORS


@pytest.mark.parametrize(
    ("seconds", "circle"), [(0, HOST), (30, EXPERTS), (60, PLACE), (90, SUPERVISORS), (120, WEBHOOK)]
)
def test_each_circle_is_due_at_the_time_that_the_site_sets(seconds: int, circle: int) -> None:
    assert ringing.due(a_call(), RINGS, ALL, after(seconds=seconds)) == circle


def test_without_a_webhook_a_call_never_leaves_the_house() -> None:
    assert ringing.due(a_call(), Rings(), [], after(seconds=999)) == SUPERVISORS
