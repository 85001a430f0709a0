"""What the engine of journeys costs: a request, growth with the steps, beside a bare loop; and the check."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from kiosk import TOP
from kiosk.authoring import problems_of
from kiosk.journeys.fields import read
from kiosk.journeys.files import Version, parse
from kiosk.journeys.flow import walk
from kiosk.journeys.rules import Day, iso_date
from kiosk.journeys.screens import step_screen
from kiosk.site import load_site

GOALS = {
    "engine, ms a request": 1.0,
    "engine, 100 steps / 10": 15.0,
    "engine, 1000 steps / 100": 15.0,
    "engine / bare loop": 60.0,
    "check of all files, s": 2.0,
}
"""Ten times the steps may cost ten times as much, and half of that for noise."""

DAY = Day(iso_date("2027-03-31"))
HEAD = "journey: long\nquestion: Q\ntitle: T\nidentity: none\nkeep: 1 day\nparts:\n"


def figures() -> dict[str, float]:
    """Each figure by its name; all of one run, so that a slow machine is slow for both sides of a ratio."""
    times = {steps: seconds(walking(steps)) for steps in (10, 100, 1000)}
    return {
        "engine, ms a request": seconds(answering(60)) * 1000,
        "engine, 100 steps / 10": times[100] / times[10],
        "engine, 1000 steps / 100": times[1000] / times[100],
        "engine / bare loop": seconds(walking(60)) / seconds(bare(60)),
        "check of all files, s": seconds(checking, rounds=3),
    }


def seconds(work: Callable[[], object], rounds: int = 30) -> float:
    """The median time that a piece of work takes, once it is warm."""
    work()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times)


def long_journey(steps: int) -> Version:
    """A journey of questions in parts of ten; two in three have a rule that looks at the one before."""
    lines = [HEAD]
    for number in range(steps):
        if number % 10 == 0:
            lines.append(f"  - part: part_{number}\n    title: T\n    steps:\n")
        rule = f", when: {{step_{number - 1}: {{is: [yes, no]}}}}" if number % 3 else ""
        lines.append(f"      - {{step: step_{number}, ask: Q, field: yes_no{rule}}}\n")
    text = "".join(lines)
    return Version(text, "nl", {}, parse(text))


def answers_of(steps: int) -> dict[str, Any]:
    """Every question answered."""
    return {f"step_{number}": "yes" for number in range(steps)}


def walking(steps: int) -> Callable[[], object]:
    """A replay of the whole route."""
    journey, answers = long_journey(steps).journey, answers_of(steps)
    return lambda: walk(journey, answers, DAY)


def answering(steps: int) -> Callable[[], object]:
    """What one request asks of the engine: where you are, your answer, where that leads, and its screen."""
    version, answers = long_journey(steps), answers_of(steps - 1)
    last = f"step_{steps - 1}"

    def answer() -> None:
        here = walk(version.journey, answers, DAY).point(last)
        given = {**answers, last: read(here.step, {last: ["yes"]}, DAY)}
        walk(version.journey, given, DAY)
        step_screen(version, here, given, DAY, lambda text, context="": text, locale="nl")

    return answer


def bare(steps: int) -> Callable[[], object]:
    """The same questions and rules, written out for this one journey: as little as Python can do."""
    rules = [(f"step_{number}", f"step_{number - 1}" if number % 3 else None) for number in range(steps)]
    answers = answers_of(steps)

    def asked() -> list[str]:
        return [name for name, before in rules if before is None or answers[before] in ("yes", "no")]

    return asked


def checking() -> None:
    """The check of every journey of the demonstration."""
    if any(not problem.warning for problem in problems_of(load_site(TOP / "kiosk/content"))):
        raise SystemExit("the journeys are not in order")
