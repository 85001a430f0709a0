"""What helped when a person came: counted by step and version, without anything that points at a visit."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from kiosk.records.tables import call
from kiosk.records.tables import help_ as table

KEY = ("version", "step", "language", "what", "day")


@dataclass(frozen=True)
class Help:
    """How often this helped at a step of a version, in one language on one day."""

    version: str
    step: str
    language: str
    what: str
    day: date
    number: int


_add = insert(table)
_add = _add.on_conflict_do_update(index_elements=KEY, set_={"number": table.c.number + _add.excluded.number})
_all = select(table).order_by(*(table.c[name] for name in KEY))
_about = select(call.c.version, call.c.step, call.c.language).where(call.c.id == bindparam("this"))


def count(connection: Connection, call_id: str, what: str, now: datetime) -> None:
    """Count once more what helped at the question of this call."""
    about = connection.execute(_about, {"this": call_id}).one()
    connection.execute(_add, {**about._mapping, "what": what, "day": now.date(), "number": 1})


def everything(connection: Connection) -> list[Help]:
    """All that helped, by version, step, language, what and day."""
    return [Help(*row) for row in connection.execute(_all)]
