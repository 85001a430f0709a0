"""Covered answers: what could harm stays unseen by staff until one of them opens it, and that is noted."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.journeys import fields
from kiosk.journeys.flow import Position
from kiosk.journeys.screens import Row
from kiosk.records import disclosures
from kiosk.records.visits import Errand, Handled
from kiosk.web import staffing, visiting
from kiosk.web.parts import house
from kiosk.web.visiting import Taken

OPEN_FOR = timedelta(hours=1)
"""How long an answer stays open, for who opened it, on the sheet of an errand that is being handled."""


def opened(errand: Errand | Handled, since: datetime | None = None) -> set[str]:
    """The answers that the reader has opened: since that moment, else within the last hour."""
    since = since or house.clock() - OPEN_FOR
    with house.database.read() as connection:
        return disclosures.opened_by(connection, errand, staffing.signed_in(), since)


def cover(rows: Iterable[Row], open_keys: Collection[str]) -> tuple[Row, ...]:
    """The rows as staff may see them; one that is still `covered` bears no text."""
    return tuple(
        replace(row, text="") if row.covered and row.key not in open_keys else replace(row, covered=False)
        for row in rows
    )


def without_covered(taken: Taken, open_keys: Collection[str]) -> Taken:
    """The same errand without the answers that are still covered, to show its screens by."""
    closed = covered(taken.position) - set(open_keys)
    return taken.with_answers({key: each for key, each in taken.errand.answers.items() if key not in closed})


def covered(position: Position) -> set[str]:
    """The keys of the answers on the route that staff see only after they opened them."""
    return {
        point.key
        for point in position.points
        if point.key in position.answers and fields.is_covered(point.step)
    }


def open_up(errand: Errand | Handled, key: str) -> None:
    """Let the reader see this answer, and note first that they do; nothing where it is not covered."""
    version = visiting.version_of(errand)
    step = version.journey.step_at(key)
    if step and key in errand.answers and fields.is_covered(step):
        with house.database.write(durable=True) as connection:
            disclosures.note(connection, errand, key, staffing.signed_in(), house.clock())
