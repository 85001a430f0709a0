"""The time limits of a visit as its citizen meets them, and "I am still here" (norms TIM-01 to TIM-09).

The script warns on the page itself. The server ends a visit whatever the browser does, and where no script
warns it asks in place of the next page.
"""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.records import lasting, visits
from kiosk.web import preferences, visiting
from kiosk.web.errors import StillThere
from kiosk.web.parts import house, unchanged

blueprint = Blueprint("staying", __name__)

COVERED_AFTER_S = 60
"""How long what somebody filled in is read by nobody, until it is covered (EN 301 549, 4.2.11)."""
TOLD_AT_S = (180, 120, 60, 30, 10)
"""At how many seconds before the end the warning says so aloud: now and then, not every second."""


@dataclass(frozen=True)
class Limits:
    """In seconds, what a screen waits for: the warning, the end after it, and the cover before it."""

    idle: int
    warn: int
    cover: int = COVERED_AFTER_S
    times: int = lasting.TIMES
    told_at: tuple[int, ...] = TOLD_AT_S


def limits() -> Limits | None:
    """The limits where a visit is under way, and somebody else may come to the screen next."""
    visit = visiting.current()
    return Limits(house.settings.idle_s, house.settings.warn_s) if visit and not visit.own_device else None


def minutes_alone() -> int | None:
    """After how many minutes without a touch a visit is wiped, never rounded up; nothing on an own device."""
    visit = visiting.current()
    if visit and visit.own_device:
        return None
    whole = (house.settings.idle_s + house.settings.warn_s) * (visit.times if visit else 1)
    return max(1, whole // 60)


@blueprint.post("/visit/touch")
def touch() -> Response:
    """For the script: the screen was touched. 200 says that it is time to ask who is there, 204 nothing."""
    visit = visiting.current()
    if visit is None:
        return redirect(url_for("leaving.ended"), 303)
    visiting.touch()
    return Response(status=200) if visit.is_to_be_asked(house.clock()) else unchanged()


@blueprint.post("/visit/stay")
def stay() -> Response:
    """ "I am still here": the time begins anew, and from now on three times as long for who asks for that.

    The script stays on its page; a form says where it leads.
    """
    visit = visiting.current()
    if visit is None:
        return redirect(url_for("leaving.ended"), 303)
    with house.database.write() as connection:
        visits.stay(connection, visit.id, house.clock())
    if "slow" in request.form:
        preferences.prefer(visit, {"slow": "yes"})
    onward = request.form.get("next")
    return redirect(visiting.own_path(onward), 303) if onward else unchanged()


@blueprint.app_errorhandler(StillThere)
def ask(_: StillThere) -> str:
    """Ask in place of the page whether somebody is still there; the answer leads on to that page."""
    visiting.touch()
    return render_template("citizen/still.html", next=visiting.here())
