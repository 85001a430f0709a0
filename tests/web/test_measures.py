"""What an installer sees at a kiosk: rulers, heights above the floor and what is not as it should be."""

from collections.abc import Callable

import pytest
from flask import Flask

from kiosk.site import Profile
from kiosk.web.measures import marks, measured
from tests.fixtures.municipality import KIOSKS, SITE
from tests.fixtures.visitors import Visitor

pytestmark = pytest.mark.either_database

PILLAR = SITE.kiosks[0].profile


def hung_at(bottom_mm: int) -> Profile:
    """The pillar of the hall, with its screen this high above the floor."""
    return PILLAR.model_copy(update={"bottom_mm": bottom_mm})


@pytest.mark.norm("MOT-21")
@pytest.mark.parametrize("name", KIOSKS)
def test_every_kiosk_of_the_demonstration_measures_up(visitor: Visitor, name: str) -> None:
    page = visitor.arrives(name).goes_to("/measures").page
    assert page.screen == "measures"
    assert len(page.all(data_measure="good")) == len(list(measured(PILLAR)))
    assert not page.all(data_measure="wrong")


def test_marks_are_as_far_apart_as_on_a_ruler() -> None:
    assert list(marks(PILLAR))[:3] == [(800, 476), (850, 426), (900, 376)]
    assert next(height for height, _ in marks(hung_at(830))) == 850


@pytest.mark.norm("MOT-21")
@pytest.mark.parametrize(
    ("bottom", "wrong"),
    [
        (700, {"Van de vloer tot de onderkant van het beeld"}),
        (950, {"Hoogte van het deel dat iedereen kan aanraken"}),
        (800, set()),
    ],
)
def test_a_screen_that_hangs_too_low_or_too_high_is_told(bottom: int, wrong: set[str]) -> None:
    assert {each.name for each in measured(hung_at(bottom)) if not each.good} == wrong


def test_a_device_that_is_no_kiosk_has_no_measures(make_app: Callable[..., Flask]) -> None:
    stranger = Visitor(make_app(demo=False).test_client())
    assert stranger.goes_to("/measures").page.status == 404
