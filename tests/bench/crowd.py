"""Who is in the hall while calls are measured: kiosks that tap, ask or wait, and staff on duty."""

import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from typing import TypeVar

from kiosk.cli import DEMONSTRATION_PASSWORD
from tests.bench.driver import Browser

PER_SECOND = 20
ASKS_EVERY_S = 3.0
STAFF = ("anna", "bram", "hana")

T = TypeVar("T")


class Kiosk(Browser):
    """A citizen at the first question of a journey, at a kiosk of their own."""

    def __init__(self, port: int, name: str) -> None:
        super().__init__(port)
        self.name = name
        self.get(f"/?kiosk={name}")
        self.post("/visits", {"journey": "moving", "way": "guided"})

    def taps(self) -> tuple[float, str]:
        """Call somebody; gives the moment of the tap, and who tapped."""
        self.connection.close()  # the server may have hung up on a line that was idle
        tapped = time.perf_counter()
        self.reaches()
        self.post("/call", {"next": self.path})
        return tapped, self.name


def kiosks(port: int, how_many: int, prefix: str) -> list[Kiosk]:
    """So many kiosks, with names of their own."""
    return [Kiosk(port, f"{prefix}-{number}") for number in range(how_many)]


def tap_on_hub(port: int) -> tuple[float, int]:
    """The moment of a tap on the bare hub, and the number of its event."""
    tapped = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/call", data=b"") as answer:
        return tapped, int(answer.read())


def at_pace(taps: Sequence[Callable[[], T]]) -> list[T]:
    """Do these so many a second, whether or not those before are done; gives what they gave."""
    began = time.perf_counter()
    with ThreadPoolExecutor(PER_SECOND) as fingers:
        tapping = []
        for number, one in enumerate(taps):
            time.sleep(max(0.0, began + number / PER_SECOND - time.perf_counter()))
            tapping.append(fingers.submit(one))
        return [each.result() for each in tapping]


@contextmanager
def asking(some: Sequence[Kiosk]) -> Iterator[None]:
    """Kiosks that got no stream for their call ask how it stands, for as long as the context."""
    enough = threading.Event()

    def ask() -> None:
        for kiosk in cycle(some):
            if enough.wait(ASKS_EVERY_S / len(some)):
                return
            kiosk.get("/call")

    with ThreadPoolExecutor(1) as one:
        asked = one.submit(ask)
        try:
            yield
        finally:
            enough.set()
        asked.result()


def consoles(port: int, how_many: int) -> list[str]:
    """The cookie of each of so many consoles, of staff who are on duty."""
    return list(islice(cycle([on_duty(port, name) for name in STAFF]), how_many))


def on_duty(port: int, name: str) -> str:
    """The cookie of a member of staff who signed in and went on duty."""
    browser = Browser(port)
    browser.post("/console/sign-in", {"name": name, "password": DEMONSTRATION_PASSWORD})
    browser.post("/console/duty", {"on": "yes", "next": "/console/"})
    return "; ".join(f"{cookie}={value}" for cookie, value in browser.cookies.items())
