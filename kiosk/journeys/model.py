"""The typed form of a journey file: frozen, strict, with names as in the file."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import groupby
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from kiosk.journeys.pieces import (
    AtHome,
    Bound_,
    Cautions,
    Conditional,
    Deadline,
    Example,
    Lines,
    Meaning,
    Name,
    Next_,
    Option_,
    Path,
    Period,
    Remark_,
    Repeat,
    Source,
    Strict,
    SuggestedWay,
    Term,
    Text,
    Way,
    not_empty,
)
from kiosk.journeys.wording import Words

RESERVED = frozenset(
    {
        *("review", "confirm", "done", "refer", "hub", "way", "summary", "more", "remove", "print"),
        *("opinion", "handout", "posting", "listen", "all", "any", "not"),
    }
)
"""Names with a meaning of their own in addresses or conditions; no step or part may bear them."""

Does = Literal["ask", "tell", "refer", "stop", "suggest"]
VERBS: tuple[Does, ...] = get_args(Does)


class Step(Conditional):
    """A question (`ask`), a message (`tell`), or an end: to a person, not here, or elsewhere in the kiosk."""

    name: Name = Field(alias="step")
    """The name that conditions and examples use; citizens never read it."""
    ask: Words | None = None
    """A question; needs a field."""
    tell: Words | None = None
    """A message; the citizen taps on."""
    refer: Words | None = None
    """The end here: a person goes on."""
    stop: Words | None = None
    """The end: this is not the place."""
    suggest: Words | None = None
    """The end, in a wayfinder only: another journey suits."""
    journeys: tuple[Name, ...] = ()
    """With suggest: the names of the journeys that suit."""
    label: Words | None = None
    """Short words for the review and paper; without it, the question."""
    explain: Words | None = None
    """A line below the question or message."""
    simpler: Words | None = None
    """The question or message itself in easier words (A2)."""
    why: Words | None = None
    """Why we ask, one tap away."""
    official: Text | None = None
    """What an official should know here; never shown to the citizen."""
    field: Text | None = None
    """The kind of answer."""
    choices: dict[Name, Option_] = Field({})
    """What can be chosen: a name and a text for each."""
    optional: bool = False
    """Whether it may be left empty."""
    unknown: bool = True
    """Whether a yes_no also offers "I do not know"."""
    at_least: int | None = Field(None, alias="at least")
    """The lowest number that is taken."""
    at_most: int | None = Field(None, alias="at most")
    """The highest number that is taken."""
    earliest: Bound_ | None = None
    """The first date that is taken."""
    latest: Bound_ | None = None
    """The last date that is taken."""
    warn: Cautions = ()
    """What is said of some answers; never a refusal."""
    do: Lines = ()
    """With refer or stop: what to do now."""
    expertise: Text | None = None
    """With refer: which staff."""
    overrule: Literal["never"] | None = None
    """With refer or stop: never, where no official may let somebody past it."""
    paper: bool = True
    """Whether this answer may be printed."""
    personal: bool | None = None
    """Whether this answer says who somebody is; without it, the kind of field says so."""
    discreet: bool = False
    """Whether a call from here hides what it is about, and staff must open its answer to see it."""

    @model_validator(mode="after")
    def _does_one_thing(self) -> "Step":
        if sum(getattr(self, verb) is not None for verb in VERBS) != 1:
            raise ValueError(f"a step does exactly one thing: give it one of {', '.join(VERBS)}")
        return self

    @cached_property
    def does(self) -> Does:
        """What the step does with the citizen."""
        return next(verb for verb in VERBS if getattr(self, verb) is not None)

    @cached_property
    def text(self) -> Words:
        """The question or the message itself."""
        text: Words = getattr(self, self.does)
        return text

    @cached_property
    def ends(self) -> bool:
        """Whether the route ends here."""
        return self.does in ("refer", "stop", "suggest")


class Part(Conditional):
    """Steps that belong together, perhaps taken several times."""

    name: Name = Field(alias="part")
    """The name of the part; citizens see it only in an address."""
    title: Words
    """The heading above its steps."""
    any_order: bool = Field(False, alias="any order")
    """Whether it and its neighbours that say so can be taken in any order."""
    repeat: Repeat | None = None
    """For what is asked again for each person or thing."""
    steps: Annotated[tuple[Step, ...], BeforeValidator(not_empty)]
    """Its questions and messages, in order."""

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
    """The name of the journey, the same as the file's."""
    upl: Text | None = None
    """Its name in the national list of products, for the system that receives it."""
    state: Literal["draft", "live", "retired"] = "live"
    """A draft is only in the preview; a retired one cannot be begun, and who is under way finishes."""
    wayfinder: bool = False
    """Whether it only helps to find another journey."""
    situation: Words | None = None
    """The heading of its tile, once there are more than six tiles."""
    question: Words
    """What the citizen comes with, in their words: the tile."""
    title: Words
    """What it is called on later screens and on paper."""
    picture: Text | None = None
    """A drawing in the folder of pictures, without .svg."""
    search: tuple[Text, ...] = ()
    """Other words that people use for it."""
    minutes: int | None = None
    """About how long it takes."""
    at_home: AtHome | None = Field(None, alias="at home")
    """How to do it at home."""
    bring: tuple[Remark_, ...] = ()
    """What to bring."""
    data: Words | None = None
    """What happens with the answers, where more must be said than usual."""
    identity: Literal["none", "seen"]
    """Whether an official must see who it is before it is passed on."""
    expertise: Text | None = None
    """Which staff know about it."""
    ways: Annotated[tuple[Way, ...], BeforeValidator(not_empty)] = ("guided",)
    """How it can be taken: one question a screen, one part a screen, with an official."""
    suggest: SuggestedWay | None = None
    """The way that suits best, and why."""
    deliver: tuple[Text, ...] = ()
    """Which systems get it."""
    keep: Period
    """How long the confirmed errand is kept."""
    deadlines: tuple[Deadline, ...] = ()
    """By when staff must have acted; the first that holds counts."""
    discreet: bool = False
    """Whether a call from this journey hides what it is about."""
    sources: tuple[Source, ...] = ()
    """Where its rules come from."""
    explained: tuple[Meaning, ...] = ()
    """Hard words that it cannot do without, each with what it means."""
    dates: dict[Name, Term] = Field({})
    """Last days that texts may name between braces."""
    parts: Annotated[tuple[Part, ...], BeforeValidator(not_empty)]
    """The questions themselves, in parts."""
    next: tuple[Next_, ...] = ()
    """What happens next, for the last screen and paper."""
    examples: tuple[Example, ...] = ()
    """Citizens with their answers, and how each must end; the check plays them."""

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """Every step by its name."""
        return {step.name: step for part in self.parts for step in part.steps}

    @cached_property
    def runs(self) -> tuple[tuple[Part, ...], ...]:
        """The parts in order; neighbours that can be taken in any order stand together."""
        groups = groupby(enumerate(self.parts), lambda at: -1 if at[1].any_order else at[0])
        return tuple(tuple(part for _, part in group) for _, group in groups)

    def step_at(self, key: str) -> Step | None:
        """The step that a key names: `birth` for `people.2.birth`, and the question for another round."""
        part, _, name = key.rpartition(".")
        if name != "more":
            return self.steps.get(name)
        return next((each.more for each in self.parts if each.name == part.partition(".")[0]), None)

    def holds(self, key: str) -> bool:
        """Whether some route of this journey has a question or message with this key."""
        step = self.step_at(key)
        owner = next((part for part in self.parts if step in (*part.steps, part.more)), None)
        if step is None or owner is None or owner.repeat is None:
            return owner is not None and key == (step and step.name)
        return key in {
            f"{owner.name}.{turn + 1}.{key.rpartition('.')[2]}" for turn in range(owner.repeat.up_to)
        }

    def part(self, name: str) -> Part | None:
        """The part with this name, if there is one."""
        return next((part for part in self.parts if part.name == name), None)


def steps_of(journey: Journey) -> Iterator[tuple[Path, Step]]:
    """Every step with its path, in the order of the file."""
    for number, part in enumerate(journey.parts):
        for index, step in enumerate(part.steps):
            yield ("parts", number, "steps", index), step
