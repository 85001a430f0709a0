"""What a citizen may say after the call: why, how to talk with them, and how far help may go."""

from collections.abc import Callable

import pytest
from flask import Flask

from kiosk.records import calls
from kiosk.records.calls import Call
from tests.fixtures.apps import Clock
from tests.fixtures.visitors import Official, Visitor

HTMX = {"HX-Request": "true", "Origin": "http://localhost"}


@pytest.fixture
def caller(visitor: Visitor, hana: Official) -> Visitor:
    """Somebody who called at their first question, while Hana is on duty."""
    return visitor.arrives().begins("moving").calls()


@pytest.fixture
def taken(caller: Visitor, hana: Official) -> Visitor:
    """The same, and Hana is coming."""
    hana.goes_to("/console/").presses("claim")
    return caller.goes_to("/visit")


def the_call(app: Flask) -> Call:
    with app.extensions["house"].database.read() as connection:
        (call,) = calls.open_calls(connection)
    return call


def wishes(app: Flask) -> list[str]:
    with app.extensions["house"].database.read() as connection:
        return calls.wishes(connection, [the_call(app).id]).get(the_call(app).id, [])


def pressed(visitor: Visitor, name: str) -> list[str]:
    """Which of these small answers are marked as chosen."""
    found = visitor.page.all(name=name)
    return [each.get("value", "") for each in found if each.get("aria-pressed") == "true"]


@pytest.mark.parametrize("why", calls.WHYS)
def test_a_second_tap_says_why_and_the_row_makes_room(caller: Visitor, app: Flask, why: str) -> None:
    caller.presses("why", why=why)
    assert the_call(app).reason == why
    assert caller.page.step == "destination" and not caller.page.all(data_why="")


def test_why_can_be_changed(caller: Visitor, app: Flask) -> None:
    caller.presses("why", why="wrong").presses("show", show="why")
    assert pressed(caller, "why") == ["wrong"]
    caller.presses("why", why="talk")
    assert the_call(app).reason == "talk"


def test_a_call_that_is_said_to_be_private_is_called_so_at_the_console(
    caller: Visitor, hana: Official
) -> None:
    caller.presses("why", why="private")
    assert "Privé" in hana.goes_to("/console/").page.text
    assert "Waar gaat u wonen?" not in hana.page.text


@pytest.mark.norm("HEA-10")
def test_how_to_talk_is_chosen_and_taken_back_tap_by_tap(caller: Visitor, app: Flask) -> None:
    caller.presses("show", show="wishes")
    for wish in ("lips", "sign", "language", "lips"):
        caller.sends("/call/wishes", wish=wish)
    assert wishes(app) == ["sign", "language"]
    caller.goes_to("/call?show=wishes")
    assert pressed(caller, "wish") == ["sign", "language"]
    assert caller.presses("close").page.all(data_show="wishes")


def test_how_to_talk_can_still_be_said_while_somebody_comes(taken: Visitor, app: Flask) -> None:
    taken.presses("show", show="wishes").presses("wish", wish="write")
    assert wishes(app) == ["write"]


@pytest.mark.parametrize(
    ("path", "field"), [("/call/why", "why"), ("/call/wishes", "wish"), ("/call/level", "level")]
)
def test_what_no_button_says_is_refused(caller: Visitor, path: str, field: str) -> None:
    for value in ("", "nonsense", "x" * 999):
        assert caller.sends(path, **{field: value}).page.status == 404


@pytest.mark.parametrize(
    ("path", "form"),
    [("/call/why", {"why": "talk"}), ("/call/wishes", {"wish": "sign"}), ("/call/level", {"level": "along"})],
)
def test_without_a_call_a_second_tap_does_nothing(visitor: Visitor, path: str, form: dict[str, str]) -> None:
    assert visitor.arrives().sends(path, **form).page.status == 200
    assert visitor.begins("moving").sends(path, **form).call_state == ""


@pytest.mark.parametrize(
    ("path", "form", "shows"),
    [
        ("/call/why", {"why": "talk"}, 'data-show="why"'),
        ("/call/wishes", {"wish": "sign"}, 'data-wish="sign"'),
        ("/call/cancel", {}, 'data-call-state="cancelled"'),
    ],
)
def test_for_htmx_only_the_panel_comes_back(
    caller: Visitor, path: str, form: dict[str, str], shows: str
) -> None:
    answer = caller.client.post(path, data=form, headers=HTMX)
    assert answer.status_code == 303
    fragment = caller.client.get(answer.location, headers={"HX-Request": "true"}).text
    assert shows in fragment and "<html" not in fragment


def test_nothing_is_shared_until_the_citizen_says_so(taken: Visitor, app: Flask) -> None:
    assert the_call(app).level == "explain" and not taken.page.all(data_sharing="")
    assert [each.get("data-level") for each in taken.page.all(data_level="")] == ["along", "together"]


@pytest.mark.parametrize("level", ["along", "together"])
def test_one_tap_shares_the_screen_and_one_tap_ends_it(taken: Visitor, app: Flask, level: str) -> None:
    taken.presses("level", level=level)
    assert taken.page.one(data_sharing="").get("data-sharing") == the_call(app).level == level
    assert "Hana" in "".join(taken.page.one(data_sharing="").itertext())
    taken.presses("stop-sharing")
    assert the_call(app).level == "explain" and not taken.page.all(data_sharing="")


@pytest.mark.parametrize(
    "path", ["/", "/visit", "/visit/1/hub", "/language", "/visit/end", "/nothing", "/call"]
)
def test_while_shared_every_page_says_so(taken: Visitor, path: str) -> None:
    taken.presses("level", level="along")
    assert taken.goes_to(path).page.one(data_sharing="along") is not None


def test_from_looking_along_it_goes_on_to_filling_in_together(taken: Visitor, app: Flask) -> None:
    taken.presses("level", level="along")
    assert [each.get("data-level") for each in taken.page.all(data_level="")] == ["together"]
    taken.presses("level", level="together")
    assert not taken.page.all(data_level="") and the_call(app).level == "together"


@pytest.mark.parametrize("end", ["cancel", "resolve"])
def test_sharing_ends_with_the_call(taken: Visitor, hana: Official, app: Flask, end: str) -> None:
    taken.presses("level", level="together")
    if end == "cancel":
        taken.presses("cancel-call")
    else:
        hana.goes_to("/console/").presses("resolve")
    taken.goes_to("/visit")
    assert not taken.page.all(data_sharing="")
    assert the_call(app).level == "explain" if taken.calls() else None


def test_the_way_together_lets_whoever_comes_fill_in(visitor: Visitor, hana: Official, app: Flask) -> None:
    visitor.arrives().begins("moving", "together")
    assert the_call(app).level == "together" and not visitor.page.all(data_sharing="")
    hana.goes_to("/console/").presses("claim")
    assert visitor.goes_to("/visit").page.one(data_sharing="together") is not None


def test_who_chose_together_can_take_it_back_before_anybody_comes(
    visitor: Visitor, hana: Official, app: Flask
) -> None:
    visitor.arrives().begins("moving", "together").presses("stop-sharing")
    assert the_call(app).level == "explain"


def test_leaving_the_way_together_ends_the_sharing_and_no_more(
    taken: Visitor, hana: Official, app: Flask
) -> None:
    taken.sends("/visit/1/way", way="together")
    assert the_call(app).level == "together"
    taken.sends("/visit/1/way", way="express")
    assert (the_call(app).level, the_call(app).state) == ("explain", "coming")


def test_another_journey_or_way_leaves_alone_what_the_citizen_shares(taken: Visitor, app: Flask) -> None:
    taken.presses("level", level="along").begins("extract")
    assert the_call(app).level == "along"
    taken.sends("/visit/1/way", way="express")
    assert the_call(app).level == "along"


def test_going_on_with_a_journey_another_way_ends_together_too(
    visitor: Visitor, hana: Official, app: Flask
) -> None:
    visitor.arrives().begins("moving", "together").begins("moving", "guided")
    assert the_call(app).level == "explain"


def test_a_call_is_cancelled_even_while_somebody_is_there(
    taken: Visitor, hana: Official, clock: Clock
) -> None:
    hana.goes_to("/console/").presses("here")
    taken.goes_to("/visit").presses("cancel-call")
    assert taken.call_state == "" and taken.page.step == "destination"


def test_another_citizen_changes_nothing(
    taken: Visitor, new_visitor: Callable[[], Visitor], app: Flask
) -> None:
    new_visitor().arrives().begins("moving").sends("/call/level", level="together")
    assert the_call(app).level == "explain"
