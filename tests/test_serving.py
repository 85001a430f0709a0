"""Web and worker start together and end together, whatever happens."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kiosk import serving
from kiosk.cli import DEMONSTRATION_PASSWORD
from tests.fixtures.servers import Server

AT_MOST_S = 5

QUIET = "import time; time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {STUBBORN!r}, 'grandchild'])"
GIVES_UP = "import sys; sys.exit(3)"

SUPERVISE = """
import sys
from pathlib import Path
from urllib.parse import urlencode
sys.path.insert(0, "kiosk")
import serving
start = serving.start
def note(line):
    child = start(line)
    with Path(sys.argv[1]).open("a") as notes:
        print(child.pid, file=notes)
    return child
serving.start = note
serving.END_S = 1.0
sys.exit(serving.supervise([[sys.executable, "-c", code] for code in sys.argv[2:]]))
"""


@dataclass
class Supervisor:
    """A process that supervises two children, and the groups that these lead."""

    process: subprocess.Popen[bytes]
    notes: Path

    def groups(self) -> list[int]:
        until = time.monotonic() + AT_MOST_S
        while time.monotonic() < until:
            found = [int(line) for line in self.notes.read_text().split()] if self.notes.exists() else []
            if len(found) == 2:
                return found
            time.sleep(0.02)
        raise AssertionError("the children were never started")

    def left(self) -> list[int]:
        return [group for group in self.groups() if lives(group)]


def lives(group: int) -> bool:
    """Whether any process of the group still runs; the dead whom nobody has buried yet do not count."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _parent, of_group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(of_group) == group and state != "Z":
                return True
    return False


def eventually_none(found: Callable[[], list[int]]) -> list[int]:
    """What is still found after the time in which all must have ended."""
    until = time.monotonic() + AT_MOST_S
    while found() and time.monotonic() < until:
        time.sleep(0.02)
    return found()


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[..., Supervisor]]:
    started: list[Supervisor] = []

    def run(*codes: str) -> Supervisor:
        process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISE, str(tmp_path / "notes"), *codes],
            cwd=serving.TOP,
            stderr=subprocess.PIPE,
        )
        started.append(Supervisor(process, tmp_path / "notes"))
        return started[-1]

    yield run
    for supervisor in started:
        supervisor.process.kill()
        supervisor.process.communicate()
        for group in supervisor.left():
            os.killpg(group, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_both_children(supervise: Callable[..., Supervisor], number: signal.Signals) -> None:
    supervisor = supervise(QUIET, QUIET)
    supervisor.groups()
    supervisor.process.send_signal(number)
    assert (supervisor.process.wait(AT_MOST_S), supervisor.left()) == (0, [])


def test_a_child_that_ends_takes_the_other_with_it(supervise: Callable[..., Supervisor]) -> None:
    supervisor = supervise(QUIET, GIVES_UP)
    assert (supervisor.process.wait(AT_MOST_S), supervisor.left()) == (1, [])


def test_it_is_said_which_child_ended(supervise: Callable[..., Supervisor]) -> None:
    _, said = supervise(QUIET, GIVES_UP).process.communicate(timeout=AT_MOST_S)
    assert b"ended with 3, so everything stops" in said


@pytest.mark.parametrize("code", [STUBBORN, PARENT], ids=["child", "grandchild"])
def test_a_child_that_does_not_listen_is_killed_with_all_it_started(
    supervise: Callable[..., Supervisor], code: str
) -> None:
    supervisor = supervise(QUIET, code)
    supervisor.groups()
    time.sleep(0.5)
    supervisor.process.terminate()
    assert supervisor.process.wait(AT_MOST_S) == 0
    assert eventually_none(supervisor.left) == []


def test_children_do_not_outlive_a_supervisor_that_was_killed(supervise: Callable[..., Supervisor]) -> None:
    supervisor = supervise(QUIET, QUIET)
    supervisor.groups()
    time.sleep(0.2)
    supervisor.process.kill()
    supervisor.process.wait()
    assert eventually_none(supervisor.left) == []


def test_a_port_that_is_taken_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((serving.HOST, 0)) as other:
        port = other.getsockname()[1]
        assert serving.main({"PORT": str(port)}) == serving.WRONG_USE
    assert capsys.readouterr().err == (
        f"Port {port} is taken: stop what listens there, or choose another with PORT.\n"
    )


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "80.0", "²"])
def test_a_port_that_is_no_port_is_refused(capsys: pytest.CaptureFixture[str], port: str) -> None:
    assert serving.main({"PORT": port}) == serving.WRONG_USE
    assert repr(port) in capsys.readouterr().err


@pytest.mark.slow
def test_the_house_stops_within_five_seconds_with_a_stream_open(start_server: Callable[..., Server]) -> None:
    server = start_server()
    stream = open_stream(server)
    took_s = server.stop()
    stream.close()
    assert took_s < AT_MOST_S
    assert processes_of(server) == []


def open_stream(server: Server) -> http.client.HTTPConnection:
    """The stream of a console, on which the first words have come."""
    staff = http.client.HTTPConnection(serving.HOST, server.port, timeout=AT_MOST_S)
    form = urlencode({"name": "hana", "password": DEMONSTRATION_PASSWORD})
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": server.url}
    staff.request("POST", "/console/sign-in", form, kind)
    welcome = staff.getresponse()
    welcome.read()
    cookie = (welcome.getheader("Set-Cookie") or "").partition(";")[0]
    staff.request("GET", "/live", headers={"Accept": "text/event-stream", "Cookie": cookie})
    assert staff.getresponse().read(1)
    return staff


def processes_of(server: Server) -> list[str]:
    """What still runs with the port of this server in its environment."""
    mark = f"PORT={server.port}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found
