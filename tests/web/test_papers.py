"""Every paper of every journey as a picture, in every language: nothing sticks out, however much is on it."""

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk import TOP
from kiosk.journeys.pieces import Example
from kiosk.journeys.screens import Taken
from kiosk.neighbours.pdf import KINDS, Kind, Press
from kiosk.web import printout
from tests.fixtures.apps import Clock, app_of, settings_for
from tests.fixtures.municipality import EXAMPLES, LANGUAGES, SITE
from tests.fixtures.papers import taken_of

pytestmark = pytest.mark.slow

PICTURES = TOP / "instance/papers"
MM = 72 / 25.4
MARGINS_MM = {"a4": 18, "large": 18, "roll": 0}
SHEET_MM = {"a4": 210, "large": 210, "roll": 72}
PERSONS = 12
LONG = {
    "name": "Wilhelmina Antoinette van Oldenbarneveldt-Schimmelpenninck van der Oije tot Nijenrode-Rosendael",
    "address": {
        "postcode": "4321AB",
        "number": "12345",
        "addition": "2-hoog",
        "street": "Burgemeester Jonkheer Quarles van Uffordlaan aan de Oude Watergeuzenweg",
        "town": "Gasselterboerveenschemond",
    },
    "phone": "+31612345678",
    "email": f"{'wilhelmina.' * 4}antoinette@{'voorbeeld.' * 12}example",
    "text": "Hottentottententententoonstellingsmakersopleidingsinstituut" * 3,
}
"""By kind of field, about the longest that is taken."""


@dataclass(frozen=True)
class Word:
    """A word on a sheet, and how far it reaches in mm."""

    text: str
    left: float
    right: float
    bottom: float


def longest_of(journey: str, end: str) -> Example:
    """The example with most answers that ends so."""
    return max(
        (each for name, each in EXAMPLES if (name, each.ends) == (journey, end)),
        key=lambda each: len(each.answers),
    )


CASES = sorted(
    {
        (name, each.ends)
        for name, each in EXAMPLES
        if each.ends in ("prepared", "arranged", "referred", "stopped")
    }
)


def crowded(taken: Taken) -> Taken:
    """The same with twelve persons, where it asks for persons, and with the longest answers everywhere."""
    steps = taken.version.journey.steps
    one = {key: value for key, value in taken.answers.items() if re.match(r"\w+\.1\.", key)}
    many = {
        re.sub(r"\.1\.", f".{number}.", key): _more(key, value, number)
        for number in range(1, PERSONS + 1)
        for key, value in one.items()
    }
    answers = {**taken.answers, **many, **dict.fromkeys(("phone", "email"))}
    known = {key: steps.get(key.split(".")[-1]) for key in answers}
    long = {key: LONG[step.field] for key, step in known.items() if step and step.field in LONG}
    return replace(taken, answers={**answers, **long})


def _more(key: str, value: Any, number: int) -> Any:
    if key.endswith(".more"):
        return "yes" if number < PERSONS else "no"
    return value


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., bytes]]:
    """Makes paper of errands, with all that may be on it."""
    folder = tmp_path_factory.mktemp("papers")
    app = app_of(settings_for(folder, f"sqlite:///{folder}/unused.db"), Clock())
    press = Press(TOP / "static/css", (TOP / "static/vendor", SITE.folder))

    def printed(errands: list[Taken], language: str, kind: Kind) -> bytes:
        with app.app_context():
            return press.render(printout.page(errands, language, Clock().now), kind=kind)

    yield printed


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("journey", "end"), CASES)
def test_paper_keeps_within_its_margins(
    printed: Callable[..., bytes], journey: str, end: str, language: str, kind: Kind
) -> None:
    taken = taken_of(journey, longest_of(journey, end))
    keeps_within(printed([taken], language, kind), kind, f"{journey}-{end}-{language}-{kind}")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_three_errands_with_twelve_persons_and_the_longest_names_stay_on_their_paper(
    printed: Callable[..., bytes], language: str, kind: Kind
) -> None:
    ends = (("moving", "prepared"), ("extract", "prepared"), ("moving", "referred"))
    errands = [crowded(taken_of(journey, longest_of(journey, end))) for journey, end in ends]
    document = printed(errands, language, kind)

    keeps_within(document, kind, f"crowd-{language}-{kind}")
    assert f"{PERSONS}" in document_words(document)


def document_words(document: bytes) -> set[str]:
    """All words on the paper."""
    return {word.text for word in words_on(document)}


def keeps_within(document: bytes, kind: Kind, name: str) -> None:
    """Keep a picture of each sheet; no word and no ink is outside the margins."""
    margin, width = MARGINS_MM[kind], SHEET_MM[kind]
    outside = [
        word
        for word in words_on(document)
        if word.left < margin - 0.2 or word.right > width - margin + 0.2 or word.bottom < 0
    ]
    assert outside == []
    for picture in pictures(document, name):
        assert is_white(picture, margin / width), f"ink in the margin of {picture.name}"


def words_on(document: bytes) -> Iterator[Word]:
    """Every word with its place."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=document, capture_output=True, check=True)
    page = re.compile(r'<page width="[\d.]+" height="([\d.]+)"')
    word = re.compile(r'<word xMin="(\S+)" yMin="\S+" xMax="(\S+)" yMax="(\S+)">(.*)</word>')
    height = 0.0
    for line in done.stdout.decode().splitlines():
        if found := page.search(line):
            height = float(found[1])
        elif found := word.search(line):
            left, right, bottom = float(found[1]), float(found[2]), height - float(found[3])
            yield Word(found[4], left / MM, right / MM, bottom / MM)


def pictures(document: bytes, name: str) -> list[Path]:
    """One picture a sheet, kept to be looked at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob(f"{name}-[0-9]*.png"):
        old.unlink()
    command = ["pdftoppm", "-r", "60", "-png", "-", str(PICTURES / name)]
    subprocess.run(command, input=document, check=True)
    return sorted(PICTURES.glob(f"{name}-[0-9]*.png"))


def is_white(picture: Path, share: float) -> bool:
    """Whether the margins at both sides, so large a share of the width, bear no ink."""
    with Image.open(picture) as opened_:
        sheet = opened_.convert("L")
    edge = round(sheet.width * share) - 1
    if edge <= 0:
        return True
    sides = ((0, 0, edge, sheet.height), (sheet.width - edge, 0, sheet.width, sheet.height))
    return all(sheet.crop(side).getextrema() == (255, 255) for side in sides)
