"""What one process announces, every process hears."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from kiosk.records import events
from kiosk.records.database import Database, Event, Watcher, announce
from kiosk.records.events import AGAIN, Subscription
from kiosk.records.tables import event
from tests.fixtures.databases import DATA_KEYS
from tests.fixtures.people import a_call, a_visit

IN_ANOTHER_PROCESS = """
import sys
from kiosk.records.database import Database, announce
with Database(sys.argv[1], [("other", bytes(32))]).write() as connection:
    announce(connection, "calls", "from afar")
"""


@pytest.fixture
def watcher(database: Database) -> Watcher:
    """A watcher of this process."""
    return Watcher(database)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The watcher tries again soon after it lost the database."""
    monkeypatch.setattr(events, "RETRY_S", 0.05)
    yield


def tell(database: Database, *topics: str) -> None:
    """Announce these topics, each in a transaction of its own."""
    for topic in topics:
        with database.write() as connection:
            announce(connection, topic)


def topics_heard(subscription: Subscription, how_many: int) -> list[str]:
    """The topics of the next events, within two seconds."""
    heard: list[str] = []
    ends = time.monotonic() + 2
    while len(heard) < how_many and time.monotonic() < ends:
        heard += [each.topic for each in subscription.wait(0.1)]
    return heard


def test_a_listener_hears_its_own_topics_in_order(database: Database, watcher: Watcher) -> None:
    with watcher.subscribe("calls", "visit:1") as mine, watcher.subscribe("visit") as visits:
        tell(database, "calls", "errands", "visit:1", "visit:12", "calls")
        assert topics_heard(mine, 3) == ["calls", "visit:1", "calls"]
        assert topics_heard(visits, 2) == ["visit:1", "visit:12"]


def test_an_announcement_of_another_process_is_heard_within_a_second(
    database: Database, database_url: str, watcher: Watcher
) -> None:
    with watcher.subscribe("calls") as mine:
        subprocess.run([sys.executable, "-c", IN_ANOTHER_PROCESS, database_url], check=True)
        heard = mine.wait(1)
    assert [(each.topic, each.ref) for each in heard] == [("calls", "from afar")]


def test_what_is_rolled_back_is_never_heard(database: Database, watcher: Watcher) -> None:
    with watcher.subscribe("calls", "errands") as mine:
        with pytest.raises(ZeroDivisionError), database.write() as connection:
            announce(connection, "calls")
            raise ZeroDivisionError
        tell(database, "errands")
        assert topics_heard(mine, 1) == ["errands"]


def test_a_new_call_is_heard_by_staff_and_a_second_tap_is_not(database: Database, watcher: Watcher) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
    with watcher.subscribe("calls", "errands") as mine:
        for _ in range(2):
            with database.write() as connection:
                a_call(connection, visit.id)
        tell(database, "errands")
        assert topics_heard(mine, 2) == ["calls", "errands"]


def test_the_watcher_runs_only_while_somebody_listens(database: Database, watcher: Watcher) -> None:
    assert watcher._thread is None
    with watcher.subscribe("calls"):
        thread = watcher._thread
        assert thread and thread.is_alive()
    thread.join(3)
    assert not thread.is_alive()
    with watcher.subscribe("calls") as mine:
        tell(database, "calls")
        assert topics_heard(mine, 1) == ["calls"]


def test_a_watcher_that_stops_leaves_the_next_listener_to_the_next_one(
    database: Database, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = database.changes
    with ExitStack() as listening:

        @contextmanager
        def somebody_comes_while_it_stops() -> Iterator[Iterator[None]]:
            with changes() as seen:
                yield seen
            monkeypatch.setattr(database, "changes", changes)
            listening.enter_context(watcher.subscribe("calls"))

        monkeypatch.setattr(database, "changes", somebody_comes_while_it_stops)
        with watcher.subscribe("calls") as mine:
            tell(database, "calls")
            assert topics_heard(mine, 1) == ["calls"]
            first = watcher._thread
        assert first
        first.join(3)
        assert not first.is_alive()
        assert watcher._thread and watcher._thread.is_alive()


def test_a_listener_that_returns_gets_what_it_missed(database: Database, watcher: Watcher) -> None:
    tell(database, "calls")
    last = watcher.newest()
    tell(database, "errands", "calls")
    missed = watcher.since(last, "calls")
    assert [each.topic for each in missed] == ["calls"]
    assert watcher.since(missed[0].id, "calls") == []


@pytest.mark.parametrize("unknown", [-5, 999])
def test_a_listener_that_knows_something_unknown_must_fetch_again(
    database: Database, watcher: Watcher, unknown: int
) -> None:
    tell(database, "calls")
    assert watcher.since(unknown, "calls") == [Event(watcher.newest(), AGAIN, "")]


def test_events_of_yesterday_are_forgotten_and_what_they_were_must_be_fetched_again(
    database: Database, watcher: Watcher
) -> None:
    tell(database, "calls", "errands", "calls")
    with database.write() as connection:
        connection.execute(event.update().values(at=datetime.now(UTC) - timedelta(hours=25)))
        events.forget(connection)
        assert connection.execute(select(func.count()).select_from(event)).scalar() == 1
    assert [each.topic for each in watcher.since(1, "calls")] == [AGAIN]
    assert watcher.since(watcher.newest(), "calls") == []


def test_after_the_database_was_away_every_listener_is_told_to_fetch_again(
    database: Database, watcher: Watcher, broken: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watcher.subscribe("calls") as mine:
        tell(database, "calls")
        assert topics_heard(mine, 1) == ["calls"]
        lose_the_connection(watcher, monkeypatch)
        assert topics_heard(mine, 1) == [AGAIN]
        tell(database, "calls")
        assert topics_heard(mine, 1) == ["calls"]


def lose_the_connection(watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next look at the database fail, once."""
    pass_on = watcher._pass_on

    def fail_once() -> None:
        monkeypatch.setattr(watcher, "_pass_on", pass_on)
        raise events.Lost("gone")

    monkeypatch.setattr(watcher, "_pass_on", fail_once)


def test_a_listener_that_does_not_read_is_told_once_to_fetch_again() -> None:
    slow = Subscription(["calls"])
    slow.offer([Event(number, "calls", "") for number in range(1, events.BACKLOG + 2)])
    assert slow.wait(0) == [Event(events.BACKLOG + 1, AGAIN, "")]


def test_a_watcher_can_be_made_before_the_database_is_there() -> None:
    assert Watcher(Database("sqlite:////nowhere/kiosk.sqlite", DATA_KEYS))
