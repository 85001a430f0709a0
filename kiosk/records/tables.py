"""The whole data model on one screen."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """A moment: microseconds since 1970 in the database, an aware datetime in UTC outside it."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """What the database keeps; raises TypeError for a datetime without a zone."""
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


class Sealed(LargeBinary):
    """A value that only `sealing` can read."""


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _one_of(column: str, values: Sequence[str]) -> CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


def _unique_while(name: str, columns: Sequence[Column[Any]], condition: str) -> Index:
    return Index(name, *columns, unique=True, sqlite_where=text(condition), postgresql_where=text(condition))


def _belongs_to(target: str, on_delete: str) -> ForeignKey:
    return ForeignKey(target, ondelete=on_delete)


version = Table(
    "version",
    metadata,
    Column("id", String, primary_key=True),
    Column("journey", String, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("kept_at", Moment, nullable=False),
)

kiosk = Table(
    "kiosk",
    metadata,
    Column("name", String, primary_key=True),
    Column("printer", String),
    Column("locked_by", String),
    Column("locked_at", Moment),
    Column("locked_why", String),
    Column("offered", String),
    Column("offered_by", String),
    Column("offered_at", Moment),
)

device = Table(
    "device",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("kiosk", _belongs_to("kiosk.name", "CASCADE"), nullable=False, index=True),
    Column("enrolled_at", Moment, nullable=False),
)

invitation = Table(
    "invitation",
    metadata,
    Column("code_hash", String, primary_key=True),
    Column("kiosk", String, nullable=False),
    Column("made_at", Moment, nullable=False),
)

visit = Table(
    "visit",
    metadata,
    Column("id", String, primary_key=True),
    Column("token_hash", String, unique=True),
    Column("kiosk", String, nullable=False, index=True),
    Column("language", String, nullable=False),
    Column("preferences", Sealed),
    Column("started", Moment, nullable=False),
    Column("touched", Moment, nullable=False),
    Column("stayed", Moment),
    Column("slow", Boolean, nullable=False, server_default=false()),
    Column("parked_until", Moment),
    Column("code_hash", String, unique=True),
    Column("number_hash", String),
    Column("wrong_numbers", Integer, nullable=False, server_default="0"),
    Column("own_device", Boolean, nullable=False, server_default=false()),
)

ERRAND_STATES = ("open", "prepared", "arranged", "referred", "stopped")

errand = Table(
    "errand",
    metadata,
    Column("id", String, primary_key=True),
    Column("visit", _belongs_to("visit.id", "SET NULL")),
    Column("number", Integer, nullable=False),
    Column("kiosk", String, nullable=False),
    Column("journey", String, nullable=False),
    Column("version", String, nullable=False),
    Column("way", String, nullable=False),
    Column("language", String, nullable=False),
    Column("state", String, nullable=False),
    Column("reference", String, unique=True),
    Column("began_at", Moment, nullable=False),
    Column("shown_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("confirmed_by", String),
    Column("until", Date),
    Column("due", Date),
    Column("keep_until", Moment, index=True),
    Column("seen_by", String),
    Column("seen_at", Moment),
    Column("processed_by", String),
    Column("processed_at", Moment),
    Column("refused_by", String),
    Column("refused_at", Moment),
    Column("refused_reason", Sealed),
    Column("discreet", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("visit", "number"),
    _one_of("state", ERRAND_STATES),
)

answer = Table(
    "answer",
    metadata,
    Column("errand", _belongs_to("errand.id", "CASCADE"), nullable=False),
    Column("key", String, nullable=False),
    Column("value", Sealed, nullable=False),
    Column("by", String, nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("why", Sealed),
    PrimaryKeyConstraint("errand", "key"),
    sqlite_with_rowid=False,
)

CALL_STATES = ("sent", "coming", "here", "done", "cancelled", "expired")

call = Table(
    "call",
    metadata,
    Column("id", String, primary_key=True),
    Column("visit", _belongs_to("visit.id", "SET NULL")),
    Column("kiosk", String, nullable=False),
    Column("place", String, nullable=False),
    Column("journey", String, nullable=False),
    Column("version", String, nullable=False, server_default=""),
    Column("step", String, nullable=False),
    Column("language", String, nullable=False),
    Column("expertise", String, nullable=False, server_default=""),
    Column("reason", String, nullable=False),
    Column("wishes", Sealed),
    Column("discreet", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("level", String, nullable=False, server_default="explain"),
    Column("raised_at", Moment, nullable=False),
    Column("waiting_since", Moment, nullable=False, server_default="0"),
    Column("rang", Integer, nullable=False, server_default="0"),
    Column("wanted", String),
    Column("handed_by", String),
    Column("note", Sealed),
    Column("taken_by", String),
    Column("taken_name", String),
    Column("taken_at", Moment),
    Column("here_at", Moment),
    Column("ended_at", Moment),
    Column("helped", String),
    _one_of("state", CALL_STATES),
)
Index("ix_call_visit", call.c.visit)
_unique_while("one_open_call", [call.c.visit], "ended_at IS NULL")

staff = Table(
    "staff",
    metadata,
    Column("name", String, primary_key=True),
    Column("shown", String, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("expertise", JSON, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("place", String, nullable=False),
    Column("password", String),
    Column("on_duty_at", Moment),
    Column("beat_at", Moment),
    Column("busy", Boolean, nullable=False, server_default=false()),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("staff", _belongs_to("staff.name", "CASCADE"), nullable=False, index=True),
    Column("began_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("what", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "what", "who", "at"),
)

PRINT_STATES = ("waiting", "rendering", "ready", "printing", "printed", "failed")
RUNNING_PRINT = "state IN ('waiting', 'rendering', 'printing')"
RUNNING_TEST = f"what = 'test' AND {RUNNING_PRINT}"

print_ = Table(
    "print",
    metadata,
    Column("id", String, primary_key=True),
    Column("errand", _belongs_to("errand.id", "SET NULL"), index=True),
    Column("kiosk", String, nullable=False),
    Column("paper", String, nullable=False),
    Column("language", String, nullable=False),
    Column("target", String, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("worker", String),
    Column("claimed_at", Moment),
    Column("payload", Sealed),
    Column("pdf", Sealed),
    Column("what", String, nullable=False, server_default="summary"),
    Column("began_at", Moment),
    Column("sent_at", Moment),
    Column("number", Integer),
    _one_of("state", PRINT_STATES),
)
_unique_while(
    "one_running_print",
    [print_.c.errand, print_.c.paper, print_.c.language, print_.c.target],
    RUNNING_PRINT,
)
_unique_while("one_running_test", [print_.c.kiosk], RUNNING_TEST)

printer = Table(
    "printer",
    metadata,
    Column("kiosk", String, primary_key=True),
    Column("troubles", String, nullable=False),
    Column("formats", String, nullable=False),
    Column("roll", Boolean, nullable=False),
    Column("read_at", Moment, nullable=False),
    Column("since", Moment, nullable=False),
    Column("printed_at", Moment),
)

OUTBOX_STATES = ("held", "due", "sending", "failed")

outbox = Table(
    "outbox",
    metadata,
    Column("id", String, primary_key=True),
    Column("errand", _belongs_to("errand.id", "SET NULL"), index=True),
    Column("delivery", String, nullable=False),
    Column("payload", Sealed, nullable=False),
    Column("state", String, nullable=False),
    Column("counts_from", Moment),
    Column("made_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("worker", String),
    Column("claimed_at", Moment),
    Index(None, "state", "due_at"),
    _one_of("state", OUTBOX_STATES),
)

event = Table(
    "event",
    metadata,
    # AUTOINCREMENT on SQLite too: an id that was pruned must never come back.
    Column("id", Integer, primary_key=True),
    Column("topic", String, nullable=False),
    Column("ref", String, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    sqlite_autoincrement=True,
)

COUNTS = ("shown", "answered", "refused", "called", "parked", "stopped", "finished", "seconds")

figure = Table(
    "figure",
    metadata,
    Column("version", String, nullable=False),
    Column("step", String, nullable=False),
    Column("way", String, nullable=False),
    Column("language", String, nullable=False),
    Column("day", Date, nullable=False),
    *(Column(name, Integer, nullable=False) for name in COUNTS),
    PrimaryKeyConstraint("version", "step", "way", "language", "day"),
    sqlite_with_rowid=False,
)

opinion = Table(
    "opinion",
    metadata,
    Column("version", String, nullable=False),
    Column("step", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("face", String, nullable=False),
    Column("why", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("version", "step", "outcome", "face", "why", "day"),
    sqlite_with_rowid=False,
)

help_ = Table(
    "help",
    metadata,
    Column("version", String, nullable=False),
    Column("step", String, nullable=False),
    Column("language", String, nullable=False),
    Column("what", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("version", "step", "language", "what", "day"),
    sqlite_with_rowid=False,
)

follow_up = Table(
    "follow_up",
    metadata,
    Column("id", String, primary_key=True),
    Column("errand", _belongs_to("errand.id", "SET NULL"), index=True),
    Column("kiosk", String, nullable=False),
    Column("journey", String, nullable=False),
    Column("language", String, nullable=False),
    Column("expertise", String, nullable=False),
    Column("discreet", Boolean, nullable=False),
    Column("note", Sealed, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("done_by", String),
    Column("done_at", Moment),
)

disclosure = Table(
    "disclosure",
    metadata,
    Column("id", String, primary_key=True),
    Column("errand", String, nullable=False),
    Column("journey", String, nullable=False),
    Column("key", String, nullable=False),
    Column("kiosk", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)

handout = Table(
    "handout",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("errand", _belongs_to("errand.id", "CASCADE"), nullable=False, index=True),
    Column("language", String, nullable=False),
    Column("opened", Boolean, nullable=False),
    Column("until", Moment, nullable=False, index=True),
)

remark = Table(
    "remark",
    metadata,
    Column("id", String, primary_key=True),
    Column("version", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("text", Sealed, nullable=False),
)

worker = Table(
    "worker",
    metadata,
    Column("name", String, primary_key=True),
    Column("beat_at", Moment, nullable=False),
)
