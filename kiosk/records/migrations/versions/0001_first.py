"""The first shape: visits, errands, calls, staff, kiosks, prints, outbox, events and figures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables, those that are referred to first."""
    _make_attempt()
    _make_event()
    _make_figure()
    _make_invitation()
    _make_kiosk()
    _make_staff()
    _make_version()
    _make_visit()
    _make_worker()
    _make_call()
    _make_device()
    _make_errand()
    _make_staff_session()
    _make_answer()
    _make_outbox()
    _make_print()


def downgrade() -> None:
    """Drop all tables."""
    for name in reversed(TABLES):
        op.drop_table(name)


TABLES = (
    "attempt",
    "event",
    "figure",
    "invitation",
    "kiosk",
    "staff",
    "version",
    "visit",
    "worker",
    "call",
    "device",
    "errand",
    "staff_session",
    "answer",
    "outbox",
    "print",
)


def _make_attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_what_who_at"), "attempt", ["what", "who", "at"], unique=False)


def _make_event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_at"), "event", ["at"], unique=False)


def _make_figure() -> None:
    op.create_table(
        "figure",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("called", sa.Integer(), nullable=False),
        sa.Column("parked", sa.Integer(), nullable=False),
        sa.Column("stopped", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version", "step", "way", "language", "day", name=op.f("pk_figure")),
        sqlite_with_rowid=False,
    )


def _make_invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_invitation")),
    )


def _make_kiosk() -> None:
    op.create_table(
        "kiosk",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("printer", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_kiosk")),
    )


def _make_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("expertise", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("on_duty_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_staff")),
    )


def _make_version() -> None:
    op.create_table(
        "version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("journey", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
    )
    op.create_index(op.f("ix_version_journey"), "version", ["journey"], unique=False)


def _make_visit() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("preferences", sa.LargeBinary(), nullable=True),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("touched", sa.BigInteger(), nullable=False),
        sa.Column("parked_until", sa.BigInteger(), nullable=True),
        sa.Column("code_hash", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_visit_code_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_visit_token_hash")),
    )
    op.create_index(op.f("ix_visit_kiosk"), "visit", ["kiosk"], unique=False)


def _make_worker() -> None:
    op.create_table(
        "worker",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("beat_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_worker")),
    )


def _make_call() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("visit", sa.String(), nullable=True),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("journey", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("discreet", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.Column("taken_name", sa.String(), nullable=True),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("here_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('sent', 'coming', 'here', 'done', 'cancelled', 'expired')", name=op.f("ck_call_state")
        ),
        sa.ForeignKeyConstraint(["visit"], ["visit.id"], name=op.f("fk_call_visit"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
    )
    op.create_index("ix_call_visit", "call", ["visit"], unique=False)
    op.create_index(
        "one_open_call",
        "call",
        ["visit"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _make_device() -> None:
    op.create_table(
        "device",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("enrolled_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosk.name"], name=op.f("fk_device_kiosk"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_device")),
    )
    op.create_index(op.f("ix_device_kiosk"), "device", ["kiosk"], unique=False)


def _make_errand() -> None:
    op.create_table(
        "errand",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("visit", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("journey", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("keep_until", sa.BigInteger(), nullable=True),
        sa.Column("seen_by", sa.String(), nullable=True),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.Column("processed_by", sa.String(), nullable=True),
        sa.Column("processed_at", sa.BigInteger(), nullable=True),
        sa.Column("refused_by", sa.String(), nullable=True),
        sa.Column("refused_at", sa.BigInteger(), nullable=True),
        sa.Column("refused_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'prepared', 'arranged', 'referred', 'stopped')", name=op.f("ck_errand_state")
        ),
        sa.ForeignKeyConstraint(["visit"], ["visit.id"], name=op.f("fk_errand_visit"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand")),
        sa.UniqueConstraint("reference", name=op.f("uq_errand_reference")),
        sa.UniqueConstraint("visit", "number", name=op.f("uq_errand_visit_number")),
    )
    op.create_index(op.f("ix_errand_keep_until"), "errand", ["keep_until"], unique=False)


def _make_staff_session() -> None:
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.name"], name=op.f("fk_staff_session_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_staff"), "staff_session", ["staff"], unique=False)


def _make_answer() -> None:
    op.create_table(
        "answer",
        sa.Column("errand", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["errand"], ["errand.id"], name=op.f("fk_answer_errand"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("errand", "key", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("errand", sa.String(), nullable=True),
        sa.Column("delivery", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("counts_from", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state IN ('held', 'due', 'sending', 'failed')", name=op.f("ck_outbox_state")),
        sa.ForeignKeyConstraint(
            ["errand"], ["errand.id"], name=op.f("fk_outbox_errand"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_errand"), "outbox", ["errand"], unique=False)
    op.create_index(op.f("ix_outbox_state_due_at"), "outbox", ["state", "due_at"], unique=False)


def _make_print() -> None:
    op.create_table(
        "print",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("errand", sa.String(), nullable=True),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'rendering', 'ready', 'printing', 'printed', 'failed')",
            name=op.f("ck_print_state"),
        ),
        sa.ForeignKeyConstraint(["errand"], ["errand.id"], name=op.f("fk_print_errand"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print")),
    )
    op.create_index(op.f("ix_print_errand"), "print", ["errand"], unique=False)
    op.create_index(
        "one_running_print",
        "print",
        ["errand", "paper", "language", "target"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'rendering', 'printing')"),
        postgresql_where=sa.text("state IN ('waiting', 'rendering', 'printing')"),
    )
