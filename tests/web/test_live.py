"""The stream that says that something changed, within a process and across processes."""

import http.client
import signal
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from flask import Flask

from kiosk.cli import DEMONSTRATION_PASSWORD
from kiosk.records.database import Database, Event, Watcher, announce
from kiosk.records.events import AGAIN
from kiosk.web import live
from tests.fixtures.servers import Server
from tests.fixtures.visitors import Official, Visitor


class Changes:
    """A subscription that gives one batch after the other, and a clock that moves while it is waited for."""

    def __init__(self, *batches: list[Event]) -> None:
        self.batches = list(batches)
        self.time = 0.0

    def wait(self, timeout_s: float) -> list[Event]:
        if self.batches and self.batches[0]:
            return self.batches.pop(0)
        self.batches = self.batches[1:]
        self.time += timeout_s
        return []

    def monotonic(self) -> float:
        return self.time


def told(changes: Changes, *missed: Event) -> list[str]:
    return list(live.ticks(changes, missed, monotonic=changes.monotonic))  # type: ignore[arg-type]


def ticks_in(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("event: changed")]


# What goes over the line


def test_a_burst_of_changes_is_one_tick() -> None:
    burst = [Event(7, "calls", ""), Event(8, "errands", "x"), Event(9, "calls", "")]
    assert ticks_in(told(Changes(burst))) == ["event: changed\nid: 9\ndata: calls errands\n\n"]


def test_one_tick_does_not_wait_for_another() -> None:
    changes = Changes([Event(1, "calls", "")], [Event(2, "calls", "")])
    lines = live.ticks(changes, [], monotonic=changes.monotonic)  # type: ignore[arg-type]
    assert [changes.time for line in lines if line.startswith("event: changed")] == [0.0, 0.0]


def test_what_was_missed_is_told_first() -> None:
    lines = told(Changes(), Event(5, "calls", ""))
    assert lines[:2] == ["retry: 1000\n\n", "event: changed\nid: 5\ndata: calls\n\n"]


def test_what_was_missed_is_told_once_though_the_subscription_gives_it_too() -> None:
    burst = [Event(5, "calls", ""), Event(6, "errands", "")]
    lines = told(Changes(burst, [Event(6, "errands", "")]), Event(5, "calls", ""))
    assert ticks_in(lines) == [
        "event: changed\nid: 5\ndata: calls\n\n",
        "event: changed\nid: 6\ndata: errands\n\n",
    ]


def test_whoever_must_fetch_again_is_told_whatever_was_told_before() -> None:
    lines = told(Changes([Event(4, AGAIN, "")]), Event(5, "calls", ""))
    assert [line.splitlines()[2] for line in ticks_in(lines)] == ["data: calls", "data: again"]


def test_silence_is_filled_with_signs_of_life_until_the_stream_ends() -> None:
    lines = told(Changes())
    assert set(lines[1:]) == {"event: alive\ndata: yes\n\n"}
    assert len(lines) > live.LIFETIME_S / live.HEARTBEAT_S


# Who may hear what


def test_nobody_is_told_not_to_come_back(app: Flask) -> None:
    assert app.test_client().get("/live").status_code == 204


def test_a_visit_hears_of_itself_and_of_nobody_else(visitor: Visitor, app: Flask) -> None:
    visitor.arrives().begins("moving")
    house = app.extensions["house"]
    with opened(visitor) as stream, house.database.write() as connection:
        next(stream)
        announce(connection, "calls")
        announce(connection, "visit:somebody-else")
    with opened(visitor, last=str(house.watcher.newest() - 2)) as stream:
        next(stream)
        assert next(stream) == live.ALIVE


@pytest.mark.parametrize("topic", ["calls", "errands"])
def test_staff_hear_of_calls_and_errands(app: Flask, topic: str) -> None:
    hana = Official(app.test_client()).signs_in("hana")
    house = app.extensions["house"]
    seen = house.watcher.newest()
    with house.database.write() as connection:
        announce(connection, topic)
    with opened(hana, last=str(seen)) as stream:
        next(stream)
        assert topic in next(stream)


@pytest.mark.parametrize("last", ["", "999999", "-1", "nonsense", "٣", "9" * 5000])
def test_a_browser_with_an_unknown_last_event_is_told_to_fetch(app: Flask, last: str) -> None:
    hana = Official(app.test_client()).signs_in("hana").goes_on_duty()
    with opened(hana, last=last) as stream:
        next(stream)
        assert next(stream).startswith("event: changed")


def test_the_stream_sets_no_cookie_and_is_not_kept(app: Flask) -> None:
    hana = Official(app.test_client()).signs_in("hana")
    with closing(hana.client.get("/live", buffered=False)) as answer:
        assert answer.mimetype == "text/event-stream"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers


# Room


def test_one_stream_too_many_is_sent_away_to_poll(app: Flask) -> None:
    app.extensions["live"] = threading.BoundedSemaphore(1)
    hana = Official(app.test_client()).signs_in("hana")
    with opened(hana):
        assert hana.client.get("/live").status_code == 503
    with closing(hana.client.get("/live", buffered=False)) as again:
        assert again.status_code == 200


@contextmanager
def opened(visitor: Visitor, last: str = "") -> Iterator[Iterator[str]]:
    """The lines of an open stream."""
    with closing(visitor.client.get("/live", headers={"Last-Event-ID": last}, buffered=False)) as answer:
        yield (chunk.decode() for chunk in answer.response)  # type: ignore[union-attr]


# As it really runs: streams, web processes and a worker


class Browser:
    """A browser that keeps cookies, and listens to a stream on a line of its own."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}

    def sends(self, method: str, path: str, **form: str) -> str:
        with closing(self._line()) as line:
            return self._ask(line, method, path, {}, **form).read().decode()

    @contextmanager
    def listening(self, last: str = "") -> Iterator[Iterator[str]]:
        with closing(self._line()) as line:
            answer = self._ask(line, "GET", "/live", {"Last-Event-ID": last})
            assert answer.status == 200
            yield (raw.decode().strip() for raw in iter(answer.readline, b""))

    def _line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)

    def _ask(
        self, line: http.client.HTTPConnection, method: str, path: str, more: dict[str, str], **form: str
    ) -> http.client.HTTPResponse:
        headers = more | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Origin": self.server.url, "Content-Type": "application/x-www-form-urlencoded"}
        line.request(method, path, urllib.parse.urlencode(form), headers)
        answer = line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer


def next_tick(lines: Iterator[str]) -> int:
    """Wait for a tick; gives the number of its event."""
    assert any(line == "event: changed" for line in lines), "the stream ended"
    return int(next(lines).removeprefix("id: "))


def console_at(server: Server) -> Browser:
    """Where hana is signed in."""
    console = Browser(server)
    console.sends("POST", "/console/sign-in", name="hana", password=DEMONSTRATION_PASSWORD)
    return console


@pytest.mark.slow
def test_a_call_ticks_every_console_within_a_second_whatever_process_it_reaches(live_server: Server) -> None:
    consoles = [console_at(live_server) for _ in range(4)]
    consoles[0].sends("POST", "/console/duty", on="yes")
    came: list[float] = []
    ready = threading.Barrier(5)

    def listen(console: Browser) -> None:
        with console.listening() as lines:
            next_tick(lines)
            ready.wait(20)
            next_tick(lines)
            came.append(time.monotonic())

    threads = [threading.Thread(target=listen, args=[console]) for console in consoles]
    for thread in threads:
        thread.start()
    ready.wait(20)
    sent = time.monotonic()
    Browser(live_server).sends("POST", "/call")
    for thread in threads:
        thread.join(20)
    assert len(came) == 4
    assert max(came) - sent < 1


@pytest.mark.slow
def test_what_happened_while_the_server_was_away_is_told_once_when_it_is_back(
    start_server: Callable[..., Server], database: Database
) -> None:
    server = start_server()
    console = console_at(server)
    seen = announced(database, "calls")
    with console.listening() as lines:
        assert next_tick(lines) == seen
        server.stop(signal.SIGKILL)
        assert "event: changed" not in lines
    missed = [announced(database, topic) for topic in ("calls", "errands", "calls")]
    start_server(port=server.port)
    with console.listening(last=str(seen)) as lines:
        assert next_tick(lines) == missed[-1]
        assert announced(database, "calls") == next_tick(lines)


def announced(database: Database, topic: str) -> int:
    """Tell all processes that something changed; gives the number of the event."""
    with database.write() as connection:
        announce(connection, topic)
    return Watcher(database).newest()


@pytest.mark.slow
def test_a_server_with_an_open_stream_stops_at_once(start_server: Callable[..., Server]) -> None:
    server = start_server()
    with console_at(server).listening() as lines:
        next(lines)
        assert server.stop() < 5
