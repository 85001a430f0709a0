"""What a call needs to be answered in full: who hears it, how far help goes, what it led to."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def columns() -> dict[str, tuple[sa.Column[Any], ...]]:
    """What each table gets."""
    return {
        "call": (
            sa.Column("version", sa.String(), nullable=False, server_default=""),
            sa.Column("wishes", sa.LargeBinary()),
            sa.Column("level", sa.String(), nullable=False, server_default="explain"),
            sa.Column("waiting_since", sa.BigInteger(), nullable=False, server_default="0"),
            sa.Column("rang", sa.Integer(), nullable=False, server_default="0"),
            sa.Column("wanted", sa.String()),
            sa.Column("handed_by", sa.String()),
            sa.Column("note", sa.LargeBinary()),
            sa.Column("helped", sa.String()),
        ),
        "staff": (
            sa.Column("beat_at", sa.BigInteger()),
            sa.Column("busy", sa.Boolean(), nullable=False, server_default=sa.false()),
        ),
        "kiosk": (
            sa.Column("locked_by", sa.String()),
            sa.Column("locked_at", sa.BigInteger()),
            sa.Column("locked_why", sa.String()),
            sa.Column("offered", sa.String()),
            sa.Column("offered_by", sa.String()),
            sa.Column("offered_at", sa.BigInteger()),
        ),
        "errand": (sa.Column("confirmed_by", sa.String()),),
        "answer": (sa.Column("why", sa.LargeBinary()),),
    }


def upgrade() -> None:
    """Take this step."""
    for table, added in columns().items():
        for column in added:
            op.add_column(table, column)
    op.execute("UPDATE call SET waiting_since = raised_at")
    op.create_table(
        "help",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("version", "step", "language", "what")),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version", "step", "language", "what", "day", name=op.f("pk_help")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("errand", sa.String()),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("kiosk", "journey", "language", "expertise")
        ),
        sa.Column("discreet", sa.Boolean(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("done_by", sa.String()),
        sa.Column("done_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.ForeignKeyConstraint(
            ["errand"], ["errand.id"], name=op.f("fk_follow_up_errand"), ondelete="SET NULL"
        ),
    )
    op.create_index(op.f("ix_follow_up_errand"), "follow_up", ["errand"])
    op.create_table(
        "disclosure",
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("id", "errand", "journey", "key", "kiosk", "by")
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
    )
    op.create_index(op.f("ix_disclosure_at"), "disclosure", ["at"])


def downgrade() -> None:
    """Take it back."""
    for table in ("disclosure", "follow_up", "help"):
        op.drop_table(table)
    for table, added in columns().items():
        for column in added:
            op.drop_column(table, column.name)
