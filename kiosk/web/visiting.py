"""Whose visit this is, at which kiosk, and how far an errand has come."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from kiosk.journeys import hubs
from kiosk.journeys.express import page_key
from kiosk.journeys.files import UnknownJourney, Version
from kiosk.journeys.flow import Point, Position, is_discreet, walk
from kiosk.journeys.kinds.kind import isolated
from kiosk.journeys.model import Journey, Part
from kiosk.records import kiosks, versions, visits
from kiosk.records.visits import Errand, Handled, Visit
from kiosk.site import Kiosk, Place
from kiosk.web import cookies
from kiosk.web.errors import NoSuchPage, StillThere, VisitOver
from kiosk.web.parts import house, is_htmx

ACCOMPANIED = "accompanied"
"""Where the visit's preferences keep that it is on a host's tablet."""
GRACE_S = 15
"""What the server adds to the time the page counts, so that a tap in the last second still arrives."""


def current() -> Visit | None:
    """The visit of this browser; nothing when there is none, or when it was left alone too long."""
    if "visit" not in g:
        g.visit = _find_visit()
    visit: Visit | None = g.visit
    return visit


def _find_visit() -> Visit | None:
    token = cookies.read(cookies.VISIT)
    if not token:
        return None
    with house.database.read() as connection:
        return visits.by_token(connection, token, house.clock(), limit_s=limit_s())


def is_accompanied() -> bool:
    """Whether this visit was begun on the tablet of a host, who sits beside the citizen."""
    visit = current()
    return visit is not None and ACCOMPANIED in visit.preferences


def ways_here(journey: Journey) -> tuple[str, ...]:
    """The ways in which a journey can be taken here: nobody can join somebody on an own device."""
    visit = current()
    alone = tuple(way for way in journey.ways if way != "together") if visit and visit.own_device else ()
    return alone or tuple(journey.ways)


def is_calling() -> bool:
    """Whether this visit has an open call."""
    visit = current()
    return visit is not None and visit.calling is not None


def limit_s() -> int:
    """After how many seconds without a touch the server ends a visit."""
    return house.settings.idle_s + house.settings.warn_s + GRACE_S


def current_kiosk() -> Kiosk | None:
    """The kiosk this browser is; nothing when the device is not enrolled."""
    if "kiosk" not in g:
        g.kiosk = _find_kiosk()
    kiosk: Kiosk | None = g.kiosk
    return kiosk


def _find_kiosk() -> Kiosk | None:
    visit = current()
    if visit:
        return known_kiosk(visit.kiosk)
    token = cookies.read(cookies.KIOSK)
    if token:
        with house.database.read() as connection:
            name = kiosks.by_token(connection, token, house.clock())
        if name:
            return known_kiosk(name)
    return house.site.kiosks[0] if house.settings.demo else None


def current_place() -> Place:
    """The place this browser stands in; the first of the site for a device that is not enrolled."""
    kiosk = current_kiosk()
    return kiosk.place if kiosk else house.site.places[0]


def known_kiosk(name: str) -> Kiosk:
    """The kiosk of that name; one that the site does not describe looks like the first."""
    return house.site.kiosk(name) or replace(house.site.kiosks[0], name=name, title=name)


def facts_at(name: str, locale: str) -> dict[str, str]:
    """What the words of a journey may name between braces, as it is at this kiosk and in this language."""
    kiosk = known_kiosk(name)
    facts = {**house.site.facts(locale), "reception": kiosk.place.reception.spoken(locale)}
    facts["desk"] = kiosk.desk.spoken(locale)
    return {fact: isolated(text, locale) for fact, text in facts.items()}


def begin(kiosk: Kiosk, language: str) -> str:
    """Begin a visit at this kiosk for this request; gives the token for its cookie."""
    with house.database.write() as connection:
        if not house.settings.demo:
            visits.wipe_kiosk(connection, kiosk.name)
        g.pop("language", None)
        g.visit, token = visits.begin(connection, kiosk=kiosk.name, language=language, now=house.clock())
    g.visit_token = token
    return token


def current_or_begin() -> Visit:
    """The visit of this browser, begun by this tap where there was none.

    Raises `NoSuchPage` on a device that is not enrolled.
    """
    visit, kiosk = current(), current_kiosk()
    if visit is None:
        if kiosk is None:
            raise NoSuchPage
        begin(kiosk, house.site.language)
        visit = g.visit
    return visit


def keep_cookie(response: Response) -> Response:
    """After each request: hand the browser the visit that began in it."""
    token = g.get("visit_token")
    return cookies.give(response, cookies.VISIT, token) if token else response


def touch() -> None:
    """Count this request as a touch, at most four times a minute: all that reading a page may write."""
    visit = g.get("visit")
    now = house.clock()
    if visit and (now - visit.touched).total_seconds() >= GRACE_S:
        with house.database.write() as connection:
            visits.touch(connection, visit.id, now)


@dataclass(frozen=True)
class Taken:
    """An errand of this visit, with the version it began with and where its answers lead."""

    errand: Errand
    version: Version

    @cached_property
    def position(self) -> Position:
        """Where the answers lead, replayed."""
        return walk(self.version.journey, self.errand.answers, house.day())

    @property
    def discreet(self) -> bool:
        """Whether it must not be said where others look on what this is about."""
        return is_discreet(self.version.journey, self.position)

    def with_answers(self, answers: Mapping[str, Any]) -> "Taken":
        """The same errand, had these been its answers."""
        return Taken(replace(self.errand, answers=dict(answers)), self.version)

    def place_of(self, part: Part) -> tuple[int, int]:
        """Which part this is, and of how many that apply."""
        return hubs.place(self.version.journey, self.position, house.day(), part)

    def reaches(self, key: str) -> bool:
        """Whether the question with that key is on the route as far as it leads."""
        return key in self.position.keys

    @property
    def url(self) -> str:
        """The address of where the citizen is: the next question, the review, or the end."""
        if self.errand.state != "open":
            return url_for("ending.done", number=self.errand.number)
        here = self.position.here
        return self.url_of(here) if here else url_for("ending.review", number=self.errand.number)

    def url_after(self, part: Part, coming: Point | None) -> str:
        """The address to go to from a part: the overview, once it is done and there is a choice of others."""
        if coming and coming.part is not part and len(self.position.open) > 1:
            return url_for("overview.hub", number=self.errand.number)
        return self.url_of(coming) if coming else self.url

    def url_of(self, point: Point) -> str:
        """The address at which a question of the route is asked: its own, or that of its part in express."""
        by_part = self.errand.way == "express" and not point.step.ends
        key = page_key(point.part, point.round) if by_part else point.key
        return url_for("steps.step", number=self.errand.number, key=key)


def errand_or_404(number: int) -> Errand:
    """The errand of this visit with that number; raises `NoSuchPage`, or `VisitOver` without a visit.

    Raises `StillThere` where it is time to ask that before a page is shown.
    """
    token = cookies.read(cookies.VISIT)
    with house.database.read() as connection:
        g.visit, errand = visits.with_errand(connection, token, number, house.clock(), limit_s=limit_s())
    if errand is None:
        raise NoSuchPage if g.visit else VisitOver
    if request.method == "GET" and not is_htmx() and g.visit.is_to_be_asked(house.clock()):
        raise StillThere
    return errand


def taken_or_404(number: int) -> Taken:
    """The errand of this visit with that number and its version; raises `NoSuchPage`."""
    return taken(errand_or_404(number))


def taken(errand: Errand) -> Taken:
    """An errand with the version it began with."""
    return Taken(errand, version_of(errand))


def latest() -> Taken | None:
    """The errand that this visit was last busy with."""
    visit = current()
    if visit is None:
        return None
    errands = taken_in(visit.id)
    return errands[-1] if errands else None


def taken_in(visit_id: str) -> list[Taken]:
    """The errands of a visit, the first one first; those whose version was never kept are left out."""
    with house.database.read() as connection:
        errands = visits.errands(connection, visit_id)
    found = []
    for each in errands:
        with suppress(NoSuchPage):
            found.append(taken(each))
    return found


def version_of(errand: Errand | Handled) -> Version:
    """The version an errand began with: the one on the shelf while it is the same, else the one kept."""
    try:
        on_shelf = house.shelf.version(errand.journey)
    except UnknownJourney:
        return kept_version(errand.version)
    return on_shelf if on_shelf.id == errand.version else kept_version(errand.version)


def kept_version(version_id: str) -> Version:
    """A version out of the records; raises `NoSuchPage` when it was never kept."""
    with house.database.read() as connection:
        text = versions.text(connection, version_id)
    if text is None:
        raise NoSuchPage
    return _parsed(text)


@lru_cache(maxsize=64)
def _parsed(text: str) -> Version:
    return Version.from_text(text)


OWN_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")
"""A path of this site: no second slash, and no space, backslash or control sign that a browser would drop."""


def own_path(path: str) -> str:
    """The path to go on to, when it is one of ours; else the start."""
    return path if OWN_PATH.fullmatch(path) else url_for("citizen.start")


def here() -> str:
    """The path of the page being shown, to come back to."""
    return request.full_path.rstrip("?")
