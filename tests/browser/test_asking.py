"""How it went, in Chromium: two taps at the last screen and after the wipe, on every size of screen."""

from collections.abc import Callable

import pytest

from tests.fixtures.browsers import Toucher, demonstration
from tests.fixtures.forms import given_of
from tests.fixtures.municipality import longest_example

TARGET_MM = 20


def prepares(toucher: Toucher) -> None:
    answers = longest_example("moving").answers
    toucher.begins("moving")
    while toucher.screen == "step":
        toucher.answers(given_of(answers.get(toucher.page.url.rpartition("/")[2])))
    toucher.presses("confirm")


def taps_a_face(toucher: Toucher, face: str) -> None:
    toucher.follows(toucher.page.locator(f'[data-action="face"][value="{face}"]'))


@pytest.mark.parametrize("language", ["nl", "ar"])
@pytest.mark.parametrize("kiosk", ["zuil-1", "tablet-1"])
def test_faces_and_reasons_fit_and_are_accessible(
    new_toucher: Callable[..., Toucher], kiosk: str, language: str
) -> None:
    profile = demonstration.kiosk(kiosk).profile  # type: ignore[union-attr]
    toucher = new_toucher(kiosk).speaks(language)
    found = {}

    def looks(name: str) -> None:
        toucher.keeps_picture(f"opinion-{kiosk}-{language}-{name}")
        small = toucher.small_targets(TARGET_MM, profile.px_per_mm)
        found[name] = [*toucher.accessibility(), *small, *toucher.overflows()]

    prepares(toucher)
    looks("faces")
    taps_a_face(toucher, "sad")
    looks("why")
    assert toucher.page.locator(".page").evaluate("page => page.scrollHeight <= page.clientHeight + 1")
    toucher.presses("why")
    looks("thanks")
    toucher.presses("more").begins("moving").presses("end").presses("end")
    looks("stopped-faces")
    taps_a_face(toucher, "neutral")
    looks("stopped-why")
    toucher.presses("skip")
    looks("stopped-thanks")
    assert not {name: lines for name, lines in found.items() if lines}
    assert not toucher.troubles


def test_it_works_with_scripting_off(new_toucher: Callable[..., Toucher]) -> None:
    toucher = new_toucher(scripting=False).begins("moving").presses("end").presses("end")
    taps_a_face(toucher, "happy")
    toucher.presses("why")
    assert toucher.screen == "ended"
    assert toucher.page.locator('[data-opinion="thanks"]').count()
