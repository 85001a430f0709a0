"""Time on the screen itself: it covers, warns and waits, and no time runs while somebody comes to help."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.test_preferences import faults
from tests.fixtures.browsers import Toucher

HEAR = """() => {
  window.tones = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { window.tones += 1; return start.apply(this, when); };
  window.said = [];
  new MutationObserver((changes) => window.said.push(...changes
    .filter((each) => !each.target.hidden).map((each) => each.target.innerText))
  ).observe(document.querySelector("#idle [role=status]"), {attributes: true, subtree: true});
}"""
ALL_COVERED = """() => {
  const cover = document.querySelector("#cover:modal");
  return [...document.querySelectorAll("h1, input, label, .bar *")].every((each) => {
    const box = each.getBoundingClientRect();
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return seen === null || cover.contains(seen);
  });
}"""
SECOND = 1000


@pytest.fixture
def citizen(new_toucher: Callable[..., Toucher]) -> Toucher:
    """Somebody at the first question, whose browser's clock the test holds."""
    toucher = new_toucher()
    toucher.page.clock.install()
    return toucher.begins("moving")


def waits(citizen: Toucher, seconds: int) -> None:
    citizen.page.clock.run_for(seconds * SECOND)


@pytest.mark.norm("TIM-01", "TIM-09")
def test_the_warning_sounds_counts_politely_and_can_be_answered_ten_times(citizen: Toucher) -> None:
    page = citizen.page
    warning, stay = page.locator("#idle"), page.locator('#idle [data-action="stay"]')
    page.evaluate(HEAR)
    for _ in range(10):
        waits(citizen, 121)
        expect(warning).to_be_visible()
        waits(citizen, 55)
        citizen.taps(stay)
        expect(warning).not_to_be_visible()
    said = page.evaluate("window.said")
    assert page.evaluate("window.tones") == 10
    assert (
        said
        == ["Nog 60 seconden of minder.", "Nog 30 seconden of minder.", "Nog 10 seconden of minder."] * 10
    )
    assert citizen.goes_to("/visit").step == "destination"
    assert not citizen.troubles


def test_who_wants_more_time_gets_it_in_the_warning_itself(citizen: Toucher) -> None:
    warning = citizen.page.locator("#idle")
    waits(citizen, 121)
    citizen.keeps_picture("time-warning")
    assert not citizen.accessibility()
    citizen.taps(warning.locator('[data-action="slow"]'))
    waits(citizen, 3 * 120 - 5)
    expect(warning).not_to_be_visible()
    waits(citizen, 10)
    expect(warning).to_be_visible()
    waits(citizen, 3 * 60 - 10)
    expect(warning.get_by_text("Nog 10 seconden of minder.")).to_be_visible()
    with citizen.page.expect_navigation():
        waits(citizen, 10)
    assert citizen.screen == "ended"


@pytest.mark.norm("PRV-15")
def test_what_was_filled_in_is_covered_after_a_minute_and_one_tap_shows_it(citizen: Toucher) -> None:
    cover, choice = citizen.page.locator("#cover"), citizen.page.locator('label:has([value="here"])')
    waits(citizen, 90)
    expect(cover).not_to_be_visible()
    citizen.taps(choice)
    waits(citizen, 58)
    expect(cover).not_to_be_visible()
    waits(citizen, 4)
    expect(cover).to_be_visible()
    assert citizen.page.evaluate(ALL_COVERED)
    citizen.keeps_picture("time-cover")
    assert not citizen.accessibility()
    citizen.taps(cover.locator("button"))
    expect(cover).not_to_be_visible()
    expect(choice.locator("input")).to_be_checked()
    assert not citizen.troubles


@pytest.mark.norm("HLP-01")
@pytest.mark.parametrize("over", ["cover", "idle"])
def test_a_person_is_one_tap_away_from_what_lies_over_the_page(citizen: Toucher, over: str) -> None:
    citizen.taps(citizen.page.locator('label:has([value="here"])'))
    waits(citizen, 62 if over == "cover" else 122)
    citizen.follows(citizen.page.locator(f'#{over} [data-action="call"]'))
    expect(citizen.page.locator("[data-call-state]").first).to_be_visible()
    expect(citizen.page.locator(f"#{over}")).not_to_be_visible()


def test_nothing_is_covered_for_who_called_or_wants_more_time(citizen: Toucher) -> None:
    cover = citizen.page.locator("#cover")
    citizen.presses("preferences")
    citizen.follows(citizen.page.locator('[data-prefer="slow"]')).presses("back")
    citizen.taps(citizen.page.locator('label:has([value="here"])'))
    waits(citizen, 100)
    expect(cover).not_to_be_visible()
    citizen.presses("preferences")
    citizen.follows(citizen.page.locator('[data-prefer="slow"]')).presses("back").calls()
    citizen.taps(citizen.page.locator('label:has([value="here"])'))
    waits(citizen, 100)
    expect(cover).not_to_be_visible()


@pytest.mark.norm("TIM-12", "VIS-36")
def test_a_tap_that_takes_long_is_answered_in_words_after_a_second(
    new_toucher: Callable[..., Toucher],
) -> None:
    citizen = new_toucher().begins("moving")
    held: list[Route] = []
    citizen.page.route("**/visit/1/**", lambda route: held.append(route))
    citizen.taps(citizen.page.locator('label:has([value="here"])'))
    citizen.page.locator('[data-action="next"]').tap(no_wait_after=True)
    words = citizen.page.locator("#wait")
    expect(words).to_have_text("Een ogenblik…", timeout=3000)
    assert len(held) == 1
    citizen.keeps_picture("time-wait")


def test_a_hidden_screen_comes_back_with_one_tap_without_a_script_too(
    new_toucher: Callable[..., Toucher],
) -> None:
    citizen = new_toucher(scripting=False).begins("moving").answers("here").presses("preferences")
    citizen.follows(citizen.page.locator('[data-prefer="hidden"]'))
    assert citizen.screen == "hidden"
    citizen.keeps_picture("hidden")
    assert citizen.presses("show").screen == "preferences"


@pytest.mark.slow
@pytest.mark.parametrize(
    "row",
    [
        {"kiosk": "zuil-1", "language": "ar", "size": "200", "look": "contrast"},
        {"kiosk": "tablet-1", "language": "en", "size": "200", "look": "dark"},
        {"kiosk": "tablet-1", "language": "ar", "size": "200", "look": "contrast"},
    ],
    ids=lambda row: f"{row['kiosk']}-{row['language']}",
)
def test_cover_warning_and_hidden_screen_suit_who_prefers_large_letters(
    new_toucher: Callable[..., Toucher], row: dict[str, str]
) -> None:
    citizen = new_toucher(row["kiosk"])
    citizen.page.clock.install()
    citizen.prefers(size=row["size"], look=row["look"]).speaks(row["language"])
    wrong = {"data": list(faults(citizen.goes_to("/your-data"), row | {"low": ""}))}
    citizen.goes_to("/").begins("moving").taps(citizen.page.locator('label:has([value="here"])'))
    for name in ("cover", "idle"):
        waits(citizen, 61)
        expect(citizen.page.locator(f"#{name}")).to_be_visible()
        wrong[name] = list(faults(citizen, row | {"low": ""}))
    citizen.taps(citizen.page.locator('[data-action="stay"]')).presses("preferences")
    citizen.follows(citizen.page.locator('[data-prefer="hidden"]'))
    wrong["hidden"] = list(faults(citizen, row | {"low": ""}))
    assert not {name: lines for name, lines in wrong.items() if lines}
