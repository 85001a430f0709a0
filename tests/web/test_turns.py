"""Requests take turns, and none waits long for one that is stuck."""

import time
from threading import Event, Thread
from typing import Any

from kiosk.web.turns import PATIENCE_S, in_turn, stand_aside


def test_requests_are_answered_one_after_the_other() -> None:
    busy: list[str] = []
    together: list[int] = []

    def app(_environ: dict[str, Any], _start: Any) -> list[bytes]:
        busy.append("here")
        together.append(len(busy))
        time.sleep(0.005)
        busy.pop()
        return []

    house = in_turn(app)
    threads = [Thread(target=house, args=({}, None)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [1] * 8


def test_who_only_waits_lets_others_go_first() -> None:
    waits, goes_on = Event(), Event()

    def app(environ: dict[str, Any], _start: Any) -> list[bytes]:
        if environ["waits"]:
            stand_aside(environ)
            waits.set()
            goes_on.wait(5)
        return []

    house = in_turn(app)
    patient = Thread(target=house, args=({"waits": True}, None))
    patient.start()
    waits.wait(5)
    began = time.monotonic()
    house({"waits": False}, None)
    assert time.monotonic() - began < PATIENCE_S / 2
    goes_on.set()
    patient.join()


def test_nobody_waits_for_a_request_that_is_stuck() -> None:
    stuck = Event()

    def app(environ: dict[str, Any], _start: Any) -> list[bytes]:
        return [b"late"] if environ["slow"] and stuck.wait(5) else [b"soon"]

    house = in_turn(app)
    slow = Thread(target=house, args=({"slow": True}, None))
    slow.start()
    began = time.monotonic()
    assert list(house({"slow": False}, None)) == [b"soon"]
    assert time.monotonic() - began < PATIENCE_S * 10
    stuck.set()
    slow.join()


def test_a_request_that_fails_gives_its_turn_away() -> None:
    def app(environ: dict[str, Any], _start: Any) -> list[bytes]:
        if environ["broken"]:
            raise RuntimeError
        return [b"fine"]

    house = in_turn(app)
    for environ in ({"broken": True}, {"broken": False}):
        try:
            answer = list(house(environ, None))
        except RuntimeError:
            continue
    assert answer == [b"fine"]
