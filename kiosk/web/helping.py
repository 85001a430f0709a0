"""Answering calls: going there, handing one over with a note, and closing it with what helped in one tap."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.records import answering, calls, staff
from kiosk.records.calls import Call
from kiosk.records.staff import Staff
from kiosk.web import console, staffing
from kiosk.web.errors import NoSuchPage
from kiosk.web.parts import house
from kiosk.web.visiting import known_kiosk, own_path
from kiosk.web.waiting import EXPERTISE, PRIVATE, subject

blueprint = Blueprint("helping", __name__, url_prefix="/console/calls")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.context_processor(console.of_every_page)
blueprint.register_error_handler(NoSuchPage, console.nothing_here)

VERBS = {"claim": answering.claim, "here": answering.here}
BACK_OFFICE = "back-office"
MOST_SIGNS = 1000
NOBODY_CHOSEN = "Kies aan wie u het geeft."
NO_NOTE = "Schrijf op wat er uitgezocht moet worden."


@dataclass(frozen=True)
class Receiver:
    """Who a call can be handed to: a colleague on duty, everybody with an expertise, or the back office."""

    value: str
    title: str
    hint: str


@blueprint.post("/<call>/<any(claim, here):verb>")
def act(call: str, verb: str) -> Response:
    """Take a call, or say that you are there. Of two who take it, one reads that the other goes."""
    with house.database.write(durable=True) as connection:
        done = VERBS[verb](connection, call, staffing.signed_in(), house.clock())
    return onward(None if done else call)


@blueprint.post("/<call>/resolve")
def resolve(call: str) -> Response:
    """Close a call with what helped, which is counted; with nothing when nobody was there any more."""
    helped = request.form.get("helped", "")
    if helped not in ("", *answering.HELPED):
        raise NoSuchPage
    with house.database.write(durable=True) as connection:
        answering.resolve(connection, call, staffing.signed_in(), house.clock(), helped)
    return onward()


@blueprint.get("/<call>/hand-over")
def choose(call: str) -> str:
    """To whom to hand a call that is yours, and what to say to them."""
    return hand_over_page(mine_or_404(call))


@blueprint.post("/<call>/hand-over")
def hand_over(call: str) -> Response | tuple[str, int]:
    """Let a colleague, all with an expertise, or the back office go on with a call that is yours."""
    found, to, note = mine_or_404(call), request.form.get("to", ""), note_typed()
    if to not in {each.value for each in receivers(found)}:
        return hand_over_page(found, to=NOBODY_CHOSEN), 422
    if to == BACK_OFFICE and not note:
        return hand_over_page(found, note=NO_NOTE), 422
    me, now = staffing.signed_in(), house.clock()
    with house.database.write(durable=True) as connection:
        if to == BACK_OFFICE:
            answering.to_back_office(connection, found, me, now, note)
        else:
            kind, _, name = to.partition(":")
            answering.hand_over(connection, call, me, now, note=note, **{kind: name})
    return onward()


@blueprint.post("/<call>/<any(release, end):verb>")
def reset(call: str, verb: str) -> Response:
    """A supervisor lets a call wait for anybody again, or ends it when nobody stands there any more."""
    staffing.require("supervisor")
    with house.database.write(durable=True) as connection:
        found = calls.open_call(connection, call)
        if found and verb == "release":
            answering.release(connection, call, house.clock())
        elif found and found.visit:
            calls.cancel(connection, found.visit, house.clock())
    return onward()


def mine_or_404(call: str) -> Call:
    """The open call that the reader took; raises `NoSuchPage`."""
    with house.database.read() as connection:
        found = calls.taken_by(connection, call, staffing.signed_in())
    if found is None:
        raise NoSuchPage
    return found


def note_typed() -> str:
    """What was written for whoever goes on."""
    return request.form.get("note", "").strip()[:MOST_SIGNS]


def hand_over_page(call: Call, **errors: str) -> str:
    """The page on which a call is handed over, with what was typed."""
    about = PRIVATE if call.discreet else subject(call.journey, call.step)[0]
    return render_template(
        "console/hand_over.html",
        call=call,
        about=about,
        receivers=receivers(call),
        typed=request.form,
        errors=errors,
        goes_back=home(),
    )


def receivers(call: Call) -> Sequence[Receiver]:
    """Who can go on with this call, the most likely first: who knows about it and is free."""
    place, me = known_kiosk(call.kiosk).place.name, staffing.signed_in()
    with house.database.read() as connection:
        near = [each for each in staff.on_duty(connection, house.clock()) if each.place == place]
        known = {skill for each in staff.all_(connection, house.clock()) for skill in each.expertise}
    colleagues = sorted(
        (each for each in near if each.name != me.name),
        key=lambda each: (call.expertise not in each.expertise, each.busy, each.shown),
    )
    skilled = [skill_receiver(skill, near) for skill in sorted(known, key=lambda it: it != call.expertise)]
    behind = Receiver(BACK_OFFICE, "Laat het uitzoeken", "De burger hoeft niet te wachten.")
    return [*(colleague_receiver(each) for each in colleagues), *skilled, behind]


def colleague_receiver(member: Staff) -> Receiver:
    """One colleague, with what they know and whether they are free."""
    knows = [EXPERTISE.get(each, each) for each in member.expertise]
    return Receiver(
        f"to:{member.name}", member.shown, ", ".join([*knows, "met een klant" if member.busy else "vrij"])
    )


def skill_receiver(skill: str, near: Sequence[Staff]) -> Receiver:
    """Everybody with an expertise, with how many of them are here and free."""
    free = sum(skill in each.expertise and not each.busy for each in near)
    hint = "nu niemand vrij" if not free else f"nu {free} vrij"
    return Receiver(f"expertise:{skill}", f"Iedereen voor {EXPERTISE.get(skill, skill)}", hint)


def home() -> str:
    """The page to go back to: the one that asked, else the first page of the console."""
    wanted = request.values.get("next", "")
    return own_path(wanted) if wanted else url_for("console.index")


def onward(lost: str | None = None) -> Response:
    """Back to the page that asked; with the call that somebody else took first, where it says who."""
    address = home()
    return redirect(f"{address}?call={lost}" if lost else address, 303)
