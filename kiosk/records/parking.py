"""Putting a visit aside: for a moment in the hall, or for a week and to go on elsewhere.

A code identifies the visit, not the person. It is used once, and whoever guesses learns nothing: a code that
does not exist, one that is over and a wrong number are answered alike, after the same work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, select, update

from kiosk.records import attempts
from kiosk.records.sealing import keys_of
from kiosk.records.tables import errand as errand_table
from kiosk.records.tables import visit as table
from kiosk.records.tokens import hash_of, new_code, new_token, tidy

if TYPE_CHECKING:
    from kiosk.records.visits import Visit

AWAY = timedelta(minutes=15)
"""How long a visit waits for somebody who is back soon."""
LATER = timedelta(days=7)
"""How long it waits for somebody who goes on elsewhere."""
CODE_LENGTH, LATER_LENGTH = 6, 8
"""Signs of the two kinds of code; 20 to the power of 8 is 25 thousand million."""
NUMBER_LENGTH = 4
"""Digits of the number that the citizen chooses beside the longer code."""
TRIES, IN_TIME = 10, timedelta(minutes=1)
MOST_WRONG = 5
"""After so many wrong numbers a code is worth nothing any more."""

_known = table.c.code_hash.in_(bindparam("hashes", expanding=True))
_park = (
    update(table)
    .where(table.c.id == bindparam("this"))
    .values(
        token_hash=None,
        code_hash=bindparam("code"),
        number_hash=bindparam("number"),
        wrong_numbers=0,
        parked_until=bindparam("until"),
        touched=bindparam("now"),
    )
)
_waiting = select(table.c.id, table.c.kiosk, table.c.language, table.c.number_hash).where(
    _known, table.c.parked_until >= bindparam("now")
)
_wrong = update(table).where(_known).values(wrong_numbers=table.c.wrong_numbers + 1)
_lock = (
    update(table).where(_known, table.c.wrong_numbers >= MOST_WRONG).values(code_hash=None, number_hash=None)
)


@dataclass(frozen=True)
class Kept:
    """A visit that was put aside: where, and in which language."""

    id: str
    kiosk: str
    language: str


def is_later(code: str) -> bool:
    """Whether a code, as somebody typed it, is of the kind that goes with a number."""
    return len(tidy(code)) == LATER_LENGTH


def park(connection: Connection, visit: "Visit", now: datetime) -> str:
    """Put the visit aside for a quarter of an hour, and end its token; gives the code to go on with.

    Who wants more time has that here too.
    """
    return _put_aside(connection, visit, new_code(CODE_LENGTH), "", now, AWAY * visit.times)


def keep(connection: Connection, visit: "Visit", number: str, now: datetime) -> str:
    """Put the visit aside for a week, to go on anywhere with the code that this gives and that number."""
    return _put_aside(connection, visit, new_code(LATER_LENGTH), number, now, LATER)


def _put_aside(
    connection: Connection, visit: "Visit", code: str, number: str, now: datetime, how_long: timedelta
) -> str:
    keys = keys_of(connection)
    hashed = {"code": keys.hashes(code)[0], "number": keys.hashes(f"{code} {number}")[0]}
    connection.execute(_park, {"this": visit.id, **hashed, "until": now + how_long, "now": now})
    return code


def unpark(
    connection: Connection,
    code: str,
    *,
    kiosk: str,
    now: datetime,
    number: str = "",
    who: str = "",
    own_device: bool = False,
) -> str | None:
    """The new token of the visit that was put aside, which goes on at this kiosk; with none, where it was.

    Nothing for a code that is wrong, used or too old, for a wrong number, nor after ten wrong tries in a
    minute by `who`: the kiosk, else what is known of the device.
    """
    who = who or kiosk
    if _tried_too_often(connection, who, now):
        return None
    kept, token = _find(connection, code, number, now), new_token()
    if not _take_up(connection, kept.id if kept else None, token, kiosk, now, own_device):
        _refuse(connection, code, who, now)
        return None
    return token


def look(connection: Connection, code: str, number: str, *, who: str, now: datetime) -> Kept | None:
    """The visit that its citizen lets somebody see by saying code and number; both stay good.

    Nothing where `unpark` would give nothing, nor for a code without a number.
    """
    if _tried_too_often(connection, who, now):
        return None
    kept = _find(connection, code, number, now) if tidy(number) else None
    if kept is None:
        _refuse(connection, code, who, now)
    return kept


def _tried_too_often(connection: Connection, who: str, now: datetime) -> bool:
    return attempts.recent(connection, "parking", who, now - IN_TIME) >= TRIES


def _find(connection: Connection, code: str, number: str, now: datetime) -> Kept | None:
    typed, keys = tidy(code), keys_of(connection)
    hashes, numbers = keys.hashes(typed), keys.hashes(f"{typed} {tidy(number)}")
    found = connection.execute(_waiting, {"hashes": hashes, "now": now}).first()
    ours = found is not None and _among(found.number_hash or "", numbers)
    return Kept(found.id, found.kiosk, found.language) if found and ours else None


def _among(kept: str, hashes: Sequence[str]) -> bool:
    return any(compare_digest(kept, each) for each in hashes)


def _take_up(
    connection: Connection, visit_id: str | None, token: str, kiosk: str, now: datetime, own_device: bool
) -> bool:
    """Let the visit go on under this token; False when somebody else was first, or there is none."""
    again = {"token_hash": hash_of(token), "code_hash": None, "number_hash": None, "parked_until": None}
    ours = (table.c.id == visit_id, table.c.parked_until >= now)
    moved = update(table).where(*ours).values(**again, touched=now, stayed=now, own_device=own_device)
    if not connection.execute(moved.values(kiosk=kiosk or table.c.kiosk)).rowcount:
        return False
    theirs = (errand_table.c.visit == visit_id, errand_table.c.state == "open")
    if kiosk:
        connection.execute(update(errand_table).where(*theirs).values(kiosk=kiosk))
    return True


def _refuse(connection: Connection, code: str, who: str, now: datetime) -> None:
    """Note the wrong try, and make the code worthless that was tried too often."""
    hashes = keys_of(connection).hashes(tidy(code))
    connection.execute(_wrong, {"hashes": hashes})
    connection.execute(_lock, {"hashes": hashes})
    attempts.note(connection, "parking", who, now)
