"""Prints: paper that was asked for, until it lies in the tray or is fetched as a file."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from kiosk.records.events import announce
from kiosk.records.print_steps import (
    RUNNING,
    STORED,
    Job,
    claim,
    columns,
    fail,
    finish,
    job,
    look_again,
    payload,
    printing,
    running,
    sent,
    store_pdf,
    this,
)
from kiosk.records.sealing import keys_of, seal
from kiosk.records.tables import errand, visit
from kiosk.records.tables import print_ as table
from kiosk.records.tokens import new_id

__all__ = [
    "RUNNING",
    "Job",
    "ask",
    "ask_code",
    "ask_test",
    "claim",
    "drop_pdf",
    "fail",
    "failed",
    "finish",
    "forget",
    "forget_of_errand",
    "forget_of_visit",
    "is_awaited",
    "job",
    "look_again",
    "of_code",
    "of_errand",
    "of_visit",
    "payload",
    "pdf",
    "printing",
    "sent",
    "store_pdf",
    "test_pages",
]

ID_LENGTH = 20
"""Signs of an id that is not made at random, as many as of one that is."""
DONE_KEPT, ALL_KEPT = timedelta(hours=1), timedelta(days=1)


_insert = insert(table).on_conflict_do_nothing().returning(table.c.id)
_of_errand = (
    select(*columns)
    .where(table.c.errand == bindparam("of"), table.c.target == bindparam("to"))
    .order_by(running.desc(), table.c.asked_at.desc())
    .limit(1)
)
_same = _of_errand.where(table.c.paper == bindparam("on"), table.c.language == bindparam("code"), running)
_tests = select(*columns).where(table.c.what == "test").order_by(table.c.asked_at)
_waits_for_it = (
    select(visit.c.id)
    .join(errand, errand.c.visit == visit.c.id)
    .join(table, table.c.errand == errand.c.id)
    .where(this, visit.c.parked_until.is_(None))
)


def ask(
    connection: Connection,
    errand_id: str | None,
    kiosk: str,
    paper: str,
    language: str,
    target: str,
    now: datetime,
    told: Any = None,
    seen: str | None = None,
) -> Job:
    """A print of this errand, or the same one that is already running: a second tap prints nothing twice.

    What is `told` on it (a JSON value) is sealed with it, for a print that must outlive its errand. `seen` is
    the print on the page that was tapped ("" for none): a second tap on it finds what the first one made.
    """
    latest = of_errand(connection, errand_id, target) if errand_id and seen is not None else None
    if latest and latest.id != seen and (latest.paper, latest.language) == (paper, language):
        return latest
    made = Job(new_id(), errand_id, kiosk, paper, language, "waiting", "", 0, target, now)
    if _add(connection, made, now, told):
        return made
    same = {"of": errand_id, "to": target, "on": paper, "code": language}
    found = Job(*connection.execute(_same, same).one())
    _tell_anew(connection, found, told)
    return found


def ask_test(connection: Connection, kiosk: str, paper: str, now: datetime) -> None:
    """A test page at this kiosk, unless one is running."""
    _add(connection, Job(new_id(), None, kiosk, paper, "", "waiting", "", 0, "printer", now, "test"), now)


def ask_code(connection: Connection, code: str, kiosk: str, language: str, now: datetime, told: Any) -> None:
    """Paper with what is `told` of a code to go on with; no code is printed twice."""
    made = Job(
        _id_of(connection, code), None, kiosk, "a4", language, "waiting", "", 0, "printer", now, "code"
    )
    _add(connection, made, now, told)


def of_code(connection: Connection, code: str) -> Job | None:
    """The print of this code, if it was asked for."""
    return job(connection, _id_of(connection, code))


def _id_of(connection: Connection, code: str) -> str:
    # Made from the code, which is kept nowhere: a code has one print, and that does not tell the code.
    return keys_of(connection).hashes(f"print {code}")[0][:ID_LENGTH]


def _add(connection: Connection, made: Job, now: datetime, told: Any = None) -> bool:
    sealed = None if told is None else seal(connection, told, "print", "payload", made.id)
    row = {name: getattr(made, name) for name in STORED}
    added = connection.execute(_insert, {**row, "due_at": now, "payload": sealed}).first() is not None
    if added:
        announce(connection, "prints", made.id)
    return added


def _tell_anew(connection: Connection, print_: Job, told: Any) -> None:
    """While a print waits, what was asked for last is what will be on it."""
    sealed = None if told is None else seal(connection, told, "print", "payload", print_.id)
    waits = (table.c.id == print_.id, table.c.state == "waiting")
    connection.execute(update(table).where(*waits).values(payload=sealed, pdf=None))


def pdf(connection: Connection, job_id: str) -> bytes | None:
    """The rendered paper, when there is one."""
    sealed = connection.execute(select(table.c.pdf).where(table.c.id == job_id)).scalar()
    return sealed and keys_of(connection).open(sealed, f"print.pdf.{job_id}")


def drop_pdf(connection: Connection, job_id: str) -> None:
    """The file was fetched: keep it no longer."""
    connection.execute(update(table).where(table.c.id == job_id).values(pdf=None))


def of_errand(connection: Connection, errand_id: str, target: str = "printer") -> Job | None:
    """The errand's running print, else its latest."""
    row = connection.execute(_of_errand, {"of": errand_id, "to": target}).first()
    return Job(*row) if row else None


def of_visit(connection: Connection, visit_id: str) -> list[Job]:
    """What came or comes out of the printer for a visit, the latest first."""
    theirs = select(errand.c.id).where(errand.c.visit == visit_id)
    printed = (table.c.errand.in_(theirs), table.c.target == "printer")
    rows = select(*columns).where(*printed).order_by(table.c.asked_at.desc())
    return [Job(*row) for row in connection.execute(rows)]


def is_awaited(connection: Connection, print_: Job) -> bool:
    """Whether somebody stands there for it: its visit goes on, or staff wait for a test page."""
    return print_.what == "test" or connection.execute(_waits_for_it, {"this": print_.id}).first() is not None


def test_pages(connection: Connection) -> dict[str, Job]:
    """Kiosk -> its latest test page, of those of the last hour or so."""
    return {row.kiosk: Job(*row) for row in connection.execute(_tests)}


def failed(connection: Connection, since: datetime) -> list[Job]:
    """What did not come out of a printer since then, the latest first."""
    gone = (table.c.state == "failed", table.c.target == "printer", table.c.asked_at >= since)
    rows = connection.execute(select(*columns).where(*gone).order_by(table.c.asked_at.desc()))
    return [Job(*row) for row in rows]


def forget_of_visit(connection: Connection, visit_id: str, outlives: Sequence[str]) -> None:
    """Delete a visit's finished prints, and those that cannot go on once its unconfirmed errands go.

    Of one that failed, staff may read for a day that it did, and no more.
    """
    of_visit = select(errand.c.id).where(errand.c.visit == visit_id)
    confirmed = of_visit.where(errand.c.state.in_(outlives))
    goes_on = running & or_(table.c.payload.is_not(None), table.c.errand.in_(confirmed))
    theirs = table.c.errand.in_(of_visit)
    connection.execute(update(table).where(theirs, table.c.state == "failed").values(errand=None))
    connection.execute(delete(table).where(theirs, ~goes_on))


def forget_of_errand(connection: Connection, errand_id: str) -> None:
    """Delete the prints of an errand that goes on: what they say is true no longer."""
    connection.execute(delete(table).where(table.c.errand == errand_id))


def forget(connection: Connection, now: datetime) -> None:
    """Delete prints that were made an hour ago, and any of a day ago."""
    too_old = table.c.asked_at < now - ALL_KEPT
    made = table.c.state.in_(("printed", "ready")) & (table.c.asked_at < now - DONE_KEPT)
    connection.execute(delete(table).where(or_(too_old, made)))
