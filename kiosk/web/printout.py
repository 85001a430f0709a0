"""An errand on paper: every text in the citizen's language, with the site's own beside it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, Literal

from babel.dates import format_datetime
from flask import current_app
from flask_babel import force_locale, gettext

from kiosk.journeys import screens
from kiosk.journeys.files import Version
from kiosk.journeys.screens import Row, Summary
from kiosk.journeys.wording import Say, words
from kiosk.site import Language
from kiosk.web import visiting
from kiosk.web.languages import language
from kiosk.web.parts import house

Paper = Literal["a4", "large", "roll"]
Answers = Literal["none", "plain", "all"]
"""Which answers are on paper: none of them, those without names and numbers, or all that may be printed."""
TOLD: Mapping[str, Mapping[str, Any]] = {
    "none": {"brief": True, "unnamed": True},
    "plain": {"unnamed": True},
    "all": {},
}
Texts = tuple[str, ...]
"""One text in every language of the paper, the citizen's first."""
SEVERAL = words("Uw vragen aan de gemeente")
"""The title of what tells of several errands."""
DATES = ("until", "confirmed_on", "counts_on", "due")
"""What of an errand is a date, which JSON does not know."""


@dataclass(frozen=True)
class Told:
    """The summary in one language of the paper."""

    language: Language
    summary: Summary
    say: Callable[..., str]


@dataclass(frozen=True)
class Section:
    """The answers of one part, or of one round of it; each row in every language."""

    titles: Texts
    rows: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True)
class Account:
    """What is told of one errand, in every language of its paper, the citizen's first."""

    told: tuple[Told, ...]

    @property
    def summary(self) -> Summary:
        """The summary in the citizen's language."""
        return self.told[0].summary

    def each(self, name: str) -> Texts:
        """One text of the summary, such as its title."""
        return tuple(getattr(one.summary, name) for one in self.told)

    def lines(self, name: str) -> tuple[Texts, ...]:
        """Each of some texts of the summary, such as what to bring."""
        return tuple(zip(*self.each(name), strict=True))

    def said(self, text: str) -> Texts:
        """A text of the interface."""
        return tuple(one.say(text) for one in self.told)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The answers that may be printed, by part and round, in the order of the journey."""
        return tuple(sections(self.told))


def with_answers(taken: screens.Taken, answers: str) -> screens.Taken:
    """The errand as it is told with these `Answers`."""
    return replace(taken, **TOLD[answers])


def payload(taken: screens.Taken, *also: screens.Taken) -> dict[str, Any]:
    """What a print keeps of its errands (JSON), so that it goes on when the visit is wiped."""
    return {**kept(taken), "also": [kept(each) for each in also]}


def kept(taken: screens.Taken) -> dict[str, Any]:
    """What it keeps of one of them."""
    told = {each.name: getattr(taken, each.name) for each in fields(taken)}
    dates = {name: told[name] and told[name].isoformat() for name in DATES}
    return {**told, **dates, "version": taken.version.id, "answers": dict(taken.answers)}


def errands_in(payload: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What a payload keeps of each errand, the one that was printed first."""
    return [payload, *payload.get("also", ())]


def taken_from(told: Mapping[str, Any], version: Version) -> screens.Taken:
    """An errand of a print's payload, as the journeys room wants it told; what is not known here is left."""
    dates = {name: date.fromisoformat(told[name]) for name in DATES if told.get(name)}
    known = {each.name: told[each.name] for each in fields(screens.Taken) if each.name in told}
    return screens.Taken(**{**known, **dates, "version": version})


def page(errands: Sequence[screens.Taken], language_tag: str, now: datetime) -> str:
    """The paper as HTML; needs an app context and no request."""
    accounts = [account(each, language_tag) for each in errands]
    told = accounts[0].told
    template = current_app.jinja_env.get_template("paper/summary.html")
    return template.render(
        site=house.site,
        logo=(house.site.folder / house.site.logo).as_uri(),
        title=title(accounts),
        told=told,
        accounts=accounts,
        words=words,
        printed=tuple(printed(one, now) for one in told),
        printed_short=in_words(now, house.site.languages[0], "d-M-y HH:mm"),
    )


def title(accounts: Sequence[Account]) -> str:
    """What the paper is called, in the citizen's language."""
    first = accounts[0]
    if len(accounts) > 1:
        return first.said(SEVERAL)[0]
    return f"{first.summary.title}: {first.summary.state_text}"


def account(taken: screens.Taken, language_tag: str) -> Account:
    """What is told of an errand on paper in this language."""
    return Account(telling(taken, language_tag))


def letter(taken: screens.Taken, language_tag: str) -> dict[str, str]:
    """The subject and the text of an e-mail that says where this errand stands, without names and answers."""
    told = telling(taken, language_tag)
    text = current_app.jinja_env.get_template("paper/letter.txt").render(
        site=house.site, told=told, words=words
    )
    summary = told[0].summary
    return {"subject": f"{summary.title}: {summary.state_text}", "text": text.strip() + "\n"}


def telling(taken: screens.Taken, language_tag: str) -> tuple[Told, ...]:
    """The summary in the citizen's language and, where that is another, in the site's own."""
    wanted, own = language(language_tag), house.site.languages[0]
    return tuple(tell(taken, each) for each in ((wanted,) if wanted.code == own.code else (wanted, own)))


def say_in(version: Version, spoken: Language) -> Say:
    """How a language says a text away from any page: a journey's by its context, else the interface's."""
    of_journey = version.say(spoken.code, spoken.is_simple)

    def say(text: str, context: str = "") -> str:
        return of_journey(text, context) if context else interface(text, spoken.locale)

    return say


def tell(taken: screens.Taken, spoken: Language) -> Told:
    """The summary in one language."""
    say = say_in(taken.version, spoken)
    summary = screens.summary(
        taken,
        house.day(),
        say,
        locale=spoken.locale,
        facts=visiting.facts_at(taken.kiosk, spoken.locale),
    )
    return Told(spoken, summary, say)


def interface(text: str, locale: str) -> str:
    """A text of the interface in the language of this locale."""
    with force_locale(locale):
        return str(gettext(text))


def sections(told: tuple[Told, ...]) -> Iterator[Section]:
    """The answers that may be printed, by part and round, in the order of the journey."""
    rows = [row for row in zip(*(one.summary.rows for one in told), strict=True) if row[0].paper]
    for _, group in groupby(rows, key=lambda row: (row[0].part_title, row[0].round)):
        together = tuple(group)
        yield Section(tuple(heading(row) for row in together[0]), together)


def heading(row: Row) -> str:
    """The title of a row's part, with the number of the round."""
    return f"{row.part_title} {row.round}" if row.round else row.part_title


def printed(told: Told, now: datetime) -> str:
    """When the paper was made, in words."""
    return told.say(words("Gemaakt op {moment}.")).replace(
        "{moment}", in_words(now, told.language, "EEEE d MMMM y, HH:mm")
    )


def in_words(moment: datetime, spoken: Language, pattern: str) -> str:
    """A moment on the clock of the town hall."""
    return format_datetime(moment.astimezone(UTC), pattern, tzinfo=house.site.timezone, locale=spoken.locale)
