"""The environment gives settings, or one message that says what to do."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.settings import TOP, Settings, SettingsError

KEY = base64.b64encode(bytes(range(32))).decode()
OLDER_KEY = base64.b64encode(bytes(32)).decode()
ENOUGH = {"KIOSK_SECRET_KEY": "sixteen or more signs", "KIOSK_DATA_KEYS": f"one:{KEY}"}


def settings(**variables: str) -> Settings:
    return Settings.from_environment({**ENOUGH, **variables})


def refusal(environ: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(environ)
    return str(refused.value)


def test_two_secrets_are_enough_to_begin_with() -> None:
    found = settings(PATH="/bin", PORT="8000")
    assert found == Settings(
        site=TOP / "kiosk" / "content",
        database_url=f"sqlite:///{TOP / 'instance' / 'kiosk.db'}",
        secret_key="sixteen or more signs",
        data_keys=(("one", bytes(range(32))),),
    )


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        settings().demo = True  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("KIOSK_HTTPS", "1", "https", True),
        ("KIOSK_HTTPS", "no", "https", False),
        ("KIOSK_HTTPS", "", "https", False),
        ("KIOSK_IDLE_S", "90", "idle_s", 90),
        ("KIOSK_WARN_S", " 30 ", "warn_s", 30),
        ("KIOSK_DEMO", "true", "demo", True),
        (
            "KIOSK_DATABASE_URL",
            "postgresql+psycopg://u@db/kiosk",
            "database_url",
            "postgresql+psycopg://u@db/kiosk",
        ),
        ("KIOSK_INSTANCE", "/srv/kiosk", "instance", Path("/srv/kiosk")),
        ("KIOSK_INSTANCE", "/srv/kiosk", "database_url", "sqlite:////srv/kiosk/kiosk.db"),
        (
            "KIOSK_DATA_KEYS",
            f"new-1:{KEY}, old:{OLDER_KEY}",
            "data_keys",
            (("new-1", bytes(range(32))), ("old", bytes(32))),
        ),
    ],
)
def test_a_variable_is_read(name: str, value: str, field: str, expected: object) -> None:
    assert getattr(settings(**{name: value}), field) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2027-03-31T10:00+02:00", datetime(2027, 3, 31, 8, tzinfo=UTC)),
        ("2027-03-31T10:00:00Z", datetime(2027, 3, 31, 10, tzinfo=UTC)),
        ("2027-03-31T10:00", datetime(2027, 3, 31, 10, tzinfo=UTC)),
        ("2027-03-31", datetime(2027, 3, 31, 12, tzinfo=UTC)),
    ],
)
def test_a_demonstration_may_stand_still_in_time(value: str, expected: datetime) -> None:
    assert settings(KIOSK_DEMO="1", KIOSK_NOW=value).now == expected


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"KIOSK_HTTPS": "maybe"}, ("KIOSK_HTTPS", "'maybe'", "1 or 0")),
        ({"KIOSK_IDLE_S": "2m"}, ("KIOSK_IDLE_S", "'2m'", "whole number of seconds")),
        ({"KIOSK_IDLE_S": "0"}, ("KIOSK_IDLE_S", "above 0")),
        ({"KIOSK_WARN_S": "-5"}, ("KIOSK_WARN_S", "'-5'")),
        ({"KIOSK_WARN_S": "²"}, ("KIOSK_WARN_S", "'²'")),
        ({"KIOSK_WARN_S": "19"}, ("KIOSK_WARN_S", "'19'", "20 seconds or more")),
        ({"KIOSK_NOW": "2027-03-31"}, ("KIOSK_NOW", "demonstration", "KIOSK_DEMO=1")),
        ({"KIOSK_NOW": "soon", "KIOSK_DEMO": "1"}, ("KIOSK_NOW", "'soon'", "2027-03-31T10:00")),
        ({"KIOSK_SITE": "/no/such/place"}, ("KIOSK_SITE", "'/no/such/place'", "site.toml")),
        ({"KIOSK_SECRET_KEY": ""}, ("KIOSK_SECRET_KEY is not set", "KIOSK_SECRET_KEY_FILE")),
        ({"KIOSK_SECRET_KEY": "short"}, ("KIOSK_SECRET_KEY", "5 characters", "16")),
        ({"KIOSK_DATA_KEYS": ""}, ("KIOSK_DATA_KEYS is not set", "base64")),
        ({"KIOSK_DATA_KEYS": KEY}, ("KIOSK_DATA_KEYS", "id:base64")),
        ({"KIOSK_DATA_KEYS": "one:c2hvcnQ="}, ("KIOSK_DATA_KEYS", "32 bytes")),
        ({"KIOSK_DATA_KEYS": f"one:{KEY},"}, ("KIOSK_DATA_KEYS", "commas")),
        ({"KIOSK_DATA_KEYS": f"one:{KEY},one:{OLDER_KEY}"}, ("KIOSK_DATA_KEYS", "twice")),
        ({"KIOSK_DATABASE_URL": "mysql://root:hush@db"}, ("KIOSK_DATABASE_URL", "postgresql+psycopg://")),
        ({"KIOSK_IDEL_S": "9"}, ("KIOSK_IDEL_S", "did you mean KIOSK_IDLE_S?")),
        ({"KIOSK_XYZZY": "9"}, ("KIOSK_XYZZY", "the settings are", "KIOSK_SITE")),
    ],
)
def test_a_bad_value_is_refused_by_name_with_what_to_do(
    variables: dict[str, str], words: tuple[str, ...]
) -> None:
    message = refusal({**ENOUGH, **variables})
    assert [word for word in words if word not in message] == []


@pytest.mark.parametrize("name", ["KIOSK_SECRET_KEY", "KIOSK_DATA_KEYS", "KIOSK_DATABASE_URL"])
def test_a_refusal_never_shows_a_secret(name: str) -> None:
    assert "hush" not in refusal({**ENOUGH, name: "hush"})


@pytest.mark.parametrize("name", ["KIOSK_SECRET_KEY", "KIOSK_DATA_KEYS"])
def test_a_secret_may_stand_in_a_file(tmp_path: Path, name: str) -> None:
    file = tmp_path / "secret"
    file.write_text(ENOUGH[name] + "\n")
    environ = {**ENOUGH, f"{name}_FILE": str(file)}
    del environ[name]
    assert Settings.from_environment(environ) == settings()


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    assert "both set" in refusal({**ENOUGH, "KIOSK_SECRET_KEY_FILE": str(tmp_path / "secret")})


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_without_a_readable_secret_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    message = refusal({"KIOSK_DATA_KEYS": ENOUGH["KIOSK_DATA_KEYS"], "KIOSK_SECRET_KEY_FILE": str(file)})
    assert message.startswith(f"KIOSK_SECRET_KEY_FILE is {str(file)!r}: ")
