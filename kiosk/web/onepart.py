"""The express way: one part on one screen, asked and answered together."""

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.journeys import express, screens
from kiosk.journeys.express import Page, Received
from kiosk.journeys.flow import NotOnRoute, Point
from kiosk.journeys.model import Journey
from kiosk.records import figures, visits
from kiosk.web import beside, clashing, earlier, visiting
from kiosk.web.counting import tally
from kiosk.web.keeping import keep
from kiosk.web.languages import current_language, locale_name, say_for
from kiosk.web.parts import house
from kiosk.web.visiting import Taken, taken_or_404

Answer = Response | str | tuple[str, int]


def is_part(journey: Journey, key: str) -> bool:
    """Whether a key names a part, or one round of it, and not a step."""
    name, dot, number = key.partition(".")
    return journey.part(name) is not None and (not dot or number.isdecimal())


def show(taken: Taken, key: str) -> Answer:
    """The screen of a part, or where you are when it is not its turn."""
    try:
        return render(taken, page_of(taken, key))
    except NotOnRoute:
        return redirect(taken.url, 303)


def page_of(taken: Taken, key: str) -> Page:
    """What the part asks now; raises `NotOnRoute`."""
    return express.page(taken.position, key, taken.errand.answers, house.day())


def take(taken: Taken, key: str) -> Answer:
    """Take the answers of a part and go on; what was right is kept even where something else was not."""
    try:
        page = page_of(taken, key)
    except NotOnRoute:
        return redirect(taken.url, 303)
    form = request.form.to_dict(flat=False)
    received = express.receive(page, taken.errand.answers, form, house.day())
    given = [
        each for each in page.points if each.key in received.answers and not clashing.lets_stand(each.key)
    ]
    answers = {point.key: received.answers[point.key] for point in given}
    if clash := clashing.clash(taken, answers, beside.writer()):
        return choose(taken, next(each for each in given if each.key == clash), answers[clash])
    then = taken.with_answers({**taken.errand.answers, **answers})
    coming = coming_after(then, page)
    try:
        if given:
            keep(taken, then, given, coming, beside.writer())
    except visits.Overtaken:
        return take(taken_or_404(taken.errand.number), key)
    if received.errors:
        return refuse(then, page, received)
    return redirect(then.url_after(page.part, coming), 303)


def choose(taken: Taken, point: Point, value: Any) -> tuple[str, int]:
    """The page that lays an answer beside the one that somebody else gave meanwhile, to choose from."""
    both = clashing.both(taken, point, value, current_language())
    return render_template("citizen/both.html", both=both, errand=taken.errand, action=request.path), 409


def coming_after(then: Taken, page: Page) -> Point | None:
    """What comes next: what this part has just made needed, else what stands behind it."""
    here = then.position.here
    if here is None or express.page_key(here.part, here.round) == page.key:
        return here
    last = next((point for point in reversed(page.points) if then.reaches(point.key)), None)
    return then.position.onward(last.key) if last else here


def refuse(then: Taken, page: Page, received: Received) -> tuple[str, int]:
    """The screen again, with the reason at each field that was refused."""
    refused = [point for point in page.points if point.key in received.errors]
    with house.database.write() as connection:
        figures.count(connection, [row for point in refused for row in tally(then, point, refused=1)])
    return render(then, page, received), 422


def render(taken: Taken, page: Page, received: Received | None = None) -> str:
    """The screen of a part: its questions in order, each with its explanation folded."""
    errors = received.errors if received else {}
    say, locale, known = say_for(taken.version), locale_name(), earlier.answers(taken, page.points)
    shown = []
    for point in page.points:
        given = request.form.to_dict(flat=False) if point.key in errors else None
        screen = screens.step_screen(
            taken.version,
            point,
            taken.errand.answers,
            house.day(),
            say,
            locale=locale,
            facts=visiting.facts_at(taken.errand.kiosk, locale),
            earlier=known,
            given=given,
            error=errors.get(point.key),
        )
        both = beside.screen(taken, point, screen, earlier=known, given=given, error=errors.get(point.key))
        shown.append(both)
    before = taken.position.before(page.points[0].key)
    journey = taken.version.journey
    return render_template(
        "citizen/part.html",
        title=say(page.part.title, journey.name),
        round=page.round,
        part=page.key,
        place=taken.place_of(page.part),
        name=say(journey.title, journey.name),
        drawing=journey.picture,
        screens=shown,
        fields=[field for screen in shown for field in screen.fields],
        errand=taken.errand,
        action=request.path,
        back=taken.url_of(before) if before else url_for("citizen.journey", journey=journey.name),
    )
