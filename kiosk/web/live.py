"""The stream that says "something changed", never what: all that is shown comes from one normal GET."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from threading import BoundedSemaphore

from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState

from kiosk.records import calls
from kiosk.records.database import Event, Subscription
from kiosk.records.events import AGAIN
from kiosk.records.staff import Staff
from kiosk.web import staffing, visiting
from kiosk.web.parts import house

STREAMS = 200
"""How many streams one process holds. Each holds a thread, and the server has 256 of them."""
HEARTBEAT_S = 10.0
"""How soon a browser that left is noticed, and well under the patience of any proxy."""
ALIVE = "event: alive\ndata: yes\n\n"
"""An event and no comment, so that a page can tell a silent hall from a line that broke unnoticed."""
LIFETIME_S = 300.0
"""After this the browser connects again, so no stream outlives the sign-in it began with for long."""
RETRY_MS = 1000
LONGEST_ID = 19

blueprint = Blueprint("live", __name__)


@blueprint.record
def make_room(state: BlueprintSetupState) -> None:
    """Give an app its own number of streams."""
    state.app.extensions["live"] = BoundedSemaphore(STREAMS)


@blueprint.get("/live")
def live() -> Response:
    """The stream of this browser's visit and kiosk, and of its member of staff.

    204 tells a browser with neither not to come back; 503 tells one too many to poll instead.
    """
    topics = topics_of_browser()
    if not topics:
        return Response(status=204)
    room: BoundedSemaphore = current_app.extensions["live"]
    if not room.acquire(blocking=False):
        return Response(status=503, headers={"Retry-After": "10"})
    with ExitStack() as closing:
        closing.callback(room.release)
        return stream(topics, closing)


def topics_of_browser() -> list[str]:
    """What this browser may hear about."""
    visit = visiting.current()
    mine = [f"visit:{visit.id}", f"kiosk:{visit.kiosk}"] if visit else []
    return mine + (of_staff(member) if (member := staffing.current()) else [])


def of_staff(member: Staff) -> list[str]:
    """What a member of staff may hear about: all calls and errands, and the visits of who they help."""
    with house.database.read() as connection:
        helped = calls.visits_with(connection, member)
    return ["calls", "errands", "printers", *(f"visit:{visit}" for visit in helped)]


def stream(topics: Sequence[str], closing: ExitStack) -> Response:
    """The open response; whatever `closing` holds is let go when the browser leaves."""
    subscription = closing.enter_context(house.watcher.subscribe(*topics))
    lines = ticks(subscription, missed(topics, request.headers.get("Last-Event-ID", "")))
    response = Response(lines, mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})
    response.call_on_close(closing.pop_all().close)
    return response


def missed(topics: Sequence[str], last_seen: str) -> list[Event]:
    """What this browser did not hear since the event it saw last; one that saw none is told to fetch."""
    known = int(last_seen) if last_seen.isdecimal() and len(last_seen) < LONGEST_ID else -1
    return house.watcher.since(known, *topics)


def ticks(
    subscription: Subscription, batch: Sequence[Event], *, monotonic: Callable[[], float] = time.monotonic
) -> Iterator[str]:
    """What goes over the line: what was missed, then each batch as one tick, and a sign of life between.

    A tick goes at once: it is the page that fetches at most once a second.
    """
    ends, told = monotonic() + LIFETIME_S, -1
    yield f"retry: {RETRY_MS}\n\n"
    while monotonic() < ends:
        # The first batch may hold what the subscription gives again.
        news = [each for each in batch if each.id > told or each.topic == AGAIN]
        told = max([told, *(each.id for each in news)])
        yield tick(news) if news else ALIVE
        batch = subscription.wait(HEARTBEAT_S)


def tick(batch: Sequence[Event]) -> str:
    """One server-sent event for these changes."""
    topics = " ".join(sorted({event.topic for event in batch}))
    return f"event: changed\nid: {batch[-1].id}\ndata: {topics}\n\n"
