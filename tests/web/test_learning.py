"""What staff learn from: figures and opinions of each step, the newest version first."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from flask import Flask

from tests.fixtures.apps import Clock
from tests.fixtures.municipality import longest_example
from tests.fixtures.pages import Page, words
from tests.fixtures.visitors import Official, Visitor

pytestmark = pytest.mark.either_database

EXAMPLE = longest_example("moving")
FEW = "1–4"


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.combine(EXAMPLE.today, time(9), UTC))


def row(page: Page, step: str) -> dict[str, str]:
    """The counts of one step by their names."""
    (found,) = page.all("tr", data_figures=step)
    return {each.get("data-count", ""): words(each) for each in found.iter() if each.get("data-count")}


def test_figures_stand_beside_faces_and_reasons(visitor: Visitor, official: Official) -> None:
    visitor.arrives().begins("moving").fills_in(EXAMPLE.answers).confirms()
    visitor.sends("/visit/1/opinion", face="sad").sends("/visit/1/opinion", why="words")
    visitor.presses("more").begins("moving").stops()
    visitor.sends("/ended/opinion", face="neutral").sends("/ended/opinion", why="desk")
    page = official.goes_to("/console/figures").page
    review, first = row(page, "review"), row(page, "destination")
    assert (review["finished"], review["sad"], review["happy"]) == (FEW, FEW, "0")
    assert [first[name] for name in ("shown", "answered", "stopped", "neutral", "sad")] == [*[FEW] * 4, "0"]
    assert f"Niet goed: Ik begreep de woorden niet ({FEW})" in page.text
    assert f"Gaat wel: Ik ga liever naar de balie ({FEW})" in page.text


@pytest.mark.norm("PRV-17")
def test_fewer_than_five_people_are_not_told_one_from_another(
    new_visitor: Callable[[], Visitor], official: Official
) -> None:
    for _ in range(4):
        new_visitor().arrives().begins("moving")
    assert row(official.goes_to("/console/figures").page, "destination")["shown"] == FEW
    new_visitor().arrives().begins("moving")
    assert row(official.goes_to("/console/figures").page, "destination")["shown"] == "5"


def test_steps_stand_in_the_order_of_the_file_and_the_review_last(
    visitor: Visitor, official: Official
) -> None:
    visitor.arrives().begins("moving").fills_in(EXAMPLE.answers).confirms()
    page = official.goes_to("/console/figures").page
    steps = [each.get("data-figures") for each in page.all("tr", data_figures="")]
    assert (steps[0], steps[-1]) == ("destination", "review")


def test_the_newest_version_stands_first(
    own_site: Path, make_app: Callable[..., Flask], clock: Clock
) -> None:
    app = make_app(site=own_site)
    Visitor(app.test_client()).arrives().begins("moving")
    clock.forward(minutes=1)
    file = own_site / "journeys/moving.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("minutes: 5", "minutes: 6", 1), encoding="utf-8")
    Visitor(app.test_client()).arrives().begins("moving")
    anna = Official(app.test_client()).signs_in("anna")
    found = [each.get("data-version") for each in anna.goes_to("/console/figures").page.all("table")]
    assert len(found) == 2
    assert found[0] == app.extensions["house"].shelf.version("moving").id


@pytest.mark.parametrize(("name", "status"), [("anna", 200), ("chris", 200), ("hana", 403)])
def test_officials_and_supervisors_see_figures(app: Flask, name: str, status: int) -> None:
    member = Official(app.test_client()).signs_in(name)
    linked = "/console/figures" in member.goes_to("/console/").page.html
    assert (member.goes_to("/console/figures").page.status, linked) == (status, status == 200)


def test_before_anything_is_counted_it_says_so(official: Official) -> None:
    assert "nog niets geteld" in official.goes_to("/console/figures").page.text


def test_staff_say_in_their_own_words_what_they_would_change(visitor: Visitor, official: Official) -> None:
    visitor.arrives().begins("moving")
    version = official.goes_to("/console/figures").page.one("table", data_version="").get("data-version")
    official.sends("/console/figures", version=version, text="De vraag over het contract komt te vroeg.")
    assert official.page.one(data_remark="") is not None
    assert "De vraag over het contract komt te vroeg." in official.page.text


def test_an_empty_remark_or_one_on_nothing_is_not_kept(visitor: Visitor, official: Official) -> None:
    visitor.arrives().begins("moving")
    version = official.goes_to("/console/figures").page.one("table", data_version="").get("data-version")
    official.sends("/console/figures", version=version, text="  ")
    assert not official.page.all(data_remark="")
    assert official.sends("/console/figures", version="nothing", text="x").page.status == 404


def test_a_host_writes_no_remarks(visitor: Visitor, app: Flask) -> None:
    visitor.arrives().begins("moving")
    hana = Official(app.test_client()).signs_in("hana")
    assert hana.sends("/console/figures", version="x", text="x").page.status == 403
