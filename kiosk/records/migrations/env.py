"""What Alembic runs for every command: use the connection handed over, in its transaction."""

from alembic import context

from kiosk.records.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata, render_as_batch=True, transaction_per_migration=False
)
context.run_migrations()
