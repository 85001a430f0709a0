"""Many open streams, in a process of their own: whoever taps and measures does not wait for them."""

import multiprocessing
import re
import select
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

ID = re.compile(rb"^id: (\d+)\s*$", re.MULTILINE)
LARGEST_READ = 65_536
SETTLE_S = 2.0

Heard = list[tuple[float, int]]
"""What one stream said: the moment, and the number of the event."""


@dataclass
class Ear:
    """One stream: its line, and what came over it when. It is read later, to be quick now."""

    line: socket.socket
    pieces: list[tuple[float, bytes]] = field(default_factory=list)

    def listen(self) -> None:
        """Note what has arrived."""
        self.pieces.append((time.perf_counter(), self.line.recv(LARGEST_READ)))

    @property
    def heard(self) -> Heard:
        """The numbers among all that arrived; each counts from the moment at which its line was whole."""
        found, rest = [], b""
        for moment, piece in self.pieces:
            whole, newline, rest = (rest + piece).rpartition(b"\n")
            found += [(moment, int(number)) for number in ID.findall(whole + newline)]
        return found


@contextmanager
def listening(port: int, cookies: Sequence[str]) -> Iterator[Connection]:
    """A stream for each cookie, all open."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=listen, args=[port, cookies, theirs], daemon=True)
    process.start()
    theirs.close()
    ours.recv()
    try:
        yield ours
    finally:
        process.terminate()
        process.join()


def heard_by(streams: Connection) -> list[Heard]:
    """What each stream heard, also of what has only just happened."""
    time.sleep(SETTLE_S)
    streams.send("enough")
    found: list[Heard] = streams.recv()
    return found


def listen(port: int, cookies: Sequence[str], asked: Connection) -> None:
    """Open the streams, say so once all have spoken, and tell what they heard when that is asked."""
    ears = [Ear(opened(port, cookie)) for cookie in cookies]
    by_line = {ear.line.fileno(): ear for ear in ears}
    waiting = select.epoll()
    for number in (*by_line, asked.fileno()):
        waiting.register(number, select.EPOLLIN)
    silent = True
    while True:
        for number, _ in waiting.poll():
            if number not in by_line:
                asked.send([ear.heard for ear in ears])
                return
            by_line[number].listen()
        if silent and all(ear.heard for ear in ears):
            silent = False
            asked.send("all streams are open")


def opened(port: int, cookie: str) -> socket.socket:
    """A line on which the stream was asked for."""
    line = socket.create_connection(("127.0.0.1", port), timeout=30)
    line.sendall(f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode())
    return line
