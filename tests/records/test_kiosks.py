"""Which browser is which kiosk."""

from kiosk.records import kiosks
from kiosk.records.database import Database
from tests.fixtures.people import HANA, NOON, after


def test_an_enrolled_device_is_its_kiosk(database: Database) -> None:
    with database.write() as connection:
        token = kiosks.enrol(connection, "zuil-1", NOON)
        other = kiosks.enrol(connection, "zuil-1", NOON)
        assert [kiosks.by_token(connection, each, NOON) for each in (token, other, "x")] == [
            "zuil-1",
            "zuil-1",
            None,
        ]


def test_a_code_makes_one_device_the_kiosk_in_place_of_the_former(database: Database) -> None:
    with database.write() as connection:
        former = kiosks.enrol(connection, "zuil-1", NOON)
        code = kiosks.invite(connection, "zuil-1", NOON)
        token = kiosks.redeem(connection, code.lower(), after(minutes=59))
        assert token and kiosks.by_token(connection, token, NOON) == "zuil-1"
        assert kiosks.by_token(connection, former, NOON) is None
        assert kiosks.redeem(connection, code, after(minutes=59)) is None


def test_a_code_of_more_than_an_hour_ago_is_worth_nothing(database: Database) -> None:
    with database.write() as connection:
        code = kiosks.invite(connection, "zuil-1", NOON)
        assert kiosks.redeem(connection, code, after(minutes=61)) is None


def test_codes_cannot_be_guessed_in_bulk(database: Database) -> None:
    with database.write() as connection:
        code = kiosks.invite(connection, "zuil-1", NOON)
        for _ in range(10):
            kiosks.redeem(connection, "2222222222", NOON)
        assert kiosks.redeem(connection, code, after(seconds=30)) is None
        assert kiosks.redeem(connection, code, after(seconds=90))


def test_a_printer_can_be_given_changed_and_taken_away(database: Database) -> None:
    with database.write() as connection:
        assert kiosks.printer(connection, "zuil-1") is None
        for uri in ("ipp://one/print", "ipp://two/print", None):
            kiosks.set_printer(connection, "zuil-1", uri)
            assert kiosks.printer(connection, "zuil-1") == uri
        kiosks.enrol(connection, "zuil-1", NOON)
        assert kiosks.all_(connection) == [kiosks.KioskState("zuil-1", None, 1)]


def test_a_kiosk_is_locked_with_a_reason_until_somebody_unlocks_it(database: Database) -> None:
    with database.write() as connection:
        assert kiosks.standing(connection, "zuil-1") == kiosks.Standing()
        kiosks.lock(connection, "zuil-1", "Het scherm flikkert", HANA, NOON)
        kiosks.offer(connection, "zuil-1", "moving", HANA, NOON)
        locked = kiosks.standing(connection, "zuil-1")
        kiosks.unlock(connection, "zuil-1")
        free = kiosks.standing(connection, "zuil-1")
    assert (locked.locked_by, locked.locked_why, locked.offered) == ("hana", "Het scherm flikkert", "moving")
    assert (free.locked_by, free.locked_why, free.offered) == (None, None, "moving")


def test_what_is_offered_is_withdrawn(database: Database) -> None:
    with database.write() as connection:
        kiosks.offer(connection, "zuil-1", "moving", HANA, NOON)
        kiosks.withdraw(connection, "zuil-1")
        assert kiosks.standing(connection, "zuil-1") == kiosks.Standing()
