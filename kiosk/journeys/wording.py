"""Words for citizens: marking them for translators, and filling in what is only known later."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

FACTS = frozenset({"municipality", "phone", "reception", "website", "desk"})
"""The facts of a site that any text of a journey may name between braces, beside its prices."""

PRICE = "price_"
"""What the name of a price begins with: {price_extract}."""

_PLACEHOLDER = re.compile(r"\{(\w*)\}")


class Say(Protocol):
    """Gives a text in the citizen's language; the context "" means the words of the interface."""

    def __call__(self, text: str, context: str = "") -> str: ...


class Words(str):
    """A text of a journey that translators see, with the same in easier words where it is written so."""

    simpler: "Words | None" = None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(strip_whitespace=True, min_length=1)
        return core_schema.no_info_wrap_validator_function(cls._read, text)

    @classmethod
    def _read(cls, value: Any, plain: Callable[[Any], str]) -> "Words":
        if not isinstance(value, dict):
            return cls(plain(value))
        if value.keys() != {"say", "simpler"}:
            raise ValueError('this must be text: write the text, or "say:" and "simpler:" with two of them')
        said = cls(plain(value["say"]))
        said.simpler = cls(plain(value["simpler"]))
        return said

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        text = handler(schema)
        both = {"say": text, "simpler": text}
        return {"anyOf": [text, {"type": "object", "properties": both, "required": list(both)}]}


def words(message: str) -> str:
    """The message itself; the call marks it for the translators (the keyword of the extraction)."""
    return message


def placeholders(text: str) -> frozenset[str]:
    """The names between braces in a text."""
    return frozenset(_PLACEHOLDER.findall(text))


def fill(text: str, facts: Mapping[str, object]) -> str:
    """The text with each {name} replaced by its fact; a name without a fact stays as it is."""
    if "{" not in text:
        return text
    return _PLACEHOLDER.sub(lambda found: str(facts.get(found[1], found[0])), text)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, one by one."""
    return (part for part in re.split(r"(?<=[.!?:])\s+|\n+", text) if part.strip())
