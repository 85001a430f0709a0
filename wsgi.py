"""The app, for any WSGI server and for the flask command."""

import os
import sys

from kiosk import create_app
from kiosk.settings import Settings, SettingsError
from kiosk.site import SiteError

WRONG_USE = 2

try:
    app = create_app(Settings.from_environment(os.environ))
except (SettingsError, SiteError) as problem:
    sys.stderr.write(f"{problem}\n")
    raise SystemExit(WRONG_USE) from None
