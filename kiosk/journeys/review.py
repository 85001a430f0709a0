"""The author's checks: what a journey that works may still have wrong."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from kiosk.journeys import fields, located
from kiosk.journeys.deadlines import due
from kiosk.journeys.easier import easier_faults
from kiosk.journeys.files import Problem, Version, problem_at
from kiosk.journeys.flow import Position, course, walk
from kiosk.journeys.kinds.kind import FieldError, input_name, wrong
from kiosk.journeys.located import Fault
from kiosk.journeys.model import Journey, Step, steps_of
from kiosk.journeys.phrases import phrases
from kiosk.journeys.pieces import Example, Path
from kiosk.journeys.plain import NO_WORDS, WordList, plain_faults
from kiosk.journeys.reach import reach_faults
from kiosk.journeys.rules import Day

MOST_CHOICES = 5
"""Choices on one screen that most people still oversee."""
MOST_WRITTEN = 3
"""Questions in one journey that people answer in words of their own: typing is slow at a kiosk (COGA 4)."""

_ENDS = {"refer": "referred", "stop": "stopped", "suggest": "suggested", None: "open"}


def review(version: Version, file: str = "", words: WordList = NO_WORDS) -> list[Problem]:
    """The author's problems and, marked as such, warnings; in the order of the file."""
    found = located.read(version.text)
    file = file or f"{version.journey.name}.yaml"
    problems = {problem_at(file, found, fault) for fault in _faults(version, words)}
    return sorted(problems, key=lambda problem: (problem.line, problem.column, problem.what))


def _faults(version: Version, words: WordList) -> Iterator[Fault]:
    journey = version.journey
    yield from _examples(journey)
    yield from reach_faults(journey, list(_played(journey)))
    yield from plain_faults(journey, version.language, words)
    yield from _crowded(journey)
    yield from _written(journey)
    yield from easier_faults(journey, version.language, words)
    if journey.state == "live":
        yield from _unreasoned(journey)
    yield from _unused(journey)
    # A draft is still being written: what its translators have to do is no reason to refuse it.
    yield from (fault._replace(warning=journey.state == "draft") for fault in _words(version))


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
            (*path, "answers"),
            f'"{name}" is refused: {message.rstrip(".")}',
            "give another answer, or expect refused",
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
    paths = {(context, str(text)): path for context, text, path, _ in phrases(version.journey)}
    missing: dict[tuple[str, str], list[str]] = {}
    for language in sorted(version.words):
        for key in dict.fromkeys(version.missing(language)):
            if version.words[language].get(key):
                what = f"the {language} translation has other {{names}}"
                yield Fault(paths[key], what, f"correct it in {language}/LC_MESSAGES/journeys.po")
            else:
                missing.setdefault(key, []).append(language)
    for key, languages in missing.items():
        files = " and ".join(f"{language}/LC_MESSAGES/journeys.po" for language in languages)
        yield Fault(
            paths[key], f"this has no {' or '.join(languages)} translation", f"translate it in {files}"
        )


def _played(journey: Journey) -> Iterator[Mapping[str, Any]]:
    for example in journey.examples:
        with suppress(FieldError):
            yield play(journey, example)[0].answers


def _unreasoned(journey: Journey) -> Iterator[Fault]:
    for path, step in steps_of(journey):
        if step.does == "ask" and step.why is None:
            yield Fault(path, "nobody hears why we ask this", 'add "why:"', warning=True)


def _unused(journey: Journey) -> Iterator[Fault]:
    texts = "\n".join(phrase.text for phrase in phrases(journey) if phrase.path[0] != "explained")
    for number, each in enumerate(journey.explained):
        if not each.form.search(texts):
            yield Fault(
                ("explained", number), f'"{each.word}" stands in no text', "leave it out", warning=True
            )


def _crowded(journey: Journey) -> Iterator[Fault]:
    for path, step in steps_of(journey):
        if len(step.choices) > MOST_CHOICES:
            what = f"{len(step.choices)} choices stand on one screen"
            yield Fault((*path, "choices"), what, f"offer {MOST_CHOICES} or fewer", warning=True)


def _written(journey: Journey) -> Iterator[Fault]:
    paths = [path for path, step in steps_of(journey) if step.field in ("text", "long_text")]
    if len(paths) > MOST_WRITTEN:
        what = f"{len(paths)} questions are answered by typing words"
        how = f"make that {MOST_WRITTEN} or fewer: offer choices"
        yield Fault((*paths[MOST_WRITTEN], "field"), what, how, warning=True)
