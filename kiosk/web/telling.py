"""An errand as the journeys room wants it told: to citizen and staff, on paper and in a parcel alike."""

from datetime import date

from kiosk.journeys import screens
from kiosk.journeys.files import Version
from kiosk.records.visits import Errand, Handled
from kiosk.web import visiting
from kiosk.web.parts import house


def described(errand: Errand | Handled, version: Version) -> screens.Taken:
    """All that a summary is made from."""
    return screens.Taken(
        version,
        errand.answers,
        errand.state,
        errand.reference or "",
        errand.until,
        visiting.known_kiosk(errand.kiosk).desk,
        errand.way,
        confirmed_on(errand),
    )


def confirmed_on(errand: Errand | Handled) -> date | None:
    """The day in the municipality on which this errand was confirmed."""
    moment = errand.confirmed_at
    return moment.astimezone(house.site.timezone).date() if moment else None


def in_own_language(errand: Errand | Handled, version: Version) -> screens.Summary:
    """The summary in the site's own language, as staff and receiving systems read it."""
    own = house.site.languages[0]
    facts = visiting.facts_at(errand.kiosk)
    told = described(errand, version)
    return screens.summary(told, house.day(), version.say(own.code), locale=own.locale, facts=facts)
