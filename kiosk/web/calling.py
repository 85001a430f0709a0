"""The citizen's side of a call: asking for a person, seeing who comes, no longer needing one."""

import logging
from collections.abc import Callable, Collection
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
from kiosk.records.parking import Kept
from kiosk.records.visits import Visit
from kiosk.web import awaiting, visiting
from kiosk.web.counting import tally
from kiosk.web.errors import NoSuchPage
from kiosk.web.languages import current_language
from kiosk.web.parts import house, is_htmx, unchanged
from kiosk.web.visiting import Taken

log = logging.getLogger(__name__)
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
    """How the call stands, and for a minute how it ended: a page, or for htmx only the panel.

    A panel that was `seen` and would look the same is left alone: nothing is read aloud twice.
    """
    visit = visiting.current()
    found = awaiting.of_visit(visit.id) if visit else None
    if is_htmx() and found and request.args.get("seen") == found.seen:
        return unchanged()
    page = "citizen/_call.html" if is_htmx() else "citizen/call.html"
    response = current_app.make_response(render_template(page, call=found))
    response.headers["Vary"] = "HX-Request"
    return response


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
    if seen.taken and not visit.calling:
        figures.count(connection, tally(seen.taken, seen.point, called=1))
    raise_about(connection, visit, current_language().code, seen)


def raise_about(
    connection: Connection, visit: Visit | Kept, spoken: str, seen: Whereabouts, level: str = "explain"
) -> Call:
    """The call of this visit about what was seen, in the language that its citizen speaks."""
    kiosk = visiting.known_kiosk(visit.kiosk)
    return calls.raise_call(
        connection,
        visit=visit.id,
        kiosk=kiosk.name,
        place=kiosk.place.name,
        journey=seen.journey.name if seen.journey else "",
        version=seen.taken.version.id if seen.taken else "",
        step=seen.point.key if seen.point else "",
        language=spoken,
        level=level,
        expertise=seen.expertise,
        discreet=seen.discreet,
        now=house.clock(),
    )


def follow_way(connection: Connection, visit: Visit, taken: Taken, before: str) -> None:
    """Do as the errand's way says: together calls a person who may fill in too, leaving it ends that."""
    if taken.errand.way == "together":
        call_about(connection, visit, Whereabouts.of(taken))
        calls.let(connection, visit.id, "together")
    elif before == "together":
        calls.let(connection, visit.id, "explain")


@blueprint.post("/call/cancel")
def cancel() -> Response:
    """No longer needed."""
    return change(lambda connection, visit: calls.cancel(connection, visit.id, house.clock()))


@blueprint.post("/call/why")
def tell_why() -> Response:
    """A second tap: why they call."""
    why = chosen("why", calls.WHYS)
    return change(lambda connection, visit: calls.tell_why(connection, visit.id, why))


@blueprint.post("/call/wishes")
def wish() -> Response:
    """A second tap: how to talk with them. The same tap again takes it back."""
    tapped = chosen("wish", calls.WISHES)
    return change(lambda connection, visit: toggle(connection, visit, tapped), show="wishes")


def toggle(connection: Connection, visit: Visit, tapped: str) -> None:
    """Add one wish to those of the open call, or take it away."""
    call = str(visit.calling)
    before = calls.wishes(connection, [call]).get(call, [])
    after = [each for each in calls.WISHES if (each in before) != (each == tapped)]
    calls.wish(connection, visit.id, after)


@blueprint.post("/call/level")
def let() -> Response:
    """How far whoever answers may go: only the citizen says so, and takes it back as easily."""
    level = chosen("level", calls.LEVELS)
    return change(lambda connection, visit: calls.let(connection, visit.id, level))


def chosen(field: str, known: Collection[str]) -> str:
    """What was tapped; raises `NoSuchPage` for what no button says."""
    value = request.form.get(field, "")
    if value not in known:
        raise NoSuchPage
    return value


def change(make: Callable[[Connection, Visit], object], show: str | None = None) -> Response:
    """Change the open call of this visit, if there is one, and go back to the panel."""
    visit = visiting.current()
    if visit and visit.calling:
        with house.database.write(durable=True) as connection:
            make(connection, visit)
    return back_to(where_from(), show)


def where_from() -> str:
    """The path of the page on which the button was pressed: by browser, form or visit.

    A panel that fetched itself knows only its own address, so the browser is asked first.
    """
    referrer = urlsplit(request.referrer or "")
    if referrer.netloc == request.host and referrer.path:
        return visiting.own_path(referrer._replace(scheme="", netloc="", fragment="").geturl())
    return visiting.own_path(request.form.get("next") or url_for("citizen.visit"))


def back_to(path: str, show: str | None = None) -> Response:
    """To the page with the panel on it, or for htmx to the panel alone, with a part of it open."""
    return redirect(url_for("calling.call", show=show) if is_htmx() else path, 303)


def whereabouts(path: str) -> Whereabouts:
    """The journey and the question that this path shows to this visit."""
    try:
        _, values = current_app.url_map.bind(request.host).match(urlsplit(path).path)
        if "journey" in values:
            return Whereabouts(house.shelf.version(values["journey"]).journey)
        return whereabouts_in(visiting.taken_or_404(values["number"]), values.get("key", ""))
    except (HTTPException, KeyError, NoSuchPage, UnknownJourney):
        return Whereabouts()
    # Whatever broke that page must not break the call from it.
    except Exception:
        log.exception("called from a page that is broken: %s", request.endpoint)
        return Whereabouts()


def whereabouts_in(taken: Taken, key: str) -> Whereabouts:
    """The question of this errand with that key; only the errand where there is no such question."""
    try:
        return Whereabouts(taken.version.journey, taken, taken.position.point(key))
    except NotOnRoute:
        return Whereabouts(taken.version.journey, taken)
