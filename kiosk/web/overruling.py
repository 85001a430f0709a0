"""An official lets a citizen past the end of a referred errand, with a reason; some rules always hold."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk.records import visits
from kiosk.records.visits import Handled
from kiosk.web import console, sheets, staffing, visiting
from kiosk.web.errors import NoSuchPage
from kiosk.web.parts import house

blueprint = Blueprint("overruling", __name__, url_prefix="/console/errands")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.context_processor(console.of_every_page)
blueprint.register_error_handler(NoSuchPage, console.nothing_here)

NO_REASON = "Schrijf op waarom de burger verder mag. De reden blijft bij de aanvraag staan."
READ_AGAIN = "Er is niets veranderd. Lees deze aanvraag nog eens: er staat nu iets anders dan u zag."
VISIT_OVER = "Er is niets veranderd. Het bezoek van de burger aan de kiosk is voorbij."


@blueprint.post("/<errand>/overrule")
def overrule(errand: str) -> Response | tuple[str, int]:
    """Let the citizen go on at the kiosk; of two officials one does, and only past the end that they read."""
    console.officials_only()
    found = console.handled_or_404(errand)
    reason = request.form.get("why", "").strip()
    if not reason:
        return console.sheet_page(found, why=NO_REASON), 422
    sheet = sheets.sheet(found, official=True)
    if sheet.overruling != "may" or not sheet.end or request.form.get("end") != sheet.end.key:
        return console.sheet_page(found, why=READ_AGAIN), 409
    if not let_past(found, sheet.end.key, reason):
        return console.sheet_page(found, why=VISIT_OVER), 409
    return redirect(url_for("console.errands", goes_on=found.kiosk), 303)


def let_past(errand: Handled, key: str, reason: str) -> bool:
    """Open the errand again in its visit; False, and nothing changes, when that is over or was left alone."""
    me, now = staffing.signed_in(), house.clock()
    with house.database.write(durable=True) as connection:
        here = visits.still_here(connection, errand.visit or "", now, limit_s=visiting.limit_s())
        return here and visits.overrule(connection, errand, key, me, reason, now)
