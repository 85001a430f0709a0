"""What is shown of a step: one Screen for page, voice and paper alike (of an errand: its Summary)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiosk.journeys.fields import KINDS, FieldError
from kiosk.journeys.flow import Point, cautions, walk
from kiosk.journeys.hardwords import HardWord, hard_words
from kiosk.journeys.kinds.kind import input_name
from kiosk.journeys.kinds.picks import Pick
from kiosk.journeys.model import Step
from kiosk.journeys.rules import Answers, Day
from kiosk.journeys.speaking import Speaker, dates_of
from kiosk.journeys.summaries import Row, Summary, Taken, summary
from kiosk.journeys.wording import Say, fill

if TYPE_CHECKING:
    from kiosk.journeys.files import Version

__all__ = ["Choice", "Field", "Row", "Screen", "Summary", "Taken", "step_screen", "summary"]

Facts = Mapping[str, str]
NO_FACTS: Facts = {}
NO_ANSWERS: Answers = {}
Form = Mapping[str, Sequence[str]]
_KINDS: Mapping[str, Literal["refer", "stop", "suggest"]] = {
    "refer": "refer",
    "stop": "stop",
    "suggest": "suggest",
}


@dataclass(frozen=True)
class Choice:
    """One choice on a screen."""

    value: str
    label: str
    picture: str | None
    explain: str | None
    chosen: bool


@dataclass(frozen=True)
class Field:
    """One question on a screen; `parts` holds the current raw text by input part ("" for the only input).

    `earlier` tells that they are filled in with what was answered in another errand.
    """

    name: str
    key: str
    kind: str
    label: str
    parts: Mapping[str, str]
    choices: tuple[Choice, ...]
    error: Mapping[str, str]
    optional: bool
    earlier: bool


@dataclass(frozen=True)
class Screen:
    """One step in final words; `journeys` are the names of those that it suggests."""

    kind: Literal["step", "refer", "stop", "suggest"]
    journey: str
    title: str
    picture: str | None
    heading: str
    lead: str | None
    why: str | None
    official: str | None
    fields: tuple[Field, ...]
    notes: tuple[str, ...]
    do: tuple[str, ...]
    explained: tuple[HardWord, ...]
    journeys: tuple[str, ...]
    discreet: bool
    key: str


def step_screen(
    version: "Version",
    point: Point,
    answers: Answers,
    day: Day,
    say: Say,
    *,
    locale: str,
    facts: Facts = NO_FACTS,
    earlier: Answers = NO_ANSWERS,
    given: Form | None = None,
    error: FieldError | None = None,
) -> Screen:
    """The screen of a step; after an error with what was given and what is wrong with it.

    `earlier` are answers from elsewhere, filled in where there is none yet.
    """
    journey, step = version.journey, point.step
    known = walk(journey, answers, day).known if journey.dates and step.do else {}
    speaker = Speaker(journey, say, locale, {**facts, **dates_of(journey, known, day, locale)})
    warned = list(cautions(walk(journey, answers, day), (point,), day)) if step.warn else []
    return Screen(
        kind=_KINDS.get(step.does, "step"),
        journey=journey.name,
        title=speaker.own(journey.title),
        picture=journey.picture,
        heading=speaker.step(step, step.text),
        lead=step.explain and speaker.step(step, step.explain),
        why=step.why and speaker.step(step, step.why),
        official=step.official and fill(step.official, facts),
        fields=(_field(speaker, point, answers, earlier, given, error),) if step.does == "ask" else (),
        notes=tuple(speaker.step(step, caution.say) for _, caution in warned),
        do=tuple(speaker.step(step, text) for text in step.do if speaker.knows(text)),
        explained=hard_words(speaker, (*_texts(step), *(caution.say for _, caution in warned))),
        journeys=step.journeys,
        discreet=journey.discreet or step.discreet,
        key=point.key,
    )


def _texts(step: Step) -> Iterator[str | None]:
    """What a citizen reads of a step, as the file has it."""
    yield from (step.text, step.explain, step.why, *step.do)
    for option in step.choices.values():
        yield from (option.say, option.explain)


def _field(
    speaker: Speaker,
    point: Point,
    answers: Answers,
    earlier: Answers,
    given: Form | None,
    error: FieldError | None,
) -> Field:
    step, kind = point.step, KINDS[point.step.field or ""]
    typed = _typed(point, {**earlier, **answers}, given)
    wrong = error.problems if error else ()
    return Field(
        name=step.name,
        key=point.key,
        kind=step.field or "",
        label=speaker.step(step, step.text),
        parts={part: typed.get(part, "") for part in kind.inputs},
        choices=_choices(speaker, step, typed.get("", "").split()) if isinstance(kind, Pick) else (),
        error={name: speaker.step(step, message, params) for name, message, params in wrong},
        optional=step.optional,
        earlier=given is None and point.key in earlier and point.key not in answers,
    )


def _typed(point: Point, answers: Answers, given: Form | None) -> dict[str, str]:
    kind = KINDS[point.step.field or ""]
    if given is not None:
        names = {part: input_name(point.step, part) for part in kind.inputs}
        return {part: " ".join(given.get(name, ()))[: kind.longest] for part, name in names.items()}
    value = answers.get(point.key)
    return kind.typed(point.step, value) if value is not None and kind.fits(point.step, value) else {}


def _choices(speaker: Speaker, step: Step, chosen: Collection[str]) -> tuple[Choice, ...]:
    kind, voice = KINDS[step.field or ""], speaker.voice(step)
    if not isinstance(kind, Pick):
        return ()
    return tuple(
        Choice(
            value=key,
            label=fill(kind.label(step, key, voice), speaker.facts),
            picture=option.picture if option else kind.pictures.get(key),
            explain=speaker.step(step, option.explain) if option and option.explain else None,
            chosen=key in chosen,
        )
        for key, option in ((key, step.choices.get(key)) for key in kind.keys(step, speaker.locale))
    )
