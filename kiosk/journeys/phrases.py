"""The texts of a journey that are translated, each with its context and its place in the file."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from kiosk.journeys.model import Journey, Step
from kiosk.journeys.pieces import Path
from kiosk.journeys.wording import Words


class Phrase(NamedTuple):
    """A text of a journey for translators: its gettext context, itself and its place in the file.

    An easier wording also has the text that it is the easier wording `of`.
    """

    context: str
    text: Words
    path: Path
    of: Words | None = None


def phrases(journey: Journey) -> Iterator[Phrase]:
    """Every text of a journey that is translated, in the order of the model."""
    return _phrases(journey, journey.name, ())


def context_of(journey: Journey, step: Step) -> str:
    """The gettext context of a step's texts; a question for another round belongs to the journey."""
    return f"{journey.name}.{step.name}" if step.name in journey.steps else journey.name


def _phrases(value: Any, context: str, path: Path) -> Iterator[Phrase]:
    if isinstance(value, Words):
        yield Phrase(context, value, path)
        if value.simpler:
            yield Phrase(context, value.simpler, (*path, "simpler"), value)
        return
    if isinstance(value, Step):
        context = f"{context}.{value.name}"
    for key, inner in _inside(value):
        of = getattr(value, "text", None) if key == "simpler" else None
        yield from (phrase._replace(of=phrase.of or of) for phrase in _phrases(inner, context, (*path, key)))


def _inside(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        yield from ((field.alias or name, getattr(value, name)) for name, field in fields.items())
    elif isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)
