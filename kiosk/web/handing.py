"""Where somebody stands, without paper: on their own phone, or in their mailbox."""

from dataclasses import replace
from urllib.parse import urljoin

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.journeys import screens
from kiosk.journeys.files import Version
from kiosk.journeys.kinds.contact import Email
from kiosk.journeys.kinds.kind import clean, closed_up
from kiosk.records import handouts, outbox, visits
from kiosk.records.visits import Errand, Handled
from kiosk.web import elsewhere, leaving, printout, telling, visiting
from kiosk.web.errors import NoSuchPage
from kiosk.web.languages import current_language, language
from kiosk.web.parts import house, is_htmx
from kiosk.web.visiting import Taken

blueprint = Blueprint("handing", __name__)

SHOWN, OPENED = "handout", "handed"
"""Cookies: of the kiosk that shows the picture for a phone, and of the phone that opened it."""


def ended(number: int) -> Taken:
    """The errand of that number, once it has ended; raises `NoSuchPage`."""
    taken = visiting.taken_or_404(number)
    if taken.errand.state not in ("prepared", "arranged", "referred"):
        raise NoSuchPage
    return taken


def unnamed(errand: Errand | Handled, version: Version) -> screens.Taken:
    """All that is told of it away from the town hall: nothing that says whose it is."""
    return replace(telling.described(errand, version), unnamed=True)


# On a phone


@blueprint.post("/visit/<int(max=9999):number>/handout")
def offer(number: int) -> Response:
    """Make the address that one phone may open, and show it."""
    taken = ended(number)
    with house.database.write() as connection:
        token = handouts.make(connection, taken.errand.id, current_language().code, house.clock())
    shown = redirect(url_for("handing.phone", number=number), 303)
    return leaving.show_for(shown, SHOWN, token, int(handouts.TO_OPEN.total_seconds()))


@blueprint.get("/visit/<int(max=9999):number>/handout")
def phone(number: int) -> Response | str:
    """The address as a picture for a phone; not when one has opened it, nor of who stood here before."""
    taken, token = ended(number), request.cookies.get(SHOWN, "")
    with house.database.read() as connection:
        if not handouts.waits(connection, token, taken.errand.id, house.clock()):
            return redirect(taken.url, 303)
    address = urljoin(
        elsewhere.base(), url_for("handing.come", token=token, language=current_language().code)
    )
    return render_template("citizen/phone.html", errand=taken.errand, qr=elsewhere.qr(address))


@blueprint.get("/take/<token>")
def come(token: str) -> str:
    """Where a phone comes: one tap opens it. Looking alone opens nothing, for programs look ahead."""
    return render_template("citizen/take.html", token=token)


@blueprint.post("/take/<token>")
def open_(token: str) -> Response:
    """Open it on this phone, and for nobody else."""
    with house.database.write() as connection:
        opened = handouts.open_(connection, token, house.clock())
    seconds = int(handouts.TO_READ.total_seconds())
    response = redirect(url_for("handing.read", language=request.args.get("language")), 303)
    return leaving.show_for(response, OPENED, opened, seconds) if opened else response


@blueprint.get("/take")
def read() -> str | tuple[str, int]:
    """Where the errand stands now, in the language it was asked for in."""
    with house.database.read() as connection:
        found = handouts.read(connection, request.cookies.get(OPENED, ""), house.clock())
        errand = visits.handled(connection, found[0]) if found else None
    if found is None or errand is None:
        return render_template("citizen/take.html", token=None), 404
    g.language = language(found[1])
    told = printout.tell(unnamed(errand, visiting.version_of(errand)), g.language)
    return render_template("citizen/taken.html", summary=told.summary)


# By e-mail


@blueprint.get("/visit/<int(max=9999):number>/posting")
def mail(number: int) -> Response | str:
    """Where to type an address, or how the letter stands."""
    if house.site.mail is None:
        raise NoSuchPage
    return mail_page(ended(number))


@blueprint.post("/visit/<int(max=9999):number>/posting")
def send(number: int) -> Response | tuple[str, int]:
    """Let the worker send where the errand stands to this address; it is forgotten once that is done."""
    if house.site.mail is None:
        raise NoSuchPage
    taken, typed = ended(number), closed_up(clean(request.form.get("email", "")))
    if not Email.form.fullmatch(typed.lower()):
        return mail_page(taken, typed, wrong=True), 422
    told = unnamed(taken.errand, taken.version)
    letter = {"to": typed, **printout.letter(told, current_language().tag)}
    with house.database.write(durable=True) as connection:
        outbox.put(connection, taken.errand.id, outbox.MAIL, letter, held=False, now=house.clock())
    return redirect(url_for("handing.mailed", number=number), 303)


@blueprint.get("/visit/<int(max=9999):number>/posting/sent")
def mailed(number: int) -> Response:
    """How the letter stands; for htmx only that."""
    taken = ended(number)
    with house.database.read() as connection:
        state = outbox.standing(connection, taken.errand.id, outbox.MAIL)
    page = "citizen/_mailed.html" if is_htmx() else "citizen/mailed.html"
    response = current_app.make_response(render_template(page, errand=taken.errand, state=state, job=None))
    response.headers["Vary"] = "HX-Request"
    return response


def mail_page(taken: Taken, typed: str = "", *, wrong: bool = False) -> str:
    """Where to type an address."""
    return render_template("citizen/mail.html", errand=taken.errand, typed=typed, wrong=wrong)
