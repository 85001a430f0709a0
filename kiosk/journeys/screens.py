"""What is shown: one Screen for a step and one Summary for an errand, for page, voice and paper alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from kiosk.journeys.model import Way
from kiosk.journeys.rules import Day
from kiosk.journeys.wording import Say

if TYPE_CHECKING:
    from kiosk.journeys.fields import FieldError
    from kiosk.journeys.files import Version
    from kiosk.journeys.flow import Point

State = Literal["open", "prepared", "arranged", "referred", "stopped"]
Facts = Mapping[str, str]
NO_FACTS: Facts = {}


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
    """One question on a screen; `parts` holds the current raw text by input part ("" for the only input)."""

    name: str
    key: str
    kind: str
    label: str
    parts: Mapping[str, str]
    choices: tuple[Choice, ...]
    error: Mapping[str, str]
    optional: bool
    pad: str | None


@dataclass(frozen=True)
class Screen:
    """One step in final words."""

    kind: Literal["step", "refer", "stop"]
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
    discreet: bool
    key: str


@dataclass(frozen=True)
class Row:
    """One answer of an errand in words; `paper` is False for what is never printed."""

    key: str
    label: str
    text: str
    changeable: bool
    paper: bool
    part_title: str
    round: int | None


@dataclass(frozen=True)
class Summary:
    """Where an errand stands, in final words."""

    journey: str
    title: str
    picture: str | None
    state: State
    state_text: str
    reference: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    next: tuple[str, ...]
    bring: tuple[str, ...]
    contact: str
    until: str
    discreet: bool


@dataclass(frozen=True)
class Taken:
    """An errand as the records know it."""

    version: "Version"
    answers: Mapping[str, Any]
    state: State
    reference: str = ""
    until: date | None = None
    desk: str = ""
    way: Way = "guided"


def step_screen(
    version: "Version",
    point: "Point",
    answers: Mapping[str, Any],
    day: Day,
    say: Say,
    *,
    locale: str,
    given: Mapping[str, Sequence[str]] | None = None,
    error: "FieldError | None" = None,
    facts: Facts = NO_FACTS,
) -> Screen:
    """The screen of a step; after an error with what was given and what is wrong with it."""
    raise NotImplementedError


def summary(taken: Taken, day: Day, say: Say, *, locale: str, facts: Facts = NO_FACTS) -> Summary:
    """The summary of an errand; its rows are exactly the answers on the route."""
    raise NotImplementedError
