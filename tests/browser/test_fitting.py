"""Narrow or in forced colours, screens lose nothing; and the bar stays where it is."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.fixtures.browsers import Toucher
from tests.fixtures.municipality import longest_example

NARROWEST = {"width": 320, "height": 568}
PLACES = """() => [...document.querySelectorAll('footer [data-action]')].map(each => {
  const box = each.getBoundingClientRect();
  return [each.dataset.action, Math.round(box.x), Math.round(box.y), each.textContent.replace(/\\s+/g, ' ')];
})"""
BESIDE = ("/visit/1/hub", "/language", "/preferences", "/nothing", "/visit/end")


def screens(toucher: Toucher) -> Iterator[str]:
    """The start, a journey taken the quick way to its end, and what stands beside it."""
    answers = longest_example("moving").answers
    yield "start"
    toucher.begins("moving", "express")
    while toucher.screen in ("step", "part"):
        yield toucher.page.url.rpartition("/")[2]
        toucher.fills_screen(answers)
    yield toucher.screen
    yield from beside(toucher)


def beside(toucher: Toucher) -> Iterator[str]:
    """What stands beside the way through a journey, an error too."""
    for path in BESIDE:
        toucher.goes_to(path)
        yield path


@pytest.mark.norm("VIS-20")
@pytest.mark.parametrize("language", ["nl", "ar"])
def test_at_320_pixels_nothing_is_wider_than_the_screen(
    new_toucher: Callable[..., Toucher], language: str
) -> None:
    toucher = new_toucher().speaks(language)
    toucher.page.set_viewport_size(NARROWEST)
    toucher.arrives()
    wide = [name for name in screens(toucher) if toucher.overflows()]
    assert wide == []


@pytest.mark.norm("COG-19", "HLP-01", "PRV-02")
def test_the_bar_has_the_same_words_at_the_same_places_on_every_screen(
    new_toucher: Callable[..., Toucher],
) -> None:
    toucher = new_toucher()
    start = toucher.page.evaluate(PLACES)
    toucher.begins("moving")
    places = {"step": toucher.page.evaluate(PLACES)}
    places |= {path: toucher.page.evaluate(PLACES) for path in beside(toucher)}
    assert len(start) == 6
    assert {name: each for name, each in places.items() if each != start} == {}


@pytest.mark.norm("VIS-26")
def test_in_forced_colours_every_control_keeps_its_form_and_what_is_chosen_shows(
    new_toucher: Callable[..., Toucher],
) -> None:
    page = new_toucher(forced_colors="active").begins("moving").page
    chosen, other = page.locator("label.choice").nth(0), page.locator("label.choice").nth(1)
    chosen.tap()
    edge = "each => getComputedStyle(each).borderTopStyle + parseFloat(getComputedStyle(each).borderTopWidth)"
    around = "each => getComputedStyle(each).outlineStyle"
    edges = {each.evaluate(edge) for each in page.locator(".button:visible, label.choice").all()}
    assert all(re.fullmatch(r"(?:solid|dashed)[1-9.]+", each) for each in edges), edges
    assert (chosen.evaluate(around), other.evaluate(around)) == ("solid", "none")
    assert chosen.evaluate(edge) > other.evaluate(edge)


@pytest.mark.norm("MOT-11")
def test_a_button_shows_the_rest_of_a_page_that_is_longer_than_its_screen(
    new_toucher: Callable[..., Toucher],
) -> None:
    toucher = new_toucher("tablet-1").prefers(size="200").goes_to("/")
    more = toucher.page.locator("[data-action=read-on]")
    expect(more).to_be_visible()
    last = toucher.page.locator('main [data-action="language"]').last
    for _ in range(12):
        if not more.is_visible():
            break
        toucher.taps(more)
        toucher.page.wait_for_timeout(50)
    expect(more).not_to_be_visible()
    expect(last).to_be_in_viewport(ratio=1)
