"""The hard words that a citizen meets, each with what it means."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.journeys.speaking import Speaker


@dataclass(frozen=True)
class HardWord:
    """A hard word and what it means, both in the citizen's language."""

    word: str
    means: str


def hard_words(speaker: Speaker, texts: Iterable[str | None]) -> tuple[HardWord, ...]:
    """The words that the journey explains and that stand in these texts, which are as its file has them."""
    whole = "\n".join(text for text in texts if text)
    return tuple(
        HardWord(speaker.own(each.word), speaker.own(each.means))
        for each in speaker.journey.explained
        if each.form.search(whole)
    )
