"""A journey as a drawing (SVG): the way down through its questions, with the ends beside it."""

from collections.abc import Iterator
from textwrap import wrap
from xml.etree import ElementTree as Xml

from kiosk.journeys.model import Journey, Part, Step
from kiosk.journeys.outline import in_words, part_notes, step_notes

_WIDTH, _LINE, _GAP, _PAD = 460, 20, 26, 12
_LEFT, _RIGHT = 60, 640
_SIGNS = 52
"""Signs that fit on a line of a box."""

_INK = {"ask": "#0b4a5e", "tell": "#5b6770", "refer": "#7a3e00", "stop": "#8a1c1c", "suggest": "#1c5e2a"}


def drawing(journey: Journey) -> str:
    """The whole drawing, readable without colours, with a title and a description for who cannot see it."""
    canvas = _Canvas()
    for part in journey.parts:
        canvas.part(part)
    canvas.box(_LEFT, "review", ["all questions are answered"], "#0b4a5e")
    return canvas.finished(journey)


class _Canvas:
    """Boxes one below the other, with arrows; `y` is where the next one goes."""

    def __init__(self) -> None:
        self.root = Xml.Element("svg")
        self.y = 40
        self._last: int | None = None

    def part(self, part: Part) -> None:
        heading = f"{part.title} — {', '.join((part.name, *part_notes(part)))}"
        for line in wrap(heading, 2 * _SIGNS):
            self._text(_LEFT + 36, self.y, line, weight="bold")
            self.y += _LINE
        top = self.y
        for step in part.steps:
            self.step(step)
        self._line(20, top, 20, self.y - _GAP, "#c3ccd1", width=4)
        self.y += _LINE

    def step(self, step: Step) -> None:
        notes = [f"{step.does}{''.join(f', {note}' for note in step_notes(step))}"]
        lines = [f"when {in_words(step.when)}", *notes] if step.when else notes
        lines = [line for text in (*lines, f"“{step.text}”") for line in wrap(text, _SIGNS)]
        if step.ends:
            self.box(_RIGHT, step.name, lines, _INK[step.does])
        else:
            self.box(_LEFT, step.name, lines, _INK[step.does], dashed=bool(step.when))

    def box(self, x: int, name: str, lines: list[str], ink: str, *, dashed: bool = False) -> None:
        """A box at `x`: on the left in the way down, on the right an end that the way leads to."""
        height = _LINE * (len(lines) + 1) + _PAD
        middle = self.y + height // 2
        if x == _RIGHT:
            self._line(_LEFT + 20, middle, _RIGHT, middle, ink, arrow=True)
            self._line(_LEFT + 20, self._last or self.y, _LEFT + 20, middle, "#5b6770")
        elif self._last is not None:
            self._line(_LEFT + 20, self._last, _LEFT + 20, self.y, "#5b6770", arrow=True)
        box = {"x": x, "y": self.y, "width": _WIDTH, "height": height, "rx": 6, "fill": "#fff", "stroke": ink}
        self._add("rect", **box, **{"stroke-width": 2, "stroke-dasharray": "6 4" if dashed else "none"})
        self._text(x + _PAD, self.y + _LINE, name, weight="bold", fill=ink)
        for number, line in enumerate(lines, start=2):
            self._text(x + _PAD, self.y + number * _LINE, line)
        self._last = middle if x == _RIGHT else self.y + height
        self.y += height + _GAP

    def finished(self, journey: Journey) -> str:
        """The SVG with everything around it."""
        size = {"width": str(_RIGHT + _WIDTH + 20), "height": str(self.y)}
        self.root.attrib |= {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {size['width']} {size['height']}",
            "role": "img",
            "aria-labelledby": "title desc",
            "font-family": "sans-serif",
            "font-size": "14",
            **size,
        }
        for number, (tag, text) in enumerate(
            (("title", f"{journey.name}: {journey.title}"), ("desc", _told(journey)))
        ):
            element = Xml.Element(tag, id=tag)
            element.text = text
            self.root.insert(number, element)
        self.root.insert(2, Xml.Element("rect", width="100%", height="100%", fill="#f6f8f9"))
        return Xml.tostring(self.root, encoding="unicode") + "\n"

    def _text(self, x: int, y: int, text: str, *, weight: str = "normal", fill: str = "#101820") -> None:
        self._add("text", x=x, y=y, fill=fill, **{"font-weight": weight}).text = text

    def _line(
        self, x: int, y: int, to_x: int, to_y: int, ink: str, *, width: int = 2, arrow: bool = False
    ) -> None:
        self._add("path", d=f"M{x} {y}L{to_x} {to_y}", stroke=ink, **{"stroke-width": width})
        if arrow:
            ahead = (8, 0) if y == to_y else (0, 8)
            self._add("path", d=_head(to_x, to_y, *ahead), fill=ink)

    def _add(self, tag: str, **attributes: object) -> Xml.Element:
        return Xml.SubElement(self.root, tag, {name: str(value) for name, value in attributes.items()})


def _head(x: int, y: int, along: int, down: int) -> str:
    """The head of an arrow that ends here."""
    side = (down // 2, along // 2)
    return f"M{x} {y}L{x - along - side[0]} {y - down - side[1]}L{x - along + side[0]} {y - down + side[1]}Z"


def _told(journey: Journey) -> str:
    return " ".join(_sentences(journey))


def _sentences(journey: Journey) -> Iterator[str]:
    for part in journey.parts:
        steps = ", ".join(step.name if not step.ends else f"{step.name} (ends)" for step in part.steps)
        yield f"{part.title}: {steps}."
