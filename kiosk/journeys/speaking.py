"""A journey's texts in the citizen's language, with the facts of the site filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kiosk.journeys.fields import show
from kiosk.journeys.kinds.dates import long_date
from kiosk.journeys.kinds.kind import Voice
from kiosk.journeys.model import Journey, Step
from kiosk.journeys.phrases import context_of
from kiosk.journeys.rules import Answers, Day, first_day, last_day
from kiosk.journeys.wording import Say, Words, fill, placeholders


@dataclass(frozen=True)
class Speaker:
    """Says what a journey and its steps say, in one language."""

    journey: Journey
    say: Say
    locale: str
    facts: Mapping[str, str]

    def own(self, text: str, **params: Any) -> str:
        """A text of the journey as a whole."""
        return fill(self.say(text, self.journey.name), self._filled(params))

    def knows(self, text: str) -> bool:
        """Whether all dates that a text names can be told: one that was not given leaves the text out."""
        return placeholders(text) & self.journey.dates.keys() <= self.facts.keys()

    def step(self, step: Step, text: str, params: Mapping[str, Any] | None = None) -> str:
        """A text of a step, or (any other text) of the interface, with its braces filled in."""
        context = context_of(self.journey, step) if isinstance(text, Words) else ""
        return fill(self.say(text, context), self._filled(params or {}))

    def common(self, text: str, **params: Any) -> str:
        """A text of the interface."""
        return fill(self.say(text), self._filled(params))

    def answer(self, step: Step, value: Any) -> str:
        """An answer in words."""
        return fill(show(step, value, self.say, self.locale, context_of(self.journey, step)), self.facts)

    def voice(self, step: Step) -> Voice:
        """What a kind of field needs to put its choices in words."""
        return Voice(self.say, self.locale, context_of(self.journey, step))

    def _filled(self, params: Mapping[str, Any]) -> dict[str, str]:
        dates = {name: self._param(value) for name, value in params.items()}
        return {**self.facts, **dates}

    def _param(self, value: Any) -> str:
        return long_date(value, self.locale) if isinstance(value, date) else str(value)


def dates_of(journey: Journey, known: Answers, day: Day, locale: str) -> dict[str, str]:
    """The journey's own dates in words, as far as the answers (by step name) tell them."""
    return {
        name: long_date(last_day(first_day(known[term.of]), term.within, day), locale)
        for name, term in journey.dates.items()
        if known.get(term.of)
    }
