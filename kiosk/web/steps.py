"""The questions of a journey, one a screen: shown, answered, taken out again."""

from contextlib import suppress
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.journeys import fields, screens
from kiosk.journeys.flow import Point, without_round
from kiosk.journeys.model import Step
from kiosk.journeys.rules import Answers
from kiosk.records import figures, prints, visits
from kiosk.records.database import announce
from kiosk.web import asking, beside, clashing, earlier, intros, onepart, preferences, visiting
from kiosk.web.counting import tally
from kiosk.web.errors import NoSuchPage
from kiosk.web.keeping import keep, keep_aside
from kiosk.web.languages import current_language, locale_name, say_for
from kiosk.web.parts import house
from kiosk.web.visiting import Taken, taken_or_404

blueprint = Blueprint("steps", __name__)


@blueprint.get("/visit/<int(max=9999):number>/<key>")
def step(number: int, key: str) -> onepart.Answer:
    """One question, or one part in express; where you are when it is not its turn."""
    taken = taken_or_404(number)
    by_part = onepart.is_part(taken.version.journey, key)
    if not by_part:
        step_or_404(taken, key)
    if taken.errand.state != "open" or not (by_part or taken.reaches(key)):
        return redirect(taken.url, 303)
    visiting.touch()
    return onepart.show(taken, key) if by_part else show(taken, taken.position.point(key))


def step_or_404(taken: Taken, key: str) -> Step:
    """The step that a key names, on the route or off it; raises `NoSuchPage`."""
    found = taken.version.journey.step_at(key)
    if found is None:
        raise NoSuchPage
    return found


def show(taken: Taken, point: Point, error: fields.FieldError | None = None) -> str:
    """The page of one question, a referral or a kind stop; with what was given when that was refused."""
    changing = "change" in request.values
    if error or point.step.does != "ask" or point.key in taken.errand.answers:
        return render(taken, point, changing, error)
    known = earlier.answers(taken, (point,))
    if known or visiting.is_calling():
        return render(taken, point, changing, known=known)
    before, kiosk, language = taken.position.before(point.key), taken.errand.kiosk, current_language().code
    errand = (taken.version.id, taken.errand.number, taken.errand.way)
    seen = (before and before.key, point.key, taken.place_of(point.part), changing)
    return preferences.kept_page((*errand, *seen, kiosk, language), lambda: render(taken, point, changing))


def render(
    taken: Taken,
    point: Point,
    changing: bool,
    error: fields.FieldError | None = None,
    known: Answers = screens.NO_ANSWERS,
) -> str:
    """The page, made now: the same for all at the kiosk, where nothing is known and nobody called."""
    given = request.form.to_dict(flat=False) if error else None
    screen = screens.step_screen(
        taken.version,
        point,
        taken.errand.answers,
        house.day(),
        say_for(taken.version),
        locale=locale_name(),
        facts=visiting.facts_at(taken.errand.kiosk, locale_name()),
        earlier=known,
        given=given,
        error=error,
    )
    screen = beside.screen(taken, point, screen, earlier=known, given=given, error=error)
    before = taken.position.before(point.key)
    back = (
        url_for("ending.review", number=taken.errand.number) if changing else before and taken.url_of(before)
    )
    return render_template(
        f"citizen/{screen.kind}.html",
        screen=screen,
        errand=taken.errand,
        place=taken.place_of(point.part),
        action=taken.url_of(point),
        back=back or url_for("citizen.journey", journey=taken.version.journey.name),
        change=changing,
        **MORE.get(screen.kind, nothing_more)(taken, screen),
    )


def nothing_more(_taken: Taken, _screen: screens.Screen) -> dict[str, Any]:
    """What a question needs beside its screen."""
    return {}


def more_of_stop(taken: Taken, screen: screens.Screen) -> dict[str, Any]:
    """How it went, and the print of a kind stop that says what to do instead."""
    asked = asking.asked_of(taken)
    if not screen.do:
        return {"asked": asked}
    with house.database.read() as connection:
        return {"asked": asked, "job": prints.of_errand(connection, taken.errand.id)}


def more_of_suggestion(_taken: Taken, screen: screens.Screen) -> dict[str, Any]:
    """The tiles of the journeys that are suggested and can be begun."""
    return {
        "suggested": [intros.tile(each) for each in intros.live() if each.journey.name in screen.journeys]
    }


MORE = {"stop": more_of_stop, "suggest": more_of_suggestion}
"""What the page of a kind of screen shows beside its step."""


@blueprint.post("/visit/<int(max=9999):number>/<key>")
def answer(number: int, key: str) -> onepart.Answer:
    """Take the answer to one question, or to those of a part; a refused one comes back with the reason."""
    taken = taken_or_404(number)
    if onepart.is_part(taken.version.journey, key) and taken.errand.state == "open":
        return onepart.take(taken, key)
    asked = step_or_404(taken, key)
    try:
        kept = taken.errand.answers.get(key)
        value = fields.read(asked, request.form.to_dict(flat=False), house.day(), kept)
    except fields.FieldError as error:
        return refuse(taken, key, error)
    value = clashing.chosen(taken, key, value)
    then = taken.with_answers({**taken.errand.answers, key: value})
    # What leads to a question never depends on its own answer, so one walk tells whether it was asked.
    if taken.errand.state != "open" or asked.ends or not then.reaches(key):
        if not asked.ends:
            keep_aside(taken, key, value, beside.writer())
        return redirect(taken.url, 303)
    point = then.position.point(key)
    if clashing.clash(taken, {key: value}, beside.writer()):
        return onepart.choose(taken, point, value)
    try:
        return redirect(save(taken, then, point), 303)
    except visits.Overtaken:
        return answer(number, key)


def refuse(taken: Taken, key: str, error: fields.FieldError) -> Response | tuple[str, int]:
    """The question again, with the reason; or where you are when it was not its turn."""
    if taken.errand.state != "open" or not taken.reaches(key):
        return redirect(taken.url, 303)
    point = taken.position.point(key)
    with house.database.write() as connection:
        figures.count(connection, tally(taken, point, refused=1))
    return show(taken, point, error), 422


def save(taken: Taken, then: Taken, point: Point) -> str:
    """Keep the answer that `then` has at this point; gives the address of what comes next.

    After a change from the review only what is newly needed is asked; otherwise the next question comes,
    answered before or not.
    """
    coming = then.position.here if "change" in request.form else then.position.onward(point.key)
    keep(taken, then, [point], coming, beside.writer())
    return then.url_after(point.part, coming)


@blueprint.post("/visit/<int(max=9999):number>/remove")
def remove(number: int) -> Response:
    """Take one round out of a repeated part: a person who does not come along after all."""
    taken = taken_or_404(number)
    part, round_ = request.form.get("part", ""), request.form.get("round", type=int)
    if round_ is None or taken.version.journey.part(part) is None:
        raise NoSuchPage
    then = taken.with_answers(without_round(taken.errand.answers, part, round_))
    entered_by = without_round(taken.errand.entered_by, part, round_)
    if taken.errand.state == "open":
        with suppress(visits.Overtaken), house.database.write() as connection:
            visits.replace_answers(connection, taken.errand, then.errand.answers, house.clock(), entered_by)
            if visiting.is_calling():
                announce(connection, f"visit:{taken.errand.visit}")
    return redirect(then.url, 303)
