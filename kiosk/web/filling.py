"""Filling in together: who was called answers a question too, and records the yes that they heard."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kiosk.journeys import fields
from kiosk.journeys.flow import Point
from kiosk.records import visits
from kiosk.records.calls import Call
from kiosk.web import clashing, console, covers, ending, looking, marks, staffing
from kiosk.web.errors import NoSuchPage
from kiosk.web.keeping import keep, keep_aside
from kiosk.web.languages import speaking
from kiosk.web.parts import house
from kiosk.web.visiting import Taken

blueprint = Blueprint("filling", __name__, url_prefix="/console/calls")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.context_processor(console.of_every_page)


class NotTogether(looking.NotShared):
    """The citizen lets the reader look along and no more, or there is nothing left to fill in."""


def only_looking(error: NotTogether) -> Response:
    """To the page where the reader sees what they may see."""
    return redirect(looking.address(error.call.id), 303)


blueprint.register_error_handler(NotTogether, only_looking)
blueprint.register_error_handler(looking.NotShared, lambda error: looking.unshared(error.call))
blueprint.register_error_handler(NoSuchPage, looking.over)

NOT_ALOUD = "Vraag de burger of alles klopt. Zet het vinkje als de burger hardop ja zegt."
CHANGED = "Er is nog niets bevestigd. Intussen veranderde een antwoord. Kijk het samen nog eens na."
"""Why an errand was not confirmed."""


@blueprint.post("/<call>/screen/<key>")
def fill(call: str, key: str) -> Response | tuple[Response | str, int]:
    """Answer a question of the route that the citizen shares, in the reader's name."""
    found, taken = together(call)
    step = taken.version.journey.step_at(key)
    if step is None or not looking.fillable(step):
        return redirect(looking.address(call), 303)
    try:
        kept = taken.errand.answers.get(key)
        value = fields.read(step, request.form.to_dict(flat=False), house.day(), kept)
    except fields.FieldError as error:
        return looking.page(found, taken, key, error), 422
    try:
        return take(found, taken, key, clashing.chosen(taken, key, value))
    except visits.Overtaken:
        return fill(call, key)


def take(call: Call, taken: Taken, key: str, answer: object) -> Response | tuple[str, int]:
    """Keep the answer and go on, or let the reader choose where the citizen gave another one meanwhile."""
    me = staffing.signed_in().name
    if taken.reaches(key) and clashing.clash(taken, {key: answer}, me):
        return choose(call, taken, taken.position.point(key), answer), 409
    if taken.reaches(key):
        save(call, taken, taken.position.point(key), answer)
    else:
        keep_aside(taken, key, answer, me)
    return redirect(looking.address(call.id), 303)


def together(call_id: str) -> tuple[Call, Taken]:
    """The call and its open errand, in which the citizen lets the reader fill in.

    Raises `NoSuchPage` and `NotShared` as `looking.together` does; `NotTogether` where they only look.
    """
    call, taken = looking.together(call_id)
    if call.level != "together" or taken.errand.state != "open":
        raise NotTogether(call)
    return call, taken


def save(call: Call, taken: Taken, point: Point, answer: object) -> None:
    """Keep the answer in the reader's name, counted in the citizen's language."""
    then = taken.with_answers({**taken.errand.answers, point.key: answer})
    with speaking(looking.spoken_by(call)):
        keep(taken, then, [point], then.position.here, staffing.signed_in().name)


def choose(call: Call, taken: Taken, point: Point, answer: object) -> str:
    """The page that lays the reader's answer beside the one that the citizen gave meanwhile."""
    both = clashing.both(taken, point, answer, house.site.languages[0])
    hidden = fields.is_covered(point.step) and point.key not in covers.opened(taken.errand, call.taken_at)
    return render_template("console/both.html", call=call, both=both, covered=hidden, show=looking.show())


@blueprint.post("/<call>/confirm")
def confirm(call: str) -> Response | tuple[Response, int]:
    """Confirm what the citizen said aloud in the official's presence: all of it, and as it was read."""
    staffing.require("official")
    found, taken = together(call)
    if taken.position.ending != "review":
        return redirect(looking.address(call), 303)
    if request.form.get("aloud") != "yes":
        return looking.page(found, taken, why=NOT_ALOUD), 422
    if request.form.get("read") != marks.whole(taken.errand):
        return looking.page(found, taken, why=CHANGED), 409
    try:
        with speaking(looking.spoken_by(found)):
            ending.arrange(taken, staffing.signed_in().name)
    except visits.Overtaken:
        return confirm(call)
    return redirect(looking.address(call), 303)
