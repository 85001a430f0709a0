"""Style, scripts and drawings hold to what everyone needs of them, whether or not a test shows them."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
import tinycss2
from tinycss2.ast import AtRule, Declaration, QualifiedRule

from kiosk.settings import TOP

STATIC = TOP / "static"
CITIZENS = ("tokens.css", "base.css", "components.css")
"""The style of citizens' screens."""
STAFF = {"console.js"}
"""Scripts that no citizen's screen loads."""
LONGEST_CHANGE_MS = 200
LONGEST_TONE_S = 3
"""EN 301 549, 5.1.3.10."""


@cache
def text_of(file: Path) -> str:
    """A file without its comments."""
    text = file.read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|(?:^|(?<=[;{}])) *//[^\n]*", "", text, flags=re.DOTALL | re.MULTILINE)


def scripts() -> list[Path]:
    return [file for file in sorted((STATIC / "js").glob("*.js")) if file.name not in STAFF]


def sheets() -> list[Path]:
    return [STATIC / "css" / name for name in CITIZENS]


def templates() -> list[Path]:
    return sorted((TOP / "templates").rglob("*.html"))


def holding(pattern: str, files: Iterable[Path]) -> dict[str, list[str]]:
    """File -> what the pattern finds in it."""
    found = {file.name: re.findall(pattern, text_of(file)) for file in files}
    return {name: hits for name, hits in found.items() if hits}


def rules(nodes: Iterable[object], around: str = "") -> Iterator[tuple[str, str, list[Declaration]]]:
    """Each rule of a sheet: the condition around it, its selector, what it declares."""
    for node in nodes:
        if isinstance(node, AtRule) and node.content and node.lower_at_keyword in ("media", "supports"):
            yield from rules(
                tinycss2.parse_blocks_contents(node.content), tinycss2.serialize(node.prelude).strip()
            )
        elif isinstance(node, QualifiedRule):
            declared = tinycss2.parse_blocks_contents(node.content)
            found = [each for each in declared if isinstance(each, Declaration)]
            yield around, tinycss2.serialize(node.prelude).strip(), found


def declared(*files: Path) -> Iterator[tuple[str, str, Declaration]]:
    """Everything that these sheets declare: the condition around it, its selector, the declaration."""
    for file in files:
        sheet = tinycss2.parse_stylesheet(
            file.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True
        )
        for around, selector, declarations in rules(sheet):
            yield from ((around, selector, each) for each in declarations)


def test_files_are_really_read() -> None:
    assert set(holding(r"addEventListener", scripts())) > {"idle.js", "keyboard.js", "screen.js"}
    assert len(list(declared(*sheets()))) > 500
    assert not holding(r"^ *//", scripts())


# Sound and film


@pytest.mark.norm("VIS-09", "HEA-02")
def test_nothing_sounds_but_what_somebody_taps_for_and_a_short_tone_before_time_is_up() -> None:
    assert holding(r"\bautoplay\b", templates()) == {}
    assert set(holding(r"new Audio|AudioContext|\.play\(", scripts())) <= {"listen.js", "idle.js"}
    tone = re.search(r"TONE_S, TONE_VOLUME\] = \[\d+, ([\d.]+)", text_of(STATIC / "js/idle.js"))
    assert tone and float(tone[1]) <= LONGEST_TONE_S, "the tone of a warning is short"
    assert (
        re.findall(r"addEventListener\(\"(\w+)\", begin", text_of(STATIC / "js/listen.js")) == ["click"] * 2
    )


@pytest.mark.norm("HEA-08", "HEA-09")
def test_there_is_no_film_and_nobody_speaks_through_the_kiosk() -> None:
    assert holding(r"<video|<iframe|<object|<embed", templates()) == {}
    assert holding(r"getUserMedia|RTCPeerConnection|MediaStream", scripts()) == {}


# Fingers and keys


@pytest.mark.norm("MOT-09")
def test_no_script_waits_for_two_fingers_or_two_keys() -> None:
    assert holding(r"\.touches|targetTouches|getModifierState|gesture", scripts()) == {}
    away = {"away.js": "a new window, by mouse", "keyboard.js": "what belongs to the browser is left to it"}
    assert set(holding(r"ctrlKey|shiftKey|altKey|metaKey", scripts())) <= set(away)


@pytest.mark.norm("MOT-10")
def test_nothing_is_dragged_drawn_pinched_or_shaken() -> None:
    moves = r"pointermove|touchmove|mousemove|\"drag(?!start)|\"drop\"|\"wheel\"|device(?:motion|orientation)"
    assert set(holding(moves, scripts())) <= {"steady.js"}, "where a finger that strays lets go"
    assert holding(r"draggable|ondrag", templates()) == {}
    assert ("html", "manipulation") in {
        (selector, tinycss2.serialize(each.value).strip())
        for _, selector, each in declared(*sheets())
        if each.name == "touch-action"
    }


@pytest.mark.norm("MOT-14")
def test_no_letter_is_a_shortcut() -> None:
    assert holding(r"accesskey", templates()) == {}
    letter = r"\.(?:key|code) ?===? ?\"(?:.|Key.)\"|case \"(?:.|Key.)\"|keyCode|\.which\b"
    assert holding(letter, scripts()) == {}


@pytest.mark.norm("COG-22")
def test_only_the_end_of_time_and_of_the_line_interrupt() -> None:
    assert set(holding(r"<dialog", templates())) == {"idle.html", "away.html", "_away.html"}
    assert holding(r"\b(?:alert|confirm|prompt)\(|window\.open|Notification", scripts()) == {}


# Style


@pytest.mark.norm("COG-21")
def test_nothing_moves_by_itself_and_colours_change_at_once_where_less_motion_is_wanted() -> None:
    assert (
        holding(r"(?<!over)scroll-behavior", sheets()) == holding(r"\.animate\(|\"smooth\"", scripts()) == {}
    )
    assert holding(r"<(?:marquee|blink|animate\w*)\b", [*templates(), *drawings()]) == {}
    moving = [
        found
        for found in declared(*sheets())
        if found[2].name.startswith(("transition", "animation"))
        and tinycss2.serialize(found[2].value).strip() != "0s"
    ]
    assert {around for around, _, _ in moving} == {"(prefers-reduced-motion: no-preference)"}
    for _, selector, each in moving:
        took = max(map(int, re.findall(r"(\d+)ms", tinycss2.serialize(each.value))))
        assert took <= LONGEST_CHANGE_MS or "[data-held]" in selector, "only what somebody holds takes longer"


@pytest.mark.norm("W 1.4.13")
def test_nothing_appears_because_a_pointer_rests_on_something() -> None:
    assert holding(r":hover", sheets()) == {}
    assert holding(r"mouse(?:over|enter)|pointer(?:over|enter)", scripts()) == {}
    assert holding(r"\stitle=", [file for file in templates() if file.parent.name != "console"]) == {}


@pytest.mark.norm("W 1.3.4")
def test_no_screen_is_turned_or_hidden_by_how_it_stands() -> None:
    turned = [
        (selector, each.name)
        for around, selector, each in declared(*sheets())
        if "rotate" in tinycss2.serialize(each.value)
        or ("orientation" in around and "none" in tinycss2.serialize(each.value))
    ]
    assert turned == []
    assert holding(r"orientation\.lock", scripts()) == {}


@pytest.mark.norm("COG-09")
def test_style_says_start_and_end_where_it_could_say_left_and_right() -> None:
    sided = re.compile(r"(?:^|-)(?:left|right|top|bottom)(?:$|-)")
    found = [
        (selector, each.name)
        for _, selector, each in declared(*sheets())
        if sided.search(each.name)
        or (each.name in ("text-align", "float") and re.search("left|right", tinycss2.serialize(each.value)))
    ]
    assert found == []


@pytest.mark.norm("VIS-26")
def test_only_the_mark_of_a_choice_keeps_its_colour_when_colours_are_forced() -> None:
    kept = [selector for _, selector, each in declared(*sheets()) if each.name == "forced-color-adjust"]
    assert kept == [".choice input:checked::before"]


# Drawings


def drawings() -> list[Path]:
    return sorted((STATIC / "pictures").glob("*.svg"))


@pytest.mark.norm("VIS-28")
@pytest.mark.parametrize("drawing", drawings(), ids=lambda file: file.name)
def test_a_drawing_has_no_words_in_it(drawing: Path) -> None:
    assert set(re.findall(r"<(\w+)", text_of(drawing))) <= {
        "svg",
        "path",
        "circle",
        "rect",
        "g",
        "ellipse",
        "line",
    }


@pytest.mark.norm("VIS-28")
def test_no_picture_is_a_photograph() -> None:
    assert holding(r"<img\b", templates()) == {}
