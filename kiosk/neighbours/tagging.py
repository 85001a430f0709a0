"""What WeasyPrint 70 leaves out of a tagged PDF: the language of a fragment, and right-to-left reading order.

Both are needed for a screen reader (EN 301 549, 10.3.1.2). They are added by wrapping the function that
builds the structure tree; it is no public interface, so the version is pinned and tests guard it.

The order belongs in the tree alone: programs that search and copy (poppler, pdfium) turn what is drawn around
by themselves, and turned it a second time when it also stood beside the drawing.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import bidirectional

import pydyf
from weasyprint.formatting_structure.boxes import LineBox, TextBox
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

_build_box_tree = tags._build_box_tree
PAGE = ("html", "body")
"""Elements without a place of their own in the tree: the language of the page stands in the catalogue."""
RIGHT_TO_LEFT = ("R", "AL", "AN")


def install() -> None:
    """Make every PDF of this process carry both; more than once is harmless."""
    tags._build_box_tree = build_box_tree


def build_box_tree(
    box: Any, parent: Any, pdf: Any, page_number: int, numbers: Any, annotations: Any, marks: Any
) -> Iterator[Any]:
    """The structure elements of a box, as WeasyPrint makes them, with language and reading order."""
    box = box._box if isinstance(box, AbsolutePlaceholder) else box
    pieces = [text for text in texts(getattr(box, "children", ())) if text in marks and turned(text)]
    spoken = {marks[text]["mcid"]: reading(text) for text in pieces}
    for element in _build_box_tree(box, parent, pdf, page_number, numbers, annotations, marks):
        if language := language_of(box):
            element["Lang"] = pydyf.String(language)
        yield element
    for mark, text in spoken.items():
        element_of(pdf, numbers[mark])["ActualText"] = pydyf.String(text)


def language_of(box: Any) -> str:
    """The `lang` attribute of the element that the box was made for; "" where it has none, or is the page."""
    if box.element is None or box.element_tag in PAGE:
        return ""
    return str(box.element.attrib.get("lang", ""))


def turned(text: TextBox) -> bool:
    """Whether a piece of text is drawn in another order than it is read."""
    return text.style["direction"] == "rtl" or any(bidirectional(sign) in RIGHT_TO_LEFT for sign in text.text)


def texts(children: Iterable[Any]) -> Iterator[TextBox]:
    """The pieces of text among a box's children, those in its lines included."""
    for child in children:
        if isinstance(child, LineBox):
            yield from texts(child.children)
        elif isinstance(child, TextBox):
            yield child


def reading(text: TextBox) -> str:
    """The text as it is read, with a space so that it does not run into the next line."""
    return f"{text.text.rstrip()} "


def element_of(pdf: Any, reference: bytes) -> Any:
    """The object that a reference such as b"12 0 R" points to."""
    return pdf.objects[int(reference.split()[0])]
