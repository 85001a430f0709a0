"""Calls: requests for a person, from raised to resolved, cancelled or expired."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from kiosk.records.events import announce
from kiosk.records.sealing import open_, seal
from kiosk.records.staff import Staff
from kiosk.records.tables import call as table
from kiosk.records.tables import visit as visit_table
from kiosk.records.tokens import new_id

LEVELS = ("explain", "along", "together")
"""How far help goes, the citizen says: talk only, see the same screen, or fill in together."""
WHYS = ("confused", "wrong", "talk", "private")
"""What a second tap may say: I don't understand, something is wrong, I want to talk, it is private."""
WISHES = ("sign", "write", "lips", "language")
"""How they want to be talked with (EN 301 549 12.2.3): I sign, please write, I read lips, my language."""
STILL_SHOWN = timedelta(minutes=1)
"""How long a citizen still sees how their call ended."""
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Call:
    """A request for a person; staff sign in with `taken_by`, citizens read `taken_name`.

    `reason` is one of `WHYS` or empty, `level` one of `LEVELS`. It waits for somebody since `waiting_since`:
    when it was raised, or handed over by `handed_by`; then for whom, if for one person, is in `wanted`.
    `rang` counts the circles of staff that have heard it after the first, and a webhook after the last.
    """

    id: str
    visit: str | None
    kiosk: str
    place: str
    journey: str
    version: str
    step: str
    language: str
    expertise: str
    reason: str
    discreet: bool
    state: str
    level: str
    raised_at: datetime
    waiting_since: datetime
    rang: int
    wanted: str | None
    handed_by: str | None
    taken_by: str | None
    taken_name: str | None
    taken_at: datetime | None
    here_at: datetime | None
    ended_at: datetime | None
    helped: str | None


_columns = [table.c[name] for name in Call.__dataclass_fields__]
_this = table.c.id == bindparam("this")
_not_ended = table.c.ended_at.is_(None)
_new = insert(table)
_raise = _new.on_conflict_do_update(
    index_elements=["visit"],
    index_where=_not_ended,
    set_={
        "discreet": or_(table.c.discreet, _new.excluded.discreet),
        **{name: _new.excluded[name] for name in ("journey", "version", "step", "language", "expertise")},
    },
    where=or_(table.c.journey != _new.excluded.journey, table.c.step != _new.excluded.step),
).returning(*_columns)
_of_visit = (
    select(*_columns)
    .where(table.c.visit == bindparam("of"), or_(_not_ended, table.c.ended_at > bindparam("since")))
    .order_by(table.c.ended_at.is_(None).desc(), table.c.raised_at.desc())
    .limit(1)
)
_open = select(*_columns).where(_not_ended).order_by(table.c.raised_at)
_ended_since = (
    select(*_columns).where(table.c.ended_at >= bindparam("since")).order_by(table.c.ended_at.desc())
)
_takers = select(table.c.taken_by).where(_not_ended, table.c.taken_by.is_not(None))
_wished = select(table.c.id, table.c.wishes).where(
    table.c.id.in_(bindparam("them", expanding=True)), table.c.wishes.is_not(None)
)
_ended: dict[str, Any] = {"ended_at": bindparam("now"), "wishes": None, "note": None}
"""What staff wrote and how a citizen wants to be talked with is nobody's business afterwards (AVG art. 9)."""
_of_open = (table.c.visit == bindparam("of"), _not_ended)
_cancel = update(table).where(*_of_open).values(state="cancelled", **_ended).returning(table.c.visit)
_ring = (
    update(table)
    .where(
        _this,
        table.c.state == "sent",
        table.c.rang == bindparam("before"),
        table.c.waiting_since == bindparam("since"),
    )
    .values(rang=bindparam("circle"))
)
_why = (
    update(table)
    .where(*_of_open)
    .values(reason=bindparam("why"), discreet=or_(table.c.discreet, bindparam("private")))
)
_wish = update(table).where(*_of_open).values(wishes=bindparam("sealed"))
_let = (
    update(table)
    .where(*_of_open, table.c.level != bindparam("far"))
    .values(level=bindparam("far"))
    .returning(table.c.visit)
)
_touch_visit = (
    update(visit_table)
    .where(visit_table.c.id == bindparam("of"))
    .values(touched=bindparam("now"), stayed=bindparam("now"))
)


def raise_call(
    connection: Connection,
    *,
    visit: str,
    kiosk: str,
    place: str,
    journey: str,
    step: str,
    language: str,
    now: datetime,
    expertise: str = "",
    reason: str = "",
    discreet: bool = False,
    version: str = "",
    level: str = "explain",
) -> Call:
    """A new call of this visit, or the one it has open, which is about this now: there is never a second."""
    row = {
        "id": new_id(),
        "visit": visit,
        "kiosk": kiosk,
        "place": place,
        "journey": journey,
        "version": version,
        "step": step,
        "language": language,
        "expertise": expertise,
        "reason": reason,
        "discreet": discreet,
        "state": "sent",
        "level": level,
        "raised_at": now,
        "waiting_since": now,
    }
    changed = connection.execute(_raise, row).first()
    if changed is None:
        return Call(*connection.execute(_of_visit, {"of": visit, "since": now}).one())
    tell(connection, visit)
    return Call(*changed)


def tell_why(connection: Connection, visit_id: str, why: str) -> None:
    """Say with the open call what it is about, one of `WHYS`; a private one names nothing in the hall."""
    connection.execute(_why, {"of": visit_id, "why": why, "private": why == "private"})
    tell(connection, visit_id)


def wish(connection: Connection, visit_id: str, wishes: Sequence[str]) -> None:
    """Say with the open call how to talk with the citizen, of `WISHES`; forgotten when it ends."""
    call_id = connection.execute(select(table.c.id).where(*_of_open), {"of": visit_id}).scalar()
    if call_id:
        sealed = seal(connection, list(wishes), "call", "wishes", call_id)
        connection.execute(_wish, {"of": visit_id, "sealed": sealed})
        tell(connection, visit_id)


def wishes(connection: Connection, call_ids: Sequence[str]) -> dict[str, list[str]]:
    """How the citizens of these calls want to be talked with: call -> wishes, where they said so."""
    rows = connection.execute(_wished, {"them": list(call_ids)})
    return {row.id: open_(connection, row.wishes, "call", "wishes", row.id) for row in rows}


def let(connection: Connection, visit_id: str, level: str) -> bool:
    """Let whoever answers the open call go this far and no further; False when nothing changes."""
    changed = connection.execute(_let, {"of": visit_id, "far": level}).first() is not None
    if changed:
        tell(connection, visit_id)
    return changed


def ring(connection: Connection, call: Call, circle: int) -> bool:
    """Let a call that waits ring in this circle too; False when it was taken, or rings there already."""
    asked = {"this": call.id, "before": call.rang, "since": call.waiting_since, "circle": circle}
    rung = connection.execute(_ring, asked).rowcount > 0
    if rung:
        announce(connection, "calls")
    return rung


def of_visit(connection: Connection, visit_id: str, now: datetime) -> Call | None:
    """The visit's open call, else the one that ended in the last minute."""
    row = connection.execute(_of_visit, {"of": visit_id, "since": now - STILL_SHOWN}).first()
    return Call(*row) if row else None


def open_calls(connection: Connection) -> list[Call]:
    """All open calls, the one that waits longest first."""
    return [Call(*row) for row in connection.execute(_open)]


def open_call(connection: Connection, call_id: str) -> Call | None:
    """The open call with this id."""
    row = connection.execute(_open.where(_this), {"this": call_id}).first()
    return Call(*row) if row else None


def ended_since(connection: Connection, since: datetime) -> list[Call]:
    """The calls that ended from that moment on and are still kept, the last one first."""
    return [Call(*row) for row in connection.execute(_ended_since, {"since": since})]


def takers(connection: Connection) -> set[str]:
    """The names of the staff who took a call that is open."""
    return set(connection.execute(_takers).scalars())


def taken_by(connection: Connection, call_id: str, staff: Staff) -> Call | None:
    """The open call with this id, if this member of staff has taken it."""
    row = connection.execute(_open.where(_this, table.c.taken_by == staff.name), {"this": call_id}).first()
    return Call(*row) if row else None


def visits_with(connection: Connection, staff: Staff) -> list[str]:
    """The ids of the visits whose open calls this member of staff has taken."""
    theirs = select(table.c.visit).where(
        _not_ended, table.c.taken_by == staff.name, table.c.visit.is_not(None)
    )
    return list(connection.execute(theirs).scalars())


def cancel(connection: Connection, visit_id: str, now: datetime | None = None) -> bool:
    """The citizen needs nobody after all; the visit's clock starts anew."""
    now = now or datetime.now(UTC)
    found = connection.execute(_cancel, {"of": visit_id, "now": now}).first() is not None
    if found:
        tell_ended(connection, visit_id, now)
    return found


def tell_ended(connection: Connection, visit_id: str | None, now: datetime) -> None:
    """Tell everybody that the visit's call ended; the visit's clock starts anew."""
    connection.execute(_touch_visit, {"of": visit_id, "now": now})
    tell(connection, visit_id)


def tell(connection: Connection, visit_id: str | None) -> None:
    """Tell staff and the visit that a call changed."""
    announce(connection, "calls")
    if visit_id:
        announce(connection, f"visit:{visit_id}")


def forget(connection: Connection, now: datetime) -> None:
    """Delete the calls that ended more than a day ago."""
    connection.execute(delete(table).where(table.c.ended_at < now - KEPT))
