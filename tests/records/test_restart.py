"""PostgreSQL loses its connections, as in a restart, while somebody works."""

from collections.abc import Iterator

import pytest

from kiosk.records import visits
from kiosk.records.database import Database, Watcher, announce
from kiosk.records.events import AGAIN
from tests.fixtures.databases import DATA_KEYS, Cluster, copy_in
from tests.fixtures.people import NOON, a_visit

pytestmark = pytest.mark.slow
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = '{}'"
)


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    """A fresh database in the cluster."""
    with copy_in(cluster) as url:
        made = Database(url, DATA_KEYS)
        yield made
        made.dispose()


def cut_all_connections(cluster: Cluster, database: Database) -> None:
    """What a restart does to whoever is connected."""
    cluster.run(CUT.format(database.engine.url.database))


def test_the_next_request_after_a_restart_does_not_notice_it(cluster: Cluster, database: Database) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
    cut_all_connections(cluster, database)
    with database.read() as connection:
        assert visits.by_token(connection, token, NOON, limit_s=60) == visit


def test_listeners_are_told_to_fetch_again_after_a_restart_and_hear_on(
    cluster: Cluster, database: Database
) -> None:
    with Watcher(database).subscribe("calls") as mine:
        mine.wait(0.3)
        cut_all_connections(cluster, database)
        assert [each.topic for each in mine.wait(3)] == [AGAIN]
        with database.write() as connection:
            announce(connection, "calls")
        assert [each.topic for each in mine.wait(2)] == ["calls"]
