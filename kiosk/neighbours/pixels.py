"""A PDF as dots, by pdfium. Only the worker imports this: a web process needs no renderer."""

from collections.abc import Iterator

from pypdfium2 import PdfBitmap, PdfDocument

from kiosk.neighbours.raster import BLACK, Form, Page, document

POINTS = 72
INK = bytes(b"10"[grey >= 128] for grey in range(256))
"""Grey -> whether there is ink, as a digit."""


def as_raster(pdf: bytes, form: Form) -> bytes:
    """The same pages as PWG Raster. Not for two threads at once."""
    return document(pages(pdf, form), form)


def pages(pdf: bytes, form: Form) -> Iterator[Page]:
    """The pages of a PDF one by one, so that no more than one lies in memory."""
    opened = PdfDocument(pdf)
    try:
        for sheet in opened:
            dots = sheet.render(
                scale=form.dpi / POINTS,
                grayscale=form.colour != "srgb_8",
                rev_byteorder=True,
                no_smoothtext=form.colour == BLACK,
                no_smoothpath=form.colour == BLACK,
            )
            yield Page(dots.width, dots.height, _rows(dots, form), sheet.get_size())
            dots.close()
    finally:
        opened.close()


def _rows(dots: PdfBitmap, form: Form) -> bytes:
    """The rows without what pads them."""
    whole, length = bytes(dots.buffer), dots.width * dots.n_channels
    rows = (whole[at : at + length] for at in range(0, dots.height * dots.stride, dots.stride))
    return b"".join(map(_eight_in_a_byte, rows) if form.colour == BLACK else rows)


def _eight_in_a_byte(row: bytes) -> bytes:
    """A row of grey as black and white, the last byte filled up with white."""
    length = (len(row) + 7) // 8
    return int(row.translate(INK).ljust(8 * length, b"0"), 2).to_bytes(length)
