"""The environment, read once and strictly, as one frozen Settings."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn, TypeVar

TOP = Path(__file__).parents[1]
PREFIX = "KIOSK_"
SECRETS = ("KIOSK_SECRET_KEY", "KIOSK_DATA_KEYS", "KIOSK_DATABASE_URL")
PLAIN = (
    "KIOSK_SITE",
    "KIOSK_HTTPS",
    "KIOSK_IDLE_S",
    "KIOSK_WARN_S",
    "KIOSK_NOW",
    "KIOSK_DEMO",
    "KIOSK_INSTANCE",
)
KNOWN = (*SECRETS, *PLAIN, *(f"{name}_FILE" for name in SECRETS))
SHORTEST_SECRET = 16
SHORTEST_WARNING_S = 20
DATA_KEY_BYTES = 32
KEY_ID = re.compile(r"[A-Za-z0-9_.-]{1,40}")

Value = TypeVar("Value")


class SettingsError(Exception):
    """A variable of the environment that cannot be used: its name, the bad value, and what to do."""


@dataclass(frozen=True)
class Settings:
    """What one installation decides about itself."""

    site: Path
    database_url: str
    secret_key: str
    data_keys: tuple[tuple[str, bytes], ...]
    """Pairs of id and 32 bytes: the first seals what is kept, all open it."""
    https: bool = False
    idle_s: int = 120
    warn_s: int = 60
    now: datetime | None = None
    """A fixed clock, in a demonstration only."""
    demo: bool = False
    instance: Path = TOP / "instance"
    """The folder of the SQLite file, of paper/ and of delivered/."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings that these variables ask for. Raises `SettingsError`."""
        refuse_unknown(environ)
        values = {name: environ[name].strip() for name in PLAIN if environ.get(name, "").strip()}
        values |= {name: secret for name in SECRETS if (secret := read_secret(environ, name))}
        read = Reader(values)
        demo = read.get("KIOSK_DEMO", switch, False)
        instance = read.get("KIOSK_INSTANCE", absolute, TOP / "instance")
        return cls(
            site=read.get("KIOSK_SITE", folder, TOP / "kiosk" / "content"),
            database_url=read.get("KIOSK_DATABASE_URL", database_url, f"sqlite:///{instance / 'kiosk.db'}"),
            secret_key=read.need("KIOSK_SECRET_KEY", secret_key),
            data_keys=read.need("KIOSK_DATA_KEYS", data_keys),
            https=read.get("KIOSK_HTTPS", switch, False),
            idle_s=read.get("KIOSK_IDLE_S", seconds, cls.idle_s),
            warn_s=read.get("KIOSK_WARN_S", seconds_to_answer, cls.warn_s),
            now=read.get("KIOSK_NOW", moment if demo else real_clock_only, None),
            demo=demo,
            instance=instance,
        )


class Reader:
    """Casts values by name, and names the variable whose value is no good."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values

    def get(self, name: str, cast: Callable[[str], Value], default: Value) -> Value:
        """The cast value, or the default where the variable is not set."""
        return self.need(name, cast) if name in self.values else default

    def need(self, name: str, cast: Callable[[str], Value]) -> Value:
        """The cast value. Raises `SettingsError` where it is not set or cannot be cast."""
        if name not in self.values:
            raise SettingsError(f"{name} is not set: {ADVICE[name]}.")
        value = self.values[name]
        try:
            return cast(value)
        except ValueError as reason:
            shown = "(not shown)" if name in SECRETS else repr(value)
            raise SettingsError(f"{name} is {shown}: {reason}.") from None


ADVICE = {
    "KIOSK_SECRET_KEY": f"give {SHORTEST_SECRET} or more random signs, or a file in KIOSK_SECRET_KEY_FILE",
    "KIOSK_DATA_KEYS": "give id:base64 of 32 random bytes, or the file that holds it in KIOSK_DATA_KEYS_FILE",
}


def refuse_unknown(environ: Mapping[str, str]) -> None:
    """Raises `SettingsError` for the first KIOSK_ variable that means nothing here."""
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in KNOWN:
            near = get_close_matches(name, KNOWN, n=1, cutoff=0.8)
            hint = f"did you mean {near[0]}?" if near else f"the settings are {', '.join(KNOWN)}."
            raise SettingsError(f"{name} is no setting: {hint}")


def read_secret(environ: Mapping[str, str], name: str) -> str:
    """The secret from its variable or from the file that NAME_FILE names; "" where neither is set."""
    value, file = environ.get(name, "").strip(), environ.get(f"{name}_FILE", "").strip()
    if value and file:
        raise SettingsError(f"{name} and {name}_FILE are both set: keep one of them.")
    if not file:
        return value
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as reason:
        problem = reason.strerror if isinstance(reason, OSError) else "it holds no text"
        raise SettingsError(
            f"{name}_FILE is {file!r}: {problem}; name a file that this user can read."
        ) from None


def switch(value: str) -> bool:
    """True or False."""
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if value.lower() not in words:
        raise ValueError("write 1 or 0")
    return words[value.lower()]


def seconds(value: str) -> int:
    """A whole number of seconds above 0."""
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise ValueError("write a whole number of seconds above 0")
    return int(value)


def seconds_to_answer(value: str) -> int:
    """Seconds of a warning, enough to read it and tap (WCAG 2.2, 2.2.1)."""
    if seconds(value) < SHORTEST_WARNING_S:
        raise ValueError(f"people need {SHORTEST_WARNING_S} seconds or more to answer")
    return seconds(value)


def moment(value: str) -> datetime:
    """A moment in UTC; one without a zone is taken as UTC, a day alone as its noon."""
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("write a moment as 2027-03-31T10:00+02:00") from None
    if len(value) <= len("2027-03-31"):
        read = datetime.combine(read, time(12))
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)


def real_clock_only(_value: str) -> NoReturn:
    """Raises `ValueError`: outside a demonstration nobody fixes the clock."""
    raise ValueError("only a demonstration may fix its clock; take it away, or set KIOSK_DEMO=1")


def absolute(value: str) -> Path:
    """The path from the root of the file system, wherever the process stands later."""
    return Path(value).absolute()


def folder(value: str) -> Path:
    """A folder that exists."""
    if not Path(value).is_dir():
        raise ValueError("there is no such folder; name the folder that holds site.toml")
    return absolute(value)


def database_url(value: str) -> str:
    """The address of an SQLite file or a PostgreSQL database."""
    if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("write sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE")
    return value


def secret_key(value: str) -> str:
    """The key that signs."""
    if len(value) < SHORTEST_SECRET:
        raise ValueError(f"{len(value)} characters are too few; give {SHORTEST_SECRET} or more random ones")
    return value


def data_keys(value: str) -> tuple[tuple[str, bytes], ...]:
    """Pairs of id and key from `id:base64,id:base64`."""
    keys = tuple(data_key(part.strip()) for part in value.split(","))
    if len(dict(keys)) < len(keys):
        raise ValueError("an id stands in it twice; give every key its own id")
    return keys


def data_key(part: str) -> tuple[str, bytes]:
    """One pair of id and key."""
    name, _, text = part.partition(":")
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if not KEY_ID.fullmatch(name) or len(key) != DATA_KEY_BYTES:
        raise ValueError("write id:base64 of 32 bytes, with commas between keys; an id is like 2027-1")
    return name, key
