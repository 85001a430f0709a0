"""Broken journey files, one slip each, with exactly what their author gets to read at the top."""

import re
import tomllib
from pathlib import Path

import pytest

from kiosk.journeys.files import BrokenJourney, read_version
from kiosk.journeys.plain import word_list
from kiosk.journeys.review import review
from kiosk.settings import TOP

BROKEN = sorted((TOP / "tests/broken").glob("*.yaml"))
WORDS = word_list(tomllib.loads((TOP / "kiosk/journeys/words_nl.toml").read_text(encoding="utf-8")))


def problems(file: Path) -> list[str]:
    """The problems of a journey file without its name, warnings apart."""
    try:
        found = review(read_version(file, file.parent / "translations", "nl"), "", WORDS)
    except BrokenJourney as broken:
        found = list(broken.problems)
    return [str(problem).removeprefix(f"{problem.file}:") for problem in found if not problem.warning]


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_the_author_reads_where_it_is_what_is_wrong_and_what_to_do(file: Path) -> None:
    expected = re.findall(r"^# expect: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert expected and problems(file) == expected


def test_every_kind_of_slip_has_its_file() -> None:
    assert len(BROKEN) >= 80
