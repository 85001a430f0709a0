"""A load driver that walks as browsers do: one connection kept open, cookies, redirects followed."""

import http.client
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

AT_ONCE = 16


class Browser:
    """One browser at one kiosk; `times` holds the seconds of each step: a POST and the page after it."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.times: list[float] = []
        self.path = self.body = ""
        self.pace_s = self.due = 0.0

    def at_its_pace(self, pace_s: float, first: float) -> "Browser":
        """The same browser, which makes a step every so often, from this moment on."""
        self.pace_s, self.due = pace_s, first
        return self

    def get(self, path: str) -> None:
        self._follow(*self._ask("GET", path, None))

    def post(self, path: str, form: Mapping[str, str | Sequence[str]]) -> None:
        time.sleep(max(0.0, self.due - time.perf_counter()))
        began = time.perf_counter()
        self.due = max(self.due, began - self.pace_s) + self.pace_s
        self._follow(*self._ask("POST", path, urlencode(form, doseq=True)))
        self.times.append(time.perf_counter() - began)

    def reaches(self) -> None:
        """Ask whether the server is there, as a page does before each tap (`static/js/away.js`)."""
        self._ask("OPTIONS", self.path, None)

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        headers = {"Origin": self.origin, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        self.body = answer.read().decode(errors="replace")
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.path = path
        return answer.status, answer.headers.get("Location", "")

    def _follow(self, status: int, location: str) -> None:
        while status == 303:
            status, location = self._ask("GET", location.removeprefix(self.origin), None)
        if status != 200:
            raise RuntimeError(f"{status} at {self.path}: {self.body[:300]}")


@dataclass
class Figures:
    """What a load came to: steps a second, and percentiles of a step in milliseconds."""

    steps: int
    seconds: float
    times: list[float] = field(repr=False)

    @property
    def per_second(self) -> float:
        return self.steps / self.seconds

    def percentile(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000

    def __str__(self) -> str:
        points = ", ".join(
            f"p{round(share * 100)} {self.percentile(share):.1f} ms" for share in (0.5, 0.95, 0.99)
        )
        return f"{self.per_second:7.0f} steps/s, {points} ({self.steps} steps)"


def load(port: int, walk: Callable[[Browser], None], *, at_once: int, walks: int) -> Figures:
    """Let `at_once` browsers make `walks` walks each; raises what any of them ran into."""
    browsers = [Browser(port) for _ in range(at_once)]
    return measured(browsers, walk, lambda walked: walked < walks)


def offered(port: int, walk: Callable[[Browser], None], *, per_second: float, seconds: float) -> Figures:
    """Offer this many steps a second for so long, by browsers that do not wait for each other."""
    began = time.perf_counter()
    browsers = [
        Browser(port).at_its_pace(AT_ONCE / per_second, began + number / per_second)
        for number in range(AT_ONCE)
    ]
    return measured(browsers, walk, lambda _: time.perf_counter() - began < seconds)


def measured(
    browsers: Sequence[Browser], walk: Callable[[Browser], None], again: Callable[[int], bool]
) -> Figures:
    """What these browsers came to, each walking again while that is so; raises what any of them ran into."""
    troubles: list[Exception] = []

    def stroll(browser: Browser) -> None:
        walked = 0
        try:
            while again(walked):
                browser.cookies.clear()
                walk(browser)
                walked += 1
        except (OSError, RuntimeError, http.client.HTTPException) as trouble:
            troubles.append(trouble)

    began = time.perf_counter()
    run_all(threading.Thread(target=stroll, args=[each]) for each in browsers)
    seconds = time.perf_counter() - began
    if troubles:
        raise troubles[0]
    times = [each for browser in browsers for each in browser.times]
    return Figures(len(times), seconds, times)


def run_all(threads: Iterable[threading.Thread]) -> None:
    """Start these threads and wait for them all."""
    running = list(threads)
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
