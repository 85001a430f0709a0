"""A print's way to paper, step by step (make it, send it, look how far it is), each claimed by one worker.

The prints of one kiosk go one after the other, in the order in which they were asked for. What a dead worker
had claimed is free again once it shows no sign of life.
"""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select, update

from kiosk.records.events import announce
from kiosk.records.sealing import keys_of, open_
from kiosk.records.tables import errand, worker
from kiosk.records.tables import print_ as table

SILENT, PATIENCE = timedelta(seconds=20), timedelta(minutes=2)
"""After this a print may be taken from a worker that shows no sign of life, and from any that is stuck."""


@dataclass(frozen=True)
class Job:
    """One paper: `paper` is a4, large or roll; `target` printer or file; `what` summary, code or test.

    `reason` is what is the matter, or why it failed; `number` the printer's own for it, once it was sent;
    `ahead` how many come before it at its kiosk.
    """

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
    what: str = "summary"
    began_at: datetime | None = None
    sent_at: datetime | None = None
    number: int | None = None
    ahead: int = 0


STORED = [each.name for each in fields(Job) if each.name != "ahead"]
RUNNING = ("waiting", "rendering", "printing")

running = table.c.state.in_(RUNNING)
_other = table.alias("other")
_goes_before = and_(
    table.c.target == "printer",
    _other.c.target == "printer",
    _other.c.kiosk == table.c.kiosk,
    _other.c.state.in_(RUNNING),
    or_(
        _other.c.asked_at < table.c.asked_at,
        and_(_other.c.asked_at == table.c.asked_at, _other.c.id < table.c.id),
    ),
)
_ahead = select(func.count()).select_from(_other).where(_goes_before).scalar_subquery().label("ahead")
columns = [*(table.c[name] for name in STORED), _ahead]
_silent = select(worker.c.name).where(worker.c.beat_at < bindparam("silent_since"))
_free = or_(table.c.worker.is_(None), table.c.claimed_at < bindparam("given_up"), table.c.worker.in_(_silent))
_due = and_(
    running,
    table.c.due_at <= bindparam("now"),
    _free,
    ~select(_other.c.id).where(_goes_before).exists(),
)
this = table.c.id == bindparam("this")
_next = select(table.c.id).where(_due).order_by(table.c.due_at, table.c.asked_at).limit(1)
_unsent = table.c.number.is_(None)
_claim = (
    update(table)
    .where(this, _due)
    .values(
        state=case((_unsent, "rendering"), else_=table.c.state),
        worker=bindparam("by"),
        claimed_at=bindparam("now"),
        began_at=func.coalesce(table.c.began_at, bindparam("now")),
        attempts=table.c.attempts + case((_unsent, 1), else_=0),
    )
    .returning(*(table.c[name] for name in STORED))
)


def claim(connection: Connection, worker: str, now: datetime) -> Job | None:
    """The print that waits longest for its next step, for this worker alone; nothing when none does."""
    moments = {"now": now, "given_up": now - PATIENCE, "silent_since": now - SILENT}
    while (found := connection.execute(_next, moments).scalar()) is not None:
        row = connection.execute(_claim, {"this": found, "by": worker, **moments}).first()
        if row:
            return Job(*row)
    return None


def printing(connection: Connection, job_id: str) -> None:
    """It is made and on its way to the printer."""
    _change(connection, job_id, state="printing")


def sent(connection: Connection, job_id: str, number: int, now: datetime) -> None:
    """The printer has all of it, under this number; somebody must look how far it is."""
    _change(connection, job_id, number=number, sent_at=now, reason="", due_at=now, worker=None)


def look_again(connection: Connection, job_id: str, reason: str, at: datetime) -> None:
    """The printer is not ready with it, for this reason if any: look again at that moment."""
    _change(connection, job_id, reason=reason, due_at=at, worker=None)


def finish(connection: Connection, job_id: str) -> None:
    """It lies in the tray (`printed`), of which nothing is kept, or waits as a file (`ready`)."""
    found = job(connection, job_id)
    if found and found.target == "file":
        _change(connection, job_id, state="ready", reason="", worker=None, payload=None)
    elif found:
        _change(connection, job_id, state="printed", reason="", worker=None, payload=None, pdf=None)


def fail(connection: Connection, job_id: str, reason: str, again_at: datetime | None) -> None:
    """It did not work, for this reason: again at that moment, or never (`None`) and nothing of it is kept."""
    if again_at is None:
        _change(connection, job_id, state="failed", reason=reason, worker=None, payload=None, pdf=None)
    else:
        anew = {"worker": None, "number": None, "sent_at": None}
        _change(connection, job_id, state="waiting", reason=reason, due_at=again_at, **anew)


def _change(connection: Connection, job_id: str, **values: Any) -> None:
    """Write these values, and tell whoever follows it when it shows."""
    shown = (table.c.state, table.c.reason)
    before = connection.execute(select(*shown).where(table.c.id == job_id)).first()
    after = connection.execute(
        update(table).where(table.c.id == job_id).values(**values).returning(*shown)
    ).first()
    if before and after and tuple(before) != tuple(after):
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


def payload(connection: Connection, job_id: str) -> Any:
    """What was sealed with the print when it was asked for; None when nothing was."""
    sealed = connection.execute(select(table.c.payload).where(table.c.id == job_id)).scalar()
    return sealed and open_(connection, sealed, "print", "payload", job_id)


def job(connection: Connection, job_id: str) -> Job | None:
    """One print."""
    row = connection.execute(select(*columns).where(table.c.id == job_id)).first()
    return Job(*row) if row else None
