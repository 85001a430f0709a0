"""The site folder: read whole, or refused with the line, the reason and what to do."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.site import Site, SiteError, load_site
from kiosk.site.reading import contrast

CONTENT = Path(__file__).parent.parent / "kiosk" / "content"


@pytest.fixture(scope="module")
def waterhoven() -> Site:
    return load_site(CONTENT)


def refusal(folder: Path, old: str, new: str) -> str:
    """What is said of the demonstration's file after one change; the path of the folder is cut off."""
    shutil.copy(CONTENT / "logo.svg", folder)
    text = (CONTENT / "site.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "site.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SiteError) as caught:
        load_site(folder)
    return str(caught.value).replace(f"{folder}/", "")


def line_of(text: str) -> int:
    lines = (CONTENT / "site.toml").read_text(encoding="utf-8").splitlines()
    return 1 + next(number for number, line in enumerate(lines) if line.startswith(text))


def test_the_first_language_is_the_one_of_the_site(waterhoven: Site) -> None:
    assert waterhoven.language == "nl"
    assert [language.code for language in waterhoven.languages] == ["nl", "en", "ar"]


def test_arabic_is_written_from_right_to_left(waterhoven: Site) -> None:
    assert waterhoven.languages[2].direction == "rtl"


def test_the_first_kiosk_is_the_pillar_in_the_town_hall(waterhoven: Site) -> None:
    assert waterhoven.kiosks[0].name == "zuil-1"
    assert waterhoven.kiosks[0].place is waterhoven.place("stadhuis")


def test_a_name_is_said_in_each_language_that_has_it(waterhoven: Site) -> None:
    desk = waterhoven.kiosks[0].desk
    assert (desk, desk.spoken("en_GB"), desk.spoken("nl@simple")) == ("balie 2", "desk 2", "balie 2")
    assert waterhoven.places[1].title.spoken("en_GB") == "Wijkpunt Noord"


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("2", "this must be text"),
        ("{}", "this must be text"),
        ('{nl = ""}', "this must be text"),
        ('{en = "desk 2", nl = "balie 2"}', "does not begin with the site's own language: write nl first"),
        ('{nl = "balie 2", xx = "xx 2"}', "there is no language xx: choose one of nl, en, ar"),
    ],
)
def test_a_name_in_languages_that_do_not_fit_is_refused(tmp_path: Path, new: str, told: str) -> None:
    old = '{nl = "balie 2", en = "desk 2", ar = "المكتب 2"}'
    said = refusal(tmp_path, old, new)
    assert told in said and said.startswith(f"site.toml:{line_of(f'desk = {old}')}:")


def test_an_unknown_kiosk_is_none(waterhoven: Site) -> None:
    assert waterhoven.kiosk("zuil-9") is None


def test_the_three_kiosks_have_three_profiles(waterhoven: Site) -> None:
    assert len({kiosk.profile.name for kiosk in waterhoven.kiosks}) == 3


@pytest.mark.parametrize(("name", "share"), [("zuil-1", 0.63), ("zuil-2", 0.42), ("tablet-1", 1.0)])
def test_the_reach_band_is_what_lies_under_1100_mm(waterhoven: Site, name: str, share: float) -> None:
    kiosk = waterhoven.kiosk(name)
    assert kiosk and kiosk.profile.reach_share == pytest.approx(share, abs=0.005)


def test_a_pixel_of_the_pillar_is_a_quarter_of_a_millimetre(waterhoven: Site) -> None:
    assert 1 / waterhoven.kiosks[0].profile.px_per_mm == pytest.approx(0.248, abs=0.001)


def test_every_role_of_the_hall_is_filled(waterhoven: Site) -> None:
    assert {role for member in waterhoven.staff for role in member.roles} == {
        "host",
        "official",
        "supervisor",
    }


def test_the_site_cannot_be_changed(waterhoven: Site) -> None:
    with pytest.raises(AttributeError):
        waterhoven.name = "Elders"  # type: ignore[misc]


def test_a_site_that_says_nothing_of_rings_has_some(tmp_path: Path, waterhoven: Site) -> None:
    shutil.copy(CONTENT / "logo.svg", tmp_path)
    text = (CONTENT / "site.toml").read_text(encoding="utf-8")
    section = text[text.index("[rings]") : text.index("# Hard words")]
    (tmp_path / "site.toml").write_text(text.replace(section, ""), encoding="utf-8")
    rings = load_site(tmp_path).rings
    assert rings == waterhoven.rings.model_copy(update={"webhook": None})


def test_the_bridging_day_after_ascension_moves_a_term(waterhoven: Site) -> None:
    assert date(2027, 5, 7) in waterhoven.holidays


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (datetime(2027, 3, 31, 6, 59, tzinfo=UTC), False),  # 08.59 in summer time
        (datetime(2027, 3, 31, 7, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 31, 15, 0, tzinfo=UTC), False),  # 17.00 is closed
        (datetime(2027, 4, 3, 9, 0, tzinfo=UTC), False),  # Saturday
        (datetime(2027, 5, 5, 9, 0, tzinfo=UTC), False),  # Liberation Day
        (
            datetime(2027, 3, 26, 9, 0, tzinfo=UTC),
            True,
        ),  # Good Friday: a holiday for terms, the doors are open
    ],
)
def test_the_desks_are_open_in_local_hours(waterhoven: Site, moment: datetime, open_: bool) -> None:
    assert waterhoven.open_at(moment) is open_


def test_another_place_keeps_its_own_hours(waterhoven: Site) -> None:
    wednesday = datetime(2027, 3, 31, 9, 0, tzinfo=UTC)
    assert waterhoven.open_at(wednesday) and not waterhoven.open_at(wednesday, waterhoven.place("noord"))


def test_the_next_opening_steps_over_holidays_and_the_weekend(waterhoven: Site) -> None:
    liberation_day = datetime(2027, 5, 5, 10, 0, tzinfo=UTC)
    assert str(waterhoven.next_opening(liberation_day)) == "2027-05-10 09:00:00+02:00"


@pytest.mark.parametrize(
    ("hour", "closes"), [(8, "12:30"), (11, None), (13, "17:00"), (16, None)], ids=["am", "noon", "pm", "eve"]
)
def test_the_desks_close_at_the_end_of_the_stretch_that_is_on(
    waterhoven: Site, hour: int, closes: str | None
) -> None:
    tuesday = datetime(2027, 3, 9, hour, 45, tzinfo=UTC)
    found = waterhoven.closes(tuesday, waterhoven.place("noord"))
    assert (found and f"{found:%H:%M}") == closes


@pytest.mark.norm("VIS-22")
def test_a_faint_brand_colour_is_refused_with_the_ratio_measured(tmp_path: Path) -> None:
    said = refusal(tmp_path, 'colour = "#0b4a5e"', 'colour = "#2a8fa8"')
    assert f"site.toml:{line_of('colour')}:1: #2a8fa8 on #ffffff has a contrast of 3.75 to 1: choose" in said


def test_black_on_white_has_the_largest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(
    ("old", "new", "at", "what"),
    [
        (
            'place = "stadhuis"',
            'place = "paleis"',
            'place = "stadhuis"',
            "there is no place paleis: choose one of",
        ),
        ('profile = "pillar-21"', 'profile = "wall"', 'profile = "pillar-21"', "there is no profile wall"),
        ("[kiosks.zuil-2]", "[kiosks.zuil-1]", "[kiosks.zuil-2]", "may stand here once"),
        ("2026-01-01 =", "2026-02-30 =", "2026-01-01", "2026-02-30 is no date such as"),
        (
            'logo = "logo.svg"',
            'logo = "crest.svg"',
            "logo",
            "there is no file crest.svg in the site folder: add",
        ),
        (
            "height_px = 1920",
            "height_px = 1080",
            "[profiles.pillar-21]",
            "4.03 px per mm across but 2.27 down",
        ),
        ("place = 60", "place = 20", "[rings]", "must ring in this order"),
        ("nobody = 180", "nobody = 80", "[rings]", "no sooner than supervisor"),
        ("after = 120", "after = 80", "[rings]", "no sooner than supervisor"),
        ("nobody = 180", "nobody = 0", "nobody", "rings.nobody: Input should be greater than 0"),
        ('delivery = "alarm"', 'delivery = "pager"', "webhook", "no delivery pager: choose one of cases"),
        ('kind = "folder"', 'kind = "webhook"', "[deliveries.cases]", "a webhook has no https url"),
        ('phone = "14 0999"', "phone = 140999", "phone ", "phone: Input should be a valid string"),
        ('timezone = "Europe/Amsterdam"', 'timezone = "Europe/Waterhoven"', "timezone", "is not a time zone"),
        ('monday = ["09:00-17:00"]', 'monday = ["9-17"]', "monday", "'9-17' is not a stretch of hours"),
        ('monday = ["09:00-17:00"]', 'monday = ["17:00-09:00"]', "monday", "closes before it opens"),
        ('title = "Zuil 1"', 'titel = "Zuil 1"', 'title = "Zuil 1"', "(perhaps title)"),
        ('website = "www.waterhoven.example"', "", "#", "website is missing: add it"),
        ("[2026-04-03, ", "[2026-04-02, ", "open_on_holidays", "2026-04-02 is not among the holidays"),
        ('roles = ["host"]', 'roles = ["king"]', 'roles = ["host"]', "staff.hana.roles"),
        ("bottom_mm = 800", "bottom_mm = 1200", "bottom_mm", "less than 1100"),
        ("[spoken.nl]", "[spoken.fy]", "[spoken.nl]", "there is no language fy: choose one of nl, en, ar"),
        ('voice = "nl"', 'voice = "-v"', 'voice = "nl"', "languages.nl.voice"),
        ('colour = "#0b4a5e"', 'colour = "#0b4a5e', "colour", "correct this line"),
    ],
)
def test_a_wrong_value_is_refused_where_it_stands(
    tmp_path: Path, old: str, new: str, at: str, what: str
) -> None:
    said = refusal(tmp_path, old, new)
    assert what in said
    assert re.search(rf"^site\.toml:{line_of(at)}:\d+: ", said, re.MULTILINE)


@pytest.mark.parametrize(("locale", "price"), [("nl", "€\xa017,20"), ("en_GB", "€17.20")])
def test_a_price_is_written_as_the_language_writes_it(waterhoven: Site, locale: str, price: str) -> None:
    assert waterhoven.facts(locale)["price_extract"] == price


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    said = refusal(
        tmp_path, 'place = "stadhuis"\nprofile = "pillar-21"', 'place = "paleis"\nprofile = "wall"'
    )
    assert len(said.splitlines()) == 2


def test_a_missing_site_says_which_setting_to_change(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"site\.toml:1:1: No such file or directory: point KIOSK_SITE"):
        load_site(tmp_path)


@pytest.mark.norm("VIS-28")
def test_every_picture_is_a_line_drawing_without_words() -> None:
    for picture in sorted((CONTENT / "pictures").glob("*.svg")):
        drawing = picture.read_text(encoding="utf-8")
        assert 'viewBox="0 0 64 64"' in drawing and 'stroke="currentColor"' in drawing, picture.name
        assert not re.search(r"<(text|title|script|style|image)\b", drawing), picture.name
