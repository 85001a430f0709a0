"""Dates, dates known in part, and times."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_skeleton

from kiosk.journeys.kinds.kind import FieldError, Given, Kind, Voice, closed_up, input_name, wrong
from kiosk.journeys.model import Step
from kiosk.journeys.pieces import Bound
from kiosk.journeys.rules import Day, bound, first_day
from kiosk.journeys.wording import words

_PARTS = ("day", "month", "year")
_ASK_FOR = {
    "day": words("Vul ook de dag in."),
    "month": words("Vul ook de maand in."),
    "year": words("Vul ook het jaar in."),
}
_HOW = words("Typ de datum met cijfers, zo: 31 3 2027.")
_YEAR = words("Klopt het jaar? Typ vier cijfers, zoals 1985.")
_NO_SUCH_DAY = words("Deze dag bestaat niet. Kijk naar de dag en de maand.")


class FullDate(Kind):
    """A day, kept as "2027-03-31", within the step's earliest and latest day."""

    inputs = ("", *_PARTS)
    longest = 40
    missing = words("Vul een datum in.")
    form = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        return _real(step, *_numbers(step, given)).isoformat()

    def limit(self, step: Step, value: Any, day: Day) -> None:
        found = date.fromisoformat(value)
        beyond = _beyond(step, found, day.today)
        if beyond:
            bounds, default = beyond
            at = bound(bounds.at, day.today)
            params = {"day": at, "from": day.today + (found - at)}
            raise FieldError((step.name, bounds.otherwise or default, params))

    def fits(self, step: Step, value: Any) -> bool:
        return super().fits(step, value) and _exists(value)

    def typed(self, step: Step, value: Any) -> dict[str, str]:
        parts = [str(int(part)) for part in value.split("-")]
        return {"": value, **dict(zip(reversed(_PARTS), parts, strict=False))}

    def text(self, step: Step, value: Any, voice: Voice) -> str:
        return long_date(date.fromisoformat(value), voice.locale)

    def try_out(self, step: Step, day: Day) -> tuple[Any, ...]:
        offsets = (0, 1, 27, 28, 29, -1, -4, -5, -6, -7, -8, -10, -400, -15 * 365, -17 * 365, -40 * 365)
        days = [day.today + timedelta(days=offset) for offset in offsets]
        return tuple(one.isoformat() for one in days if not _beyond(step, one, day.today))


class PartialDate(FullDate):
    """A day of which only the year must be known, mostly of birth: "1960", "1960-05" or "1960-05-31"."""

    personal = True
    form = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
    samples = ("1960", "1960-05", "1960-05-31")

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        if given[""] and not re.fullmatch(r"[0-9]{4}(-[0-9]{1,2})?", given[""]):
            return super().parse(step, given, day)
        year, month, number = [*given[""].split("-"), "", ""][:3] if given[""] else _parts(given)
        known = [part for part in (year, month, number) if part.strip("0")]
        if number.strip("0") and not month.strip("0"):
            raise wrong(step, _ASK_FOR["month"], "month")
        _real(step, year, *[*known[1:], "1", "1"][:2])
        return "-".join(f"{int(part):02}" for part in known)

    def limit(self, step: Step, value: Any, day: Day) -> None:
        """Nothing: what is known in part has no limits."""

    def fits(self, step: Step, value: Any) -> bool:
        return Kind.fits(self, step, value) and _exists(f"{value}-01-01"[:10])

    def text(self, step: Step, value: Any, voice: Voice) -> str:
        skeleton = {4: "y", 7: "yMMMM", 10: "yMMMMd"}[len(value)]
        return str(format_skeleton(skeleton, first_day(value), locale=voice.locale))

    def try_out(self, step: Step, day: Day) -> tuple[Any, ...]:
        return self.samples


class Time(Kind):
    """A time of day, kept as "14:30"."""

    longest = 20
    missing = words("Vul een tijd in.")
    form = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
    samples = ("00:00", "09:30", "14:30")

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        found = re.fullmatch(r"([0-9]{1,2})[:.uh]?([0-9]{2})?(uur)?", closed_up(given[""]).lower())
        value = f"{int(found[1]):02}:{found[2] or '00'}" if found else ""
        if not self.fits(step, value):
            raise wrong(step, words("Typ de tijd zo: 14:30."))
        return value


@lru_cache(maxsize=4096)
def long_date(day: date, locale: str) -> str:
    """A date in words, with the day of the week: "woensdag 31 maart 2027"."""
    return str(format_date(day, "EEEE d MMMM y", locale=locale))


def _numbers(step: Step, given: Given) -> tuple[str, str, str]:
    """Year, month and day as typed: in one input, in either order, or in three."""
    if not given[""]:
        empty = [part for part in _PARTS if not given[part]]
        if empty:
            raise FieldError(*((input_name(step, part), _ASK_FOR[part], {}) for part in empty))
        return _parts(given)
    numbers = re.findall(r"[0-9]+", given[""])
    if len(numbers) == 1 and len(numbers[0]) == 8:
        numbers = [numbers[0][:2], numbers[0][2:4], numbers[0][4:]]
    if len(numbers) != 3 or re.search(r"[^\W\d]", given[""]):
        raise wrong(step, _HOW)
    first, middle, last = numbers
    return (first, middle, last) if len(first) == 4 else (last, middle, first)


def _parts(given: Given) -> tuple[str, str, str]:
    return given["year"], given["month"], given["day"]


def _real(step: Step, year: str, month: str, day: str) -> date:
    if not all(re.fullmatch(r"0*[0-9]{1,4}", part) for part in (year, month, day)):
        raise wrong(step, _HOW)
    if not re.fullmatch(r"(19|20|21)[0-9]{2}", year):
        raise wrong(step, _YEAR)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise wrong(step, _NO_SUCH_DAY) from None


def _beyond(step: Step, value: date, today: date) -> tuple[Bound, str] | None:
    if step.earliest and value < bound(step.earliest.at, today):
        return step.earliest, words("Deze dag is te vroeg. Kies {day} of later.")
    if step.latest and value > bound(step.latest.at, today):
        return step.latest, words("Deze dag is te laat. Kies {day} of eerder.")
    return None


def _exists(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
