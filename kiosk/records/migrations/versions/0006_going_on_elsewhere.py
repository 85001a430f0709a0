"""Going on elsewhere with a code and a number, and a look at where one stands on one's own phone."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.add_column("visit", sa.Column("number_hash", sa.String()))
    op.add_column("visit", sa.Column("wrong_numbers", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("visit", sa.Column("own_device", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "handout",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("errand", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("opened", sa.Boolean(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_handout")),
        sa.ForeignKeyConstraint(
            ["errand"], ["errand.id"], name=op.f("fk_handout_errand"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_handout_errand"), "handout", ["errand"])
    op.create_index(op.f("ix_handout_until"), "handout", ["until"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("handout")
    for column in ("own_device", "wrong_numbers", "number_hash"):
        op.drop_column("visit", column)
