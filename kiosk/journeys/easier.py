"""Whether the easier wording of a journey (A2) is easy, and easier than what it stands for."""

from collections.abc import Iterable, Iterator

from kiosk.journeys.located import Fault
from kiosk.journeys.model import Journey
from kiosk.journeys.phrases import Phrase, phrases
from kiosk.journeys.plain import EASY, ENOUGH, WordList, flesch_douma, is_measured, syllables, words_in
from kiosk.journeys.wording import sentences

LONGEST_SENTENCE = 10
"""Words in a sentence for who reads with difficulty."""
LONGEST_WORD = 4
"""Syllables in a Dutch word for who reads with difficulty: "medewerker" is the longest kind."""


def easier_faults(journey: Journey, language: str, words: WordList) -> Iterator[Fault]:
    """What is not easy in the easier wording and, in a live journey, what has none and needs it."""
    found = [phrase for phrase in phrases(journey) if phrase.path[-1] != "word"]
    simplified = {(phrase.context, phrase.of) for phrase in found}
    for phrase in found:
        if phrase.of:
            yield from _not_easy(phrase, phrase.of, language, words)
        elif journey.state == "live" and (phrase.context, phrase.text) not in simplified:
            yield from _not_simplified(phrase, language, words)
    if language == "nl":
        yield from _level(found)


def is_easy(text: str, language: str, words: WordList) -> bool:
    """Whether who reads with difficulty can read a text as it is."""
    return not any(hardships(text, language, words))


def hardships(text: str, language: str, words: WordList) -> Iterator[str]:
    """What makes a text hard for who reads with difficulty."""
    for count in (len(sentence.split()) for sentence in sentences(text)):
        if count > LONGEST_SENTENCE:
            yield f"a sentence has {count} words"
    yield from (f'"{word}" is a hard word' for word, _, _ in words.found(text))
    if language == "nl":
        yield from (f'"{word}" is long' for word in words_in(text) if syllables(word) > LONGEST_WORD)


def is_easier(text: str, than: str, language: str, words: WordList) -> bool:
    """Whether a text is easier than another: by what makes it hard, its length or its reading level."""
    if not is_easy(than, language, words) or len(words_in(text)) < len(words_in(than)):
        return True
    return language == "nl" and flesch_douma(sentences(text)) > flesch_douma(sentences(than))


def _not_easy(phrase: Phrase, of: str, language: str, words: WordList) -> Iterator[Fault]:
    for hardship in hardships(phrase.text, language, words):
        yield Fault(phrase.path, hardship, "the easier wording must do without")
    if not is_easier(phrase.text, of, language, words):
        yield Fault(phrase.path, "this is no easier than the text itself", "make it shorter, or leave it out")


def _not_simplified(phrase: Phrase, language: str, words: WordList) -> Iterator[Fault]:
    for hardship in list(hardships(phrase.text, language, words))[:1]:
        what = f"there is no easier wording, and {hardship}"
        yield Fault(phrase.path, what, 'add "simpler:" (A2)', warning=True)


def _level(found: Iterable[Phrase]) -> Iterator[Fault]:
    found = [phrase for phrase in found if is_measured(phrase)]
    instead = {(phrase.context, phrase.of): phrase.text for phrase in found if phrase.of}
    ordinary = [phrase for phrase in found if not phrase.of]
    if not instead or len(words_in(" ".join(phrase.text for phrase in ordinary))) < ENOUGH:
        return
    before = _score(phrase.text for phrase in ordinary)
    after = _score(instead.get((phrase.context, phrase.text), phrase.text) for phrase in ordinary)
    if after < max(before, EASY):
        what = f"in easier words the reading level is {after:.0f} (Flesch-Douma), and without {before:.0f}"
        yield Fault((), what, f"make it {EASY} or more, and more than without")


def _score(texts: Iterable[str]) -> float:
    return flesch_douma([sentence for text in texts for sentence in sentences(text)])
