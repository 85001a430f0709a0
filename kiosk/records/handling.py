"""What officials do with confirmed and referred errands. Re-exported by `visits`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, update

from kiosk.journeys import fields
from kiosk.records import outbox, prints
from kiosk.records.answers import answers_of
from kiosk.records.errands import OF_ANSWERS
from kiosk.records.events import announce
from kiosk.records.sealing import open_, seal
from kiosk.records.staff import Staff
from kiosk.records.tables import answer
from kiosk.records.tables import errand as table
from kiosk.records.tokens import tidy

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Handled:
    """A confirmed or referred errand as officials see it, whether or not the visit is still there.

    `confirmed_by`, `seen_by`, `processed_by`, `refused_by` and `entered_by` hold names staff sign in with.
    """

    id: str
    visit: str | None
    kiosk: str
    journey: str
    version: str
    way: str
    language: str
    state: str
    reference: str | None
    confirmed_at: datetime
    confirmed_by: str | None
    until: date | None
    due: date | None
    keep_until: datetime
    seen_by: str | None
    seen_at: datetime | None
    processed_by: str | None
    processed_at: datetime | None
    refused_by: str | None
    refused_at: datetime | None
    refused_reason: str
    discreet: bool
    answers: Mapping[str, Any]
    entered_by: Mapping[str, str]


_columns = [table.c[name] for name in Handled.__dataclass_fields__ if name not in OF_ANSWERS]
_not_ended = (table.c.processed_at.is_(None), table.c.refused_at.is_(None))
_all = select(*_columns).where(table.c.state.in_(("prepared", "arranged", "referred")))
_to_handle = _all.where(*_not_ended).order_by(table.c.due.is_(None), table.c.due, table.c.confirmed_at.desc())
_one = _all.where(table.c.id == bindparam("this"))
_referred_to = _all.where(func.replace(table.c.reference, " ", "") == bindparam("ref"))
_this = table.c.id == bindparam("this")
_waits = select(table.c.confirmed_at, table.c.seen_at).where(
    table.c.confirmed_at > bindparam("since"), table.c.seen_at.is_not(None)
)
_see = (
    update(table)
    .where(_this, table.c.state == "prepared", table.c.seen_at.is_(None), *_not_ended)
    .values(seen_by=bindparam("who"), seen_at=bindparam("now"))
)
_may_be_processed: ColumnElement[bool] = table.c.state.in_(("arranged", "referred")) | table.c.seen_at.is_not(
    None
)
_process = (
    update(table)
    .where(_this, _may_be_processed, *_not_ended)
    .values(processed_by=bindparam("who"), processed_at=bindparam("now"))
)
_reopen = (
    update(table)
    .where(
        _this,
        table.c.state == "referred",
        table.c.visit.is_not(None),
        table.c.confirmed_at == bindparam("read"),
        *_not_ended,
    )
    .values(
        state="open",
        shown_at=bindparam("now"),
        confirmed_at=None,
        confirmed_by=None,
        until=None,
        keep_until=None,
        due=None,
    )
)
_refuse = (
    update(table)
    .where(_this, table.c.state.in_(("prepared", "arranged", "referred")), *_not_ended)
    .values(refused_by=bindparam("who"), refused_at=bindparam("now"), refused_reason=bindparam("why"))
)


def to_handle(connection: Connection) -> list[Handled]:
    """Everything that waits for an official: first what is due, then the newest; without the answers."""
    return [_handled(connection, row) for row in connection.execute(_to_handle)]


def handled(connection: Connection, errand_id: str) -> Handled | None:
    """One confirmed or referred errand with its answers, done with or not."""
    return _with_answers(connection, connection.execute(_one, {"this": errand_id}).first())


def by_reference(connection: Connection, reference: str) -> Handled | None:
    """The confirmed or referred errand with this reference, however it was typed, with its answers."""
    return _with_answers(connection, connection.execute(_referred_to, {"ref": tidy(reference)}).first())


def _handled(connection: Connection, row: Any) -> Handled:
    errand, sealed = Handled(*(*row, {}, {})), row.refused_reason
    reason = open_(connection, sealed, "errand", "refused_reason", errand.id) if sealed else ""
    return replace(errand, refused_reason=reason)


def _with_answers(connection: Connection, row: Any) -> Handled | None:
    if row is None:
        return None
    answers, entered_by = answers_of(connection, row.id)
    return replace(_handled(connection, row), answers=answers, entered_by=entered_by)


def waits(connection: Connection, since: datetime) -> list[int]:
    """After how many seconds the ID was seen of each errand prepared since that moment."""
    return [(seen - ready).seconds for ready, seen in connection.execute(_waits, {"since": since})]


def mark_seen(connection: Connection, errand_id: str, staff: Staff, now: datetime) -> bool:
    """An official has seen the person and the document: from this moment it counts, and it is passed on.

    False when that was noted before, or when this errand does not ask it.
    """
    first = _note(connection, _see, errand_id, staff, now)
    if first:
        outbox.release(connection, errand_id, now)
    return first


def overrule(
    connection: Connection, errand: Handled, key: str, staff: Staff, reason: str, now: datetime
) -> bool:
    """Let the citizen of a referred errand past its end: it is open again in their visit.

    The official's name and reason are kept as the answer of the step that ended the route. Its reference
    stays, for it may stand on paper; what was printed tells no longer where it stands. False when the visit
    is over, or when the errand is not as it was read any more: somebody was first.
    """
    if not _note(connection, _reopen, errand.id, staff, now, read=errand.confirmed_at):
        return False
    said = fields.overruled(staff.name, reason)
    value = seal(connection, said, "answer", "value", f"{errand.id}.{key}")
    row = {"errand": errand.id, "key": key, "value": value, "by": staff.name, "given_at": now}
    connection.execute(insert(answer), row)
    prints.forget_of_errand(connection, errand.id)
    return True


def process(connection: Connection, errand_id: str, staff: Staff, now: datetime) -> bool:
    """It is done; False when it was done or refused before, or when the ID must be seen first."""
    return _note(connection, _process, errand_id, staff, now)


def refuse(
    connection: Connection,
    errand_id: str,
    staff: Staff,
    reason: str,
    now: datetime,
    withdrawals: Mapping[str, Any] = NOTHING,
) -> bool:
    """It cannot be done, for this reason; False when it was done or refused before.

    It is not passed on. Where it was already, a withdrawal (delivery -> JSON value) is sent after it.
    """
    sealed = seal(connection, reason, "errand", "refused_reason", errand_id)
    if not _note(connection, _refuse, errand_id, staff, now, why=sealed):
        return False
    outbox.take_back(connection, errand_id, withdrawals, now)
    return True


def _note(
    connection: Connection, statement: Any, errand_id: str, staff: Staff, now: datetime, **values: Any
) -> bool:
    noted = {"this": errand_id, "who": staff.name, "now": now, **values}
    row = connection.execute(statement.returning(table.c.visit), noted).first()
    if row is None:
        return False
    announce(connection, "errands", errand_id)
    if row.visit:
        announce(connection, f"visit:{row.visit}")
    return True
