"""Going on elsewhere: at another kiosk, with an official, or on the citizen's own phone."""

import re
from typing import Any, TypeGuard
from urllib.parse import urljoin

from babel.dates import format_date
from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.journeys.wording import words
from kiosk.records import kiosks, parking, prints
from kiosk.site import Kiosk
from kiosk.web import cookies, leaving, visiting
from kiosk.web.languages import current_language, locale_name
from kiosk.web.parts import house, is_htmx

blueprint = Blueprint("elsewhere", __name__)

CODE = "later"
CODE_SHOWN_S = 300
"""How long the code can be read on the screen: time to write it down, make a picture or print it."""
SQUARE = words("Vierkant voor de camera van uw telefoon")
NUMBER = re.compile(r"[0-9]{4}")


@blueprint.get("/visit/later")
def later() -> Response | str:
    """How going on later works, and where to choose the number that goes with the code."""
    return page() if visiting.current() else redirect(url_for("citizen.start"), 303)


@blueprint.post("/visit/later")
def keep() -> Response | tuple[str, int]:
    """Put the visit aside for a week under a code and the citizen's number; this browser lets go of it."""
    visit, number = visiting.current(), request.form.get("number", "").strip()
    if visit is None:
        return redirect(url_for("citizen.start"), 303)
    if not NUMBER.fullmatch(number):
        return page(number, wrong=True), 422
    leaving.count_all(visit, "parked")
    code = leaving.put_aside(visit, lambda connection: parking.keep(connection, visit, number, house.clock()))
    response = cookies.take(redirect(url_for("elsewhere.code", language=visit.language), 303), cookies.VISIT)
    return leaving.show_for(response, CODE, code, CODE_SHOWN_S)


@blueprint.get("/visit/later/code")
def code() -> Response:
    """The code, large and as a picture for a phone; after some minutes the screen is free again."""
    found = request.cookies.get(CODE)
    if not found:
        return redirect(url_for("citizen.start", language=request.args.get("language")), 303)
    page = render_template(
        "citizen/later_code.html",
        code=shown(found),
        qr=qr(address_of(found)),
        until=until(),
        **paper_of(found),
    )
    return leaving.covered_after(CODE_SHOWN_S, page)


@blueprint.post("/visit/later/print")
def print_() -> Response | str:
    """Print the code at this kiosk, with the square and the last day; a second tap prints nothing twice."""
    found, kiosk = request.cookies.get(CODE), visiting.current_kiosk()
    if found and has_printer(kiosk):
        until = house.day().today + parking.LATER
        told = {"code": shown(found), "address": address_of(found), "until": until.isoformat()}
        spoken, now = current_language().tag, house.clock()
        with house.database.write() as connection:
            prints.ask_code(connection, found, kiosk.name, spoken, now, told)
    if is_htmx():
        return print_state()
    return redirect(url_for("elsewhere.code", language=request.args.get("language")), 303)


@blueprint.get("/visit/later/print")
def print_state() -> str:
    """How that print stands, as the fragment that the page with the code includes."""
    return render_template("citizen/_print_code.html", **paper_of(request.cookies.get(CODE, "")))


def paper_of(code: str) -> dict[str, Any]:
    """Whether the code can be printed here, and how its print stands."""
    with house.database.read() as connection:
        return {"job": prints.of_code(connection, code), "prints": has_printer(visiting.current_kiosk())}


def has_printer(kiosk: Kiosk | None) -> TypeGuard[Kiosk]:
    """Whether this is a kiosk with a printer, set by an administrator or by the site."""
    if kiosk is None:
        return False
    with house.database.read() as connection:
        return bool(kiosk.printer or kiosks.printer(connection, kiosk.name))


def shown(code: str) -> str:
    """A code as people read it."""
    return f"{code[:4]} {code[4:]}"


@blueprint.post("/visit/later/hide")
def hide() -> Response:
    """Take the code off the screen."""
    response = redirect(url_for("citizen.start"), 303)
    response.delete_cookie(CODE)
    return response


@blueprint.get("/later/<code>")
def go_on(code: str) -> str:
    """Where a phone that read the picture comes: it asks for the number, be there such a code or not."""
    return render_template("citizen/later_number.html", code=code, own=True, wrong=False)


def page(number: str = "", *, wrong: bool = False) -> str:
    """Where to choose the number."""
    return render_template("citizen/later.html", number=number, wrong=wrong, until=until())


def until() -> str:
    """The last day on which somebody who leaves now can go on, in words."""
    day = house.day().today + parking.LATER
    return str(format_date(day, "EEEE d MMMM", locale=locale_name()))


def address_of(code: str) -> str:
    """Where a phone goes on with this code."""
    return urljoin(base(), url_for("elsewhere.go_on", code=code))


def base() -> str:
    """Where phones reach us: the address that the site names, else the one this kiosk uses itself."""
    return house.site.address or request.url_root


def qr(address: str, title: str = "") -> Markup:
    """An address as a picture that a phone can read; the page must say the same beside it in text."""
    # Only these pages need it, so that a process that never shows one does not carry it.
    import segno

    picture = segno.make(address, error="m", micro=False)
    title = title or gettext(SQUARE)
    return Markup(picture.svg_inline(border=4, omitsize=True, light="#fff", svgclass="qr", title=title))
