"""What a citizen reads when something is wrong: one table, and one page for when even that fails."""

import logging
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, g, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from kiosk.journeys.files import UnknownJourney
from kiosk.web.parts import house

log = logging.getLogger(__name__)


class CrossSite(Exception):
    """A change that another site sent."""


class NoSuchPage(Exception):
    """An errand, step or paper that this visit does not have."""


class VisitOver(Exception):
    """An address of a visit that was wiped, or that never was."""


class StillThere(Exception):
    """A page of a visit whose citizen has not said for long to be there (norm TIM-06)."""


class Forbidden(Exception):
    """Something that this member of staff may not do."""


class PaperNotReady(Exception):
    """The worker did not make the paper in time."""


GO_BACK = _("Ga terug naar het begin, of roep iemand.")


@dataclass(frozen=True)
class Trouble:
    """What to tell: what is wrong, what it means for the citizen, and what to do now."""

    status: int
    heading: LazyString
    text: LazyString
    todo: LazyString = GO_BACK


UNKNOWN = Trouble(404, _("Deze pagina is er niet"), _("Uw antwoorden zijn niet weg."))
TROUBLES: dict[type[Exception] | int, Trouble] = {
    CrossSite: Trouble(
        403,
        _("Dit kan niet vanaf een andere site"),
        _("Er is niets veranderd. Uw antwoorden zijn niet weg."),
        _("Ga terug en probeer het hier op het scherm."),
    ),
    NoSuchPage: UNKNOWN,
    UnknownJourney: UNKNOWN,
    VisitOver: Trouble(
        404,
        _("Uw bezoek is voorbij"),
        _("Wij hebben gewist wat niet klaarstond."),
        _("Begin opnieuw, of roep iemand."),
    ),
    Forbidden: Trouble(403, _("Dit mag alleen een medewerker van de balie"), _("Er is niets veranderd.")),
    PaperNotReady: Trouble(
        503,
        _("Uw papier is nog niet klaar"),
        _("Het maken duurt langer dan anders. Uw gegevens zijn niet weg."),
        _("Wacht even en probeer het nog eens, of roep iemand."),
    ),
    DBAPIError: Trouble(
        503,
        _("Het systeem doet het even niet"),
        _("Wat u al had ingevuld, is niet weg."),
        _("Wacht even en probeer het nog eens, of ga naar de receptie."),
    ),
    404: UNKNOWN,
    405: UNKNOWN,
    413: Trouble(
        413,
        _("Dat is te veel tekst"),
        _("Wat u net invulde, is te lang. Uw andere antwoorden zijn niet weg."),
        _("Ga terug en maak het korter."),
    ),
}
REFUSED = Trouble(400, _("Dat konden wij niet lezen"), _("Uw andere antwoorden zijn niet weg."))
BROKEN = Trouble(
    500,
    _("Er ging iets mis bij ons"),
    _("Dat ligt niet aan u. Wat u al had ingevuld, is niet weg."),
    _("Probeer het nog eens, of roep iemand."),
)


def init_app(app: Flask) -> None:
    """Give every error of this app a page."""
    app.register_error_handler(Exception, show)


def trouble_for(error: Exception) -> Trouble:
    """The row of the table for this error."""
    if isinstance(error, HTTPException):
        code = error.code or 500
        return TROUBLES.get(code, REFUSED if code < 500 else BROKEN)
    return next((TROUBLES[kind] for kind in type(error).__mro__ if kind in TROUBLES), BROKEN)


def show(error: Exception) -> Response | tuple[str, int]:
    """The page for this error, with the call button on it; a plain file when that page fails too."""
    if isinstance(error, HTTPException) and (error.code or 500) < 400:
        return error.get_response()
    trouble = trouble_for(error)
    if trouble.status >= 500:
        log.error("%s %s", request.method, request.endpoint, exc_info=error)
    if isinstance(error, DBAPIError):
        do_without_records()
    try:
        return render_template("errors/error.html", trouble=trouble), trouble.status
    # Whatever broke the request may break this page as well: the last one needs nothing but itself.
    except Exception:
        log.exception("the error page failed")
        return bare_page(), trouble.status


def do_without_records() -> None:
    """Let the error page ask nothing of a database that just failed."""
    g.setdefault("visit", None)
    g.setdefault("kiosk", house.site.kiosks[0])


def bare_page() -> str:
    """The page that needs no database, no visit and no language."""
    return (Path(__file__).parents[2] / "templates/errors/bare.html").read_text(encoding="utf-8")
