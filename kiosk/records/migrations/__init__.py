"""The shape of the tables, one step a file in `versions/`."""

from pathlib import Path

from sqlalchemy import Connection

HEAD = "0008"
"""The newest step: what the program needs."""
ONE_AT_A_TIME = 7_061_906


def upgrade(connection: Connection) -> None:
    """Take every step that this database has not taken, all or none, one process at a time."""
    # Alembic is slow to import, and only this needs it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    _begin(connection)
    command.upgrade(config, "head")
    connection.commit()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys=on")


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        return
    # A table that is changed is copied and dropped, and dropping would take what refers to it along.
    connection.exec_driver_sql("PRAGMA foreign_keys=off")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
