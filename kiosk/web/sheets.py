"""An errand as staff read it: a line in the list, and one Dutch sheet with every answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal

from babel.dates import format_datetime

from kiosk.journeys.files import Version
from kiosk.journeys.flow import Point, Position, walk
from kiosk.journeys.rules import Day
from kiosk.journeys.screens import Row, Summary
from kiosk.journeys.wording import fill
from kiosk.records import visits
from kiosk.records.visits import Handled
from kiosk.web import covers, staffing, telling, visiting
from kiosk.web.languages import language
from kiosk.web.parts import house
from kiosk.web.waiting import PRIVATE

STATES = {
    "prepared": "Wacht op ID",
    "seen": "ID gezien",
    "arranged": "Geregeld",
    "referred": "Voor een medewerker",
    "processed": "Verwerkt",
    "refused": "Kan niet",
}


@dataclass(frozen=True)
class Line:
    """One answer in Dutch, with what an official should know at its step."""

    row: Row
    official: str
    by: str
    """Who entered it, where that was no citizen."""


@dataclass(frozen=True)
class Group:
    """The answers of one part, or of one round of it."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Passed:
    """What an official let the citizen past: the text they read there, at an end or a limit; who, and why."""

    text: str
    by: str
    reason: str


@dataclass(frozen=True)
class Sheet:
    """Everything an official needs of one errand."""

    errand: Handled
    title: str
    state: str
    language: str
    summary: Summary
    groups: tuple[Group, ...]
    official: bool
    end: Point | None
    """The message at which the route ended, where it did."""
    passed: tuple[Passed, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What else the citizen read: all that stands at no message of its own."""
        told = {each.text for each in self.summary.advice}
        return tuple(note for note in self.summary.notes if note not in told)

    @property
    def actions(self) -> tuple[str, ...]:
        """What an official may do with it now; nothing before the ID was seen, where that is asked."""
        if self.state in telling.FINISHED or not self.official:
            return ()
        return ("id-seen", "refuse") if self.state == "prepared" else ("process", "refuse")

    @property
    def overruling(self) -> Literal["", "may", "never", "gone"]:
        """Whether an official may let the citizen past the end: not past some, nor once the visit is gone."""
        if self.state != "referred" or not self.official or self.end is None:
            return ""
        if self.end.step.overrule == "never":
            return "never"
        return "may" if self.errand.visit else "gone"


def title_of(errand: Handled) -> str:
    """What a list that others can see calls it: the title of its journey, unless it is discreet."""
    own = house.site.facts(house.site.locale)
    return PRIVATE if errand.discreet else fill(visiting.version_of(errand).journey.title, own)


def sheet(errand: Handled, official: bool) -> Sheet:
    """The sheet of this errand, from the same summary that the citizen sees."""
    version = visiting.version_of(errand)
    summary = telling.in_own_language(errand, version)
    groups = groups_of(version, covers.cover(summary.rows, covers.opened(errand)), errand.entered_by)
    title = fill(version.journey.title, house.site.facts(house.site.locale))
    asked_on = telling.day_of(errand.confirmed_at) or house.day().today
    position = walk(version.journey, errand.answers, Day(asked_on, house.site.holidays))
    return Sheet(
        errand,
        title,
        telling.standing(errand),
        language(errand.language).name,
        summary,
        groups,
        official,
        position.here if position.here and position.here.step.ends else None,
        passed(errand, position),
    )


def passed(errand: Handled, position: Position) -> tuple[Passed, ...]:
    """Who let the citizen past an end or a limit, and why; in the order of the route."""
    facts = house.site.facts(house.site.locale)
    with house.database.read() as connection:
        said = visits.reasons_of(connection, errand.id)
    ends = {point.key: position.answers[point.key].values() for point in position.overruled}
    let = said | ends
    return tuple(
        Passed(fill(point.step.text, facts), *let[point.key]) for point in position.points if point.key in let
    )


def groups_of(version: Version, rows: Sequence[Row], entered_by: Mapping[str, str]) -> tuple[Group, ...]:
    """The rows in the order of the journey; a note stands once, where its step comes first."""
    facts, steps = house.site.facts(house.site.locale), version.journey.steps.values()
    notes = {step.name: fill(step.official, facts) for step in steps if step.official}
    return tuple(
        Group(f"{title} {turn}" if turn else title, tuple(_line(row, notes, entered_by) for row in group))
        for (title, turn), group in groupby(rows, key=lambda row: (row.part_title, row.round))
    )


def _line(row: Row, notes: dict[str, str], entered_by: Mapping[str, str]) -> Line:
    by = entered_by.get(row.key)
    return Line(row, notes.pop(row.key.rpartition(".")[2], ""), staffing.shown(by) if by else "")


def in_words(moment: datetime, pattern: str = "EEEE d MMMM y, HH:mm") -> str:
    """A moment on the clock of the town hall: dinsdag 9 maart 2027, 10:30."""
    site = house.site
    return format_datetime(moment, pattern, tzinfo=site.timezone, locale=site.locale)
