"""Starting from the question: the tiles, what to know before you begin, and the begin itself."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from kiosk.journeys import finding
from kiosk.journeys.files import UnknownJourney, Version
from kiosk.journeys.kinds.kind import clean
from kiosk.records import figures, kiosks, versions, visits
from kiosk.records.visits import Errand, Visit
from kiosk.web import calling, cookies, intros, offering, preferences, staying, underway, visiting, waits
from kiosk.web.counting import tally
from kiosk.web.errors import NoSuchPage
from kiosk.web.intros import Tile
from kiosk.web.languages import current_language
from kiosk.web.parts import house
from kiosk.web.underway import Onward
from kiosk.web.visiting import Taken

blueprint = Blueprint("citizen", __name__)


@blueprint.get("/")
def start() -> Response | str:
    """What do you come for? In the demonstration `?kiosk=NAME` makes this browser another kiosk."""
    name = request.args.get("kiosk", "")
    if name and house.settings.demo:
        return become(name)
    if visiting.current_kiosk() is None:
        return render_template("citizen/information.html", wrong=False)
    if locked := offering.refuse_when_locked():
        return locked
    found = intros.live()
    began = underway.ways_on()
    if began or visiting.is_calling() or offering.offer():
        return start_screen(found, began)
    kiosk, visit = visiting.current_kiosk(), visiting.current()
    seen = (tuple(each.id for each in found), kiosk and kiosk.name, current_language().code, visit is None)
    return preferences.kept_page(seen, lambda: start_screen(found))


MOST_TILES = 6
"""More tiles than this stand under the headings of their situations."""


def start_screen(found: Sequence[Version], began: Sequence[Onward] = ()) -> str:
    """What the visit began, the tiles of these journeys, and last that for who knows not where to begin."""
    tiles = [intros.tile(each) for each in found if not each.journey.wayfinder]
    wayfinder = next((intros.tile(each) for each in found if each.journey.wayfinder), None)
    return render_template(
        "citizen/start.html",
        groups=grouped(tiles),
        wayfinder=wayfinder,
        began=began,
        offer=offering.offer(),
        standing_seen=offering.seen(),
    )


def grouped(tiles: Sequence[Tile]) -> list[tuple[str, list[Tile]]]:
    """The tiles under their situations, in the order in which these first appear; few need no heading."""
    if len(tiles) <= MOST_TILES:
        return [("", list(tiles))]
    return [(name, [each for each in tiles if each.situation == name]) for name in situations(tiles)]


def situations(tiles: Sequence[Tile]) -> list[str]:
    """The headings in order; what has none comes last."""
    return sorted(dict.fromkeys(each.situation for each in tiles), key=lambda name: not name)


@blueprint.get("/search")
def search() -> str:
    """Where people can say in their own words what they come for."""
    return render_template("citizen/search.html", typed="", tiles=None, wayfinder=None)


@blueprint.post("/search")
def find() -> str:
    """The journeys those words lead to. No GET: what people look for stays out of the history."""
    typed, found = clean(request.form.get("words", ""))[: finding.LONGEST], intros.live()
    tiles = [intros.tile(each) for each in finding.find(typed, found, current_language().code)]
    wayfinder = next((intros.tile(each) for each in found if each.journey.wayfinder), None)
    return render_template("citizen/search.html", typed=typed, tiles=tiles, wayfinder=wayfinder)


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


@blueprint.get("/journeys/<journey>")
def journey(journey: str) -> str:
    """What this journey does, how long it takes and what to bring, before you begin."""
    version = live_or_unknown(journey)
    return render_template(
        "citizen/journey.html",
        intro=intros.intro(version),
        waits=waits.now(),
        minutes_alone=staying.minutes_alone(),
    )


@blueprint.get("/your-data")
def your_data() -> str:
    """What becomes of what is given here, in short and plain words (AVG art. 13)."""
    back = visiting.own_path(request.args.get("next", ""))
    return render_template("citizen/your_data.html", next=back, minutes_alone=staying.minutes_alone())


def live_or_unknown(journey: str) -> Version:
    """The version to begin with; raises `UnknownJourney`, also for a draft and a retired one."""
    house.shelf.refresh()
    if house.shelf.version(journey).journey.state != "live":
        raise UnknownJourney(journey)
    return intros.offered(journey)


@blueprint.post("/visits")
def begin() -> Response | str:
    """Begin a journey, or go on with it: in the visit under way, or in a new visit."""
    if locked := offering.refuse_when_locked():
        return locked
    version = live_or_unknown(request.form.get("journey", ""))
    way = request.form.get("way", "guided")
    if way not in visiting.ways_here(version.journey):
        raise NoSuchPage
    visit, now = visiting.current_or_begin(), house.clock()
    with house.database.write(durable=way == "together") as connection:
        errand = visits.open_errand(connection, visit, version.journey.name, now)
        if errand is None:
            errand = begun(connection, visit, version, way, now)
        before = errand.way
        if before != way:
            errand = visits.set_way(connection, errand, way)
        taken = visiting.taken(errand)
        calling.follow_way(connection, visit, taken, before)
    offering.withdraw(version.journey.name)
    return redirect(taken.url, 303)


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
