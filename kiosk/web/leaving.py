"""Going away: for a moment, or for good."""

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from kiosk.records import calls, figures, parking, prints, visits
from kiosk.records.visits import Visit
from kiosk.web import asking, cookies, offering, visiting
from kiosk.web.counting import tally
from kiosk.web.parts import house

blueprint = Blueprint("leaving", __name__)

CODE, SEPARATOR = "parked", "."
CODE_SHOWN_S = 60
"""How long the code of a parked visit can be read on the kiosk: whoever walks up later must not find it."""


@blueprint.post("/visit/park")
def park() -> Response:
    """ "I'll be right back": the visit waits under a short code, and this browser lets go of it."""
    visit = visiting.current()
    if visit is None:
        return redirect(url_for("citizen.start"), 303)
    count_all(visit, "parked")
    code = put_aside(visit, lambda connection: parking.park(connection, visit, house.clock()))
    response = cookies.take(redirect(url_for("leaving.parked", language=visit.language), 303), cookies.VISIT)
    minutes = parking.AWAY * visit.times // timedelta(minutes=1)
    return show_for(response, CODE, f"{code}{SEPARATOR}{minutes}", CODE_SHOWN_S * visit.times)


def put_aside(visit: Visit, park: Callable[[Connection], str]) -> str:
    """Let nobody come for this visit any more, and put it aside; gives its code."""
    with house.database.write(durable=True) as connection:
        calls.cancel(connection, visit.id, house.clock())
        return park(connection)


def show_for(response: Response, name: str, code: str, seconds: int) -> Response:
    """The response, with a code that this browser can show for so many seconds."""
    secure = house.settings.https
    response.set_cookie(name, code, max_age=seconds, httponly=True, secure=secure, samesite="Strict")
    return response


@blueprint.get("/visit/parked")
def parked() -> Response | str:
    """The code for a minute, then a covered screen that asks for it."""
    code, _, minutes = request.cookies.get(CODE, "").partition(SEPARATOR)
    page = render_template("citizen/parked.html", code=code, minutes=minutes, wrong=False)
    return covered_after(CODE_SHOWN_S, page) if code else page


def covered_after(seconds: int, page: str) -> Response:
    """A page with a code on it, which the browser fetches anew when the code may be read no longer.

    Nobody is there to be warned: what is protected is what somebody left on the screen (WCAG 2.2, 2.2.1).
    """
    response = current_app.make_response(page)
    response.headers["Refresh"] = str(seconds + 1)
    return response


@blueprint.post("/visit/cover")
def cover() -> Response:
    """Take the code off the screen."""
    response = redirect(url_for("leaving.parked", language=request.args.get("language")), 303)
    response.delete_cookie(CODE)
    return response


@blueprint.post("/visit/resume")
def resume() -> Response | tuple[str, int]:
    """Go on with a visit that was put aside, here, at another kiosk or on an own device.

    A longer code goes with a number, which is asked for whether there is such a code or not.
    """
    if locked := offering.refuse_when_locked():
        return locked, 200
    code, number = request.form.get("code", ""), request.form.get("number", "")
    own = "own" in request.form and not cookies.read(cookies.KIOSK)
    later = parking.is_later(code)
    if later and not number:
        return render_template("citizen/later_number.html", code=code, own=own, wrong=False), 200
    token = taken_up(code, number, own)
    if token is None:
        page = "citizen/later_number.html" if later else "citizen/parked.html"
        return render_template(page, code=code if later else None, own=own, wrong=True), 422
    response = cookies.give(redirect(url_for("citizen.visit"), 303), cookies.VISIT, token)
    response.delete_cookie(CODE)
    return response


def taken_up(code: str, number: str, own: bool) -> str | None:
    """The token of the visit that goes on here; nothing when it does not."""
    kiosk = None if own else visiting.current_kiosk()
    with house.database.write() as connection:
        return parking.unpark(
            connection,
            code,
            number=number,
            kiosk=kiosk.name if kiosk else "",
            who=kiosk.name if kiosk else request.remote_addr or "",
            own_device=own,
            now=house.clock(),
        )


@blueprint.get("/visit/end")
def end() -> str:
    """Ask once more: stopping erases what is not confirmed."""
    visit = visiting.current()
    return render_template("citizen/end.html", paper=paper_of(visit) if visit else None)


@blueprint.post("/visit/end")
def end_now() -> Response:
    """Wipe the visit, here and in the browser."""
    visit, left = visiting.current(), visiting.latest()
    asked = asking.asked_now(left) if left else None
    paper = paper_of(visit) if visit else None
    if visit:
        wipe(visit)
    spoken = visit.language if visit else None
    response = cookies.take(
        redirect(url_for("leaving.ended", language=spoken, paper=paper), 303), cookies.VISIT
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return asking.ask_after(response, asked)


@blueprint.get("/ended")
def ended() -> str:
    """Everything is erased; how did it go? And where is the paper?"""
    return render_template("citizen/ended.html", asked=asking.asked_after(), paper=request.args.get("paper"))


def paper_of(visit: Visit) -> str | None:
    """Whether paper of this visit lies in the slot (`there`) or is on its way to it (`coming`), if any."""
    with house.database.read() as connection:
        states = {job.state for job in prints.of_visit(connection, visit.id)}
    if states & set(prints.RUNNING):
        return "coming"
    return "there" if "printed" in states else None


def wipe(visit: Visit) -> None:
    """End the visit, counted at the step where it stopped, whoever ends it."""
    count_all(visit, "stopped")
    with house.database.write(durable=True) as connection:
        visits.wipe(connection, visit.id)


def count_all(visit: Visit, column: str) -> None:
    """Count this of every open errand of the visit, at the step where it stands."""
    with house.database.read() as connection:
        errands = visits.errands(connection, visit.id)
    taken = (visiting.taken(errand) for errand in errands if errand.state == "open")
    rows = [row for each in taken for row in tally(each, each.position.here, **{column: 1})]
    with house.database.write() as connection:
        figures.count(connection, rows)
