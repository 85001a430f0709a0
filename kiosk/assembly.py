"""Where the rooms are joined into one app."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask
from flask_babel import Babel
from htmx_flask import Htmx
from jinja2 import StrictUndefined

from kiosk import TOP, cli
from kiosk.journeys.files import Shelf
from kiosk.records.database import Database, Watcher
from kiosk.settings import Settings
from kiosk.shelving import last_good_in
from kiosk.site import Site, load_site
from kiosk.web import (
    asking,
    calling,
    citizen,
    clashing,
    console,
    context,
    disclosing,
    elsewhere,
    ending,
    errors,
    filling,
    following,
    handing,
    health,
    helping,
    languages,
    leaving,
    live,
    looking,
    looks,
    marks,
    measures,
    offering,
    opening,
    overruling,
    overview,
    paper,
    preferences,
    previewing,
    printers,
    security,
    staffing,
    stands,
    staying,
    steps,
    tablet,
    today,
    visiting,
    voice,
)
from kiosk.web.pages import Pages
from kiosk.web.parts import House
from kiosk.web.turns import in_turn

LARGEST_FORM = 1_000_000
"""Bytes of one form: far above what any step takes, far below what would hurt."""


def assemble(settings: Settings, clock: Callable[[], datetime] | None) -> Flask:
    """The app, ready to serve. Raises `SiteError` when the site's folder is not in order."""
    app = Flask(__name__, template_folder=str(TOP / "templates"), static_folder=str(TOP / "static"))
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_FORM, MAX_FORM_MEMORY_SIZE=LARGEST_FORM)
    app.config.update(BABEL_TRANSLATION_DIRECTORIES=str(TOP / "translations"))
    site = load_site(settings.site)
    database = Database(settings.database_url, settings.data_keys)
    shelf = Shelf(site.folder, site.language, site.journeys, last_good_in(database))
    app.extensions["house"] = House(
        settings, site, shelf, database, Watcher(database), clock or clock_of(settings), Pages()
    )
    Htmx(app)
    Babel(app, default_locale=site.locale, locale_selector=languages.select_locale)
    dress_templates(app, site)
    security.init_app(app, settings.https)
    errors.init_app(app)
    parts = (
        citizen,
        overview,
        steps,
        ending,
        following,
        asking,
        leaving,
        staying,
        elsewhere,
        handing,
        voice,
        languages,
        preferences,
        calling,
        offering,
        paper,
        live,
        looks,
        measures,
        health,
        staffing,
        console,
        helping,
        today,
        stands,
        tablet,
        looking,
        opening,
        filling,
        disclosing,
        overruling,
        previewing,
        printers,
    )
    for part in parts:
        app.register_blueprint(part.blueprint)
    app.after_request(visiting.keep_cookie)
    cli.init_app(app)
    app.wsgi_app = in_turn(app.wsgi_app)  # type: ignore[method-assign, assignment]
    return app


def clock_of(settings: Settings) -> Callable[[], datetime]:
    """The time now in UTC, or the fixed time of a demonstration."""
    fixed = settings.now
    return (lambda: fixed) if fixed else (lambda: datetime.now(UTC))


def dress_templates(app: Flask, site: Site) -> None:
    """Make templates strict and tidy, and give them what every page needs."""
    static = TOP / "static"
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.globals.update(
        _=languages.phrase,
        mark=marks.mark,
        staff_mark=marks.of_staff,
        read_of=clashing.read_of,
        ngettext=languages.counted,
        name_of=languages.name_of,
        picture=looks.pictures(site.folder, site.folder / "pictures", static / "pictures"),
        asset=looks.assets(static, str(app.static_url_path)),
    )
    app.context_processor(context.of_every_page)
