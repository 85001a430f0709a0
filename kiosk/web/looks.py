"""How pages look on this kiosk: sizes in real millimetres, and the municipality's colours and pictures."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response
from markupsafe import Markup

from kiosk.site import Brand, Profile
from kiosk.web.parts import house
from kiosk.web.visiting import known_kiosk

blueprint = Blueprint("looks", __name__)

CAPITAL_ANGLE = 0.01222
"""Height of a capital H as a share of the viewing distance: 0.7 degrees (EN 301 549, 5.1.4)."""
CAPITAL_SHARE = 0.668
"""Height of a capital H as a share of the font size, in Atkinson Hyperlegible Next."""
DECORATION = 'aria-hidden="true" focusable="false"'
LEAST_REACH = 0.3
"""A share of the screen that its buttons need, however high it hangs."""


@blueprint.get("/look/<kiosk>.css")
def tokens(kiosk: str) -> Response:
    """The custom properties of one kiosk's screen and the site's brand."""
    css = properties(known_kiosk(kiosk).profile, house.site.brand)
    response = Response(
        ":root{" + "".join(f"--{name}:{value};" for name, value in css.items()) + "}", mimetype="text/css"
    )
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


def properties(profile: Profile, brand: Brand) -> dict[str, str]:
    """Custom property name -> value, for this screen and brand."""
    return {
        "mm": f"{profile.px_per_mm:.4f}px",
        "screen-w": f"{profile.width_mm:g}",
        "screen-h": f"{profile.height_mm:g}",
        "reach": f"{max(LEAST_REACH, profile.reach_share):.3f}",
        "touch": f"{profile.touch_share:.3f}",
        "text": f"{CAPITAL_ANGLE * profile.distance_mm / CAPITAL_SHARE:.2f}",
        "brand-light": brand.colour,
        "on-brand-light": brand.on_colour,
        "brand-dark": brand.dark,
        "on-brand-dark": brand.on_dark,
    }


def pictures(*folders: Path) -> Callable[[str], Markup]:
    """What gives the drawing of a name, from the first of these folders that has it.

    A drawing is decoration, never read out. A screen does without one that is missing;
    `flask journeys check` names it.
    """

    @cache
    def picture(name: str) -> Markup:
        for file in (folder / f"{name}.svg" for folder in folders):
            if file.is_file():
                drawing = file.read_text(encoding="utf-8")
                return Markup(drawing.replace("<svg ", f"<svg {DECORATION} ", 1))
        return Markup("")

    return picture


def assets(folder: Path, address: str) -> Callable[[str], str]:
    """What gives the address of a static file, with its content's hash so that browsers may keep it."""

    @cache
    def asset(name: str) -> str:
        file = folder / name
        content = file.read_bytes() if file.is_file() else b""
        return f"{address}/{name}?v={sha256(content).hexdigest()[:10]}"

    return asset
