"""Free text: a line, a longer text, a name."""

import re
from typing import Any, ClassVar
from unicodedata import category

from kiosk.journeys.kinds.kind import Given, Kind, Voice, wrong
from kiosk.journeys.model import Step
from kiosk.journeys.rules import Day
from kiosk.journeys.wording import words


class Line(Kind):
    """One line of text, in which people may name somebody."""

    personal = True
    samples: ClassVar[tuple[Any, ...]] = ("Tekst",)

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        return re.sub(r"\s+", " ", given[""])

    def text(self, step: Step, value: Any, voice: Voice) -> str:
        return voice.kept_whole(value)


class LongText(Kind):
    """Text of several lines, in which people may tell anything."""

    longest = 2000
    sensitive = True
    personal = True
    samples = ("Tekst\nen nog een regel",)

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        return re.sub(r"\n{3,}", "\n\n", given[""])


class PersonName(Line):
    """A person's name, in any script."""

    longest = 100
    missing = words("Vul de naam in.")
    samples = ("Noor de Wit", "نور")

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        name = str(super().parse(step, given, day))
        letters = re.sub(r"[\s.'’‘\-\u200c\u200d]", "", name)
        if not letters or not all(map(_writes_names, letters)):
            raise wrong(step, words("Een naam heeft alleen letters. Haal andere tekens weg."))
        return name


def _writes_names(sign: str) -> bool:
    return category(sign)[0] in "LM"
