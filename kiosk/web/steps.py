"""The questions of a journey, one a screen: shown, answered, taken out again."""

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.journeys import fields, screens
from kiosk.journeys.flow import NotOnRoute, Point, without_round
from kiosk.records import figures, visits
from kiosk.web import visiting
from kiosk.web.counting import tally
from kiosk.web.errors import NoSuchPage
from kiosk.web.languages import locale_name, say_for
from kiosk.web.parts import house
from kiosk.web.visiting import Taken, taken_or_404

blueprint = Blueprint("steps", __name__)


@blueprint.get("/visit/<int(max=9999):number>/<key>")
def step(number: int, key: str) -> Response | str:
    """One question, or where you are when it is not its turn."""
    taken = taken_or_404(number)
    point = point_or_404(taken, key)
    if point is None or taken.errand.state != "open":
        return redirect(taken.url, 303)
    visiting.touch()
    return show(taken, point)


def point_or_404(taken: Taken, key: str) -> Point | None:
    """The point with that key; nothing when it is off the route. Raises `NoSuchPage` for an unknown step."""
    try:
        return taken.position.point(key)
    except NotOnRoute:
        if key.rpartition(".")[2] not in {*taken.version.journey.steps, "more"}:
            raise NoSuchPage from None
        return None


def show(taken: Taken, point: Point, error: fields.FieldError | None = None) -> str:
    """The page of one question, a referral or a kind stop; with what was given when that was refused."""
    screen = screens.step_screen(
        taken.version,
        point,
        taken.errand.answers,
        house.day(),
        say_for(taken.version),
        locale=locale_name(),
        facts=visiting.facts_at(taken.errand.kiosk),
        given=request.form.to_dict(flat=False) if error else None,
        error=error,
    )
    before = taken.position.before(point.key)
    changing = "change" in request.values
    back = (
        url_for("ending.review", number=taken.errand.number) if changing else before and taken.url_of(before)
    )
    return render_template(
        f"citizen/{screen.kind}.html",
        screen=screen,
        errand=taken.errand,
        action=taken.url_of(point),
        back=back or url_for("citizen.journey", journey=taken.version.journey.name),
        change=changing,
    )


@blueprint.post("/visit/<int(max=9999):number>/<key>")
def answer(number: int, key: str) -> Response | tuple[str, int]:
    """Take the answer to one question and go on; a refused one comes back with the reason."""
    taken = taken_or_404(number)
    point = point_or_404(taken, key)
    if point is None or taken.errand.state != "open":
        return redirect(taken.url, 303)
    try:
        value = fields.read(point.step, request.form.to_dict(flat=False), house.day())
    except fields.FieldError as error:
        with house.database.write() as connection:
            figures.count(connection, tally(taken, point, refused=1))
        return show(taken, point, error), 422
    return redirect(save(taken, point, value), 303)


def save(taken: Taken, point: Point, value: Any) -> str:
    """Keep one answer; gives the address of what comes next.

    After a change from the review only what is newly needed is asked; otherwise the next question comes,
    answered before or not.
    """
    then = taken.with_answers({**taken.errand.answers, point.key: value})
    going_back = None if "change" in request.form else then.position.after(point.key)
    coming = going_back or then.position.here
    now = house.clock()
    with house.database.write() as connection:
        visits.save_answers(connection, taken.errand, {point.key: value}, now)
        figures.count(
            connection,
            tally(taken, point, answered=1, seconds=_seconds_since(taken, now))
            + tally(then, coming, shown=1),
        )
    return then.url_of(coming) if coming else then.url


def _seconds_since(taken: Taken, now: datetime) -> int:
    return max(0, round((now - taken.errand.shown_at).total_seconds()))


@blueprint.post("/visit/<int(max=9999):number>/remove")
def remove(number: int) -> Response:
    """Take one round out of a repeated part: a person who does not come along after all."""
    taken = taken_or_404(number)
    part, round_ = request.form.get("part", ""), request.form.get("round", type=int)
    if round_ is None or taken.version.journey.part(part) is None:
        raise NoSuchPage
    then = taken.with_answers(without_round(taken.errand.answers, part, round_))
    if taken.errand.state == "open":
        with house.database.write() as connection:
            visits.replace_answers(connection, taken.errand, then.errand.answers, house.clock())
    return redirect(then.url, 303)
