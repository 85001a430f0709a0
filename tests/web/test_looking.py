"""Looking along: who was called sees the citizen's screen in Dutch, as far as the citizen lets them."""

from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest
from flask import Flask

from kiosk.records import visits
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import longest_example
from tests.fixtures.pages import words
from tests.fixtures.sharing import lets, live_part, looks
from tests.fixtures.visitors import Official, Visitor


@pytest.fixture
def explaining(visitor: Visitor, official: Official) -> Official:
    """The official who took the call of a citizen who goes alone, on the page where they would look along."""
    official.goes_on_duty()
    visitor.arrives().begins("moving").calls()
    official.goes_to("/console/").presses("claim")
    call = official.page.one(data_call="").get("data-call")
    return official.goes_to(f"/console/calls/{call}/screen")  # type: ignore[return-value]


def test_the_official_sees_the_question_in_dutch_and_as_the_citizen_does(
    helper: Official, together: Visitor
) -> None:
    looks(helper)
    lets(together, "along")
    looks(helper)
    assert helper.page.screen == "along"
    theirs, own = helper.page.all("section", data_asked="destination")
    assert (theirs.get("lang"), theirs.get("dir"), own.get("lang")) == ("ar", "rtl", "nl")
    assert "أين ستسكن؟" in words(theirs) and "Waar gaat u wonen?" in words(own)


@pytest.mark.parametrize(("show", "shown"), [("own", ["nl"]), ("theirs", ["ar"]), ("both", ["ar", "nl"])])
def test_the_official_chooses_the_languages(
    helper: Official, together: Visitor, show: str, shown: list[str]
) -> None:
    lets(together, "along")
    looks(helper).presses("show", show=show)
    assert [each.get("lang") for each in helper.page.all("section", data_asked="")] == shown


def test_what_the_citizen_answers_is_seen(helper: Official, together: Visitor) -> None:
    looks(helper)
    together.answers("here")
    helper.goes_to(helper.page.path)
    assert "In Waterhoven" in helper.summary["destination"]
    assert "Waar woont u nu?" in helper.page.text


def test_the_part_that_changes_comes_alone(helper: Official, together: Visitor) -> None:
    looks(helper)
    together.answers("here")
    text = live_part(helper).get_data(as_text=True)
    assert "<html" not in text and "In Waterhoven" in text


def test_the_official_sees_in_which_part_the_citizen_is(helper: Official, together: Visitor) -> None:
    states = [each.get("data-part-state") for each in looks(helper).page.all("li", data_part_state="")]
    assert states == ["open", "later", "later"]


def test_in_the_quick_way_all_of_the_part_is_seen(helper: Official, together: Visitor) -> None:
    together.sends("/visit/1/way", way="express")
    lets(together, "along")
    assert {"Waar gaat u wonen?", "Bent u 16 jaar of ouder?"} <= {
        words(each) for each in looks(helper).page.all("h2")
    }


def test_nobody_looks_along_who_did_not_take_the_call(helper: Official, app: Flask) -> None:
    address = looks(helper).page.path
    hana = Official(app.test_client()).signs_in("hana")
    assert hana.goes_to(address).page.status == 404


# As far as the citizen lets them


@pytest.mark.norm("HLP-07")
def test_without_the_citizens_tap_nothing_is_seen_but_where_they_called(
    explaining: Official, visitor: Visitor
) -> None:
    visitor.answers("here")
    page = explaining.goes_to(explaining.page.path).page
    assert page.one(data_level="explain") is not None and not explaining.summary
    assert "Waar gaat u wonen?" in page.text and "In Waterhoven" not in page.html


def test_the_page_comes_by_itself_when_the_citizen_lets_them(explaining: Official, visitor: Visitor) -> None:
    (asks,) = (url for each in explaining.page.all(hx_get="") if "/screen" in (url := each.get("hx-get", "")))
    as_htmx = {"HX-Request": "true"}
    assert "HX-Refresh" not in explaining.client.get(asks, headers=as_htmx).headers
    lets(visitor, "along")
    assert explaining.client.get(asks, headers=as_htmx).headers["HX-Refresh"] == "true"
    assert explaining.goes_to(explaining.page.path).page.all(data_asked="destination")


@pytest.mark.parametrize("level", ["along", "together"])
def test_the_page_closes_by_itself_when_the_citizen_ends_it(
    helper: Official, together: Visitor, level: str
) -> None:
    together.answers("here")
    lets(together, level)
    looks(helper)
    lets(together, "explain")
    answer = live_part(helper)
    assert (answer.status_code, answer.headers["HX-Refresh"], answer.data) == (204, "true", b"")
    assert not helper.goes_to(helper.page.path).page.all(data_answer="")


def test_the_page_comes_anew_when_the_citizen_lets_them_fill_in(helper: Official, together: Visitor) -> None:
    lets(together, "along")
    assert not looks(helper).page.all("form", data_step="")
    lets(together, "together")
    assert live_part(helper).headers["HX-Refresh"] == "true"
    assert helper.goes_to(helper.page.path).page.all("form", data_step="")


@pytest.mark.parametrize(
    "ends",
    [
        lambda citizen, official: citizen.sends("/call/cancel"),
        lambda citizen, official: official.goes_to("/console/").presses("resolve"),
        lambda citizen, official: citizen.sends("/visit/end"),
    ],
    ids=["cancelled", "resolved", "wiped"],
)
def test_looking_ends_with_the_call(
    helper: Official, together: Visitor, ends: Callable[[Visitor, Official], object]
) -> None:
    page = looks(helper).page
    ends(together, helper)
    helper.page = page
    assert live_part(helper).headers["HX-Refresh"] == "true"
    assert helper.goes_to(page.path).page.status == 404


def test_looking_ends_when_the_citizen_goes_on_alone(helper: Official, together: Visitor) -> None:
    address = looks(helper).page.path
    together.sends("/visit/1/way", way="guided")
    page = helper.goes_to(address).page
    assert page.one(data_level="explain") is not None and not page.all(data_asked="")


def test_who_took_the_call_hears_of_that_visit(helper: Official, together: Visitor, app: Flask) -> None:
    house = app.extensions["house"]
    seen = str(house.watcher.newest())
    together.answers("here")
    with helper.client.get("/live", headers={"Last-Event-ID": seen}, buffered=False) as answer:
        heard = [chunk.decode() for chunk, _ in zip(answer.response, range(2), strict=False)]  # type: ignore[arg-type]
    assert "visit:" in heard[1]


# Past an end


WHY = "Gaat eerst een maand logeren; ik heb het nagekeken."


def test_the_official_lets_the_citizen_past_a_kind_stop(helper: Official, together: Visitor) -> None:
    together.answers("elsewhere")
    assert together.page.screen == "stop"
    page = looks(helper).presses("let-past").page
    assert "Geef dit door aan uw nieuwe gemeente." in page.text
    helper.sends(page.path, end="other_municipality", why=WHY)
    assert helper.page.screen == "along"
    assert together.goes_to("/visit").page.screen == "step"


def test_a_reason_is_asked_for_where_it_is_missing(helper: Official, together: Visitor) -> None:
    together.answers("elsewhere")
    looks(helper).presses("let-past").sends(helper.page.path, end="other_municipality", why="  ")
    assert helper.page.status == 422 and helper.errors["why"]
    assert together.goes_to("/visit").page.screen == "stop"


def test_only_the_end_that_was_read_is_overruled(helper: Official, together: Visitor) -> None:
    together.answers("elsewhere")
    address = looks(helper).presses("let-past").page.path
    together.goes_to("/visit/1/destination").answers("unsure")
    helper.sends(address, end="other_municipality", why=WHY)
    assert together.goes_to("/visit").page.screen == "refer"


def test_a_rule_that_always_holds_is_not_offered(helper: Official, together: Visitor) -> None:
    together.answers("here", "netherlands", "no")
    along = looks(helper).page
    assert not along.all(data_action="let-past")
    helper.sends(along.path.replace("screen", "overrule"), end="too_young", why=WHY)
    assert together.goes_to("/visit").page.screen == "refer"


EXAMPLE = longest_example("moving")
SOON, TOO_SOON, NO_DAY = "15 4 2027", "1 8 2027", "31 2 2027"


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.combine(EXAMPLE.today, time(9), UTC))


@pytest.fixture
def at_date(together: Visitor, helper: Official) -> str:
    """Where the official gives the citizen, who is asked when they move, a date beyond its limit."""
    while together.page.step != "date":
        together.fills_screen(EXAMPLE.answers)
    return looks(helper).presses("past-limit").page.path


def gives(helper: Official, address: str, date: str, why: str = WHY, key: str = "date") -> Official:
    return helper.sends(address, key=key, date=date, why=why)  # type: ignore[return-value]


def test_the_official_lets_an_answer_pass_beyond_its_limit_and_the_reason_stays(
    helper: Official, together: Visitor, at_date: str, app: Flask
) -> None:
    together.answers(TOO_SOON)
    assert together.page.status == 422
    assert gives(helper, at_date, TOO_SOON).page.screen == "along"
    assert together.goes_to("/visit").page.step not in ("", "date")
    together.fills_in(EXAMPLE.answers).confirms()
    with app.extensions["house"].database.read() as connection:
        (errand,) = visits.to_handle(connection)
    told = words(helper.goes_to(f"/console/errands/{errand.id}").page.one(data_handled="overrule"))
    assert told.startswith("Anna") and WHY in told
    assert WHY not in together.page.text


@pytest.mark.parametrize(("date", "why", "field"), [(NO_DAY, WHY, "date"), (TOO_SOON, " ", "why")])
def test_what_is_no_day_and_what_has_no_reason_is_asked_again(
    helper: Official, together: Visitor, at_date: str, date: str, why: str, field: str
) -> None:
    page = gives(helper, at_date, date, why).page
    assert (page.status, list(helper.errors)) == (422, [field])
    assert together.goes_to("/visit").page.step == "date"


def test_the_citizen_who_stays_with_it_is_let_on_and_who_changes_it_is_held_to_the_limit(
    helper: Official, together: Visitor, at_date: str
) -> None:
    gives(helper, at_date, TOO_SOON)
    assert together.goes_to("/visit/1/date").answers(TOO_SOON).page.step != "date"
    assert together.goes_to("/visit/1/date").answers("2 8 2027").page.status == 422


def test_nobody_but_the_official_reads_beyond_a_limit(
    helper: Official, together: Visitor, at_date: str, app: Flask
) -> None:
    together.sends("/visit/1/date", date=TOO_SOON, why=WHY, key="date", by="anna")
    assert together.page.status == 422
    assert gives(together, at_date, TOO_SOON).page.path.startswith("/console/sign-in")  # type: ignore[arg-type]
    hana = Official(app.test_client()).signs_in("hana")
    assert gives(hana, at_date, TOO_SOON).page.status == 403
    assert together.goes_to("/visit").page.step == "date"


def test_only_the_question_that_was_read_is_answered(
    helper: Official, together: Visitor, at_date: str
) -> None:
    together.answers(SOON)
    gives(helper, at_date, TOO_SOON)
    gives(helper, at_date, TOO_SOON, key=together.goes_to("/visit").page.step)
    assert together.goes_to("/visit/1/date").answers(SOON).page.status == 200
