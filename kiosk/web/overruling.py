"""An official lets a citizen past the end of a route, with a reason; some rules always hold."""

from contextlib import suppress
from typing import Any, TypeGuard

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.journeys import fields
from kiosk.journeys.flow import Point
from kiosk.records import database, visits
from kiosk.records.calls import Call
from kiosk.records.visits import Handled
from kiosk.web import console, filling, looking, sheets, staffing, visiting
from kiosk.web.errors import NoSuchPage
from kiosk.web.parts import house
from kiosk.web.visiting import Taken

blueprint = Blueprint("overruling", __name__, url_prefix="/console")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.context_processor(console.of_every_page)
blueprint.register_error_handler(filling.NotTogether, filling.only_looking)
blueprint.register_error_handler(looking.NotShared, lambda error: looking.unshared(error.call))
blueprint.register_error_handler(NoSuchPage, console.nothing_here)

NO_REASON = "Schrijf op waarom de burger verder mag. De reden blijft bij de aanvraag staan."
READ_AGAIN = "Er is niets veranderd. Lees deze aanvraag nog eens: er staat nu iets anders dan u zag."
VISIT_OVER = "Er is niets veranderd. Het bezoek van de burger aan de kiosk is voorbij."


@blueprint.post("/errands/<errand>/overrule")
def overrule(errand: str) -> Response | tuple[str, int]:
    """Let the citizen go on at the kiosk; of two officials one does, and only past the end that they read."""
    staffing.require("official")
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


@blueprint.get("/calls/<call>/overrule")
def beside(call: str) -> Response | str:
    """What the citizen reads where their route ends, and where to write why they may go on all the same."""
    staffing.require("official")
    found, taken = looking.together(call)
    here = taken.position.here
    if here is None or not looking.overrulable(here):
        return redirect(url_for("looking.along", call=call), 303)
    return beside_page(found, taken, here)


@blueprint.post("/calls/<call>/overrule")
def let_past_beside(call: str) -> Response | tuple[str, int]:
    """Let the citizen past the end that the official read, a kind stop too; not past another."""
    staffing.require("official")
    found, taken = looking.together(call)
    here, reason = taken.position.here, request.form.get("why", "").strip()
    if here and looking.overrulable(here) and request.form.get("end") == here.key:
        if not reason:
            return beside_page(found, taken, here, NO_REASON), 422
        keep_reason(taken, here, reason)
    return redirect(url_for("looking.along", call=call), 303)


@blueprint.get("/calls/<call>/limit")
def limit(call: str) -> Response | str:
    """The question at which the citizen stands, and where to answer it beyond its limit, with a reason."""
    staffing.require("official")
    found, taken = filling.together(call)
    here = taken.position.here
    if not limited(here):
        return redirect(url_for("looking.along", call=call), 303)
    return limit_page(found, taken, here)


@blueprint.post("/calls/<call>/limit")
def let_past_limit(call: str) -> Response | tuple[str, int]:
    """Give the answer for the citizen, beyond the limit of the question that the official read."""
    staffing.require("official")
    found, taken = filling.together(call)
    here, reason = taken.position.here, request.form.get("why", "").strip()
    if limited(here) and request.form.get("key") == here.key:
        try:
            value = fields.read_beyond(here.step, request.form.to_dict(flat=False), house.day())
        except fields.FieldError as error:
            return limit_page(found, taken, here, error), 422
        if not reason:
            return limit_page(found, taken, here, why=NO_REASON), 422
        keep_beyond(taken, here, value, reason)
    return redirect(url_for("looking.along", call=call), 303)


def limited(here: Point | None) -> TypeGuard[Point]:
    """Whether the citizen stands at a question with a limit past which an official may let them."""
    return here is not None and not here.step.ends and fields.may_overrule(here.step)


def limit_page(
    call: Call, taken: Taken, here: Point, error: fields.FieldError | None = None, why: str = ""
) -> str:
    """The page of that question, with what was typed there."""
    typed = request.form.to_dict(flat=False) if request.method == "POST" else None
    screen = looking.in_dutch(taken, here, given=typed, error=error)
    return render_template("console/limit.html", call=call, asked=screen, name=here.step.name, why=why)


def keep_beyond(taken: Taken, here: Point, value: Any, reason: str) -> None:
    """Keep the answer with who let it pass and why; the citizen's screen goes on."""
    me, now = staffing.signed_in(), house.clock()
    with suppress(visits.Overtaken), house.database.write() as connection:
        if visits.save_answers(
            connection, taken.errand, {here.key: value}, now, by=me.name, why=reason, shared=True
        ):
            database.announce(connection, f"visit:{taken.errand.visit}")


def beside_page(call: Call, taken: Taken, here: Point, error: str = "") -> str:
    """The page of the end at which the citizen stands."""
    return render_template("console/let_past.html", call=call, end=looking.in_dutch(taken, here), error=error)


def keep_reason(taken: Taken, here: Point, reason: str) -> None:
    """Keep who let the citizen past and why, as the answer of the end; their screen goes on."""
    me, now = staffing.signed_in(), house.clock()
    answer = {here.key: fields.overruled(me.name, reason)}
    with house.database.write(durable=True) as connection:
        if visits.save_answers(connection, taken.errand, answer, now, by=me.name):
            database.announce(connection, f"visit:{taken.errand.visit}")
