"""Starting from the question: the tiles, what to know before you begin, and the begin itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from kiosk.journeys.files import Version
from kiosk.journeys.model import Journey
from kiosk.journeys.pieces import AtHome
from kiosk.records import figures, kiosks, versions, visits
from kiosk.records.visits import Errand, Visit
from kiosk.web import cookies, visiting
from kiosk.web.counting import tally
from kiosk.web.errors import NoSuchPage
from kiosk.web.languages import current_language, say_for
from kiosk.web.parts import house
from kiosk.web.visiting import Taken

blueprint = Blueprint("citizen", __name__)


@dataclass(frozen=True)
class Tile:
    """What people come for: one tile of the start screen."""

    journey: str
    question: str
    picture: str | None


@dataclass(frozen=True)
class Intro:
    """What a citizen should know of a journey before beginning it."""

    journey: str
    title: str
    question: str
    picture: str | None
    minutes: int | None
    at_home: AtHome | None
    bring: tuple[str, ...]
    identity: str
    ways: tuple[str, ...]


@blueprint.get("/")
def start() -> Response | str:
    """What do you come for? In the demonstration `?kiosk=NAME` makes this browser another kiosk."""
    name = request.args.get("kiosk", "")
    if name and house.settings.demo:
        return become(name)
    if visiting.current_kiosk() is None:
        return render_template("citizen/information.html", wrong=False)
    house.shelf.refresh()
    found = [offered(each.journey.name) for each in house.shelf.versions()]
    if visiting.is_calling():
        return start_screen(found)
    kiosk, visit = visiting.current_kiosk(), visiting.current()
    seen = (tuple(each.id for each in found), kiosk and kiosk.name, current_language().code, visit is None)
    return house.pages.page(seen, lambda: start_screen(found))


def start_screen(found: Sequence[Version]) -> str:
    """The tiles of these journeys."""
    return render_template("citizen/start.html", tiles=[tile(each) for each in found])


def become(name: str) -> Response:
    """Make this browser the kiosk of that name: it is enrolled on the spot, and a visit elsewhere ends."""
    visit = visiting.current()
    with house.database.write() as connection:
        if visit:
            visits.wipe(connection, visit.id)
        token = kiosks.enrol(connection, name, house.clock())
    response = cookies.give(redirect(url_for("citizen.start"), 303), cookies.KIOSK, token)
    return cookies.take(response, cookies.VISIT)


@blueprint.post("/enrol")
def enrol() -> Response | tuple[str, int]:
    """Make this device a kiosk, with the one-time code that `flask kiosks invite NAME` gave."""
    with house.database.write(durable=True) as connection:
        token = kiosks.redeem(connection, request.form.get("code", ""), house.clock())
    if token is None:
        return render_template("citizen/information.html", wrong=True), 422
    return cookies.give(redirect(url_for("citizen.start"), 303), cookies.KIOSK, token)


def tile(version: Version) -> Tile:
    """The tile of a journey, in the language of the page."""
    journey, say = version.journey, say_for(version)
    return Tile(journey.name, say(journey.question, journey.name), journey.picture)


@blueprint.get("/journeys/<journey>")
def journey(journey: str) -> str:
    """What this journey does, how long it takes and what to bring, before you begin."""
    house.shelf.refresh()
    return render_template("citizen/journey.html", intro=intro(offered(journey)))


def offered(journey: str) -> Version:
    """The version to begin with: the newest that is complete in the citizen's language, else the newest."""
    newest, spoken = house.shelf.version(journey), current_language().code
    if spoken in newest.languages:
        return newest
    with house.database.read() as connection:
        kept = versions.newest_in(connection, journey, spoken)
    return visiting.kept_version(kept) if kept else newest


def intro(version: Version) -> Intro:
    """What to know before beginning, in the language of the page."""
    journey, say = version.journey, say_for(version)
    return Intro(
        journey.name,
        say(journey.title, journey.name),
        say(journey.question, journey.name),
        journey.picture,
        journey.minutes,
        journey.at_home,
        tuple(say(each.say, journey.name) for each in journey.bring if not each.when),
        journey.identity,
        ways_offered(journey),
    )


def ways_offered(journey: Journey) -> tuple[str, ...]:
    """The ways of this journey that there are screens for."""
    return tuple(way for way in journey.ways if way == "guided")


@blueprint.post("/visits")
def begin() -> Response:
    """Begin a journey, or go on with it: in the visit under way, or in a new visit."""
    house.shelf.refresh()
    version = offered(request.form.get("journey", ""))
    way = request.form.get("way", "guided")
    if way not in ways_offered(version.journey):
        raise NoSuchPage
    visit, now = visiting.current_or_begin(), house.clock()
    with house.database.write() as connection:
        errand = visits.open_errand(connection, visit, version.journey.name, now)
        if errand is None:
            errand = begun(connection, visit, version, way, now)
    return redirect(visiting.taken(errand).url, 303)


def begun(connection: Connection, visit: Visit, version: Version, way: str, now: datetime) -> Errand:
    """A new errand of this visit, counted and on a version that is kept."""
    versions.keep(connection, version.id, version.journey.name, version.to_text(), version.languages, now)
    errand = visits.begin_errand(connection, visit, version.journey.name, version.id, way, now)
    taken = Taken(errand, version)
    figures.count(connection, tally(taken, taken.position.here, shown=1))
    return errand


@blueprint.get("/visit")
def visit() -> Response:
    """Where you are."""
    taken = visiting.latest()
    return redirect(taken.url if taken else url_for("citizen.start"), 303)
