"""Looking along: who was called sees the citizen's screen, in Dutch too, as far as the citizen lets them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.journeys import express, fields
from kiosk.journeys.fields import FieldError
from kiosk.journeys.flow import Point
from kiosk.journeys.hubs import Entry, hub
from kiosk.journeys.model import Step
from kiosk.journeys.screens import Screen
from kiosk.records import calls, visits
from kiosk.records.calls import Call
from kiosk.site import Language
from kiosk.web import beside, console, covers, earlier, marks, sheets, staffing, telling, visiting
from kiosk.web.errors import NoSuchPage
from kiosk.web.languages import language
from kiosk.web.parts import house, is_htmx, load_anew, unchanged
from kiosk.web.sheets import Group
from kiosk.web.visiting import Taken
from kiosk.web.waiting import subject

blueprint = Blueprint("looking", __name__, url_prefix="/console/calls")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.context_processor(console.of_every_page)

SHOWS = ("both", "own", "theirs", "one")
"""How the citizen's screen is shown: side by side, in the site's own language, in theirs, or both on one."""


class NotShared(NoSuchPage):
    """The reader took this call, and the citizen does not let them look along, or has nothing to show yet."""

    def __init__(self, call: Call) -> None:
        super().__init__()
        self.call = call


@dataclass(frozen=True)
class Asked:
    """What is on the citizen's screen, in one language."""

    language: Language
    screens: tuple[Screen, ...]


@dataclass(frozen=True)
class View:
    """All that who took the call sees with the citizen; what is covered bears no text."""

    call: Call
    taken: Taken
    spoken: Language
    asked: tuple[Asked, ...]
    official: tuple[str, ...]
    parts: tuple[Entry, ...]
    groups: tuple[Group, ...]
    state_text: str

    @property
    def may_overrule(self) -> bool:
        """Whether the citizen stands at an end past which an official may let them."""
        return overrulable(self.taken.position.here)

    @property
    def limited(self) -> bool:
        """Whether they stand at a question with a limit past which an official may let them."""
        here = self.taken.position.here
        return self.may_fill and here is not None and not here.step.ends and fields.may_overrule(here.step)

    @property
    def may_fill(self) -> bool:
        """Whether the reader may fill in."""
        return self.call.level == "together" and self.taken.errand.state == "open"

    @property
    def to_confirm(self) -> bool:
        """Whether all is answered, and the citizen's yes is the only thing that is still to come."""
        return self.taken.errand.state == "open" and self.taken.position.ending == "review"


@dataclass(frozen=True)
class Filling:
    """One question for the reader to fill in; one that is `covered` must be opened first."""

    screen: Screen
    covered: bool


@blueprint.get("/<call>/screen")
@blueprint.get("/<call>/screen/<key>")
def along(call: str, key: str = "") -> Response:
    """The citizen's screen as it is now, and a question to fill in; for htmx only the part that changes."""
    try:
        found, taken = together(call)
    except NotShared as error:
        return unshared(error.call)
    if is_htmx() and request.args.get("level") != found.level:
        return load_anew()
    return page(found, taken, key)


def page(call: Call, taken: Taken, key: str = "", error: FieldError | None = None, why: str = "") -> Response:
    """The page, or for htmx its live part; with what was typed, and why, where that was refused."""
    key = key if taken.reaches(key) else ""
    opened = covers.opened(taken.errand, call.taken_at)
    shown = view(call, taken, opened)
    point = to_fill(shown, key)
    name = "console/_along.html" if is_htmx() else "console/along.html"
    told = render_template(
        name,
        view=shown,
        show=show(),
        key=key,
        at=where(taken),
        read=read(taken, key),
        moved=is_htmx() and has_moved(taken, key),
        why=why,
        fill=point and filling(call, taken, point, opened, error if key else None),
    )
    response = current_app.make_response(told)
    response.headers["Vary"] = "HX-Request"
    return response


def together(call_id: str) -> tuple[Call, Taken]:
    """The call that the reader took and its errand, at which the citizen lets them look along.

    Raises `NoSuchPage` for a call that is not, or no longer, theirs; else `NotShared`.
    """
    with house.database.read() as connection:
        call = calls.taken_by(connection, call_id, staffing.signed_in())
        errands = visits.errands(connection, call.visit) if call and call.visit else []
    if call is None:
        raise NoSuchPage
    if call.level == "explain" or not errands:
        raise NotShared(call)
    return call, visiting.taken(errands[-1])


def view(call: Call, taken: Taken, opened: set[str]) -> View:
    """What who took this call may see now."""
    own, spoken = house.site.languages[0], spoken_by(call)
    seen, here = covers.without_covered(taken, opened), taken.position.here
    points = asked_now(taken) if here else ()
    told = telling.in_own_language(taken.errand, taken.version)
    wanted = {"own": (own,), "theirs": (spoken,), "one": (spoken,)}.get(show(), dict.fromkeys((spoken, own)))
    in_dutch = [telling.screen_in(seen, point, own) for point in points]
    return View(
        call,
        taken,
        spoken,
        tuple(Asked(each, tuple(screen_in(seen, one, each) for one in points)) for each in wanted),
        tuple(screen.official for screen in in_dutch if screen.official),
        parts(taken),
        sheets.groups_of(taken.version, covers.cover(told.rows, opened), taken.errand.entered_by),
        told.state_text if taken.errand.state != "open" else "",
    )


def screen_in(taken: Taken, point: Point, spoken: Language, **given: Any) -> Screen:
    """One step in that language; with the site's own beneath it where the reader wants both on one page."""
    shown, own = telling.screen_in(taken, point, spoken, **given), house.site.languages[0]
    if show() != "one" or spoken == own:
        return shown
    return beside.doubled(shown, telling.screen_in(taken, point, own, **given), spoken, own)


def spoken_by(call: Call) -> Language:
    """The language of the citizen's screen now."""
    with house.database.read() as connection:
        return language(visits.language_of(connection, call.visit) if call.visit else call.language)


def asked_now(taken: Taken) -> Sequence[Point]:
    """What the citizen's screen asks: one question, or in express those of a part."""
    here = taken.position.here
    if here is None or here.step.ends or taken.errand.way != "express":
        return (here,) if here else ()
    key = express.page_key(here.part, here.round)
    return express.page(taken.position, key, taken.errand.answers, house.day()).points


def parts(taken: Taken) -> tuple[Entry, ...]:
    """The parts of the errand, done, open or still to come."""
    speaker = telling.speaker_in(taken, house.site.languages[0])
    locale, facts = speaker.locale, speaker.facts
    return hub(taken.version, taken.position, house.day(), speaker.say, locale=locale, facts=facts)


def to_fill(shown: View, key: str) -> Point | None:
    """The question to fill in: the one with that key, or the one that the citizen is at."""
    position = shown.taken.position
    point = position.point(key) if key else position.here
    return point if shown.may_fill and point and fillable(point.step) else None


def fillable(step: Step) -> bool:
    """Whether staff may answer this too: a message is the citizen's to read, and a consent theirs to give."""
    return step.does == "ask" and step.field != "consent"


def filling(
    call: Call, taken: Taken, point: Point, opened: set[str], error: FieldError | None = None
) -> Filling:
    """The form of one question in the site's own language, or in both where they are on one page."""
    covered = point.key in covers.covered(taken.position) - opened and error is None
    seen = covers.without_covered(taken, opened) if covered else taken
    given = request.form.to_dict(flat=False) if error else None
    spoken = spoken_by(call) if show() == "one" else house.site.languages[0]
    known = {} if fields.is_covered(point.step) else earlier.answers(seen, (point,))
    return Filling(screen_in(seen, point, spoken, earlier=known, given=given, error=error), covered)


def where(taken: Taken) -> str:
    """Where the citizen is, in one word: the key of the question, or the state of the errand."""
    here = taken.position.here
    return here.key if here and taken.errand.state == "open" else taken.errand.state


def read(taken: Taken, key: str) -> str:
    """The mark of what stands in a form: one answer, or all of them where they are looked over."""
    wanted = key or where(taken)
    return marks.whole(taken.errand) if wanted == "open" else marks.mark(taken.errand, wanted)


def has_moved(taken: Taken, key: str) -> bool:
    """Whether the page that asks shows a question that was passed, or another answer than is there now."""
    gone = not key and request.args.get("at") != where(taken)
    return gone or request.args.get("read", "") != read(taken, key)


def show() -> str:
    """In which languages the reader wants to see the citizen's screen."""
    wanted = request.values.get("show", "")
    return wanted if wanted in SHOWS else SHOWS[0]


def address(call: str, key: str | None = None) -> str:
    """The address of the page, in the languages that the reader chose."""
    chosen = None if show() == SHOWS[0] else show()
    return url_for("looking.along", call=call, key=key or None, show=chosen)


def unshared(call: Call) -> Response:
    """The page that says that the citizen does not let anybody look along now, and waits for it."""
    if is_htmx():
        return unchanged() if request.args.get("level") == "none" else load_anew()
    question = subject(call.journey, call.step)[1]
    spoken = spoken_by(call)
    return current_app.make_response(
        render_template("console/unshared.html", call=call, question=question, spoken=spoken)
    )


@blueprint.errorhandler(NoSuchPage)
def over(_: NoSuchPage) -> Response | tuple[str, int]:
    """The call is not, or no longer, the reader's: nothing of it stays on their screen."""
    return load_anew() if is_htmx() else (render_template("console/along_over.html"), 404)


def overrulable(here: Point | None) -> bool:
    """Whether the route ends here, and an official may let the citizen past."""
    return here is not None and here.step.ends and fields.may_overrule(here.step)


def in_dutch(taken: Taken, point: Point, **more: Any) -> Screen:
    """One question as the site's own language says it."""
    return telling.screen_in(taken, point, house.site.languages[0], **more)
