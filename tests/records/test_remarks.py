"""Remarks of staff: sealed, newest first, gone after a year."""

from datetime import timedelta

from sqlalchemy import select

from kiosk.records import remarks
from kiosk.records.database import Database
from kiosk.records.tables import remark
from tests.fixtures.people import ANNA, NOON


def test_the_newest_remark_comes_first_and_none_can_be_read_at_rest(database: Database) -> None:
    with database.write() as connection:
        remarks.write(connection, "v1", "Te lang.", ANNA, NOON)
        remarks.write(connection, "v1", "Te moeilijk.", ANNA, NOON + timedelta(days=1))
        assert [each.text for each in remarks.everything(connection)] == ["Te moeilijk.", "Te lang."]
        assert all(b"Te " not in sealed for sealed in connection.execute(select(remark.c.text)).scalars())


def test_a_remark_is_gone_after_a_year(database: Database) -> None:
    with database.write() as connection:
        remarks.write(connection, "v1", "Te lang.", ANNA, NOON)
        remarks.forget(connection, NOON + timedelta(days=364))
        assert remarks.everything(connection)
        remarks.forget(connection, NOON + timedelta(days=366))
        assert not remarks.everything(connection)
