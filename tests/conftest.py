"""The fixtures that every test may ask for; each module of tests/fixtures holds one kind."""

import pytest

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.apps",
    "tests.fixtures.visitors",
    "tests.fixtures.sharing",
    "tests.fixtures.servers",
    "tests.fixtures.browsers",
    "tests.fixtures.errands",
    "tests.fixtures.mailboxes",
    "tests.fixtures.printers",
    "tests.fixtures.lines",
    "tests.fixtures.receivers",
    "tests.fixtures.verapdf",
    "tests.fixtures.voices",
]

LONG = ("start_worker", "mortal", "start_server", "workers", "new_printer", "browser")
"""Fixtures of tests that take long, for they start processes: those that take longest come first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to `--matrix` what is the same on either database, and begin with what takes long.

    So no process of a run is left alone with a long test at the end.
    """
    for item in items:
        if item.get_closest_marker("either_database") and is_on_postgresql(item):
            item.add_marker(pytest.mark.matrix)
    items.sort(key=rank)


def is_on_postgresql(item: pytest.Item) -> bool:
    """Whether this is the turn of the test on PostgreSQL."""
    call = getattr(item, "callspec", None)
    return call is not None and call.params.get("database_url") == "postgresql"


def rank(item: pytest.Item) -> int:
    """How early it should begin, by the first fixture of `LONG` that it asks for."""
    asked = getattr(item, "fixturenames", ())
    return next((number for number, name in enumerate(LONG) if name in asked), len(LONG))
