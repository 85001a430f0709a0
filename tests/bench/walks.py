"""What the browsers of a measurement do: walk a whole journey."""

from collections.abc import Callable
from statistics import median

from kiosk import TOP
from kiosk.journeys.files import read_version
from tests.bench.driver import Browser
from tests.fixtures.forms import form_of


def walked(journey: str):  # type: ignore[no-untyped-def]
    """The longest example of the journey that ends prepared or arranged."""
    version = read_version(
        TOP / f"kiosk/content/journeys/{journey}.yaml", TOP / "kiosk/content/translations", "nl"
    )
    good = [each for each in version.journey.examples if each.ends in ("prepared", "arranged")]
    return max(good, key=lambda each: len(each.answers))


def walk_of(journey: str, port: int) -> tuple[Callable[[Browser], None], int]:
    """How a browser walks the whole journey, and the median size of its pages in bytes."""
    answers = walked(journey).answers

    def walk(browser: Browser) -> None:
        browser.get("/")
        browser.post("/visits", {"journey": journey, "way": "guided"})
        while "/review" not in browser.path:
            key = browser.path.rpartition("/")[2]
            browser.post(browser.path, form_of(key, answers.get(key)))
            sizes.append(len(browser.body))
        browser.post(browser.path.replace("review", "confirm"), {})

    sizes: list[int] = []
    walk(Browser(port))
    return walk, round(median(sizes))


def bare_walk(browser: Browser) -> None:
    """As many steps on the bare page."""
    browser.cookies["visit"] = str(id(browser))
    for _ in range(20):
        browser.post("/step", {"answer": "here"})
