"""Reading `site.toml`: every problem with its line, its column and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kiosk.site.named import Named
from kiosk.site.shapes import Brand, Entry, SiteFile

CONTRAST = 7.0  # WCAG 2.2, 1.4.6 (AAA)
WHITE, DARK_CARD = "#ffffff", "#151d25"
Keys = tuple[str, ...]
KEYED = {"languages": "code", "places": "name", "profiles": "name", "kiosks": "name", "staff": "name"}


class SiteError(Exception):
    """The site folder cannot be used; its text is lines of `file:line:column: what: what to do`."""


def read_file(folder: Path) -> SiteFile:
    """The checked `site.toml` of this folder; raises SiteError with every problem found."""
    path = folder / "site.toml"
    text = _text(path)
    positions = _positions(text)

    def located(place: Keys, what: str) -> str:
        line, column = _nearest(positions, place)
        return f"{path}:{line}:{column}: {what}"

    try:
        file = SiteFile.model_validate(_named(_table(path, text)))
    except ValidationError as error:
        raise SiteError("\n".join(located(*_said(problem)) for problem in error.errors())) from None
    if problems := [located(*problem) for problem in _problems(file, folder)]:
        raise SiteError("\n".join(problems))
    return file


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SiteError(
            f"{path}:1:1: {error.strerror}: point KIOSK_SITE at a folder with a site.toml"
        ) from None
    except UnicodeDecodeError:
        raise SiteError(f"{path}:1:1: this is not UTF-8 text: save it as UTF-8") from None


def _table(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
        line, column = at.groups() if at else (len(text.splitlines()), 1)
        what = str(error)[: at.start()] if at else str(error)
        raise SiteError(
            f"{path}:{line}:{column}: {what}: correct this line (a name may stand here once)"
        ) from None


def _named(table: dict[str, Any]) -> dict[str, Any]:
    """The same table, in which every entry of a keyed section also carries its key."""
    named = dict(table)
    for section, key in KEYED.items():
        if isinstance(entries := table.get(section), dict):
            named[section] = {
                name: {**entry, key: name} if isinstance(entry, dict) else entry
                for name, entry in entries.items()
            }
    return named


def _positions(text: str) -> dict[Keys, tuple[int, int]]:
    """Where each table and key of a TOML text stands, which tomllib does not tell."""
    found: dict[Keys, tuple[int, int]] = {(): (1, 1)}
    table: Keys = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            table = _keys(header[1])
            found[table] = (number, header.start(1) + 1)
        elif key := re.match(r"\s*((?:[\w-]+|\"[^\"]*\")(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"))*)\s*=", line):
            found[table + _keys(key[1])] = (number, key.start(1) + 1)
    return found


def _keys(dotted: str) -> Keys:
    return tuple(part.strip().strip('"') for part in dotted.split("."))


def _nearest(positions: dict[Keys, tuple[int, int]], place: Keys) -> tuple[int, int]:
    while place not in positions:
        place = place[:-1]
    return positions[place]


def _said(problem: Any) -> tuple[Keys, str]:
    """Where a problem found by pydantic is, and what it is in our words."""
    place = tuple(str(part) for part in problem["loc"] if part != "[key]")
    name = ".".join(place)
    match problem["type"]:
        case "missing":
            return place, f"{name} is missing: add it"
        case "extra_forbidden":
            return place, f"{name} means nothing here: remove it or check its spelling{_hint(place)}"
        case _:
            return place, f"{name}: {problem['msg'].removeprefix('Value error, ')}: change it"


def _hint(place: Keys) -> str:
    known = {field for shape in Entry.__subclasses__() for field in shape.model_fields}
    close = get_close_matches(place[-1], known, n=1)
    return f" (perhaps {close[0]})" if close else ""


def _problems(file: SiteFile, folder: Path) -> Iterator[tuple[Keys, str]]:
    """What no single value shows: names that lead nowhere, faint colours, a logo that is not there."""
    yield from _faint(file.brand)
    if not (folder / file.logo).is_file():
        yield ("logo",), f"there is no file {file.logo} in the site folder: add it or name another"
    for kiosk in file.kiosks.values():
        yield from _unknown(("kiosks", kiosk.name, "place"), kiosk.place, file.places)
        yield from _unknown(("kiosks", kiosk.name, "profile"), kiosk.profile, file.profiles)
        yield from _misnamed(("kiosks", kiosk.name, "desk"), kiosk.desk, file)
    for place in file.places.values():
        yield from _misnamed(("places", place.name, "title"), place.title, file)
        yield from _misnamed(("places", place.name, "reception"), place.reception, file)
    for member in file.staff.values():
        yield from _unknown(("staff", member.name, "place"), member.place, file.places)
    if alarm := file.rings.webhook:
        yield from _unknown(("rings", "webhook", "delivery"), alarm.delivery, file.deliveries)
    for code in file.spoken.keys() - file.languages.keys():
        yield ("spoken", code), f"there is no language {code}: choose one of {', '.join(file.languages)}"
    for day in set(file.open_on_holidays) - set(file.holidays):
        yield ("open_on_holidays",), f"{day} is not among the holidays: add it there or remove it here"


def _unknown(place: Keys, name: str, known: dict[str, Any]) -> Iterator[tuple[Keys, str]]:
    if name not in known:
        yield place, f"there is no {place[-1]} {name}: choose one of {', '.join(known)}"


def _misnamed(place: Keys, name: Named, file: SiteFile) -> Iterator[tuple[Keys, str]]:
    """A name in a language that is not offered, or that does not begin with the site's own."""
    own = next(iter(file.languages))
    if name.others and next(iter(name.others)) != own:
        yield place, f"this does not begin with the site's own language: write {own} first"
    for code in name.others.keys() - file.languages.keys():
        yield place, f"there is no language {code}: choose one of {', '.join(file.languages)}"


def _faint(brand: Brand) -> Iterator[tuple[Keys, str]]:
    pairs = (
        ("colour", brand.colour, WHITE),
        ("on_colour", brand.on_colour, brand.colour),
        ("dark", brand.dark, DARK_CARD),
        ("on_dark", brand.on_dark, brand.dark),
    )
    for key, colour, ground in pairs:
        if (ratio := contrast(colour, ground)) < CONTRAST:
            what = f"{colour} on {ground} has a contrast of {ratio:.2f} to 1"
            yield ("brand", key), f"{what}: choose a colour of at least {CONTRAST:.0f} to 1"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2.2 defines it, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
