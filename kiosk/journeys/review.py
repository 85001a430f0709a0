"""The author's checks: what a journey that works may still have wrong."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from kiosk.journeys import fields, located
from kiosk.journeys.deadlines import due
from kiosk.journeys.files import Problem, Version, problem_at
from kiosk.journeys.flow import Point, Position, course, walk
from kiosk.journeys.kinds.kind import FieldError, input_name, wrong
from kiosk.journeys.located import Fault
from kiosk.journeys.model import Example, Journey, Path, Step, phrases
from kiosk.journeys.rules import Day, iso_date
from kiosk.journeys.wording import placeholders, sentences

LONGEST_SENTENCE = 15
"""Words in a sentence that most people still take in at once."""

MOST_CHOICES = 5
"""Choices on one screen that most people still oversee."""

_TRIES = 4000
_TRIED_ON = Day(iso_date("2027-03-31"))
_ENDS = {"refer": "referred", "stop": "stopped", "suggest": "suggested", None: "open"}


def review(version: Version, file: str = "") -> list[Problem]:
    """The author's problems and, marked as such, warnings; in the order of the file."""
    found = located.read(version.text)
    file = file or f"{version.journey.name}.yaml"
    problems = {problem_at(file, found, fault) for fault in (*_examples(version.journey), *_words(version))}
    wishes = (*_reach(version.journey), *_wording(version.journey))
    warnings = {problem_at(file, found, fault, warning=True) for fault in wishes}
    return sorted(problems | warnings, key=lambda problem: (problem.line, problem.column, problem.what))


def _examples(journey: Journey) -> Iterator[Fault]:
    if not journey.examples:
        yield Fault((), "there are no examples", 'add "examples:" so that a change can be checked')
    for number, example in enumerate(journey.examples):
        yield from _example(journey, example, ("examples", number))


def _example(journey: Journey, example: Example, path: Path) -> Iterator[Fault]:
    try:
        position, refused = play(journey, example)
    except FieldError as error:
        name, message, _ = error.problems[0]
        yield Fault(
            (*path, "answers"), f'"{name}" is refused: {message}', "give another answer, or expect refused"
        )
        return
    yield from _due(journey, example, position, path)
    ends = "refused" if refused else _end(journey, position)
    if ends != example.ends:
        yield Fault((*path, "ends"), f"this ends {ends}, not {example.ends}", _hint(position))
    route = tuple(point.key for point in position.points)
    if example.route is not None and route != example.route:
        yield Fault((*path, "route"), f"the route is {', '.join(route)}", "change the example or the rules")
    for key in example.answers.keys() - set(route):
        yield Fault(
            (*path, "answers", key), f'"{key}" is not on this route', "leave it out, or look at the rules"
        )


def _due(journey: Journey, example: Example, position: Position, path: Path) -> Iterator[Fault]:
    day = Day(example.today, frozenset(example.holidays))
    found = due(journey, position, example.today, day)
    if example.due not in (None, found):
        yield Fault(
            (*path, "due"),
            f"this is due {found or 'on no day'}, not {example.due}",
            "change the example or the deadlines",
        )


def play(journey: Journey, example: Example) -> tuple[Position, bool]:
    """Where an example ends and whether its last answer was refused; FieldError where no refusal belongs."""
    day = Day(example.today, frozenset(example.holidays))
    answers: dict[str, Any] = {}
    for point in course(journey, answers, day):
        if point.key not in example.answers:
            continue
        try:
            answers[point.key] = _given(point.step, example.answers[point.key], day)
        except FieldError:
            if example.ends != "refused":
                raise
            return walk(journey, answers, day), True
    return walk(journey, answers, day), False


def _given(step: Step, value: Any, day: Day) -> Any:
    """What an example's answer, or an official's reason to go past an ending step, comes to."""
    if not step.ends:
        return fields.read(step, _form(step, value), day)
    if not fields.fits(step, value):
        raise wrong(step, "nobody gets past this step")
    return value


def _form(step: Step, value: Any) -> dict[str, list[str]]:
    """An example's answer as a form would send it."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return {input_name(step, str(part)): [str(text)] for part, text in value.items()}
    return {step.name: [str(one) for one in value] if isinstance(value, list) else [str(value)]}


def _end(journey: Journey, position: Position) -> str:
    if position.ending == "review":
        return "prepared" if journey.identity == "seen" else "arranged"
    return _ENDS[position.ending]


def _hint(position: Position) -> str:
    return f'"{position.here.key}" comes last' if position.here else "all questions have an answer"


def _words(version: Version) -> Iterator[Fault]:
    paths = {(context, str(text)): path for context, text, path in phrases(version.journey)}
    for language in sorted(version.words):
        for key in dict.fromkeys(version.missing(language)):
            translated = version.words[language].get(key, "")
            wrong = placeholders(key[1]) != placeholders(translated) if translated else False
            what = (
                f"the {language} translation has other {{names}}"
                if wrong
                else f"this has no {language} translation"
            )
            yield Fault(paths[key], what, f"translate it in {language}/LC_MESSAGES/journeys.po")


def _reach(journey: Journey) -> Iterator[Fault]:
    reached = reachable(journey)
    for number, part in enumerate(journey.parts):
        for index, step in enumerate(part.steps):
            if step.name not in reached:
                path = ("parts", number, "steps", index)
                yield Fault(
                    path,
                    "nobody was seen to get here",
                    'look at its "when", or add an example that gets here',
                )


def reachable(journey: Journey) -> frozenset[str]:
    """The steps that answers were found for, by trying every choice where it first matters."""
    queue: list[Mapping[str, Any]] = [{}, *_played(journey)]
    seen: set[tuple[str, Any]] = set()
    for tries, answers in enumerate(queue):
        route = _completed(journey, answers)
        fresh = {(point.step.name, _key(value)) for point, value in route} - seen
        seen |= fresh
        if fresh:
            queue.extend(_changes(route))
        if tries == _TRIES:
            break
    return frozenset(name for name, _ in seen)


def _played(journey: Journey) -> Iterator[Mapping[str, Any]]:
    for example in journey.examples:
        with suppress(FieldError):
            yield play(journey, example)[0].answers


def _completed(journey: Journey, answers: Mapping[str, Any]) -> list[tuple[Point, Any]]:
    """A whole route from some answers; what is missing is answered with the first value that fits."""
    filled = dict(answers)
    route = []
    for point in course(journey, filled, _TRIED_ON):
        if point.step.ends:
            route.append((point, True))
            continue
        filled.setdefault(point.key, _values(point)[-1 if point.repeats else 0])
        route.append((point, filled[point.key]))
    return route


def _changes(route: list[tuple[Point, Any]]) -> Iterator[Mapping[str, Any]]:
    """The same answers with one changed, for every value of every question."""
    answers = {point.key: value for point, value in route}
    for point, value in route:
        yield from (answers | {point.key: other} for other in _values(point) if other != value)


def _values(point: Point) -> tuple[Any, ...]:
    kind = fields.kind_of(point.step)
    if kind is None:
        return (True,)
    return (*kind.try_out(point.step, _TRIED_ON), *([None] * point.step.optional))


def _key(value: Any) -> Any:
    return repr(value) if isinstance(value, list | dict) else value


def _wording(journey: Journey) -> Iterator[Fault]:
    for _, text, path in phrases(journey):
        for sentence in sentences(text):
            count = len(sentence.split())
            if count > LONGEST_SENTENCE:
                yield Fault(path, f"a sentence has {count} words", f"make it {LONGEST_SENTENCE} or fewer")
    for number, part in enumerate(journey.parts):
        for index, step in enumerate(part.steps):
            if len(step.choices) > MOST_CHOICES:
                path = ("parts", number, "steps", index, "choices")
                yield Fault(
                    path, f"{len(step.choices)} choices stand on one screen", f"offer {MOST_CHOICES} or fewer"
                )
