"""`./dev bench`: one run, both sides in turn; prints the figures and whether the goals are met."""

import gzip
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median

from kiosk import TOP
from kiosk.journeys.files import read_version
from tests.bench import engine, paper
from tests.bench.driver import Browser, Figures, load
from tests.fixtures.forms import form_of
from tests.fixtures.pages import resources_of
from tests.fixtures.servers import Server, environment_for, free_port, start

ROUNDS = 5
GOALS = {
    "share of the limit": 0.60,
    "p50 alone, ms": 3.0,
    "memory, MiB": 300.0,
    "first load, kB": 60.0,
    **engine.GOALS,
    **paper.GOALS,
}


def main() -> int:
    """Measure, print, and say with the exit code whether every goal was met."""
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as server:
        walk, size = walk_of("moving", server.port)
        with limit(Path(folder), size) as limit_port:
            figures = compare(server.port, walk, limit_port)
        figures |= paper.burden(server.port, walk)
        figures["memory, MiB"] = memory_mib(server.process.pid)
        figures["first load, kB"] = first_load_kb(server)
    return report(figures | engine.figures() | paper.figures())


@contextmanager
def house(folder: Path) -> Iterator[Server]:
    """The house as `./dev run` starts it, with its clock on the day of the example that is walked."""
    example = walked("moving")
    now = datetime.combine(example.today, datetime.min.time()).replace(hour=9).isoformat() + "+00:00"
    server = start(environment_for(folder, f"sqlite:///{folder}/kiosk.db", KIOSK_NOW=now))
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def limit(folder: Path, size: int) -> Iterator[int]:
    """The bare page under the same server with the same options; gives its port."""
    from kiosk.serving import commands

    port = free_port()
    environment = os.environ | {"LIMIT_BYTES": str(size), "LIMIT_FILE": str(folder / "limit.db")}
    web = ["tests.bench.limit:app" if word == "wsgi:app" else word for word in commands(port)[0]]
    process = subprocess.Popen(web, cwd=TOP, env=environment)
    wait_for(f"http://127.0.0.1:{port}/step")
    try:
        yield port
    finally:
        process.terminate()
        process.wait(10)


def wait_for(url: str) -> None:
    """Until this address answers, for 20 seconds at most."""
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")


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


def compare(port: int, walk: Callable[[Browser], None], limit_port: int) -> dict[str, float]:
    """Both sides in turn, alone and sixteen at once; gives the median of the ratios."""
    shares, alone = [], []
    load(port, walk, at_once=4, walks=2)
    load(limit_port, bare_walk, at_once=4, walks=2)
    for number in range(ROUNDS):
        one, many = load(port, walk, at_once=1, walks=4), load(port, walk, at_once=16, walks=4)
        bare_one, bare = (
            load(limit_port, bare_walk, at_once=1, walks=4),
            load(limit_port, bare_walk, at_once=16, walks=6),
        )
        show(number, one, many, bare_one, bare)
        shares.append(many.per_second / bare.per_second)
        alone.append(one.percentile(0.5))
    return {"share of the limit": median(shares), "p50 alone, ms": median(alone)}


def show(number: int, one: Figures, many: Figures, bare_one: Figures, bare: Figures) -> None:
    """Print one round."""
    print(f"round {number + 1}")
    for name, side in (("house 1", one), ("limit 1", bare_one), ("house 16", many), ("limit 16", bare)):
        print(f"  {name:10} {side}")


def memory_mib(pid: int) -> float:
    """The sum of the PSS of a process and all it started, in MiB."""
    return sum(pss_kib(each) for each in family(pid)) / 1024


def family(pid: int) -> list[int]:
    """The process and all its descendants."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def pss_kib(pid: int) -> int:
    """The proportional set size of one process."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def first_load_kb(server: Server) -> float:
    """Gzipped kilobytes of the start screen and all it loads but fonts."""

    def size(path: str) -> tuple[int, str]:
        with urllib.request.urlopen(server.url + path) as answer:
            body = answer.read()
        return len(gzip.compress(body, 6)), body.decode("utf-8", "replace")

    total, html = size("/")
    return (
        total
        + sum(size(path)[0] for path in resources_of(html) if not path.partition("?")[0].endswith("woff2"))
    ) / 1000


def report(figures: dict[str, float]) -> int:
    """Print each figure beside its goal; 0 when all are met."""
    missed = 0
    for name, value in figures.items():
        good = value >= GOALS[name] if name.startswith("share") else value < GOALS[name]
        missed += not good
        print(f"{name:24} {value:8.2f}   goal {GOALS[name]:g}   {'met' if good else 'MISSED'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
