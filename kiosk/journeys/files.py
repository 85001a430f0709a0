"""Journey files and catalogues on disk: read into a Version, or refused with a place for every problem."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.pofile import PoFileError, read_po
from pydantic import ValidationError

from kiosk.journeys import located, soundness
from kiosk.journeys.located import Fault, Located
from kiosk.journeys.model import Journey
from kiosk.journeys.phrases import phrases
from kiosk.journeys.wording import Say, placeholders

Catalogue = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a journey, where, and what to do about it."""

    file: str
    line: int
    column: int
    step: str
    what: str
    todo: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.step}: {self.what}: {self.todo}"


class BrokenJourney(Exception):
    """A journey that cannot be used; `problems` says why, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class UnknownJourney(LookupError):
    """No journey of this name is on the shelf."""


@dataclass(frozen=True)
class Version:
    """A journey with its words in every language, known by the hash of both."""

    text: str
    language: str
    words: Mapping[str, Catalogue]
    journey: Journey

    @cached_property
    def id(self) -> str:
        """Sixteen hexadecimal signs that change with any change of rules or words."""
        return hashlib.sha256(self.to_text().encode()).hexdigest()[:16]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The source language and those in which every text has its translation."""
        return (self.language, *(one for one in sorted(self.words) if not any(self.missing(one))))

    def missing(self, language: str) -> Iterator[tuple[str, str]]:
        """The (context, text) pairs that lack a translation with the same {names}."""
        catalogue = self.words.get(language, {})
        for context, text, *_ in phrases(self.journey):
            translated = catalogue.get((context, text))
            if not translated or placeholders(translated) != placeholders(text):
                yield context, text

    def say(self, language: str, simple: bool = False) -> Say:
        """The journey's words in a language: a function from text and context to text.

        In `simple` words a text is said as its easier wording; where a language lacks that, as it is.
        """
        catalogue = self.words.get(language, {})
        simpler = self.simpler if simple else {}

        def said(text: str, context: str = "") -> str:
            easier = simpler.get((context, text), text)
            return catalogue.get((context, easier)) or catalogue.get((context, text), easier)

        return said

    @cached_property
    def simpler(self) -> Catalogue:
        """The easier wording of each text that has one, in the language of the journey."""
        return {(each.context, each.of): each.text for each in phrases(self.journey) if each.of}

    def to_text(self) -> str:
        """All of the version as JSON, to be kept."""
        return self._as_text

    @cached_property
    def _as_text(self) -> str:
        words = {
            language: [[*key, text] for key, text in sorted(catalogue.items())]
            for language, catalogue in sorted(self.words.items())
        }
        whole = {"language": self.language, "text": self.text, "words": words}
        return json.dumps(whole, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_text(cls, kept: str) -> "Version":
        """The version that `to_text` wrote; needs no file."""
        whole = json.loads(kept)
        words = {
            language: {(context, text): translated for context, text, translated in entries}
            for language, entries in whole["words"].items()
        }
        return cls(whole["text"], whole["language"], words, parse(whole["text"]))


@lru_cache(maxsize=64)
def parse(text: str, file: str = "journey.yaml") -> Journey:
    """The journey that a file's text describes, read once; raises BrokenJourney."""
    try:
        found = located.read(text)
    except located.Unreadable as unreadable:
        raise BrokenJourney([_at(file, unreadable.place, "journey", unreadable.fault)]) from None
    try:
        journey = Journey.model_validate(found.data)
        faults = list(soundness.faults(journey))
    except ValidationError as error:
        faults = [located.explained(details) for details in error.errors()]
    if faults:
        problems = {problem_at(file, found, fault) for fault in faults}
        raise BrokenJourney(
            sorted(problems, key=lambda problem: (problem.line, problem.column, problem.what))
        )
    return journey


def problem_at(file: str, found: Located, fault: Fault) -> Problem:
    """A fault with its place in the file."""
    return _at(file, found.place(fault.path), found.step(fault.path), fault)


def _at(file: str, place: tuple[int, int], step: str, fault: Fault) -> Problem:
    return Problem(file, *place, step, fault.what, fault.todo, fault.warning)


def read_version(path: Path, catalogues: Path, language: str) -> Version:
    """The version that a journey file and the catalogues of its site make; raises BrokenJourney.

    `catalogues` holds `<language>/LC_MESSAGES/journeys.po`; `language` is that of the journey file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        fault = Fault(
            (), f"the file cannot be read ({error})", "save it as UTF-8 text that this program may read"
        )
        raise BrokenJourney([_at(str(path), (1, 1), "journey", fault)]) from None
    journey = parse(text, str(path))
    if journey.name != path.stem:
        fault = Fault(
            ("journey",),
            f'the file is called "{path.name}" but the journey "{journey.name}"',
            "give both the same name",
        )
        raise BrokenJourney([problem_at(str(path), located.read(text), fault)])
    keys = {(context, str(words)) for context, words, *_ in phrases(journey)}
    words = {
        catalogue.parts[-3]: {key: said for key, said in _translations(catalogue).items() if key in keys}
        for catalogue in catalogue_files(catalogues)
        if catalogue.parts[-3] != language
    }
    return Version(text, language, words, journey)


def catalogue_files(folder: Path) -> list[Path]:
    """The catalogues of journeys under a folder of translations."""
    return sorted(folder.glob("*/LC_MESSAGES/journeys.po"))


def _translations(path: Path) -> Catalogue:
    return _read_catalogue(path, *_stamp(path)[1:])


@lru_cache(maxsize=32)
def _read_catalogue(path: Path, _changed: int, _size: int) -> Catalogue:
    """The finished translations in a catalogue; keyed by its stamp, so that a change is seen."""
    try:
        with path.open("rb") as file:
            messages = read_po(file, abort_invalid=True)
    except (OSError, PoFileError, ValueError) as error:
        fault = Fault(
            (), f"the catalogue cannot be read ({error})", "open it in a translation editor and save it again"
        )
        raise BrokenJourney(
            [_at(str(path), (getattr(error, "lineno", 1) or 1, 1), "catalogue", fault)]
        ) from None
    return {
        (message.context or "", message.id): message.string
        for message in messages
        if isinstance(message.id, str) and message.id and isinstance(message.string, str)
        if message.string and not message.fuzzy
    }


@dataclass(frozen=True)
class _Shelved:
    """What is known of one file: its stamp, the last good version, and what is wrong with it now."""

    stamp: tuple[Any, ...]
    version: Version | None
    problems: tuple[Problem, ...]


class Shelf:
    """The journeys of a site: read anew when a file changes, each at its last good version.

    `order` names the journeys that come first; the others follow by file name. `last_good` gives a journey
    whose file this shelf never saw in order; it is asked at a refresh, not when the shelf is made.
    """

    def __init__(
        self,
        folder: Path,
        language: str,
        order: Sequence[str] = (),
        last_good: Callable[[str], Version | None] = lambda _: None,
    ) -> None:
        self._folder, self._language, self._order = folder, language, tuple(order)
        self._last_good = last_good
        self._shelved: Mapping[Path, _Shelved] = {}
        self._read()

    def refresh(self) -> None:
        """Take in what changed on disk; costs a look at the stamps when nothing did."""
        self._read()
        lost = {path: each for path, each in self._shelved.items() if each.version is None}
        found = {path: replace(each, version=self._last_good(path.stem)) for path, each in lost.items()}
        if found:
            self._shelved = {**self._shelved, **found}

    def _read(self) -> None:
        catalogues = tuple(map(_stamp, catalogue_files(self._folder / "translations")))
        fresh = {path: self._look(path, (_stamp(path), catalogues)) for path in self._files()}
        if fresh != self._shelved:
            self._shelved = fresh

    def versions(self) -> tuple[Version, ...]:
        """The last good version of each journey, in the order of the start screen."""
        return tuple(shelved.version for shelved in self._shelved.values() if shelved.version)

    def version(self, journey: str) -> Version:
        """The last good version of a journey; raises UnknownJourney."""
        for version in self.versions():
            if version.journey.name == journey:
                return version
        raise UnknownJourney(journey)

    def problems(self) -> tuple[Problem, ...]:
        """What keeps the newest files from being used."""
        return tuple(problem for shelved in self._shelved.values() for problem in shelved.problems)

    def _files(self) -> list[Path]:
        first = {name: number for number, name in enumerate(self._order)}
        paths = (self._folder / "journeys").glob("*.yaml")
        return sorted(paths, key=lambda path: (first.get(path.stem, len(first)), path.name))

    def _look(self, path: Path, stamp: tuple[Any, ...]) -> _Shelved:
        former = self._shelved.get(path)
        if former and former.stamp == stamp:
            return former
        try:
            return _Shelved(stamp, read_version(path, self._folder / "translations", self._language), ())
        except BrokenJourney as broken:
            return _Shelved(stamp, former.version if former else None, broken.problems)


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        status = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), status.st_mtime_ns, status.st_size


def extract(
    fileobj: BinaryIO, _keywords: Any, _comment_tags: Any, **_options: Any
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Babel's extractor for journey files: every text with its line, as pgettext(context, text)."""
    text = fileobj.read().decode("utf-8-sig")
    found = located.read(text)
    for context, words, path, _ in phrases(parse(text, getattr(fileobj, "name", "journey.yaml"))):
        yield found.place(path)[0], "pgettext", (context, str(words)), []
