"""The last good version of each journey: kept in the records, so that a broken file falls back to it."""

from collections.abc import Callable
from contextlib import suppress

from kiosk.journeys.files import BrokenJourney, Version
from kiosk.records import versions
from kiosk.records.database import Database
from kiosk.web.parts import House


def keep_newest(house: House) -> None:
    """Keep what stands on the shelf, as the newest of its journey.

    From the first errand on would be too late: after a restart a correction that nobody took yet would be
    undone. The worker does it, so that no page writes.
    """
    house.shelf.refresh()
    with house.database.read() as connection:
        new = [
            each
            for each in house.shelf.versions()
            if versions.newest(connection, each.journey.name) != each.id
        ]
    if new:
        with house.database.write(durable=True) as connection:
            for each in new:
                name, now = each.journey.name, house.clock()
                versions.keep(connection, each.id, name, each.to_text(), each.languages, now)
                versions.make_newest(connection, each.id, name, now)


def last_good_in(database: Database) -> Callable[[str], Version | None]:
    """What gives the newest kept version of a journey; nothing when this program cannot read it any more."""

    def last_good(journey: str) -> Version | None:
        with database.read() as connection:
            kept = versions.newest(connection, journey)
            text = versions.text(connection, kept) if kept else None
        with suppress(BrokenJourney):
            return Version.from_text(text) if text else None
        return None

    return last_good
