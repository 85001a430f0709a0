"""How printers were when they were last read."""

from sqlalchemy import Connection

from kiosk.records import printers
from kiosk.records.database import Database, Watcher
from tests.fixtures.people import NOON, after

PDF = ("application/pdf",)


def news(database: Database) -> list[str]:
    """The kiosks of whose printers there was news so far."""
    return [event.ref for event in Watcher(database).since(0, "printers")]


def troubled(connection: Connection) -> list[str]:
    """The kiosks whose printer somebody must look after."""
    return [each.kiosk for each in printers.in_trouble(connection)]


def test_a_printer_in_trouble_stands_among_them_until_it_is_well(database: Database) -> None:
    with database.write() as connection:
        printers.note(connection, "zuil-1", NOON, ("jam", "open"), PDF)
        printers.note(connection, "zuil-2", NOON, (), PDF)
        assert troubled(connection) == ["zuil-1"]
        printers.note(connection, "zuil-1", after(minutes=1), (), PDF)
        assert troubled(connection) == []


def test_since_when_it_is_so_does_not_change_while_it_stays_so(database: Database) -> None:
    with database.write() as connection:
        for minutes in (0, 1, 2):
            printers.note(connection, "zuil-1", after(minutes=minutes), ("jam",), PDF)
        found = printers.of_kiosk(connection, "zuil-1")
        assert found and (found.since, found.read_at) == (NOON, after(minutes=2))


def test_of_a_printer_that_is_off_it_stays_known_what_it_takes(database: Database) -> None:
    with database.write() as connection:
        printers.note(connection, "zuil-1", NOON, (), PDF, True)
        printers.note(connection, "zuil-1", after(minutes=1), ("off",))
        found = printers.of_kiosk(connection, "zuil-1")
        assert found and (found.troubles, found.formats, found.roll) == (("off",), PDF, True)


def test_staff_are_told_only_when_something_changes(database: Database) -> None:
    for minutes, troubles in enumerate([(), (), ("jam",), ("jam",), ()]):
        with database.write() as connection:
            printers.note(connection, "zuil-1", after(minutes=minutes), troubles, PDF)
    assert news(database) == ["zuil-1"] * 2


def test_when_it_last_printed_is_known(database: Database) -> None:
    with database.write() as connection:
        printers.note(connection, "zuil-1", NOON, (), PDF)
        printers.printed(connection, "zuil-1", after(minutes=1))
        found = printers.of_kiosk(connection, "zuil-1")
        assert found and found.printed_at == after(minutes=1)


def test_the_printer_of_a_kiosk_that_has_none_any_more_is_forgotten(database: Database) -> None:
    with database.write() as connection:
        for kiosk in ("zuil-1", "zuil-2"):
            printers.note(connection, kiosk, NOON, ("off",))
        printers.keep_only(connection, {"zuil-2"})
        assert troubled(connection) == ["zuil-2"]
