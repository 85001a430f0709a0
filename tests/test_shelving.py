"""The last good version of a journey, through a change, a mistake and a restart."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from kiosk.records import versions
from kiosk.shelving import keep_newest
from kiosk.web.parts import House
from tests.fixtures.apps import Clock, app_of, settings_for
from tests.fixtures.visitors import Visitor

GOOD, BETTER, BROKEN = "Waar gaat u wonen?", "Waar wilt u wonen?", "identity: perhaps"


@pytest.fixture
def file(own_site: Path) -> Path:
    """A journey of the site, to change."""
    return own_site / "journeys/moving.yaml"


@pytest.fixture
def house(own_site: Path, make_app: Callable[..., Flask]) -> House:
    found: House = make_app(site=own_site).extensions["house"]
    return found


@pytest.fixture
def restart(tmp_path: Path, database_url: str, own_site: Path, clock: Clock) -> Callable[[], Visitor]:
    """Stop everything and start anew on the same site and database; gives whoever comes then."""
    settings = settings_for(tmp_path, database_url, site=own_site)
    return lambda: Visitor(app_of(settings, clock).test_client()).arrives()


def change(file: Path, old: str, new: str) -> None:
    """Change a text in a file, as a content person does."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_what_stands_on_the_shelf_is_kept_before_anybody_takes_it(house: House, file: Path) -> None:
    for old, new in ((GOOD, BETTER), (BETTER, GOOD), (GOOD, BETTER)):
        change(file, old, new)
        keep_newest(house)
        with house.database.read() as connection:
            assert versions.newest(connection, "moving") == house.shelf.version("moving").id


def test_a_broken_file_falls_back_after_a_restart_to_what_was_good_last(
    house: House, file: Path, restart: Callable[[], Visitor]
) -> None:
    for old, new in ((GOOD, BETTER), ("identity: seen", BROKEN)):
        keep_newest(house)
        change(file, old, new)
        keep_newest(house)
    assert restart().begins("moving").page.heading == BETTER


def test_a_file_that_is_mended_after_a_restart_is_taken_again(
    house: House, file: Path, restart: Callable[[], Visitor]
) -> None:
    keep_newest(house)
    change(file, "identity: seen", BROKEN)
    visitor = restart()
    change(file, BROKEN, "identity: seen")
    change(file, GOOD, BETTER)
    assert visitor.arrives().begins("moving").page.heading == BETTER


def test_a_broken_file_that_was_never_good_has_no_tile(file: Path, restart: Callable[[], Visitor]) -> None:
    change(file, "identity: seen", BROKEN)
    assert not restart().page.all(data_journey="moving")


def test_a_kept_version_that_nobody_can_read_any_more_spoils_nothing(
    house: House, file: Path, restart: Callable[[], Visitor], clock: Clock
) -> None:
    with house.database.write() as connection:
        unreadable = '{"text": "x", "language": "nl", "words": {}}'
        versions.keep(connection, "old", "moving", unreadable, ("nl",), clock())
    change(file, "identity: seen", BROKEN)
    assert restart().page.screen == "start"
