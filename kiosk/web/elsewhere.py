"""Going on elsewhere: at another kiosk, with an official, or on the citizen's own phone."""

import re
from urllib.parse import urljoin

from babel.dates import format_date
from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.records import parking
from kiosk.web import cookies, leaving, visiting
from kiosk.web.languages import locale_name
from kiosk.web.parts import house

blueprint = Blueprint("elsewhere", __name__)

CODE = "later"
CODE_SHOWN_S = 300
"""How long the code can be read on the screen: time to write it down, make a picture or print it."""
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
    address = address_of(found)
    shown = f"{found[:4]} {found[4:]}"
    return leaving.covered_after(
        CODE_SHOWN_S, render_template("citizen/later_code.html", code=shown, qr=qr(address), until=until())
    )


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


def qr(address: str) -> Markup:
    """An address as a picture that a phone can read; the page must say the same beside it in text."""
    # Only these pages need it, so that a process that never shows one does not carry it.
    import segno

    picture = segno.make(address, error="m", micro=False)
    title = gettext("Vierkant voor de camera van uw telefoon")
    return Markup(picture.svg_inline(border=4, omitsize=True, light="#fff", svgclass="qr", title=title))
