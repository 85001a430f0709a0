"""Looking along: who was called sees in Dutch what the citizen is asked, once they chose that."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, render_template

from kiosk.journeys import fields, screens
from kiosk.journeys.flow import Point
from kiosk.journeys.screens import Screen, Summary
from kiosk.records import calls, visits
from kiosk.records.calls import Call
from kiosk.web import console, staffing, telling, visiting
from kiosk.web.errors import NoSuchPage
from kiosk.web.parts import house, is_htmx
from kiosk.web.visiting import Taken

blueprint = Blueprint("looking", __name__, url_prefix="/console/calls")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.context_processor(console.of_every_page)
blueprint.register_error_handler(NoSuchPage, console.nothing_here)


@dataclass(frozen=True)
class View:
    """What is on the citizen's screen, in the site's own language, with all they gave so far."""

    call: Call
    screen: Screen | None
    may_overrule: bool
    """Whether the citizen stands at an end past which an official may let them."""
    limited: bool
    """Whether they stand at a question with a limit past which an official may let them."""
    summary: Summary


@blueprint.get("/<call>/screen")
def along(call: str) -> Response:
    """The citizen's screen as it is now; for htmx only the part that changes."""
    page = "console/_along.html" if is_htmx() else "console/along.html"
    response = current_app.make_response(render_template(page, view=view(call)))
    response.headers["Vary"] = "HX-Request"
    return response


def together(call_id: str) -> tuple[Call, Taken]:
    """The call and its errand; raises `NoSuchPage` unless the reader took it and the citizen chose it."""
    with house.database.read() as connection:
        call = calls.taken_by(connection, call_id, staffing.signed_in())
        errands = visits.errands(connection, call.visit) if call and call.visit else []
    if call is None or not errands or errands[-1].way != "together":
        raise NoSuchPage
    return call, visiting.taken(errands[-1])


def view(call_id: str) -> View:
    """What who took this call may see; raises `NoSuchPage` as `together` does."""
    call, taken = together(call_id)
    here = taken.position.here
    told = telling.in_own_language(taken.errand, taken.version)
    limited = here is not None and not here.step.ends and fields.may_overrule(here.step)
    return View(call, in_dutch(taken, here) if here else None, overrulable(here), limited, told)


def overrulable(here: Point | None) -> bool:
    """Whether the route ends here, and an official may let the citizen past."""
    return here is not None and here.step.ends and fields.may_overrule(here.step)


def in_dutch(taken: Taken, point: Point, **more: Any) -> Screen:
    """One question as the site's own language says it."""
    own = house.site.languages[0]
    return screens.step_screen(
        taken.version,
        point,
        taken.errand.answers,
        house.day(),
        taken.version.say(own.code),
        locale=own.locale,
        facts=visiting.facts_at(taken.errand.kiosk, own.locale),
        **more,
    )
