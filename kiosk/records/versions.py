"""The versions of journeys with their words, kept from their first errand or their first day on the shelf."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from kiosk.records.tables import MICROSECOND, version

# PostgreSQL's and SQLite's ON CONFLICT are written alike, here and in every other module.
_keep = insert(version).on_conflict_do_nothing(index_elements=["id"])
_known = select(version.c.id).where(version.c.id == bindparam("wanted"))
_text = select(version.c.text).where(version.c.id == bindparam("wanted"))
_newest_first = (
    select(version.c.id, version.c.languages, version.c.kept_at)
    .where(version.c.journey == bindparam("wanted"))
    .order_by(version.c.kept_at.desc())
)
_all = select(version.c.id).order_by(version.c.kept_at.desc(), version.c.id)
_renew = update(version).where(version.c.id == bindparam("this")).values(kept_at=bindparam("at"))


def keep(
    connection: Connection, version_id: str, journey: str, words: str, languages: Sequence[str], now: datetime
) -> None:
    """Keep the text of a version, once; `languages` are those it is complete in."""
    if connection.execute(_known, {"wanted": version_id}).first() is None:
        row = {
            "id": version_id,
            "journey": journey,
            "text": words,
            "languages": list(languages),
            "kept_at": now,
        }
        connection.execute(_keep, row)


def text(connection: Connection, version_id: str) -> str | None:
    """The text of a version that was kept."""
    return connection.execute(_text, {"wanted": version_id}).scalar()


def newest(connection: Connection, journey: str) -> str | None:
    """The id of the newest kept version of a journey."""
    return connection.execute(_newest_first, {"wanted": journey}).scalar()


def make_newest(connection: Connection, version_id: str, journey: str, now: datetime) -> None:
    """Let this kept version be the newest of its journey: its file may have gone back to what it was."""
    last = connection.execute(_newest_first, {"wanted": journey}).first()
    if last and last.id != version_id:
        connection.execute(_renew, {"this": version_id, "at": max(now, last.kept_at + MICROSECOND)})


def newest_in(connection: Connection, journey: str, language: str) -> str | None:
    """The id of the newest kept version of a journey that is complete in a language."""
    rows = connection.execute(_newest_first, {"wanted": journey})
    return next((row.id for row in rows if language in row.languages), None)


def newest_first(connection: Connection) -> list[str]:
    """The ids of every kept version."""
    return list(connection.execute(_all).scalars())
