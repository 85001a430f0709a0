"""Pages as dots: whoever prints them gets exactly the pixels that were drawn."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import TOP
from kiosk.neighbours import pixels, raster
from kiosk.neighbours.pdf import Press
from kiosk.neighbours.raster import COLOURS, Form, Page
from tests.fixtures.municipality import SITE
from tests.fixtures.rasters import decoded

TEXT = "<html lang='nl'><title>x</title><body><h1>Uw papier</h1>{}<div id='end'></div></body></html>"
A4_POINTS = (595, 842)


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(TOP / "static/css", (TOP / "static/vendor", SITE.folder))


def lines(number: int) -> str:
    return TEXT.format("".join(f"<p>Regel {each} op papier.</p>" for each in range(number)))


@pytest.mark.parametrize("colour", COLOURS)
def test_a_printer_reads_exactly_the_dots_that_were_drawn(press: Press, colour: str) -> None:
    form, pdf = Form(150, colour), press.render(lines(40))
    drawn = list(pixels.pages(pdf, form))

    read = decoded(pixels.as_raster(pdf, form))
    assert len(drawn) > 1
    assert [sheet.rows for sheet in read] == [page.rows for page in drawn]
    assert {(sheet.dpi, sheet.points, sheet.space) for sheet in read} == {
        ((150, 150), A4_POINTS, COLOURS[colour].space)
    }


def test_a_strip_for_a_roll_of_80_mm_is_576_dots_wide(press: Press) -> None:
    """PRT-16: 72 mm at 8 dots a millimetre."""
    (strip,) = decoded(pixels.as_raster(press.render(lines(5), kind="roll"), Form(203, raster.BLACK)))

    assert (strip.width, strip.bits, len(strip.rows)) == (576, 1, strip.height * 72)


def test_black_is_black_and_paper_is_white(press: Press) -> None:
    grey, black = (
        next(pixels.pages(press.render(lines(5)), Form(100, colour))) for colour in ("sgray_8", "black_1")
    )

    assert (grey.rows[0], min(grey.rows)) == (255, 0)
    inked = sum(byte.bit_count() for byte in black.rows)
    assert black.rows[0] == 0
    assert 0 < inked < black.width * black.height / 10


@given(
    rows=st.lists(st.binary(min_size=6, max_size=6), min_size=1, max_size=9),
    times=st.integers(1, 400),
    colour=st.sampled_from(["sgray_8", "srgb_8"]),
    wide=st.integers(1, 100),
)
@settings(max_examples=200, deadline=None)
def test_any_dots_come_back_as_they_were(rows: list[bytes], times: int, colour: str, wide: int) -> None:
    dots = b"".join(row * wide for row in rows for _ in range(times if row == rows[0] else 1))
    width = 6 * wide // COLOURS[colour].unit
    page = Page(width, len(dots) // (6 * wide), dots, (100, 100))

    (sheet,) = decoded(raster.document([page], Form(203, colour)))
    assert sheet.rows == dots


@pytest.mark.parametrize(
    ("resolutions", "types", "form"),
    [
        (("300x300", "600x600"), ("black_1", "sgray_8"), Form(300, "sgray_8")),
        (("600x600", "1200x1200"), ("srgb_8", "sgray_8"), Form(600, "sgray_8")),
        (("203x203",), ("sgray_8", "black_1"), Form(203, "black_1")),
        (("600x300", "600x600"), ("black_1",), Form(600, "black_1")),
        (("300x300",), ("srgb_8", "adobe-rgb_8"), Form(300, "srgb_8")),
        ((), (), Form(300, "sgray_8")),
    ],
)
def test_the_form_is_one_that_the_printer_takes(
    resolutions: tuple[str, ...], types: tuple[str, ...], form: Form
) -> None:
    assert raster.form_for(resolutions, types) == form


def test_making_dots_leaves_nothing_on_disk(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    pixels.as_raster(press.render(lines(5)), Form(100, "sgray_8"))

    assert list(tmp_path.iterdir()) == []
