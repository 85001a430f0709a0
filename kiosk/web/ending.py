"""The end of an errand: everything once more, the citizen's yes, and where they stand."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from kiosk.journeys import deadlines, screens
from kiosk.records import figures, prints, visits
from kiosk.records.database import announce
from kiosk.web import asking, beside, calling, marks, parcels, telling, visiting
from kiosk.web.calling import Whereabouts
from kiosk.web.counting import tally
from kiosk.web.languages import locale_name, say_for
from kiosk.web.parts import house, is_htmx, load_anew, unchanged
from kiosk.web.visiting import Taken, taken_or_404

blueprint = Blueprint("ending", __name__)

CONFIRMED = {"seen": "prepared", "none": "arranged"}
"""What confirming makes of an errand, by the identity that its journey asks for."""


@dataclass(frozen=True)
class Group:
    """Rows of the review that belong together; one round of a repeated part can be taken out."""

    part: str
    title: str
    round: int | None
    removable: bool
    rows: tuple[screens.Row, ...]


@blueprint.get("/visit/<int(max=9999):number>/review")
def review(number: int) -> Response | str:
    """All answers, each of which can be changed."""
    taken = taken_or_404(number)
    if taken.errand.state != "open" or taken.position.ending != "review":
        return redirect(taken.url, 303)
    visiting.touch()
    told = summary(taken)
    return render_template(
        "citizen/review.html",
        summary=told,
        groups=groups_of(told.rows),
        errand=taken.errand,
        read=marks.whole(taken.errand),
        changed="changed" in request.args,
        back=taken.url_of(taken.position.points[-1]),
    )


def groups_of(rows: Sequence[screens.Row]) -> list[Group]:
    """The rows in order, a group for each round of a repeated part."""
    found = [(key, tuple(same)) for key, same in groupby(rows, key=lambda row: (row.part_title, row.round))]
    rounds = Counter(title for (title, number), _ in found if number)
    return [
        Group(same[0].key.partition(".")[0], title, number, rounds[title] > 1, same)
        for (title, number), same in found
    ]


def summary(taken: Taken) -> screens.Summary:
    """Where this errand stands, in the language of the page; for two readers in both."""
    told = screens.summary(
        telling.described(taken.errand, taken.version),
        house.day(),
        say_for(taken.version),
        locale=locale_name(),
        facts=visiting.facts_at(taken.errand.kiosk, locale_name()),
    )
    return beside.summary(taken, told)


@blueprint.post("/visit/<int(max=9999):number>/confirm")
def confirm(number: int) -> Response:
    """Put the errand ready, or arrange it: once, however often it is tapped, and only as it was read."""
    taken = taken_or_404(number)
    try:
        if taken.errand.state == "open" and taken.position.ending == "review":
            if request.form.get("read", "") not in ("", marks.whole(taken.errand)):
                raise visits.Overtaken
            arrange(taken)
            taken = taken_or_404(number)
    except visits.Overtaken:
        return redirect(url_for("ending.review", number=number, changed=1), 303)
    return redirect(taken.url, 303)


def arrange(taken: Taken, by: str | None = None) -> None:
    """Put the errand ready, or arrange it; `by` who heard the citizen say yes. Raises `visits.Overtaken`."""
    with house.database.write(durable=True) as connection:
        write_down(connection, taken, CONFIRMED[taken.version.journey.identity], by)
        if by or visiting.is_calling():
            announce(connection, f"visit:{taken.errand.visit}")


@blueprint.post("/visit/<int(max=9999):number>/refer")
def refer(number: int) -> Response:
    """Hand the errand to staff and call somebody about it: once, however often the button is tapped."""
    taken = taken_or_404(number)
    visit, end = visiting.current(), taken.position.here
    if visit and taken.errand.state == "open" and taken.position.ending == "refer":
        with suppress(visits.Overtaken), house.database.write(durable=True) as connection:
            if write_down(connection, taken, "referred"):
                calling.call_about(connection, visit, Whereabouts(taken.version.journey, taken, end))
        taken = taken_or_404(number)
    return redirect(taken.url, 303)


def write_down(connection: Connection, taken: Taken, state: str, by: str | None = None) -> bool:
    """Keep an errand as it ends, with what must be delivered; False when it had ended before."""
    journey, now = taken.version.journey, house.clock()
    reference = taken.errand.reference or visits.new_reference(connection)
    day = house.day()
    receivers = journey.deliver if state != "referred" else ()
    first = visits.confirm(
        connection,
        taken.errand,
        state=state,
        reference=reference,
        answers=dict(taken.position.answers),
        until=day.today + timedelta(days=journey.keep.days),
        due=deadlines.due(journey, taken.position, day.today, day),
        keep_until=now + journey.keep,
        deliveries={name: parcels.confirmed(taken, reference) for name in receivers},
        discreet=taken.discreet,
        by=by,
        now=now,
    )
    if first:
        figures.count(connection, tally(taken, taken.position.here, finished=1))
    return first


@blueprint.get("/visit/<int(max=9999):number>/done")
def done(number: int) -> Response | str:
    """Where you stand: what is ready, where to go now, and the paper."""
    taken = taken_or_404(number)
    if taken.errand.state == "open":
        return redirect(taken.url, 303)
    visiting.touch()
    with house.database.read() as connection:
        job = prints.of_errand(connection, taken.errand.id)
    return render_template(
        "citizen/done.html",
        summary=summary(taken),
        errand=taken.errand,
        job=job,
        asked=asking.asked_of(taken),
        watched=telling.standing(taken.errand) not in telling.FINISHED,
    )


@blueprint.get("/visit/<int(max=9999):number>/done/standing")
def standing(number: int) -> Response:
    """For htmx: has it load the page anew when staff went on with the errand since it was shown."""
    errand = visiting.errand_or_404(number)
    if not is_htmx():
        return redirect(url_for("ending.done", number=number), 303)
    return unchanged() if telling.standing(errand) == request.args.get("shown") else load_anew()
