"""What a page says of each field to type in: its keys, its purpose, the system's own keys, its capitals."""

from collections.abc import Callable
from pathlib import Path
from shutil import copy
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests.fixtures.journeys import FOLDER, tiny
from tests.fixtures.pages import XHTML, words
from tests.fixtures.visitors import Visitor

NUMBER = "number off numeric off"
DATE = {".day": "day off numeric off", ".month": "month off numeric off", ".year": "year off numeric off"}
CODE = "code off text characters"
ADDRESS = {
    ".postcode": "code postal-code text characters",
    ".number": NUMBER,
    ".addition": "text off text off",
    ".street": "text address-line1 text sentences",
    ".town": "text address-level2 text sentences",
}
PURPOSES = {
    **{f"a_date{part}": purpose for part, purpose in DATE.items()},
    **{f"a_partial_date{part}": purpose for part, purpose in DATE.items()},
    **{f"a_address{part}": purpose for part, purpose in ADDRESS.items()},
    "a_time": "time off numeric off",
    "a_number": NUMBER,
    "a_bsn": NUMBER,
    "a_money": "money off decimal off",
    "a_text": "text off text sentences",
    "a_long_text": "text   sentences",
    "a_name": "text name text sentences",
    "a_phone": "phone tel tel off",
    "a_email": "email email email off",
    "a_iban": CODE,
    "a_plate": CODE,
    "a_document": CODE,
}
"""Pad, autocomplete token (WCAG 1.3.5), input mode and capitals, by the name of the input."""
SAID = ("data-pad", "autocomplete", "inputmode", "autocapitalize")


OF_A_FORM = {
    "a_time", "a_money", "a_bsn", "a_phone", "a_email", "a_iban", "a_plate", "a_document",
    "a_address.postcode",
}  # fmt: skip
"""The inputs that take a form of their own; a date says its parts, and itself in words."""


@pytest.mark.norm("COG-25")
def test_what_has_a_form_of_its_own_has_an_example_that_is_accepted(
    typing: Visitor,
) -> None:
    (example,) = tiny("kinds").journey.examples
    found: set[str] = set()
    while typing.page.screen == "step":
        given = dict(example.answers)
        for label in (each for each in typing.page.all("label") if samples_in(each)):
            name, (sample,) = label.get("for", "").removeprefix("input-"), samples_in(label)
            key, _, part = name.partition(".")
            given[key] = {**given[key], part: sample} if part else sample
            found.add(name)
        typing.fills_screen(given)
        assert typing.errors == {}
    assert found == OF_A_FORM


@pytest.fixture
def typing(own_site: Path, make_app: Callable[..., Flask]) -> Visitor:
    """Somebody who is asked one question of each kind."""
    copy(FOLDER / "kinds.yaml", own_site / "journeys")
    return Visitor(make_app(site=own_site).test_client()).arrives().begins("kinds")


def samples_in(label: Element) -> list[str]:
    """The example of what may be typed, in this label."""
    return [words(each.find(f"{XHTML}bdi")) for each in label.iter() if "data-sample" in each.attrib]


def test_every_field_says_which_keys_it_needs_and_what_it_is_for(
    typing: Visitor,
) -> None:
    (example,) = tiny("kinds").journey.examples
    found: dict[str, str] = {}
    while typing.page.screen == "step":
        for typed in typing.page.all(data_pad=""):
            found[typed.get("name", "")] = " ".join(typed.get(name, "") for name in SAID)
        typing.fills_screen(example.answers)
    assert found == PURPOSES
