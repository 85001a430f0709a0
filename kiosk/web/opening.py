"""Opening a visit that was put aside: the citizen says code and number at the desk, and the official sees it.

It is looking along, no more: nothing is taken over, so the citizen can still go on with the same code.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from kiosk.records import answering, calls, disclosures, parking, visits
from kiosk.records.calls import Call
from kiosk.records.parking import Kept
from kiosk.web import calling, console, staffing, visiting
from kiosk.web.calling import Whereabouts
from kiosk.web.parts import house

blueprint = Blueprint("opening", __name__, url_prefix="/console/visits")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.before_request(staffing.officials_only)
blueprint.context_processor(console.of_every_page)


@blueprint.get("/")
def index() -> str:
    """Where code and number are typed."""
    return render_template("console/opening.html", code="", wrong=False)


@blueprint.post("/")
def open_() -> Response | tuple[str, int]:
    """Look along in the visit of this code and number; a wrong try is counted as a citizen's own is."""
    code, number, me = request.form.get("code", ""), request.form.get("number", ""), staffing.signed_in()
    with house.database.write(durable=True) as connection:
        kept = parking.look(connection, code, number, who=f"staff {me.name}", now=house.clock())
        call = sit_down_with(connection, kept) if kept else None
    if call is None:
        return render_template("console/opening.html", code=code, wrong=True), 422
    return redirect(url_for("looking.along", call=call.id), 303)


def sit_down_with(connection: Connection, kept: Kept) -> Call:
    """The call in which the reader looks along; who looked at which errand is noted for half a year."""
    me, now = staffing.signed_in(), house.clock()
    errands = visits.errands(connection, kept.id)
    for errand in errands:
        disclosures.note(connection, errand, disclosures.WHOLE, me, now)
    seen = Whereabouts.of(visiting.taken(errands[-1])) if errands else Whereabouts()
    call = calling.raise_about(connection, kept, kept.language, seen, "along")
    calls.let(connection, kept.id, "along")
    answering.sit_down(connection, call, me, now)
    return call
