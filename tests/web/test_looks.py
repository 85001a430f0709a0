"""How large letters are on each kiosk: counted from the fonts themselves and the kiosk's profile."""

import pytest
from fontTools.ttLib import TTFont

from kiosk import TOP
from kiosk.web.looks import CAPITAL_ANGLE, CAPITAL_SHARE
from tests.fixtures.municipality import KIOSKS, SITE

SMALLEST_CAPITAL_MM = 4.8
"""Section 508, 402.4."""
SMALL_X = 16 / 2688
"""The height of a small x as a share of the distance (EN 301 549 V4.1.0 draft, 5.1.4)."""
LATIN = TOP / "static/vendor/atkinson-hyperlegible-next-latin-400-normal.woff2"


def share(height: str) -> float:
    """A height that the font names, as a share of its size."""
    font = TTFont(LATIN)
    return float(getattr(font["OS/2"], height) / font["head"].unitsPerEm)


@pytest.mark.norm("VIS-16")
def test_capitals_are_as_high_as_they_are_counted() -> None:
    assert share("sCapHeight") >= CAPITAL_SHARE


@pytest.mark.norm("VIS-17")
def test_a_small_x_is_high_enough_where_capitals_are() -> None:
    assert CAPITAL_ANGLE / CAPITAL_SHARE * share("sxHeight") >= SMALL_X


@pytest.mark.norm("VIS-18")
@pytest.mark.parametrize("name", KIOSKS)
def test_no_capital_is_lower_than_a_person_with_little_sight_reads(name: str) -> None:
    kiosk = SITE.kiosk(name)
    assert kiosk and CAPITAL_ANGLE * kiosk.profile.distance_mm >= SMALLEST_CAPITAL_MM
    assert TTFont(LATIN)["name"].getDebugName(1).startswith("Atkinson Hyperlegible")
