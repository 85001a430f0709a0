"""Together: who was called fills in too, in their own name, and the citizen alone confirms."""

import pytest
from flask import Flask

from kiosk.records import figures
from tests.fixtures.pages import words
from tests.fixtures.sharing import Beside, Shared, errand_of, followed, lets, live_part, looks, to_handle
from tests.fixtures.visitors import Official, Visitor


def confirm_path(official: Official) -> str:
    forms = [each.get("action", "") for each in official.page.all("form", action="")]
    return next(each for each in forms if each.endswith("/confirm"))


def mark_on(official: Official) -> str:
    return official.page.one("input", name="read").get("value", "")


# Filling in


def test_the_official_answers_the_question_the_citizen_is_at(helper: Official, together: Visitor) -> None:
    looks(helper).answers("here")
    assert (helper.page.screen, helper.page.step) == ("along", "origin")
    assert together.goes_to("/visit").page.path == "/visit/1/origin"
    assert errand_of(together).entered_by == {"destination": "anna"}


def test_who_entered_an_answer_is_told_beside_it(helper: Official, together: Visitor) -> None:
    looks(helper).answers("here")
    together.goes_to("/visit").answers("netherlands")
    told = looks(helper).summary
    assert "Ingevuld door Anna" in told["destination"] and "Ingevuld" not in told["origin"]


def test_an_answer_that_the_citizen_passes_stays_in_the_name_of_who_entered_it(
    helper: Official, together: Visitor
) -> None:
    looks(helper).answers("here")
    together.goes_to("/visit/1/destination").answers("here")
    assert errand_of(together).entered_by == {"destination": "anna"}
    together.goes_to("/visit/1/destination").answers("elsewhere")
    assert errand_of(together).entered_by == {}


def test_the_official_changes_an_earlier_answer(helper: Official, together: Visitor) -> None:
    together.answers("here", "netherlands")
    looks(helper)
    row = helper.page.one(data_answer="destination")
    link = next(each.get("href", "") for each in row.iter() if each.get("data-action") == "change")
    helper.goes_to(link)
    assert helper.page.step == "destination"
    checked = [each.get("value") for each in helper.page.all("input", checked="")]
    assert checked == ["here"]
    helper.answers("elsewhere")
    assert together.goes_to("/visit").page.screen == "stop"


def test_what_cannot_be_taken_comes_back_with_the_reason_in_dutch(
    helper: Official, together: Visitor
) -> None:
    looks(helper).answers("nonsense")
    assert helper.page.status == 422
    assert helper.errors["destination"].startswith("Dit antwoord kennen wij niet")
    assert errand_of(together).answers == {}


@pytest.mark.parametrize("level", ["explain", "along"])
def test_only_who_may_fill_in_does(helper: Official, together: Visitor, level: str) -> None:
    path = looks(helper).page.one("form", data_step="").get("action", "")
    lets(together, level)
    helper.sends(path, destination="here")
    assert helper.page.one(data_level=level) is not None
    assert errand_of(together).answers == {}


@pytest.mark.parametrize("name", ["hana", "bram"])
def test_nobody_fills_in_who_did_not_take_the_call(
    helper: Official, together: Visitor, app: Flask, name: str
) -> None:
    path = looks(helper).page.one("form", data_step="").get("action", "")
    other = Official(app.test_client()).signs_in(name)
    assert other.sends(path, destination="here").page.status == 404
    assert errand_of(together).answers == {}


@pytest.mark.parametrize("key", ["nonsense", "people.99.birth", "destination.2", "origin_unsure"])
def test_only_a_question_of_the_journey_is_filled_in(helper: Official, together: Visitor, key: str) -> None:
    path = looks(helper).page.one("form", data_step="").get("action", "")
    assert helper.sends(path.replace("destination", key), **{key: "here"}).page.screen == "along"
    assert errand_of(together).answers == {}


def test_a_message_is_for_the_citizen_to_read(shared: Shared) -> None:
    citizen, anna = shared("message")
    assert not anna.page.all("form", data_step="")
    anna.sends(f"{anna.page.path}/hello")
    assert errand_of(citizen).answers == {}
    citizen.presses("next")
    assert looks(anna).page.step == "name"


def test_what_the_official_enters_counts_in_the_citizens_language(helper: Official, app: Flask) -> None:
    looks(helper).answers("here")
    with app.extensions["house"].database.read() as connection:
        counted = [each for each in figures.everything(connection) if each.answered]
    assert [(each.step, each.language, each.way) for each in counted] == [("destination", "ar", "together")]


# The other side follows


def test_the_citizens_page_hears_that_the_official_went_on(helper: Official, together: Visitor) -> None:
    assert followed(together).status_code == 204
    looks(helper).answers("here")
    told = followed(together).get_data(as_text=True)
    assert 'href="/visit/1/origin"' in told and "Anna" in told


def test_the_citizens_own_answers_move_nothing(helper: Official, together: Visitor) -> None:
    together.answers("here", "netherlands").goes_back()
    assert followed(together).status_code == 204


def test_a_change_elsewhere_leaves_the_question_that_is_up_alone(shared: Shared) -> None:
    citizen, anna = shared("covered")
    citizen.answers("Noor")
    anna.goes_to(f"{looks(anna).page.path}/name").answers("Nora")
    assert errand_of(citizen).entered_by == {"name": "anna"}
    assert followed(citizen).status_code == 204


def test_the_review_comes_anew_when_the_official_changes_an_answer(reviewed: Beside) -> None:
    citizen, anna = reviewed
    anna.goes_to(f"{anna.page.path}/name").answers("Nora")
    assert f'href="{citizen.page.path}"' in followed(citizen).get_data(as_text=True)


def test_the_officials_page_says_that_the_citizen_went_on_and_keeps_what_is_typed(
    helper: Official, together: Visitor
) -> None:
    looks(helper)
    assert b"data-moved" not in live_part(helper).data
    together.answers("here")
    told = live_part(helper).get_data(as_text=True)
    assert "data-moved" in told and "<form" not in told.replace('<form class="covered"', "")


def test_at_an_earlier_question_only_another_answer_there_moves_the_officials_page(
    helper: Official, together: Visitor
) -> None:
    together.answers("here", "netherlands")
    helper.goes_to(f"{looks(helper).page.path}/destination")
    together.answers("yes")
    assert b"data-moved" not in live_part(helper).data
    together.goes_to("/visit/1/destination").answers("elsewhere")
    assert b"data-moved" in live_part(helper).data


# Confirming


def test_the_official_records_the_yes_that_was_said_aloud(reviewed: Beside) -> None:
    citizen, anna = reviewed
    anna.sends(confirm_path(anna), aloud="yes", read=mark_on(anna))
    (errand,) = to_handle(citizen)
    assert (errand.state, errand.confirmed_by, errand.language) == ("arranged", "anna", "ar")
    assert "/visit/1/done" in followed(citizen).get_data(as_text=True)
    assert "Anna" in words(citizen.goes_to("/visit").page.one(data_aloud=""))
    page = anna.goes_to(f"/console/errands/{errand.id}").page
    assert "Anna was erbij" in words(page.one(data_handled="aloud"))


def test_what_the_citizen_confirms_bears_no_other_name(reviewed: Beside) -> None:
    citizen, anna = reviewed
    assert not citizen.confirms().page.all(data_aloud="")
    (errand,) = to_handle(citizen)
    assert errand.confirmed_by is None
    assert not anna.goes_to(f"/console/errands/{errand.id}").page.all(data_handled="aloud")


def test_without_the_tick_nothing_is_confirmed(reviewed: Beside) -> None:
    citizen, anna = reviewed
    anna.presses("confirm")
    assert (anna.page.status, list(anna.errors)) == (422, ["aloud"])
    assert to_handle(citizen) == []


@pytest.mark.parametrize("level", ["explain", "along"])
def test_who_only_looks_along_confirms_nothing(reviewed: Beside, level: str) -> None:
    citizen, anna = reviewed
    mark, path = mark_on(anna), confirm_path(anna)
    lets(citizen, level)
    anna.sends(path, aloud="yes", read=mark)
    assert to_handle(citizen) == []


def test_nothing_is_confirmed_before_everything_is_answered(shared: Shared) -> None:
    citizen, anna = shared("covered")
    anna.sends(anna.page.path.replace("screen", "confirm"), aloud="yes")
    assert anna.page.screen == "along" and to_handle(citizen) == []


def test_the_official_confirms_only_what_they_read(reviewed: Beside) -> None:
    citizen, anna = reviewed
    mark, path = mark_on(anna), confirm_path(anna)
    citizen.goes_to("/visit/1/name").answers("Nora")
    anna.sends(path, aloud="yes", read=mark)
    assert (anna.page.status, list(anna.errors)) == (409, ["aloud"])
    assert to_handle(citizen) == []
    anna.sends(path, aloud="yes", read=mark_on(anna))
    assert [errand.confirmed_by for errand in to_handle(citizen)] == ["anna"]


def test_the_citizen_confirms_only_what_they_read(reviewed: Beside) -> None:
    citizen, anna = reviewed
    anna.goes_to(f"{anna.page.path}/name").answers("Nora")
    citizen.confirms()
    assert citizen.page.screen == "review" and to_handle(citizen) == []
    assert "Nora" in citizen.summary["name"]
    citizen.confirms()
    assert [errand.state for errand in to_handle(citizen)] == ["arranged"]


def test_a_host_records_no_yes(reviewed: Beside) -> None:
    citizen, anna = reviewed
    hana = Official(citizen.client.application.test_client()).signs_in("hana")
    assert hana.sends(confirm_path(anna), aloud="yes", read=mark_on(anna)).page.status == 403
    assert to_handle(citizen) == []


def test_who_entered_what_stays_on_the_sheet(reviewed: Beside) -> None:
    citizen, anna = reviewed
    anna.goes_to(f"{anna.page.path}/name").answers("Nora")
    citizen.goes_to("/visit").confirms()
    (errand,) = to_handle(citizen)
    told = anna.goes_to(f"/console/errands/{errand.id}").summary
    assert "Ingevuld door Anna" in told["name"] and "Ingevuld" not in told["account"]
