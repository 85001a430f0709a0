"""What every page of a citizen has in its context."""

from typing import Any

from flask import g, request

from kiosk.web import awaiting, languages, preferences, staying, visiting
from kiosk.web.parts import house, is_htmx


def of_every_page() -> dict[str, Any]:
    """The names that base.html and the fixed bar use."""
    if request.blueprint in languages.STAFF_PAGES:
        return {"site": house.site}
    return {
        "site": house.site,
        "kiosk": visiting.current_kiosk(),
        "visit": visiting.current(),
        "language": languages.current_language(),
        "languages": house.site.languages,
        "accompanied": visiting.is_accompanied(),
        "preferences": preferences.chosen(),
        "marks": preferences.marks(visiting.current_kiosk()),
        "limits": staying.limits(),
        "fragment": is_htmx(),
        **about_the_call(),
    }


def about_the_call() -> dict[str, Any]:
    """The visit's open call as its citizen reads it, if there is one."""
    visit = g.get("visit")
    return {"call": awaiting.of_visit(visit.id) if visit and visit.calling else None}
