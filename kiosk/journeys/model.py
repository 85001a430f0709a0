"""The typed form of a journey file: frozen, strict, with names as in the file."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from kiosk.journeys import rules
from kiosk.journeys.wording import Words

RESERVED = frozenset(
    {
        *("review", "confirm", "done", "refer", "hub", "way", "summary", "more", "remove", "print"),
        *("all", "any", "not"),
    }
)
"""Names with a meaning of their own in addresses or conditions; no step or part may bear them."""

NAME = r"[a-z][a-z0-9_]*"

Name = Annotated[str, StringConstraints(pattern=f"^{NAME}$", max_length=40)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Way = Literal["guided", "express", "together"]
Condition = dict[str, Any]
Path = tuple[str | int, ...]
"""Where something stands in the file: ("parts", 0, "steps", 2, "ask")."""


def _period(term: Any) -> Any:
    start = date(2000, 1, 1)
    return rules.shifted(start, term) - start if isinstance(term, str) else term


def _iso_date(text: Any) -> Any:
    return text if isinstance(text, date) else rules.iso_date(str(text))


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def _not_empty(items: Any) -> Any:
    if isinstance(items, list) and not items:
        raise ValueError("this list is empty: give it at least one item")
    return items


def _as_say(value: Any) -> Any:
    return {"say": value} if isinstance(value, str) else value


Period = Annotated[timedelta, BeforeValidator(_period)]
Date = Annotated[date, BeforeValidator(_iso_date)]


class Strict(BaseModel):
    """A frozen piece of a journey file that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)


class Conditional(Strict):
    """Something that is there only when its condition holds."""

    when: Condition = {}

    @cached_property
    def applies(self) -> rules.Judge:
        """The condition, ready to be asked about answers (by step name) on a day."""
        return rules.judge(self.when)


class Option(Strict):
    """One choice of a question."""

    say: Words
    picture: Text | None = None
    explain: Words | None = None


class Remark(Conditional):
    """A text that is shown when its condition holds."""

    say: Words


class Next(Remark):
    """Something that happens after confirming: what, by whom and by when."""

    who: Words | None = None
    by: Words | None = None
    stays: bool = False
    """Whether it is still to come once an official has passed the errand on."""


class Caution(Conditional):
    """A text beside an answer that passes the comparison (and the condition): said, never refused."""

    model_config = ConfigDict(extra="allow")

    say: Words

    @property
    def comparison(self) -> dict[str, Any]:
        """The operators that the step's own answer is compared by."""
        return self.model_extra or {}


class Bound(Strict):
    """The first or last date that a step takes, and what is said beyond it ({day}, {from})."""

    at: Text
    otherwise: Words | None = Field(None, alias="else")


class Repeat(Strict):
    """How often a part may be taken and how the next round is asked for."""

    up_to: int = Field(alias="up to", ge=2, le=99)
    more: Words


class Term(Strict):
    """A legal term that runs from a date the citizen gave; texts name its last day between braces."""

    within: Text
    of: Name


class AtHome(Strict):
    """How the same thing is done without the kiosk."""

    using: Text = Field(alias="with")
    minutes: int | None = None
    at: Text


class Source(Strict):
    """Where a rule of the journey comes from, and when somebody last read it there."""

    rule: Text
    where: Text
    address: Text | None = None
    read: Date
    note: Text | None = None


class Example(Strict):
    """Answers as a citizen gives them, with the route and the end they must lead to."""

    name: Text
    today: Date
    holidays: tuple[Date, ...] = ()
    answers: dict[str, Any] = {}
    route: tuple[str, ...] | None = None
    ends: Literal["prepared", "arranged", "referred", "stopped", "open", "refused"]


Option_ = Annotated[Option, BeforeValidator(_as_say)]
Remark_ = Annotated[Remark, BeforeValidator(_as_say)]
Next_ = Annotated[Next, BeforeValidator(_as_say)]
Bound_ = Annotated[Bound, BeforeValidator(lambda value: {"at": value} if isinstance(value, str) else value)]
Does = Literal["ask", "tell", "refer", "stop"]


class Step(Conditional):
    """One question (`ask`), one message (`tell`), or an end: to a person (`refer`) or not here (`stop`)."""

    name: Name = Field(alias="step")
    ask: Words | None = None
    tell: Words | None = None
    refer: Words | None = None
    stop: Words | None = None
    label: Words | None = None
    explain: Words | None = None
    simpler: Words | None = None
    why: Words | None = None
    official: Text | None = None
    field: Text | None = None
    choices: dict[Name, Option_] = {}
    optional: bool = False
    unknown: bool = True
    at_least: int | None = Field(None, alias="at least")
    at_most: int | None = Field(None, alias="at most")
    earliest: Bound_ | None = None
    latest: Bound_ | None = None
    warn: Annotated[tuple[Caution, ...], BeforeValidator(_as_list)] = ()
    do: Annotated[tuple[Words, ...], BeforeValidator(_as_list)] = ()
    expertise: Text | None = None
    paper: bool = True
    discreet: bool = False

    @model_validator(mode="after")
    def _does_one_thing(self) -> "Step":
        if sum(text is not None for text in (self.ask, self.tell, self.refer, self.stop)) != 1:
            raise ValueError(
                'a step does exactly one thing: give it one of "ask", "tell", "refer" and "stop"'
            )
        return self

    @cached_property
    def does(self) -> Does:
        """What the step does with the citizen."""
        return next(does for does in ("ask", "tell", "refer", "stop") if getattr(self, does) is not None)

    @cached_property
    def text(self) -> Words:
        """The question or the message itself."""
        text: Words = getattr(self, self.does)
        return text

    @cached_property
    def ends(self) -> bool:
        """Whether the route ends here."""
        return self.does in ("refer", "stop")


class Part(Conditional):
    """Steps that belong together, perhaps taken several times."""

    name: Name = Field(alias="part")
    title: Words
    repeat: Repeat | None = None
    steps: Annotated[tuple[Step, ...], BeforeValidator(_not_empty)]

    @cached_property
    def more(self) -> Step | None:
        """The question after each round whether there is another; its input is named `<part>.more`."""
        if not self.repeat:
            return None
        asked = {"step": "more", "ask": self.repeat.more, "field": "yes_no", "unknown": False}
        return Step.model_validate(asked).model_copy(update={"name": f"{self.name}.more"})


class Journey(Strict):
    """One process as a citizen meets it, from the tile on the start screen to what happens next."""

    name: Name = Field(alias="journey")
    upl: Text | None = None
    question: Words
    title: Words
    picture: Text | None = None
    search: tuple[Text, ...] = ()
    minutes: int | None = None
    at_home: AtHome | None = Field(None, alias="at home")
    bring: tuple[Remark_, ...] = ()
    identity: Literal["none", "seen"]
    expertise: Text | None = None
    ways: Annotated[tuple[Way, ...], BeforeValidator(_not_empty)] = ("guided",)
    deliver: tuple[Text, ...] = ()
    keep: Period
    discreet: bool = False
    sources: tuple[Source, ...] = ()
    dates: dict[Name, Term] = {}
    parts: Annotated[tuple[Part, ...], BeforeValidator(_not_empty)]
    next: tuple[Next_, ...] = ()
    examples: tuple[Example, ...] = ()

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """Every step by its name."""
        return {step.name: step for part in self.parts for step in part.steps}

    def step_at(self, key: str) -> Step | None:
        """The step that a key names: `birth` for `people.2.birth`, and the question for another round."""
        part, _, name = key.rpartition(".")
        if name != "more":
            return self.steps.get(name)
        return next((each.more for each in self.parts if each.name == part.partition(".")[0]), None)

    def part(self, name: str) -> Part | None:
        """The part with this name, if there is one."""
        return next((part for part in self.parts if part.name == name), None)


class Phrase(NamedTuple):
    """A text of a journey for translators: its gettext context, itself and its place in the file."""

    context: str
    text: Words
    path: Path


def phrases(journey: Journey) -> Iterator[Phrase]:
    """Every text of a journey that is translated, in the order of the model."""
    return _phrases(journey, journey.name, ())


def context_of(journey: Journey, step: Step) -> str:
    """The gettext context of a step's texts; a question for another round belongs to the journey."""
    return f"{journey.name}.{step.name}" if step.name in journey.steps else journey.name


def _phrases(value: Any, context: str, path: Path) -> Iterator[Phrase]:
    if isinstance(value, Words):
        yield Phrase(context, value, path)
        return
    if isinstance(value, Step):
        context = f"{context}.{value.name}"
    for key, inner in _inside(value):
        yield from _phrases(inner, context, (*path, key))


def _inside(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        yield from ((field.alias or name, getattr(value, name)) for name, field in fields.items())
    elif isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)
