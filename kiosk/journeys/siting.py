"""Whether the journeys of a site fit together, and fit their site."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kiosk.journeys import located
from kiosk.journeys.files import Problem, Version, problem_at
from kiosk.journeys.located import Fault
from kiosk.journeys.model import Journey, steps_of
from kiosk.journeys.phrases import phrases
from kiosk.journeys.pieces import Path
from kiosk.journeys.wording import PRICE, placeholders


@dataclass(frozen=True)
class Surroundings:
    """What a site has that its journeys may name."""

    prices: Collection[str]
    deliveries: Collection[str]
    expertise: Collection[str]
    pictures: Collection[str]


def site_problems(versions: Mapping[str, Version], site: Surroundings) -> list[Problem]:
    """What journeys name that their site has not, by file, in the order of the files."""
    journeys = {version.journey.name: version.journey for version in versions.values()}
    return [
        problem
        for file, version in versions.items()
        for problem in _problems(file, version, _faults(version.journey, journeys, site))
    ]


def _problems(file: str, version: Version, faults: Iterator[Fault]) -> list[Problem]:
    found = located.read(version.text)
    problems = {problem_at(file, found, fault) for fault in faults}
    return sorted(problems, key=lambda problem: (problem.line, problem.column))


def _faults(journey: Journey, journeys: Mapping[str, Journey], site: Surroundings) -> Iterator[Fault]:
    yield from _suggested(journey, journeys)
    yield from _second_wayfinder(journey, journeys)
    yield from _prices(journey, site)
    for path, name in _pictures(journey):
        if name not in site.pictures:
            yield Fault(
                path, f'there is no picture "{name}"', f"draw it as pictures/{name}.svg, or name another"
            )
    for number, name in enumerate(journey.deliver):
        if name not in site.deliveries:
            yield Fault(
                ("deliver", number),
                f'nothing is delivered to "{name}"',
                "add it under [deliveries] in site.toml",
            )
    for path, name in _expertise(journey):
        if name not in site.expertise:
            todo = "name what staff know in site.toml, or add it there"
            yield Fault(path, f'nobody on the staff knows about "{name}"', todo)


def _suggested(journey: Journey, journeys: Mapping[str, Journey]) -> Iterator[Fault]:
    live = [name for name, each in journeys.items() if each.state == "live" and not each.wayfinder]
    for path, step in steps_of(journey):
        for number, name in enumerate(step.journeys):
            if name not in live:
                yield Fault(
                    (*path, "journeys", number),
                    f'there is no live journey "{name}"',
                    f"use one of {', '.join(live)}",
                )


def _second_wayfinder(journey: Journey, journeys: Mapping[str, Journey]) -> Iterator[Fault]:
    live = [name for name, each in journeys.items() if each.wayfinder and each.state == "live"]
    if journey.name in live[1:]:
        yield Fault(("wayfinder",), f'"{live[0]}" is a wayfinder too', "keep one, and retire the other")


def _prices(journey: Journey, site: Surroundings) -> Iterator[Fault]:
    for _, text, path, _ in phrases(journey):
        for name in sorted(placeholders(text)):
            if name.startswith(PRICE) and name.removeprefix(PRICE) not in site.prices:
                yield Fault(path, f'there is no price for "{{{name}}}"', "add it under [prices] in site.toml")


def _pictures(journey: Journey) -> Iterator[tuple[Path, str]]:
    if journey.picture:
        yield ("picture",), journey.picture
    for path, step in steps_of(journey):
        for key, option in step.choices.items():
            if option.picture:
                yield (*path, "choices", key, "picture"), option.picture


def _expertise(journey: Journey) -> Iterator[tuple[Path, str]]:
    if journey.expertise:
        yield ("expertise",), journey.expertise
    for path, step in steps_of(journey):
        if step.expertise:
            yield (*path, "expertise"), step.expertise
