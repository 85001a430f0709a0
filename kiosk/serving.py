"""Web and worker as two children of one process, which start together and end together.

Knows nothing of the app, so that it stays small: run as a file it takes some ten MiB.
"""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

TOP = Path(__file__).parents[1]
HOST = "127.0.0.1"
"""Only this machine: for real, a proxy stands in front."""
WRONG_USE = 2
ALL_GOOD = 0
TROUBLE = 1
END_S = 4.0
"""What the children get to end by themselves; the whole must end within 5 seconds."""
GLANCE_S = 0.1
DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

Child = subprocess.Popen[bytes]


def commands(port: int) -> tuple[list[str], ...]:
    """The command lines of the web server and of the worker."""
    web = [sys.executable, "-m", "granian", "wsgi:app", "--interface", "wsgi", "--host", HOST]
    web += ["--port", str(port), "--workers", "2", "--blocking-threads", "256", "--workers-kill-timeout", "3"]
    web += ["--log-level", "error"]
    return web, [sys.executable, "-m", "flask", "--app", "wsgi", "work"]


def main(environ: dict[str, str]) -> int:
    """Serve until told to stop; gives the exit code."""
    text = environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        return complain(f"PORT is {text!r}: write a number from 1 to 65535.")
    port = int(text)
    if is_taken(port):
        return complain(f"Port {port} is taken: stop what listens there, or choose another with PORT.")
    os.chdir(TOP)
    return supervise(commands(port), port)


def complain(message: str) -> int:
    """Say what is wrong; gives the exit code for wrong use."""
    sys.stderr.write(message + "\n")
    return WRONG_USE


def is_taken(port: int) -> bool:
    """Whether something listens on this port already."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            return True
    return False


def supervise(command_lines: Sequence[Sequence[str]], port: int | None = None) -> int:
    """Run these until a signal or until one ends, then end them all.

    Gives 0 after a signal and 1 after a child that ended by itself. Says the address once the port answers.
    """
    with signals_noted() as signals:
        children = [start(line) for line in command_lines]
        try:
            while not signals and all(child.poll() is None for child in children):
                if port and is_well(port):
                    sys.stderr.write(f"The kiosk is at http://{HOST}:{port} (stop it with Ctrl+C)\n")
                    port = None
                time.sleep(GLANCE_S)
            return ALL_GOOD if signals else blame(children)
        finally:
            end(children)


@contextmanager
def signals_noted() -> Iterator[list[int]]:
    """A list that fills with the stop signals that arrive."""
    noted: list[int] = []
    former = {number: signal.signal(number, lambda got, _frame: noted.append(got)) for number in STOPPING}
    try:
        yield noted
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def start(command_line: Sequence[str]) -> Child:
    """A child that leads a group of its own, so that its children can be ended with it."""
    return subprocess.Popen(command_line, start_new_session=True, preexec_fn=die_with_parent)


def die_with_parent() -> None:
    """Have the kernel tell this process to stop when its parent is gone, even if that was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def is_well(port: int) -> bool:
    """Whether /health says that web, database and worker are well."""
    connection = http.client.HTTPConnection(HOST, port, timeout=0.5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def blame(children: Sequence[Child]) -> int:
    """Say which children ended by themselves; gives the exit code."""
    for child in children:
        if child.poll() is not None:
            name = " ".join(map(str, child.args[1:4])) if isinstance(child.args, list) else str(child.args)
            sys.stderr.write(f"{name} ended with {child.returncode}, so everything stops.\n")
    return TROUBLE


def end(children: Sequence[Child]) -> None:
    """Ask every group to stop, and kill what is left of it when the time is up."""
    for child in children:
        send(child, signal.SIGTERM)
    until = time.monotonic() + END_S
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, until - time.monotonic()))
    for child in children:
        send(child, signal.SIGKILL)
        child.wait()


def send(child: Child, number: signal.Signals) -> None:
    """Signal a child and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


if __name__ == "__main__":
    sys.exit(main(dict(os.environ)))
