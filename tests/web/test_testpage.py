"""The test page of a printer: a ruler and a frame that are true, and a line in every language."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import TOP
from kiosk.neighbours import pixels
from kiosk.neighbours.pdf import Kind, Press
from kiosk.neighbours.raster import BLACK, GREY, Form
from kiosk.web import testpage
from tests.fixtures.apps import Clock, app_of, settings_for
from tests.fixtures.documents import languages
from tests.fixtures.municipality import LANGUAGES, SITE

TENTH_OF_MM = Form(254, GREY)
DARK = 128


class Room:
    """Makes the test page of a kiosk as the worker would."""

    def __init__(self) -> None:
        self.press = Press(TOP / "static/css", (TOP / "static/vendor", SITE.folder))

    def __call__(self, kind: Kind) -> bytes:
        return self.press.render(testpage.page("zuil-1", Clock().now), kind=kind)


@pytest.fixture
def page(tmp_path: Path, clock: Clock) -> Iterator[Room]:
    app = app_of(settings_for(tmp_path, f"sqlite:///{tmp_path}/unused.db"), clock)
    with app.app_context():
        yield Room()


def inked(row: bytes) -> tuple[int, int]:
    """The first and the last dark dot of a row."""
    dark = [at for at, dot in enumerate(row) if dot < DARK]
    return (dark[0], dark[-1]) if dark else (0, 0)


def unbroken(rows: list[bytes]) -> list[int]:
    """How long each row is that is one dark line, in dots."""
    ends = [(row, *inked(row)) for row in rows]
    return [
        last - first + 1 for row, first, last in ends if last > first and max(row[first : last + 1]) < DARK
    ]


def rows_of(document: bytes, form: Form) -> list[bytes]:
    """The rows of its only page."""
    (only,) = pixels.pages(document, form)
    length = len(only.rows) // only.height
    return [only.rows[at : at + length] for at in range(0, len(only.rows), length)]


def test_the_frame_stands_6_mm_from_the_edges_of_a_sheet(page: Room) -> None:
    rows = rows_of(page("a4"), TENTH_OF_MM)

    first = next(at for at, row in enumerate(rows) if inked(row)[1])
    last = next(at for at, row in enumerate(reversed(rows)) if inked(row)[1])
    left, right = inked(rows[len(rows) // 2])
    assert [first, last, left, len(rows[0]) - right] == pytest.approx([60] * 4, abs=3)


def test_the_ruler_is_72_mm_long_on_a_sheet(page: Room) -> None:
    rows = rows_of(page("a4"), TENTH_OF_MM)

    within = [row[100:-100] for row in rows[100:-100]]
    assert [length for length in unbroken(within) if length > 300] == pytest.approx([720] * 6, abs=2)


def test_the_ruler_takes_every_dot_that_a_roll_prints(page: Room) -> None:
    rows = rows_of(page("roll"), Form(203, BLACK))

    assert b"\xff" * 72 in rows


def test_there_is_a_line_in_every_language(page: Room) -> None:
    assert languages(page("a4")) == set(LANGUAGES)
