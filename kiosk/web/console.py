"""The console, for staff who sit: who needs help now, and what is waiting to be handled."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.journeys.files import Problem
from kiosk.records import calls, database, follow_ups, remarks, visits
from kiosk.records.visits import Handled
from kiosk.web import (
    learning,
    parcels,
    promises,
    ringing,
    sheets,
    staffing,
    telling,
    troubles,
    visiting,
    waiting,
)
from kiosk.web.errors import NoSuchPage, trouble_for
from kiosk.web.opinions import FACES
from kiosk.web.parts import house, is_htmx
from kiosk.web.visiting import here, known_kiosk
from kiosk.web.waiting import EXPERTISE, everyone

blueprint = Blueprint("console", __name__, url_prefix="/console")
blueprint.before_request(staffing.send_to_sign_in)

SHOWN = 8
"""How many errands stand beside the calls; all of them are one click away."""
WORKER_SILENT = timedelta(seconds=30)
ERRAND_VERBS = {"id-seen": visits.mark_seen, "process": visits.process}
LEARNERS = ("official", "supervisor")
"""Roles that see figures and opinions."""
COLUMNS = {
    "shown": "Getoond",
    "answered": "Beantwoord",
    "refused": "Geweigerd",
    "called": "Geroepen",
    "stopped": "Gestopt",
    "finished": "Klaar",
}
MOST_SIGNS = 2000
NO_REASON = "Schrijf op waarom het niet kan. De reden blijft bij de aanvraag staan."


@blueprint.context_processor
def of_every_page() -> dict[str, Any]:
    """Who is signed in, and how staff read states and moments."""
    me = staffing.current()
    if me is None:
        return {}
    return {
        "me": me,
        "learns": me.roles_of(*LEARNERS),
        "place": house.site.place(me.place),
        "here": here() if request.method == "GET" else url_for("console.index"),
        "expertise": [EXPERTISE.get(each, each) for each in me.expertise],
        "expertise_in_words": lambda name: EXPERTISE.get(name, name),
        "kiosk_title": lambda name: known_kiosk(name).title,
        "shown": staffing.shown,
        "states": sheets.STATES,
        "state_of": telling.standing,
        "title_of": sheets.title_of,
        "in_words": sheets.in_words,
        "promise_of": promises.promise_of,
    }


@blueprint.get("/")
def index() -> str:
    """Who needs help, what is waiting to be handled, and what is out of order."""
    return render_template("console/index.html", **work())


@blueprint.get("/calls")
def live_calls() -> Response | str:
    """The live part of the first page, for htmx; anyone else gets the page."""
    if not is_htmx():
        return redirect(url_for("console.index"), 303)
    response = current_app.make_response(render_template("console/_work.html", **work()))
    response.headers["Vary"] = "HX-Request"
    return response


def problems() -> tuple[Problem, ...]:
    """What is wrong with the newest journey files, whichever process read them first."""
    house.shelf.refresh()
    return house.shelf.problems()


def work() -> dict[str, Any]:
    """What the first page shows now."""
    now, me = house.clock(), staffing.signed_in()
    with house.database.read() as connection:
        todo = visits.to_handle(connection)
        left = {errand.visit: errand for errand in reversed(todo)}
        found = everyone(connection, me, now, left)
        beat, left_to_do = database.last_beat(connection), follow_ups.to_do(connection)
    lost = request.args.get("call", "")
    return {
        "calls": found,
        "at": url_for("console.index"),
        "shows": None,
        "ringing": sum(call.rings for call in found),
        "helped": waiting.HELPED,
        "lost": next((call for call in found if call.id == lost and not call.mine), None),
        "follow_ups": len(left_to_do),
        "errands": todo[:SHOWN],
        "more": max(0, len(todo) - SHOWN),
        "problems": problems(),
        "printer_troubles": troubles.now(),
        "worker_silent": beat is None or now - beat > WORKER_SILENT,
    }


@blueprint.get("/ringing")
def ringing_now() -> str:
    """How many calls ring for the reader, for pages that show no calls."""
    now, me = house.clock(), staffing.signed_in()
    with house.database.read() as connection:
        rings = sum(ringing.hears(call, me, now) for call in calls.open_calls(connection))
    return render_template("console/_ringing.html", ringing=rings)


@blueprint.get("/errands")
def errands() -> Response | str:
    """Everything that is waiting to be handled; a reference leads straight to its sheet."""
    wanted = request.args.get("reference", "").strip()
    with house.database.read() as connection:
        todo = visits.to_handle(connection)
        found = visits.by_reference(connection, wanted) if wanted else None
    if found:
        return redirect(url_for("console.errand", errand=found.id), 303)
    goes_on = request.args.get("goes_on", "")
    return render_template("console/errands.html", errands=todo, wanted=wanted, goes_on=goes_on)


@blueprint.get("/errands/<errand>")
def errand(errand: str) -> str:
    """One errand as one sheet in Dutch."""
    return sheet_page(handled_or_404(errand))


@blueprint.post("/errands/<errand>/<any('id-seen', process):verb>")
def act_on_errand(errand: str, verb: str) -> Response:
    """Note that the ID was seen (only then it is passed on, and that day counts), or that all is done."""
    staffing.require("official")
    handled_or_404(errand)
    with house.database.write(durable=True) as connection:
        ERRAND_VERBS[verb](connection, errand, staffing.signed_in(), house.clock())
    return redirect(url_for("console.errand", errand=errand), 303)


@blueprint.post("/errands/<errand>/refuse")
def refuse(errand: str) -> Response | tuple[str, int]:
    """Note that it cannot be done, and why."""
    staffing.require("official")
    found = handled_or_404(errand)
    reason = request.form.get("reason", "").strip()
    if not reason:
        return sheet_page(found, reason=NO_REASON), 422
    me, now = staffing.signed_in(), house.clock()
    withdrawals = parcels.withdrawals(found, now)
    with house.database.write(durable=True) as connection:
        visits.refuse(connection, errand, me, reason, now, withdrawals)
    return redirect(url_for("console.errand", errand=errand), 303)


@blueprint.get("/figures")
def figures() -> str:
    """What happened at each step of each version, beside what people said of it."""
    staffing.require(*LEARNERS)
    with house.database.read() as connection:
        said = remarks.everything(connection)
    return render_template(
        "console/figures.html",
        tables=learning.tables(),
        rounded=learning.rounded,
        columns=COLUMNS,
        faces=FACES,
        remarks=said,
    )


@blueprint.post("/figures")
def remark() -> Response:
    """Keep what a member of staff would change in this version of a journey."""
    text, version = request.form.get("text", "").strip(), request.form.get("version", "")
    staffing.require(*LEARNERS)
    kept = visiting.kept_version(version)
    if text:
        with house.database.write() as connection:
            remarks.write(connection, kept.id, text[:MOST_SIGNS], staffing.signed_in(), house.clock())
    return redirect(url_for("console.figures"), 303)


def handled_or_404(errand: str) -> Handled:
    """The confirmed or referred errand with this id; raises `NoSuchPage`."""
    with house.database.read() as connection:
        found = visits.handled(connection, errand)
    if found is None:
        raise NoSuchPage
    return found


def sheet_page(found: Handled, **errors: str) -> str:
    """The page of one sheet; with errors by the field they are about, beside what was typed there."""
    return render_template(
        "console/errand.html",
        sheet=sheets.sheet(found, "official" in staffing.signed_in().roles),
        errors=errors,
        typed=request.form,
    )


@blueprint.errorhandler(NoSuchPage)
def nothing_here(error: NoSuchPage) -> tuple[str, int]:
    """Nothing is kept under this address: handled and deleted, or never there."""
    return render_template("console/nothing.html"), trouble_for(error).status
