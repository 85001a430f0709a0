"""The guide to writing a journey: it names every key, and its examples are those of the files."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from kiosk import TOP
from kiosk.journeys import located, model, pieces
from kiosk.journeys.fields import KINDS
from kiosk.journeys.files import Version, parse
from kiosk.journeys.model import RESERVED
from kiosk.journeys.review import review
from kiosk.site.shapes import Wording
from tests.fixtures.journeys import FOLDER, SITE

GUIDE = (TOP / "docs/journeys.md").read_text(encoding="utf-8")
CODE = re.findall(r"```.*?```|`[^`\n]+`", GUIDE, re.DOTALL)
CITED = re.findall(r"`([^`\n]+)` \((\*[a-z]+\*|[a-z_]+\.yaml)\)", GUIDE)


def keys() -> Iterator[str]:
    """Every key that may stand in a journey file."""
    for kind in (*vars(model).values(), *vars(pieces).values()):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from (field.alias or name for name, field in kind.model_fields.items())


@pytest.mark.parametrize("key", sorted(set(keys())))
def test_every_key_is_explained(key: str) -> None:
    assert any(re.search(rf"(?<![\w.]){key}(?!\w)", code) for code in CODE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_field_is_explained(kind: str) -> None:
    assert f"`{kind}`" in GUIDE


def test_every_name_that_is_taken_is_listed() -> None:
    taken = re.search(r"cannot name a part or step: `([^`]+)`", GUIDE)
    assert taken and set(taken[1].split()) == RESERVED


def file_of(place: str) -> Path:
    """The file that a mark in the guide means: *moving* or repeat.yaml."""
    return SITE / "journeys" / f"{place.strip('*')}.yaml" if place.startswith("*") else FOLDER / place


@pytest.mark.parametrize(("example", "place"), CITED, ids=[example[:40] for example, _ in CITED])
def test_an_example_stands_in_the_file_that_is_named(example: str, place: str) -> None:
    whole = located.read(file_of(place).read_text(encoding="utf-8")).data
    assert any(within(each, located.read(example).data) for each in inside(whole))


def inside(data: Any) -> Iterator[Any]:
    """Everything in a file."""
    yield data
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from inside(each)


def within(data: Any, wanted: Any) -> bool:
    """Whether data holds all that is wanted; of a list a few items are enough."""
    if isinstance(wanted, dict) and isinstance(data, dict):
        return all(key in data and within(data[key], value) for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(data, list):
        return all(any(within(each, value) for each in data) for value in wanted)
    return bool(data == wanted)


def test_the_longer_examples_are_plain_yaml() -> None:
    for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL):
        yaml.safe_load(block)


def test_the_words_that_a_site_may_add_are_shown_as_they_are_written() -> None:
    block = re.search(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    assert block and Wording.model_validate(tomllib.loads(block[1])["words"]).needed


def test_the_first_journey_of_the_readme_works() -> None:
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```yaml\n(   journey: bicycle.*?)```", readme, re.DOTALL)
    text = re.sub(r"^   ", "", block[1] if block else "", flags=re.MULTILINE)
    assert [str(each) for each in review(Version(text, "nl", {}, parse(text))) if not each.warning] == []
