"""How far a print has come at the printer, test pages, and how printers were last."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

RUNNING_TEST = sa.text("what = 'test' AND state IN ('waiting', 'rendering', 'printing')")


def columns() -> tuple[sa.Column[str] | sa.Column[int], ...]:
    """What a print gets."""
    return (
        sa.Column("what", sa.String(), nullable=False, server_default="summary"),
        sa.Column("began_at", sa.BigInteger()),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("number", sa.Integer()),
    )


def upgrade() -> None:
    """Take this step."""
    for column in columns():
        op.add_column("print", column)
    op.create_index(
        "one_running_test",
        "print",
        ["kiosk"],
        unique=True,
        sqlite_where=RUNNING_TEST,
        postgresql_where=RUNNING_TEST,
    )
    op.create_table(
        "printer",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kiosk", "troubles", "formats")),
        sa.Column("roll", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("read_at", "since")),
        sa.Column("printed_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("kiosk", name=op.f("pk_printer")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("printer")
    op.drop_index("one_running_test", "print")
    for column in columns():
        op.drop_column("print", column.name)
