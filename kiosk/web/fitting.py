"""Which call fits a member of staff: what they know, speak and are near, against how long it waits."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.records.calls import Call
from kiosk.records.staff import Staff
from kiosk.web.ringing import waited_s


@dataclass(frozen=True)
class Weights:
    """How many seconds of waiting each thing that fits is worth."""

    wanted: int = 600
    place: int = 300
    expertise: int = 180
    language: int = 120


WEIGHTS = Weights()


def fit(call: Call, member: Staff, now: datetime, weights: Weights = WEIGHTS) -> float:
    """How well this call fits this member of staff, in seconds: they should take the highest first.

    It is how long the call waits, and longer for each thing that makes them the right one to go.
    """
    fits = {
        weights.wanted: call.wanted == member.name,
        weights.place: call.place == member.place,
        weights.expertise: call.expertise in member.expertise,
        weights.language: call.language in member.languages,
    }
    return waited_s(call, now) + sum(worth for worth, true in fits.items() if true)
