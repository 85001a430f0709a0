"""Staff: who they are, signing in and out, and being on duty."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from kiosk.records import attempts
from kiosk.records.events import announce
from kiosk.records.tables import staff as table
from kiosk.records.tables import staff_session as session
from kiosk.records.tokens import hash_of, new_token

if TYPE_CHECKING:
    from kiosk.records.database import Database

IDLE, LONGEST = timedelta(hours=8), timedelta(hours=12)
"""A session ends when it is not used for this long, and at the latest this long after signing in."""
SHIFT = timedelta(hours=12)
"""Whoever forgets to go off duty is off duty after this."""
BEAT_LAPSES = timedelta(seconds=150)
"""Silence after which nobody is on duty any more; browsers let a hidden page speak once a minute."""
BEAT_EVERY = timedelta(seconds=20)
TRIES, IN_TIME = 10, timedelta(minutes=5)
TOUCH_EVERY = timedelta(minutes=5)

_hasher = PasswordHasher()


class SignInThrottled(Exception):
    """Ten wrong passwords for one name in five minutes: not even the right one helps until they pass."""


@dataclass(frozen=True)
class Staff:
    """A member of staff; `name` is what they sign in with, `shown` what citizens read."""

    name: str
    shown: str
    roles: tuple[str, ...]
    expertise: tuple[str, ...]
    languages: tuple[str, ...]
    place: str
    on_duty: bool = False
    busy: bool = False
    """On duty, but with a client: called for quietly."""

    def roles_of(self, *wanted: str) -> bool:
        """Whether they have one of these roles."""
        return not set(self.roles).isdisjoint(wanted)


_columns = [table.c[name] for name in Staff.__dataclass_fields__ if name not in ("on_duty", "busy")]
_duty = (table.c.on_duty_at, table.c.beat_at, table.c.busy)
_password = select(table.c.password).where(table.c.name == bindparam("who"))
_by_token = (
    select(*_columns, *_duty)
    .join_from(session, table)
    .where(
        session.c.token_hash == bindparam("token_hash"),
        session.c.used_at > bindparam("idle_since"),
        session.c.began_at > bindparam("began_after"),
    )
)
_touch = (
    update(session)
    .where(session.c.token_hash == bindparam("token"), session.c.used_at < bindparam("before"))
    .values(used_at=bindparam("now"))
)
_on_duty = (
    select(*_columns, *_duty)
    .where(table.c.on_duty_at > bindparam("since"), table.c.beat_at > bindparam("heard_since"))
    .order_by(table.c.shown)
)


_beat = (
    update(table)
    .where(table.c.name == bindparam("who"), table.c.on_duty_at.is_not(None))
    .where(or_(table.c.beat_at.is_(None), table.c.beat_at < bindparam("before")))
    .values(beat_at=bindparam("now"))
)


def put(connection: Connection, member: Staff, password: str | None) -> None:
    """Add or change a member of staff; without a password the one they have stays. Duty does not change."""
    row = asdict(member)
    del row["on_duty"], row["busy"]
    if password is not None:
        row["password"] = _hasher.hash(password)
    made = upsert(table).values(row)
    connection.execute(made.on_conflict_do_update(index_elements=["name"], set_=row))


def sign_in(database: "Database", name: str, password: str, now: datetime) -> str | None:
    """The token of a new session, or nothing for a wrong name or password; raises `SignInThrottled`.

    A wrong name takes as long as a wrong password (ASVS 6.3.8). Checking is slow on purpose, so no
    transaction is open meanwhile; tries at the same moment are counted again before the door opens.
    """
    with database.read() as connection:
        _refuse_guessing(connection, name, now)
        hashed = connection.execute(_password, {"who": name}).scalar()
    right = _right(hashed, password)
    with database.write() as connection:
        if right:
            _refuse_guessing(connection, name, now)
            return _begin_session(connection, name, now)
        attempts.note(connection, "sign-in", name, now)
    return None


def _refuse_guessing(connection: Connection, name: str, now: datetime) -> None:
    if attempts.recent(connection, "sign-in", name, now - IN_TIME) >= TRIES:
        raise SignInThrottled(f"ten wrong passwords within five minutes for {name!r}")


def _begin_session(connection: Connection, name: str, now: datetime) -> str:
    token = new_token()
    row = {"token_hash": hash_of(token), "staff": name, "began_at": now, "used_at": now}
    connection.execute(insert(session), row)
    return token


def _right(hashed: str | None, password: str) -> bool:
    try:
        return _hasher.verify(hashed or _nobodys(), password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash(new_token())


def by_token(connection: Connection, token: str, now: datetime) -> Staff | None:
    """Who is signed in at this browser; nothing after 8 hours without use, or 12 in all."""
    since = {"idle_since": now - IDLE, "began_after": now - LONGEST}
    row = connection.execute(_by_token, {"token_hash": hash_of(token), **since}).first()
    return _staff(row._mapping, now) if row else None


def touch(connection: Connection, token: str, now: datetime) -> None:
    """The session is in use: its idle time begins anew. Writes at most once in five minutes."""
    connection.execute(_touch, {"token": hash_of(token), "before": now - TOUCH_EVERY, "now": now})


def sign_out(connection: Connection, token: str) -> None:
    """End the session."""
    connection.execute(delete(session).where(session.c.token_hash == hash_of(token)))


def set_duty(connection: Connection, name: str, on: bool, now: datetime) -> None:
    """Go on duty, for a shift of at most twelve hours and while `beat` is heard, or off it."""
    duty = {"on_duty_at": now if on else None, "beat_at": now, "busy": False}
    connection.execute(update(table).where(table.c.name == name).values(**duty))
    announce(connection, "calls")


def set_busy(connection: Connection, name: str, busy: bool) -> None:
    """Be with a client, or free again."""
    connection.execute(update(table).where(table.c.name == name).values(busy=busy))
    announce(connection, "calls")


def beat(connection: Connection, name: str, now: datetime) -> None:
    """A screen of somebody on duty is still there. Writes at most every twenty seconds."""
    connection.execute(_beat, {"who": name, "now": now, "before": now - BEAT_EVERY})


def on_duty(connection: Connection, now: datetime) -> list[Staff]:
    """Everybody on duty, by the name citizens read."""
    return [_staff(row._mapping, now) for row in connection.execute(_on_duty, _lately(now))]


def all_(connection: Connection, now: datetime) -> list[Staff]:
    """All staff, by the name they sign in with."""
    rows = connection.execute(select(*_columns, *_duty).order_by(table.c.name))
    return [_staff(row._mapping, now) for row in rows]


def remove(connection: Connection, name: str) -> bool:
    """Take a member of staff away, signed out everywhere; False when there was none."""
    return connection.execute(delete(table).where(table.c.name == name)).rowcount > 0


def _lately(now: datetime) -> dict[str, datetime]:
    return {"since": now - SHIFT, "heard_since": now - BEAT_LAPSES}


def _staff(row: Mapping[Any, Any], now: datetime) -> Staff:
    began, heard, lately = row["on_duty_at"], row["beat_at"], _lately(now)
    on_duty = bool(began and heard and began > lately["since"] and heard > lately["heard_since"])
    return Staff(
        name=row["name"],
        shown=row["shown"],
        roles=tuple(row["roles"]),
        expertise=tuple(row["expertise"]),
        languages=tuple(row["languages"]),
        place=row["place"],
        on_duty=on_duty,
        busy=on_duty and row["busy"],
    )


def forget(connection: Connection, now: datetime) -> None:
    """Delete the sessions that have ended by themselves."""
    ended = or_(session.c.used_at <= now - IDLE, session.c.began_at <= now - LONGEST)
    connection.execute(delete(session).where(ended))
