"""What every kind of field can do, and how typed text is cleaned before a kind sees it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from babel import Locale

from kiosk.journeys.model import Step
from kiosk.journeys.rules import Day
from kiosk.journeys.wording import Say, words

Given = Mapping[str, str]
"""Cleaned text by part of the input name; "" is the input that bears the step's own name."""

_JOINERS = "\u200c\u200d"
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class FieldError(Exception):
    """An answer that cannot be taken; `problems` holds (input name, message, values for its braces)."""

    def __init__(self, *problems: tuple[str, str, Mapping[str, Any]]) -> None:
        super().__init__(*problems)
        self.problems = problems


def wrong(step: Step, message: str, part: str = "", /, **params: Any) -> FieldError:
    """The error of one input of a step."""
    return FieldError((input_name(step, part), message, params))


def input_name(step: Step, part: str = "") -> str:
    """The name of an input: the step's, or the step's with a part behind a dot."""
    return f"{step.name}.{part}" if part else step.name


def clean(text: str) -> str:
    """The text with ASCII digits, in composed form, without control signs and marks of direction."""
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(map(_cleaned, composed)).strip()


def _cleaned(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if sign in "\n\t" or sign in _JOINERS or unicodedata.category(sign) not in _DROPPED:
        return sign
    return ""


def closed_up(text: str) -> str:
    """The text without any space or joining sign."""
    return re.sub(rf"[\s{_JOINERS}]+", "", text)


@dataclass(frozen=True)
class Voice:
    """How to put an answer in words: the translations, the locale, the context of the step's texts."""

    say: Say
    locale: str
    context: str = ""

    def own(self, text: str) -> str:
        """A text of the step itself in the citizen's language."""
        return self.say(text, self.context)

    def isolated(self, text: str) -> str:
        """Left-to-right text that keeps its order inside a right-to-left sentence."""
        return isolated(text, self.locale)

    def kept_whole(self, text: str) -> str:
        """People's own text, in whatever script: in a right-to-left sentence it keeps its own order."""
        return f"\u2068{text}\u2069" if text_direction(self.locale) == "rtl" else text


def isolated(text: str, locale: str) -> str:
    """Left-to-right text that keeps its order inside a sentence of that locale."""
    return f"\u2066{text}\u2069" if text_direction(locale) == "rtl" else text


@lru_cache(maxsize=64)
def text_direction(locale: str) -> str:
    """The direction of writing of a locale: "ltr" or "rtl"."""
    return str(Locale.parse(locale).text_direction)


class Kind:
    """One kind of field.

    `inputs` are the parts of its input name, `longest` caps each of them, `missing` is said when
    nothing is given, and `samples` are answers that fit, for trying out journeys. Staff must open an answer
    of a `sensitive` kind to see it. One of a `personal` kind says who somebody is; one of a
    `lasting` kind is the same wherever it is asked; one that is not `printable` is on no paper ever.
    """

    inputs: ClassVar[tuple[str, ...]] = ("",)
    sensitive: ClassVar[bool] = False
    personal: ClassVar[bool] = False
    lasting: ClassVar[bool] = False
    printable: ClassVar[bool] = True
    longest: ClassVar[int] = 200
    missing: ClassVar[str] = words("Vul dit in.")
    form: ClassVar[re.Pattern[str]] = re.compile(r".+", re.DOTALL)
    samples: ClassVar[tuple[Any, ...]] = ()

    def given(self, step: Step, form: Mapping[str, Sequence[str]]) -> Given:
        """What was typed, cleaned, by part; raises FieldError for text beyond `longest`."""
        texts = {part: " ".join(form.get(input_name(step, part), ())) for part in self.inputs}
        for part, text in texts.items():
            if len(text) > self.longest:
                raise wrong(
                    step,
                    words("Dit is te lang. Maak het korter: hooguit {most} tekens."),
                    part,
                    most=self.longest,
                )
        return {part: clean(text) for part, text in texts.items()}

    def parse(self, step: Step, given: Given, day: Day) -> Any:
        """The value of what was typed, within the step's limits or beyond them; raises FieldError."""
        raise NotImplementedError

    def limit(self, step: Step, value: Any, day: Day) -> None:
        """Raise FieldError for a value beyond the limits that the step sets."""

    def fits(self, step: Step, value: Any) -> bool:
        """Whether a kept value still has this kind's form; what depends on the day is not asked again."""
        return isinstance(value, str) and self.form.fullmatch(value) is not None

    def typed(self, step: Step, value: Any) -> dict[str, str]:
        """The value as it may be typed again, by part."""
        return {"": str(value)}

    def text(self, step: Step, value: Any, voice: Voice) -> str:
        """The value in words."""
        return str(value)

    def try_out(self, step: Step, day: Day) -> tuple[Any, ...]:
        """Values that fit, for trying out a journey."""
        return self.samples
