"""Handing over: a person goes on with what the citizen gave, and the citizen reads what happens now."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from kiosk.records import calls, figures, outbox, visits
from kiosk.records.calls import Call
from kiosk.records.visits import Handled
from tests.fixtures.apps import Clock
from tests.fixtures.journeys import FOLDER as TINY
from tests.fixtures.pages import words
from tests.fixtures.visitors import Official, Visitor

ABROAD = ("abroad", "long")
PRIVATE = ("here", "netherlands", "yes", "1-4-2027", "private")


@pytest.fixture
def leaving(visitor: Visitor) -> Visitor:
    """Somebody who leaves the country: a person must go on with it."""
    return visitor.arrives().begins("moving").answers(*ABROAD)


@pytest.fixture
def in_hiding(visitor: Visitor) -> Visitor:
    """Somebody whose address must stay secret."""
    return visitor.arrives().begins("moving").answers(*PRIVATE)


@pytest.fixture
def anna(app: Flask) -> Official:
    """An official who knows about it, on duty."""
    return Official(app.test_client()).signs_in("anna").goes_on_duty()


@pytest.fixture
def handed_over(app: Flask) -> Callable[[], list[Handled]]:
    """What waits for staff, with its answers."""

    def find() -> list[Handled]:
        with app.extensions["house"].database.read() as connection:
            found = (visits.handled(connection, each.id) for each in visits.to_handle(connection))
            return [each for each in found if each]

    return find


@pytest.fixture
def open_calls(visitor: Visitor) -> Callable[[], list[Call]]:
    return lambda: open_calls_of(visitor)


def open_calls_of(visitor: Visitor) -> list[Call]:
    with visitor.client.application.extensions["house"].database.read() as connection:
        return calls.open_calls(connection)


# The citizen's side


def test_before_it_is_handed_over_the_citizen_reads_why_and_what_happens_then(leaving: Visitor) -> None:
    assert leaving.page.screen == "refer"
    for text in ("Een medewerker regelt uw vertrek", "nog niets verstuurd", "roepen meteen iemand"):
        assert text in leaving.page.text


def test_one_tap_hands_over_what_is_known_and_nothing_else(
    leaving: Visitor, handed_over: Callable[[], list[Handled]], clock: Clock
) -> None:
    leaving.goes_to("/visit/1/destination").answers("here", "netherlands")
    leaving.goes_to("/visit/1/destination").answers("abroad", "long").presses("refer")
    (errand,) = handed_over()
    assert (errand.state, errand.answers) == ("referred", {"destination": "abroad", "time_abroad": "long"})
    assert (errand.keep_until - clock.now).days == 40


def test_the_citizen_gets_a_reference_and_reads_what_happens_now(leaving: Visitor, anna: Official) -> None:
    page = leaving.presses("refer").page
    assert (page.screen, page.heading) == ("done", "Doorgegeven aan een medewerker")
    assert words(page.one(data_reference=""))
    assert page.one(data_call_state="sent") is not None
    for text in ("Een medewerker regelt uw vertrek", "Neem van iedereen een paspoort", "Wij bewaren dit tot"):
        assert text in page.text
    assert page.all(data_action="print")


def test_a_second_tap_hands_over_nothing_again(
    leaving: Visitor, handed_over: Callable[[], list[Handled]], open_calls: Callable[[], list[Call]]
) -> None:
    for _ in range(2):
        leaving.sends("/visit/1/refer")
    assert (len(handed_over()), len(open_calls())) == (1, 1)


@pytest.mark.parametrize("answers", [(), ("here",), ("elsewhere",)])
def test_what_is_not_for_a_person_is_not_handed_over(
    visitor: Visitor, answers: tuple[str, ...], handed_over: Callable[[], list[Handled]]
) -> None:
    where = visitor.arrives().begins("moving").answers(*answers).page.path
    assert visitor.sends("/visit/1/refer").page.path == where
    assert handed_over() == []


def test_an_end_takes_no_answer(leaving: Visitor) -> None:
    where = leaving.page.path
    assert leaving.sends(where).page.path == where


def test_what_was_handed_over_outlives_the_visit_and_goes_to_no_system(
    leaving: Visitor, app: Flask, handed_over: Callable[[], list[Handled]], clock: Clock
) -> None:
    leaving.presses("refer").stops()
    assert len(handed_over()) == 1
    with app.extensions["house"].database.write() as connection:
        assert outbox.claim(connection, "worker", clock()) is None


def test_handing_over_is_counted_as_finished_with_a_call(leaving: Visitor, app: Flask) -> None:
    leaving.presses("refer").stops()
    with app.extensions["house"].database.read() as connection:
        counted = {
            each.step: (each.finished, each.called, each.stopped) for each in figures.everything(connection)
        }
    assert counted["leaving"] == (1, 1, 0)


# The call that goes with it


def test_the_call_is_for_who_knows_about_it(leaving: Visitor, open_calls: Callable[[], list[Call]]) -> None:
    leaving.presses("refer")
    (call,) = open_calls()
    assert (call.journey, call.step, call.expertise, call.discreet) == (
        "moving",
        "leaving",
        "civil-affairs",
        False,
    )


def test_a_step_may_name_other_experts_than_its_journey(at_own_site: Visitor, own_site: Path) -> None:
    text = (TINY / "referral.yaml").read_text().replace("identity:", "expertise: money\nidentity:")
    (own_site / "journeys/referral.yaml").write_text(text)
    at_own_site.arrives().begins("referral").calls()
    assert [call.expertise for call in open_calls_of(at_own_site)] == ["money"]
    at_own_site.goes_to("/visit").answers("yes").presses("refer")
    assert [call.expertise for call in open_calls_of(at_own_site)] == ["civil-affairs"]


def test_a_call_that_was_open_is_about_the_errand_from_then_on(
    visitor: Visitor, open_calls: Callable[[], list[Call]]
) -> None:
    visitor.arrives().begins("moving").calls().answers(*ABROAD).presses("refer")
    assert [call.step for call in open_calls()] == ["leaving"]


def test_a_call_that_is_open_stays_about_the_errand_when_it_is_tapped_elsewhere(
    leaving: Visitor, open_calls: Callable[[], list[Call]]
) -> None:
    leaving.presses("refer").goes_to("/language").calls()
    assert [call.step for call in open_calls()] == ["leaving"]


def test_a_private_matter_is_called_for_in_private(
    in_hiding: Visitor, open_calls: Callable[[], list[Call]]
) -> None:
    in_hiding.presses("refer")
    assert [call.discreet for call in open_calls()] == [True]


# The side of staff


def test_staff_see_whom_the_call_is_for_and_open_what_is_known(leaving: Visitor, anna: Official) -> None:
    reference = words(leaving.presses("refer").page.one(data_reference=""))
    card = words(anna.goes_to("/console/").page.one(data_call=""))
    assert "burgerzaken" in card
    assert reference in card
    anna.presses("open")
    assert anna.page.one("article", data_errand=reference).get("data-errand-state") == "referred"


def test_the_sheet_has_the_answers_and_what_an_official_should_know_of_messages(
    visitor: Visitor, anna: Official
) -> None:
    visitor.arrives().begins("moving").answers("here", "netherlands", "yes", "1-2-2027", "", "other").presses(
        "refer"
    )
    anna.goes_to("/console/").presses("open")
    assert {"destination", "date", "housing"} <= set(anna.summary)
    told = {each.get("data-message"): words(each) for each in anna.page.all(data_message="")}
    assert "Een late aangifte neemt u gewoon aan" in told["late"]
    assert "Denk aan een instelling" in told["other_home"]
    assert anna.page.text.count("Een medewerker kijkt samen met u.") == 1


@pytest.mark.parametrize("verb", ["process", "refuse"])
def test_an_official_processes_or_refuses_what_was_handed_over(
    leaving: Visitor, anna: Official, verb: str, handed_over: Callable[[], list[Handled]], app: Flask
) -> None:
    leaving.presses("refer")
    anna.goes_to("/console/").presses("open")
    assert not anna.page.all(data_action="id-seen")
    anna.sends(f"{anna.page.path}/{verb}", reason="Loopt al")
    assert anna.page.all(data_handled=verb)
    assert handed_over() == []


def test_a_list_that_others_can_see_does_not_say_what_a_private_errand_is_about(
    in_hiding: Visitor, anna: Official
) -> None:
    in_hiding.presses("refer")
    for path in ("/console/", "/console/errands"):
        line = words(anna.goes_to(path).page.one("li", data_errand=""))
        assert "Privé" in line
        assert "Verhuizing" not in line
    card = words(anna.goes_to("/console/").page.one(data_call=""))
    assert "burgerzaken" not in card
    assert "Verhuizing" in anna.presses("open").page.heading


def test_a_private_errand_keeps_its_name_off_the_last_screen(in_hiding: Visitor) -> None:
    assert "Verhuizing" not in in_hiding.presses("refer").page.text
