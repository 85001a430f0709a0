"""Where an errand stands, in final words: one model for screen, console, voice and paper."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from kiosk.journeys.deadlines import deadline_of
from kiosk.journeys.fields import is_covered, is_personal, may_print
from kiosk.journeys.flow import Point, Position, cautions, is_discreet, walk
from kiosk.journeys.hardwords import HardWord, hard_words
from kiosk.journeys.pieces import Next, Remark
from kiosk.journeys.rules import Day
from kiosk.journeys.speaking import Speaker, dates_of
from kiosk.journeys.wording import Say, fill, words

if TYPE_CHECKING:
    from kiosk.journeys.files import Version

_R = TypeVar("_R", bound=Remark)

STATES: Mapping[str, str] = {
    "open": words("Er is nog niets verstuurd"),
    "prepared": words("Klaargezet, nog niet doorgegeven"),
    "arranged": words("Geregeld"),
    "referred": words("Doorgegeven aan een medewerker"),
    "stopped": words("Gestopt. Er is niets verstuurd"),
    "seen": words("Doorgegeven"),
    "processed": words("Verwerkt"),
    "refused": words("Dit kon niet doorgaan"),
}
HANDLED: Mapping[str, str] = {
    "seen": words("Een medewerker heeft uw identiteitsbewijs gezien."),
    "processed": words("Een medewerker heeft dit verwerkt."),
    "refused": words("Ga naar {desk}. Daar hoort u waarom, en wat u nu kunt doen."),
}
"""What is said in place of what to do now, once an official has looked at it."""
NEUTRAL_TITLE = words("Uw vraag aan de gemeente")
"""How a discreet errand is called where others may look on: on the screen and on paper."""


@dataclass(frozen=True)
class Row:
    """One answer of an errand in words.

    `paper` is False for what is not printed; `personal` are names, numbers and the like; staff see one that
    is `covered` only after they opened it.
    """

    key: str
    label: str
    text: str
    changeable: bool
    paper: bool
    personal: bool
    part_title: str
    round: int | None
    covered: bool


@dataclass(frozen=True)
class Advice:
    """What an official should know at a message that the citizen read: `text`, at this key."""

    key: str
    text: str
    official: str


@dataclass(frozen=True)
class Summary:
    """Where an errand stands, in final words; `advice` is for staff alone."""

    journey: str
    title: str
    picture: str | None
    state: str
    state_text: str
    reference: str
    counts: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    next: tuple[str, ...]
    bring: tuple[str, ...]
    contact: str
    promise: str
    aloud: str
    until: str
    explained: tuple[HardWord, ...]
    advice: tuple[Advice, ...]
    discreet: bool


@dataclass(frozen=True)
class Taken:
    """An errand as the records know it."""

    version: "Version"
    answers: Mapping[str, Any]
    state: str
    reference: str = ""
    until: date | None = None
    kiosk: str = ""
    """Where it was taken: whoever gives the facts of that kiosk knows it by this name."""
    way: str = "guided"
    confirmed_on: date | None = None
    """The day it was confirmed: its route is the one of that day for ever."""
    counts_on: date | None = None
    """The day an official saw the ID: what the citizen reports counts from it."""
    due: date | None = None
    """The day by which staff must have acted, as it was promised when the citizen asked."""
    unnamed: bool = False
    """Whether it is told without what says who the citizen is or where they can be reached."""
    brief: bool = False
    """Whether it is told without any of the answers."""
    confirmed_by: str = ""
    """Who confirmed it, where the citizen said so aloud and did not tap themselves."""


def summary(
    taken: Taken, day: Day, say: Say, *, locale: str, facts: Mapping[str, str] = MappingProxyType({})
) -> Summary:
    """The summary of an errand; its rows are exactly the answers on the route."""
    journey = taken.version.journey
    day = replace(day, today=taken.confirmed_on) if taken.confirmed_on else day
    position = walk(journey, taken.answers, day)
    quiet = is_discreet(journey, position)
    state = "stopped" if taken.state == "open" and position.ending == "stop" else taken.state
    own = dates_of(journey, position.known, day, locale)
    speaker = Speaker(journey, say, locale, {**facts, **own})
    return Summary(
        journey=journey.name,
        title=speaker.common(NEUTRAL_TITLE) if quiet else speaker.own(journey.title),
        picture=None if quiet else journey.picture,
        state=state,
        state_text=speaker.common(STATES[state]),
        reference=taken.reference,
        counts=_counts(speaker, taken),
        rows=tuple(_rows(speaker, position, taken)),
        notes=tuple(_notes(speaker, position, day)),
        next=tuple(_next(speaker, position, day, state)),
        bring=() if state in HANDLED else tuple(_bring(speaker, position, day)),
        contact=_contact(speaker, position, taken),
        promise="" if state in HANDLED else _promise(speaker, position, taken.due, day),
        aloud=speaker.common(_ALOUD, name=taken.confirmed_by) if taken.confirmed_by else "",
        until=speaker.common(words("Wij bewaren dit tot en met {date}."), date=taken.until)
        if taken.until
        else "",
        explained=hard_words(speaker, _texts(speaker, position, day)),
        advice=tuple(_advice(speaker, position)),
        discreet=quiet,
    )


def answered(position: Position) -> Iterator[Point]:
    """The questions on the route that have an answer; "is there another" only where it was the last word."""
    for point in position.points:
        told = point.repeats and position.answers.get(point.key) == "yes"
        if point.key in position.answers and point.step.does == "ask" and not told:
            yield point


def _rows(speaker: Speaker, position: Position, taken: Taken) -> Iterator[Row]:
    for point in answered(position):
        step, personal = point.step, is_personal(point.step)
        hidden = taken.brief or point.repeats or (taken.unnamed and personal)
        yield Row(
            key=point.key,
            label=speaker.step(step, step.label or step.text),
            text=speaker.answer(step, position.answers[point.key]),
            changeable=taken.state == "open",
            paper=may_print(step) and not hidden,
            personal=personal,
            part_title=speaker.own(point.part.title),
            round=point.round,
            covered=is_covered(step),
        )


def _notes(speaker: Speaker, position: Position, day: Day) -> Iterator[str]:
    if position.here and position.here.step.ends:
        yield speaker.step(position.here.step, position.here.step.text)
    for point, caution in cautions(position, position.points, day):
        yield speaker.step(point.step, caution.say)


def _advice(speaker: Speaker, position: Position) -> Iterator[Advice]:
    for point in position.points:
        step = point.step
        if step.does != "ask" and step.official:
            yield Advice(point.key, speaker.step(step, step.text), fill(step.official, speaker.facts))


def _counts(speaker: Speaker, taken: Taken) -> str:
    if taken.counts_on is None or taken.state == "refused":
        return ""
    return speaker.common(words("U gaf dit door op {date}. Die dag telt."), date=taken.counts_on)


def _next(speaker: Speaker, position: Position, day: Day, state: str) -> Iterator[str]:
    if state in HANDLED:
        yield speaker.common(HANDLED[state])
    elif position.here:
        step = position.here.step
        yield from (speaker.step(step, text) for text in step.do if speaker.knows(text))
    if not position.here and state != "refused":
        coming = (item for item in speaker.journey.next if item.stays or state not in HANDLED)
        yield from (_said(speaker, item) for item in _fitting(coming, speaker, position, day))


def _bring(speaker: Speaker, position: Position, day: Day) -> Iterator[str]:
    if position.ending != "stop":
        yield from (speaker.own(item.say) for item in _fitting(speaker.journey.bring, speaker, position, day))


def _texts(speaker: Speaker, position: Position, day: Day) -> Iterator[str]:
    """What a summary says in the words of the journey, as its file has them."""
    journey = speaker.journey
    yield from (each.say for each in _fitting((*journey.next, *journey.bring), speaker, position, day))
    yield from (caution.say for _, caution in cautions(position, position.points, day))
    yield from (point.step.label or point.step.text for point in answered(position))
    if position.here and position.here.step.ends:
        yield from (position.here.step.text, *position.here.step.do)


def _fitting(remarks: Iterable[_R], speaker: Speaker, position: Position, day: Day) -> Iterator[_R]:
    """The remarks whose condition holds and whose dates are known."""
    return (each for each in remarks if each.applies(position.known, day) and speaker.knows(each.say))


def _said(speaker: Speaker, item: Next) -> str:
    beside = ", ".join(speaker.own(text) for text in (item.who, item.by) if text)
    return f"{speaker.own(item.say)} ({beside})" if beside else speaker.own(item.say)


def _promise(speaker: Speaker, position: Position, day_due: date | None, day: Day) -> str:
    deadline = deadline_of(speaker.journey, position, day) if day_due else None
    return speaker.own(deadline.say, date=day_due) if deadline else ""


def _contact(speaker: Speaker, position: Position, taken: Taken) -> str:
    """Whether anybody will get in touch, and how: never more than was asked for and given."""
    given = {
        point.step.field: point for point in answered(position) if position.answers[point.key] is not None
    }
    for kind, message in _REACHED.items():
        if kind in given:
            point = given[kind]
            if taken.unnamed or not may_print(point.step):
                return speaker.common(_REACHED_UNSAID[kind])
            return speaker.common(message, **{kind: speaker.answer(point.step, position.answers[point.key])})
    if taken.state == "referred":
        return speaker.common(_COME_LATER)
    waits = taken.until and taken.state not in HANDLED
    return speaker.common(_COME_BACK if waits else _NOBODY_CALLS, date=taken.until)


_ALOUD = words("U zei hardop dat het klopt. {name} tikte voor u op de knop.")
_REACHED = {
    "phone": words("Als er iets is, bellen wij u op {phone}."),
    "email": words("Als er iets is, mailen wij u op {email}."),
}
_REACHED_UNSAID = {
    "phone": words("Als er iets is, bellen wij u op het nummer dat u gaf."),
    "email": words("Als er iets is, mailen wij u op het adres dat u gaf."),
}
"""The same where an answer is never printed: whoever finds the paper must not read it."""
_COME_BACK = words("Niemand belt u. Wij bewaren dit tot en met {date}. Kom op tijd terug, of bel {phone}.")
_COME_LATER = words("Niemand belt u. Lukt het nu niet? Kom later terug met uw nummer, of bel {phone}.")
_NOBODY_CALLS = words("Niemand belt u. Heeft u een vraag? Bel {phone}.")
