"""Errands: one journey taken in a visit, its answers, and how it ended. Re-exported by `visits`."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from kiosk.records import outbox
from kiosk.records.answers import answers_of, claim_visit, put
from kiosk.records.events import announce
from kiosk.records.tables import errand as table
from kiosk.records.tables import visit
from kiosk.records.tokens import new_id

if TYPE_CHECKING:
    from kiosk.records.visits import Visit

REFERENCE_LETTERS, REFERENCE_DIGITS = "CDFGHJKLMNPRTVWX", "2345679"


@dataclass(frozen=True)
class Errand:
    """One journey of one version, as far as it has come; `answers` holds those off the route too.

    `entered_by` tells of the answers that a member of staff entered who that was, and `confirmed_by` who
    confirmed it because the citizen said so aloud; both by the name staff sign in with.
    """

    id: str
    visit: str | None
    number: int
    kiosk: str
    journey: str
    version: str
    way: str
    language: str
    state: str
    reference: str | None
    shown_at: datetime
    confirmed_at: datetime | None
    confirmed_by: str | None
    until: date | None
    due: date | None
    seen_at: datetime | None
    processed_at: datetime | None
    refused_at: datetime | None
    answers: Mapping[str, Any]
    entered_by: Mapping[str, str]


OF_ANSWERS = ("answers", "entered_by")
"""What of an errand stands with its answers, in a table of their own."""
_OWN = [name for name in Errand.__dataclass_fields__ if name not in OF_ANSWERS]
columns = [table.c[name] for name in _OWN]
_of_visit = select(*columns).where(table.c.visit == bindparam("of")).order_by(table.c.number)
_one = _of_visit.where(table.c.number == bindparam("wanted"))
_under_way = _of_visit.where(table.c.journey == bindparam("wanted"), table.c.state == "open")
_next_number = select(func.coalesce(func.max(table.c.number), 0) + 1).where(table.c.visit == bindparam("of"))
_this = table.c.id == bindparam("this")
_still_open = table.c.state == "open"
_turn = update(table).where(_this, _still_open).values(way=bindparam("another"))
_end = (
    update(table)
    .where(_this, _still_open)
    .values(
        state=bindparam("ended"),
        reference=bindparam("ref"),
        until=bindparam("last_day"),
        keep_until=bindparam("kept"),
        due=bindparam("promised"),
        confirmed_at=bindparam("now"),
        confirmed_by=bindparam("who"),
        discreet=bindparam("quiet"),
        language=func.coalesce(
            select(visit.c.language).where(visit.c.id == bindparam("of")).scalar_subquery(), table.c.language
        ),
    )
)
_taken = select(table.c.id).where(table.c.reference == bindparam("ref"))


def begin_errand(
    connection: Connection, visit: "Visit", journey: str, version_id: str, way: str, now: datetime
) -> Errand:
    """A new errand, numbered after those the visit has."""
    connection.execute(claim_visit, {"of": visit.id, "now": now})
    number = connection.execute(_next_number, {"of": visit.id}).scalar_one()
    errand = Errand(
        id=new_id(),
        visit=visit.id,
        number=number,
        kiosk=visit.kiosk,
        journey=journey,
        version=version_id,
        way=way,
        language=visit.language,
        state="open",
        reference=None,
        shown_at=now,
        confirmed_at=None,
        confirmed_by=None,
        until=None,
        due=None,
        seen_at=None,
        processed_at=None,
        refused_at=None,
        answers={},
        entered_by={},
    )
    row = {name: getattr(errand, name) for name in _OWN}
    connection.execute(insert(table), {**row, "began_at": now})
    return errand


def open_errand(connection: Connection, visit: "Visit", journey: str, now: datetime) -> Errand | None:
    """The visit's open errand of this journey; nobody else begins one until this transaction ends."""
    connection.execute(claim_visit, {"of": visit.id, "now": now})
    row = connection.execute(_under_way, {"of": visit.id, "wanted": journey}).first()
    return opened(connection, row) if row else None


def errand(connection: Connection, visit_id: str, number: int) -> Errand | None:
    """The visit's errand with that number."""
    row = connection.execute(_one, {"of": visit_id, "wanted": number}).first()
    return opened(connection, row) if row else None


def errands(connection: Connection, visit_id: str) -> list[Errand]:
    """All errands of a visit, the first one first."""
    return [opened(connection, row) for row in connection.execute(_of_visit, {"of": visit_id}).all()]


def opened(connection: Connection, row: Sequence[Any]) -> Errand:
    """The errand of a row of `columns`, with its answers."""
    return Errand(*(*row, *answers_of(connection, row[0])))


def set_way(connection: Connection, errand: Errand, way: str) -> Errand:
    """Take the rest of the route another way; gives the errand as it is then."""
    connection.execute(_turn, {"this": errand.id, "another": way})
    return replace(errand, way=way)


def confirm(
    connection: Connection,
    errand: Errand,
    *,
    state: str,
    reference: str,
    answers: Mapping[str, Any],
    until: date | None,
    keep_until: datetime,
    deliveries: Mapping[str, Any],
    now: datetime,
    due: date | None = None,
    discreet: bool = False,
    by: str | None = None,
) -> bool:
    """Prepare, arrange or refer an errand with these answers and no others, its parcels in the outbox.

    Parcels (delivery name -> JSON value) of a prepared errand are held until an official has seen the ID.
    A discreet one is not named where others look on; `due` is the day by which staff must have acted; `by` is
    the member of staff before whom the citizen said yes aloud. False, and nothing changes, when the errand is
    no longer open. Raises `Overtaken` when its answers are no longer those that were read.
    """
    end = {
        "this": errand.id,
        "of": errand.visit,
        "ended": state,
        "ref": reference,
        "quiet": discreet,
        "who": by,
    }
    moments = {"last_day": until, "kept": keep_until, "promised": due, "now": now}
    if not connection.execute(_end, {**end, **moments}).rowcount:
        return False
    put(connection, errand, answers, now, errand.entered_by)
    for name, parcel in deliveries.items():
        outbox.put(connection, errand.id, name, parcel, held=state == "prepared", now=now)
    announce(connection, "errands", errand.id)
    return True


def new_reference(connection: Connection) -> str:
    """A reference like `V47 KD` that no kept errand has: no look-alikes, no vowels that spell words."""
    while True:
        letters = [secrets.choice(REFERENCE_LETTERS) for _ in range(3)]
        digits = [secrets.choice(REFERENCE_DIGITS) for _ in range(2)]
        reference = f"{letters[0]}{digits[0]}{digits[1]} {letters[1]}{letters[2]}"
        if connection.execute(_taken, {"ref": reference}).first() is None:
            return reference


def forget(connection: Connection, now: datetime) -> int:
    """Delete errands whose time is over, with answers and what was never passed on; gives how many."""
    over = table.c.keep_until < now
    outbox.drop_held(connection, select(table.c.id).where(over))
    return connection.execute(delete(table).where(over)).rowcount
