"""Staff sign in, go on duty and sign out."""

from threading import Event, Thread

import pytest

from kiosk.records import attempts, staff
from kiosk.records.database import Database
from kiosk.records.tables import metadata
from tests.fixtures.people import ANNA, HANA, NOON, after

PASSWORD = "welkom"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing that takes no time: how slow it is for real is argon2's own default."""
    monkeypatch.setattr(staff, "_hasher", staff.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def employed(database: Database) -> Database:
    """A database that knows Anna and Hana."""
    with database.write() as connection:
        for member in (ANNA, HANA):
            staff.put(connection, member, PASSWORD)
    return database


def test_who_signs_in_is_known_by_the_token(employed: Database) -> None:
    token = staff.sign_in(employed, "anna", PASSWORD, NOON)
    with employed.read() as connection:
        assert token and staff.by_token(connection, token, NOON) == ANNA


def test_neither_the_token_nor_the_password_is_kept(employed: Database) -> None:
    token = staff.sign_in(employed, "anna", PASSWORD, NOON)
    with employed.read() as connection:
        rows = [
            connection.execute(metadata.tables[name].select()).all() for name in ("staff", "staff_session")
        ]
    assert token and token not in str(rows) and PASSWORD not in str(rows)


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong"), ("nobody", PASSWORD), ("anna", "")])
def test_a_wrong_name_or_password_opens_nothing(employed: Database, name: str, password: str) -> None:
    assert staff.sign_in(employed, name, password, NOON) is None


def test_an_unknown_name_costs_the_same_check_as_a_wrong_password(
    employed: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    right = staff._right
    monkeypatch.setattr(
        staff, "_right", lambda hashed, password: checked.append(password) or right(hashed, password)
    )
    staff.sign_in(employed, "nobody", "guess", NOON)
    assert checked == ["guess"]


def test_others_go_on_writing_while_a_password_is_checked(
    employed: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Event()

    def write() -> None:
        with employed.write() as connection:
            staff.set_duty(connection, "hana", True, NOON)
        written.set()

    def check(_hashed: str | None, _password: str) -> bool:
        Thread(target=write).start()
        return written.wait(timeout=3)

    monkeypatch.setattr(staff, "_right", check)
    assert staff.sign_in(employed, "anna", PASSWORD, NOON)


def test_after_ten_wrong_passwords_the_right_one_waits_five_minutes(employed: Database) -> None:
    for _ in range(10):
        staff.sign_in(employed, "anna", "wrong", NOON)
    with pytest.raises(staff.SignInThrottled):
        staff.sign_in(employed, "anna", PASSWORD, after(minutes=4))
    assert staff.sign_in(employed, "hana", PASSWORD, after(minutes=4))
    assert staff.sign_in(employed, "anna", PASSWORD, after(minutes=6))


def test_guesses_at_the_same_moment_count_against_each_other(
    employed: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check_while_others_guess(_hashed: str | None, _password: str) -> bool:
        with employed.write() as connection:
            for _ in range(10):
                attempts.note(connection, "sign-in", "anna", NOON)
        return True

    monkeypatch.setattr(staff, "_right", check_while_others_guess)
    with pytest.raises(staff.SignInThrottled):
        staff.sign_in(employed, "anna", PASSWORD, NOON)


def test_a_session_ends_after_eight_hours_without_use(employed: Database) -> None:
    token = staff.sign_in(employed, "anna", PASSWORD, NOON)
    assert token
    with employed.write() as connection:
        staff.touch(connection, token, after(hours=3))
        assert staff.by_token(connection, token, after(hours=10))
        assert staff.by_token(connection, token, after(hours=11, seconds=1)) is None


def test_a_session_ends_after_twelve_hours_however_busy(employed: Database) -> None:
    token = staff.sign_in(employed, "anna", PASSWORD, NOON)
    assert token
    with employed.write() as connection:
        staff.touch(connection, token, after(hours=7))
        staff.touch(connection, token, after(hours=11))
        assert staff.by_token(connection, token, after(hours=12)) is None


def test_signing_out_ends_the_session(employed: Database) -> None:
    token = staff.sign_in(employed, "anna", PASSWORD, NOON)
    assert token
    with employed.write() as connection:
        staff.sign_out(connection, token)
        assert staff.by_token(connection, token, NOON) is None


def test_signing_in_puts_nobody_on_duty_and_the_switch_does(employed: Database) -> None:
    staff.sign_in(employed, "anna", PASSWORD, NOON)
    with employed.write() as connection:
        assert staff.on_duty(connection, NOON) == []
        staff.set_duty(connection, "anna", True, NOON)
        assert [member.name for member in staff.on_duty(connection, after(minutes=2))] == ["anna"]
        staff.set_duty(connection, "anna", False, NOON)
        assert staff.on_duty(connection, NOON) == []


def test_who_forgets_to_go_off_duty_is_off_duty_the_next_day(employed: Database) -> None:
    with employed.write() as connection:
        staff.set_duty(connection, "anna", True, NOON)
        staff.beat(connection, "anna", after(hours=13))
        assert staff.on_duty(connection, after(hours=13)) == []


def test_who_is_on_duty_stays_so_while_their_screen_is_there(employed: Database) -> None:
    with employed.write() as connection:
        staff.set_duty(connection, "anna", True, NOON)
        staff.beat(connection, "anna", after(minutes=2))
        assert [member.name for member in staff.on_duty(connection, after(minutes=4))] == ["anna"]
        assert staff.on_duty(connection, after(minutes=5)) == []


def test_a_screen_of_somebody_off_duty_puts_nobody_on_duty(employed: Database) -> None:
    with employed.write() as connection:
        staff.beat(connection, "anna", NOON)
        assert staff.on_duty(connection, NOON) == []


def test_who_is_with_a_client_is_on_duty_and_busy_until_they_go_off_it(employed: Database) -> None:
    with employed.write() as connection:
        staff.set_duty(connection, "anna", True, NOON)
        staff.set_busy(connection, "anna", True)
        assert [member.busy for member in staff.on_duty(connection, NOON)] == [True]
        staff.set_duty(connection, "anna", True, NOON)
        assert [member.busy for member in staff.on_duty(connection, NOON)] == [False]


def test_changing_somebody_leaves_their_password_and_duty(employed: Database) -> None:
    with employed.write() as connection:
        staff.set_duty(connection, "anna", True, NOON)
        staff.put(connection, staff.Staff("anna", "Anna", ("supervisor",), (), ("nl",), "library"), None)
    token = staff.sign_in(employed, "anna", PASSWORD, NOON)
    with employed.read() as connection:
        member = token and staff.by_token(connection, token, NOON)
    assert member and (member.place, member.on_duty) == ("library", True)


def test_somebody_without_a_password_cannot_sign_in(database: Database) -> None:
    with database.write() as connection:
        staff.put(connection, ANNA, None)
    assert staff.sign_in(database, "anna", "", NOON) is None
