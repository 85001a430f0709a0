"""The printers as staff see them: how each is, what did not come out today, and a test page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from kiosk.records import kiosks, printers, prints
from kiosk.records.printers import Printer
from kiosk.records.prints import Job
from kiosk.site import Kiosk
from kiosk.web import console, staffing, troubles
from kiosk.web.errors import NoSuchPage
from kiosk.web.parts import house, is_htmx
from kiosk.web.visiting import known_kiosk

blueprint = Blueprint("printers", __name__, url_prefix="/console/printers")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.context_processor(console.of_every_page)
blueprint.register_error_handler(NoSuchPage, console.nothing_here)

TESTS = {
    "waiting": "wacht.",
    "rendering": "wordt gemaakt.",
    "printing": "wordt geprint.",
    "printed": "geprint.",
    "failed": "niet gelukt.",
}


@dataclass(frozen=True)
class Shown:
    """A kiosk with its printer as it was last read (nothing: not read yet) and its latest test page."""

    kiosk: Kiosk
    has_printer: bool
    printer: Printer | None
    test: Job | None


@blueprint.context_processor
def words() -> dict[str, Any]:
    """How staff read what ails a printer, and how far a test page is."""
    return {
        "said": troubles.said,
        "said_of": troubles.said_of,
        "state_of_printer": state_of,
        "test_states": TESTS,
    }


def state_of(shown: Shown) -> str:
    """In one word, for outside programs: none, unread, ready, or the first of its troubles."""
    if not shown.has_printer or shown.printer is None:
        return "unread" if shown.has_printer else "none"
    return next(iter(shown.printer.troubles), "ready")


@blueprint.get("/")
def index() -> str:
    """Every kiosk with its printer, and the prints of today that failed."""
    return render_template("console/printers.html", **now_at_work())


@blueprint.get("/list")
def live_list() -> Response | str:
    """The part of that page that changes by itself, for htmx; anyone else gets the page."""
    if not is_htmx():
        return redirect(url_for("printers.index"), 303)
    return render_template("console/_printer_list.html", **now_at_work())


@blueprint.post("/<kiosk>/test")
def test(kiosk: str) -> Response:
    """Print a test page there, on the paper that its printer has."""
    with house.database.read() as connection:
        known, found = names(connection), printers.of_kiosk(connection, kiosk)
    if kiosk not in known:
        raise NoSuchPage
    with house.database.write() as connection:
        prints.ask_test(connection, kiosk, "roll" if found and found.roll else "a4", house.clock())
    return redirect(url_for("printers.index"), 303)


def now_at_work() -> dict[str, object]:
    """What the page shows now; no printer is asked for it, so none holds it up."""
    with house.database.read() as connection:
        return {"kiosks": list(shown(connection)), "failed": prints.failed(connection, midnight())}


def shown(connection: Connection) -> Iterator[Shown]:
    """All kiosks, those of the site in its order and then the others that a device is."""
    read = {each.kiosk: each for each in printers.all_(connection)}
    tests = prints.test_pages(connection)
    has = {each.name for each in kiosks.all_(connection) if each.printer}
    has |= {each.name for each in house.site.kiosks if each.printer}
    for name in names(connection):
        yield Shown(known_kiosk(name), name in has, read.get(name), tests.get(name))


def names(connection: Connection) -> list[str]:
    """The names of all kiosks."""
    enrolled = (each.name for each in kiosks.all_(connection))
    return list(dict.fromkeys([*(each.name for each in house.site.kiosks), *enrolled]))


def midnight() -> datetime:
    """When today began in the municipality."""
    here = house.clock().astimezone(house.site.timezone)
    return here.replace(hour=0, minute=0, second=0, microsecond=0)
