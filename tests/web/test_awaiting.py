"""What a citizen reads of their call: who comes, how soon, and the truth when nobody does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, update

from kiosk.records import answering, calls, patience, staff
from kiosk.records.calls import Call
from kiosk.records.staff import Staff
from kiosk.records.tables import call as call_table
from kiosk.records.tables import staff as staff_table
from kiosk.web.awaiting import truth
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import LANGUAGES, SITE
from tests.fixtures.pages import words
from tests.fixtures.visitors import Visitor

RECEPTION, PHONE = "de receptie links van de ingang", "14 0999"
TIMES = [60, 70, 100, 150, 170]


@dataclass
class Hall:
    """The hall of the town hall, as a test sets it: who is there, and what they do."""

    app: Flask
    clock: Clock

    def change(self, make: Callable[..., Any], *values: Any, **more: Any) -> Any:
        with self.app.extensions["house"].database.write() as connection:
            return make(connection, *values, **more)

    def staffed(self, *names: str, place: str = "stadhuis", busy: bool = False) -> "Hall":
        for name in names:
            moved = update(staff_table).where(staff_table.c.name == name).values(place=place)
            self.change(lambda connection, moved=moved: connection.execute(moved))
            self.change(staff.set_duty, name, True, self.clock.now)
            self.change(staff.set_busy, name, busy)
        return self

    @property
    def call(self) -> Call:
        (found,) = self.change(calls.open_calls)
        return found  # type: ignore[no-any-return]

    def does(self, verb: Callable[..., Any], name: str = "hana", **more: Any) -> None:
        member = Staff(name, name.capitalize(), ("host",), (), ("nl",), "stadhuis")
        assert self.change(verb, self.call.id, member, self.clock.now, **more)

    def has_answered(self, *seconds: int) -> "Hall":
        """Other people in this hall waited so long for an answer, and as long again for the person."""
        row = dict.fromkeys(("kiosk", "journey", "step", "language", "reason"), "")
        for number, each in enumerate(seconds):
            began, taken, here = (self.clock.now.timestamp() - 3600 + each * times for times in (0, 1, 2))
            moments = {"raised_at": began, "waiting_since": began, "taken_at": taken, "here_at": here}
            moments = {name: datetime.fromtimestamp(moment, UTC) for name, moment in moments.items()}
            values = {**row, **moments, "id": f"past-{number}", "place": "stadhuis", "discreet": False}
            ended = {"state": "done", "ended_at": moments["here_at"]}
            self.change(lambda connection, row=values | ended: connection.execute(insert(call_table), row))
        return self


@pytest.fixture
def hall(app: Flask, clock: Clock) -> Hall:
    return Hall(app, clock)


@pytest.fixture
def caller(visitor: Visitor) -> Visitor:
    """Somebody who called at their first question."""
    return visitor.arrives().begins("moving").calls()


def panel(visitor: Visitor) -> str:
    """What the panel says where they are now."""
    return words(visitor.goes_to(visitor.page.path).page.one(data_call_state=""))


def member(name: str, place: str = "stadhuis", busy: bool = False) -> Staff:
    return Staff(name, name, ("host",), (), ("nl",), place, on_duty=True, busy=busy)


@pytest.mark.parametrize(
    ("on_duty", "is_open", "helping", "silent", "said"),
    [
        ([], True, [], False, "nobody"),
        ([], False, [], False, "closed"),
        ([member("hana", "noord")], True, [], False, "elsewhere"),
        ([member("hana", "noord")], False, [], False, "closed"),
        ([member("hana")], True, [], False, ""),
        ([member("hana")], True, [], True, "silent"),
        ([member("hana")], False, [], False, ""),
        ([member("hana", busy=True)], True, [], False, "busy"),
        ([member("hana")], True, ["hana"], False, "busy"),
        ([member("hana", busy=True), member("anna")], True, [], False, ""),
        ([member("hana", busy=True), member("anna", "noord")], True, [], False, "busy"),
        ([member("hana", busy=True)], True, [], True, "silent"),
    ],
)
def test_the_truth_of_a_call_that_nobody_took(
    on_duty: list[Staff], is_open: bool, helping: list[str], silent: bool, said: str
) -> None:
    assert truth("stadhuis", is_open, on_duty, helping, silent) == said


@pytest.mark.norm("HLP-06")
def test_with_nobody_on_duty_it_says_where_to_go_and_stays_open(caller: Visitor) -> None:
    said = panel(caller)
    assert caller.call_state == "nobody"
    assert "Er is nu niemand vrij" in said and RECEPTION in said and PHONE in said
    assert "Komt er toch iemand? Dan ziet u dat hier." in said
    assert caller.page.all(data_call_open="") and caller.page.all(data_action="cancel-call")


def test_with_nobody_on_duty_one_tap_leads_to_going_on_later(caller: Visitor) -> None:
    assert caller.presses("later").page.screen == "later"


def test_somebody_elsewhere_does_not_count_as_here(caller: Visitor, hall: Hall) -> None:
    hall.staffed("hana", place="noord")
    assert "Hier is nu niemand vrij" in panel(caller)
    assert caller.call_state == "nobody"


def test_whoever_comes_all_the_same_is_announced(caller: Visitor, hall: Hall) -> None:
    hall.staffed("hana", place="noord").does(answering.claim)
    assert "Hana komt naar u toe" in panel(caller)
    assert caller.call_state == "coming"


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (datetime(2027, 3, 9, 19, 0, tzinfo=UTC), "woensdag 10 maart, 09:00 uur"),
        (datetime(2027, 5, 5, 10, 0, tzinfo=UTC), "maandag 10 mei, 09:00 uur"),  # Liberation Day
    ],
)
def test_when_the_desk_is_shut_it_says_when_it_opens(
    visitor: Visitor, clock: Clock, moment: datetime, opens: str
) -> None:
    clock.now = moment
    said = panel(visitor.arrives().begins("moving").calls())
    assert visitor.call_state == "nobody"
    assert f"Weer open: {opens}" in said and PHONE in said and RECEPTION not in said


def test_somebody_who_is_there_after_hours_still_comes(visitor: Visitor, hall: Hall, clock: Clock) -> None:
    clock.now = datetime(2027, 3, 9, 19, 0, tzinfo=UTC)
    hall.staffed("hana")
    assert visitor.arrives().calls().call_state == "sent"


@pytest.mark.norm("HLP-06")
def test_when_nobody_answers_it_says_so_and_goes_on_calling(
    caller: Visitor, hall: Hall, clock: Clock
) -> None:
    clock.forward(seconds=SITE.rings.nobody)
    said = panel(hall.staffed("hana") and caller)
    assert caller.call_state == "nobody" and "Er is nog niemand vrij" in said and RECEPTION in said
    hall.does(answering.claim)
    assert caller.goes_to("/visit").call_state == "coming"


def test_when_all_are_with_a_client_it_may_take_a_while(caller: Visitor, hall: Hall) -> None:
    hall.staffed("hana", busy=True)
    said = panel(caller)
    assert caller.call_state == "sent"
    assert "Iedereen helpt nu iemand anders" in said and RECEPTION in said


def test_who_helps_somebody_else_is_busy(
    caller: Visitor, new_visitor: Callable[[], Visitor], hall: Hall
) -> None:
    hall.staffed("hana").does(answering.claim)
    assert "Iedereen helpt nu iemand anders" in panel(new_visitor().arrives().calls())


@pytest.mark.parametrize(("minute", "said"), [(44, False), (45, True), (59, True)])
def test_closing_soon_is_said_beforehand(
    visitor: Visitor, hall: Hall, clock: Clock, minute: int, said: bool
) -> None:
    clock.now = datetime(2027, 3, 9, 15, minute, tzinfo=UTC)
    hall.staffed("hana")
    text = panel(visitor.arrives().begins("moving").calls())
    assert visitor.call_state == "sent"
    assert ("De balie gaat om 17:00 uur dicht" in text) == (RECEPTION in text) == said


@pytest.mark.norm("HLP-06")
def test_a_call_that_lapsed_says_what_to_do_now(caller: Visitor, hall: Hall, clock: Clock) -> None:
    hall.change(patience.expire, clock.now + patience.QUIET + timedelta(seconds=1))
    shown = caller.client.get("/call", headers={"HX-Request": "true"}).text
    assert 'data-call-state="nobody"' in shown and "Er kwam niemand" in shown and RECEPTION in shown
    assert "data-call-open" not in shown


def test_each_phase_promises_a_range_of_its_own(caller: Visitor, hall: Hall) -> None:
    hall.staffed("hana").has_answered(*TIMES)
    assert "U ziet over 1 tot 3 minuten wie er komt." in panel(caller)
    hall.does(answering.claim)
    assert "Over 1 tot 3 minuten." in panel(caller)
    hall.does(answering.here)
    assert "minu" not in panel(caller)


def test_with_too_few_times_nothing_is_promised(caller: Visitor, hall: Hall) -> None:
    hall.staffed("hana").has_answered(60, 90)
    assert "minu" not in panel(caller)


def test_a_promise_is_corrected_before_it_lapses(caller: Visitor, hall: Hall, clock: Clock) -> None:
    hall.has_answered(*TIMES).staffed("hana").does(answering.claim)
    clock.forward(seconds=120)
    assert "Over ongeveer 1 minuut." in panel(caller)
    clock.forward(seconds=40)
    said = panel(caller)
    assert "Het duurt langer dan normaal." in said and RECEPTION in said
    assert caller.call_state == "coming"


def test_who_is_handed_over_reads_who_gets_a_colleague(caller: Visitor, hall: Hall) -> None:
    hall.staffed("hana").does(answering.claim)
    hall.does(answering.hand_over)
    assert "Hana haalt een collega" in panel(caller)
    assert caller.call_state == "sent"


def test_when_who_was_coming_is_gone_another_is_looked_for(caller: Visitor, hall: Hall, clock: Clock) -> None:
    hall.staffed("hana").does(answering.claim)
    clock.forward(seconds=30)
    hall.change(answering.release, hall.call.id, clock.now)
    assert "Wij zoeken een andere collega voor u" in panel(caller)


def test_what_goes_to_the_back_office_promises_no_contact(caller: Visitor, hall: Hall, clock: Clock) -> None:
    hall.staffed("hana").does(answering.claim)
    member = Staff("hana", "Hana", ("host",), (), ("nl",), "stadhuis")
    assert hall.change(answering.to_back_office, hall.call, member, clock.now, "Uitzoeken")
    said = panel(caller.goes_to("/call"))
    assert caller.call_state == "done"
    assert "Een collega zoekt dit voor u uit" in said and "Vraag Hana hoe u hoort wat eruit komt" in said


def test_a_private_call_names_nothing_and_says_that_nobody_sees_it(visitor: Visitor, hall: Hall) -> None:
    hall.staffed("hana")
    said = panel(visitor.arrives().begins("money").calls())
    assert "In de hal ziet niemand waarover het gaat." in said
    assert "geld" not in said.lower() and "schuld" not in said.lower()


def test_a_panel_that_would_look_the_same_is_left_alone(caller: Visitor, hall: Hall) -> None:
    hall.staffed("hana")
    again = panel(caller) and caller.page.one(data_call_state="").get("hx-get", "")
    htmx = {"HX-Request": "true"}
    assert caller.client.get(again, headers=htmx).status_code == 204
    hall.does(answering.claim)
    assert "Hana komt naar u toe" in caller.client.get(again, headers=htmx).text


@pytest.mark.norm("HEA-07")
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_state_is_told_in_the_language_of_the_citizen(
    visitor: Visitor, hall: Hall, clock: Clock, language: str
) -> None:
    def told() -> str:
        return words(visitor.goes_to("/call").page.one(id="call-words"))

    visitor.arrives().speaks(language).calls()
    states = [told()]
    hall.staffed("hana")
    states.append(told())
    hall.does(answering.claim)
    states.append(told())
    hall.does(answering.here)
    states.append(told())
    hall.does(answering.hand_over)
    states.append(told())
    hall.change(calls.cancel, hall.call.visit, clock.now)
    states.append(told())
    dutch = ("niemand", "Wij", "naar u toe", "bij u", "haalt")
    assert len(set(states)) == len(states)
    assert not [text for text in states if any(word in text for word in dutch)]
