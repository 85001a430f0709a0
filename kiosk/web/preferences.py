"""How a citizen wants their screens: kept in the visit, for whoever helps too, and gone with it."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import asdict, dataclass

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kiosk.records import visits
from kiosk.records.visits import Visit
from kiosk.site import Kiosk
from kiosk.web import visiting
from kiosk.web.parts import house

blueprint = Blueprint("preferences", __name__)

IN_VISIT = "chosen"
"""Where the visit's preferences keep what the citizen chose on the panel."""

OFFERED = {
    "size": ("100", "150", "200"),
    "look": ("light", "dark", "contrast", "calm"),
    "simple": ("", "yes"),
    "low": ("", "yes"),
    "steady": ("", "600", "1200"),
    "slow": ("", "yes"),
    "hidden": ("", "yes"),
}
"""Each preference with what can be chosen; first how every visit begins."""


@dataclass(frozen=True)
class Preferences:
    """What one citizen chose; each value is one of those in `OFFERED`, and empty means no.

    `size` is text in percent (WCAG 1.4.4); `low` keeps all there is to touch within reach of who sits
    (EN 301 549, 4.2.8); `steady` is for how many milliseconds a target is held before it acts (4.2.7);
    `slow` triples every time limit (WCAG 2.2.1).
    """

    size: str = "100"
    look: str = "light"
    simple: str = ""
    low: str = ""
    steady: str = ""
    slow: str = ""
    hidden: str = ""


AS_BEGUN = Preferences()


def chosen() -> Preferences:
    """The preferences of the visit under way; without one, how every visit begins."""
    visit = visiting.current()
    return Preferences(**visit.preferences.get(IN_VISIT, {})) if visit else AS_BEGUN


def marks(kiosk: Kiosk | None) -> dict[str, str]:
    """What differs from how a visit begins, as the root element says it: `data-size="150"`.

    Nothing is moved down on a screen that is within reach already; `data-tall` is one that goes on above what
    anybody who sits can touch.
    """
    wanted = asdict(chosen())
    if kiosk is None or kiosk.profile.reach_share == 1:
        del wanted["low"]
    tall = {"data-tall": "yes"} if kiosk and kiosk.profile.touch_share < 1 else {}
    return tall | {f"data-{name}": value for name, value in wanted.items() if value != OFFERED[name][0]}


def kept_page(key: Hashable, make: Callable[[], str]) -> str:
    """The page of this key, the same for all who chose the same; on an own device made anew."""
    visit = visiting.current()
    apart = visit and (visit.own_device or visiting.is_accompanied())
    return make() if apart else house.pages.page((chosen(), key), make)


@blueprint.get("/preferences")
def show() -> str:
    """The panel: all that can be chosen, and what is."""
    return render_template("citizen/preferences.html", next=visiting.own_path(request.args.get("next", "")))


@blueprint.get("/how")
def how() -> str:
    """How this kiosk works and what it can do for whom: said at the kiosk itself (EN 301 549, 12.1.1)."""
    return render_template("citizen/how.html", next=visiting.own_path(request.args.get("next", "")))


@blueprint.post("/preferences")
def choose() -> Response:
    """Show every screen like this from now on; what is not offered changes nothing."""
    form = request.form
    wanted = {name: form[name] for name, offered in OFFERED.items() if form.get(name) in offered}
    if wanted:
        prefer(visiting.current_or_begin(), wanted)
    return redirect(visiting.own_path(form.get("next", "")), 303)


def prefer(visit: Visit, wanted: Mapping[str, str]) -> None:
    """Let these of what is offered hold for the visit from now on."""
    with house.database.write() as connection:
        visits.prefer(connection, visit.id, IN_VISIT, wanted)
        if "slow" in wanted:
            visits.take_time(connection, visit.id, bool(wanted["slow"]))
