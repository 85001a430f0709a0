"""Whatever people and processes do, a call is neither lost nor shown twice: held against a simple model.

The house has two doors: two apps that share nothing but the database, or two real servers. Every tap goes
through either, and either may end without warning and start again.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import html5lib
import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kiosk.escalating import ring_one
from kiosk.records import answering, calls
from kiosk.records.database import Database
from kiosk.work import tidy
from tests.fixtures.apps import app_of, settings_for
from tests.fixtures.doors import AppDoor, Browser, Hall, HallInTime, ServerDoor, Ticking, at_noon
from tests.fixtures.municipality import SITE
from tests.fixtures.servers import Server

KIOSKS = ("zuil-1", "zuil-2")
STAFF = ("hana", "anna")
BEFORE = datetime(2027, 1, 1, tzinfo=UTC)
OPEN = ("sent", "coming", "here")
NEXT = {"sent": ("claim", "coming"), "coming": ("here", "here"), "here": ("resolve", "done")}
"""What staff press at a call in each state, and what it is then."""
ENDED = ("", "done", "cancelled")


@dataclass(frozen=True)
class Expected:
    """What must be so of the last call at a kiosk; `since` is when it got into this state."""

    state: str = ""
    since: datetime = BEFORE
    taker: str = ""

    @property
    def open(self) -> bool:
        return self.state in OPEN

    def panel(self, now: datetime, anybody: bool) -> str:
        """What the citizen reads of it."""
        if self.state == "sent":
            silent = (now - self.since).total_seconds() >= SITE.rings.nobody
            return "sent" if anybody and not silent else "nobody"
        return self.state if self.open or now - self.since < calls.STILL_SHOWN else ""

    def is_deserted(self, now: datetime, left: datetime | None) -> bool:
        """Whether its taker, who left the house then, went away before they came."""
        gone = left is not None and now - max(left, self.since) > answering.GONE
        return self.state == "coming" and gone


def cards(html: str) -> list[tuple[str, str, set[str]]]:
    """Each call on a console page: its id, its state and what can be done with it."""
    root = html5lib.parseFragment(html)
    return [
        (
            card.get("data-call", ""),
            card.get("data-call-state", ""),
            {each.get("data-action", "") for each in card.iter() if each.get("data-action")},
        )
        for card in root.iter()
        if card.get("data-call")
    ]


def panels(html: str) -> list[str]:
    """The states of every panel on what a citizen sees."""
    states = (each.get("data-call-state", "") for each in html5lib.parseFragment(html).iter())
    return list(filter(None, states))


def at_once(*acts: Callable[[], Any]) -> None:
    """Do all this in the same instant."""
    together = Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Any:
        together.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(begin, acts))


def somewhere(*states: str) -> Callable[["LifeOfACall"], bool]:
    """Whether there is a call in such a state."""
    return lambda life: any(each.state in states for each in life.model.values())


kiosks, doors, names = st.sampled_from(KIOSKS), st.sampled_from((0, 1)), st.sampled_from(STAFF)


class LifeOfACall(RuleBasedStateMachine):
    """Two citizens, a host and an official, doing anything in any order through either door."""

    most_deaths = 1  # in one life, for each costs much time

    def __init__(self, hall: Hall) -> None:
        super().__init__()
        self.hall = hall
        self.citizens: dict[str, Browser] = {}
        self.model: dict[str, Expected] = {}
        self.left: dict[str, datetime | None] = {}
        self.turn = self.deaths = 0

    @initialize()
    def opens(self) -> None:
        for kiosk in KIOSKS:
            self.arrives(kiosk)
            self.calls(kiosk, 0)
        for name in STAFF:
            self.duty(name, True, 0)

    def arrives(self, kiosk: str) -> None:
        citizen = self.citizens[kiosk] = Browser()
        citizen.get(self.hall.doors[0], f"/?kiosk={kiosk}")
        citizen.post(self.hall.doors[1], "/visits", journey="moving", way="guided")
        self.model[kiosk] = Expected()

    def tap(self, kiosk: str, door: int, path: str, **form: Any) -> None:
        self.citizens[kiosk].post(self.hall.doors[door], path, **form)

    def act(self, name: str, kiosk: str, door: int, verb: str, **form: str) -> None:
        """A member of staff presses this on the call at that kiosk."""
        self.hall.staff[name].post(self.hall.doors[door], f"{self.address(kiosk)}/{verb}", **form)

    def address(self, kiosk: str) -> str:
        """Where staff act on the call of this kiosk."""
        return f"/console/calls/{self.hall.open_calls()[kiosk].id}"

    def becomes(self, kiosk: str, state: str, taker: str = "") -> None:
        self.model[kiosk] = Expected(state, self.hall.now(), taker)

    def at(self, kiosk: str, *states: str) -> str:
        """This kiosk, or the other one when only there the call is in such a state."""
        return kiosk if self.model[kiosk].state in states else KIOSKS[1 - KIOSKS.index(kiosk)]

    # What citizens do.

    @precondition(somewhere(*ENDED))
    @rule(kiosk=kiosks, door=doors)
    def calls(self, kiosk: str, door: int) -> None:
        kiosk = self.at(kiosk, *ENDED)
        self.tap(kiosk, door, "/call")
        self.becomes(kiosk, "sent")

    @rule(kiosk=kiosks)
    def taps_twice_in_the_same_instant(self, kiosk: str) -> None:
        if not self.model[kiosk].open:
            self.becomes(kiosk, "sent")
        at_once(*(partial(self.tap, kiosk, door, "/call") for door in (0, 1)))

    @precondition(somewhere(*OPEN))
    @rule(
        kiosk=kiosks, name=names, how=st.sampled_from(("cancel", "cancel as somebody claims it", "go away"))
    )
    def the_citizen_needs_nobody_any_more(self, kiosk: str, name: str, how: str) -> None:
        kiosk = self.at(kiosk, *OPEN)
        claim = partial(self.hall.staff[name].post, self.hall.doors[0], f"{self.address(kiosk)}/claim")
        cancel = partial(self.tap, kiosk, 1, "/call/cancel")
        match how:
            case "cancel":
                cancel()
            case "go away":
                self.tap(kiosk, 0, "/visit/end")
                self.arrives(kiosk)
                return
            case _:
                at_once(claim, cancel)
        self.becomes(kiosk, "cancelled")

    # What staff do.

    @precondition(somewhere(*OPEN))
    @rule(kiosk=kiosks, door=doors, name=names)
    def staff_go_on(self, kiosk: str, door: int, name: str) -> None:
        """Somebody takes the call; who took it says that they are there, then that it is done."""
        kiosk = self.at(kiosk, *OPEN)
        verb, state = NEXT[self.model[kiosk].state]
        name = self.model[kiosk].taker or name
        self.act(name, kiosk, door, verb)
        self.becomes(kiosk, state, "" if state in ENDED else name)

    @precondition(somewhere("coming"))
    @rule(kiosk=kiosks, door=doors)
    def who_comes_helps_from_afar(self, kiosk: str, door: int) -> None:
        kiosk = self.at(kiosk, "coming")
        self.act(self.model[kiosk].taker, kiosk, door, "resolve", helped="wording")
        self.becomes(kiosk, "done")

    @precondition(somewhere("sent"))
    @rule(kiosk=kiosks)
    def both_claim_in_the_same_instant(self, kiosk: str) -> None:
        kiosk = self.at(kiosk, "sent")
        at_once(*(partial(self.act, name, kiosk, door, "claim") for door, name in enumerate(STAFF)))
        winner = self.hall.open_calls()[kiosk].taken_by
        assert winner in STAFF
        self.becomes(kiosk, "coming", winner)

    @precondition(somewhere("coming", "here"))
    @rule(kiosk=kiosks, door=doors, verb=st.sampled_from(("claim", "here", "resolve")))
    def who_did_not_take_it_changes_nothing(self, kiosk: str, door: int, verb: str) -> None:
        kiosk = self.at(kiosk, "coming", "here")
        other = next(name for name in STAFF if name != self.model[kiosk].taker)
        self.act(other, kiosk, door, verb)

    @rule(name=names, on=st.booleans(), door=doors)
    def duty(self, name: str, on: bool, door: int) -> None:
        self.hall.staff[name].post(
            self.hall.doors[door], "/console/duty", on="yes" if on else "no", next="/console/"
        )
        self.left[name] = None if on else self.hall.now()

    # What happens to the house.

    @precondition(lambda life: life.deaths < life.most_deaths)
    @rule(door=doors)
    def a_process_dies_and_starts_again(self, door: int) -> None:
        self.deaths += 1
        self.hall.doors[door].restart()

    # What must be so after all of it.

    @invariant()
    def no_call_is_lost_or_doubled(self) -> None:
        found = {kiosk: (call.state, call.taken_by or "") for kiosk, call in self.hall.open_calls().items()}
        wanted = {kiosk: (each.state, each.taker) for kiosk, each in self.model.items() if each.open}
        assert found == wanted

    @invariant()
    def citizens_read_how_it_stands(self) -> None:
        self.turn += 1
        for number, (kiosk, citizen) in enumerate(self.citizens.items()):
            shown = panels(citizen.fragment(self.hall.doors[(self.turn + number) % 2], "/call"))
            wanted = self.model[kiosk].panel(self.hall.now(), None in self.left.values())
            assert shown == [wanted] * bool(wanted)

    @invariant()
    def staff_see_every_call_once(self) -> None:
        waiting = {call.id: self.model[kiosk] for kiosk, call in self.hall.open_calls().items()}
        for number, name in enumerate(STAFF):
            door = self.hall.doors[(self.turn + number) % 2]
            shown = cards(self.hall.staff[name].fragment(door, "/console/calls"))
            assert sorted(call for call, _, _ in shown) == sorted(waiting)
            for call, state, offered in shown:
                assert state == waiting[call].state
                assert ("claim" in offered) == (state == "sent")
                assert ("resolve" in offered) == (waiting[call].taker == name)
                assert ("here" in offered) == (state == "coming" and waiting[call].taker == name)

    def teardown(self) -> None:
        for citizen in self.citizens.values():
            citizen.post(self.hall.doors[0], "/visit/end")


class LifeOfACallInTime(LifeOfACall):
    """The same, in a house whose clock the test holds: calls ring further, and end by themselves."""

    hall: HallInTime
    most_deaths = 2

    @rule(seconds=st.sampled_from((1, 45, 100, 170)))
    def time_passes(self, seconds: int) -> None:
        self.hall.clock.forward(seconds=seconds)
        for citizen in self.citizens.values():
            citizen.post(self.hall.doors[0], "/visit/stay")
        for staff in self.hall.staff.values():
            staff.get(self.hall.doors[1], "/console/")

    @rule(door=doors)
    def the_worker_works(self, door: int) -> None:
        house = self.hall.house(door)
        while ring_one(house):
            pass
        for kiosk, each in self.model.items():
            if each.is_deserted(self.hall.now(), self.left.get(each.taker)):
                self.becomes(kiosk, "sent")
        tidy(house)


@pytest.fixture
def hall_in_time(app: Flask, tmp_path: Path, database: Database) -> HallInTime:
    """Two apps over one database, with one clock that moves a little at every look, as real ones do."""
    clock = Ticking()
    settings = settings_for(tmp_path, app.extensions["house"].settings.database_url)
    doors = [AppDoor(lambda: app_of(settings, clock)) for _ in range(2)]
    return HallInTime(doors, database, clock, clock=clock).with_staff(*STAFF)


@pytest.fixture
def hall_of_servers(start_server: Callable[..., Server], own_site: Path, database: Database) -> Hall:
    """Two real servers over one database, in a town where it is about noon."""
    at_noon(own_site)
    doors = [ServerDoor(start_server(KIOSK_SITE=str(own_site))) for _ in range(2)]
    return Hall(doors, database, lambda: datetime.now(UTC)).with_staff(*STAFF)


def live(hall: Hall, machine: type[LifeOfACall], *, examples: int, steps: int) -> None:
    """Let the model and the house live side by side, so many times for so many steps."""
    run_state_machine_as_test(
        lambda: machine(hall),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )


def test_a_call_lives_as_the_model_says(hall_in_time: HallInTime) -> None:
    live(hall_in_time, LifeOfACallInTime, examples=8, steps=25)


@pytest.mark.matrix
def test_a_call_lives_as_the_model_says_for_long(hall_in_time: HallInTime) -> None:
    live(hall_in_time, LifeOfACallInTime, examples=60, steps=40)


@pytest.mark.slow
def test_a_call_lives_as_the_model_says_on_two_real_servers(hall_of_servers: Hall) -> None:
    live(hall_of_servers, LifeOfACall, examples=3, steps=25)
