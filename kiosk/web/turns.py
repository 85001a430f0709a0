"""Requests take turns: Python runs one thread of a process at a time, and swapping threads costs more."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from threading import Lock
from typing import Any

PATIENCE_S = 0.1
"""After this a request goes on all the same: who holds the turn then waits for something else."""

TURN = "kiosk.turn"
"""Where a request keeps its turn, so that it can give it up."""

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def in_turn(wsgi_app: Wsgi) -> Wsgi:
    """The same app, whose requests are answered one after the other while none of them is slow.

    A stream takes its turn only to begin: what it sends later is sent outside.
    """
    turn = Lock()

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with ExitStack() as held:
            if turn.acquire(timeout=PATIENCE_S):
                held.callback(turn.release)
            environ[TURN] = held
            return wsgi_app(environ, start_response)

    return app


def stand_aside(environ: dict[str, Any]) -> None:
    """Let others go on: what this request does now is wait."""
    environ[TURN].close()
