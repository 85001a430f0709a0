"""The test page of a printer, for the morning check: one glance says whether it prints as it must."""

from datetime import datetime

from flask import current_app

from kiosk.journeys.wording import words
from kiosk.web.parts import house
from kiosk.web.printout import in_words, interface
from kiosk.web.visiting import known_kiosk

ASKS = words("Kunt u deze zin goed lezen? Dan is de printer in orde.")


def page(kiosk: str, now: datetime) -> str:
    """The page as HTML, with a line in every language of the site; needs an app context and no request."""
    own = house.site.languages[0]
    template = current_app.jinja_env.get_template("paper/test.html")
    return template.render(
        site=house.site,
        logo=(house.site.folder / house.site.logo).as_uri(),
        place=known_kiosk(kiosk),
        printed=in_words(now, own, "EEEE d MMMM y, HH:mm"),
        asked=[(each, interface(ASKS, each.locale)) for each in house.site.languages],
    )
