"""By when staff must have acted on an errand, and how people found it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.add_column("errand", sa.Column("due", sa.Date()))
    op.create_table(
        "opinion",
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("version", "step", "outcome", "face", "why")
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version", "step", "outcome", "face", "why", "day", name=op.f("pk_opinion")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("opinion")
    op.drop_column("errand", "due")
