"""The citizen's side of a call: asking for a person, seeing who comes, no longer needing one."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from kiosk.journeys.files import UnknownJourney
from kiosk.journeys.flow import NotOnRoute, Point
from kiosk.journeys.model import Journey
from kiosk.records import calls, figures
from kiosk.records.calls import Call
from kiosk.records.visits import Visit
from kiosk.web import visiting
from kiosk.web.counting import tally
from kiosk.web.errors import NoSuchPage
from kiosk.web.languages import current_language
from kiosk.web.parts import house, is_htmx
from kiosk.web.visiting import Taken

blueprint = Blueprint("calling", __name__)


@dataclass(frozen=True)
class Whereabouts:
    """What the citizen was looking at; nothing of it on a page that belongs to no journey."""

    journey: Journey | None = None
    taken: Taken | None = None
    point: Point | None = None

    @classmethod
    def of(cls, taken: Taken) -> "Whereabouts":
        """Where the citizen of this errand is now."""
        return cls(taken.version.journey, taken, taken.position.here)

    @property
    def discreet(self) -> bool:
        """Whether the call must not say what it is about."""
        return any(seen.discreet for seen in (self.journey, self.point and self.point.step) if seen)

    @property
    def expertise(self) -> str:
        """Who knows about it: as the step says, else its journey; nothing where neither does."""
        told = (seen.expertise for seen in (self.point and self.point.step, self.journey) if seen)
        return next(filter(None, told), "")


@blueprint.get("/call")
def call() -> Response:
    """How the call stands, and for a minute how it ended: a page, or for htmx only the panel."""
    page = "citizen/_call.html" if is_htmx() else "citizen/call.html"
    response = current_app.make_response(render_template(page, call=latest()))
    response.headers["Vary"] = "HX-Request"
    return response


def latest() -> Call | None:
    """The visit's open call, or the one that ended in the last minute."""
    visit = visiting.current()
    if visit is None:
        return None
    with house.database.read() as connection:
        return calls.of_visit(connection, visit.id, house.clock())


@blueprint.post("/call")
def raise_() -> Response:
    """Call a person to this kiosk; a second tap finds the call that is already there."""
    path = where_from()
    seen = whereabouts(path)
    visit = visiting.current_or_begin()
    if not visit.calling:
        with house.database.write(durable=True) as connection:
            call_about(connection, visit, seen)
    return back_to(path)


def call_about(connection: Connection, visit: Visit, seen: Whereabouts) -> None:
    """Call a person to this visit about what was seen; a call that is open is about that from now on."""
    if visit.own_device:
        return  # nobody in the hall can walk to somebody at home: their pages say whom to ring
    kiosk = visiting.known_kiosk(visit.kiosk)
    if seen.taken and not visit.calling:
        figures.count(connection, tally(seen.taken, seen.point, called=1))
    calls.raise_call(
        connection,
        visit=visit.id,
        kiosk=kiosk.name,
        place=kiosk.place.name,
        journey=seen.journey.name if seen.journey else "",
        version=seen.taken.version.id if seen.taken else "",
        step=seen.point.key if seen.point else "",
        language=current_language().code,
        expertise=seen.expertise,
        discreet=seen.discreet,
        now=house.clock(),
    )


@blueprint.post("/call/cancel")
def cancel() -> Response:
    """No longer needed."""
    visit = visiting.current()
    if visit:
        with house.database.write(durable=True) as connection:
            calls.cancel(connection, visit.id, house.clock())
    return back_to(where_from())


def where_from() -> str:
    """The path of the page on which the button was pressed: by browser, form or visit.

    A panel that fetched itself knows only its own address, so the browser is asked first.
    """
    referrer = urlsplit(request.referrer or "")
    if referrer.netloc == request.host and referrer.path:
        return visiting.own_path(referrer._replace(scheme="", netloc="", fragment="").geturl())
    return visiting.own_path(request.form.get("next") or url_for("citizen.visit"))


def back_to(path: str) -> Response:
    """To the page with the panel on it, or for htmx to the panel alone."""
    return redirect(url_for("calling.call") if is_htmx() else path, 303)


def whereabouts(path: str) -> Whereabouts:
    """The journey and the question that this path shows to this visit."""
    try:
        _, values = current_app.url_map.bind(request.host).match(urlsplit(path).path)
        if "journey" in values:
            return Whereabouts(house.shelf.version(values["journey"]).journey)
        return whereabouts_in(visiting.taken_or_404(values["number"]), values.get("key", ""))
    except (HTTPException, KeyError, NoSuchPage, UnknownJourney):
        return Whereabouts()


def whereabouts_in(taken: Taken, key: str) -> Whereabouts:
    """The question of this errand with that key; only the errand where there is no such question."""
    try:
        return Whereabouts(taken.version.journey, taken, taken.position.point(key))
    except NotOnRoute:
        return Whereabouts(taken.version.journey, taken)
