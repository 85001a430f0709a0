"""The site: what one municipality owns, read from its folder into one frozen object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.numbers import format_currency

from kiosk.site.named import Named
from kiosk.site.reading import SiteError, read_file
from kiosk.site.shapes import (
    HIGHEST_MM,
    REACH_MM,
    Brand,
    Delivery,
    Hours,
    KioskEntry,
    Language,
    Mail,
    Place,
    Profile,
    Rings,
    SiteFile,
    Span,
    StaffMember,
    Wording,
)

__all__ = [
    "HIGHEST_MM",
    "REACH_MM",
    "Brand",
    "Delivery",
    "Hours",
    "Kiosk",
    "Language",
    "Mail",
    "Named",
    "Place",
    "Profile",
    "Rings",
]
__all__ += ["Site", "SiteError", "Span", "StaffMember", "load_site"]


@dataclass(frozen=True)
class Kiosk:
    """One device in one hall, with the screen it has, its printer and the desk it sends people to.

    `slot` is where its paper comes out, seen from the screen: below, left or right.
    """

    name: str
    title: str
    place: Place
    profile: Profile
    desk: Named
    printer: str | None
    slot: str


@dataclass(frozen=True)
class Site:
    """The municipality: its words, look, halls, devices, people, opening hours and deliveries."""

    folder: Path
    name: str
    title: str
    logo: str
    phone: str
    website: str
    address: str | None
    """Where phones reach this server, when that is another address than the one kiosks use."""
    timezone: ZoneInfo
    journeys: tuple[str, ...]
    brand: Brand
    hours: Hours
    languages: tuple[Language, ...]
    places: tuple[Place, ...]
    kiosks: tuple[Kiosk, ...]
    staff: tuple[StaffMember, ...]
    deliveries: Mapping[str, Delivery]
    rings: Rings
    mail: Mail | None
    prices: Mapping[str, Decimal]
    words: Wording
    spoken: Mapping[str, Mapping[str, str]]
    """Language -> how to say aloud what is written otherwise: a word, or a whole text."""
    holidays: frozenset[date]
    closed_days: frozenset[date]

    @property
    def language(self) -> str:
        """Code of the language that journeys are written in: the first in the file."""
        return self.languages[0].code

    @property
    def locale(self) -> str:
        """Locale of that language, for dates and numbers."""
        return self.languages[0].locale

    @property
    def reception(self) -> Named:
        """Where to find somebody in the main hall."""
        return self.places[0].reception

    def facts(self, locale: str) -> dict[str, str]:
        """What may stand between braces in a journey, prices as the language writes them."""
        prices = {f"price_{name}": _euros(price, locale) for name, price in self.prices.items()}
        return prices | {
            "municipality": self.name,
            "phone": self.phone,
            "reception": self.reception.spoken(locale),
            "website": self.website,
        }

    def kiosk(self, name: str) -> Kiosk | None:
        """The kiosk of this name, if there is one."""
        return next((kiosk for kiosk in self.kiosks if kiosk.name == name), None)

    def place(self, name: str) -> Place | None:
        """The place of this name, if there is one."""
        return next((place for place in self.places if place.name == name), None)

    def spans(self, day: date, place: Place | None = None) -> tuple[Span, ...]:
        """The opening hours of one day, none on a day the doors stay shut."""
        hours = (place and place.desk_hours) or self.hours
        return () if day in self.closed_days else hours.on(day)

    def open_at(self, moment: datetime, place: Place | None = None) -> bool:
        """Whether the desks are open at this moment (any aware time zone)."""
        return self.closes(moment, place) is not None

    def closes(self, moment: datetime, place: Place | None = None) -> datetime | None:
        """When the desks that are open at this moment close, in local time; None while they are shut."""
        local = moment.astimezone(self.timezone)
        today = self.spans(local.date(), place)
        ends = (span.closes for span in today if span.opens <= local.time() < span.closes)
        return next((datetime.combine(local.date(), end, self.timezone) for end in ends), None)

    def next_opening(self, moment: datetime, place: Place | None = None) -> datetime | None:
        """The first opening after this moment, in local time; None if there is none within a year."""
        return next((start for start in self._openings(moment, place) if start > moment), None)

    def _openings(self, moment: datetime, place: Place | None) -> Iterator[datetime]:
        today = moment.astimezone(self.timezone).date()
        for day in (today + timedelta(days=ahead) for ahead in range(366)):
            for span in self.spans(day, place):
                yield datetime.combine(day, span.opens, self.timezone)


def load_site(folder: Path) -> Site:
    """The site in this folder; raises SiteError with every problem found in its `site.toml`."""
    file = read_file(folder)
    return Site(
        folder=folder,
        name=file.name,
        title=file.title,
        logo=file.logo,
        phone=file.phone,
        website=file.website,
        address=file.address,
        timezone=file.timezone,
        journeys=file.journeys,
        brand=file.brand,
        hours=file.hours,
        languages=tuple(file.languages.values()),
        places=tuple(file.places.values()),
        kiosks=tuple(_kiosk(entry, file) for entry in file.kiosks.values()),
        staff=tuple(file.staff.values()),
        deliveries=file.deliveries,
        rings=file.rings,
        mail=file.mail,
        prices=file.prices,
        words=file.words,
        spoken={code: _spoken(code, file) for code in file.languages},
        holidays=frozenset(file.holidays),
        closed_days=frozenset(file.holidays) - frozenset(file.open_on_holidays),
    )


def _spoken(code: str, file: SiteFile) -> dict[str, str]:
    own = file.phone_spoken if code == next(iter(file.languages)) else ""
    # Digit by digit, in whatever language: a voice would make thousands of a telephone number.
    phone = own or ", ".join(sign for sign in file.phone if sign.isdigit())
    return {file.phone: phone, **file.spoken.get(code, {})}


@lru_cache(maxsize=256)
def _euros(price: Decimal, locale: str) -> str:
    return str(format_currency(price, "EUR", locale=locale))


def _kiosk(entry: KioskEntry, file: SiteFile) -> Kiosk:
    place, profile = file.places[entry.place], file.profiles[entry.profile]
    return Kiosk(entry.name, entry.title, place, profile, entry.desk, entry.printer, entry.slot)
