"""Short reads and writes."""

import pytest

from kiosk.records.database import Database
from tests.fixtures.people import a_visit

SETTINGS = {"sqlite": ("PRAGMA synchronous", 2, 1), "postgresql": ("SHOW synchronous_commit", "on", "off")}


def waits_for_the_disk(database: Database, durable: bool) -> object:
    """What the database says about waiting for the disk, inside such a write."""
    with database.write(durable=durable) as connection:
        return connection.exec_driver_sql(SETTINGS[connection.dialect.name][0]).scalar()


def test_only_a_durable_write_waits_for_the_disk(database: Database) -> None:
    _, durable, other = SETTINGS[database.engine.dialect.name]
    order = (False, True, False, True, False)
    assert [waits_for_the_disk(database, each) for each in order] == [other, durable, other, durable, other]


def test_a_durable_write_that_fails_leaves_the_next_one_as_it_was(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write(durable=True):
        raise ZeroDivisionError
    assert waits_for_the_disk(database, durable=False) == SETTINGS[database.engine.dialect.name][2]


def test_a_read_keeps_nothing(database: Database) -> None:
    with database.read() as connection:
        a_visit(connection)
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM visit").scalar() == 0


def test_a_read_sees_one_state_however_long_it_takes(database: Database) -> None:
    with database.read() as reader:
        before = reader.exec_driver_sql("SELECT count(*) FROM visit").scalar()
        with database.write() as connection:
            a_visit(connection)
        assert reader.exec_driver_sql("SELECT count(*) FROM visit").scalar() == before
