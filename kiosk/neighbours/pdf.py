"""Paper as a file: HTML in, an accessible PDF (PDF/UA-1) out.

Only the worker imports this: it costs a second and 40 MB.
"""

import gc
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from kiosk.neighbours import tagging

Kind = Literal["a4", "large", "roll"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SHEETS: dict[Kind, tuple[str, ...]] = {
    "a4": ("print.css",),
    "large": ("print.css", "print-large.css"),
    "roll": ("print.css", "print-roll.css"),
}
END = "end"
"""The id of the last, empty element of a page: on a roll the paper is cut there."""
MM_PER_PX = 25.4 / 96
ROLL_MM = 72
"""What a printer with 80 mm rolls can print on."""
LONGEST_MM = 5000
"""As long as one page of a PDF may be (14,400 points), or a little less."""

tagging.install()


class ForbiddenAddress(Exception):
    """A page that asks for a file or an address that is none of ours."""


class OwnFiles(URLFetcher):  # type: ignore[misc]
    """Gives the files of some folders; any other address ends the rendering."""

    def __init__(self, folders: Iterable[Path]) -> None:
        super().__init__(allow_redirects=False)
        self._folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file at a `file:` address. Raises `FatalURLFetchingError` for what is none of ours."""
        address = urlsplit(url)
        file = Path(url2pathname(address.path)).resolve()
        ours = any(file.is_relative_to(folder) for folder in self._folders)
        if address.scheme != "file" or address.netloc or not ours:
            raise FatalURLFetchingError(url)
        return super().fetch(url, headers)


class Press:
    """Makes PDFs. Keep one for the life of a process: it reads styles and fonts once.

    `styles` is the folder of the style sheets; only files in it and in `folders` can come onto the paper.
    """

    def __init__(self, styles: Path, folders: Sequence[Path] = ()) -> None:
        self._fonts = FontConfiguration()
        self._fetcher = OwnFiles((styles, *folders))
        self._sheets = {name: self._css(styles / name) for names in SHEETS.values() for name in names}
        # What is loaded by now stays: the collector need not look through it again for every page.
        gc.collect()
        gc.freeze()

    def render(self, html: str, *, kind: Kind = "a4") -> bytes:
        """The page as a PDF. Raises `ForbiddenAddress` when it asks for what is none of ours."""
        try:
            document = self._roll(html) if kind == "roll" else self._lay_out(html, kind)
        except FatalURLFetchingError as error:
            raise ForbiddenAddress(str(error)) from None
        return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))

    def _roll(self, html: str) -> Document:
        """One page, exactly as long as what is on it: laid out once to measure and once to keep.

        What is longer than a page can be goes on on the next one.
        """
        measured = self._lay_out(html, "roll", roll_page(LONGEST_MM)).pages
        length = measured[-1].anchors[END][1] * MM_PER_PX
        cut = roll_page(length + 0.5, f":nth({len(measured)})")
        return self._lay_out(html, "roll", roll_page(LONGEST_MM) + cut)

    def _lay_out(self, html: str, kind: Kind, page: str = "") -> Document:
        sheets = [self._sheets[name] for name in SHEETS[kind]]
        if page:
            sheets.append(CSS(string=page, url_fetcher=self._fetcher))
        return HTML(string=html, url_fetcher=self._fetcher).render(
            font_config=self._fonts, stylesheets=sheets, pdf_variant="pdf/ua-1"
        )

    def _css(self, file: Path) -> Any:
        return CSS(filename=file, font_config=self._fonts, url_fetcher=self._fetcher)


def roll_page(height_mm: float, which: str = "") -> str:
    """The style of a piece of roll of that height: every page of a document, or `which`."""
    return f"@page {which} {{ size: {ROLL_MM}mm {height_mm:.2f}mm }}"
