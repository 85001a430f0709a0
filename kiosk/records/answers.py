"""Answers: what was entered in an errand, by whom, and how two who write lose none. Used by `errands`."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from kiosk.records.sealing import open_, open_all, seal
from kiosk.records.tables import answer, visit
from kiosk.records.tables import errand as errand_table

if TYPE_CHECKING:
    from kiosk.records.errands import Errand

CITIZEN = "citizen"
"""Who entered an answer, where it was no member of staff (these by the name they sign in with)."""

_NOTHING = object()
_NOBODY: Mapping[str, str] = MappingProxyType({})
_answers = (
    select(answer.c.key, answer.c.value, answer.c.by)
    .where(answer.c.errand == bindparam("this"))
    .order_by(answer.c.given_at)
)
claim_visit = update(visit).where(visit.c.id == bindparam("of")).values(touched=bindparam("now"))
_move_on = (
    update(errand_table)
    .where(errand_table.c.id == bindparam("this"), errand_table.c.state == "open")
    .values(shown_at=bindparam("now"))
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


class Overtaken(Exception):
    """Somebody else answered since this errand was read: look at it again before anything is kept."""


def answers_of(connection: Connection, errand_id: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers of an errand, the one given first first, and which of them staff entered: key -> who."""
    rows = connection.execute(_answers, {"this": errand_id}).all()
    answers = open_all(connection, (row[:2] for row in rows), f"answer.value.{errand_id}.")
    return answers, {key: by for key, _, by in rows if by != CITIZEN}


def reasons_of(connection: Connection, errand_id: str) -> dict[str, tuple[str, str]]:
    """Which answers officials let pass beyond a limit: key -> who (by sign-in name), and why."""
    return {
        row.key: (row.by, open_(connection, row.why, "answer", "why", f"{errand_id}.{row.key}"))
        for row in connection.execute(_let_pass, {"this": errand_id})
    }


def save_answers(
    connection: Connection,
    errand: "Errand",
    values: Mapping[str, Any],
    now: datetime,
    by: str = CITIZEN,
    why: str = "",
    *,
    shared: bool = False,
) -> bool:
    """Keep these answers beside the others and touch the visit; False when the errand is no longer open.

    `why` an official let them pass beyond a limit is sealed with them. One that stays as it was keeps both
    who entered it and why. While others may write too (`shared`), it raises `Overtaken` where one of them
    gave another of these answers since the errand was read.
    """
    if not connection.execute(_move_on, {"this": errand.id, "now": now}).rowcount:
        return False
    if shared and _overtaken(connection, errand, values, by):
        raise Overtaken
    _write(connection, errand, _changed(errand, values), now, dict.fromkeys(values, by), why)
    connection.execute(claim_visit, {"of": errand.visit, "now": now})
    return True


def _overtaken(connection: Connection, errand: "Errand", keys: Iterable[str], by: str) -> bool:
    """Whether somebody else gave one of these answers since the errand was read; it must be held by now."""
    answers, entered_by = answers_of(connection, errand.id)
    return any(
        entered_by.get(key, CITIZEN) != by and answers[key] != errand.answers.get(key, _NOTHING)
        for key in keys
        if key in answers
    )


def replace_answers(
    connection: Connection,
    errand: "Errand",
    answers: Mapping[str, Any],
    now: datetime,
    entered_by: Mapping[str, str] = _NOBODY,
) -> bool:
    """Let these be all the answers; False when the errand is no longer open.

    Raises `Overtaken` when its answers are no longer those that were read.
    """
    if not connection.execute(_move_on, {"this": errand.id, "now": now}).rowcount:
        return False
    put(connection, errand, answers, now, entered_by)
    connection.execute(claim_visit, {"of": errand.visit, "now": now})
    return True


def put(
    connection: Connection,
    errand: "Errand",
    answers: Mapping[str, Any],
    now: datetime,
    entered_by: Mapping[str, str],
) -> None:
    """Put these answers in the place of those that were read, which must be there still."""
    if answers_of(connection, errand.id)[0] != errand.answers:
        raise Overtaken
    _write(connection, errand, _changed(errand, answers), now, entered_by)
    connection.execute(_drop_others, {"this": errand.id, "keys": list(answers)})


def _write(
    connection: Connection,
    errand: "Errand",
    values: Mapping[str, Any],
    now: datetime,
    entered_by: Mapping[str, str],
    why: str = "",
) -> None:
    rows = [
        {
            "errand": errand.id,
            "key": key,
            "value": seal(connection, value, "answer", "value", f"{errand.id}.{key}"),
            "by": entered_by.get(key, CITIZEN),
            "given_at": now,
            "why": seal(connection, why, "answer", "why", f"{errand.id}.{key}") if why else None,
        }
        for key, value in values.items()
    ]
    if rows:
        connection.execute(_save, rows)


def _changed(errand: "Errand", answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that are not kept with this errand already."""
    kept = errand.answers
    return {key: value for key, value in answers.items() if key not in kept or kept[key] != value}
