"""Numbers that some register gave out."""

import re
from typing import Any

from kiosk.journeys.kinds.kind import Given, Kind, Voice, closed_up, wrong
from kiosk.journeys.model import Step
from kiosk.journeys.rules import Day
from kiosk.journeys.wording import words


class Register(Kind):
    """A number in capitals without spaces or dashes; `amiss` says how to mend one of another form."""

    longest = 60
    sensitive = True
    personal = True
    amiss = words("Dit klopt niet. Kijk nog eens goed.")

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        value = self.tidy(re.sub(r"[-.]", "", closed_up(given[""])).upper())
        if not self.fits(step, value):
            raise wrong(step, self.amiss)
        return value

    def tidy(self, value: str) -> str:
        """The last touch before the check."""
        return value

    def grouped(self, value: str) -> str:
        """The value as people write it."""
        return value

    def typed(self, step: Step, value: Any) -> dict[str, str]:
        return {"": self.grouped(value)}

    def text(self, step: Step, value: Any, voice: Voice) -> str:
        return voice.isolated(self.grouped(value))


class Iban(Register):
    """A bank account number (ISO 13616) that passes its own check."""

    missing = words("Vul een IBAN in.")
    amiss = words("Dit IBAN klopt niet. Kijk op uw bankpas en typ het opnieuw.")
    form = re.compile(r"NL[0-9]{2}[A-Z]{4}[0-9]{10}|(?!NL)[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
    samples = ("NL91ABNA0417164300",)

    def fits(self, step: Step, value: Any) -> bool:
        return (
            super().fits(step, value)
            and int("".join(str(int(sign, 36)) for sign in value[4:] + value[:4])) % 97 == 1
        )

    def grouped(self, value: str) -> str:
        return " ".join(re.findall(r".{1,4}", value))


class Plate(Register):
    """A Dutch number plate."""

    longest = 20
    sensitive = False
    missing = words("Vul een kenteken in.")
    amiss = words("Dit kenteken klopt niet. Het heeft 6 letters en cijfers, zoals 12-AB-34.")
    form = re.compile(r"(?=.*[0-9])(?=.*[A-Z])[A-Z0-9]{6}")
    samples = ("12AB34", "G001BB")

    def grouped(self, value: str) -> str:
        return "-".join(re.findall(r"[A-Z]{2}(?=[A-Z]{2})|[0-9]{2}(?=[0-9]{2})|[A-Z]+|[0-9]+", value))


class Document(Register):
    """The number of a passport, identity card or another document."""

    longest = 40
    missing = words("Vul het nummer van het document in.")
    amiss = words("Dit nummer klopt niet. Typ alle letters en cijfers van het document over.")
    form = re.compile(r"(?=.*[0-9])[A-Z0-9]{5,20}")
    samples = ("SPECI2014",)


class Bsn(Register):
    """A citizen service number that passes the eleven test (Wet algemene bepalingen bsn)."""

    printable = False
    longest = 20
    missing = words("Vul uw burgerservicenummer in.")
    amiss = words("Dit nummer klopt niet. Een burgerservicenummer heeft 9 cijfers.")
    form = re.compile(r"[0-9]{9}")
    samples = ("999990019",)

    def tidy(self, value: str) -> str:
        return value.zfill(9) if len(value) == 8 else value

    def fits(self, step: Step, value: Any) -> bool:
        if not super().fits(step, value) or value == "000000000":
            return False
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        return sum(weight * int(digit) for weight, digit in zip(weights, value, strict=True)) % 11 == 0
