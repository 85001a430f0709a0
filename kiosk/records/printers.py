"""How the printers were when they were last read, so that no page needs to wait for one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from kiosk.records.events import announce
from kiosk.records.tables import printer as table


@dataclass(frozen=True)
class Printer:
    """A kiosk's printer: what ails it and since when, what it takes, and when it last printed."""

    kiosk: str
    troubles: tuple[str, ...]
    formats: tuple[str, ...]
    roll: bool
    read_at: datetime
    since: datetime
    printed_at: datetime | None


def note(
    connection: Connection,
    kiosk: str,
    now: datetime,
    troubles: Collection[str],
    formats: Collection[str] | None = None,
    roll: bool = False,
) -> None:
    """A printer was read just now; of one that is off nothing but that is known (no `formats`)."""
    said = " ".join(troubles)
    before = connection.execute(select(table.c.troubles).where(table.c.kiosk == kiosk)).scalar()
    row = {"kiosk": kiosk, "troubles": said, "read_at": now}
    if formats is not None:
        row |= {"formats": " ".join(formats), "roll": roll}
    if said != before:
        row |= {"since": now}
    made = insert(table).values({"formats": "", "roll": False, "since": now, **row})
    connection.execute(made.on_conflict_do_update(index_elements=["kiosk"], set_=row))
    if said != (before or ""):
        announce(connection, "printers", kiosk)


def printed(connection: Connection, kiosk: str, now: datetime) -> None:
    """Paper came out of it just now."""
    connection.execute(update(table).where(table.c.kiosk == kiosk).values(printed_at=now))


def keep_only(connection: Connection, kiosks: Collection[str]) -> None:
    """Forget the printers of kiosks that have none any more."""
    connection.execute(delete(table).where(table.c.kiosk.not_in(kiosks)))


def of_kiosk(connection: Connection, kiosk: str) -> Printer | None:
    """The printer of one kiosk; nothing when it was never read."""
    return next((each for each in all_(connection) if each.kiosk == kiosk), None)


def all_(connection: Connection) -> list[Printer]:
    """Every printer that was read, by kiosk."""
    rows = connection.execute(select(table).order_by(table.c.kiosk))
    return [
        Printer(row.kiosk, tuple(row.troubles.split()), tuple(row.formats.split()), *row[3:]) for row in rows
    ]


def in_trouble(connection: Connection) -> list[Printer]:
    """The printers that somebody must look after."""
    return [each for each in all_(connection) if each.troubles]
