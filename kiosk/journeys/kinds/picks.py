"""Answers picked from what is offered."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from babel import Locale

from kiosk.journeys.kinds.kind import Given, Kind, Voice, wrong
from kiosk.journeys.model import Step
from kiosk.journeys.rules import Day
from kiosk.journeys.wording import words

_NOT_COUNTRIES = frozenset({"CQ", "EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
STATELESS = "XX"


class Pick(Kind):
    """One of the keys on offer."""

    missing = words("Kies een antwoord.")
    pictures: ClassVar[Mapping[str, str]] = {}
    """The drawings of keys that no file names; `static/pictures` holds them."""

    def keys(self, step: Step, locale: str = "nl") -> Collection[str]:
        """The keys on offer, in the order in which they are shown."""
        return step.choices

    def label(self, step: Step, key: str, voice: Voice) -> str:
        """The words for one key."""
        return voice.own(step.choices[key].say)

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        if not self.fits(step, given[""]):
            raise wrong(step, words("Dit antwoord kennen wij niet. Kies een antwoord uit de lijst."))
        return given[""]

    def fits(self, step: Step, value: Any) -> bool:
        return isinstance(value, str) and value in self.keys(step)

    def text(self, step: Step, value: Any, voice: Voice) -> str:
        return self.label(step, value, voice)

    def try_out(self, step: Step, day: Day) -> tuple[Any, ...]:
        return tuple(self.keys(step))


class Picks(Pick):
    """One or more of the keys on offer, kept in the order of the file."""

    longest = 2000
    missing = words("Kies één of meer antwoorden.")

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        picked = given[""].split()
        if not set(picked) <= set(step.choices):
            raise wrong(step, words("Dit antwoord kennen wij niet. Kies een antwoord uit de lijst."))
        return [key for key in step.choices if key in picked]

    def fits(self, step: Step, value: Any) -> bool:
        return (
            isinstance(value, list)
            and bool(value)
            and all(super(Picks, self).fits(step, key) for key in value)
        )

    def typed(self, step: Step, value: Any) -> dict[str, str]:
        return {"": " ".join(value)}

    def text(self, step: Step, value: Any, voice: Voice) -> str:
        return ", ".join(self.label(step, key, voice) for key in value)

    def try_out(self, step: Step, day: Day) -> tuple[Any, ...]:
        return (*([key] for key in step.choices), list(step.choices))


class YesNo(Pick):
    """Yes, no or, unless the step says otherwise, "I do not know"."""

    labels: ClassVar[Mapping[str, str]] = {
        "yes": words("Ja"),
        "no": words("Nee"),
        "unknown": words("Dat weet ik niet"),
    }
    missing = words("Kies ja of nee.")
    pictures: ClassVar[Mapping[str, str]] = {"yes": "yes", "no": "no", "unknown": "question"}

    def keys(self, step: Step, locale: str = "nl") -> Collection[str]:
        return ("yes", "no", "unknown") if step.unknown else ("yes", "no")

    def label(self, step: Step, key: str, voice: Voice) -> str:
        return voice.say(self.labels[key])


class Consent(YesNo):
    """A tick that must be set to go on."""

    labels: ClassVar[Mapping[str, str]] = {"yes": words("Ja, dat is goed")}
    missing = words("Vink dit aan als u verder wilt. Wilt u dit niet? Roep dan iemand.")

    def keys(self, step: Step, locale: str = "nl") -> Collection[str]:
        return ("yes",)


class Country(Pick):
    """A country, kept as its ISO 3166-1 code of two letters."""

    missing = words("Kies een land.")

    def keys(self, step: Step, locale: str = "nl") -> Collection[str]:
        return countries(locale)

    def label(self, step: Step, key: str, voice: Voice) -> str:
        return countries(voice.locale)[key]

    def try_out(self, step: Step, day: Day) -> tuple[Any, ...]:
        return ("NL", "SY")


class Nationality(Country):
    """The country of a nationality, or XX for who has none."""

    def keys(self, step: Step, locale: str = "nl") -> Collection[str]:
        return (*countries(locale), STATELESS)

    def label(self, step: Step, key: str, voice: Voice) -> str:
        if key == STATELESS:
            return voice.say(words("Geen nationaliteit"))
        return super().label(step, key, voice)


@lru_cache(maxsize=64)
def countries(locale: str) -> Mapping[str, str]:
    """The name of every country by its code, in the order of the names."""
    names = Locale.parse(locale).territories.items()
    named = {code: name for code, name in names if len(code) == 2 and code not in _NOT_COUNTRIES}
    return dict(sorted(named.items(), key=lambda item: item[1].casefold()))
