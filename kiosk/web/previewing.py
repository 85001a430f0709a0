"""How a journey will look, before anybody takes it: its state, its examples, and every screen of one."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template, request

from kiosk.journeys import deadlines, drawing, screens
from kiosk.journeys.files import UnknownJourney, Version
from kiosk.journeys.flow import Position
from kiosk.journeys.pieces import Example
from kiosk.journeys.review import play
from kiosk.journeys.rules import Day
from kiosk.journeys.screens import Screen, Summary
from kiosk.site import Language
from kiosk.web import console, languages, staffing, visiting
from kiosk.web.errors import NoSuchPage
from kiosk.web.parts import house
from kiosk.web.printout import say_in

blueprint = Blueprint("previewing", __name__, url_prefix="/console/journeys")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.context_processor(console.of_every_page)
blueprint.register_error_handler(NoSuchPage, console.nothing_here)

STATES = {"draft": "Concept", "live": "In gebruik", "retired": "Niet meer in gebruik"}


@dataclass(frozen=True)
class Preview:
    """One example of a journey, taken in one language: what is shown on the way, and how it ends."""

    name: str
    screens: tuple[Screen, ...]
    ends: str
    due: date | None
    summary: Summary


@blueprint.get("/")
def index() -> str:
    """All journeys, drafts and retired ones too, with what is wrong with their files."""
    house.shelf.refresh()
    return render_template(
        "console/journeys.html",
        versions=house.shelf.versions(),
        problems=house.shelf.problems(),
        worker_silent=False,
        words=STATES,
    )


@blueprint.get("/<name>")
def journey(name: str) -> str:
    """Every example of one journey as it will look, in the language that is asked for."""
    version, spoken = version_or_404(name), languages.language(request.args.get("language", ""))
    return render_template(
        "console/preview.html",
        version=version,
        words=STATES,
        languages=house.site.languages,
        spoken=spoken,
        previews=[preview(version, example, spoken) for example in version.journey.examples],
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


def preview(version: Version, example: Example, spoken: Language) -> Preview:
    """The example, walked on its own day at the first kiosk."""
    position, _ = play(version.journey, example)
    day = Day(example.today, frozenset(example.holidays))
    due = deadlines.due(version.journey, position, example.today, day)
    facts = visiting.facts_at(house.site.kiosks[0].name, spoken.locale)
    taken = screens.Taken(version, position.answers, "open", due=due)
    say = say_in(version, spoken)
    return Preview(
        example.name,
        tuple(shown(version, position, day, spoken)),
        example.ends,
        due,
        screens.summary(taken, day, say, locale=spoken.locale, facts=facts),
    )


def shown(version: Version, position: Position, day: Day, spoken: Language) -> list[Screen]:
    """The screens on the way, with the example's answers in them."""
    facts = visiting.facts_at(house.site.kiosks[0].name, spoken.locale)
    return [
        screens.step_screen(
            version,
            point,
            position.answers,
            day,
            say_in(version, spoken),
            locale=spoken.locale,
            facts=facts,
        )
        for point in position.points
    ]
