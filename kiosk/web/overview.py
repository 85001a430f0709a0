"""The way through an errand: its parts, the answers so far, and how to go on."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kiosk.journeys import hubs
from kiosk.records import visits
from kiosk.web import calling, ending, visiting, waits
from kiosk.web.errors import NoSuchPage
from kiosk.web.languages import locale_name, say_for
from kiosk.web.parts import house
from kiosk.web.visiting import Taken, taken_or_404

blueprint = Blueprint("overview", __name__)


@blueprint.get("/visit/<int(max=9999):number>/hub")
def hub(number: int) -> Response | str:
    """The parts, done or open; the answers so far, each to be changed; and the ways to go on."""
    taken = taken_or_404(number)
    if taken.errand.state != "open":
        return redirect(taken.url, 303)
    visiting.touch()
    told = ending.summary(taken)
    return render_template(
        "citizen/hub.html",
        summary=told,
        entries=entries(taken),
        groups=ending.groups_of(told.rows),
        errand=taken.errand,
        ways=visiting.ways_here(taken.version.journey),
        waits=waits.now(),
        back=taken.url,
    )


def entries(taken: Taken) -> tuple[hubs.Entry, ...]:
    """The parts of the errand in the words of the page."""
    locale = locale_name()
    return hubs.hub(
        taken.version,
        taken.position,
        house.day(),
        say_for(taken.version),
        locale=locale,
        facts=visiting.facts_at(taken.errand.kiosk, locale),
    )


@blueprint.get("/visit/<int(max=9999):number>/hub/<part>")
def part(number: int, part: str) -> Response:
    """To a part of the errand: to what is open in it, else to its first question."""
    taken = taken_or_404(number)
    entry = next((each for each in entries(taken) if each.key == part and each.at), None)
    if entry is None or entry.at is None:
        return redirect(taken.url, 303)
    return redirect(taken.url_of(taken.position.point(entry.at)), 303)


@blueprint.post("/visit/<int(max=9999):number>/way")
def turn(number: int) -> Response:
    """Go on another way, at the same place and with every answer; together calls a person at once."""
    taken, way = taken_or_404(number), request.form.get("way", "")
    if way not in visiting.ways_here(taken.version.journey):
        raise NoSuchPage
    visit = visiting.current()
    if visit and taken.errand.state == "open":
        with house.database.write(durable=way == "together") as connection:
            before = taken.errand.way
            taken = Taken(visits.set_way(connection, taken.errand, way), taken.version)
            calling.follow_way(connection, visit, taken, before)
    return redirect(taken.url, 303)
