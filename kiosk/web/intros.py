"""What a citizen should know of a journey before beginning it, said honestly."""

from dataclasses import dataclass

from kiosk.journeys.files import Version
from kiosk.journeys.hardwords import HardWord, hard_words
from kiosk.journeys.model import Journey
from kiosk.journeys.pieces import AtHome
from kiosk.journeys.speaking import Speaker
from kiosk.records import versions
from kiosk.web import visiting
from kiosk.web.languages import current_language, locale_name, say_for
from kiosk.web.parts import house


@dataclass(frozen=True)
class Tile:
    """What people come for: one tile of the start screen; `situation` is the heading it may stand under."""

    journey: str
    question: str
    picture: str | None
    situation: str


@dataclass(frozen=True)
class Intro:
    """A journey before it begins: what it takes, how it can be taken, what becomes of it."""

    journey: str
    title: str
    question: str
    picture: str | None
    minutes: int | None
    at_home: AtHome | None
    bring: tuple[str, ...]
    explained: tuple[HardWord, ...]
    identity: str
    data: str
    keep_days: int
    ways: tuple[str, ...]
    suggested: str
    because: str


def live() -> list[Version]:
    """The versions that can be begun now, in the order of the start screen; the wayfinder among them."""
    house.shelf.refresh()
    named = [each.journey.name for each in house.shelf.versions() if each.journey.state == "live"]
    return [offered(name) for name in named]


def offered(journey: str) -> Version:
    """The version to begin with: the newest that is complete in the citizen's language, else the newest."""
    newest, spoken = house.shelf.version(journey), current_language().code
    if spoken in newest.languages:
        return newest
    with house.database.read() as connection:
        kept = versions.newest_in(connection, journey, spoken)
    return visiting.kept_version(kept) if kept else newest


def tile(version: Version) -> Tile:
    """The tile of a journey, in the language of the page."""
    journey, say = version.journey, say_for(version)
    situation = say(journey.situation, journey.name) if journey.situation else ""
    return Tile(journey.name, say(journey.question, journey.name), journey.picture, situation)


def intro(version: Version) -> Intro:
    """What to know before beginning, in the language of the page."""
    journey, say = version.journey, say_for(version)
    suggest, bring = journey.suggest, [each.say for each in journey.bring if not each.when]
    speaker = Speaker(journey, say, locale_name(), {})
    return Intro(
        journey.name,
        say(journey.title, journey.name),
        say(journey.question, journey.name),
        journey.picture,
        journey.minutes,
        journey.at_home,
        tuple(map(speaker.own, bring)),
        hard_words(speaker, (journey.title, journey.question, journey.data, *bring)),
        journey.identity,
        say(journey.data, journey.name) if journey.data else "",
        journey.keep.days,
        ways_in_order(journey),
        suggest.way if suggest else "",
        say(suggest.because, journey.name) if suggest else "",
    )


def ways_in_order(journey: Journey) -> tuple[str, ...]:
    """The ways of a journey, the suggested one first."""
    suggested = journey.suggest.way if journey.suggest else ""
    return tuple(sorted(visiting.ways_here(journey), key=lambda way: way != suggested))
