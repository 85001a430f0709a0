"""Asking how it went: on the last screen of an errand, at a kind stop, and once everything is wiped."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from kiosk.records import visits
from kiosk.records.visits import Visit
from kiosk.web import cookies, visiting
from kiosk.web.counting import AT_REVIEW, step_of
from kiosk.web.errors import NoSuchPage, VisitOver
from kiosk.web.languages import current_language
from kiosk.web.opinions import ASK, FACES, FINISHED, REASONS, STOPPED, THANKS, Asked, one_of, take_down
from kiosk.web.parts import house
from kiosk.web.visiting import Taken, taken_or_404

blueprint = Blueprint("asking", __name__)

IN_VISIT = "opinions"
"""Where the visit's preferences keep how far each errand's asking is, until the wipe."""
AFTER, SEPARATOR = "ended", ":"
AFTER_S = 120
"""How long it can be said after the wipe how it went. The cookie names a version, a step and an outcome."""


def asked_of(taken: Taken) -> Asked | None:
    """What is asked of an errand of the visit under way, once it is done or came to a kind stop."""
    if taken.errand.state == "open" and taken.position.ending != "stop":
        return None
    return asked_now(taken)


def asked_now(taken: Taken) -> Asked:
    """What is asked of an errand of the visit under way, were it to end here."""
    visit, number = visiting.current(), taken.errand.number
    outcome = STOPPED if taken.errand.state == "open" else FINISHED
    at, stage = url_for("asking.give", number=number), stage_in(visit, number) if visit else ASK
    return Asked(taken.version.id, step_of(taken.position.here), outcome, at, stage)


def stage_in(visit: Visit, number: int) -> str:
    """How far the asking about this errand is."""
    stage: str = visit.preferences.get(IN_VISIT, {}).get(str(number), ASK)
    return stage


def asked_or_404(taken: Taken) -> Asked:
    """What is asked of this errand; raises `NoSuchPage` while it is under way."""
    asked = asked_of(taken)
    if asked is None:
        raise NoSuchPage
    return asked


@blueprint.get("/visit/<int(max=9999):number>/opinion")
def why(number: int) -> Response | str:
    """Why this face? Or where you are, when that is not to be asked."""
    taken = taken_or_404(number)
    asked = asked_or_404(taken)
    visiting.touch()
    return ask_why(asked) if asked.reasons else redirect(taken.url, 303)


@blueprint.post("/visit/<int(max=9999):number>/opinion")
def give(number: int) -> Response:
    """Count the face or the reason: once, however often the button is tapped."""
    taken, kiosk = taken_or_404(number), own_kiosk()
    asked = asked_or_404(taken)
    with house.database.write() as connection:
        visit = visit_held(connection, taken)
        after = take_down(connection, replace(asked, stage=stage_in(visit, number)), kiosk)
        visits.prefer(connection, visit.id, IN_VISIT, {str(number): after.stage})
    return redirect(url_for("asking.why", number=number), 303)


def visit_held(connection: Connection, taken: Taken) -> Visit:
    """The visit as it is now; of two taps at once the second waits here. Raises `VisitOver`."""
    now = house.clock()
    visits.touch(connection, taken.errand.visit or "", now)
    visit = visits.by_token(connection, cookies.read(cookies.VISIT), now, limit_s=visiting.limit_s())
    if visit is None:
        raise VisitOver
    return visit


def ask_why(asked: Asked) -> str:
    """The page with the reasons."""
    return render_template("citizen/opinion.html", asked=asked, stopped=asked.outcome == STOPPED)


def own_kiosk() -> str:
    """The name of the kiosk this browser is; raises `NoSuchPage` on a device that is not enrolled."""
    kiosk = visiting.current_kiosk()
    if kiosk is None:
        raise NoSuchPage
    return kiosk.name


# After the wipe there is no visit: a cookie of two minutes says which version, and how it ended.


def ask_after(response: Response, asked: Asked | None) -> Response:
    """The response, which has the next page ask what was not asked before."""
    return keep_after(response, asked) if asked and asked.stage == ASK else forget_after(response)


def keep_after(response: Response, asked: Asked) -> Response:
    """The response, with the cookie of what is asked after the wipe."""
    response.set_cookie(
        AFTER,
        SEPARATOR.join((asked.version, asked.step, asked.outcome, asked.stage)),
        max_age=AFTER_S,
        httponly=True,
        secure=house.settings.https,
        samesite="Strict",
    )
    return response


def forget_after(response: Response) -> Response:
    """The response, which has the browser forget what would be asked."""
    response.delete_cookie(AFTER)
    return response


def asked_after() -> Asked | None:
    """What is asked about the errand that the wiped visit was busy with; nothing when there is none.

    The browser may say anything: raises `NoSuchPage` for what does not exist.
    """
    told = request.cookies.get(AFTER, "").split(SEPARATOR)
    if len(told) != len(("version", "step", "outcome", "stage")):
        return None
    version, step, outcome, stage = told
    journey = visiting.kept_version(version).journey
    if step != AT_REVIEW and journey.step_at(step) is None:
        raise NoSuchPage
    at = url_for("asking.give_after", language=current_language().code)
    return Asked(version, step, one_of(REASONS, outcome), at, one_of({ASK, THANKS, *FACES}, stage))


def asked_after_or_404() -> Asked:
    """What is asked after the wipe; raises `NoSuchPage` when there is nothing."""
    asked = asked_after()
    if asked is None:
        raise NoSuchPage
    return asked


@blueprint.get("/ended/opinion")
def why_after() -> Response | str:
    """Why this face? Or the last page, when that is not to be asked."""
    asked = asked_after()
    if asked and asked.reasons:
        return ask_why(asked)
    return redirect(url_for("leaving.ended", language=current_language().code), 303)


@blueprint.post("/ended/opinion")
def give_after() -> Response:
    """Count the face or the reason. The cookie then says what was asked already."""
    asked, kiosk = asked_after_or_404(), own_kiosk()
    with house.database.write() as connection:
        after = take_down(connection, asked, kiosk)
    response = redirect(url_for("asking.why_after", language=current_language().code), 303)
    return keep_after(response, after)
