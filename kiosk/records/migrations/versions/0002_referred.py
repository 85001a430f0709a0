"""What a call needs an expert for, and which errands lists in the hall must not name."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.add_column("call", sa.Column("expertise", sa.String(), nullable=False, server_default=""))
    op.add_column("errand", sa.Column("discreet", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("errand", "discreet")
    op.drop_column("call", "expertise")
