"""The start screen: what people come for, under headings once there is much of it."""

import pytest

from kiosk.web.citizen import MOST_TILES, grouped
from kiosk.web.intros import Tile
from tests.fixtures.municipality import SITE
from tests.fixtures.visitors import Visitor


def tiles(*situations: str) -> list[Tile]:
    return [Tile(f"journey_{number}", "?", None, name) for number, name in enumerate(situations)]


def test_a_few_tiles_need_no_heading() -> None:
    assert [name for name, _ in grouped(tiles(*["Wonen"] * MOST_TILES))] == [""]


def test_many_tiles_stand_under_their_situations_in_the_order_of_the_site() -> None:
    groups = grouped(tiles("Wonen", "Geld", "Wonen", "", "Papieren", "Geld", "Wonen"))
    assert [name for name, _ in groups] == ["Wonen", "Geld", "Papieren", ""]
    assert [len(each) for _, each in groups] == [3, 2, 1, 1]


@pytest.mark.parametrize("count", [1, MOST_TILES, MOST_TILES + 1, 20])
def test_every_tile_stands_somewhere_once(count: int) -> None:
    every = tiles(*[("Wonen", "Geld", "")[number % 3] for number in range(count)])
    assert sorted(each.journey for _, group in grouped(every) for each in group) == sorted(
        each.journey for each in every
    )


@pytest.mark.either_database
@pytest.mark.parametrize("language", SITE.languages, ids=lambda each: each.code)
@pytest.mark.parametrize("path", ["/", "/how", "/your-data", "/nothing-here"])
def test_where_people_are_is_said_in_the_language_of_the_page(visitor: Visitor, language, path: str) -> None:
    place = SITE.kiosks[0].place
    text = visitor.arrives().speaks(language.code).goes_to(path).page.text
    assert place.reception.spoken(language.locale) in text
    assert place.title.spoken(language.locale) in text
    assert language.code == SITE.language or (place.reception not in text and place.title not in text)
