"""Visits: one citizen's time at one kiosk, from the first tap to the wipe."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, update

from kiosk.records import calls, lasting, prints
from kiosk.records.answers import CITIZEN, Overtaken, reasons_of, replace_answers, save_answers
from kiosk.records.errands import (
    Errand,
    begin_errand,
    confirm,
    errand,
    errands,
    forget,
    new_reference,
    open_errand,
    opened,
    set_way,
)
from kiosk.records.errands import columns as errand_columns
from kiosk.records.events import announce
from kiosk.records.handling import (
    Handled,
    by_reference,
    handled,
    mark_seen,
    overrule,
    process,
    refuse,
    to_handle,
)
from kiosk.records.parking import park, unpark
from kiosk.records.sealing import open_, seal
from kiosk.records.tables import call
from kiosk.records.tables import errand as errand_table
from kiosk.records.tables import visit as visit_table
from kiosk.records.tokens import hash_of, new_id, new_token

__all__ = [
    "CITIZEN",
    "Errand",
    "Handled",
    "Overtaken",
    "Visit",
    "begin",
    "begin_errand",
    "by_reference",
    "by_token",
    "confirm",
    "errand",
    "errands",
    "forget",
    "handled",
    "language_of",
    "mark_seen",
    "new_reference",
    "open_errand",
    "overrule",
    "park",
    "prefer",
    "process",
    "reasons_of",
    "refuse",
    "replace_answers",
    "save_answers",
    "set_language",
    "set_way",
    "stale",
    "stay",
    "still_here",
    "take_time",
    "to_handle",
    "touch",
    "unpark",
    "wipe",
    "wipe_kiosk",
    "with_errand",
]

OUTLIVES = ("prepared", "arranged", "referred")
"""States in which an errand outlives its visit, until its `keep_until`."""


@dataclass(frozen=True)
class Visit:
    """A visit under way; `calling` is the id of its open call, and who is `slow` has three times as long."""

    id: str
    kiosk: str
    language: str
    preferences: Mapping[str, Any]
    started: datetime
    touched: datetime
    parked_until: datetime | None = None
    own_device: bool = False
    stayed: datetime | None = None
    slow: bool = False
    calling: str | None = None

    @property
    def times(self) -> int:
        """How many times the usual time its citizen has."""
        return lasting.times(self.slow)

    def is_to_be_asked(self, now: datetime) -> bool:
        """Whether it is time to ask if somebody is still there, though the screen was touched."""
        waits = self.own_device or self.calling is not None
        return not waits and now - (self.stayed or self.started) > lasting.ASKED_AFTER * self.times


_table = visit_table.c
_with_call = visit_table.outerjoin(call, and_(call.c.visit == _table.id, call.c.ended_at.is_(None)))
_this = _table.id == bindparam("this")
_columns = (
    _table.id,
    _table.kiosk,
    _table.language,
    _table.preferences,
    _table.started,
    _table.touched,
    _table.parked_until,
    _table.own_device,
    _table.stayed,
    _table.slow,
    call.c.id.label("calling"),
)
_known = (_table.token_hash == bindparam("token_hash"), lasting.in_use)
_by_token = select(*_columns).select_from(_with_call).where(*_known)
_its_errand = and_(errand_table.c.visit == _table.id, errand_table.c.number == bindparam("number"))
_with_errand = (
    select(*_columns, *errand_columns)
    .select_from(_with_call.outerjoin(errand_table, _its_errand))
    .where(*_known)
)
_stale = (
    select(_table.id)
    .select_from(_with_call)
    .where(or_(and_(_table.parked_until.is_(None), ~lasting.in_use), _table.parked_until < bindparam("now")))
)
_here = select(_table.id).select_from(_with_call).where(_this, _table.parked_until.is_(None), lasting.in_use)
_insert = insert(visit_table)
_touch = update(visit_table).where(_this).values(touched=bindparam("now"))
_stay = update(visit_table).where(_this).values(touched=bindparam("now"), stayed=bindparam("now"))
_take_time = update(visit_table).where(_this).values(slow=bindparam("wanted"))
_speak = update(visit_table).where(_this).values(language=bindparam("code"))
_preferred = select(_table.preferences).where(_this).with_for_update()
_prefer = update(visit_table).where(_this).values(preferences=bindparam("sealed"))
_at_kiosk = select(_table.id).where(
    _table.kiosk == bindparam("name"), _table.parked_until.is_(None), ~_table.own_device
)
_at_kiosks = (
    select(*_columns)
    .select_from(_with_call)
    .where(_table.parked_until.is_(None), ~_table.own_device, lasting.in_use)
    .order_by(_table.started)
)
_unconfirmed = delete(errand_table).where(
    errand_table.c.visit == bindparam("this"), errand_table.c.state.not_in(OUTLIVES)
)
_delete = delete(visit_table).where(_this)


def begin(connection: Connection, *, kiosk: str, language: str, now: datetime) -> tuple[Visit, str]:
    """A new visit and the token for its browser; of the token only the hash is kept."""
    token = new_token()
    visit = Visit(new_id(), kiosk, language, {}, now, now)
    row = {"id": visit.id, "kiosk": kiosk, "language": language, "started": now, "touched": now}
    connection.execute(_insert, {**row, "token_hash": hash_of(token)})
    return visit, token


def by_token(connection: Connection, token: str, now: datetime, *, limit_s: int) -> Visit | None:
    """The visit of this browser; nothing when it is unknown, wiped, parked or untouched for `limit_s` s.

    Who wants more time has three times as long, and while somebody is called the clock stands still, as long
    as that call lasts by itself.
    """
    row = connection.execute(
        _by_token, {"token_hash": hash_of(token), **lasting.moments(now, limit_s)}
    ).first()
    return _visit(connection, row) if row else None


def with_errand(
    connection: Connection, token: str, number: int, now: datetime, *, limit_s: int
) -> tuple[Visit | None, Errand | None]:
    """The visit as `by_token` finds it, and its errand with that number: in one look for both."""
    asked = {"token_hash": hash_of(token), "number": number, **lasting.moments(now, limit_s)}
    row = connection.execute(_with_errand, asked).first()
    if row is None:
        return None, None
    its = row[len(_columns) :]
    return _visit(connection, row[: len(_columns)]), opened(connection, its) if its[0] else None


def _visit(connection: Connection, row: Any) -> Visit:
    identity, kiosk, language, sealed, *rest = row
    preferences = open_(connection, sealed, "visit", "preferences", identity) if sealed else {}
    return Visit(identity, kiosk, language, preferences, *rest)


def touch(connection: Connection, visit_id: str, now: datetime) -> None:
    """Start the visit's clock anew."""
    connection.execute(_touch, {"this": visit_id, "now": now})


def stay(connection: Connection, visit_id: str, now: datetime) -> None:
    """The citizen says to be there: each of the visit's clocks starts anew."""
    connection.execute(_stay, {"this": visit_id, "now": now})


def take_time(connection: Connection, visit_id: str, wanted: bool) -> None:
    """Let everything last three times as long, or as long as usual again.

    In the clear, unlike what else is preferred: whoever tidies up must know it. It ends with the visit.
    """
    connection.execute(_take_time, {"this": visit_id, "wanted": wanted})


def still_here(connection: Connection, visit_id: str, now: datetime, *, limit_s: int) -> bool:
    """Whether the visit is under way at its kiosk, as `by_token` says; if so, its clock starts anew."""
    found = connection.execute(_here, {"this": visit_id, **lasting.moments(now, limit_s)}).first()
    if found:
        touch(connection, visit_id, now)
    return found is not None


def language_of(connection: Connection, visit_id: str) -> str:
    """The language that the visit speaks now."""
    return str(connection.execute(select(_table.language).where(_this), {"this": visit_id}).scalar_one())


def set_language(connection: Connection, visit_id: str, language: str) -> None:
    """Go on in this language."""
    connection.execute(_speak, {"this": visit_id, "code": language})


def prefer(connection: Connection, visit_id: str, under: str, wanted: Mapping[str, Any]) -> None:
    """Keep these beside what the visit keeps under that name, until the wipe; of two at once one waits.

    Sealed, for what somebody prefers may hint at health (AVG art. 9).
    """
    sealed = connection.execute(_preferred, {"this": visit_id}).scalar_one()
    kept = open_(connection, sealed, "visit", "preferences", visit_id) if sealed else {}
    kept[under] = {**kept.get(under, {}), **wanted}
    connection.execute(
        _prefer,
        {"this": visit_id, "sealed": seal(connection, kept, "visit", "preferences", visit_id)},
    )


def wipe(connection: Connection, visit_id: str, now: datetime | None = None) -> None:
    """Delete the visit, its answers and preferences, and cancel its call.

    What outlives it, sealed: a confirmed errand, an unfinished print, an undelivered parcel.
    """
    calls.cancel(connection, visit_id, now)
    prints.forget_of_visit(connection, visit_id, OUTLIVES)
    connection.execute(_unconfirmed, {"this": visit_id})
    connection.execute(_delete, {"this": visit_id})
    announce(connection, f"visit:{visit_id}")


def wipe_kiosk(connection: Connection, kiosk: str) -> None:
    """Wipe whatever visit is still under way at this kiosk; parked ones wait."""
    for visit_id in connection.execute(_at_kiosk, {"name": kiosk}).scalars().all():
        wipe(connection, visit_id)


def at_kiosks(connection: Connection, now: datetime, limit_s: int) -> list[Visit]:
    """The visits under way at kiosks; not those that wait, nor those on a citizen's own device."""
    rows = connection.execute(_at_kiosks, lasting.moments(now, limit_s))
    return [_visit(connection, row) for row in rows]


def stale(connection: Connection, now: datetime, limit_s: int) -> list[str]:
    """The ids of visits to wipe: left alone too long, or parked and not fetched in time."""
    return list(connection.execute(_stale, {"now": now, **lasting.moments(now, limit_s)}).scalars())
