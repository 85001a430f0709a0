"""The migrations and the tables say the same, and a database that is not ready says so."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from kiosk.records import calls, migrations, visits
from kiosk.records.database import Database
from kiosk.records.tables import metadata
from tests.fixtures.databases import DATA_KEYS
from tests.fixtures.people import a_call, confirmed


def test_the_migrations_make_exactly_the_tables_of_the_program(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_head_that_the_program_asks_for_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == migrations.HEAD


def test_a_migrated_database_has_nothing_wrong_and_may_be_migrated_again(database: Database) -> None:
    database.migrate()
    assert database.check() == ""


def test_an_empty_database_says_that_it_must_be_migrated(tmp_path: Path) -> None:
    assert "migrate" in Database(f"sqlite:///{tmp_path / 'empty.sqlite'}", DATA_KEYS).check()


@pytest.mark.parametrize(
    "url",
    ["sqlite:////nowhere/kiosk.sqlite", "postgresql+psycopg://nobody@127.0.0.1:1/kiosk"],
)
def test_a_database_that_cannot_be_reached_says_so(url: str) -> None:
    assert "cannot be used" in Database(url, DATA_KEYS).check()


def test_what_was_kept_in_the_former_shape_is_kept(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection, date="2027-04-01")
        a_call(connection, errand.visit or "")
    go_back_to("0001", database)
    assert "migrate" in database.check()
    database.migrate()
    with database.read() as connection:
        kept, (call,) = visits.handled(connection, errand.id), calls.open_calls(connection)
    assert kept and (kept.answers, kept.discreet) == ({"date": "2027-04-01"}, False)
    assert (call.step, call.expertise) == ("date", "")


def go_back_to(revision: str, database: Database) -> None:
    """Give the database the shape that it had once."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
        connection.commit()


def test_migrating_keeps_foreign_keys_on(database: Database) -> None:
    database.migrate()
    with database.read() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
