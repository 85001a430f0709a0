"""The tablet of a host in the hall: who calls, which kiosks are in use, and a visit taken together on it."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.records import answering, staff, visits
from kiosk.web import calling, console, leaving, staffing, stands, visiting, waiting
from kiosk.web.calling import Whereabouts
from kiosk.web.errors import NoSuchPage
from kiosk.web.languages import language
from kiosk.web.parts import house, is_htmx

blueprint = Blueprint("tablet", __name__, url_prefix="/tablet")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.context_processor(console.of_every_page)
blueprint.context_processor(stands.words)


@blueprint.get("/")
def index() -> Response:
    """Who calls, the kiosks and the colleagues, never the inside of a journey; for htmx what changes."""
    name = "tablet/_hall.html" if is_htmx() else "tablet/index.html"
    response = current_app.make_response(render_template(name, **hall()))
    response.headers["Vary"] = "HX-Request"
    return response


def hall() -> dict[str, Any]:
    """What the first page shows now."""
    now, me = house.clock(), staffing.signed_in()
    with house.database.read() as connection:
        found = waiting.everyone(connection, me, now, {})
        on_duty = staff.on_duty(connection, now)
    lost, visit = request.args.get("call", ""), visiting.current()
    return {
        "calls": found,
        "at": url_for("tablet.index"),
        "shows": "one",
        "ringing": sum(call.rings for call in found),
        "helped": waiting.HELPED,
        "lost": next((call for call in found if call.id == lost and not call.mine), None),
        "stands": stands.stands(),
        "colleagues": [each for each in on_duty if each.place == me.place and each.name != me.name],
        "helping": {call.taken_name for call in found if call.state != "sent"},
        "together": visit if visit and visiting.is_accompanied() else None,
        "languages": house.site.languages,
        "enrolled": visiting.current_kiosk() is not None,
    }


@blueprint.post("/visits")
def begin() -> Response:
    """Begin a visit on this tablet with somebody who stands beside it, in their language.

    It comes with a call that the host has answered, so that it can be handed over and is counted as help.
    """
    kiosk, spoken = visiting.current_kiosk(), language(request.form.get("language", ""))
    if kiosk is None or spoken.code != request.form.get("language"):
        raise NoSuchPage
    if before := visiting.current():
        leaving.wipe(before)
    visiting.begin(kiosk, spoken.code)
    visit = visiting.current_or_begin()
    with house.database.write(durable=True) as connection:
        visits.prefer(connection, visit.id, visiting.ACCOMPANIED, {})
        call = calling.raise_about(connection, visit, spoken.code, Whereabouts(), "together")
        answering.sit_down(connection, call, staffing.signed_in(), house.clock())
    return redirect(url_for("citizen.start"), 303)
