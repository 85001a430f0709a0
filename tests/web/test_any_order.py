"""Parts that can be taken in any order are taken from the overview: done, open, or still to come."""

import shutil
from pathlib import Path

import pytest

from tests.fixtures.journeys import FOLDER as TINY
from tests.fixtures.visitors import Visitor


@pytest.fixture
def choosing(own_site: Path, at_own_site: Visitor) -> Visitor:
    """A visitor who answered the first part of `any_order` and may now choose."""
    shutil.copy(TINY / "any_order.yaml", own_site / "journeys/any_order.yaml")
    return at_own_site.arrives().begins("any_order").answers("yes")


def states(visitor: Visitor) -> list[str]:
    return [each.get("data-part-state", "") for each in visitor.page.all(data_part_state="")]


def takes(visitor: Visitor, part: str) -> Visitor:
    return visitor.goes_to(f"/visit/1/hub/{part}")


def test_who_comes_to_such_parts_chooses(choosing: Visitor) -> None:
    assert choosing.page.screen == "hub"
    assert states(choosing) == ["done", "open", "open", "open", "later"]


def test_the_last_part_can_be_taken_first(choosing: Visitor) -> None:
    takes(choosing, "health")
    assert choosing.page.path == "/visit/1/ill"
    choosing.answers("no")
    assert (choosing.page.screen, states(choosing)) == ("hub", ["done", "open", "open", "done", "later"])


def test_from_the_last_open_part_it_goes_on(choosing: Visitor) -> None:
    takes(choosing, "health").answers("no")
    takes(choosing, "people").answers("40", "no")
    takes(choosing, "work").answers("no")
    assert choosing.page.path == "/visit/1/wish"
    choosing.answers("")
    assert choosing.page.screen == "review"
    assert list(choosing.summary) == ["home", "job", "people.1.age", "people.1.more", "ill", "wish"]


def test_a_part_that_is_still_to_come_cannot_be_taken(choosing: Visitor) -> None:
    assert takes(choosing, "after").page.path == "/visit/1/job"


def test_a_part_that_is_done_can_be_looked_at_again(choosing: Visitor) -> None:
    takes(choosing, "health").answers("no")
    assert takes(choosing, "health").page.path == "/visit/1/ill"


def test_nothing_is_asked_out_of_its_turn_within_a_part(choosing: Visitor) -> None:
    choosing.goes_to("/visit/1/hours")
    assert choosing.page.path == "/visit/1/job"
