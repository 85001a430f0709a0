"""Requests take turns: Python runs one thread of a process at a time, and swapping threads costs more."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

PATIENCE_S = 0.1
"""After this a request goes on all the same: who holds the turn then waits for something else."""

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def in_turn(wsgi_app: Wsgi) -> Wsgi:
    """The same app, whose requests are answered one after the other while none of them is slow.

    A stream takes its turn only to begin: what it sends later is sent outside.
    """
    turn = Lock()

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        mine = turn.acquire(timeout=PATIENCE_S)
        try:
            return wsgi_app(environ, start_response)
        finally:
            if mine:
                turn.release()

    return app
