"""A call that waits rings for more people at set times, and at last in another system: once."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk import TOP
from kiosk.escalating import ring, ring_one
from kiosk.records import answering, calls, outbox, staff
from kiosk.records.calls import Call
from kiosk.records.database import Database
from kiosk.records.tables import worker
from kiosk.web.parts import House
from kiosk.web.ringing import EXPERTS, PLACE, SUPERVISORS, WEBHOOK
from tests.fixtures.apps import Clock
from tests.fixtures.people import a_visit
from tests.fixtures.printers import wait_until
from tests.fixtures.receivers import Receiver, listening
from tests.fixtures.servers import environment_for, free_port

EVERYBODY = ("anna", "bram", "hana", "chris")
SOON = """
[deliveries.pager]
kind = "webhook"
url = "https://127.0.0.1:{port}/parcels"
secret_env = "PAGER_SECRET"

[rings]
expertise = 1
place = 2
supervisor = 3
nobody = 4
webhook = {{delivery = "pager", after = 4}}
"""


@pytest.fixture
def house(app: Flask) -> House:
    return app.extensions["house"]  # type: ignore[no-any-return]


def on_duty(house: House, *names: str) -> None:
    with house.database.write() as connection:
        for name in names:
            staff.set_duty(connection, name, True, house.clock())


def raised(database: Database, now: datetime) -> Call:
    """A private call at the first pillar about moving, which civil affairs knows about."""
    with database.write() as connection:
        return calls.raise_call(
            connection,
            visit=a_visit(connection)[0].id,
            kiosk="zuil-1",
            place="stadhuis",
            journey="moving",
            step="leaving",
            language="ar",
            now=now,
            expertise="civil-affairs",
            discreet=True,
        )


def the_call(database: Database) -> Call:
    with database.read() as connection:
        (call,) = calls.open_calls(connection)
    return call


def parcels(house: House) -> list[Any]:
    """What waits to be delivered."""
    found = []
    with house.database.write() as connection:
        while parcel := outbox.claim(connection, "test", house.clock()):
            found.append((parcel.delivery, parcel.payload))
    return found


def test_a_call_rings_further_only_when_its_time_has_come(house: House, clock: Clock) -> None:
    on_duty(house, *EVERYBODY)
    raised(house.database, clock())
    rang = []
    for _ in range(4):
        clock.forward(seconds=29)
        early = ring_one(house)
        clock.forward(seconds=1)
        rang.append((early, ring_one(house), ring_one(house), the_call(house.database).rang))

    assert rang == [(False, True, False, circle) for circle in (EXPERTS, PLACE, SUPERVISORS, WEBHOOK)]


def test_where_nobody_is_on_duty_another_system_hears_at_once(house: House, clock: Clock) -> None:
    raised(house.database, clock())

    assert ring_one(house)
    assert [name for name, _ in parcels(house)] == ["alarm"]


@pytest.mark.norm("HLP-13")
def test_another_system_hears_where_and_how_long_and_nothing_else(house: House, clock: Clock) -> None:
    on_duty(house, "hana")
    raised(house.database, since := clock())
    clock.forward(seconds=120)
    while ring_one(house):
        pass

    told = {"kind": "call", "kiosk": "Zuil 1", "place": "stadhuis", "waiting": 120}
    told |= {"since": since.isoformat(), "language": "ar", "discreet": True}
    assert parcels(house) == [("alarm", told)]


def test_of_two_workers_that_saw_the_same_call_one_sends_word(house: House, clock: Clock) -> None:
    call = raised(house.database, clock())
    for _ in range(2):
        ring(house, call, WEBHOOK, clock())

    assert len(parcels(house)) == 1


def test_a_call_that_was_taken_or_has_ended_rings_no_further(house: House, clock: Clock) -> None:
    call = raised(house.database, clock())
    with house.database.write() as connection:
        (hana,) = [each for each in staff.all_(connection, clock()) if each.name == "hana"]
        answering.claim(connection, call.id, hana, clock())
    clock.forward(seconds=600)
    assert not ring_one(house)
    with house.database.write() as connection:
        calls.cancel(connection, call.visit or "", clock())
    assert not ring_one(house)


def test_a_call_that_was_given_back_rings_from_the_first_circle(house: House, clock: Clock) -> None:
    on_duty(house, *EVERYBODY)
    call = raised(house.database, clock())
    clock.forward(seconds=60)
    ring_one(house)
    with house.database.write() as connection:
        (hana,) = [each for each in staff.all_(connection, clock()) if each.name == "hana"]
        answering.claim(connection, call.id, hana, clock())
        answering.release(connection, call.id, clock())

    assert not ring_one(house)
    assert the_call(house.database).rang == 0


@pytest.fixture
def workers(
    own_site: Path, database_url: str, tmp_path: Path, certificate: Path
) -> Iterator[Callable[[int, int], None]]:
    """Start so many workers as processes, at a site whose pager is at this port and rings within seconds."""
    started: list[subprocess.Popen[bytes]] = []

    def start(number: int, port: int) -> None:
        text = (own_site / "site.toml").read_text(encoding="utf-8")
        head, _, rest = text.partition("[rings]")
        (own_site / "site.toml").write_text(head + SOON.format(port=port) + rest[rest.index("\n# ") :])
        environment = environment_for(
            tmp_path, database_url, KIOSK_SITE=str(own_site), PAGER_SECRET="a", SSL_CERT_FILE=str(certificate)
        )
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "work"]
        quiet = {"cwd": TOP, "env": os.environ | environment, "stderr": subprocess.DEVNULL}
        started.extend(subprocess.Popen(command, **quiet) for _ in range(number))

    yield start
    for process in started:
        process.terminate()
    for process in started:
        process.wait(10)


@pytest.mark.slow
def test_two_real_workers_ring_within_a_second_of_the_set_times_and_send_word_once(
    workers: Callable[[int, int], None], database: Database, house: House, certificate: Path
) -> None:
    port = free_port()
    put_on_duty(database)
    workers(2, port)
    wait_until(lambda: at_work(database) == 2, seconds=60)
    call = raised(database, datetime.now(UTC))
    late = [lateness(database, call, circle, after_s=circle) for circle in range(EXPERTS, WEBHOOK + 1)]
    assert max(late) < 2, late

    wait_until(lambda: tries(database) > 0, seconds=10)
    with listening(Receiver(), port, certificate) as pager:
        wait_until(lambda: pager.got, seconds=20)
        time.sleep(2)
    assert [json.loads(body)["kind"] for _, body in pager.got] == ["call"]


def put_on_duty(database: Database) -> None:
    with database.write() as connection:
        for name in EVERYBODY:
            staff.set_duty(connection, name, True, datetime.now(UTC))


def at_work(database: Database) -> int:
    """How many workers have shown that they are alive."""
    with database.read() as connection:
        return len(connection.execute(worker.select()).all())


def lateness(database: Database, call: Call, circle: int, after_s: int) -> float:
    """How many seconds after its set time the call rang in this circle."""
    wait_until(lambda: the_call(database).rang >= circle, seconds=20)
    return (datetime.now(UTC) - call.raised_at - timedelta(seconds=after_s)).total_seconds()


def tries(database: Database) -> int:
    """How often somebody tried to send what waits."""
    with database.read() as connection:
        return connection.execute(outbox.table.select()).one().attempts  # type: ignore[no-any-return]
