"""A kiosk in the town hall: citizens are taken through their question, and a person is one tap away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Flask

    from kiosk.settings import Settings

TOP = Path(__file__).parents[1]
"""The folder that holds the program: templates, translations and static files stand beside this package."""


def create_app(settings: Settings, clock: Callable[[], datetime] | None = None) -> Flask:
    """The app, ready to serve. Raises `SiteError` when the site's folder is not in order."""
    # Only here, so that whoever imports one room does not import them all.
    from kiosk.assembly import assemble

    return assemble(settings, clock)
