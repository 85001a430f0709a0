"""The host's tablet: the hall at a glance, and a visit taken together on one page in two languages."""

from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest
from flask import Flask

from kiosk.journeys.files import Version
from kiosk.records import calls, paces, visits
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import LANGUAGES, VERSIONS, longest_example, name_of
from tests.fixtures.pages import words
from tests.fixtures.visitors import MOST_SCREENS, Official, Visitor


def beneath(page: object) -> list[str]:
    """What stands beneath in the site's own language."""
    return [words(each) for each in page.all("span") if "beneath" in each.get("class", "")]  # type: ignore[attr-defined]


def open_call(app: Flask) -> calls.Call:
    with app.extensions["house"].database.read() as connection:
        (found,) = calls.open_calls(connection)
    return found


def test_it_starts_at_calls_kiosks_and_colleagues_and_shows_no_journey(
    new_visitor: Callable[[], Visitor], hana: Official, app: Flask
) -> None:
    new_visitor().arrives("zuil-1").begins("money")
    Official(app.test_client()).signs_in("anna").goes_on_duty()
    page = hana.goes_to("/tablet/").page
    assert page.screen == "tablet"
    assert page.one(data_kiosk="zuil-1").get("data-kiosk-state") == "busy"
    assert "Anna" in words(page.one(data_colleague="anna"))
    assert "schulden" not in page.text.lower().replace("geld en schulden", "")


def test_a_host_joins_somebody_at_a_kiosk_with_their_own_taps(visitor: Visitor, hana: Official) -> None:
    visitor.arrives("zuil-1").speaks("ar").begins("moving").calls()
    hana.goes_to("/tablet/").presses("claim")
    assert hana.page.path == "/tablet/"
    hana.presses("here")
    assert not hana.page.all(data_action="along")
    visitor.goes_to(visitor.page.path).presses("level", level="along")
    hana.goes_to("/tablet/").presses("along")
    assert hana.page.screen == "along"
    arabic = next(each for each in hana.page.all("section", data_asked=""))
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    assert "Waar gaat u wonen?" in beneath(hana.page)


def test_both_fill_in_on_one_page_in_two_languages(visitor: Visitor, hana: Official) -> None:
    visitor.arrives("zuil-1").speaks("ar").begins("moving").calls()
    hana.goes_to("/tablet/").presses("claim").presses("here")
    visitor.goes_to(visitor.page.path).presses("level", level="together")
    hana.goes_to("/tablet/").presses("along")
    assert hana.page.one("form", data_step="destination") is not None
    assert not hana.page.all(data_asked="")
    assert "In Waterhoven" in beneath(hana.page)
    hana.answers("here")
    assert visitor.goes_to("/visit").page.path.endswith("/origin")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visit_begins_on_the_tablet_in_the_language_of_who_stands_beside_it(
    language: str, hana: Official, app: Flask
) -> None:
    hana.goes_to("/tablet/").presses("begin-together", language=language)
    assert (hana.page.screen, hana.page.one("html").get("lang")) == ("start", language)
    call = open_call(app)
    assert (call.state, call.taken_by, call.level, call.language) == ("here", "hana", "together", language)
    assert hana.call_state == "here"


@pytest.mark.parametrize("version", VERSIONS, ids=name_of)
def test_every_question_stands_in_dutch_beneath_and_the_errand_is_made(
    version: Version, app: Flask, clock: Clock
) -> None:
    name = version.journey.name
    clock.now = datetime.combine(longest_example(name).today, time(9), UTC)
    hana = Official(app.test_client()).signs_in("hana")
    hana.goes_to("/tablet/").presses("begin-together", language="ar").begins(name)
    for _ in range(MOST_SCREENS):
        if hana.page.screen != "step":
            break
        assert beneath(hana.page), hana.page.path
        assert "<span" not in words(hana.page.one("title"))
        hana.fills_screen(longest_example(name).answers)
        assert hana.page.status == 200, hana.errors
    assert hana.page.screen in ("review", "suggest")
    assert beneath(hana.page)
    if hana.page.screen == "review":
        hana.confirms()
        assert hana.page.screen in ("prepared", "done")
        assert beneath(hana.page)


def test_what_the_host_types_bears_the_hosts_name(hana: Official, app: Flask) -> None:
    hana.goes_to("/tablet/").presses("begin-together", language="en").begins("moving").answers("here")
    with app.extensions["house"].database.read() as connection:
        (errand,) = visits.errands(connection, str(open_call(app).visit))
    assert errand.entered_by == {"destination": "hana"}


def test_a_refused_answer_is_said_in_both_languages(hana: Official) -> None:
    hana.goes_to("/tablet/").presses("begin-together", language="en").begins("moving").sends(
        "/visit/1/destination"
    )
    assert hana.page.status == 422
    assert len(beneath(hana.page)) > 2


def test_the_way_back_to_the_hall_stands_on_every_page_and_the_visit_waits(hana: Official) -> None:
    hana.goes_to("/tablet/").presses("begin-together", language="en").begins("moving")
    path = hana.page.path
    hana.presses("tablet")
    assert hana.page.screen == "tablet"
    assert hana.presses("go-on").page.path == path


def test_it_is_handed_to_an_official_who_reads_along_and_then_back(hana: Official, app: Flask) -> None:
    anna = Official(app.test_client()).signs_in("anna").goes_on_duty()
    hana.goes_to("/tablet/").presses("begin-together", language="en").begins("moving").answers("here")
    hana.goes_to("/tablet/").presses("hand-over").sends(
        hana.page.path, to="to:anna", note="Weet het huisnummer niet."
    )
    anna.goes_to("/console/").presses("claim").presses("here").presses("along")
    assert "In Waterhoven" in anna.summary["destination"]
    assert hana.goes_to("/visit").call_state == "here"


def test_the_citizen_takes_it_along_to_a_kiosk_with_a_code(
    hana: Official, new_visitor: Callable[[], Visitor]
) -> None:
    hana.goes_to("/tablet/").presses("begin-together", language="en").begins("moving").answers("here")
    code = words(hana.presses("park").page.one(data_code=""))
    citizen = new_visitor().arrives("zuil-2").sends("/visit/resume", code=code)
    assert citizen.page.path.endswith("/origin")


def test_a_new_visit_erases_the_one_before(hana: Official, app: Flask) -> None:
    hana.goes_to("/tablet/").presses("begin-together", language="en").begins("moving")
    first = open_call(app).visit
    hana.goes_to("/tablet/").presses("begin-together", language="nl")
    assert open_call(app).visit != first


def test_help_that_nobody_waited_for_says_nothing_of_how_long_others_wait(
    hana: Official, app: Flask, clock: Clock
) -> None:
    hana.goes_to("/tablet/").presses("begin-together", language="en")
    with app.extensions["house"].database.read() as connection:
        long_ago = clock().replace(year=2020)
        assert paces.until_taken(connection, "stadhuis", long_ago) == []
        assert paces.until_here(connection, "stadhuis", long_ago) == []


def test_an_unknown_language_begins_nothing(hana: Official) -> None:
    assert hana.sends("/tablet/visits", language="xx").page.status == 404
