"""An errand as the journeys room wants it told: to citizen and staff, on paper and in a parcel alike."""

from datetime import date, datetime

from kiosk.journeys import screens
from kiosk.journeys.fields import FieldError
from kiosk.journeys.files import Version
from kiosk.journeys.flow import Point
from kiosk.journeys.rules import Answers
from kiosk.journeys.speaking import Speaker
from kiosk.records.visits import Errand, Handled
from kiosk.site import Language
from kiosk.web import staffing, visiting
from kiosk.web.parts import house
from kiosk.web.printout import say_in
from kiosk.web.visiting import Taken

FINISHED = ("processed", "refused")
"""How an errand stands when nothing more will happen to it."""


def described(errand: Errand | Handled, version: Version) -> screens.Taken:
    """All that a summary is made from."""
    return screens.Taken(
        version,
        errand.answers,
        standing(errand),
        errand.reference or "",
        errand.until,
        errand.kiosk,
        errand.way,
        day_of(errand.confirmed_at),
        day_of(errand.seen_at),
        errand.due,
        confirmed_by=staffing.shown(errand.confirmed_by) if errand.confirmed_by else "",
    )


def standing(errand: Errand | Handled) -> str:
    """How far staff are with it, as summary and sheet name it; its own state before they touch it."""
    marks = (("processed", errand.processed_at), ("refused", errand.refused_at), ("seen", errand.seen_at))
    return next((state for state, moment in marks if moment), errand.state)


def day_of(moment: datetime | None) -> date | None:
    """The day in the municipality at that moment."""
    return moment.astimezone(house.site.timezone).date() if moment else None


def in_own_language(errand: Errand | Handled, version: Version) -> screens.Summary:
    """The summary in the site's own language, as staff and receiving systems read it."""
    own = house.site.languages[0]
    facts = visiting.facts_at(errand.kiosk, own.locale)
    told = described(errand, version)
    return screens.summary(told, house.day(), version.say(own.code), locale=own.locale, facts=facts)


def speaker_in(taken: Taken, spoken: Language) -> Speaker:
    """Who says the words of this errand in a language, whatever that of the page is."""
    facts = visiting.facts_at(taken.errand.kiosk, spoken.locale)
    return Speaker(taken.version.journey, say_in(taken.version, spoken), spoken.locale, facts)


def screen_in(
    taken: Taken,
    point: Point,
    spoken: Language,
    *,
    earlier: Answers = screens.NO_ANSWERS,
    given: screens.Form | None = None,
    error: FieldError | None = None,
) -> screens.Screen:
    """One step as a language says it; after an error with what was given and what is wrong with it."""
    speaker = speaker_in(taken, spoken)
    return screens.step_screen(
        taken.version,
        point,
        taken.errand.answers,
        house.day(),
        speaker.say,
        locale=spoken.locale,
        facts=speaker.facts,
        earlier=earlier,
        given=given,
        error=error,
    )
