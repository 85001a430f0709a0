"""In which language a page speaks."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from babel import Locale
from flask import Blueprint, g, redirect, render_template, request
from flask_babel import get_locale, gettext, ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.journeys.files import Version
from kiosk.journeys.wording import Say, fill
from kiosk.records import visits
from kiosk.site import Language, Named
from kiosk.web import preferences, visiting
from kiosk.web.parts import house

blueprint = Blueprint("languages", __name__)

STAFF_PAGES = (
    "console",
    "disclosing",
    "filling",
    "helping",
    "looking",
    "opening",
    "overruling",
    "previewing",
    "printers",
    "staffing",
    "stands",
    "tablet",
    "today",
)


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
    if "language" not in g:
        g.language = _language_of_page()
    chosen: Language = g.language
    return chosen


@contextmanager
def speaking(spoken: Language) -> Iterator[None]:
    """Do what a citizen would have done: what is counted and passed on meanwhile bears their language."""
    own, g.language = current_language(), spoken
    yield
    g.language = own


def _language_of_page() -> Language:
    if request.blueprint in STAFF_PAGES:
        return house.site.languages[0]
    visit = visiting.current()
    spoken = language(visit.language if visit else request.args.get("language", ""))
    return spoken.simply() if preferences.chosen().simple else spoken


def language(tag: str) -> Language:
    """The site's language with this tag, perhaps in simple words; its own where there is no such language."""
    code, _, simple = tag.partition("@")
    found = next((each for each in house.site.languages if each.code == code), house.site.languages[0])
    return found.simply() if simple else found


def say_for(version: Version) -> Say:
    """How this page says a text: a journey's words by their context, the interface's without one."""
    spoken = current_language()
    words = version.say(spoken.code, spoken.is_simple)
    kiosk = visiting.current_kiosk() or house.site.kiosks[0]
    facts = visiting.facts_at(kiosk.name, locale_name())

    def say(text: str, context: str = "") -> str:
        return fill(words(text, context), facts) if context else translated(text)

    return say


def name_of(name: Named) -> str:
    """A name of the site in the language of the page."""
    return name.spoken(locale_name())


def translated(text: str) -> str:
    """A text of the interface, in the language of the page."""
    return _translated(get_locale(), text)


@lru_cache(maxsize=4096)
def _translated(_locale: Locale | None, text: str) -> str:
    # The locale is that of the page, so gettext finds it by itself; here it is what the text is kept under.
    return str(gettext(text))


def phrase(text: str, **values: Any) -> Markup:
    """A text of the interface for a template, with these values in it, escaped."""
    said = Markup(translated(text))
    return said % values if values else said


def counted(one: str, more: str, num: int) -> Markup:
    """A text of the interface for a template, in the form that goes with the number."""
    return Markup(ngettext(one, more, num))


def locale_name() -> str:
    """The locale for dates and numbers of the page being made."""
    return str(get_locale())
