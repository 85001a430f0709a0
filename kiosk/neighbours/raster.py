"""Pages as dots, for printers that take no PDF: PWG Raster (PWG 5102.4)."""

import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

SYNC = b"RaS2"
BEST_DPI = 300
"""Finer than the eye at reading distance; twice as fine is four times the work for printer and line."""
MOST_SAME = 256
"""How often one row may be said to come (section 4.4); a run or a stretch holds half as many pixels."""
GREY, BLACK = "sgray_8", "black_1"


class Colour(NamedTuple):
    """How dots are written: the number of their colour space (table 6), and the bits of each."""

    space: int
    bits: int
    channels: int

    @property
    def unit(self) -> int:
        """Bytes that are packed together: a pixel, or eight of one bit."""
        return max(1, self.bits * self.channels // 8)


COLOURS = {GREY: Colour(18, 8, 1), BLACK: Colour(3, 1, 1), "srgb_8": Colour(19, 8, 3)}
"""What we write, by the name that printers give it; the best for text on white first."""


class Form(NamedTuple):
    """How a printer wants its dots: how many an inch, and in what colour."""

    dpi: int
    colour: str


class Page(NamedTuple):
    """One page of dots: `rows` one after the other, each of whole bytes; `points` is how large it is."""

    width: int
    height: int
    rows: bytes
    points: tuple[float, float]


def form_for(resolutions: Sequence[str], types: Sequence[str]) -> Form:
    """The form that suits a printer best, by what it says it takes; every printer takes the first of each."""
    square = [
        int(across) for across, _, down in (each.partition("x") for each in resolutions) if across == down
    ]
    dpi = min(square or [BEST_DPI], key=lambda each: (abs(each - BEST_DPI), each))
    # With few dots an inch, as on a roll, a printer makes grey edges ragged.
    first = [BLACK] if dpi < BEST_DPI else []
    return Form(dpi, next((name for name in (*first, *COLOURS) if name in types), GREY))


def document(pages: Iterable[Page], form: Form) -> bytes:
    """The pages as one document of type image/pwg-raster."""
    return SYNC + b"".join(_header(page, form) + _packed(page, COLOURS[form.colour].unit) for page in pages)


def _header(page: Page, form: Form) -> bytes:
    """What stands before the dots of a page (section 4.3): 1796 bytes, most of them 0 for "as usual"."""
    colour = COLOURS[form.colour]
    header = bytearray(1796)
    header[:9] = b"PwgRaster"
    for at, values in {
        276: (form.dpi, form.dpi),
        340: (1,),  # copies
        352: tuple(round(each) for each in page.points),
        372: (page.width, page.height),
        384: (colour.bits, colour.bits * colour.channels, len(page.rows) // page.height, 0, colour.space),
        420: (colour.channels,),
        452: (
            0,
            1,
            1,
            0,
            0,
            page.width,
            page.height,
            0xFFFFFF,
        ),  # pages unknown, not mirrored, dots everywhere
    }.items():
        struct.pack_into(f">{len(values)}I", header, at, *values)
    return bytes(header)


def _packed(page: Page, unit: int) -> bytes:
    """The rows of a page, the same ones together."""
    packed = (bytes([times - 1]) + _packed_row(row, unit) for row, times in _rows(page))
    return b"".join(packed)


def _rows(page: Page) -> Iterator[tuple[bytes, int]]:
    """Each row with how many times it comes, down the page."""
    length = len(page.rows) // page.height
    latest, times = page.rows[:length], 0
    for at in range(0, len(page.rows), length):
        row = page.rows[at : at + length]
        if row != latest or times == MOST_SAME:
            yield latest, times
            latest, times = row, 0
        times += 1
    yield latest, times


PIECES = {
    unit: re.compile(rb"(?s)(.{%d})\1{1,127}|(?:(.{%d})(?!\2)){1,128}" % (unit, unit)) for unit in (1, 3)
}
"""A run of the same pixels, or a stretch of which none is as the next."""


def _packed_row(row: bytes, unit: int) -> bytes:
    return b"".join(_packed_piece(piece, unit) for piece in PIECES[unit].finditer(row))


def _packed_piece(piece: re.Match[bytes], unit: int) -> bytes:
    """A run is its length less one and the pixel; a stretch is 257 less its length and all of its pixels."""
    dots = piece[0]
    length = len(dots) // unit
    if piece[1] is not None or length == 1:
        return bytes([length - 1]) + dots[:unit]
    return bytes([257 - length]) + dots
