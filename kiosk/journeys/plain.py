"""Whether the words of a journey are plain: sentences, reading level and hard words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import mean
from typing import Any, Literal

from kiosk.journeys.located import Fault
from kiosk.journeys.model import Journey
from kiosk.journeys.phrases import Phrase, phrases
from kiosk.journeys.wording import placeholders, sentences

LONGEST_SENTENCE = 15
"""Words in a sentence that most people still take in at once."""
TOO_LONG_SENTENCE = 20
"""Words in a sentence that a kiosk does without."""
MEAN_SENTENCE = 10
"""Words in a sentence on average."""
EASY, READABLE = 80, 70
"""Flesch-Douma: what to aim at (80 and more is easy), and what is too hard for a kiosk."""
ENOUGH = 100
"""Words from which a reading level says something."""

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_SYLLABLE = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ou|au|[aeiouyàáâäèéêëìíîïòóôöùúûü]", re.IGNORECASE
)
_NO_SENTENCES = ("label", "title", "choices")


Grade = Literal["banned", "hard", "needed"]


@dataclass(frozen=True)
class Turn:
    """A turn of phrase to doubt: the form that tells it, what it is, and what to write instead."""

    form: re.Pattern[str]
    what: str
    todo: str


@dataclass(frozen=True)
class WordList:
    """Words to leave out (`banned`) or to doubt (`hard`), each with a plainer one; those `needed` stay."""

    banned: Mapping[str, str]
    hard: Mapping[str, str]
    needed: frozenset[str] = frozenset()
    turns: tuple[Turn, ...] = ()

    def found(self, text: str) -> Iterator[tuple[str, str, Grade]]:
        """The words of a text that are in the list, with the plainer word for each, if any, and its grade."""
        for match in self._form.finditer(text) if self._form else ():
            word = match[0].lower()
            plainer = self.banned.get(word) or self.hard.get(word, "")
            yield match[0], plainer, self._grade(word)

    def turned(self, text: str) -> Iterator[tuple[str, Turn]]:
        """The turns of phrase in a text, each with the words that make it."""
        for sentence in sentences(text):
            for turn in self.turns:
                if found := turn.form.search(sentence):
                    yield found[0], turn

    def _grade(self, word: str) -> Grade:
        if word in self.needed:
            return "needed"
        return "banned" if word in self.banned else "hard"

    @cached_property
    def _form(self) -> re.Pattern[str] | None:
        words = sorted({*self.banned, *self.hard, *self.needed}, key=len, reverse=True)
        either = "|".join(map(re.escape, words))
        return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if words else None


NO_WORDS = WordList({}, {})


def word_list(*tables: Mapping[str, Any]) -> WordList:
    """What several lists say together: tables of `banned`, `hard` and `needed` words, and of `turns`."""
    return WordList(
        {word: plain for table in tables for word, plain in table.get("banned", {}).items()},
        {word: plain for table in tables for word, plain in table.get("hard", {}).items()},
        frozenset(word.lower() for table in tables for word in table.get("needed", ())),
        tuple(_turn(**each) for table in tables for each in table.get("turns", ())),
    )


def _turn(form: str, what: str, todo: str) -> Turn:
    return Turn(re.compile(form, re.IGNORECASE | re.VERBOSE), what, todo)


def plain_faults(journey: Journey, language: str, words: WordList) -> Iterator[Fault]:
    """What is hard to read in a journey's own language."""
    ordinary = [phrase for phrase in phrases(journey) if not phrase.of and phrase.path[-1] != "word"]
    for phrase in ordinary:
        yield from _long(phrase)
        yield from _listed(phrase, words, journey)
        yield from _turned(phrase, words)
    if language == "nl":
        yield from _level([phrase for phrase in ordinary if is_measured(phrase)])


def is_measured(phrase: Phrase) -> bool:
    """Whether a text is made of sentences, so that it counts for the reading level."""
    return not set(_NO_SENTENCES) & set(phrase.path)


def _long(phrase: Phrase) -> Iterator[Fault]:
    for sentence in sentences(phrase.text):
        count = len(sentence.split())
        if count > LONGEST_SENTENCE:
            what = f"a sentence has {count} words"
            todo = f"make it {LONGEST_SENTENCE} or fewer"
            yield Fault(phrase.path, what, todo, warning=count <= TOO_LONG_SENTENCE)


def _listed(phrase: Phrase, words: WordList, journey: Journey) -> Iterator[Fault]:
    for word, plainer, grade in words.found(phrase.text):
        if grade == "banned":
            yield Fault(phrase.path, f'"{word}" is the language of the office', f'write "{plainer}"')
        elif not any(each.form.fullmatch(word) for each in journey.explained):
            instead = f'write "{plainer}", or explain' if plainer and grade == "hard" else "explain"
            todo = f'{instead} it under "explained:"'
            yield Fault(phrase.path, f'"{word}" is a hard word', todo, warning=grade == "hard")


def _turned(phrase: Phrase, words: WordList) -> Iterator[Fault]:
    for found, turn in words.turned(phrase.text):
        yield Fault(phrase.path, f'"{found}" {turn.what}', turn.todo, warning=True)


def _level(texts: Iterable[Phrase]) -> Iterator[Fault]:
    texts = list(texts)
    whole = [sentence for phrase in texts for sentence in sentences(phrase.text)]
    lengths = [len(words_in(sentence)) for sentence in whole]
    if sum(lengths) < ENOUGH:
        return
    if mean(lengths) > MEAN_SENTENCE:
        what = f"sentences have {mean(lengths):.1f} words on average"
        yield Fault((), what, f"make that {MEAN_SENTENCE} or fewer", warning=True)
    score = flesch_douma(whole)
    if score < EASY:
        hardest = min([phrase for phrase in texts if len(words_in(phrase.text)) > 5] or texts, key=_score)
        what = f"the reading level is {score:.0f} (Flesch-Douma), and this is the hardest text"
        yield Fault(hardest.path, what, f"aim at {EASY} or more", warning=score >= READABLE)


def _score(phrase: Phrase) -> float:
    return flesch_douma(list(sentences(phrase.text)))


def flesch_douma(found: Iterable[str]) -> float:
    """How easy Dutch sentences read, from 0 (very hard) to 100 (very easy).

    W.H. Douma, De leesbaarheid van landbouwbladen, Wageningen 1960: 206.84 - 0.93 words a sentence
    - 77 syllables a word.
    """
    lengths = [words_in(sentence) for sentence in found]
    words = [word for sentence in lengths for word in sentence]
    return 206.84 - 0.93 * len(words) / len(lengths) - 77 * sum(map(syllables, words)) / len(words)


def syllables(word: str) -> int:
    """The syllables of a Dutch word, counted by its groups of vowels."""
    return max(1, len(_SYLLABLE.findall(word)))


def words_in(text: str) -> list[str]:
    """The words of a text, with a short one for each place to fill in."""
    for name in placeholders(text):
        text = text.replace(f"{{{name}}}", "x")
    return _WORD.findall(text)
