"""The code to go on with, on paper: nothing on it says what it is about, or whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date
from flask import current_app

from kiosk.journeys.wording import words
from kiosk.site import Language
from kiosk.web import elsewhere
from kiosk.web.languages import language
from kiosk.web.parts import house
from kiosk.web.printout import in_words, interface


@dataclass(frozen=True)
class Told:
    """The paper in one of its languages."""

    language: Language
    until: str

    def say(self, text: str) -> str:
        """A text of the interface; `{day}` in it is the last day on which the code is worth something."""
        return interface(text, self.language.locale).replace("{day}", self.until)


def page(told: Mapping[str, str], language_tag: str, now: datetime) -> str:
    """The paper as HTML, in the citizen's language and the site's own; needs an app context only."""
    wanted, own = language(language_tag), house.site.languages[0]
    last = date.fromisoformat(told["until"])
    spoken = [
        Told(each, str(format_date(last, "EEEE d MMMM y", locale=each.locale)))
        for each in ((wanted,) if wanted.code == own.code else (wanted, own))
    ]
    template = current_app.jinja_env.get_template("paper/code.html")
    return template.render(
        site=house.site,
        logo=(house.site.folder / house.site.logo).as_uri(),
        told=spoken,
        words=words,
        said=lambda text: tuple(each.say(text) for each in spoken),
        code=told["code"],
        address=told["address"],
        qr=elsewhere.qr(told["address"], spoken[0].say(elsewhere.SQUARE)),
        printed_short=in_words(now, own, "d-M-y HH:mm"),
    )
