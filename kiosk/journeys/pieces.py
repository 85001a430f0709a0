"""The small pieces of a journey file: names, texts, choices, warnings, terms, sources and examples."""

import re
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from kiosk.journeys import rules
from kiosk.journeys.wording import Words

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


def _as_say(value: Any) -> Any:
    return {"say": value} if isinstance(value, str) else value


def _as_bound(value: Any) -> Any:
    return {"at": value} if isinstance(value, str) else value


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def not_empty(items: Any) -> Any:
    """The list itself; ValueError when nothing is in it."""
    if isinstance(items, list) and not items:
        raise ValueError("this list is empty: give it at least one item")
    return items


_SHORT = 3
"""Letters of a word such as EU, which is another word with an ending to it."""

Period = Annotated[timedelta, BeforeValidator(_period, json_schema_input_type=str)]
Date = Annotated[date, BeforeValidator(_iso_date, json_schema_input_type=date)]


class Strict(BaseModel):
    """A frozen piece of a journey file that refuses keys it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=False, use_attribute_docstrings=True
    )


class Conditional(Strict):
    """Something that is there only when its condition holds."""

    when: Condition = {}
    """The condition: only then. It looks at answers to earlier questions."""

    @cached_property
    def applies(self) -> rules.Judge:
        """The condition, ready to be asked about answers (by step name) on a day."""
        return rules.judge(self.when)


class Said(Strict):
    """Something that is said."""

    say: Words
    """What is said."""
    simpler: Words | None = None
    """The same in easier words (A2)."""

    @property
    def text(self) -> Words:
        """What is said."""
        return self.say


class Option(Said):
    """One choice of a question."""

    picture: Text | None = None
    """A drawing in the folder of pictures, without .svg."""
    explain: Words | None = None
    """A line below the choice."""


class Remark(Said, Conditional):
    """A text that is shown when its condition holds."""


class Next(Remark):
    """Something that happens after confirming: what, by whom and by when."""

    who: Words | None = None
    """Who does it."""
    by: Words | None = None
    """By when, in words."""
    stays: bool = False
    """Whether it is still to come once an official has passed the errand on."""


class Caution(Remark):
    """A text beside an answer that passes the comparison (and the condition): said, never refused."""

    model_config = ConfigDict(extra="allow")

    @property
    def comparison(self) -> dict[str, Any]:
        """The operators that the step's own answer is compared by."""
        return self.model_extra or {}


class Bound(Strict):
    """The first or last date that a step takes, and what is said beyond it ({day}, {from})."""

    at: Text
    """Today, a date as 2027-01-01, or a term: today + 28 days."""
    otherwise: Words | None = Field(None, alias="else")
    """What is said of a date beyond it; may name {day} and {from}."""


class Repeat(Strict):
    """How often a part may be taken and how the next round is asked for."""

    up_to: int = Field(alias="up to", ge=2, le=99)
    """The most rounds, from 2 to 99."""
    more: Words
    """The question after each round whether there is another one."""


class Term(Strict):
    """A legal term that runs from a date the citizen gave; texts name its last day between braces."""

    within: Text
    """How long: 5 days, 3 working days, 4 weeks."""
    of: Name
    """The name of the step that asks for the date."""


class AtHome(Strict):
    """How the same thing is done without the kiosk."""

    using: Text = Field(alias="with")
    """What it takes, such as DigiD."""
    minutes: int | None = None
    """About how long it takes."""
    at: Text
    """The address on the web."""


class SuggestedWay(Strict):
    """The way that suits this journey best, and why."""

    way: Way
    """One of the ways of this journey."""
    because: Words
    """Why, in the citizen's words."""


class Deadline(Remark):
    """By when staff must have acted, counted from when the citizen asked, and how that is said ({date})."""

    within: Text
    """How long: 3 working days, 10 days, 4 weeks."""


class Meaning(Strict):
    """A hard word that a journey cannot do without, explained wherever a citizen meets it."""

    word: Words
    """The word as it stands in the texts, without an ending: akte."""
    means: Words
    """What it means, in everyday words."""

    @cached_property
    def form(self) -> re.Pattern[str]:
        """What finds the word in a text, with its usual endings; a short word only as it is."""
        ending = r"\w{0,2}" if len(self.word) > _SHORT else ""
        return re.compile(rf"(?<!\w){re.escape(self.word)}{ending}(?!\w)", re.IGNORECASE)


class Source(Strict):
    """Where a rule of the journey comes from, and when somebody last read it there."""

    rule: Text
    """The rule in one sentence."""
    where: Text
    """The law and article, or the guide."""
    address: Text | None = None
    """Its address on the web."""
    read: Date
    """The day on which somebody last read it there, as 2027-01-01."""
    note: Text | None = None
    """For colleagues: what was not clear, or where municipalities differ."""


class Example(Strict):
    """Answers as a citizen gives them, with the route and the end they must lead to."""

    name: Text
    """Who this is, in a few words."""
    today: Date
    """The day on which it happens, as 2027-03-31."""
    holidays: tuple[Date, ...] = ()
    """The public holidays that count here."""
    answers: dict[str, Any] = {}
    """The answers as they are typed, by the name of the step; people.1.birth in a part that repeats."""
    route: tuple[str, ...] | None = None
    """Every step in order, exactly."""
    ends: Literal["prepared", "arranged", "referred", "stopped", "suggested", "open", "refused"]
    """How it must end."""
    due: Date | None = None
    """The day that must come out of the deadlines."""


Option_ = Annotated[Option, BeforeValidator(_as_say, json_schema_input_type=Option | str)]
Remark_ = Annotated[Remark, BeforeValidator(_as_say, json_schema_input_type=Remark | str)]
Next_ = Annotated[Next, BeforeValidator(_as_say, json_schema_input_type=Next | str)]
Bound_ = Annotated[Bound, BeforeValidator(_as_bound, json_schema_input_type=Bound | str)]
Cautions = Annotated[
    tuple[Caution, ...], BeforeValidator(_as_list, json_schema_input_type=tuple[Caution, ...] | Caution)
]
Lines = Annotated[
    tuple[Words, ...], BeforeValidator(_as_list, json_schema_input_type=tuple[Words, ...] | Words)
]
