"""What paper costs: ready in a warm worker, beside Chromium printing it; and what that does to a step."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from kiosk import TOP
from kiosk.neighbours.pdf import SHEETS, Kind, Press
from kiosk.web import printout
from tests.bench.driver import Browser, Figures, load
from tests.bench.engine import seconds
from tests.fixtures.apps import Clock, app_of, settings_for
from tests.fixtures.municipality import SITE, longest_example
from tests.fixtures.papers import taken_of

GOALS = {
    "A4, ms": 60.0,
    "roll, ms": 60.0,
    "A4 / Chromium": 1.0,
    "roll / Chromium": 1.0,
    "p99 of a step, printing / not": 1.2,
}
STYLES = TOP / "static/css"
ROUNDS = 7
WALKS = 8
PAUSE_S = 0.5
"""Between two papers: a busier hall than any."""
PRINTED: tuple[Kind, ...] = ("a4", "roll")
SIZES = {"a4": {"format": "A4"}, "roll": {"width": "72mm", "height": "2000mm"}}


def figures() -> dict[str, float]:
    """Each figure of making paper by its name; Chromium prints the same page in the same run, as warm."""
    with tempfile.TemporaryDirectory() as folder, chromium(Path(folder)) as browser:
        made = {kind: in_turn(Path(folder), kind, browser) for kind in PRINTED}
    names = {"a4": "A4", "roll": "roll"}
    times = {f"{names[kind]}, ms": ours * 1000 for kind, (ours, _) in made.items()}
    return times | {f"{names[kind]} / Chromium": ours / theirs for kind, (ours, theirs) in made.items()}


def in_turn(folder: Path, kind: Kind, browser: Page) -> tuple[float, float]:
    """The median seconds that the worker and Chromium take for one paper."""
    make = worker(folder)
    html, ours, theirs = make(kind)[0], [], []
    for _ in range(ROUNDS):
        ours.append(seconds(lambda: make(kind), rounds=5))
        theirs.append(seconds(lambda: print_in(browser, folder, html, kind), rounds=5))
    print(f"{kind}: {median(ours) * 1000:.0f} ms, Chromium {median(theirs) * 1000:.0f} ms")
    return median(ours), median(theirs)


def worker(folder: Path) -> Callable[[Kind], tuple[str, bytes]]:
    """What the worker does for the paper that is asked for most, as warm as after its first one."""
    app = app_of(settings_for(folder, f"sqlite:///{folder}/unused.db"), Clock())
    press = Press(STYLES, (TOP / "static/vendor", SITE.folder))
    taken = printout.with_answers(taken_of("extract", longest_example("extract")), "plain")

    def make(kind: Kind) -> tuple[str, bytes]:
        with app.app_context():
            html = printout.page([taken], "nl", Clock().now)
        return html, press.render(html, kind=kind)

    return make


@contextmanager
def chromium(folder: Path) -> Iterator[Page]:
    """A page of a headless Chromium that has been running for a while."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def print_in(browser: Page, folder: Path, html: str, kind: Kind) -> bytes:
    """The same page, printed by Chromium with the same styles."""
    links = "".join(f'<link rel="stylesheet" href="{(STYLES / name).as_uri()}">' for name in SHEETS[kind])
    file = folder / "page.html"
    file.write_text(html.replace("</head>", f"{links}</head>"), encoding="utf-8")
    browser.goto(file.as_uri())
    return browser.pdf(tagged=True, prefer_css_page_size=False, **SIZES[kind])


def burden(port: int, walk: Callable[[Browser], None]) -> dict[str, float]:
    """How much slower the slowest steps are while the worker makes one paper after another."""
    sides: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for times, meanwhile in zip(sides, (nullcontext(), printing(port, walk)), strict=True):
            with meanwhile:
                times += load(port, walk, at_once=2, walks=WALKS).times
    quiet, busy = (Figures(len(times), 1, times).percentile(0.99) for times in sides)
    print(f"p99 of a step {quiet:.1f} ms, while paper is made {busy:.1f} ms")
    return {"p99 of a step, printing / not": busy / quiet}


@contextmanager
def printing(port: int, walk: Callable[[Browser], None]) -> Iterator[None]:
    """Somebody at a last screen has their paper made, again and again."""
    citizen, stop = Browser(port), threading.Event()
    walk(citizen)
    file = citizen.path.replace("done", "summary.pdf")

    def ask() -> None:
        while not stop.is_set():
            citizen.get(file)
            time.sleep(PAUSE_S)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield
    finally:
        stop.set()
        asking.join()
