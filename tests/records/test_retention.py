"""Every kind of data has its time: a table that nobody empties is found here."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, Table, insert, select

from kiosk.records import retention, visits
from kiosk.records.database import Database
from kiosk.records.tables import Moment, metadata
from tests.fixtures.people import NOON, after

STAYS = {
    "version": "the words of a journey, which belong to nobody",
    "kiosk": "a device in the hall",
    "device": "a device in the hall",
    "printer": "a device in the hall",
    "staff": "who works here, until the site says otherwise",
    "figure": "counts",
    "opinion": "counts",
    "help": "counts",
    "event": "the newest one, whose number must stay known; it names no citizen",
    "worker": "the last sign of life of a process",
}
OVER = {"errand": "prepared", "call": "done", "print": "printed", "outbox": "failed"}
"""The state in which a row is over and waits for its time."""


def some_value(column: Column[Any]) -> Any:
    """A value that this column takes."""
    if column.name == "state" and column.table.name in OVER:
        return OVER[column.table.name]
    by_kind = (
        (Moment, NOON),
        (Date, date(2027, 3, 31)),
        (JSON, []),
        (Boolean, False),
        (Integer, 1),
        (LargeBinary, b"x"),
    )
    return next((value for kind, value in by_kind if isinstance(column.type, kind)), "x")


def filled(table: Table) -> dict[str, Any]:
    """A row with every column filled but what the database counts; nothing is parked or waits for work."""
    counted = table.autoincrement_column
    return {column.name: some_value(column) for column in table.columns if column is not counted}


@pytest.mark.norm("PRV-11")
def test_three_years_after_a_day_nothing_is_left_of_it_but_counts_and_devices(database: Database) -> None:
    with database.write() as connection:
        for table in metadata.sorted_tables:
            connection.execute(insert(table).values(filled(table)))
    later = after(minutes=3 * 366 * 24 * 60)
    with database.write() as connection:
        for visit in visits.stale(connection, later, limit_s=60):
            visits.wipe(connection, visit, later)
        retention.forget(connection, later)
        left = {table.name for table in metadata.sorted_tables if connection.execute(select(table)).first()}
    assert left - set(STAYS) == set()
    assert left >= {"version", "figure", "opinion"}
