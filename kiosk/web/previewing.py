"""How a journey will look, before anybody takes it: its state, its examples, and every screen of one."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, Response, render_template, request

from kiosk.journeys import deadlines, drawing, screens
from kiosk.journeys.fields import FieldError
from kiosk.journeys.files import UnknownJourney, Version
from kiosk.journeys.flow import Position
from kiosk.journeys.pieces import Example
from kiosk.journeys.review import play, review
from kiosk.journeys.rules import Day
from kiosk.journeys.screens import Screen, Summary
from kiosk.journeys.wording import fill
from kiosk.site import Language
from kiosk.web import console, languages, promises, staffing, visiting
from kiosk.web.errors import NoSuchPage
from kiosk.web.parts import house
from kiosk.web.printout import say_in

blueprint = Blueprint("previewing", __name__, url_prefix="/console/journeys")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.context_processor(console.of_every_page)
blueprint.register_error_handler(NoSuchPage, console.nothing_here)

STATES = {"draft": "Concept", "live": "In gebruik", "retired": "Niet meer in gebruik"}
ENDS = {
    "prepared": "klaargezet",
    "arranged": "geregeld",
    "referred": "naar een medewerker",
    "stopped": "gestopt",
    "suggested": "andere vragen voorgesteld",
    "open": "nog niet klaar",
    "refused": "laatste antwoord geweigerd",
}
KEPT = ("prepared", "arranged", "referred")
"""Ends after which the summary is that of an errand; before any other nothing has been sent."""


@dataclass(frozen=True)
class Seen:
    """One screen on the way, and the answer that the example gives there."""

    screen: Screen
    answer: str


@dataclass(frozen=True)
class Preview:
    """One example of a journey, taken in one language: what is shown on the way, and where it ends."""

    example: Example
    seen: tuple[Seen, ...]
    due: date | None
    summary: Summary


@blueprint.context_processor
def words() -> dict[str, Any]:
    """How staff read states, ends and days of journeys."""
    facts = house.site.facts(house.site.locale)
    return {
        "journey_states": STATES,
        "ends": ENDS,
        "on_day": promises.on_day,
        "own": partial(fill, facts=facts),
    }


@blueprint.get("/")
def index() -> str:
    """All journeys, drafts and retired ones too, with what is wrong with their files."""
    wrong = console.problems()
    return render_template(
        "console/journeys.html", versions=house.shelf.versions(), problems=wrong, worker_silent=False
    )


@blueprint.get("/<name>")
def journey(name: str) -> str:
    """Every example of one journey as it will look, in the language that is asked for."""
    version, spoken = version_or_404(name), languages.language(request.args.get("language", ""))
    return render_template(
        "console/preview.html",
        version=version,
        problems=review(version),
        languages=house.site.languages,
        spoken=spoken,
        previews=list(previews(version, spoken)),
    )


@blueprint.get("/<name>/graph.svg")
def graph(name: str) -> Response:
    """The journey as a drawing."""
    return Response(drawing.drawing(version_or_404(name).journey), mimetype="image/svg+xml")


def version_or_404(name: str) -> Version:
    """The last good version of this journey, whatever its state; raises `NoSuchPage`."""
    house.shelf.refresh()
    try:
        return house.shelf.version(name)
    except UnknownJourney:
        raise NoSuchPage from None


def previews(version: Version, spoken: Language) -> Iterator[Preview]:
    """The examples in order, but for those with an answer that is refused: the review names them."""
    for example in version.journey.examples:
        with suppress(FieldError):
            yield preview(version, example, play(version.journey, example)[0], spoken)


def preview(version: Version, example: Example, position: Position, spoken: Language) -> Preview:
    """The example as it was walked on its own day, at the first kiosk."""
    day = Day(example.today, frozenset(example.holidays))
    due = deadlines.due(version.journey, position, example.today, day)
    say, facts = say_in(version, spoken), visiting.facts_at(house.site.kiosks[0].name, spoken.locale)
    state = example.ends if example.ends in KEPT else "open"
    taken = screens.Taken(version, position.answers, state, confirmed_on=example.today, due=due)
    summary = screens.summary(taken, day, say, locale=spoken.locale, facts=facts)
    given = {row.key: row.text for row in summary.rows}
    shown = (
        screens.step_screen(version, point, position.answers, day, say, locale=spoken.locale, facts=facts)
        for point in position.points
    )
    return Preview(example, tuple(Seen(each, given.get(each.key, "")) for each in shown), due, summary)
