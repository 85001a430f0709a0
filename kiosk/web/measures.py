"""What an installer measures at a kiosk: whether its millimetres are real, and what is within reach."""

from collections.abc import Iterator
from dataclasses import dataclass

from babel.numbers import format_decimal
from flask import Blueprint, render_template

from kiosk.site import HIGHEST_MM, REACH_MM, Profile
from kiosk.web import looks, visiting
from kiosk.web.errors import NoSuchPage
from kiosk.web.parts import house

blueprint = Blueprint("measures", __name__)

READ_UP_TO_MM = 1600
"""Above the floor: nothing that has to be read stands higher (EN 301 549 V4.1.0 draft, 8.3.3.1)."""
LOWEST_MM = 800
"""Above the floor: no screen begins lower (EN 301 549 V4.1.0 draft, 8.3.2)."""
EYE_MM = 1015
"""Above the floor: the eye of who sits (EN 301 549 V3.2.1, 8.3.5)."""


@dataclass(frozen=True)
class Measure:
    """Something to measure with a ruler: how much it must be in mm, and whether that is as it should be."""

    name: str
    mm: float
    good: bool
    advice: str = ""

    @property
    def written(self) -> str:
        """The millimetres, as the site writes numbers."""
        return format_decimal(self.mm, "#.#", locale=house.site.locale)


@blueprint.get("/measures")
def show() -> str:
    """Rulers and heights of the kiosk that this browser is; raises `NoSuchPage` where it is none."""
    kiosk = visiting.current_kiosk()
    if kiosk is None:
        raise NoSuchPage
    profile = kiosk.profile
    return render_template(
        "citizen/measures.html",
        kiosk=kiosk,
        profile=profile,
        marks=list(marks(profile)),
        lines=[each for each in LINES.items() if 0 < each[1] - profile.bottom_mm < profile.height_mm],
        measures=list(measured(profile)),
    )


LINES = {"hoogste knop": HIGHEST_MM, "bereik van wie zit": REACH_MM, "oog van wie zit": EYE_MM}
"""Heights above the floor that are drawn across the screen."""


def marks(profile: Profile) -> Iterator[tuple[int, float]]:
    """Each whole 50 mm above the floor that the screen shows, with how far below its upper edge that is."""
    upper = profile.bottom_mm + profile.height_mm
    for height in range(-(-profile.bottom_mm // 50) * 50, upper, 50):
        yield height, upper - height


def measured(profile: Profile) -> Iterator[Measure]:
    """What to measure, from the floor up, and then on the screen."""
    lower, upper = profile.bottom_mm, profile.bottom_mm + profile.height_mm
    yield Measure(
        "Van de vloer tot de onderkant van het beeld",
        lower,
        lower >= LOWEST_MM,
        f"Hang het beeld {LOWEST_MM} mm hoog of hoger.",
    )
    yield Measure(
        "Van de vloer tot de bovenkant van het beeld",
        upper,
        upper <= READ_UP_TO_MM,
        f"Wat boven {READ_UP_TO_MM} mm staat, leest niet iedereen.",
    )
    yield Measure(
        "Hoogte van het deel dat iedereen kan aanraken",
        profile.reach_share * profile.height_mm,
        profile.reach_share * profile.height_mm >= MOST_OF_A_SCREEN_MM,
        "Hier passen niet alle knoppen. Hang het beeld lager, of kies een groter scherm.",
    )
    yield Measure("Breedte van het beeld", profile.width_mm, True)
    yield Measure("Hoogte van een hoofdletter H", looks.CAPITAL_ANGLE * profile.distance_mm, True)


MOST_OF_A_SCREEN_MM = 200
"""What the bar, the foot and one row of choices take together."""
