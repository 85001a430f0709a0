"""Errands: one journey taken in a visit, its answers, and how it ended. Re-exported by `visits`."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from kiosk.records import outbox
from kiosk.records.events import announce
from kiosk.records.sealing import open_, open_all, seal
from kiosk.records.tables import answer, visit
from kiosk.records.tables import errand as table
from kiosk.records.tokens import new_id

if TYPE_CHECKING:
    from kiosk.records.visits import Visit

REFERENCE_LETTERS, REFERENCE_DIGITS = "CDFGHJKLMNPRTVWX", "2345679"


@dataclass(frozen=True)
class Errand:
    """One journey of one version, as far as it has come; `answers` holds those off the route too."""

    id: str
    visit: str | None
    number: int
    kiosk: str
    journey: str
    version: str
    way: str
    language: str
    state: str
    reference: str | None
    shown_at: datetime
    confirmed_at: datetime | None
    until: date | None
    due: date | None
    seen_at: datetime | None
    processed_at: datetime | None
    refused_at: datetime | None
    answers: Mapping[str, Any]


columns = [table.c[name] for name in Errand.__dataclass_fields__ if name != "answers"]
_of_visit = select(*columns).where(table.c.visit == bindparam("of")).order_by(table.c.number)
_one = _of_visit.where(table.c.number == bindparam("wanted"))
_under_way = _of_visit.where(table.c.journey == bindparam("wanted"), table.c.state == "open")
_answers = (
    select(answer.c.key, answer.c.value)
    .where(answer.c.errand == bindparam("this"))
    .order_by(answer.c.given_at)
)
_next_number = select(func.coalesce(func.max(table.c.number), 0) + 1).where(table.c.visit == bindparam("of"))
_claim_visit = update(visit).where(visit.c.id == bindparam("of")).values(touched=bindparam("now"))
_this = table.c.id == bindparam("this")
_still_open = table.c.state == "open"
_turn = update(table).where(_this, _still_open).values(way=bindparam("another"))
_together = select(table.c.visit).where(
    table.c.visit.in_(bindparam("them", expanding=True)), _still_open, table.c.way == "together"
)
_move_on = update(table).where(_this, _still_open).values(shown_at=bindparam("now"))
_end = (
    update(table)
    .where(_this, _still_open)
    .values(
        state=bindparam("ended"),
        reference=bindparam("ref"),
        until=bindparam("last_day"),
        keep_until=bindparam("kept"),
        due=bindparam("promised"),
        confirmed_at=bindparam("now"),
        discreet=bindparam("quiet"),
        language=func.coalesce(
            select(visit.c.language).where(visit.c.id == bindparam("of")).scalar_subquery(), table.c.language
        ),
    )
)
_let_pass = select(answer.c.key, answer.c.by, answer.c.why).where(
    answer.c.errand == bindparam("this"), answer.c.why.is_not(None)
)
_save = upsert(answer)
_save = _save.on_conflict_do_update(
    index_elements=["errand", "key"],
    set_={name: _save.excluded[name] for name in ("value", "by", "given_at", "why")},
)
_drop_others = delete(answer).where(
    answer.c.errand == bindparam("this"), answer.c.key.not_in(bindparam("keys", expanding=True))
)
_taken = select(table.c.id).where(table.c.reference == bindparam("ref"))


def begin_errand(
    connection: Connection, visit: "Visit", journey: str, version_id: str, way: str, now: datetime
) -> Errand:
    """A new errand, numbered after those the visit has."""
    connection.execute(_claim_visit, {"of": visit.id, "now": now})
    number = connection.execute(_next_number, {"of": visit.id}).scalar_one()
    errand = Errand(
        id=new_id(),
        visit=visit.id,
        number=number,
        kiosk=visit.kiosk,
        journey=journey,
        version=version_id,
        way=way,
        language=visit.language,
        state="open",
        reference=None,
        shown_at=now,
        confirmed_at=None,
        until=None,
        due=None,
        seen_at=None,
        processed_at=None,
        refused_at=None,
        answers={},
    )
    row = {name: getattr(errand, name) for name in Errand.__dataclass_fields__ if name != "answers"}
    connection.execute(insert(table), {**row, "began_at": now})
    return errand


def open_errand(connection: Connection, visit: "Visit", journey: str, now: datetime) -> Errand | None:
    """The visit's open errand of this journey; nobody else begins one until this transaction ends."""
    connection.execute(_claim_visit, {"of": visit.id, "now": now})
    row = connection.execute(_under_way, {"of": visit.id, "wanted": journey}).first()
    return opened(connection, row) if row else None


def errand(connection: Connection, visit_id: str, number: int) -> Errand | None:
    """The visit's errand with that number."""
    row = connection.execute(_one, {"of": visit_id, "wanted": number}).first()
    return opened(connection, row) if row else None


def errands(connection: Connection, visit_id: str) -> list[Errand]:
    """All errands of a visit, the first one first."""
    return [opened(connection, row) for row in connection.execute(_of_visit, {"of": visit_id}).all()]


def opened(connection: Connection, row: Sequence[Any]) -> Errand:
    """The errand of a row of `columns`, with its answers."""
    return Errand(*(*row, answers_of(connection, row[0])))


def answers_of(connection: Connection, errand_id: str) -> dict[str, Any]:
    """The answers of an errand, the one given first first."""
    rows = connection.execute(_answers, {"this": errand_id}).all()
    return open_all(connection, rows, f"answer.value.{errand_id}.")


def reasons_of(connection: Connection, errand_id: str) -> dict[str, tuple[str, str]]:
    """Which answers officials let pass beyond a limit: key -> who (by sign-in name), and why."""
    return {
        row.key: (row.by, open_(connection, row.why, "answer", "why", f"{errand_id}.{row.key}"))
        for row in connection.execute(_let_pass, {"this": errand_id})
    }


def save_answers(
    connection: Connection,
    errand: Errand,
    values: Mapping[str, Any],
    now: datetime,
    by: str = "citizen",
    why: str = "",
) -> bool:
    """Keep these answers beside the others and touch the visit; False when the errand is no longer open.

    `why` an official let them pass beyond a limit is sealed with them. One that stays as it was keeps both
    who gave it and why.
    """
    if not connection.execute(_move_on, {"this": errand.id, "now": now}).rowcount:
        return False
    _write(connection, errand, _changed(errand, values), now, by, why)
    connection.execute(_claim_visit, {"of": errand.visit, "now": now})
    return True


def set_way(connection: Connection, errand: Errand, way: str) -> Errand:
    """Take the rest of the route another way; gives the errand as it is then."""
    connection.execute(_turn, {"this": errand.id, "another": way})
    return replace(errand, way=way)


def together(connection: Connection, visit_ids: Sequence[str]) -> set[str]:
    """Those of these visits in which something is under way together with an official."""
    return set(connection.execute(_together, {"them": list(visit_ids)}).scalars())


def replace_answers(
    connection: Connection, errand: Errand, answers: Mapping[str, Any], now: datetime
) -> bool:
    """Let these be all the answers; False when the errand is no longer open."""
    if not save_answers(connection, errand, answers, now):
        return False
    connection.execute(_drop_others, {"this": errand.id, "keys": list(answers)})
    return True


def _write(
    connection: Connection, errand: Errand, values: Mapping[str, Any], now: datetime, by: str, why: str = ""
) -> None:
    rows = [
        {
            "errand": errand.id,
            "key": key,
            "value": seal(connection, value, "answer", "value", f"{errand.id}.{key}"),
            "by": by,
            "given_at": now,
            "why": seal(connection, why, "answer", "why", f"{errand.id}.{key}") if why else None,
        }
        for key, value in values.items()
    ]
    if rows:
        connection.execute(_save, rows)


def confirm(
    connection: Connection,
    errand: Errand,
    *,
    state: str,
    reference: str,
    answers: Mapping[str, Any],
    until: date | None,
    keep_until: datetime,
    deliveries: Mapping[str, Any],
    now: datetime,
    due: date | None = None,
    discreet: bool = False,
) -> bool:
    """Prepare, arrange or refer an errand with these answers and no others, its parcels in the outbox.

    Parcels (delivery name -> JSON value) of a prepared errand are held until an official has seen the ID.
    A discreet one is not named where others look on; `due` is the day by which staff must have acted.
    False, and nothing changes, when the errand is no longer open.
    """
    end = {"this": errand.id, "of": errand.visit, "ended": state, "ref": reference, "quiet": discreet}
    moments = {"last_day": until, "kept": keep_until, "promised": due, "now": now}
    if not connection.execute(_end, {**end, **moments}).rowcount:
        return False
    _write(connection, errand, _changed(errand, answers), now, "citizen")
    connection.execute(_drop_others, {"this": errand.id, "keys": list(answers)})
    for name, parcel in deliveries.items():
        outbox.put(connection, errand.id, name, parcel, held=state == "prepared", now=now)
    announce(connection, "errands", errand.id)
    return True


def _changed(errand: Errand, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that are not kept with this errand already."""
    kept = errand.answers
    return {key: value for key, value in answers.items() if key not in kept or kept[key] != value}


def new_reference(connection: Connection) -> str:
    """A reference like `V47 KD` that no kept errand has: no look-alikes, no vowels that spell words."""
    while True:
        letters = [secrets.choice(REFERENCE_LETTERS) for _ in range(3)]
        digits = [secrets.choice(REFERENCE_DIGITS) for _ in range(2)]
        reference = f"{letters[0]}{digits[0]}{digits[1]} {letters[1]}{letters[2]}"
        if connection.execute(_taken, {"ref": reference}).first() is None:
            return reference


def forget(connection: Connection, now: datetime) -> int:
    """Delete errands whose time is over, with answers and what was never passed on; gives how many."""
    over = table.c.keep_until < now
    outbox.drop_held(connection, select(table.c.id).where(over))
    return connection.execute(delete(table).where(over)).rowcount
