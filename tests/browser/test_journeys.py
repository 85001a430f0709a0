"""Every journey of the site in Chromium: by touch, in every language, on every kiosk."""

from collections.abc import Callable, Iterator

import pytest

from kiosk.journeys.files import Version
from tests.fixtures.browsers import Toucher, demonstration
from tests.fixtures.forms import given_of
from tests.fixtures.municipality import (
    KIOSKS,
    LANGUAGES,
    VERSIONS,
    crossed,
    longest_example,
    name_of,
    shortest_examples,
)

TARGET_MM = 20
MOST_SCREENS = 100


def screens_of(toucher: Toucher, version: Version, language: str, way: str = "guided") -> Iterator[str]:
    """Walk the longest good example to its end; yields the name of each screen while it shows."""
    answers = longest_example(version.journey.name).answers
    yield "start"
    toucher.speaks(language)
    yield "start-in-language"
    toucher.follows(toucher.page.locator(f'[data-journey="{version.journey.name}"]'))
    yield "journey"
    toucher.follows(toucher.page.locator(f'[data-action="begin"][data-way="{way}"]'))
    for _ in range(MOST_SCREENS):
        if toucher.screen not in ("step", "part"):
            break
        yield toucher.page.url.rpartition("/")[2]
        toucher.fills_screen(answers)
        assert not toucher.page.locator("[data-error]").count(), f"{toucher.page.url} was refused"
    yield from overview_of(toucher)
    yield toucher.screen
    if toucher.screen == "review":
        toucher.presses("confirm")
        yield toucher.screen
    toucher.presses("end")
    yield "end"
    toucher.presses("end")
    yield "ended"


def overview_of(toucher: Toucher) -> Iterator[str]:
    """The overview of an errand at its review, and back."""
    if toucher.screen == "review":
        toucher.goes_to(toucher.page.url.removeprefix(toucher.server.url).replace("review", "hub"))
        yield "hub"
        toucher.presses("back")


def express_of(toucher: Toucher, version: Version, language: str) -> Iterator[str]:
    """The same walk in express, where the journey offers it."""
    if "express" in version.journey.ways:
        yield from screens_of(toucher, version, language, "express")


def together_of(toucher: Toucher, version: Version, language: str) -> Iterator[str]:
    """The same walk with a person called, where the journey offers it."""
    if "together" in version.journey.ways:
        yield from screens_of(toucher, version, language, "together")


def search_of(toucher: Toucher, version: Version, language: str) -> Iterator[str]:
    """Looking for the journey in the words of its own question, and for what is nowhere."""
    toucher.speaks(language).presses("search")
    yield "search"
    for words, name in ((version.journey.question, "found"), ("xyzzy", "not-found")):
        toucher.page.locator("[name=words]").fill(str(words))
        toucher.follows(toucher.page.locator('button[data-action="search"]'))
        yield name


def other_ends_of(toucher: Toucher, version: Version, language: str) -> Iterator[str]:
    """Walk to a kind stop and to a person; yields the name of each last screen while it shows."""
    for example in shortest_examples(version.journey.name, "stopped", "referred"):
        toucher.arrives().speaks(language).begins(version.journey.name)
        while toucher.screen == "step":
            key = toucher.page.url.rpartition("/")[2]
            toucher.answers(given_of(example.answers.get(key)))
        yield toucher.screen
        if toucher.screen == "refer":
            toucher.presses("refer")
            yield "referred"
        toucher.presses("end").presses("end")


WALKS = {
    "to the end": screens_of,
    "in express": express_of,
    "together": together_of,
    "to other ends": other_ends_of,
    "by searching": search_of,
}
LANGUAGES_WALKED = {"en": ("to the end",), "ar": ("to the end",)}
KIOSKS_WALKED = {"zuil-2": ("to the end",), "tablet-1": ("together",)}
"""The walks of other languages and kiosks with `--all`: each kind of page once, and the fullest."""


@pytest.mark.norm("VIS-06", "VIS-22", "VIS-30", "VIS-33", "COG-28", "COG-29", "W 2.4.1")
@pytest.mark.parametrize(("language", "walk"), crossed(LANGUAGES, WALKS, LANGUAGES_WALKED))
@pytest.mark.parametrize("version", VERSIONS, ids=name_of)
def test_every_screen_is_accessible(
    new_toucher: Callable[..., Toucher], version: Version, language: str, walk: str
) -> None:
    toucher = new_toucher()
    found = {}
    for name in WALKS[walk](toucher, version, language):
        toucher.keeps_picture(f"{version.journey.name}-{language}-{name}")
        found[name] = toucher.accessibility()
    assert not {name: lines for name, lines in found.items() if lines}
    assert not toucher.troubles


@pytest.mark.norm("MOT-01")
@pytest.mark.parametrize(("kiosk", "walk"), crossed(KIOSKS, WALKS, KIOSKS_WALKED))
@pytest.mark.parametrize("version", VERSIONS, ids=name_of)
def test_every_target_is_large_enough_for_a_finger(
    new_toucher: Callable[..., Toucher], version: Version, kiosk: str, walk: str
) -> None:
    toucher = new_toucher(kiosk)
    px_per_mm = demonstration.kiosk(kiosk).profile.px_per_mm  # type: ignore[union-attr]
    small = {}
    for name in WALKS[walk](toucher, version, "nl"):
        toucher.keeps_picture(f"{version.journey.name}-{kiosk}-{name}")
        small[name] = toucher.small_targets(TARGET_MM, px_per_mm)
        assert not toucher.overflows(), name
    assert not {name: lines for name, lines in small.items() if lines}


@pytest.mark.parametrize("version", VERSIONS, ids=name_of)
def test_every_journey_works_with_scripting_off(
    new_toucher: Callable[..., Toucher], version: Version
) -> None:
    toucher = new_toucher(scripting=False)
    assert list(screens_of(toucher, version, "nl"))[-1] == "ended"
    assert list(express_of(toucher.arrives(), version, "nl"))[-1:] in ([], ["ended"])
    ends = shortest_examples(version.journey.name, "stopped", "referred")
    assert len(list(other_ends_of(toucher, version, "nl"))) >= len(ends)


@pytest.mark.norm("PRV-06")
def test_after_a_visit_back_shows_nothing(new_toucher: Callable[..., Toucher]) -> None:
    toucher = new_toucher().begins("moving").answers("here")
    toucher.presses("end").presses("end")
    for _ in range(4):
        toucher.page.go_back()
        assert toucher.screen not in ("step", "review"), toucher.page.url


@pytest.mark.norm("PRV-18")
def test_nothing_comes_from_another_site(new_toucher: Callable[..., Toucher]) -> None:
    toucher = new_toucher()
    asked: list[str] = []
    toucher.page.on("request", lambda request: asked.append(request.url))
    toucher.begins("moving").answers("here").calls()
    assert [url for url in asked if not url.startswith(toucher.server.url)] == []


@pytest.mark.norm("PRV-07")
def test_nothing_is_left_in_the_browser(new_toucher: Callable[..., Toucher]) -> None:
    kept = "[...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie].join('')"
    toucher = new_toucher().begins("moving").answers("here").calls()
    assert toucher.page.evaluate(kept) in ("", "htmx-current-path-for-history"), "an address, and no more"
    toucher.presses("end").presses("end")
    assert toucher.page.evaluate(kept) == ""
