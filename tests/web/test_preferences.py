"""What a citizen may prefer: chosen in two taps from anywhere, shown on every page, gone after the visit."""

import re
from collections.abc import Callable
from dataclasses import asdict
from functools import cache

import pytest
import tinycss2
from flask import Flask
from sqlalchemy import select

from kiosk import TOP
from kiosk.records.tables import metadata
from kiosk.site.reading import contrast
from kiosk.web.preferences import AS_BEGUN, OFFERED
from tests.fixtures.municipality import SITE
from tests.fixtures.visitors import Visitor

pytestmark = pytest.mark.either_database

CHOICES = [(name, value) for name, values in OFFERED.items() for value in values[1:]]
PATHS = ("/", "/visit/1/destination", "/visit/1/hub", "/language", "/visit/end", "/nothing", "/preferences")


def marks(visitor: Visitor) -> dict[str, str]:
    """What the root element says of how this citizen wants their screens."""
    html = visitor.page.one("html")
    return {name: html.get(f"data-{name}", "") for name in OFFERED if f"data-{name}" in html.attrib}


@pytest.mark.norm("VIS-24")
@pytest.mark.parametrize(("name", "value"), CHOICES)
def test_what_is_chosen_shows_on_every_page_and_can_be_undone(
    visitor: Visitor, name: str, value: str
) -> None:
    visitor.arrives("zuil-2").begins("moving").prefers(**{name: value})
    for path in PATHS:
        assert marks(visitor.goes_to(path)) == {name: value}, path
    visitor.prefers(**{name: OFFERED[name][0]})
    assert marks(visitor.goes_to("/visit/1/destination")) == {}


@pytest.mark.norm("MOT-30")
def test_every_preference_stands_on_the_panel_and_says_what_is_chosen(visitor: Visitor) -> None:
    visitor.arrives("zuil-2").goes_to("/preferences")
    offered = {each.get("data-prefer") for each in visitor.page.all("button", data_prefer="")}
    assert offered == set(OFFERED)
    for name in ("size", "look", "steady"):
        pressed = visitor.page.all("button", data_prefer=name, aria_pressed="true")
        assert [each.get("value") for each in pressed] == [OFFERED[name][0]]


def test_a_screen_that_is_all_within_reach_offers_no_lower_buttons(visitor: Visitor) -> None:
    visitor.arrives("tablet-1").goes_to("/preferences")
    assert SITE.kiosk("tablet-1").profile.reach_share == 1  # type: ignore[union-attr]
    assert not visitor.page.all("button", data_prefer="low")


def test_preferences_go_together_and_the_last_of_two_taps_wins(visitor: Visitor) -> None:
    visitor.arrives().prefers(size="150")
    visitor.prefers(look="dark", low="yes")
    visitor.prefers(size="200")
    assert marks(visitor.goes_to("/")) == {"size": "200", "look": "dark", "low": "yes"}


def test_nothing_moves_down_on_a_screen_that_is_within_reach(visitor: Visitor) -> None:
    visitor.arrives("tablet-1").prefers(low="yes")
    assert marks(visitor.goes_to("/")) == {}


def test_choosing_begins_a_visit_and_leads_back_with_every_answer_kept(visitor: Visitor) -> None:
    visitor.arrives().presses("preferences").presses("prefer", sample="200").presses("back")
    assert visitor.page.path == "/" and marks(visitor) == {"size": "200"}
    visitor.begins("moving").answers("here")
    where = visitor.page.path
    visitor.presses("preferences").presses("prefer", look="calm").presses("back")
    assert visitor.page.path == where
    assert visitor.goes_to("/visit/1/destination").page.all("input", value="here", checked="")


@pytest.mark.parametrize("form", [{"size": "5000"}, {"look": "<b>"}, {"nothing": "yes"}, {}])
def test_what_is_not_offered_changes_nothing_and_begins_nothing(
    visitor: Visitor, form: dict[str, str]
) -> None:
    visitor.arrives().prefers(**form)
    assert marks(visitor) == {} and "visit" not in {each.key for each in visitor.client._cookies.values()}


def test_the_panel_leads_back_to_our_own_pages_only(visitor: Visitor) -> None:
    visitor.arrives().goes_to("/preferences?next=https://elsewhere.example/")
    assert visitor.page.one("a", data_action="back").get("href") == "/"


@pytest.mark.norm("PRV-09")
def test_after_the_visit_all_is_as_it_was(visitor: Visitor, new_visitor: Callable[[], Visitor]) -> None:
    visitor.arrives("zuil-1").prefers(size="200", look="dark", slow="yes")
    visitor.presses("end").presses("end")
    assert marks(visitor.goes_to("/")) == {}
    assert marks(new_visitor().arrives("zuil-1")) == {}


def test_two_citizens_at_the_same_step_each_see_their_own(new_visitor: Callable[[], Visitor]) -> None:
    """Pages without an answer are kept for all: not for those who want them otherwise."""
    first, second = new_visitor().arrives("zuil-1"), new_visitor().arrives("zuil-1")
    first.prefers(size="200").begins("moving")
    second.begins("moving")
    assert (marks(first), marks(second)) == ({"size": "200"}, {})


def test_staff_who_come_to_help_find_the_screen_as_the_citizen_wants_it(
    visitor: Visitor, hana: Visitor, app: Flask
) -> None:
    visitor.arrives("zuil-1").prefers(size="200").begins("moving").calls()
    hana.goes_to("/console/").presses("claim")
    assert marks(visitor.goes_to("/visit/1/destination")) == {"size": "200"}


@pytest.mark.norm("PRV-21")
def test_what_somebody_prefers_is_in_no_figure_and_no_event(visitor: Visitor, app: Flask) -> None:
    """It may hint at health (AVG art. 9): only the sealed preferences of the visit hold it."""
    visitor.arrives().prefers(size="200", look="contrast", steady="1200")
    visitor.begins("moving").answers("here").calls()
    with app.extensions["house"].database.read() as connection:
        rows = [str(row) for table in metadata.sorted_tables for row in connection.execute(select(table))]
    found = [row for row in rows for word in ("contrast", "1200", "steady") if word in row]
    assert not found


@cache
def tokens() -> dict[str, dict[str, str]]:
    """Each look with its colours, from the style sheet; what a look leaves out is as in the light one."""
    sheet = (TOP / "static/css/tokens.css").read_text(encoding="utf-8")
    looks = {}
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True):
        look = re.search(r'\[data-look="(\w+)"\]', tinycss2.serialize(getattr(rule, "prelude", None) or []))
        if look:
            declared = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            looks[look[1]] = {each.name[2:]: tinycss2.serialize(each.value).strip() for each in declared}
    return {look: {**looks["light"], **colours} for look, colours in looks.items()}


BRAND = {
    "var(--brand-light)": SITE.brand.colour,
    "var(--on-brand-light)": SITE.brand.on_colour,
    "var(--brand-dark)": SITE.brand.dark,
    "var(--on-brand-dark)": SITE.brand.on_dark,
}
TEXT_ON = [
    ("ink", "paper"),
    ("ink", "card"),
    ("soft", "paper"),
    ("soft", "card"),
    ("on-call", "call"),
    ("waiting", "waiting-ground"),
    ("wrong", "wrong-ground"),
    ("wrong", "paper"),
    ("brand", "paper"),
    ("brand", "card"),
    ("on-brand", "brand"),
    ("ink", "tint"),
    ("brand", "tint"),
]


def colour(look: str, name: str) -> str:
    """The colour of this name, mixed as a browser mixes it."""
    value = tokens()[look][name]
    value = BRAND.get(value, value)
    mixed = re.fullmatch(r"color-mix\(in srgb, (\S+) (\d+)%, (#\w{6})\)", value)
    if mixed is None:
        return value
    first = colour(look, "brand") if mixed[1] == "var(--brand)" else BRAND[mixed[1]]
    share = int(mixed[2]) / 100
    pairs = zip(*(bytes.fromhex(each[1:]) for each in (first, mixed[3])), strict=True)
    return "#" + bytes(round(one * share + other * (1 - share)) for one, other in pairs).hex()


@pytest.mark.norm("VIS-22", "VIS-24")
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
@pytest.mark.parametrize("look", OFFERED["look"])
def test_text_stands_out_from_its_ground_in_every_look(look: str, text: str, ground: str) -> None:
    """WCAG 1.4.6: 7 to 1; high contrast is as far as black, white and yellow go."""
    least = 19.5 if look == "contrast" else 7
    assert contrast(colour(look, text), colour(look, ground)) >= least


@pytest.mark.norm("VIS-23")
@pytest.mark.parametrize("ground", ["paper", "card", "tint"])
@pytest.mark.parametrize("look", OFFERED["look"])
def test_the_border_of_a_control_stands_out_in_every_look(look: str, ground: str) -> None:
    """WCAG 1.4.11: 3 to 1."""
    assert contrast(colour(look, "line"), colour(look, ground)) >= 3
    assert contrast(colour(look, "brand"), colour(look, ground)) >= 3


@pytest.mark.norm("HLP-10", "HLP-11")
def test_the_kiosk_itself_says_how_it_works_and_where_to_go_without_a_screen(visitor: Visitor) -> None:
    page = visitor.arrives().presses("preferences").presses("how").page
    for words in (
        "Roep iemand",
        "Taal",
        "Beeld",
        "Zo terug",
        "Stop",
        "receptie links van de ingang",
        SITE.phone,
    ):
        assert words in page.text
    assert visitor.presses("back").presses("back").page.path == "/"
    assert "receptie links van de ingang" in visitor.page.text


def test_a_visit_begins_as_the_first_of_each_offer() -> None:
    assert asdict(AS_BEGUN) == {name: values[0] for name, values in OFFERED.items()}
