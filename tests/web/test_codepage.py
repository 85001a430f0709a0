"""The code on paper: whoever finds it learns nothing, and whoever has it can go on."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk import TOP
from kiosk.neighbours.pdf import Kind, Press
from kiosk.web import codepage
from tests.fixtures.apps import Clock, app_of, settings_for
from tests.fixtures.documents import languages, opened, text
from tests.fixtures.municipality import LANGUAGES, SITE, first_quick

TOLD = {
    "code": "CFGH 2345",
    "address": "https://kiosk.waterhoven.example/later/CFGH2345",
    "until": "2027-03-16",
}
Room = Callable[..., bytes]


@pytest.fixture
def room(tmp_path: Path, clock: Clock) -> Iterator[Room]:
    """Makes the paper as the worker would."""
    app = app_of(settings_for(tmp_path, f"sqlite:///{tmp_path}/unused.db"), clock)
    press = Press(TOP / "static/css", (TOP / "static/vendor", SITE.folder))
    with app.app_context():
        yield lambda spoken="nl", kind="a4": press.render(codepage.page(TOLD, spoken, clock.now), kind=kind)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["a4", "roll"])
def test_it_bears_the_code_and_the_last_day_on_one_page(room: Room, language: str, kind: Kind) -> None:
    document = room(language, kind)
    assert "CFGH 2345" in text(document) and "dinsdag 16 maart 2027" in text(document)
    assert len(opened(document).pages) == 1
    assert languages(document) == {"nl", language}


@pytest.mark.parametrize("language", first_quick(LANGUAGES))
def test_it_is_accessible(room: Room, verapdf: Callable[[bytes], str], language: str) -> None:
    assert verapdf(room(language)) == ""
