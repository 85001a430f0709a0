"""A visit knows whether its citizen takes more time, and when they last said to be there."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.add_column("visit", sa.Column("stayed", sa.BigInteger()))
    op.add_column("visit", sa.Column("slow", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take it back."""
    for name in ("stayed", "slow"):
        op.drop_column("visit", name)
