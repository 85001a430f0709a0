"""Answering calls at the console: who hears them, in which order, handing over, and what helped."""

from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest
from flask import Flask

from kiosk.records import calls, helping, staff
from kiosk.web.fitting import WEIGHTS, fit
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import longest_example
from tests.fixtures.pages import words
from tests.fixtures.people import a_call, a_visit, after
from tests.fixtures.visitors import MOST_SCREENS, Official, Visitor

MORNING = datetime.combine(longest_example("moving").today, time(9), UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(MORNING)


@pytest.fixture
def staff_at(app: Flask) -> Callable[[str], Official]:
    """Somebody signed in and on duty at a desk of their own."""

    def sign_in(name: str) -> Official:
        return Official(app.test_client()).signs_in(name).goes_on_duty()

    return sign_in


def cards(official: Official) -> list[str]:
    """What each call on the page says, from the first."""
    return [words(each) for each in official.page.all("article", data_call="")]


def taken_here(visitor: Visitor, hana: Official) -> Official:
    """A call about moving that Hana took and stands beside."""
    visitor.arrives().begins("moving").calls()
    hana.goes_to("/console/").presses("claim").presses("here")
    return hana


# Who hears it, and in which order


def test_a_call_rings_for_the_host_at_once_and_quietly_for_who_is_with_a_client(
    visitor: Visitor, staff_at: Callable[[str], Official]
) -> None:
    hana = staff_at("hana")
    visitor.arrives().calls()
    ringing = hana.goes_to("/console/").page.one(data_rings="")
    assert (ringing.get("data-rings"), "data-quiet" in ringing.attrib) == ("1", False)
    hana.presses("busy")
    assert "data-quiet" in hana.page.one(data_rings="").attrib
    assert hana.page.one(data_action="busy").get("aria-pressed") == "true"
    assert hana.presses("busy").page.one(data_action="busy").get("aria-pressed") == "false"


def test_pages_without_calls_say_that_calls_ring(
    visitor: Visitor, staff_at: Callable[[str], Official]
) -> None:
    hana = staff_at("hana").goes_to("/console/today")
    assert hana.page.all(hx_get="/console/ringing")
    visitor.arrives().calls()
    assert "1 oproep" in hana.client.get("/console/ringing").text


@pytest.mark.parametrize("worth", ["wanted", "place", "expertise", "language"])
def test_a_call_that_fits_counts_as_if_it_had_waited_longer(worth: str, app: Flask) -> None:
    with app.extensions["house"].database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id, expertise="civil-affairs")
    nobody = staff.Staff("chris", "Chris", (), (), (), "elsewhere")
    theirs = {
        "wanted": staff.Staff("chris", "Chris", (), (), (), "elsewhere"),
        "place": staff.Staff("chris", "Chris", (), (), (), call.place),
        "expertise": staff.Staff("chris", "Chris", (), ("civil-affairs",), (), "elsewhere"),
        "language": staff.Staff("chris", "Chris", (), (), ("nl",), "elsewhere"),
    }[worth]
    asked = calls.Call(**{**vars(call), "wanted": "chris" if worth == "wanted" else None})
    assert fit(call, nobody, after(seconds=30)) == 30
    assert fit(asked, theirs, after(seconds=30)) == 30 + getattr(WEIGHTS, worth)


@pytest.mark.parametrize(("longer", "first"), [(30, "Zuil 2"), (301, "Zuil 1")])
def test_the_call_that_fits_stands_first_until_another_waited_much_longer(
    new_visitor: Callable[[], Visitor],
    staff_at: Callable[[str], Official],
    clock: Clock,
    longer: int,
    first: str,
) -> None:
    assert WEIGHTS.expertise + WEIGHTS.language == 300
    bram = staff_at("bram")
    new_visitor().arrives("zuil-1").speaks("en").begins("moving").calls()
    clock.forward(seconds=longer)
    new_visitor().arrives("zuil-2").speaks("ar").begins("money").calls()
    assert first in cards(bram.goes_to("/console/"))[0]


def test_a_private_call_keeps_why_and_how_to_talk_for_who_comes(
    visitor: Visitor, staff_at: Callable[[str], Official]
) -> None:
    hana, anna = staff_at("hana"), staff_at("anna")
    visitor.arrives().begins("moving").calls()
    visitor.sends("/call/why", why="private").sends("/call/wishes", wish="lips")
    (before,) = cards(hana.goes_to("/console/"))
    assert "Privé" in before
    assert "Leest lippen" not in before
    hana.presses("claim")
    assert "Leest lippen" in cards(hana)[0]
    assert "Leest lippen" not in cards(anna.goes_to("/console/"))[0]


def test_who_took_the_call_reads_what_the_journey_tells_officials_there(
    visitor: Visitor, staff_at: Callable[[str], Official], app: Flask
) -> None:
    steps = app.extensions["house"].shelf.version("moving").journey.steps
    noted = {key for key, step in steps.items() if step.official and "{" not in step.official}
    hana = staff_at("hana")
    visitor.arrives().begins("moving")
    for _ in range(MOST_SCREENS):
        if visitor.page.path.rpartition("/")[2] in noted:
            break
        visitor.fills_screen(longest_example("moving").answers)
    key = visitor.page.path.rpartition("/")[2]
    visitor.calls()
    hana.goes_to("/console/")
    note = " ".join(str(steps[key].official).split())
    assert note not in cards(hana)[0]
    assert note in cards(hana.presses("claim"))[0]


# What helped


@pytest.mark.parametrize("what", ["wording", "rule", "technique", "person"])
def test_three_taps_close_a_call_and_what_helped_is_counted(
    what: str, visitor: Visitor, staff_at: Callable[[str], Official], app: Flask
) -> None:
    hana = taken_here(visitor, staff_at("hana"))
    hana.presses("resolve", helped=what)
    assert not cards(hana)
    assert visitor.goes_to(visitor.page.path).call_state in ("", "done")
    with app.extensions["house"].database.read() as connection:
        assert [(each.what, each.number) for each in helping.everything(connection)] == [(what, 1)]


def test_what_helped_stands_at_its_step_on_the_page_of_figures(
    visitor: Visitor, staff_at: Callable[[str], Official]
) -> None:
    taken_here(visitor, staff_at("hana")).presses("resolve", helped="rule")
    figures = staff_at("anna").goes_to("/console/figures").page
    assert "Uitleg van een regel (1–4)" in words(figures.one(data_figures="destination"))


def test_an_unknown_word_for_what_helped_changes_nothing(
    visitor: Visitor, staff_at: Callable[[str], Official]
) -> None:
    hana = taken_here(visitor, staff_at("hana"))
    address = hana.page.one(data_action="resolve", data_helped="rule")
    form = next(each for each in hana.page.all("form") if address in list(each.iter()))
    hana.sends(form.get("action", ""), helped="magic")
    assert hana.page.status == 404
    assert cards(hana.goes_to("/console/"))


# Handing over


def test_a_call_goes_to_a_colleague_with_a_note_that_only_they_read(
    visitor: Visitor, staff_at: Callable[[str], Official]
) -> None:
    anna, bram = staff_at("anna"), staff_at("bram")
    hana = taken_here(visitor, staff_at("hana")).presses("hand-over")
    hana.sends(hana.page.path, to="to:anna", note="Wil weten of het kind mee mag.", next="/console/")
    assert hana.page.path == "/console/"
    (for_anna,) = cards(anna.goes_to("/console/"))
    assert "Hana geeft dit door aan u" in for_anna
    assert "Wil weten of het kind mee mag." in for_anna
    assert "Wil weten" not in "".join(cards(bram.goes_to("/console/")))
    anna.presses("claim")
    assert "Wil weten" not in "".join(cards(bram.goes_to("/console/")))
    assert "Anna" in visitor.goes_to("/call").page.text


def test_a_call_goes_to_everybody_with_an_expertise(
    visitor: Visitor, staff_at: Callable[[str], Official], app: Flask
) -> None:
    bram = staff_at("bram")
    hana = taken_here(visitor, staff_at("hana")).presses("hand-over")
    assert "Iedereen voor geld en schulden nu 1 vrij" in hana.page.text
    hana.sends(hana.page.path, to="expertise:money", note="Heeft een brief bij zich.")
    with app.extensions["house"].database.read() as connection:
        (call,) = calls.open_calls(connection)
    assert (call.state, call.expertise, call.handed_by) == ("sent", "money", "Hana")
    assert "Heeft een brief bij zich." in cards(bram.goes_to("/console/"))[0]
    assert "Heeft een brief" not in cards(staff_at("anna").goes_to("/console/"))[0]


def test_nobody_chosen_is_said_and_the_note_is_kept(
    visitor: Visitor, staff_at: Callable[[str], Official]
) -> None:
    hana = taken_here(visitor, staff_at("hana")).presses("hand-over")
    hana.sends(hana.page.path, note="Spreekt alleen Arabisch")
    assert (hana.page.status, list(hana.errors)) == (422, ["to"])
    assert words(hana.page.one("textarea")) == "Spreekt alleen Arabisch"


def test_to_find_out_goes_to_the_back_office_with_a_note_and_is_done_once(
    visitor: Visitor, staff_at: Callable[[str], Official]
) -> None:
    hana = taken_here(visitor, staff_at("hana")).presses("hand-over")
    hana.sends(hana.page.path, to="back-office")
    assert list(hana.errors) == ["note"]
    hana.sends(hana.page.path, to="back-office", note="Klopt het huisnummer?")
    assert "zoekt dit voor u uit" in visitor.goes_to("/call").page.text
    anna = staff_at("anna")
    assert "Er is 1 vraag" in anna.goes_to("/console/").page.text
    anna.presses("follow-ups")
    assert "Klopt het huisnummer?" in words(anna.page.one(data_follow_up=""))
    assert not anna.presses("found-out").page.all(data_follow_up="")


def test_only_who_took_a_call_hands_it_over(visitor: Visitor, staff_at: Callable[[str], Official]) -> None:
    hana = taken_here(visitor, staff_at("hana"))
    address = hana.page.one(data_action="hand-over").get("href", "")
    assert staff_at("anna").goes_to(address).page.status == 404


# Supervisors


def test_a_supervisor_lets_somebody_else_go_or_ends_it(
    visitor: Visitor, staff_at: Callable[[str], Official]
) -> None:
    taken_here(visitor, staff_at("hana"))
    chris = staff_at("chris").goes_to("/console/")
    assert chris.presses("release").page.one(data_call="").get("data-call-state") == "sent"
    assert not cards(chris.presses("end"))


def test_nobody_else_resets_a_call(visitor: Visitor, staff_at: Callable[[str], Official]) -> None:
    hana = taken_here(visitor, staff_at("hana"))
    call = hana.page.one(data_call="").get("data-call", "")
    anna = staff_at("anna")
    for verb in ("release", "end"):
        assert anna.sends(f"/console/calls/{call}/{verb}").page.status == 403
    assert cards(hana.goes_to("/console/"))


# Today


def test_today_counts_who_was_helped_and_by_whom(
    new_visitor: Callable[[], Visitor], staff_at: Callable[[str], Official], clock: Clock
) -> None:
    hana, anna = staff_at("hana"), staff_at("anna")
    for host, kiosk in ((hana, "zuil-1"), (hana, "zuil-2"), (anna, "tablet-1")):
        new_visitor().arrives(kiosk).begins("moving").calls()
        clock.forward(seconds=60)
        host.goes_to("/console/").presses("claim").presses("here").presses("resolve", helped="wording")
    page = hana.goes_to("/console/today").page
    counts = {each.get("data-count"): words(each) for each in page.all(data_count="")}
    assert counts == {
        "helped": "3 geholpen",
        "mine": "2 door u",
        "unanswered": "0 zonder dat er iemand kwam",
        "waited": "1 minuut of korter wachtte de helft",
    }
    assert len(page.all(data_ended="")) == 3


def test_yesterday_is_not_today(visitor: Visitor, staff_at: Callable[[str], Official], clock: Clock) -> None:
    taken_here(visitor, staff_at("hana")).presses("resolve", helped="wording")
    clock.forward(minutes=16 * 60)
    assert not staff_at("anna").goes_to("/console/today").page.all(data_ended="")
