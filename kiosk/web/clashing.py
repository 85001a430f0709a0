"""Two who write: nobody's answer takes the place of one that its writer had not read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from kiosk.journeys.flow import Point
from kiosk.journeys.screens import Screen
from kiosk.records.visits import CITIZEN
from kiosk.site import Language
from kiosk.web import staffing, telling
from kiosk.web.marks import mark
from kiosk.web.visiting import Taken

LET_STAND = "let-stand"
"""The input whose value is the key of the answer that may stay as it is. No step can have this name."""


@dataclass(frozen=True)
class Both:
    """Two answers to one question, in words: the one that stands, and the one that came after it.

    `by` is who entered the one that stands, and nothing where that was the citizen. `sent` is the form that
    came, now marked as of somebody who has read both.
    """

    screen: Screen
    key: str
    stands: str
    by: str
    came: str
    sent: tuple[tuple[str, str], ...]


def read_of(key: str) -> str:
    """The name of the input that tells which answer a form had read; no step can have such a name."""
    return f"read:{key}"


def lets_stand(key: str) -> bool:
    """Whether the writer chose the answer that stood there."""
    return key in request.form.getlist(LET_STAND)


def chosen(taken: Taken, key: str, value: Any) -> Any:
    """The value that came, or the one that stands where the writer chose that."""
    return taken.errand.answers.get(key, value) if lets_stand(key) else value


def clash(taken: Taken, values: Mapping[str, Any], writer: str) -> str | None:
    """The key of the first of these answers that would take the place of one that the writer had not read."""
    errand = taken.errand
    for key, value in values.items():
        others = errand.entered_by.get(key, CITIZEN) != writer and errand.answers.get(key, value) != value
        if others and request.form.get(read_of(key), "") != mark(errand, key):
            return key
    return None


def both(taken: Taken, point: Point, value: Any, spoken: Language) -> Both:
    """The answer that stands at this point beside the one that came, as this language says them."""
    speaker, errand = telling.speaker_in(taken, spoken), taken.errand
    read = read_of(point.key)
    kept = ((name, text) for name, text in request.form.items(multi=True) if name != read)
    return Both(
        telling.screen_in(taken, point, spoken),
        point.key,
        speaker.answer(point.step, errand.answers[point.key]),
        staffing.shown(errand.entered_by[point.key]) if point.key in errand.entered_by else "",
        speaker.answer(point.step, value),
        (*kept, (read, mark(errand, point.key))),
    )
