"""In which language a page speaks."""

from flask import Blueprint, redirect, render_template, request
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from kiosk.journeys.files import Version
from kiosk.journeys.wording import Say, fill
from kiosk.records import visits
from kiosk.site import Language
from kiosk.web import visiting
from kiosk.web.parts import house

blueprint = Blueprint("languages", __name__)

STAFF_PAGES = ("console", "staffing")


@blueprint.get("/language")
def show() -> str:
    """All languages, each in its own script."""
    return render_template("citizen/language.html", next=visiting.own_path(request.args.get("next", "")))


@blueprint.post("/language")
def choose() -> Response:
    """Speak this language from now on, with every answer kept; an unknown one changes nothing."""
    code = request.form.get("language", "")
    if language(code).code == code:
        visit = visiting.current_or_begin()
        with house.database.write() as connection:
            visits.set_language(connection, visit.id, code)
    return redirect(visiting.own_path(request.form.get("next", "")), 303)


def select_locale() -> str:
    """The locale of this request: the visit's language, else the site's own. Staff read the site's own."""
    return current_language().locale


def current_language() -> Language:
    """The language of the page being made; where a visit just ended, the address still names its language."""
    if request.blueprint in STAFF_PAGES:
        return house.site.languages[0]
    visit = visiting.current()
    return language(visit.language if visit else request.args.get("language", ""))


def language(code: str) -> Language:
    """The site's language with this code; the site's own where there is no such language."""
    return next((each for each in house.site.languages if each.code == code), house.site.languages[0])


def say_for(version: Version) -> Say:
    """How this page says a text: a journey's words by their context, the interface's without one."""
    words = version.say(current_language().code)
    kiosk = visiting.current_kiosk()
    facts = visiting.facts_at(kiosk.name) if kiosk else house.site.facts

    def say(text: str, context: str = "") -> str:
        return fill(words(text, context), facts) if context else gettext(text)

    return say


def locale_name() -> str:
    """The locale for dates and numbers of the page being made."""
    return str(get_locale())
