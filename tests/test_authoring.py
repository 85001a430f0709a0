"""The commands of who writes journeys."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from kiosk import TOP
from tests.fixtures.journeys import FOLDER

pytestmark = pytest.mark.either_database

CONTENT = TOP / "kiosk/content"


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["journeys", *words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of its own with one tiny journey."""
    site = tmp_path / "site"
    (site / "journeys").mkdir(parents=True)
    for name in ("site.toml", "logo.svg"):
        shutil.copy(CONTENT / name, site)
    shutil.copy(FOLDER / "plain.yaml", site / "journeys")
    return site


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_journeys_of_the_demonstration_are_in_order(app: Flask) -> None:
    checked = run(app, "check")
    assert (checked.exit_code, [line for line in checked.output.splitlines() if "(warning)" not in line]) == (
        0,
        [],
    )


def test_advice_alone_is_no_reason_to_fail(app: Flask, folder: Path) -> None:
    checked = run(app, "check", str(folder))
    assert checked.exit_code == 0
    assert checked.output.splitlines()[-1].endswith('nobody hears why we ask this: add "why:" (warning)')


def test_a_problem_is_named_with_its_place_and_fails(app: Flask, folder: Path) -> None:
    rewrite(folder / "journeys/plain.yaml", "ends: arranged", "ends: prepared")
    checked = run(app, "check", str(folder))
    assert checked.exit_code == 1
    assert "plain.yaml:15:78: journey: this ends arranged, not prepared" in checked.output


def test_a_file_that_cannot_be_read_leaves_the_others_checked(app: Flask, folder: Path) -> None:
    (folder / "journeys/broken.yaml").write_text("journey: broken", encoding="utf-8")
    rewrite(folder / "journeys/plain.yaml", "Rood,", "Conform rood,")
    checked = run(app, "check", str(folder))
    assert checked.exit_code == 1
    assert 'broken.yaml:1:1: journey: "parts" is missing' in checked.output
    assert 'plain.yaml:13:24: colour: "Conform" is the language of the office' in checked.output


def test_journeys_are_checked_beside_what_their_site_has(app: Flask, folder: Path) -> None:
    rewrite(folder / "journeys/plain.yaml", "Ik heb een vraag", "Een pas van {price_pass}")
    assert 'there is no price for "{price_pass}"' in run(app, "check", str(folder)).output
    rewrite(folder / "site.toml", "[prices]", '[prices]\npass = "10,00"')
    assert run(app, "check", str(folder)).exit_code == 0


def test_a_site_names_the_hard_words_it_needs(app: Flask, folder: Path) -> None:
    rewrite(folder / "journeys/plain.yaml", "Rood,", "Een optie,")
    assert run(app, "check", str(folder)).exit_code == 0
    rewrite(folder / "site.toml", "needed = [", 'needed = ["optie", ')
    assert '"optie" is a hard word: explain it' in run(app, "check", str(folder)).output
    assert run(app, "check", str(folder)).exit_code == 1


def test_a_folder_that_is_no_site_says_what_it_lacks(app: Flask, tmp_path: Path) -> None:
    checked = run(app, "check", str(tmp_path))
    assert (checked.exit_code, "site.toml:1:1" in checked.output) == (1, True)


def test_a_journey_is_shown_as_text(app: Flask) -> None:
    shown = run(app, "show", "moving")
    assert shown.exit_code == 0
    assert "   destination: ask (here | elsewhere | abroad | unsure): Waar gaat u wonen?" in shown.output


def test_a_journey_is_drawn_into_a_file(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "moving.svg"
    assert run(app, "show", "moving", "--svg", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("command", ["show", "walk"])
def test_a_journey_that_is_not_there_is_wrong_use(app: Flask, command: str) -> None:
    refused = run(app, command, "nowhere")
    assert (refused.exit_code, "there is no journey nowhere: choose one of moving" in refused.output) == (
        2,
        True,
    )


def test_a_walk_says_what_it_came_by(app: Flask) -> None:
    walked = run(app, "walk", "moving", "-n", "3", "--seed", "1")
    assert walked.exit_code == 0
    assert walked.output.startswith("3 walks in 3 languages (seed 1): ")
    assert "of 33 steps met\nnot met: " in walked.output


def test_a_walk_that_breaks_fails_with_its_answers(make_app: Callable[..., Flask], folder: Path) -> None:
    rewrite(folder / "journeys/plain.yaml", "Welke kleur", "Welke kleur voor {price_pass}")
    broken = run(make_app(site=folder), "walk", "plain", "-n", "2", "--seed", "1")
    assert broken.exit_code == 1
    assert "in nl: ValueError: nothing was filled in: Welke kleur voor {price_pass}" in broken.output
    assert json.loads(broken.output.partition("with the answers ")[2]) == {}


def test_the_schema_is_printed(app: Flask) -> None:
    assert json.loads(run(app, "schema").output)["title"] == "Journey"


def test_journeys_are_listed_with_their_state(app: Flask) -> None:
    assert run(app, "list").output.startswith("moving  live  ")
