"""What staff did with this kiosk, as who stands there sees it: locked with a reason, or a journey offered."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.journeys.files import UnknownJourney
from kiosk.records import kiosks
from kiosk.records.kiosks import Standing
from kiosk.web import intros, staffing, visiting
from kiosk.web.intros import Tile
from kiosk.web.parts import house, is_htmx, load_anew, unchanged

blueprint = Blueprint("offering", __name__)

OFFERED = timedelta(minutes=10)
"""How long a journey stays offered: after that somebody else may stand there."""
NOTHING = Standing()


@dataclass(frozen=True)
class Offer:
    """A journey that a member of staff offers here, and who they are."""

    tile: Tile
    by: str


def standing() -> Standing:
    """What staff did with the kiosk of this browser; nothing on an own device."""
    if "standing" not in g:
        g.standing = _find_standing()
    found: Standing = g.standing
    return found


def _find_standing() -> Standing:
    kiosk, visit = visiting.current_kiosk(), visiting.current()
    if kiosk is None or (visit and visit.own_device):
        return NOTHING
    with house.database.read() as connection:
        return kiosks.standing(connection, kiosk.name)


def offer() -> Offer | None:
    """What is offered here now, if it still can be begun."""
    found = standing()
    if not found.offered or not found.offered_at or house.clock() - found.offered_at > OFFERED:
        return None
    try:
        version = house.shelf.version(found.offered)
    except UnknownJourney:
        return None
    if version.journey.state != "live":
        return None
    return Offer(intros.tile(version), staffing.shown(found.offered_by or ""))


def seen() -> str:
    """What tells one reading from the next: the same as long as nothing changes on the start screen."""
    found = standing()
    return sha256(repr((found.locked_why, offer())).encode()).hexdigest()[:12]


def refuse_when_locked() -> str | None:
    """Before a screen on which a visit may begin: at a locked kiosk it says why, and where to go."""
    if not standing().locked_by:
        return None
    return render_template("citizen/locked.html", standing=standing(), standing_seen=seen())


@blueprint.get("/standing")
def still() -> Response:
    """For htmx: load the screen anew when staff did something with this kiosk; for a browser the start."""
    if not is_htmx():
        return redirect(url_for("citizen.start"), 303)
    return unchanged() if request.args.get("seen") == seen() else load_anew()


@blueprint.post("/offer/decline")
def decline() -> Response:
    """Rather something else."""
    withdraw()
    return redirect(url_for("citizen.start"), 303)


def withdraw(journey: str = "") -> None:
    """Take away what is offered here; with a journey only if it is that one."""
    kiosk = visiting.current_kiosk()
    if kiosk and standing().offered and journey in ("", standing().offered):
        with house.database.write() as connection:
            kiosks.withdraw(connection, kiosk.name)
