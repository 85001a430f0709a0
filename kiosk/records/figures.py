"""Figures: what happens at each step, counted without anything that points at a visit (AVG art. 25)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from kiosk.records.tables import COUNTS
from kiosk.records.tables import figure as table

Row = tuple[str, str, str, str, date, Mapping[str, int]]
KEY = ("version", "step", "way", "language", "day")


@dataclass(frozen=True)
class Figure:
    """The counts of one step of a version, in one way and language, on one day; `seconds` to answer it."""

    version: str
    step: str
    way: str
    language: str
    day: date
    shown: int
    answered: int
    refused: int
    called: int
    parked: int
    stopped: int
    finished: int
    seconds: int


_add = insert(table)
_add = _add.on_conflict_do_update(
    index_elements=KEY, set_={name: table.c[name] + _add.excluded[name] for name in COUNTS}
)
_all = select(table).order_by(*(table.c[name] for name in KEY))
_by_step = select(
    table.c.version, table.c.step, *(func.sum(table.c[name]).label(name) for name in COUNTS)
).group_by(table.c.version, table.c.step)
_NOTHING = dict.fromkeys(COUNTS, 0)


def count(connection: Connection, rows: Iterable[Row]) -> None:
    """Add these counts. Rows are (version, step, way, language, day, {column: number}).

    Rows go in in one order, so that two transactions never wait for each other.
    """
    ordered = sorted(rows, key=lambda row: row[:5])
    if ordered:
        connection.execute(
            _add, [{**dict(zip(KEY, row[:5], strict=True)), **_NOTHING, **row[5]} for row in ordered]
        )


def everything(connection: Connection) -> list[Figure]:
    """Every figure, by version, step, way, language and day."""
    return [Figure(*row) for row in connection.execute(_all)]


def by_step(connection: Connection) -> dict[tuple[str, str], dict[str, int]]:
    """The counts of each version and step, over all ways, languages and days."""
    rows = connection.execute(_by_step).mappings()
    return {(row["version"], row["step"]): {name: int(row[name]) for name in COUNTS} for row in rows}
