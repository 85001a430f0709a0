"""The fields of a journey: from what is typed to a checked value, and from a value to words."""

from collections.abc import Mapping, Sequence
from typing import Any

from kiosk.journeys.kinds import amounts, contact, dates, picks, registers, texts
from kiosk.journeys.kinds.kind import FieldError, Kind, Voice, wrong
from kiosk.journeys.model import Step
from kiosk.journeys.rules import Day
from kiosk.journeys.wording import Say, words

__all__ = ["KINDS", "FieldError", "fits", "read", "show"]

KINDS: dict[str, Kind] = {
    "choice": picks.Pick(),
    "choices": picks.Picks(),
    "yes_no": picks.YesNo(),
    "consent": picks.Consent(),
    "country": picks.Country(),
    "nationality": picks.Nationality(),
    "date": dates.FullDate(),
    "partial_date": dates.PartialDate(),
    "time": dates.Time(),
    "number": amounts.Number(),
    "money": amounts.Money(),
    "text": texts.Line(),
    "long_text": texts.LongText(),
    "name": texts.PersonName(),
    "address": contact.Address(),
    "phone": contact.Phone(),
    "email": contact.Email(),
    "iban": registers.Iban(),
    "plate": registers.Plate(),
    "document": registers.Document(),
    "bsn": registers.Bsn(),
}
"""Every kind of field by its name in a journey file."""


def kind_of(step: Step) -> Kind | None:
    """The kind of a step's field; None for a message."""
    return KINDS[step.field] if step.field else None


def read(step: Step, form: Mapping[str, Sequence[str]], day: Day, kept: Any = None) -> Any:
    """The JSON value of what was typed: None for an optional answer left empty, True for a message seen.

    An answer that stays as it was `kept` is held to no limit again: the day may have moved on, or an official
    may have let it pass. Raises FieldError with what is wrong and how to mend it.
    """
    value = read_beyond(step, form, day)
    kind = kind_of(step)
    if kind and value is not None and value != kept:
        kind.limit(step, value, day)
    return value


def read_beyond(step: Step, form: Mapping[str, Sequence[str]], day: Day) -> Any:
    """The same, beyond the limits that the step sets too: for an official who lets it pass, with a reason."""
    kind = kind_of(step)
    if kind is None:
        return True
    given = kind.given(step, form)
    if any(given.values()):
        return kind.parse(step, given, day)
    if step.optional:
        return None
    raise wrong(step, kind.missing, kind.inputs[0])


def fits(step: Step, value: Any) -> bool:
    """Whether a kept answer still answers this step.

    Its form and its choice must exist; limits that move with the day were checked when it was given.
    """
    kind = kind_of(step)
    if step.ends:
        return may_overrule(step) and _is_reason(value)
    if kind is None:
        return value is True
    return step.optional if value is None else kind.fits(step, value)


def has_limits(step: Step) -> bool:
    """Whether the step sets a limit that an official may let somebody past."""
    return any(limit is not None for limit in (step.earliest, step.latest, step.at_least, step.at_most))


def may_overrule(step: Step) -> bool:
    """Whether an official may let somebody past what this step says: where it ends, or its limits."""
    return (step.ends or has_limits(step)) and step.overrule != "never"


def is_covered(step: Step) -> bool:
    """Whether staff see this answer only after they opened it: what is discreet, and what could harm."""
    kind = kind_of(step)
    return kind is not None and (step.discreet or kind.sensitive)


def is_personal(step: Step) -> bool:
    """Whether its answer says who somebody is or how to reach them; only who asks has that on paper."""
    kind = kind_of(step)
    return kind is not None and (kind.personal if step.personal is None else step.personal)


def is_lasting(step: Step) -> bool:
    """Whether its answer is the same wherever it is asked: how somebody is reached."""
    kind = kind_of(step)
    return kind is not None and kind.lasting


def may_print(step: Step) -> bool:
    """Whether its answer may ever be on paper; a citizen service number never is (UAVG, article 46)."""
    kind = kind_of(step)
    return kind is not None and step.paper and kind.printable


def overruled(by: str, reason: str) -> dict[str, str]:
    """What an official answers to let a citizen past an ending step; no citizen can give this."""
    return {"by": by, "reason": reason}


def _is_reason(value: Any) -> bool:
    given = value.values() if isinstance(value, dict) and value.keys() == {"by", "reason"} else ("",)
    return all(isinstance(text, str) and text.strip() for text in given)


def show(step: Step, value: Any, say: Say, locale: str, context: str = "") -> str:
    """An answer in words; the context is that of the step's own texts."""
    kind = kind_of(step)
    if kind is None:
        return ""
    return (
        say(words("Niet ingevuld")) if value is None else kind.text(step, value, Voice(say, locale, context))
    )
