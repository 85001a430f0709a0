"""Conditions as data: a short table from operator to function."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Condition = Mapping[str, Any]
Answers = Mapping[str, Any]

_SHIFT = re.compile(r"(\d{1,4}) (day|week|month|year)s?")
_WORKING = re.compile(r"(\d{1,3}) working days?")
_BOUND = re.compile(r"today(?: ([+-]) (.+))?")


@dataclass(frozen=True)
class Day:
    """A day as the town hall knows it: the date and which days are public holidays."""

    today: date
    holidays: frozenset[date] = frozenset()

    def working_day(self, day: date) -> date:
        """The day itself, or the next that is no weekend or holiday (Algemene termijnenwet, art. 1)."""
        while day.weekday() >= 5 or day in self.holidays:
            day += timedelta(days=1)
        return day

    def later(self, start: date, count: int) -> date:
        """The day that is this many working days after another."""
        for _ in range(count):
            start = self.working_day(start + timedelta(days=1))
        return start


class Rounds(tuple[Any, ...]):
    """The answers that one step of a repeated part got, round by round."""


def shifted(day: date, term: str, sign: int = 1) -> date:
    """The day a term ("5 days", "16 years") later or, with sign -1, earlier; ValueError for another term."""
    found = _SHIFT.fullmatch(term.strip())
    if not found:
        raise ValueError(f'"{term}" is not a term: write for example "28 days" or "16 years"')
    count, unit = sign * int(found[1]), found[2]
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(start: date, term: str, day: Day) -> date:
    """The last day of a term ("5 days", "3 working days") after a date: a working day in any case.

    The date itself does not count; an end on a weekend or holiday moves on (Algemene termijnenwet, art. 1).
    """
    found = _WORKING.fullmatch(term.strip())
    return day.later(start, int(found[1])) if found else day.working_day(shifted(start, term))


def bound(text: str, today: date) -> date:
    """The date of "today", "today + 28 days" or "2027-01-01"; ValueError for anything else."""
    found = _BOUND.fullmatch(text.strip())
    if not found:
        return iso_date(text)
    return shifted(today, found[2], -1 if found[1] == "-" else 1) if found[1] else today


def age(birth: str, today: date) -> int:
    """Whole years since a birth date; of a date known in part, its first possible day counts."""
    born = first_day(birth)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def first_day(value: str) -> date:
    """The first day that a whole or partial date ("1960", "1960-05") can mean."""
    return date.fromisoformat(f"{value}-01-01"[:10])


def iso_date(text: str) -> date:
    """The date of "2027-01-01"; ValueError says how to write one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f'"{text}" is not a date: write it as 2027-01-01') from None


OPERATORS: dict[str, Callable[[Any, Any, Day], bool]] = {
    "is": lambda value, wanted, _: value in wanted if isinstance(wanted, list) else value == wanted,
    "below": lambda value, limit, _: Decimal(value) < limit,
    "above": lambda value, limit, _: Decimal(value) > limit,
    "before": lambda value, limit, day: first_day(value) < bound(limit, day.today),
    "after": lambda value, limit, day: first_day(value) > bound(limit, day.today),
    "includes": lambda value, wanted, _: wanted in value,
    "age_below": lambda value, years, day: age(value, day.today) < years,
    "overdue": lambda value, term, day: last_day(first_day(value), term, day) < day.today,
}
"""What a comparison means, for an answer that was given (`answered` also sees an empty one)."""

Judge = Callable[[Answers, Day], bool]
"""A condition, ready to be asked about answers (by step name) on a day."""

JOINS: dict[str, Callable[[list[Judge]], Judge]] = {
    "all": lambda judges: lambda answers, day: all(judge(answers, day) for judge in judges),
    "any": lambda judges: lambda answers, day: any(judge(answers, day) for judge in judges),
    "not": lambda judges: lambda answers, day: not all(judge(answers, day) for judge in judges),
}


def holds(condition: Condition, answers: Answers, day: Day) -> bool:
    """Whether a condition is true of these answers (by step name) on this day; an empty one always is.

    Outside a repeated part the answer of a step in it is a `Rounds`: one round that fits is enough.
    """
    return judge(condition)(answers, day)


def judge(condition: Condition) -> Judge:
    """The condition taken apart once, for one that is asked often; see `holds`."""
    terms = [_term(name, wanted) for name, wanted in condition.items()]
    return terms[0] if len(terms) == 1 else JOINS["all"](terms)


def _term(name: str, wanted: Any) -> Judge:
    if name in JOINS:
        return JOINS[name]([judge(part) for part in (wanted if isinstance(wanted, list) else [wanted])])
    comparison = wanted if isinstance(wanted, dict) else {"is": wanted}

    def judged(answers: Answers, day: Day) -> bool:
        value = answers.get(name)
        if isinstance(value, Rounds):
            return any(compare(one, comparison, day) for one in value)
        return compare(value, comparison, day)

    return judged


def names(condition: Condition) -> frozenset[str]:
    """The steps whose answers a condition looks at."""
    found: set[str] = set()
    for name, wanted in condition.items():
        if name in JOINS:
            found = found.union(*map(names, wanted if isinstance(wanted, list) else [wanted]))
        else:
            found.add(name)
    return frozenset(found)


def compare(value: Any, comparison: Mapping[str, Any], day: Day) -> bool:
    """Whether one answer passes every operator of a comparison; an empty one only `answered: false`."""
    given = value is not None
    for operator, limit in comparison.items():
        if operator == "answered":
            passed = given == limit
        else:
            passed = given and OPERATORS[operator](value, limit, day)
        if not passed:
            return False
    return True
