"""Content people see a journey before citizens do."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from babel.dates import format_date

from kiosk.journeys.review import play
from kiosk.journeys.summaries import answered
from kiosk.web import previewing
from tests.fixtures.journeys import FOLDER as TINY
from tests.fixtures.municipality import LANGUAGES, SITE, VERSIONS, name_of
from tests.fixtures.pages import words
from tests.fixtures.visitors import Official, Visitor

pytestmark = pytest.mark.either_database


def test_every_journey_is_listed_with_its_state(official: Official) -> None:
    page = official.goes_to("/console/journeys/").page
    assert {each.get("data-journey") for each in page.all(data_journey="")} == {
        each.journey.name for each in VERSIONS
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("version", VERSIONS, ids=name_of)
def test_every_example_is_shown_in_every_language(official: Official, version: Any, language: str) -> None:
    page = official.goes_to(f"/console/journeys/{version.journey.name}?language={language}").page
    shown = {each.get("data-example") for each in page.all(data_example="")}
    assert shown == {each.name for each in version.journey.examples}


@pytest.mark.parametrize("version", VERSIONS, ids=name_of)
def test_an_example_shows_its_whole_route_its_end_and_its_summary(official: Official, version: Any) -> None:
    page = official.goes_to(f"/console/journeys/{version.journey.name}").page
    for example in version.journey.examples:
        shown = page.one("details", data_example=example.name)
        keys = [each.get("data-key") for each in shown.iter() if each.get("data-key")]
        position, _ = play(version.journey, example)
        assert keys == [point.key for point in position.points]
        rows = {each.get("data-answer") for each in shown.iter() if each.get("data-answer")}
        assert rows == {point.key for point in answered(position)}
        assert previewing.ENDS[example.ends] in words(shown)


def test_the_promised_day_is_shown_in_words(official: Official) -> None:
    version = next(each for each in VERSIONS if each.journey.name == "money")
    example = next(each for each in version.journey.examples if each.due)
    page = official.goes_to("/console/journeys/money").page
    assert f"uiterlijk {format_date(example.due, 'EEEE d MMMM', locale='nl')}" in words(
        page.one(data_example=example.name)
    )


def test_an_example_that_is_refused_is_named_with_its_place_and_the_others_are_shown(
    own_site: Path, make_app: Any
) -> None:
    text = (TINY / "overrule.yaml").read_text(encoding="utf-8")
    (own_site / "journeys/overrule.yaml").write_text(text.replace("{adult: no}, ends", "{adult: 7}, ends"))
    staff = Official(make_app(site=own_site).test_client()).signs_in("anna")
    page = staff.goes_to("/console/journeys/overrule").page
    assert len(page.all(data_example="")) == 2
    assert any("overrule.yaml:" in words(each) for each in page.all(data_problem="error"))


def test_a_broken_file_is_listed_with_its_place(own_site: Path, make_app: Any) -> None:
    app = make_app(site=own_site)
    (own_site / "journeys/extract.yaml").write_text("journey: [")
    page = Official(app.test_client()).signs_in("anna").goes_to("/console/journeys/").page
    assert re.search(r"extract\.yaml:\d+:\d+: ", page.text)
    assert page.one(data_journey="extract").get("data-state") == "live"


def test_a_language_that_lacks_words_is_named(own_site: Path, make_app: Any) -> None:
    file = own_site / "journeys/moving.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Waar gaat u wonen?", "Waarheen verhuist u?"))
    staff = Official(make_app(site=own_site).test_client()).signs_in("anna")
    row = staff.goes_to("/console/journeys/").page.one("li", data_journey="moving")
    assert "nog niet in en, ar" in words(row)
    assert "Waarheen verhuist u?" in staff.goes_to("/console/journeys/moving?language=ar").page.text


def test_the_route_is_drawn(official: Official) -> None:
    answer = official.client.get("/console/journeys/moving/graph.svg")
    assert answer.mimetype == "image/svg+xml" and b"<svg" in answer.data


def test_only_staff_see_it(visitor: Visitor) -> None:
    assert visitor.arrives().goes_to("/console/journeys/moving").page.path.startswith("/console/sign-in")


def test_an_unknown_journey_has_no_preview(official: Official) -> None:
    assert official.goes_to("/console/journeys/nothing").page.status == 404


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_a_journey_that_is_not_live_is_only_in_the_preview(tmp_path: Path, make_app: Any, state: str) -> None:
    folder = tmp_path / "site"
    shutil.copytree(SITE.folder, folder)
    file = folder / "journeys/extract.yaml"
    text = file.read_text(encoding="utf-8").replace("\nidentity:", f"\nstate: {state}\nidentity:", 1)
    file.write_text(text, encoding="utf-8")
    app = make_app(site=folder)
    visitor = Visitor(app.test_client()).arrives()
    assert not visitor.page.all(data_journey="extract") and visitor.page.all(data_journey="moving")
    assert visitor.goes_to("/journeys/extract").page.status == 404
    assert visitor.sends("/visits", journey="extract", way="guided").page.status == 404
    staff = Official(app.test_client()).signs_in("anna").goes_to("/console/journeys/")
    row = next(each for each in staff.page.all(data_journey="extract"))
    assert row.get("data-state") == state


def test_a_saved_file_is_live_for_the_next_errand(tmp_path: Path, make_app: Any) -> None:
    folder = tmp_path / "site"
    shutil.copytree(SITE.folder, folder)
    app = make_app(site=folder)
    under_way = Visitor(app.test_client()).arrives().begins("moving")
    file = folder / "journeys/moving.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Waar gaat u wonen?", "Waarheen verhuist u?"),
        encoding="utf-8",
    )
    assert Visitor(app.test_client()).arrives().begins("moving").page.heading == "Waarheen verhuist u?"
    assert under_way.goes_to("/visit").page.heading == "Waar gaat u wonen?"
