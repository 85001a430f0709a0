"""Numbers and money."""

import re
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency, format_decimal

from kiosk.journeys.kinds.kind import Given, Kind, Voice, closed_up, wrong
from kiosk.journeys.model import Step
from kiosk.journeys.rules import Day
from kiosk.journeys.wording import words


class Number(Kind):
    """A whole number, kept as such; without `at least` it is zero or more."""

    missing = words("Vul een getal in.")
    samples = (0, 1, 2, 12, 100)

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        digits = re.sub(r"\.(?=[0-9]{3}(\D|$))", "", closed_up(given[""]))
        if not re.fullmatch(r"-?[0-9]{1,12}", digits):
            raise wrong(step, words("Vul een heel getal in. Gebruik alleen cijfers."))
        return int(digits)

    def limit(self, step: Step, value: Any, day: Day) -> None:
        within(step, value)

    def fits(self, step: Step, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    def text(self, step: Step, value: Any, voice: Voice) -> str:
        return str(format_decimal(value, locale=voice.locale))

    def try_out(self, step: Step, day: Day) -> tuple[Any, ...]:
        limits = (step.at_least or 0, step.at_most or 100)
        return tuple(sorted({*limits, *(value for value in self.samples if limits[0] <= value <= limits[1])}))


class Money(Kind):
    """Euros, kept as text with two decimals: "1234.50"."""

    missing = words("Vul een bedrag in.")
    form = re.compile(r"-?[0-9]{1,12}\.[0-9]{2}")
    samples = ("0.00", "12.50", "1500.00", "100000.00")

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        text = closed_up(given[""]).translate(str.maketrans("٫٬", ",.", "€"))
        whole, cents = _divided(text.removesuffix(",-"))
        if not re.fullmatch(r"-?[0-9]{1,12}", whole):
            raise wrong(step, words("Vul een bedrag in, zoals € 12,50."))
        return str(Decimal(f"{whole}.{cents:0<2}"))

    def limit(self, step: Step, value: Any, day: Day) -> None:
        within(step, Decimal(value))

    def typed(self, step: Step, value: Any) -> dict[str, str]:
        return {"": value.replace(".", ",")}

    def text(self, step: Step, value: Any, voice: Voice) -> str:
        return str(format_currency(Decimal(value), "EUR", locale=voice.locale))


def within(step: Step, value: int | Decimal) -> None:
    """Raise FieldError when the value is beyond the step's limits."""
    least = step.at_least or 0
    if value < least:
        raise wrong(step, words("Dit is te laag. Vul {limit} of meer in."), limit=least)
    if step.at_most is not None and value > step.at_most:
        raise wrong(step, words("Dit is te hoog. Vul {limit} of minder in."), limit=step.at_most)


def _divided(text: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.*?)(?:[.,]([0-9]{1,2}))?", text)
    whole, cents = (found[1], found[2]) if found else (text, None)
    return re.sub(r"[.,](?=[0-9]{3}([.,]|$))", "", whole), cents or "00"
