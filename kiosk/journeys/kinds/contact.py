"""Where somebody lives and how to reach them."""

import re
from typing import Any, ClassVar

from kiosk.journeys.kinds.kind import FieldError, Given, Kind, Voice, closed_up, input_name, wrong
from kiosk.journeys.model import Step
from kiosk.journeys.rules import Day
from kiosk.journeys.wording import words


class Phone(Kind):
    """A telephone number, kept as "+31612345678"; without a country it is Dutch."""

    personal = True
    lasting = True
    longest = 40
    missing = words("Vul een telefoonnummer in.")
    form = re.compile(r"\+[1-9][0-9]{6,14}")
    samples = ("+31612345678", "+3225550123")

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        digits = re.sub(r"[-()./]", "", closed_up(given[""].replace("(0)", "")))
        number = re.sub(r"^0(?!0)", "+31", re.sub(r"^(\+|00)31(?=0)0", "+31", re.sub(r"^00", "+", digits)))
        if not self.form.fullmatch(number) or (number.startswith("+31") and len(number) != 12):
            raise wrong(step, words("Dit nummer klopt niet. Typ het zo: 06 12345678."))
        return number

    def typed(self, step: Step, value: Any) -> dict[str, str]:
        return {"": spoken_number(value)}

    def text(self, step: Step, value: Any, voice: Voice) -> str:
        return voice.isolated(spoken_number(value))


class Email(Kind):
    """An e-mail address, its domain in small letters."""

    personal = True
    lasting = True
    longest = 254
    missing = words("Vul een e-mailadres in.")
    form = re.compile(
        r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}"
    )
    samples = ("noor@voorbeeld.example",)

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        local, at, domain = closed_up(given[""]).rpartition("@")
        address = f"{local}{at}{domain.lower()}"
        if not self.form.fullmatch(address):
            raise wrong(step, words("Dit e-mailadres klopt niet. Typ het zo: naam@voorbeeld.nl."))
        return address

    def text(self, step: Step, value: Any, voice: Voice) -> str:
        return voice.isolated(value)


class Address(Kind):
    """A Dutch address, kept by part; postcode and number are needed, street and town are welcome."""

    inputs = ("postcode", "number", "addition", "street", "town")
    personal = True
    longest = 100
    missing = words("Vul de postcode en het huisnummer in.")
    parts: ClassVar = {
        "postcode": re.compile(r"[1-9][0-9]{3}(?!SA|SD|SS)[A-Z]{2}"),
        "number": re.compile(r"[1-9][0-9]{0,4}"),
        "addition": re.compile(r"([A-Za-z0-9][A-Za-z0-9 /-]{0,5})?"),
        "street": re.compile(r".{0,100}"),
        "town": re.compile(r".{0,100}"),
    }
    problems: ClassVar = {
        "postcode": words("Typ de postcode zo: 1234 AB. De cijfers beginnen niet met 0."),
        "number": words("Typ het huisnummer met cijfers, zo: 12. De toevoeging komt apart."),
        "addition": words("De toevoeging heeft hooguit 6 letters of cijfers, zoals A of 2-hoog."),
        "street": words("Typ de naam van de straat."),
        "town": words("Typ de naam van de plaats."),
    }
    samples = (
        {"postcode": "1234AB", "number": "5"},
        {
            "postcode": "9876ZZ",
            "number": "12",
            "addition": "a",
            "street": "Dorpsstraat",
            "town": "Waterhoven",
        },
    )

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        parts = {part: re.sub(r"\s+", " ", text) for part, text in given.items()}
        parts["postcode"] = closed_up(parts["postcode"]).upper()
        joined = re.fullmatch(r"([0-9]+) ?[-/]?([^0-9].*)", parts["number"])
        if joined and not parts["addition"]:
            parts["number"], parts["addition"] = joined[1], joined[2].strip()
        bad = [part for part, form in self.parts.items() if not form.fullmatch(parts[part])]
        if bad:
            raise FieldError(*((input_name(step, part), self.problems[part], {}) for part in bad))
        return {part: text for part, text in parts.items() if text}

    def fits(self, step: Step, value: Any) -> bool:
        return (
            isinstance(value, dict)
            and value.keys() <= self.parts.keys()
            and all(form.fullmatch(str(value.get(part, ""))) for part, form in self.parts.items())
        )

    def typed(self, step: Step, value: Any) -> dict[str, str]:
        return dict(value)

    def text(self, step: Step, value: Any, voice: Voice) -> str:
        house = " ".join(filter(None, (value.get("street"), value["number"], value.get("addition"))))
        place = f"{value['postcode'][:4]} {value['postcode'][4:]} {value.get('town', '')}".strip()
        return voice.isolated(f"{house}, {place}" if "street" in value else f"{place} {house}")


def spoken_number(number: str) -> str:
    """A telephone number as it is written in the Netherlands: "06 12345678", or with its country."""
    if not number.startswith("+31"):
        return number
    national = f"0{number[3:]}"
    return f"{national[:2]} {national[2:]}" if national.startswith("06") else national
