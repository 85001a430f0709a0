"""Which browser is which kiosk, and which printer a kiosk has."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from kiosk.records import attempts
from kiosk.records.events import announce
from kiosk.records.sealing import keys_of
from kiosk.records.staff import Staff
from kiosk.records.tables import device, invitation, kiosk
from kiosk.records.tokens import hash_of, new_code, new_token, tidy

ENROLLED = timedelta(days=3650)
"""How long a device stays a kiosk: as long as its cookie."""
INVITED = timedelta(hours=1)
CODE_LENGTH = 10
TRIES, IN_TIME = 10, timedelta(minutes=1)


@dataclass(frozen=True)
class KioskState:
    """What the records know of a kiosk: its printer (an IPP address), and how many devices it is."""

    name: str
    printer: str | None
    devices: int


@dataclass(frozen=True)
class Standing:
    """What staff did with a kiosk: locked it, by whom and why, or offered a journey on its start screen."""

    locked_by: str | None = None
    locked_at: datetime | None = None
    locked_why: str | None = None
    offered: str | None = None
    offered_by: str | None = None
    offered_at: datetime | None = None


_make = upsert(kiosk).on_conflict_do_nothing(index_elements=["name"])
_standing = select(*(kiosk.c[name] for name in Standing.__dataclass_fields__)).where(
    kiosk.c.name == bindparam("this")
)
_standings = select(kiosk.c.name, *(kiosk.c[name] for name in Standing.__dataclass_fields__))
_by_token = select(device.c.kiosk).where(
    device.c.token_hash == bindparam("token_hash"), device.c.enrolled_at > bindparam("since")
)


def enrol(connection: Connection, name: str, now: datetime) -> str:
    """Make one more device this kiosk; gives the token for its cookie."""
    token = new_token()
    connection.execute(_make, {"name": name})
    connection.execute(insert(device), {"token_hash": hash_of(token), "kiosk": name, "enrolled_at": now})
    return token


def by_token(connection: Connection, token: str, now: datetime) -> str | None:
    """The name of the kiosk that this device is."""
    return connection.execute(_by_token, {"token_hash": hash_of(token), "since": now - ENROLLED}).scalar()


def invite(connection: Connection, name: str, now: datetime) -> str:
    """A code with which one device can become this kiosk, once, within an hour."""
    code = new_code(CODE_LENGTH)
    row = {"code_hash": keys_of(connection).hashes(code)[0], "kiosk": name, "made_at": now}
    connection.execute(insert(invitation), row)
    return code


def redeem(connection: Connection, code: str, now: datetime) -> str | None:
    """The token for the device that is this kiosk from now on; nothing for a wrong, used or old code."""
    if attempts.recent(connection, "invitation", "", now - IN_TIME) >= TRIES:
        return None
    hashes = keys_of(connection).hashes(tidy(code))
    good = (invitation.c.code_hash.in_(hashes), invitation.c.made_at > now - INVITED)
    name = connection.execute(delete(invitation).where(*good).returning(invitation.c.kiosk)).scalar()
    if name is None:
        attempts.note(connection, "invitation", "", now)
        return None
    connection.execute(delete(device).where(device.c.kiosk == name))
    return enrol(connection, name, now)


def set_printer(connection: Connection, name: str, uri: str | None) -> None:
    """Give a kiosk a printer by its IPP address, or none."""
    _set(connection, name, printer=uri)


def printer(connection: Connection, name: str) -> str | None:
    """The IPP address of a kiosk's printer, when the records hold one."""
    return connection.execute(select(kiosk.c.printer).where(kiosk.c.name == name)).scalar()


def lock(connection: Connection, name: str, why: str, by: Staff, now: datetime) -> None:
    """Let nobody begin here until somebody unlocks it, and say why; a visit under way ends."""
    _set(connection, name, locked_by=by.name, locked_at=now, locked_why=why)


def unlock(connection: Connection, name: str) -> None:
    """Let people begin here again."""
    _set(connection, name, locked_by=None, locked_at=None, locked_why=None)


def offer(connection: Connection, name: str, journey: str, by: Staff, now: datetime) -> None:
    """Offer a journey at this kiosk: whoever stands there takes it with one tap, or leaves it."""
    _set(connection, name, offered=journey, offered_by=by.name, offered_at=now)


def withdraw(connection: Connection, name: str) -> None:
    """Offer nothing here any more."""
    _set(connection, name, offered=None, offered_by=None, offered_at=None)


def standing(connection: Connection, name: str) -> Standing:
    """What staff did with this kiosk."""
    row = connection.execute(_standing, {"this": name}).first()
    return Standing(*row) if row else Standing()


def standings(connection: Connection) -> dict[str, Standing]:
    """What staff did with each kiosk the records know: name -> what."""
    return {row.name: Standing(*row[1:]) for row in connection.execute(_standings)}


def _set(connection: Connection, name: str, **values: Any) -> None:
    made = upsert(kiosk).values(name=name, **values)
    connection.execute(made.on_conflict_do_update(index_elements=["name"], set_=values))
    announce(connection, f"kiosk:{name}")


def all_(connection: Connection) -> list[KioskState]:
    """Every kiosk the records know, by name."""
    devices = func.count(device.c.token_hash)
    rows = (
        select(kiosk.c.name, kiosk.c.printer, devices)
        .outerjoin(device)
        .group_by(kiosk.c.name, kiosk.c.printer)
    )
    return [KioskState(*row) for row in connection.execute(rows.order_by(kiosk.c.name))]


def forget(connection: Connection, now: datetime) -> None:
    """Delete invitations that nobody can use any more."""
    connection.execute(delete(invitation).where(invitation.c.made_at < now - INVITED))
