"""A name that citizens read, which may be said otherwise in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

ASKED = 'this must be text: write the text, or one for each language, {nl = "balie 2", en = "desk 2"}'


class Named(str):
    """A name as the site's own language says it; `others` has it by the code of each language, if any."""

    others: Mapping[str, str] = {}

    def spoken(self, locale: str) -> str:
        """The name in the language of a locale: "en_GB", or "nl@simple"."""
        return self.others.get(re.split("[_@]", locale)[0], str(self))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls._read)

    @classmethod
    def _read(cls, value: object) -> Named:
        texts: dict[str, Any] = value if isinstance(value, dict) else {"": value}
        if not texts or not all(isinstance(text, str) and text.strip() for text in texts.values()):
            raise ValueError(ASKED)
        named = cls(next(iter(texts.values())))
        named.others = {code: text for code, text in texts.items() if code}
        return named
