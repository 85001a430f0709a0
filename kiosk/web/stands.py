"""The kiosks as staff see them: who stands there, locking one, offering a journey, ending a visit."""

from dataclasses import dataclass
from typing import Any, Literal

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.records import kiosks, visits
from kiosk.records.kiosks import Standing
from kiosk.records.visits import Visit
from kiosk.site import Kiosk, Language
from kiosk.web import console, intros, leaving, staffing, visiting
from kiosk.web.errors import NoSuchPage
from kiosk.web.languages import language
from kiosk.web.parts import house, is_htmx
from kiosk.web.waiting import subject

blueprint = Blueprint("stands", __name__, url_prefix="/console/kiosks")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.context_processor(console.of_every_page)
blueprint.register_error_handler(NoSuchPage, console.nothing_here)

LOCKS = {
    "cleaning": "Schoonmaken",
    "broken": "Kapot",
    "helping": "Hier helpen wij iemand",
    "other": "Andere reden",
}
"""Why a kiosk is locked, as staff say it; citizens read it in their own language."""
STATES = {"locked": "Op slot", "calling": "Roept iemand", "busy": "In gebruik", "free": "Vrij"}


@dataclass(frozen=True)
class Stand:
    """A kiosk as it stands now: with somebody at it or not, locked or not, a journey offered or not."""

    kiosk: Kiosk
    standing: Standing
    visit: Visit | None

    @property
    def state(self) -> Literal["locked", "calling", "busy", "free"]:
        """In one word, the one that matters most to staff."""
        if self.visit:
            return "calling" if self.visit.calling else "busy"
        return "locked" if self.standing.locked_by else "free"

    @property
    def language(self) -> Language | None:
        """What is spoken there now."""
        return language(self.visit.language) if self.visit else None

    @property
    def offered(self) -> str:
        """The title of the journey that is offered there."""
        return subject(self.standing.offered, "")[0] if self.standing.offered else ""

    @property
    def minutes(self) -> int:
        """How long somebody has been there."""
        return int((house.clock() - self.visit.started).total_seconds() // 60) if self.visit else 0


@blueprint.context_processor
def words() -> dict[str, Any]:
    """How staff read the state of a kiosk, and why one is locked."""
    return {"kiosk_states": STATES, "locks": LOCKS}


@blueprint.get("/")
def index() -> Response:
    """All kiosks, those of the reader's own place first; for htmx only the list."""
    name = "console/_kiosks.html" if is_htmx() else "console/kiosks.html"
    response = current_app.make_response(render_template(name, stands=stands()))
    response.headers["Vary"] = "HX-Request"
    return response


@blueprint.get("/<name>")
def kiosk(name: str) -> str:
    """One kiosk, and what can be done with it."""
    journeys = [each.journey for each in intros.live()]
    return render_template("console/kiosk.html", stand=stand_or_404(name), journeys=journeys)


@blueprint.post("/<name>/lock")
def lock(name: str) -> Response:
    """Let nobody begin there, and say why; a visit under way ends."""
    stand, why = stand_or_404(name), request.form.get("why", "")
    if why not in LOCKS:
        raise NoSuchPage
    if stand.visit:
        leaving.wipe(stand.visit)
    with house.database.write(durable=True) as connection:
        kiosks.lock(connection, name, why, staffing.signed_in(), house.clock())
        # Somebody may have begun since we looked.
        visits.wipe_kiosk(connection, name)
    return back_to(name)


@blueprint.post("/<name>/<any(unlock, withdraw):verb>")
def undo(name: str, verb: str) -> Response:
    """Let people begin there again, or offer nothing there any more."""
    change = {"unlock": kiosks.unlock, "withdraw": kiosks.withdraw}[verb]
    with house.database.write(durable=True) as connection:
        change(connection, kiosk_or_404(name).name)
    return back_to(name)


@blueprint.post("/<name>/offer")
def offer(name: str) -> Response:
    """Offer a journey there: nothing opens before whoever stands there taps it."""
    journey = request.form.get("journey", "")
    if journey not in {each.journey.name for each in intros.live()}:
        raise NoSuchPage
    with house.database.write(durable=True) as connection:
        kiosks.offer(connection, kiosk_or_404(name).name, journey, staffing.signed_in(), house.clock())
    return back_to(name)


@blueprint.get("/<name>/end")
def ask_to_end(name: str) -> str:
    """Ask once more: what was not confirmed there is erased."""
    return render_template(
        "console/end_visit.html", stand=stand_or_404(name), goes_back=url_for("stands.kiosk", name=name)
    )


@blueprint.post("/<name>/end")
def end(name: str) -> Response:
    """End the visit under way there."""
    found = stand_or_404(name)
    if found.visit:
        leaving.wipe(found.visit)
    return back_to(name)


def back_to(name: str) -> Response:
    """To the page of that kiosk."""
    return redirect(url_for("stands.kiosk", name=name), 303)


def kiosk_or_404(name: str) -> Kiosk:
    """The kiosk of that name; raises `NoSuchPage`."""
    found = house.site.kiosk(name)
    if found is None:
        raise NoSuchPage
    return found


def stand_or_404(name: str) -> Stand:
    """The kiosk of that name as it stands now; raises `NoSuchPage`."""
    kiosk = kiosk_or_404(name)
    return next(each for each in stands() if each.kiosk == kiosk)


def stands() -> list[Stand]:
    """Every kiosk of the site as it stands now, those of the reader's own place first."""
    with house.database.read() as connection:
        standings = kiosks.standings(connection)
        under_way = visits.at_kiosks(connection, house.clock(), visiting.limit_s())
    newest = {visit.kiosk: visit for visit in under_way}
    mine = staffing.signed_in().place
    return [
        Stand(each, standings.get(each.name, Standing()), newest.get(each.name))
        for each in sorted(house.site.kiosks, key=lambda kiosk: kiosk.place.name != mine)
    ]
