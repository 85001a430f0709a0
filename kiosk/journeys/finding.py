"""Finding a journey by people's own words: stems of its question, its title and the words its author gave."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import snowballstemmer

from kiosk.journeys.files import Version

STEMMERS = {"nl": "dutch", "en": "english", "ar": "arabic", "de": "german", "fr": "french", "tr": "turkish"}
"""The Snowball stemmer of a language; words of any other are compared as they are."""
SHORTEST = 3
"""Letters of a word that says anything; "ik" and "de" stand in every question."""
LONGEST = 200
_WORD = re.compile(r"[^\W\d_]+")


def find(query: str, versions: Sequence[Version], language: str) -> list[Version]:
    """The journeys that what was typed points to, the best first; `language` is the citizen's.

    A word counts when it has the same stem as a word of the journey, or begins one. The author's own words
    are in the site's language, and are looked up in that as well.
    """
    typed = query[:LONGEST]
    scored = [(_score(typed, version, language), version) for version in versions]
    return [version for score, version in sorted(scored, key=lambda pair: -pair[0]) if score]


def _score(typed: str, version: Version, language: str) -> int:
    languages = dict.fromkeys((version.language, language))
    return max(_matches(set(stems(typed, each)), set(_said(version, each))) for each in languages)


def _matches(asked: set[str], said: set[str]) -> int:
    exact = len(asked & said)
    begun = sum(any(word.startswith(stem) for word in said) for stem in asked - said)
    return 2 * exact + begun


def _said(version: Version, language: str) -> Iterator[str]:
    journey, say = version.journey, version.say(language)
    own = journey.search if language == version.language else ()
    for text in (say(journey.question, journey.name), say(journey.title, journey.name), *own):
        yield from stems(text, language)


def stems(text: str, language: str) -> tuple[str, ...]:
    """The stems of the words in a text that say something."""
    return tuple(_stem(word, language) for word in _WORD.findall(text.casefold()) if len(word) >= SHORTEST)


@lru_cache(maxsize=4096)
def _stem(word: str, language: str) -> str:
    name = STEMMERS.get(language)
    return str(snowballstemmer.stemmer(name).stemWord(word)) if name else word
