"""A citizen's visit: forward, back, changed, spoilt, given up."""

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from flask import Flask

from kiosk.records import calls, figures, kiosks
from tests.fixtures.apps import Clock
from tests.fixtures.journeys import FOLDER as TINY
from tests.fixtures.municipality import longest_example
from tests.fixtures.pages import words
from tests.fixtures.visitors import OURS, Visitor


@pytest.fixture
def moving(visitor: Visitor) -> Visitor:
    """A visitor at the first question of `moving`."""
    return visitor.arrives().begins("moving")


def test_the_start_screen_shows_what_people_come_for(visitor: Visitor) -> None:
    assert visitor.arrives().page.all(data_journey="moving")


def test_a_step_out_of_order_sends_you_to_where_you_are(moving: Visitor) -> None:
    first = moving.page.path
    last = moving.goes_to("/visit/1/phone").page.path
    assert last == first


@pytest.mark.parametrize(
    "path", ["/visit/1/nothing", "/visit/9/destination", "/journeys/nothing", "/nothing"]
)
def test_what_does_not_exist_gets_a_page_with_a_way_out(moving: Visitor, path: str) -> None:
    page = moving.goes_to(path).page
    assert (page.status, page.screen) == (404, "error")
    assert page.all(data_action="call")


def test_an_unknown_journey_cannot_be_begun(visitor: Visitor) -> None:
    assert visitor.arrives().sends("/visits", journey="nothing", way="guided").page.status == 404


@pytest.mark.norm("COG-17")
def test_a_refused_answer_comes_back_with_the_reason(moving: Visitor) -> None:
    page = moving.answers("nonsense").page
    assert (page.status, page.step) == (422, "destination")
    assert moving.errors["destination"]


def test_a_question_left_empty_asks_again(moving: Visitor) -> None:
    moving.sends(moving.page.path)
    assert moving.page.status == 422


@pytest.mark.norm("COG-13")
def test_back_shows_the_answer_that_was_given(moving: Visitor) -> None:
    moving.answers("here").goes_back()
    ticked = [each.get("value") for each in moving.page.all("input") if "checked" in each.attrib]
    assert ticked == ["here"]


@pytest.mark.norm("COG-07")
def test_a_language_can_be_changed_half_way_with_the_answers_kept(moving: Visitor) -> None:
    moving.answers("here")
    where = moving.page.path
    moving.speaks("ar")
    assert (moving.page.path, moving.page.one("html").get("dir")) == (where, "rtl")


def test_an_unknown_language_changes_nothing(moving: Visitor) -> None:
    moving.speaks("tlh")
    assert moving.page.one("html").get("lang") == "nl"


def test_the_same_answer_twice_is_one_answer(moving: Visitor) -> None:
    first = moving.page.path
    moving.sends(first, destination="here").sends(first, destination="here")
    assert moving.page.path != first


def test_two_tabs_keep_both_answers(moving: Visitor) -> None:
    first = moving.page.path
    second = moving.answers("here").page.path
    moving.sends(first, destination="here")
    assert moving.page.path == second


def test_beginning_again_goes_on_where_you_were(moving: Visitor) -> None:
    where = moving.answers("here").page.path
    assert moving.arrives().begins("moving").page.path == where
    assert moving.goes_to("/visit/2/destination").page.status == 404


def test_after_confirming_the_same_journey_can_be_taken_again(visitor: Visitor, clock: Clock) -> None:
    example = longest_example("moving")
    clock.now = datetime.combine(example.today, time(9), UTC)
    visitor.arrives().begins("moving").fills_in(example.answers).confirms()
    assert visitor.arrives().begins("moving").page.path == "/visit/2/destination"


def test_stopping_counts_every_errand_that_was_not_finished(at_own_site: Visitor, own_site: Path) -> None:
    shutil.copy(TINY / "plain.yaml", own_site / "journeys/plain.yaml")
    at_own_site.begins("moving").answers("here").arrives().begins("plain").stops()
    with at_own_site.client.application.extensions["house"].database.read() as connection:
        counted = {each.step: each.stopped for each in figures.everything(connection) if each.stopped}
    assert counted == {"origin": 1, "colour": 1}


def test_a_dead_cookie_gives_the_start_screen(visitor: Visitor) -> None:
    visitor.client.set_cookie("visit", "nobody")
    assert visitor.goes_to("/visit").page.screen == "start"


def test_a_change_from_another_site_is_refused(moving: Visitor) -> None:
    where = moving.page.path
    answer = moving.client.post(
        where, data={"destination": "here"}, headers={"Origin": "https://elsewhere.example"}
    )
    assert answer.status_code == 403
    assert moving.goes_to(where).page.step == "destination"


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {}])
def test_a_change_must_show_that_it_is_ours(moving: Visitor, headers: dict[str, str]) -> None:
    assert (
        moving.client.post(moving.page.path, data={"destination": "here"}, headers=headers).status_code == 403
    )


def test_a_field_of_ten_megabytes_is_refused_and_nothing_is_lost(moving: Visitor) -> None:
    where = moving.answers("here").page.path
    answer = moving.client.post(where, data={"date": "x" * 10_000_000}, headers=OURS)
    assert answer.status_code == 413
    assert moving.goes_to("/visit").page.path == where


@pytest.mark.parametrize(
    "nasty", ["here\0", "🏠", "‮here", "here" * 10_000, "<script>alert(1)</script>", "' OR 1=1 --"]
)
def test_a_nasty_answer_is_refused_or_cleaned(moving: Visitor, nasty: str) -> None:
    page = moving.answers(nasty).page
    assert page.status in (200, 422)
    assert "<script>alert" not in page.html


@pytest.mark.norm("COG-13", "PRV-02", "PRV-03")
def test_stopping_asks_once_more_and_then_erases_everything(moving: Visitor) -> None:
    moving.answers("here").stops()
    assert moving.page.screen == "ended"
    assert moving.goes_to("/visit").page.screen == "start"


@pytest.mark.norm("PRV-03")
def test_an_old_cookie_opens_nothing_after_the_wipe(moving: Visitor) -> None:
    token = moving.client.get_cookie("visit")
    moving.answers("here").stops()
    assert token
    moving.client.set_cookie("visit", token.value)
    assert moving.goes_to("/visit/1/destination").page.status == 404


@pytest.mark.norm("TIM-08")
def test_a_visit_left_alone_is_over_for_the_server(moving: Visitor, clock: Clock) -> None:
    clock.forward(seconds=120 + 60 + 16)
    assert moving.goes_to("/visit").page.screen == "start"


def test_a_parked_visit_goes_on_by_its_code(moving: Visitor) -> None:
    moving.answers("here")
    where = moving.page.path
    code = moving.presses("park").page.one(data_code="")
    moving.client.delete_cookie("visit")
    assert moving.sends("/visit/resume", code=words(code)).page.path == where


def test_a_wrong_code_says_so(visitor: Visitor) -> None:
    page = visitor.arrives().sends("/visit/resume", code="AAAAAA").page
    assert page.status == 422


def test_a_parked_and_an_ended_visit_still_speak_the_language(moving: Visitor) -> None:
    assert moving.speaks("ar").presses("park").page.one("html").get("lang") == "ar"
    moving.arrives().speaks("ar").stops()
    assert (moving.page.screen, moving.page.one("html").get("lang")) == ("ended", "ar")


@pytest.mark.norm("PRV-09")
def test_the_next_citizen_begins_in_the_language_of_the_site(moving: Visitor) -> None:
    moving.speaks("ar").stops()
    assert moving.arrives().page.one("html").get("lang") == "nl"


def test_a_person_can_be_taken_out_at_the_review(visitor: Visitor, clock: Clock) -> None:
    example = longest_example("moving")
    clock.now = datetime.combine(example.today, time(9), UTC)
    visitor.arrives().begins("moving").fills_in(example.answers)
    people = [key for key in visitor.summary if key.startswith("people.2.")]
    visitor.sends("/visit/1/remove", part="people", round="1")
    assert people
    assert visitor.page.screen == "review"
    assert not [key for key in visitor.summary if key.startswith("people.2.")]


@pytest.fixture
def stranger(make_app: Callable[..., Flask]) -> Visitor:
    """Somebody with a device that is not enrolled, at an installation for real."""
    return Visitor(make_app(demo=False).test_client())


def test_a_device_that_is_not_enrolled_gets_an_information_page(stranger: Visitor) -> None:
    assert stranger.arrives().page.screen == "information"


def test_a_device_that_is_not_enrolled_begins_nothing(stranger: Visitor) -> None:
    assert stranger.sends("/visits", journey="moving", way="guided").page.status == 404


def test_a_one_time_code_makes_a_device_a_kiosk(stranger: Visitor, clock: Clock) -> None:
    database = stranger.client.application.extensions["house"].database
    with database.write() as connection:
        code = kiosks.invite(connection, "zuil-2", clock.now)
    assert stranger.sends("/enrol", code=code).page.screen == "start"
    assert stranger.begins("moving").page.step == "destination"


def test_a_wrong_enrolment_code_says_so(stranger: Visitor) -> None:
    assert stranger.sends("/enrol", code="AAAAAAAAAA").page.status == 422


def change(file: Path, old: str, new: str) -> None:
    """Change a text in a file, as a content person does."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_saved_journey_is_live_for_the_next_citizen(at_own_site: Visitor, own_site: Path) -> None:
    change(
        own_site / "journeys/moving.yaml", "question: Ik ga verhuizen", "question: Ik krijg een ander adres"
    )
    assert "Ik krijg een ander adres" in at_own_site.arrives().page.text


def test_an_errand_ends_on_the_version_it_began_with(at_own_site: Visitor, own_site: Path) -> None:
    at_own_site.begins("moving")
    change(own_site / "journeys/moving.yaml", "ask: Waar gaat u wonen?", "ask: Waar wilt u wonen?")
    assert at_own_site.goes_to("/visit").page.heading == "Waar gaat u wonen?"
    at_own_site.stops()
    assert at_own_site.begins("moving").page.heading == "Waar wilt u wonen?"


def test_a_broken_journey_keeps_its_last_good_version(at_own_site: Visitor, own_site: Path) -> None:
    change(own_site / "journeys/moving.yaml", "identity: seen", "identity: perhaps")
    assert at_own_site.begins("moving").page.step == "destination"


def test_a_language_keeps_its_last_complete_version(at_own_site: Visitor, own_site: Path) -> None:
    at_own_site.begins("moving").stops()
    change(own_site / "journeys/moving.yaml", "ask: Waar gaat u wonen?", "ask: Waar wilt u wonen?")
    assert at_own_site.arrives().speaks("en").begins("moving").page.heading == "Where are you going to live?"
    at_own_site.stops()
    assert at_own_site.arrives().speaks("nl").begins("moving").page.heading == "Waar wilt u wonen?"


def test_a_picture_that_is_missing_takes_no_screen_away(at_own_site: Visitor, own_site: Path) -> None:
    (own_site / "pictures/moving.svg").unlink()
    assert at_own_site.arrives().page.status == 200


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\t/evil.example", "/\\evil.example", "https://evil.example"]
)
def test_no_form_sends_a_browser_to_another_site(moving: Visitor, path: str) -> None:
    answer = moving.client.post("/language", data={"language": "nl", "next": path}, headers=OURS)
    assert answer.location == "/"


def test_an_errand_with_a_number_beyond_all_is_not_there(moving: Visitor) -> None:
    assert moving.goes_to(f"/visit/{10**22}/destination").page.status == 404


def test_without_a_visit_nobody_is_told_that_answers_are_still_there(visitor: Visitor) -> None:
    assert "gewist" in visitor.goes_to("/visit/1/destination").page.text


def test_parking_cancels_the_call(moving: Visitor) -> None:
    moving.calls().presses("park")
    with moving.client.application.extensions["house"].database.read() as connection:
        assert calls.open_calls(connection) == []


@pytest.mark.norm("COG-09")
def test_a_telephone_number_keeps_its_order_in_a_right_to_left_sentence(
    visitor: Visitor, clock: Clock
) -> None:
    visitor.arrives().speaks("ar").begins("moving").answers("here", "unsure").presses("refer")
    assert "14 0999" not in re.sub("\u2066[^\u2069]*\u2069", "", visitor.page.text)
