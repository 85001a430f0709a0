"""What every request may reach: the house with its parts, and whether htmx is asking."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app
from htmx_flask import request as htmx_request
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from kiosk.journeys.files import Shelf
from kiosk.journeys.rules import Day
from kiosk.records.database import Database, Watcher
from kiosk.settings import Settings
from kiosk.site import Site
from kiosk.web.pages import Pages


@dataclass(frozen=True)
class House:
    """The parts that one app is made of; chosen once, in `create_app`."""

    settings: Settings
    site: Site
    shelf: Shelf
    database: Database
    watcher: Watcher
    clock: Callable[[], datetime]
    pages: Pages

    def day(self) -> Day:
        """Today in the municipality, with its holidays."""
        today = self.clock().astimezone(self.site.timezone).date()
        return Day(today, self.site.holidays)


house = cast(House, LocalProxy(lambda: current_app.extensions["house"]))


def is_htmx() -> bool:
    """Whether htmx asks for a fragment: the only place that reads `HX-` headers."""
    return bool(htmx_request.htmx)


def unchanged() -> Response:
    """What tells htmx to leave the page as it is."""
    return Response(status=204)


def load_anew() -> Response:
    """What tells htmx to load the whole page anew: a new screen is always a plain navigation."""
    return Response(status=204, headers={"HX-Refresh": "true"})
