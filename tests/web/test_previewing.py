"""Content people see a journey before citizens do."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.municipality import LANGUAGES, SITE, VERSIONS, name_of
from tests.fixtures.visitors import Official, Visitor


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
