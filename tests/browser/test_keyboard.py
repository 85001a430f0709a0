"""The keyboard on the screen, in Chromium: large enough, out of the way, by touch and by keys."""

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from kiosk import TOP
from tests.fixtures.browsers import Toucher, demonstration
from tests.fixtures.geometry import ALWAYS, Geometry
from tests.fixtures.journeys import FOLDER
from tests.fixtures.municipality import KIOSKS, LANGUAGES, SITE, offer_frisian
from tests.fixtures.servers import Server, environment_for, prepare, start

LARGE = (20.0, 3.0)
SMALL = (9.0, 1.4)
"""Narrowest key and gap in mm: on a pillar, and where ten keys of 20 mm do not fit beside each other."""
WALKED_MOST = 60
LATIN = "abcdefghijklmnopqrstuvwxyz"
ALPHABETS = {
    "nl": LATIN + "áäéèëíïóöúüç",
    "en": LATIN,
    "fy": LATIN + "âêôûúéëïöüä",
    "de": LATIN + "äöüß",
    "pl": LATIN + "ąćęłńóśźż",
    "tr": LATIN + "çğıöşüâîû",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةى",
}
"""What each language is written with: CLDR's main letters, without vowel signs that nobody types in names."""
BOXES = """board => [...board.children].map(key => {
  const box = key.getBoundingClientRect();
  return [box.x, box.y, box.width, box.height];
})"""
IS_SEEN = """input => {
  const box = input.getBoundingClientRect();
  const room = input.closest('.page').getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, room.height) / 2);
  const whole = box.height > room.height || (box.top >= room.top - 1 && box.bottom <= room.bottom + 1);
  return at === input && whole && box.top < document.getElementById('keyboard').getBoundingClientRect().top;
}"""


@pytest.fixture(scope="module")
def asking_everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A house in Fryslân that offers a journey with a question of every kind, also all on one screen."""
    folder = tmp_path_factory.mktemp("typing")
    site = Path(shutil.copytree(SITE.folder, folder / "site"))
    offer_frisian(site)
    kinds = (FOLDER / "kinds.yaml").read_text(encoding="utf-8")
    offered = kinds.replace("keep: 1 day", "keep: 1 day\nways: [guided, express]")
    (site / "journeys" / "kinds.yaml").write_text(offered, encoding="utf-8")
    environment = environment_for(folder, f"sqlite:///{folder}/kiosk.db", KIOSK_SITE=str(site))
    prepare(environment)
    server = start(environment)
    yield server
    server.stop()


@pytest.fixture
def asked(new_toucher: Callable[..., Toucher], asking_everything: Server) -> Callable[..., Toucher]:
    """Someone who is asked everything on one screen."""

    def ask(kiosk: str = "zuil-1", language: str = "nl", **preferred: str) -> Toucher:
        toucher = new_toucher(kiosk, server=asking_everything).speaks(language)
        return toucher.prefers(**preferred).begins("kinds", "express")

    return ask


def board(page: Page) -> Locator:
    return page.locator("#keyboard")


def key(page: Page, sign: str) -> Locator:
    return board(page).locator(f'[data-sign="{sign}"]')


def taps(page: Page, *signs: str) -> None:
    for sign in signs:
        key(page, sign).tap()


def named(page: Page, name: str) -> Locator:
    return page.locator(f'[name="{name}"]')


def top_and_height(each: Locator) -> tuple[int, int]:
    box = each.bounding_box()
    assert box
    return round(box["y"]), round(box["height"])


def gaps_of(keys: list[list[float]]) -> Iterator[float]:
    """The room between each key and the next in its row."""
    for (x, y, width, _), (next_x, next_y, next_width, _) in pairwise(keys):
        if abs(y - next_y) < 1:
            yield max(next_x - x - width, x - next_x - next_width)


def in_use(page: Page) -> str:
    return str(page.evaluate("document.activeElement.dataset.sign ?? document.activeElement.name"))


def goes_to_key(page: Page, sign: str) -> None:
    """With nothing but the switch that goes on."""
    for _ in range(WALKED_MOST):
        if in_use(page) == sign:
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"{sign} is never reached")


@pytest.mark.norm("MOT-25")
@pytest.mark.parametrize(
    ("kiosk", "preferred"),
    [
        ("zuil-1", {}),
        ("tablet-1", {"size": "200"}),
        pytest.param("zuil-1", {"size": "200", "low": "yes"}, marks=pytest.mark.slow),
        pytest.param("zuil-2", {"size": "200"}, marks=pytest.mark.slow),
        pytest.param("tablet-1", {}, marks=pytest.mark.slow),
        pytest.param("tablet-1", {"size": "150"}, marks=pytest.mark.matrix),
        pytest.param("zuil-1", {"size": "150"}, marks=pytest.mark.matrix),
    ],
)
def test_no_field_is_covered_and_nothing_moves(
    asked: Callable[..., Toucher], kiosk: str, preferred: dict[str, str]
) -> None:
    toucher = asked(kiosk, **preferred)
    page, places = toucher.page, set()
    for typed in page.locator("[data-pad]").all():
        typed.focus()
        page.wait_for_function(IS_SEEN, arg=typed.element_handle(), timeout=3000)
        places.add((top_and_height(page.locator('[data-action="next"]')), top_and_height(board(page))))
    assert len(places) == 1, places
    geometry = Geometry(page, demonstration.kiosk(kiosk).profile)  # type: ignore[union-attr]
    low = "" if "low" in preferred else ALWAYS
    assert not [*geometry.small_text(), *geometry.out_of_reach(low), *toucher.overflows()]
    assert not toucher.troubles


@pytest.mark.norm("MOT-25")
@pytest.mark.parametrize(
    "kiosk", ["zuil-1", *(pytest.param(each, marks=pytest.mark.slow) for each in KIOSKS[1:])]
)
def test_every_key_of_every_pad_is_large_enough(asked: Callable[..., Toucher], kiosk: str) -> None:
    profile = demonstration.kiosk(kiosk).profile  # type: ignore[union-attr]
    width, gap = SMALL if profile.width_mm < 200 else LARGE
    toucher, found = asked(kiosk), {}
    for typed in toucher.page.locator("[data-pad]").all():
        typed.focus()
        keys = [[side / profile.px_per_mm for side in box] for box in board(toucher.page).evaluate(BOXES)]
        pad = board(toucher.page).get_attribute("data-shows")
        found[pad] = (min(each[2] for each in keys), min(each[3] for each in keys), min(gaps_of(keys)))
    assert len(found) >= 9
    assert not {
        pad: sizes for pad, sizes in found.items() if min(sizes[:2]) < width - 0.1 or sizes[2] < gap - 0.1
    }
    least = min(min(sizes[:2]) for sizes in found.values())
    assert least * profile.px_per_mm >= 44


@pytest.mark.matrix
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_pads_are_accessible_in_every_language(asked: Callable[..., Toucher], language: str) -> None:
    toucher = asked(language=language)
    for name in ("a_name", "a_phone", "a_date.month"):
        named(toucher.page, name).focus()
        toucher.keeps_picture(f"keyboard-{language}-{name}")
        assert not toucher.accessibility()
    assert not toucher.troubles


@pytest.mark.norm("MOT-25")
@pytest.mark.parametrize(("language", "name"), [("nl", "Noor"), ("en", "Noor"), ("ar", "نور")])
def test_a_name_is_typed_by_touch(asked: Callable[..., Toucher], language: str, name: str) -> None:
    page = asked(language=language).page
    named(page, "a_name").tap()
    taps(page, *name.lower())
    expect(named(page, "a_name")).to_have_value(name)
    expect(named(page, "a_name")).to_be_focused()


@pytest.mark.norm("COG-08")
def test_who_speaks_frisian_has_its_letters_on_the_first_pad(asked: Callable[..., Toucher]) -> None:
    page = asked(language="fy").page
    named(page, "a_address.street").tap()
    taps(page, "h", "û", "s", "w", "ê", "b", "â", "n")
    expect(named(page, "a_address.street")).to_have_value("Hûswêbân")


def test_who_reads_another_script_types_latin_letters_too(asked: Callable[..., Toucher]) -> None:
    page = asked(language="ar").page
    named(page, "a_address.street").tap()
    taps(page, "language", "k", "a", "accents", "é", "letters", "language", "ن")
    expect(named(page, "a_address.street")).to_have_value("Kaéن")


def test_each_kind_has_the_keys_it_needs(asked: Callable[..., Toucher]) -> None:
    page = asked().page
    typed = {
        "a_date.day": ("31", "31"),
        "a_date.month": ("3", "3"),
        "a_date.year": ("2 0 2 7", "2027"),
        "a_time": ("1 4 : 3 0", "14:30"),
        "a_number": ("1 2", "12"),
        "a_money": ("1 2 , 5 0", "12,50"),
        "a_phone": ("+ 3 1", "+31"),
        "a_email": ("a @ b .nl", "a@b.nl"),
        "a_iban": ("N L 9 1", "NL91"),
        "a_plate": ("G - 0 0 1", "G-001"),
        "a_bsn": ("9 9", "99"),
        "a_address.postcode": ("1 2 3 4 space A B", "1234 AB"),
        "a_text": ("q signs 2 letters b", "Q2b"),
    }
    for name, (signs, value) in typed.items():
        named(page, name).tap()
        taps(page, *signs.split())
        expect(named(page, name)).to_have_value(value)


@pytest.mark.norm("MOT-24")
def test_a_number_pad_is_in_the_order_of_a_telephone(asked: Callable[..., Toucher]) -> None:
    page = asked().page
    for name in ("a_number", "a_phone", "a_money"):
        named(page, name).focus()
        assert re.findall("[0-9]", board(page).inner_text()) == list("1234567890")


def test_what_was_typed_is_mended_without_surprises(asked: Callable[..., Toucher]) -> None:
    page = asked().page
    name = named(page, "a_name")
    name.tap()
    expect(key(page, "shift")).to_have_attribute("aria-pressed", "true")
    taps(page, "n", "o", "space", "space", "d")
    expect(name).to_have_value("No  d")
    taps(page, "delete", "delete", "left", "left", "shift", "o")
    expect(name).to_have_value("NOo ")
    taps(page, "clear")
    expect(name).to_have_value("")
    taps(page, "clear")
    expect(name).to_have_value("NOo ")


@pytest.mark.norm("MOT-15", "MOT-25")
def test_two_switches_are_enough_to_type_and_to_go_on(
    new_toucher: Callable[..., Toucher], asking_everything: Server
) -> None:
    page = new_toucher(server=asking_everything).presses("search").page
    for sign in "fout":
        goes_to_key(page, sign)
        page.keyboard.press("Enter")
    goes_to_key(page, "done")
    page.keyboard.press("Enter")
    expect(named(page, "words")).to_have_value("fout")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "search" in page.url


def test_arrows_walk_the_keys_and_letters_of_a_real_keyboard_go_to_the_field(
    asked: Callable[..., Toucher],
) -> None:
    page = asked().page
    name = named(page, "a_name")
    name.focus()
    for arrow, reached in [
        ("Down", "q"),
        ("Down", "a"),
        ("Right", "s"),
        ("Down", "z"),
        ("Up", "s"),
        ("Up", "w"),
    ]:
        page.keyboard.press(f"Arrow{arrow}")
        assert in_use(page) == reached
    page.keyboard.press("ArrowUp")
    expect(name).to_be_focused()
    page.keyboard.press("ArrowDown")
    assert in_use(page) == "w"
    page.keyboard.press("Enter")
    page.keyboard.type("im")
    expect(name).to_have_value("Wim")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(name).to_be_focused()
    assert board(page).locator("[tabindex='0']").count() == 1


@pytest.mark.norm("MOT-08")
def test_a_key_that_is_held_types_once(asked: Callable[..., Toucher]) -> None:
    page = asked().page
    named(page, "a_name").focus()
    for _ in range(3):
        page.keyboard.down("a")
    page.keyboard.up("a")
    page.keyboard.press("ArrowDown")
    for _ in range(3):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    expect(named(page, "a_name")).to_have_value("aq")


def test_its_room_is_there_before_its_keys_are(
    new_toucher: Callable[..., Toucher], asking_everything: Server
) -> None:
    toucher = new_toucher(server=asking_everything)
    there = top_and_height(board(toucher.presses("search").page))
    toucher.page.route("**/js/keyboard.js*", lambda route: route.abort())
    toucher.page.reload()
    expect(key(toucher.page, "a")).to_have_count(0)
    assert top_and_height(board(toucher.page)) == there


def test_without_scripting_no_room_is_taken(
    new_toucher: Callable[..., Toucher], asking_everything: Server
) -> None:
    page = new_toucher(server=asking_everything, scripting=False).presses("search").page
    expect(board(page)).to_be_hidden()
    expect(page.locator('[data-action="keyboard"]')).to_be_hidden()
    expect(named(page, "words")).to_have_attribute("inputmode", "search")


@pytest.mark.norm("MOT-25")
def test_every_language_can_type_each_of_its_letters(
    new_toucher: Callable[..., Toucher], asking_everything: Server
) -> None:
    page = new_toucher(server=asking_everything).page
    address = page.locator('link[rel="stylesheet"]').first.get_attribute("href") or ""
    layouts = page.evaluate(
        "async folder => { const found = await import(`${folder}/js/layouts.js`); return {...found}; }",
        address.partition("/css/")[0],
    )
    offered = {each.name.partition("@")[0] for each in (TOP / "translations").iterdir() if each.is_dir()}
    assert {*offered, *LANGUAGES} <= set(ALPHABETS)
    for language, alphabet in ALPHABETS.items():
        latin = language not in layouts["OTHER_SCRIPTS"]
        rows = [*layouts["LETTERS"][language], *(layouts["PADS"]["accents"] if latin else [])]
        assert not set(alphabet) - set(" ".join(rows).split()), language
    assert all(len(rows) <= 5 for rows in layouts["PADS"].values())
    assert {len(rows) for rows in layouts["LETTERS"].values()} == {4}
