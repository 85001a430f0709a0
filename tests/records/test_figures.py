"""Figures add up, and point at nobody."""

from datetime import date

from kiosk.records import figures
from kiosk.records.database import Database, beat, last_beat
from kiosk.records.tables import figure
from tests.fixtures.people import NOON, after

DAY = date(2027, 3, 31)
DATE, LIVING = ("v1", "date", "guided", "nl", DAY), ("v1", "living", "guided", "nl", DAY)


def test_counts_of_the_same_step_add_up(database: Database) -> None:
    with database.write() as connection:
        figures.count(connection, [(*DATE, {"answered": 1, "seconds": 7}), (*LIVING, {"shown": 1})])
        figures.count(connection, [(*DATE, {"answered": 1, "seconds": 5})])
        date_, living = figures.everything(connection)
    assert (date_.answered, date_.seconds, living.shown, living.answered) == (2, 12, 1, 0)


def test_the_same_step_twice_in_one_count_adds_up_too(database: Database) -> None:
    with database.write() as connection:
        figures.count(connection, [(*DATE, {"shown": 1}), (*DATE, {"shown": 2})])
        assert [row.shown for row in figures.everything(connection)] == [3]


def test_the_counts_of_a_step_add_up_over_ways_languages_and_days(database: Database) -> None:
    with database.write() as connection:
        figures.count(connection, [(*DATE, {"shown": 1})])
        figures.count(connection, [("v1", "date", "express", "ar", date(2027, 4, 1), {"shown": 2})])
        assert figures.by_step(connection)["v1", "date"]["shown"] == 3


def test_counting_nothing_is_harmless(database: Database) -> None:
    with database.write() as connection:
        figures.count(connection, [])
        assert figures.everything(connection) == []


def test_figures_hold_nothing_of_a_visit() -> None:
    assert not {"visit", "errand", "kiosk", "at", "reference"} & set(figure.columns.keys())


def test_the_worker_is_seen_alive(database: Database) -> None:
    with database.write() as connection:
        assert last_beat(connection) is None
        for moment in (NOON, after(seconds=5)):
            beat(connection, moment)
        assert last_beat(connection) == after(seconds=5)
