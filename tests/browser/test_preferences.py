"""Every way to prefer a screen, on every kiosk: accessible, large, within reach, nothing over anything."""

from collections.abc import Callable, Iterator
from itertools import combinations, product

import pytest
from playwright.sync_api import expect

from kiosk.web.preferences import OFFERED
from tests.fixtures.browsers import Toucher, demonstration
from tests.fixtures.geometry import ALWAYS, Geometry
from tests.fixtures.municipality import KIOSKS, LANGUAGES, VERSIONS, shortest_examples

AXES = {
    "kiosk": tuple(KIOSKS),
    "language": tuple(LANGUAGES),
    "size": OFFERED["size"],
    "look": OFFERED["look"],
    "low": OFFERED["low"],
    "simple": OFFERED["simple"],
}
Row = dict[str, str]
TARGET_MM = 20

# The journey with the fewest answers to what is prepared shows every kind of screen soonest.
SHORTEST = min(
    ((version.journey.name, example) for version in VERSIONS
     for example in shortest_examples(version.journey.name, "prepared")),
    key=lambda found: len(found[1].answers),
)  # fmt: skip


def pairwise(axes: dict[str, tuple[str, ...]]) -> list[Row]:
    """Few rows in which every value of one axis meets every value of each other one."""

    def pairs_of(row: Row) -> set[frozenset[tuple[str, str]]]:
        return {frozenset(pair) for pair in combinations(row.items(), 2)}

    every = [dict(zip(axes, values, strict=True)) for values in product(*axes.values())]
    left = set().union(*(pairs_of(row) for row in every))
    rows = []
    while left:
        best = max(every, key=lambda row: len(pairs_of(row) & left))
        left -= pairs_of(best)
        rows.append(best)
    return rows


def name_of(row: Row) -> str:
    return "-".join(value if len(value) > 3 else name + value for name, value in row.items() if value)


def screens(toucher: Toucher, language: str) -> Iterator[str]:
    """Walk past every kind of screen once; yields the name of each while it shows."""
    journey, example = SHORTEST
    yield "start"
    toucher.speaks(language).goes_to("/language")
    yield "language"
    toucher.presses("back").presses("preferences")
    yield "preferences"
    toucher.presses("how")
    yield "how"
    toucher.presses("back").presses("back").follows(toucher.page.locator(f'[data-journey="{journey}"]'))
    yield "journey"
    toucher.follows(toucher.page.locator('[data-action="begin"][data-way="guided"]'))
    toucher.presses("next")
    yield "refused"
    toucher.presses("call")
    yield "called"
    for block in toucher.page.locator('[data-action="show"]').all():
        name = block.get_attribute("data-show")
        if block.is_visible():
            toucher.taps(block)
            expect(toucher.page.locator(".block:not(.offered)")).to_be_visible()
            yield f"called-{name}"
            toucher.taps(toucher.page.locator('[data-action="close"]'))
            expect(toucher.page.locator('[data-action="close"]')).to_have_count(0)
    toucher.taps(toucher.page.locator('[data-action="cancel-call"]:visible'))
    expect(toucher.page.locator('[data-call-state="cancelled"]')).to_be_visible()
    while toucher.screen == "step":
        yield toucher.page.url.rpartition("/")[2]
        toucher.fills_screen(example.answers)
    toucher.presses("overview") if toucher.page.locator('[data-action="overview"]').count() else None
    yield toucher.screen
    if toucher.screen == "hub":
        toucher.presses("back")
    yield "review"
    toucher.presses("confirm")
    yield "prepared"
    toucher.presses("end")
    yield "end"


def faults(toucher: Toucher, row: Row) -> Iterator[str]:
    """What is wrong with the screen that shows, for who prefers it like this."""
    kiosk = demonstration.kiosk(row["kiosk"])
    assert kiosk
    geometry = Geometry(toucher.page, kiosk.profile)
    yield from toucher.accessibility()
    yield from (f"small target {each}" for each in toucher.small_targets(TARGET_MM, kiosk.profile.px_per_mm))
    yield from (f"small text {each}" for each in geometry.small_text())
    yield from (f"too close {each}" for each in geometry.too_close())
    yield from (f"erases too close {each}" for each in geometry.erase_too_close())
    yield from (f"set poorly {each}" for each in geometry.set_poorly())
    yield from (f"cut off {each}" for each in geometry.cut_off())
    yield from (f"out of reach {each}" for each in geometry.out_of_reach("" if row["low"] else ALWAYS))
    yield from (f"too high {each}" for each in geometry.too_high())
    yield from (f"too small {each}" for each in geometry.too_low_buttons())
    yield from (f"not in a corner {each}" for each in geometry.not_in_a_corner())
    yield from (f"at the edge {each}" for each in geometry.at_the_edge())
    if row["low"]:
        yield from (f"out of reach {each}" for each in geometry.dialogs_out_of_reach())
    yield from (f"covered focus {each}" for each in geometry.covered_focus())
    yield from (f"too wide {each}" for each in toucher.overflows())


def walks(toucher: Toucher, row: Row) -> dict[str, list[str]]:
    """Every kind of screen with what is wrong with it; nothing when all is well."""
    wanted = {name: row[name] for name in ("size", "look", "low", "simple")}
    toucher.prefers(**wanted)
    found = {}
    for name in screens(toucher, row["language"]):
        toucher.keeps_picture(f"{name_of(row)}-{name}")
        found[name] = list(faults(toucher, row))
    assert not [each for each in toucher.troubles if "422" not in each]
    return {name: lines for name, lines in found.items() if lines}


@pytest.mark.norm(
    "VIS-16",
    "VIS-19",
    "VIS-20",
    "VIS-29",
    "MOT-01",
    "MOT-04",
    "MOT-17",
    "MOT-19",
    "MOT-28",
    "W 2.4.1",
    "VIS-18",
    "VIS-27",
    "MOT-02",
    "MOT-03",
    "MOT-16",
    "MOT-18",
    "HLP-02",
    "HLP-03",
)
@pytest.mark.slow
@pytest.mark.usefixtures("on_duty")
@pytest.mark.parametrize("row", pairwise(AXES), ids=name_of)
def test_every_two_preferences_go_together_on_every_kind_of_screen(
    new_toucher: Callable[..., Toucher], row: Row
) -> None:
    assert not walks(new_toucher(row["kiosk"]), row)


def every_row() -> list[Row]:
    """All that can go together and looks different; easy words change what is said, not how it stands."""
    rows = [dict(zip(AXES, values, strict=True)) for values in product(*AXES.values())]
    return [row for row in rows if not row["simple"] and not (row["low"] and is_low(row["kiosk"]))]


def is_low(name: str) -> bool:
    """Whether all of this kiosk's screen is within reach as it hangs."""
    kiosk = demonstration.kiosk(name)
    return kiosk is not None and kiosk.profile.reach_share == 1


@pytest.mark.matrix
@pytest.mark.usefixtures("on_duty")
@pytest.mark.parametrize("row", every_row(), ids=name_of)
def test_all_preferences_go_together_on_every_kind_of_screen(
    new_toucher: Callable[..., Toucher], row: Row
) -> None:
    assert not walks(new_toucher(row["kiosk"]), row)


BREAKS = {
    "small text": ("h1", "font-size: 20px"),
    "small target": ("[data-action=end]", "min-height: 0; height: 30px"),
    "too close": (".bar .group", "gap: 2px"),
    "too wide": ("[data-action=call]", "width: 90px; white-space: nowrap"),
    "out of reach": ("footer", "position: fixed; inset: 0 0 auto"),
}


@pytest.mark.slow
@pytest.mark.parametrize("wrong", BREAKS)
def test_what_is_wrong_with_a_screen_is_found(new_toucher: Callable[..., Toucher], wrong: str) -> None:
    toucher = new_toucher()
    row = {name: values[0] for name, values in AXES.items()}
    assert not list(faults(toucher, row))
    toucher.page.evaluate(
        "([place, style]) => document.querySelector(place).style.cssText = style", BREAKS[wrong]
    )
    assert any(each.startswith(wrong) for each in faults(toucher, row))


SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
)


@pytest.mark.slow
@pytest.mark.norm("VIS-21", "W 1.4.12")
@pytest.mark.usefixtures("on_duty")
@pytest.mark.parametrize("kiosk", KIOSKS)
def test_wider_spacing_cuts_nothing_off(new_toucher: Callable[..., Toucher], kiosk: str) -> None:
    """Lines, letters and words as far apart as WCAG 1.4.12 asks, and paragraphs by their own room."""
    toucher = new_toucher(kiosk)
    profile = next(each.profile for each in demonstration.kiosks if each.name == kiosk)
    found = {}
    for name in screens(toucher, "nl"):
        toucher.page.evaluate(
            """style => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(style);
              document.adoptedStyleSheets = [sheet];
            }""",
            SPACED,
        )
        found[name] = [*toucher.overflows(), *Geometry(toucher.page, profile).cut_off()]
    assert not {name: lines for name, lines in found.items() if lines}


SIGNS = """each => {
  const style = getComputedStyle(each);
  const mark = each.querySelector("input");
  const border = Math.round(parseFloat(style.borderTopWidth) * 10);
  return [border, getComputedStyle(each.querySelector("span"), "::after").content, Boolean(mark?.checked)];
}"""


@pytest.mark.slow
@pytest.mark.norm("VIS-25", "W 1.4.1", "EN 4.2.3")
def test_what_is_chosen_or_wrong_is_seen_without_its_colour(new_toucher: Callable[..., Toucher]) -> None:
    toucher = new_toucher()
    toucher.presses("preferences")
    on, off = (toucher.page.locator(f'[data-prefer="size"][value="{size}"]') for size in ("100", "150"))
    assert on.evaluate(SIGNS)[0] > off.evaluate(SIGNS)[0] and "✓" in on.evaluate(SIGNS)[1]
    assert "✓" not in off.evaluate(SIGNS)[1]
    toucher.presses("back").begins("moving").presses("next")
    wrong = toucher.page.locator("[data-error]").first
    assert wrong.locator("svg").count() and wrong.inner_text().strip()
    chosen, other = (toucher.page.locator(f'label:has([value="{value}"])') for value in ("here", "abroad"))
    toucher.taps(chosen)
    assert chosen.evaluate(SIGNS)[0] > other.evaluate(SIGNS)[0]
    assert chosen.evaluate(SIGNS)[2] and not other.evaluate(SIGNS)[2]
    strong, plain = toucher.page.locator(".foot .strong"), toucher.page.locator('.foot [data-action="back"]')
    fills = [each.evaluate("each => parseFloat(getComputedStyle(each).fontSize)") for each in (strong, plain)]
    assert fills[0] > fills[1]
