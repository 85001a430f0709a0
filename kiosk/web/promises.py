"""By when staff promised to act, in words that say how near it is: nobody has to see a colour."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from babel.dates import format_date

from kiosk.journeys.rules import Day
from kiosk.records.visits import Handled
from kiosk.web import telling
from kiosk.web.parts import house

Urgency = Literal["", "near", "past"]


@dataclass(frozen=True)
class Promise:
    """What an errand was promised, as staff read it."""

    urgency: Urgency
    text: str


def promise_of(errand: Handled) -> Promise | None:
    """The promise of an errand, if there is one; once it is done with, it presses no longer."""
    if errand.due is None:
        return None
    day = house.day()
    pressing = telling.standing(errand) not in telling.FINISHED
    near = urgency(errand.due, day) if pressing else ""
    return Promise(near, f"{_prefix(errand.due, day, near)} {on_day(errand.due)}")


def urgency(due: date, day: Day) -> Urgency:
    """How near a promised day is: past, near (until the next working day), or not yet."""
    if due < day.today:
        return "past"
    return "near" if due <= day.later(day.today, 1) else ""


def _prefix(due: date, day: Day, near: Urgency) -> str:
    if near != "near":
        return "Te laat: dit moest uiterlijk" if near else "Uiterlijk"
    if due == day.today:
        return "Vandaag: uiterlijk"
    return "Morgen: uiterlijk" if due == day.today + timedelta(days=1) else "Volgende werkdag: uiterlijk"


def on_day(day: date) -> str:
    """A day as staff read it: donderdag 11 maart."""
    return format_date(day, "EEEE d MMMM", locale=house.site.locale)
