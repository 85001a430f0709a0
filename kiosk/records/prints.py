"""Prints: paper that was asked for, until it lies in the tray or is fetched as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from kiosk.records.events import announce
from kiosk.records.sealing import keys_of, open_, seal
from kiosk.records.tables import RUNNING_PRINT, errand
from kiosk.records.tables import print_ as table
from kiosk.records.tokens import new_id

PATIENCE = timedelta(minutes=2)
"""After this a print that a worker took and did not finish may be taken again."""
DONE_KEPT, ALL_KEPT = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Job:
    """One paper: `paper` is a4, large or roll; `target` printer or file; `reason` why it failed last."""

    id: str
    errand: str | None
    kiosk: str
    paper: str
    language: str
    state: str
    reason: str
    attempts: int
    target: str
    asked_at: datetime


_columns = [table.c[name] for name in Job.__dataclass_fields__]
_running = table.c.state.in_(("waiting", "rendering", "printing"))
_due = or_(
    (table.c.state == "waiting") & (table.c.due_at <= bindparam("now")),
    table.c.state.in_(("rendering", "printing")) & (table.c.claimed_at < bindparam("given_up")),
)
_this = table.c.id == bindparam("this")
_new = insert(table).on_conflict_do_nothing(
    index_elements=["errand", "paper", "language", "target"], index_where=text(RUNNING_PRINT)
)
_insert = _new.returning(table.c.id)
_of_errand = (
    select(*_columns)
    .where(table.c.errand == bindparam("of"), table.c.target == bindparam("to"))
    .order_by(_running.desc(), table.c.asked_at.desc())
    .limit(1)
)
_same = _of_errand.where(table.c.paper == bindparam("on"), table.c.language == bindparam("code"), _running)
_next = select(table.c.id).where(_due).order_by(table.c.due_at).limit(1)
_claim = (
    update(table)
    .where(_this, _due)
    .values(
        state="rendering", worker=bindparam("by"), claimed_at=bindparam("now"), attempts=table.c.attempts + 1
    )
    .returning(*_columns)
)
_go_on = update(table).where(_this).values(state=bindparam("then"), reason=bindparam("why"))
_wait = _go_on.values(due_at=bindparam("at"))


def ask(
    connection: Connection,
    errand_id: str,
    kiosk: str,
    paper: str,
    language: str,
    target: str,
    now: datetime,
    payload: Any = None,
) -> Job:
    """A print of this errand, or the same one that is already running: a second tap prints nothing twice.

    The payload (a JSON value) is sealed with it, for a print that must outlive its errand.
    """
    made = Job(new_id(), errand_id, kiosk, paper, language, "waiting", "", 0, target, now)
    sealed = None if payload is None else seal(connection, payload, "print", "payload", made.id)
    row = {name: getattr(made, name) for name in Job.__dataclass_fields__}
    if connection.execute(_insert, {**row, "due_at": now, "payload": sealed}).first():
        announce(connection, "prints", made.id)
        return made
    same = {"of": errand_id, "to": target, "on": paper, "code": language}
    return Job(*connection.execute(_same, same).one())


def claim(connection: Connection, worker: str, now: datetime) -> Job | None:
    """The print that waits longest, for this worker alone; nothing when none waits."""
    moments = {"now": now, "given_up": now - PATIENCE}
    while (found := connection.execute(_next, moments).scalar()) is not None:
        row = connection.execute(_claim, {"this": found, "by": worker, **moments}).first()
        if row:
            return Job(*row)
    return None


def printing(connection: Connection, job_id: str) -> None:
    """It is rendered and on its way to the printer."""
    _tell(connection, job_id, "printing")


def finish(connection: Connection, job_id: str) -> None:
    """It lies in the tray (`printed`), or waits as a file (`ready`)."""
    target = connection.execute(select(table.c.target).where(table.c.id == job_id)).scalar()
    _tell(connection, job_id, "ready" if target == "file" else "printed")


def fail(connection: Connection, job_id: str, reason: str, again_at: datetime | None) -> None:
    """It did not work, for this reason: try again at that moment, or never (`None`)."""
    if again_at is None:
        _tell(connection, job_id, "failed", reason)
        return
    connection.execute(_wait, {"this": job_id, "then": "waiting", "why": reason, "at": again_at})
    _announce(connection, job_id)


def _tell(connection: Connection, job_id: str, state: str, reason: str = "") -> None:
    connection.execute(_go_on, {"this": job_id, "then": state, "why": reason})
    _announce(connection, job_id)


def _announce(connection: Connection, job_id: str) -> None:
    of = select(errand.c.visit).join(table, table.c.errand == errand.c.id).where(table.c.id == job_id)
    visit_id = connection.execute(of).scalar()
    announce(connection, "prints", job_id)
    if visit_id:
        announce(connection, f"visit:{visit_id}")


def store_pdf(connection: Connection, job_id: str, content: bytes) -> None:
    """Keep the rendered paper, sealed."""
    sealed = keys_of(connection).seal(content, f"print.pdf.{job_id}")
    connection.execute(update(table).where(table.c.id == job_id).values(pdf=sealed))


def pdf(connection: Connection, job_id: str) -> bytes | None:
    """The rendered paper, when there is one."""
    sealed = connection.execute(select(table.c.pdf).where(table.c.id == job_id)).scalar()
    return sealed and keys_of(connection).open(sealed, f"print.pdf.{job_id}")


def drop_pdf(connection: Connection, job_id: str) -> None:
    """The paper is out, or the file was fetched: keep it no longer."""
    connection.execute(update(table).where(table.c.id == job_id).values(pdf=None))


def payload(connection: Connection, job_id: str) -> Any:
    """What was sealed with the print when it was asked for; None when nothing was."""
    sealed = connection.execute(select(table.c.payload).where(table.c.id == job_id)).scalar()
    return sealed and open_(connection, sealed, "print", "payload", job_id)


def job(connection: Connection, job_id: str) -> Job | None:
    """One print."""
    row = connection.execute(select(*_columns).where(table.c.id == job_id)).first()
    return Job(*row) if row else None


def of_errand(connection: Connection, errand_id: str, target: str = "printer") -> Job | None:
    """The errand's running print, else its latest."""
    row = connection.execute(_of_errand, {"of": errand_id, "to": target}).first()
    return Job(*row) if row else None


def forget_of_visit(connection: Connection, visit_id: str, outlives: Sequence[str]) -> None:
    """Delete a visit's finished prints, and those that cannot go on once its unconfirmed errands go."""
    of_visit = select(errand.c.id).where(errand.c.visit == visit_id)
    confirmed = of_visit.where(errand.c.state.in_(outlives))
    goes_on = _running & or_(table.c.payload.is_not(None), table.c.errand.in_(confirmed))
    connection.execute(delete(table).where(table.c.errand.in_(of_visit), ~goes_on))


def forget_of_errand(connection: Connection, errand_id: str) -> None:
    """Delete the prints of an errand that goes on: what they say is true no longer."""
    connection.execute(delete(table).where(table.c.errand == errand_id))


def forget(connection: Connection, now: datetime) -> None:
    """Delete prints that ended an hour ago, and any of a day ago."""
    too_old = table.c.asked_at < now - ALL_KEPT
    connection.execute(delete(table).where(or_(too_old, ~_running & (table.c.asked_at < now - DONE_KEPT))))


def in_trouble(connection: Connection, since: datetime) -> dict[str, int]:
    """How many prints failed at each kiosk since then."""
    failed = (table.c.state == "failed", table.c.asked_at > since)
    rows = connection.execute(select(table.c.kiosk, func.count()).where(*failed).group_by(table.c.kiosk))
    return {row[0]: row[1] for row in rows}
