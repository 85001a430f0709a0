"""Going along: the citizen's page hears that a member of staff went on, and leads to where they are now."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.web import marks, staffing
from kiosk.web.parts import is_htmx, unchanged
from kiosk.web.visiting import Taken, taken_or_404

blueprint = Blueprint("following", __name__)


@blueprint.get("/follow/<int(max=9999):number>")
def follow(number: int) -> Response | str:
    """For htmx: where to go on, once staff changed what the page at `at` shows; others go there now."""
    taken, at = taken_or_404(number), request.args.get("at", "")
    if not is_htmx():
        return redirect(taken.url, 303)
    seen = taken.errand.state == "open" and marks.of_staff(taken.errand) == request.args.get("seen")
    if seen or still_asked(taken, at):
        return unchanged()
    return render_template("citizen/_moved.html", to=onward(taken, at), by=last_of_staff(taken))


def still_asked(taken: Taken, at: str) -> bool:
    """Whether that page asks the question that is up: nothing on it can have changed."""
    return taken.errand.way != "express" and taken.position.here is not None and at == taken.url


def onward(taken: Taken, at: str) -> str:
    """Where to go from there: an overview comes anew, any other page leads to where the errand is."""
    overview = url_for("overview.hub", number=taken.errand.number)
    return overview if at == overview and taken.errand.state == "open" else taken.url


def last_of_staff(taken: Taken) -> str:
    """Who of staff entered something last; answers stand in the order in which they came."""
    last = [taken.errand.entered_by[key] for key in taken.errand.answers if key in taken.errand.entered_by][
        -1:
    ]
    return staffing.shown(last[0]) if last else ""
