"""Words to translate: collected into templates, brought into catalogues, and checked."""

import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from kiosk import TOP
from kiosk.journeys.easier import hardships, is_easy
from kiosk.journeys.plain import word_list
from kiosk.site import Site
from kiosk.site.shapes import SIMPLE

METHODS = [("kiosk/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
JOURNEYS = [("journeys/**.yaml", "kiosk.journeys.files:extract")]
MARKERS = {**DEFAULT_KEYWORDS, "words": None, "lazy_gettext": None}
"""What marks a text for translators: gettext's names, and `words` in the rooms that know no gettext."""

SOURCE = "nl"
"""The language in which the words of the interface are written."""
EASIER = TOP / f"translations/{SOURCE}{SIMPLE}/LC_MESSAGES/messages.po"
"""The same words for who reads with difficulty, where they are not easy."""
WORDS = word_list(tomllib.loads((TOP / f"kiosk/journeys/words_{SOURCE}.toml").read_text(encoding="utf-8")))

PLACE = re.compile(r"\{\w+\}|%\(\w+\)\w")


def collected(folder: Path, methods: list[tuple[str, str]]) -> Catalog:
    """Every text below this folder that is to be translated."""
    catalogue = Catalog(project="kiosk", copyright_holder="", msgid_bugs_address="")
    found = extract_from_dir(os.fspath(folder), methods, keywords=MARKERS, directory_filter=_is_ours)
    for file, line, text, comments, context in found:
        catalogue.add(text, None, [(file, line)], auto_comments=comments, context=context)
    return catalogue


def _is_ours(folder: str | os.PathLike[str]) -> bool:
    return Path(folder).name not in {
        "node_modules",
        "instance",
        "tests",
        ".venv",
        ".git",
        "__pycache__",
        "static",
    }


def interface() -> Catalog:
    """The words of the interface."""
    return collected(TOP, METHODS)


def journeys(site: Site) -> Catalog:
    """The words of a site's journeys."""
    return collected(site.folder, JOURNEYS)


def too_hard() -> Catalog:
    """The words of the interface that who reads with difficulty cannot read as they are."""
    catalogue = Catalog(project="kiosk", copyright_holder="", msgid_bugs_address="")
    for message in interface():
        if not all(is_easy(text, SOURCE, WORDS) for text in _texts(message.id)):
            catalogue.add(message.id, None, message.locations)
    return catalogue


def catalogues(site: Site) -> Iterator[tuple[Path, Catalog, str]]:
    """Each catalogue but that of the source: its file, its wanted words, its locale."""
    ours, theirs = interface(), journeys(site)
    yield EASIER, too_hard(), f"{SOURCE}{SIMPLE}"
    for code in tongues(site):
        yield TOP / f"translations/{code}/LC_MESSAGES/messages.po", ours, code
    for language in site.languages[1:]:
        place = Path("translations", language.code, "LC_MESSAGES")
        yield site.folder / place / "journeys.po", theirs, language.code


def tongues(site: Site) -> list[str]:
    """The languages of the interface but its source: all that it has a catalogue of, and those of the site.

    A catalogue is kept whole even if this site does not offer its language, for another may.
    """
    shipped = {file.parts[-3] for file in (TOP / "translations").glob("*/LC_MESSAGES/messages.po")}
    offered = {language.code for language in site.languages}
    return sorted((shipped | offered) - {SOURCE, f"{SOURCE}{SIMPLE}"})


def update(site: Site) -> None:
    """Write the templates, and bring every catalogue up to date; what is new waits for a translator."""
    write(TOP / "translations/messages.pot", interface())
    write(site.folder / "translations/journeys.pot", journeys(site))
    for file, wanted, code in catalogues(site):
        catalogue = read(file, code) if file.exists() else Catalog(locale=code, project="kiosk")
        catalogue.update(wanted, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.fuzzy = False
        write(file, catalogue)


def problems(site: Site) -> Iterator[str]:
    """What keeps a language from being complete, one line each."""
    templates = {
        TOP / "translations/messages.pot": interface(),
        site.folder / "translations/journeys.pot": journeys(site),
    }
    for file, wanted in templates.items():
        if not file.exists() or _keys(read(file, None)) != _keys(wanted):
            yield f"{file}:1:1: the words have changed: run ./dev messages and translate what is new"
    for file, wanted, code in catalogues(site):
        yield from gaps(file, wanted, code)
    yield from no_easier(read(EASIER, f"{SOURCE}{SIMPLE}"))


def no_easier(catalogue: Catalog) -> Iterator[str]:
    """What the easier words of the interface have that is not easy."""
    for message in (each for each in catalogue if each.id):
        for hardship in (each for text in _texts(message.string) for each in hardships(text, SOURCE, WORDS)):
            yield f"{EASIER}:{message.lineno}:1: {hardship}: {message.id}"


def _texts(said: str | Sequence[str] | None) -> list[str]:
    """The forms of a message, with a short word for each place to fill in."""
    return [PLACE.sub("x", text) for text in ([said] if isinstance(said, str) else said or ()) if text]


def gaps(file: Path, wanted: Catalog, code: str) -> Iterator[str]:
    """What one catalogue lacks of the words that it must have, one line each."""
    if not file.exists():
        yield f"{file}:1:1: there is no such catalogue: run ./dev messages"
        return
    catalogue = read(file, code)
    for message in (each for each in wanted if each.id):
        found = catalogue.get(message.id, message.context)
        if found is None or found.fuzzy or not _is_full(found):
            yield f"{file}:{found.lineno if found else 1}:1: not translated: {message.id}"
        elif any(found.check(catalogue)) or not _same_places(found):
            yield f"{file}:{found.lineno}:1: other placeholders than the source: {message.id}"


def _is_full(message: Message) -> bool:
    return all((message.string,) if isinstance(message.string, str) else message.string or ("",))


def _same_places(message: Message) -> bool:
    """Whether every translation leaves the same places to fill in as the source, `{phone}` or `%(day)s`."""
    sources, translations = (
        {frozenset(PLACE.findall(text)) for text in ([texts] if isinstance(texts, str) else texts or ())}
        for texts in (message.id, message.string)
    )
    return translations <= sources


def _keys(catalogue: Catalog) -> set[tuple[object, object]]:
    return {(message.context, message.id) for message in catalogue if message.id}


def read(file: Path, code: str | None) -> Catalog:
    """The catalogue in a file."""
    with file.open("rb") as stream:
        return read_po(stream, locale=code)


def write(file: Path, catalogue: Catalog) -> None:
    """Write a catalogue without dates and line numbers, so that it changes only when words do."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=110, omit_header=False, sort_by_file=False, include_lineno=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator', '"Language-Team')
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(line for line in lines if not line.startswith(dated)), encoding="utf-8")
