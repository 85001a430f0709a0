"""By finger and by key: a touch can be undone, nothing is done twice, and every screen works from keys."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.fixtures.browsers import Toucher, day_month_year
from tests.fixtures.forms import given_of
from tests.fixtures.municipality import shortest_examples

MOST_STOPS = 80
RING_PX = 2

FOCUS = """() => {
  const each = document.activeElement;
  const seen = each.closest("label.choice") ?? each;
  const style = getComputedStyle(seen), box = seen.getBoundingClientRect();
  const there = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  return {
    action: each.dataset.action ?? "", name: each.name ?? "", value: each.value ?? "", type: each.type ?? "",
    is: each.outerHTML.slice(0, 120), body: each === document.body, covered: !seen.contains(there),
    ring: style.outlineStyle === "solid" ? parseFloat(style.outlineWidth) : 0,
  };
}"""


def sent(page: Page) -> list[str]:
    """What the page sends from now on."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if request.method == "POST" else None)
    return found


def centre(target: Locator) -> tuple[float, float]:
    box = target.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.norm("MOT-05")
def test_a_touch_that_slides_off_does_nothing(new_toucher: Callable[..., Toucher]) -> None:
    toucher = new_toucher().begins("moving")
    page, where, found = toucher.page, toucher.page.url, sent(toucher.page)
    for target in ("[data-action=call]", "[data-action=end]", "[data-action=next]", "label.choice"):
        page.mouse.move(*centre(page.locator(target).first))
        page.mouse.down()
        page.mouse.move(*centre(page.locator("h1")), steps=4)
        page.mouse.up()
    page.wait_for_timeout(300)
    assert (page.url, found, page.locator(":checked").count()) == (where, [], 0)


@pytest.mark.norm("MOT-08")
def test_a_key_that_is_held_acts_once(new_toucher: Callable[..., Toucher]) -> None:
    page = new_toucher().begins("moving").page
    why = page.locator("details:has(> [data-action=why])")
    why.locator("summary").focus()
    for _ in range(2):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    assert why.get_attribute("open") is not None


def stops(page: Page) -> Iterator[dict[str, object]]:
    """Where Tab leads, one stop after the other, until it is back where it began."""
    first = ""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["is"] == first:
            return
        if not stop["body"]:
            first = first or stop["is"]
            yield stop
    raise AssertionError(f"focus does not come round on {page.url}")


def goes_by_tab(page: Page, wanted: Callable[[dict[str, object]], bool]) -> None:
    """Press Tab until it is there; every stop on the way is seen, uncovered, and leaves the page as it is."""
    where = page.url
    for stop in stops(page):
        assert float(str(stop["ring"])) >= RING_PX and not stop["covered"], (page.url, stop)
        assert page.url == where
        if wanted(stop):
            return
    raise AssertionError(f"no such stop on {where}")


def answers_by_keys(page: Page, asked: Locator, answer: object) -> None:
    """Give this answer with keys alone."""
    field = asked.locator("[data-field]").first
    name = field.get_attribute("data-field") if answer else ""
    if answer and field.get_attribute("data-kind") == "date":
        answer = day_month_year(str(answer))
    for part, value in (answer if isinstance(answer, dict) else {"": answer}).items():
        if name and value:
            fills_by_keys(page, f"{name}.{part}" if part else name, str(value))


def fills_by_keys(page: Page, name: str, value: str) -> None:
    goes_by_tab(page, lambda stop: stop["name"] == name)
    if page.evaluate(FOCUS)["type"] != "radio":
        page.keyboard.type(value)
        return
    page.keyboard.press("Space")
    for _ in range(MOST_STOPS):
        if page.evaluate(FOCUS)["value"] == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no {value} at {name}")


def presses(page: Page, wanted: Callable[[dict[str, object]], bool]) -> None:
    """Go there with Tab, press Enter, and wait for the page it leads to."""
    goes_by_tab(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.norm("MOT-12", "MOT-13", "COG-20", "VIS-29")
def test_a_journey_is_begun_answered_and_confirmed_with_keys_alone(
    new_toucher: Callable[..., Toucher],
) -> None:
    (example,) = shortest_examples("moving", "prepared")
    toucher = new_toucher()
    page = toucher.page
    presses(page, lambda stop: 'data-journey="moving"' in str(stop["is"]))
    presses(page, lambda stop: stop["value"] == "express")
    while toucher.screen in ("step", "part"):
        for asked in page.locator("form[data-key], form[data-part] [data-key]").all():
            key = asked.get_attribute("data-key") or ""
            answers_by_keys(page, asked, given_of(example.answers.get(key)))
        presses(page, lambda stop: stop["action"] == "next")
        assert not page.locator("[data-error]").count(), page.url
    presses(page, lambda stop: stop["action"] == "confirm")
    assert toucher.screen == "prepared"
    assert not toucher.troubles


@pytest.mark.norm("MOT-07")
def test_a_second_tap_at_once_does_nothing(new_toucher: Callable[..., Toucher]) -> None:
    toucher = new_toucher().begins("moving")
    found = sent(toucher.page)
    toucher.page.locator("[data-action=call]:visible").dblclick()
    expect(toucher.page.locator("[data-call-state]")).to_be_visible()
    toucher.page.wait_for_timeout(300)
    assert len([url for url in found if url.endswith("/call")]) == 1
