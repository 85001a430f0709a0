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
END_MARGIN_PX = 2
"""What is left below it, so that no letter is cut."""

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
        """One page, cut off where what is on it ends; what is longer than a page may be goes on on a next."""
        document = self._lay_out(html, "roll")
        last = document.pages[-1]
        last.height = last.anchors[END][1] + END_MARGIN_PX
        return document

    def _lay_out(self, html: str, kind: Kind) -> Document:
        return HTML(string=html, url_fetcher=self._fetcher).render(
            font_config=self._fonts,
            stylesheets=[self._sheets[name] for name in SHEETS[kind]],
            pdf_variant="pdf/ua-1",
        )

    def _css(self, file: Path) -> Any:
        return CSS(filename=file, font_config=self._fonts, url_fetcher=self._fetcher)
