"""Opinions add up, faces apart from reasons, and point at nobody."""

from datetime import date, timedelta

from kiosk.records import opinions
from kiosk.records.database import Database
from kiosk.records.tables import opinion

DAY = date(2027, 3, 31)
SAD = {"version": "v1", "step": "review", "outcome": "finished", "face": "sad"}


def test_the_same_face_adds_up_and_its_reason_is_counted_beside_it(database: Database) -> None:
    with database.write() as connection:
        for why in ("", "", "long"):
            opinions.note(connection, **SAD, why=why, day=DAY)
        found = [(each.face, each.why, each.number) for each in opinions.everything(connection)]
    assert found == [("sad", "", 2), ("sad", "long", 1)]


def test_another_day_or_outcome_is_counted_apart(database: Database) -> None:
    with database.write() as connection:
        opinions.note(connection, **SAD, day=DAY)
        opinions.note(connection, **SAD, day=DAY + timedelta(days=1))
        opinions.note(connection, **{**SAD, "outcome": "stopped"}, day=DAY)
        assert [each.number for each in opinions.everything(connection)] == [1, 1, 1]


def test_opinions_hold_nothing_of_a_visit() -> None:
    assert set(opinion.columns.keys()) == {*opinions.KEY, "number"}
