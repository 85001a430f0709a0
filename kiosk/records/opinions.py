"""Opinions: which face and which reason people gave, counted without anything that points at a visit."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from kiosk.records.tables import opinion as table

KEY = ("version", "step", "outcome", "face", "why", "day")


@dataclass(frozen=True)
class Opinion:
    """How often a face (with no `why`), or a reason for one, was given at a step of a version on one day."""

    version: str
    step: str
    outcome: str
    face: str
    why: str
    day: date
    number: int


_add = insert(table)
_add = _add.on_conflict_do_update(index_elements=KEY, set_={"number": table.c.number + _add.excluded.number})
_all = select(table).order_by(*(table.c[name] for name in KEY))


def note(
    connection: Connection, *, version: str, step: str, outcome: str, face: str, day: date, why: str = ""
) -> None:
    """Count a face; or, with a `why`, a reason beside the face that was counted before."""
    values = (version, step, outcome, face, why, day)
    connection.execute(_add, {**dict(zip(KEY, values, strict=True)), "number": 1})


def everything(connection: Connection) -> list[Opinion]:
    """Every opinion, by version, step, outcome, face, reason and day."""
    return [Opinion(*row) for row in connection.execute(_all)]
