"""Opening covered answers, and for supervisors the list of who opened which; never what they say."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.journeys.files import UnknownJourney
from kiosk.journeys.model import Journey
from kiosk.journeys.wording import fill
from kiosk.records import disclosures
from kiosk.records.disclosures import Disclosure
from kiosk.web import console, covers, looking, staffing
from kiosk.web.errors import Forbidden, NoSuchPage
from kiosk.web.parts import house

blueprint = Blueprint("disclosing", __name__, url_prefix="/console")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.context_processor(console.of_every_page)
blueprint.register_error_handler(NoSuchPage, console.nothing_here)

BY_CODE = "Meegekeken met code en getal"


@dataclass(frozen=True)
class Opened:
    """One opening in words."""

    by: str
    at: datetime
    kiosk: str
    journey: str
    question: str


@blueprint.post("/calls/<call>/open")
def open_beside(call: str) -> Response:
    """Open an answer while the citizen lets the reader look along: it is noted, then shown in this call."""
    staffing.require("official")
    _, taken = looking.together(call)
    covers.open_up(taken.errand, request.form.get("key", ""))
    return redirect(looking.address(call, request.form.get("at")), 303)


@blueprint.post("/errands/<errand>/open")
def open_on_sheet(errand: str) -> Response:
    """Open an answer of an errand to handle: it is noted, then shown for an hour."""
    staffing.require("official")
    covers.open_up(console.handled_or_404(errand), request.form.get("key", ""))
    return redirect(url_for("console.errand", errand=errand), 303)


@blueprint.get("/disclosures")
def index() -> str:
    """Who opened which answer, where and when: for supervisors."""
    if "supervisor" not in staffing.signed_in().roles:
        raise Forbidden
    with house.database.read() as connection:
        found = disclosures.everything(connection)
    return render_template("console/disclosures.html", opened=[in_words(each) for each in found])


def in_words(noted: Disclosure) -> Opened:
    """The names of people and the words of the journey as it is now; its keys where it is gone."""
    try:
        journey = house.shelf.version(noted.journey).journey
    except UnknownJourney:
        return Opened(staffing.shown(noted.by), noted.at, noted.kiosk, noted.journey, noted.key)
    title, question = fill_in(journey.title), question_at(journey, noted.key)
    return Opened(staffing.shown(noted.by), noted.at, noted.kiosk, title, question)


def question_at(journey: Journey, key: str) -> str:
    """The question at this key in short words, with its round; the key where there is none any more."""
    if key == disclosures.WHOLE:
        return BY_CODE
    step = journey.step_at(key)
    turn = next((f" ({each})" for each in key.split(".") if each.isdecimal()), "")
    return fill_in(step.label or step.text) + turn if step else key


def fill_in(text: str) -> str:
    """A text of a journey with the facts of the site."""
    return fill(text, house.site.facts(house.site.locale))
