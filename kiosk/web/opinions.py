"""What can be said of how it went: a face, then why. Counted, and tied to no visit (norm PRV-17)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType

from flask import request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import Connection

from kiosk.records import attempts, opinions
from kiosk.web.errors import NoSuchPage
from kiosk.web.parts import house

FACES = MappingProxyType({"happy": _("Goed"), "neutral": _("Gaat wel"), "sad": _("Niet goed")})
"""The faces that can be tapped; each has a picture of its name."""

FINISHED, STOPPED = "finished", "stopped"
LESS_GOOD = MappingProxyType(
    {
        "words": _("Ik begreep de woorden niet"),
        "long": _("Het duurde te lang"),
        "wrong": _("Er ging iets mis"),
        "person": _("Ik wilde liever een mens"),
        "other": _("Iets anders"),
    }
)
GOOD = MappingProxyType(
    {
        "clear": _("Het was duidelijk"),
        "quick": _("Het ging snel"),
        "alone": _("Ik kon het zelf"),
        "helped": _("Iemand hielp mij"),
        "other": _("Iets anders"),
    }
)
STOPPING = MappingProxyType(
    {
        "enough": _("Ik weet nu genoeg"),
        "hard": _("Te moeilijk"),
        "long": _("Te lang"),
        "missing": _("Ik heb iets niet bij me"),
        "desk": _("Ik ga liever naar de balie"),
    }
)
REASONS: Mapping[str, Mapping[str, Mapping[str, LazyString]]] = MappingProxyType(
    {
        FINISHED: {"happy": GOOD, "neutral": LESS_GOOD, "sad": LESS_GOOD},
        STOPPED: dict.fromkeys(FACES, STOPPING),
    }
)
"""What can be tapped as the reason, by outcome and face. A key that changes begins a new count."""

ASK, THANKS = "ask", "thanks"
MOST, IN_TIME = 40, timedelta(minutes=10)
"""What one kiosk can give: more than people can tap, too little to drown what they say."""


@dataclass(frozen=True)
class Asked:
    """An errand that came to an end; `stage` is how far the asking is: `ASK`, the face given, or `THANKS`."""

    version: str
    step: str
    outcome: str
    at: str
    """The address that a tap is sent to."""
    stage: str = ASK

    @property
    def faces(self) -> Mapping[str, LazyString]:
        """The faces to tap; nothing once one was."""
        return FACES if self.stage == ASK else {}

    @property
    def reasons(self) -> Mapping[str, LazyString]:
        """The reasons to tap; nothing before a face was, or after a reason was."""
        return REASONS[self.outcome].get(self.stage, {})

    @property
    def thanked(self) -> bool:
        """Whether there is nothing more to ask."""
        return self.stage == THANKS


def take_down(connection: Connection, asked: Asked, kiosk: str) -> Asked:
    """What is asked after this tap, which is counted when it was its turn; raises `NoSuchPage`."""
    form = request.form
    if asked.faces:
        face = one_of(asked.faces, form.get("face", ""))
        count(connection, asked, kiosk, face)
        return replace(asked, stage=face)
    if asked.reasons and "why" in form:
        if form["why"]:
            count(connection, asked, kiosk, asked.stage, one_of(asked.reasons, form["why"]))
        return replace(asked, stage=THANKS)
    return asked


def one_of(known: Collection[str], given: str) -> str:
    """What was given, when it is one of these; raises `NoSuchPage`."""
    if given not in known:
        raise NoSuchPage
    return given


def count(connection: Connection, asked: Asked, kiosk: str, face: str, why: str = "") -> None:
    """Count a face or a reason, unless this kiosk gave too many just now."""
    now = house.clock()
    if attempts.recent(connection, "opinion", kiosk, now - IN_TIME) >= MOST:
        return
    attempts.note(connection, "opinion", kiosk, now)
    opinions.note(
        connection,
        version=asked.version,
        step=asked.step,
        outcome=asked.outcome,
        face=face,
        why=why,
        day=house.day().today,
    )
