"""The parts of an errand side by side."""

import pytest

from kiosk.journeys.hubs import hub, in_any_order, place
from tests.fixtures.journeys import WEDNESDAY, at, dutch, tiny


def shown(**answers):
    """The hub of the journey in any order: each part with its state and where it leads."""
    version = tiny("any_order")
    entries = hub(version, at(version, **answers), WEDNESDAY, dutch, locale="nl")
    return [(entry.key, entry.state, entry.at) for entry in entries]


def test_before_the_first_answer_the_rest_comes_later():
    assert shown() == [
        ("begin", "open", "home"),
        ("work", "later", None),
        ("health", "later", None),
        ("after", "later", None),
    ]


def test_parts_in_any_order_are_open_or_done():
    assert shown(home="yes", ill="no") == [
        ("begin", "done", "home"),
        ("work", "open", "job"),
        ("people", "open", "people.1.age"),
        ("health", "done", "ill"),
        ("after", "later", None),
    ]


def test_a_part_that_does_not_apply_is_not_shown():
    assert "people" not in [key for key, _, _ in shown(home="no")]


def test_a_part_goes_on_where_it_was_left():
    assert ("work", "open", "hours") in shown(home="no", job="yes")


def test_behind_the_last_answer_all_is_done():
    done = shown(home="no", job="no", ill="no", wish=None)
    assert {state for _, state, _ in done} == {"done"} and len(done) == 4


def test_a_part_that_ended_the_route_leads_to_its_end():
    assert shown(home="no", ill="unknown") == [("begin", "done", "home"), ("health", "open", "nurse"),
                                               ("after", "later", None)]  # fmt: skip


def test_a_title_is_said_in_the_language_of_the_citizen():
    version = tiny("any_order")
    entries = hub(version, at(version), WEDNESDAY, lambda text, context="": text.upper(), locale="nl")
    assert entries[0].title == "EERST DIT"


def test_parts_in_any_order_know_each_other():
    journey = tiny("any_order").journey
    assert [part.name for part in in_any_order(journey, journey.part("health"))] == [
        "work",
        "people",
        "health",
    ]
    assert in_any_order(journey, journey.part("after")) == ()


@pytest.mark.norm("COG-12", "W 2.4.8")
def test_a_part_has_its_place_among_those_that_apply():
    version = tiny("any_order")
    few, more = at(version, home="no"), at(version, home="yes")
    parts = {part.name: part for part in version.journey.parts}
    assert place(version.journey, few, WEDNESDAY, parts["begin"]) == (1, 4)
    assert place(version.journey, more, WEDNESDAY, parts["begin"]) == (1, 5)
    assert place(version.journey, more, WEDNESDAY, parts["health"]) == (4, 5)
