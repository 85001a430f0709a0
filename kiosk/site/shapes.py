"""The shapes of `site.toml`: what may stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from kiosk.site.named import Named

REACH_MM = 1100  # EN 301 549 V4 draft, 8.3.5.1: within reach of everyone up to this height above the floor
HIGHEST_MM = 1220  # EN 301 549 V3.2.1, 8.3.2 and 8.3.3: nobody who sits touches anything higher
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Span:
    """One stretch of opening hours on a day, in local time."""

    opens: time
    closes: time


def _span(text: object) -> Span:
    match = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)", text) if isinstance(text, str) else None
    if not match:
        raise ValueError(f"{text!r} is not a stretch of hours such as 09:00-17:00")
    span = Span(time.fromisoformat(match[1]), time.fromisoformat(match[2]))
    if span.opens >= span.closes:
        raise ValueError(f"{text} closes before it opens")
    return span


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is not a time zone such as Europe/Amsterdam") from None


def _holiday(text: object) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ValueError(f"{text} is no date such as 2027-12-25") from None


def _price(text: object) -> Decimal:
    if isinstance(text, str) and re.fullmatch(r"\d{1,5},\d\d", text):
        return Decimal(text.replace(",", "."))
    raise ValueError(f'{text!r} is no price such as "17,20"')


Price = Annotated[Decimal, BeforeValidator(_price)]
PriceName = Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
Holiday = Annotated[date, BeforeValidator(_holiday)]
Spans = Annotated[tuple[Annotated[Span, BeforeValidator(_span)], ...], Field(strict=False)]
Words = Annotated[tuple[str, ...], Field(strict=False)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Text = Annotated[str, Field(min_length=1)]
Positive = Annotated[int, Field(gt=0)]


class Entry(BaseModel):
    """A checked table of the file; a key it does not know is refused."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True)


SIMPLE = "@simple"
"""What the locale of a language in simple words ends in."""


class Language(Entry):
    """A language the kiosks offer, with its own name in its own script.

    `voice` is the voice of espeak-ng that reads it aloud; empty where none does so well enough.
    """

    code: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    name: Text
    direction: Literal["ltr", "rtl"] = "ltr"
    locale: Text
    voice: Annotated[str, Field(pattern=r"^([a-z][a-z0-9-]*)?$")] = ""

    @property
    def tag(self) -> str:
        """The language as it is kept for later: its code and, in simple words, that it is spoken so."""
        return f"{self.code}{SIMPLE}" if self.is_simple else self.code

    @property
    def is_simple(self) -> bool:
        """Whether it is spoken in simple words."""
        return self.locale.endswith(SIMPLE)

    def simply(self) -> Language:
        """The same language in simple words, which gettext knows as a variant of its locale."""
        return self if self.is_simple else self.model_copy(update={"locale": f"{self.locale}{SIMPLE}"})


class Brand(Entry):
    """The municipality's colour and what stands on it, on light and on dark screens."""

    colour: Colour
    on_colour: Colour
    dark: Colour
    on_dark: Colour


class Hours(Entry):
    """Opening hours of a week; a day left out is closed."""

    monday: Spans = ()
    tuesday: Spans = ()
    wednesday: Spans = ()
    thursday: Spans = ()
    friday: Spans = ()
    saturday: Spans = ()
    sunday: Spans = ()

    def on(self, day: date) -> tuple[Span, ...]:
        """The stretches of the week day that `day` is; holidays are not looked at."""
        spans: tuple[Span, ...] = getattr(self, WEEKDAYS[day.weekday()])
        return spans


class Place(Entry):
    """A hall with desks; `desk_hours` are the site's own hours unless the place has others."""

    name: Name
    title: Named
    reception: Named
    address: Text
    desk_hours: Hours | None = None


class Profile(Entry):
    """A kind of screen: size, resolution in CSS px, height above the floor and viewing distance in mm."""

    name: Name
    width_mm: Positive
    height_mm: Positive
    width_px: Positive
    height_px: Positive
    bottom_mm: Annotated[int, Field(ge=380, lt=REACH_MM)]
    distance_mm: Positive

    @model_validator(mode="after")
    def _pixels_are_square(self) -> Profile:
        across, down = self.width_px / self.width_mm, self.height_px / self.height_mm
        if abs(across - down) > 0.03 * across:
            raise ValueError(f"{across:.2f} px per mm across but {down:.2f} down")
        return self

    @property
    def px_per_mm(self) -> float:
        """CSS pixels in one real millimetre."""
        return self.width_px / self.width_mm

    @property
    def touch_share(self) -> float:
        """Share of the screen's height, counted from below, where something to touch may stand (0 to 1)."""
        return min(1.0, (HIGHEST_MM - self.bottom_mm) / self.height_mm)

    @property
    def reach_share(self) -> float:
        """Share of the screen's height, counted from below, that everyone can reach (0 to 1)."""
        return min(1.0, (REACH_MM - self.bottom_mm) / self.height_mm)


class StaffMember(Entry):
    """Somebody who works here: `name` to sign in, `shown` to the citizen."""

    name: Name
    shown: Text
    roles: Annotated[tuple[Literal["host", "official", "supervisor"], ...], Field(strict=False, min_length=1)]
    expertise: Words = ()
    languages: Words
    place: str


class Delivery(Entry):
    """Where confirmed errands go: into a folder, or to an address with a secret named in the environment."""

    kind: Literal["folder", "webhook"]
    url: str = ""
    secret_env: str = ""

    @model_validator(mode="after")
    def _webhook_has_address(self) -> Delivery:
        if self.kind == "webhook" and not (self.url.startswith("https://") and self.secret_env):
            raise ValueError("a webhook has no https url, or no secret_env")
        return self


class Alarm(Entry):
    """Which delivery hears, after how many seconds, of a call that still waits."""

    delivery: str
    after: Positive


class Rings(Entry):
    """After how many seconds a call that waits is heard by more people than the host in the hall.

    First by those at the place who know about it, then by all there, then by supervisors. After `nobody`
    seconds the citizen reads that nobody answers, and where to go.
    """

    expertise: Positive = 30
    place: Positive = 60
    supervisor: Positive = 90
    nobody: Positive = 180
    webhook: Alarm | None = None

    @model_validator(mode="after")
    def _one_after_the_other(self) -> Rings:
        if not self.expertise <= self.place <= self.supervisor:
            raise ValueError("expertise, place and supervisor must ring in this order")
        if min(self.nobody, self.webhook.after if self.webhook else self.nobody) < self.supervisor:
            raise ValueError("nobody and webhook come no sooner than supervisor")
        return self


class Mail(Entry):
    """The mail server that sends a citizen where they stand; its password is named in the environment."""

    host: Text
    port: Annotated[int, Field(gt=0, lt=65536)] = 587
    sender: Annotated[str, Field(pattern=r"^[^<>@]*<?[^<>@\s]+@[^<>@\s]+>?$")]
    secure: bool = True
    user: str = ""
    password_env: str = ""


class Wording(Entry):
    """The site's own words to leave out or to doubt, each with a plainer one, and hard ones that it needs."""

    banned: dict[Text, Text] = {}
    hard: dict[Text, Text] = {}
    needed: Words = ()


class KioskEntry(Entry):
    """A device as the file has it: its place and profile by name, and on which side its paper comes out."""

    name: Name
    title: Text
    place: str
    profile: str
    desk: Named
    printer: Annotated[str, Field(pattern=r"^ipps?://")] | None = None
    slot: Literal["below", "left", "right"] = "below"


class SiteFile(Entry):
    """All of `site.toml`, each value checked, names not yet looked up."""

    name: Text
    title: Text
    logo: Annotated[str, Field(pattern=r"^[\w-]+\.svg$")]
    phone: Text
    phone_spoken: str = ""
    website: Text
    address: Annotated[str, Field(pattern=r"^https?://[^/\s]+$")] | None = None
    timezone: Annotated[ZoneInfo, BeforeValidator(_zone)]
    journeys: Words = ()
    open_on_holidays: Annotated[tuple[date, ...], Field(strict=False)] = ()
    brand: Brand
    hours: Hours
    languages: Annotated[dict[str, Language], Field(min_length=1)]
    places: Annotated[dict[str, Place], Field(min_length=1)]
    profiles: dict[str, Profile]
    kiosks: Annotated[dict[str, KioskEntry], Field(min_length=1)]
    staff: dict[str, StaffMember] = {}
    deliveries: dict[str, Delivery] = {}
    rings: Rings = Rings()
    mail: Mail | None = None
    prices: dict[PriceName, Price] = {}
    words: Wording = Wording()
    spoken: dict[str, dict[Text, Text]] = {}
    holidays: dict[Holiday, Text] = {}
