"""Two writers at once: neither loses an answer, and the second one chooses with both before them."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.fixtures.forms import form_of
from tests.fixtures.journeys import typed
from tests.fixtures.pages import words
from tests.fixtures.sharing import Shared, errand_of, lets, looks
from tests.fixtures.visitors import Official, Visitor

TWO_OF_EACH: dict[str, tuple[Any, Any]] = {
    "a_date": ("1-4-2027", "2-4-2027"),
    "a_partial_date": ("1960", "1961"),
    "a_time": ("12:30", "13:45"),
    "a_number": ("3", "4"),
    "a_money": ("12,50", "13"),
    "a_text": ("Een tekst", "Een andere"),
    "a_long_text": ("Een verhaal", "Een ander verhaal"),
    "a_name": ("Noor", "Nora"),
    "a_address": ({"postcode": "1234 ab", "number": "5"}, {"postcode": "1234 ab", "number": "6"}),
    "a_phone": ("06 12345678", "06 87654321"),
    "a_email": ("a@b.example", "b@b.example"),
    "a_iban": ("NL91 ABNA 0417 1643 00", "DE89 3704 0044 0532 0130 00"),
    "a_plate": ("12-ab-34", "G-001-BB"),
    "a_document": ("SPECI2014", "SPECI2015"),
    "a_country": ("NL", "SY"),
    "a_nationality": ("XX", "NL"),
    "a_bsn": ("999990019", "123456782"),
    "a_yes_no": ("yes", "unknown"),
    "a_choice": ("one", "two"),
    "a_choices": (["one", "three"], ["one", "two"]),
}
"""For each kind of which there can be two answers: that of the citizen and that of the official."""


@pytest.mark.parametrize("keep", ["theirs", "mine"])
@pytest.mark.parametrize("second", ["citizen", "official"])
def test_of_two_answers_of_any_kind_the_second_writer_chooses(shared: Shared, second: str, keep: str) -> None:
    citizen, anna = shared("kinds")
    for key, (said, entered) in TWO_OF_EACH.items():
        if key == "a_yes_no":
            citizen.goes_to("/visit").answers("yes")
        citizen.goes_to("/visit")
        looks(anna)
        assert citizen.page.step == anna.page.step == key
        writers = [(citizen, said), (anna, entered)]
        (first, before), (last, after) = writers if second == "official" else writers[::-1]
        first.answers(before)
        last.answers(after)
        assert (last.page.status, last.page.screen) == (409, "both"), key
        assert last.page.one("form", data_both=key) is not None
        last.presses("keep", keep=keep)
        assert last.page.status == 200
        kept = after if keep == "mine" else before
        assert errand_of(citizen).answers[key] == typed_as(key, kept)
        by_staff = (last if keep == "mine" else first) is anna
        assert (errand_of(citizen).entered_by.get(key) == "anna") is by_staff
    assert "a_consent" in errand_of(citizen).answers


def typed_as(key: str, given: Any) -> Any:
    return typed(key, " ".join(given) if isinstance(given, list) else given)


def test_both_answers_stand_on_the_page_with_who_entered_them(helper: Official, together: Visitor) -> None:
    together.speaks("nl").goes_to("/visit")
    looks(helper).answers("here")
    together.answers("abroad")
    theirs, mine = (words(each) for each in together.page.all("button", data_keep=""))
    assert (theirs, mine) == ("Anna vulde in In Waterhoven", "U vulde in In het buitenland")


def test_the_official_reads_both_in_dutch(helper: Official, together: Visitor) -> None:
    looks(helper)
    together.answers("abroad")
    helper.answers("here")
    text = helper.page.text
    assert "De burger vulde in In het buitenland" in text and "U vulde in In Waterhoven" in text


def test_the_same_answer_twice_is_no_clash(helper: Official, together: Visitor) -> None:
    looks(helper).answers("here")
    together.answers("here")
    assert together.page.path == "/visit/1/origin"


def test_an_answer_that_was_read_may_be_changed(helper: Official, together: Visitor) -> None:
    looks(helper).answers("here")
    together.goes_to("/visit/1/destination").answers("abroad")
    assert errand_of(together).answers == {"destination": "abroad"}


def test_an_answer_that_changed_since_it_was_read_may_not(helper: Official, together: Visitor) -> None:
    looks(helper).answers("here")
    together.goes_to("/visit/1/destination")
    helper.goes_to(f"{looks(helper).page.path}/destination").answers("elsewhere")
    together.answers("abroad")
    assert together.page.screen == "both" and errand_of(together).answers == {"destination": "elsewhere"}


def test_an_answer_that_changes_while_choosing_is_chosen_from_again(
    helper: Official, together: Visitor
) -> None:
    path = looks(helper).page.path
    helper.answers("here")
    together.answers("abroad")
    helper.goes_to(f"{path}/destination").answers("elsewhere")
    together.presses("keep", keep="mine")
    assert (together.page.status, together.page.screen) == (409, "both")
    together.presses("keep", keep="mine")
    assert errand_of(together).answers == {"destination": "abroad"}


def test_after_the_sharing_ended_nothing_that_staff_entered_is_lost_unread(
    helper: Official, together: Visitor
) -> None:
    looks(helper).answers("here")
    lets(together, "explain")
    together.sends("/call/cancel")
    together.sends("/visit/1/destination", destination="abroad")
    assert together.page.screen == "both"


def test_on_a_part_every_clash_is_chosen_and_nothing_else_is_lost(shared: Shared) -> None:
    citizen, anna = shared("covered", way="express")
    looks(anna).answers("Nora")
    anna.answers("DE89 3704 0044 0532 0130 00")
    citizen.sends(citizen.page.path, name="Noor", account="NL91 ABNA 0417 1643 00", letter="no", story="Zo")
    assert citizen.page.one("form", data_both="name") is not None
    citizen.presses("keep", keep="theirs")
    assert citizen.page.one("form", data_both="account") is not None
    citizen.presses("keep", keep="mine")
    assert citizen.page.screen == "review"
    answers = {"name": "Nora", "account": "NL91ABNA0417164300", "letter": "no", "story": "Zo"}
    assert errand_of(citizen).answers == answers


def test_an_unread_covered_answer_is_not_shown_to_the_official(shared: Shared) -> None:
    citizen, anna = shared("covered")
    citizen.answers("Noor")
    looks(anna)
    citizen.answers("NL91 ABNA 0417 1643 00")
    anna.answers("DE89 3704 0044 0532 0130 00")
    assert anna.page.screen == "both" and "0417" not in anna.page.html


def test_a_form_tells_nothing_of_the_answer_that_it_read(shared: Shared) -> None:
    citizen, _ = shared("covered")
    citizen.answers("Noor").answers("NL91 ABNA 0417 1643 00").goes_back()
    marks = [each.get("value", "") for each in citizen.page.all("input", type="hidden")]
    assert marks and all(len(each) == 16 and "0417" not in each for each in marks)


def test_an_answer_waits_whose_question_the_other_took_off_the_route(
    helper: Official, together: Visitor
) -> None:
    together.answers("here")
    helper.goes_to(f"{looks(helper).page.path}/destination").answers("elsewhere")
    together.answers("netherlands")
    assert together.page.screen == "stop"
    helper.goes_to(f"{looks(helper).page.path}/destination").answers("here")
    assert together.goes_to("/visit").page.step == "sixteen"
    assert errand_of(together).answers["origin"] == "netherlands"


def test_so_does_one_of_the_official(helper: Official, together: Visitor) -> None:
    together.answers("here")
    looks(helper)
    together.goes_to("/visit/1/destination").answers("elsewhere")
    helper.answers("netherlands")
    assert errand_of(together).entered_by == {"origin": "anna"}


def test_who_writes_at_the_very_same_moment_is_asked_too(helper: Official, together: Visitor) -> None:
    path = looks(helper).page.one("form", data_step="").get("action", "")
    ready = threading.Barrier(2)

    def send(writer: Visitor, to: str, answer: str) -> int:
        ready.wait()
        form = form_of("destination", answer)
        return writer.client.post(to, data=form, headers={"Origin": "http://localhost"}).status_code

    with ThreadPoolExecutor(2) as pool:
        sent = [
            pool.submit(send, together, "/visit/1/destination", "abroad"),
            pool.submit(send, helper, path, "here"),
        ]
        statuses = [each.result() for each in sent]
    assert sorted(statuses) == [303, 409]
    winner = "abroad" if statuses[0] == 303 else "here"
    assert errand_of(together).answers == {"destination": winner}
