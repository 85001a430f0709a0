"""Sealed values open only with their key, unchanged, in their own place."""

import pytest

from kiosk.records import visits
from kiosk.records.database import CannotOpen, Database, open_, rotate, seal
from kiosk.records.sealing import Keys
from kiosk.records.tables import answer
from tests.fixtures.databases import DATA_KEYS
from tests.fixtures.people import NOON, a_visit, an_errand

PLACE = ("answer", "value", "e1.date")
OLD, NEW = ("test", DATA_KEYS[0][1]), ("new", bytes(32))


@pytest.mark.parametrize("value", [None, True, 0, "", "Zoë ☃ عربي", ["a"], {"street": "Kade"}])
def test_a_sealed_value_opens_in_its_own_place(database: Database, value: object) -> None:
    with database.read() as connection:
        assert open_(connection, seal(connection, value, *PLACE), *PLACE) == value


@pytest.mark.parametrize(
    "place", [("answer", "value", "e2.date"), ("answer", "by", "e1.date"), ("outbox", *PLACE[1:])]
)
def test_a_value_moved_to_another_place_does_not_open(
    database: Database, place: tuple[str, str, str]
) -> None:
    with database.read() as connection, pytest.raises(CannotOpen):
        open_(connection, seal(connection, "x", *PLACE), *place)


def test_a_value_of_which_any_byte_was_changed_does_not_open() -> None:
    keys = Keys(DATA_KEYS)
    blob = keys.seal(b"x", "place")
    for position in range(len(blob)):
        changed = bytearray(blob)
        changed[position] ^= 1
        with pytest.raises(CannotOpen):
            keys.open(bytes(changed), "place")


@pytest.mark.parametrize("length", range(0, 30, 3))
def test_a_value_that_was_cut_off_does_not_open(length: int) -> None:
    keys = Keys(DATA_KEYS)
    with pytest.raises(CannotOpen):
        keys.open(keys.seal(b"x", "place")[:length], "place")


def test_a_value_sealed_by_an_unknown_key_does_not_open() -> None:
    with pytest.raises(CannotOpen, match="key"):
        Keys([NEW]).open(Keys([OLD]).seal(b"x", "place"), "place")


def test_the_same_value_never_looks_the_same_twice() -> None:
    keys = Keys(DATA_KEYS)
    assert keys.seal(b"x", "place") != keys.seal(b"x", "place")


def test_after_rotation_the_old_key_may_go(database: Database, database_url: str) -> None:
    with database.write() as connection:
        errand = an_errand(connection, date="2027-04-01", name="Jansen")
        visits.prefer(connection, errand.visit, "chosen", {"size": "200"})
    with Database(database_url, [NEW, OLD]).write() as connection:
        assert rotate(connection) == 3
        assert rotate(connection) == 0
    with Database(database_url, [NEW]).read() as connection:
        found = visits.errand(connection, errand.visit, 1)
    assert found and found.answers == {"date": "2027-04-01", "name": "Jansen"}


def test_a_visit_that_was_parked_before_the_keys_changed_goes_on(
    database: Database, database_url: str
) -> None:
    with database.write() as connection:
        code = visits.park(connection, a_visit(connection)[0], NOON)
    with Database(database_url, [NEW, OLD]).write() as connection:
        assert visits.unpark(connection, code, kiosk="zuil-1", now=NOON)


def test_answers_swapped_between_errands_do_not_open(database: Database) -> None:
    with database.write() as connection:
        one, other = an_errand(connection, name="Jansen"), an_errand(connection, name="Bakker")
        stolen = answer.select().where(answer.c.errand == other.id)
        value = connection.execute(stolen).one().value
        connection.execute(answer.update().where(answer.c.errand == one.id).values(value=value))
        with pytest.raises(CannotOpen):
            visits.errand(connection, one.visit, 1)
