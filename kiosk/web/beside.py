"""One page that two people read: the citizen's language large, the site's own small beneath each text."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from markupsafe import Markup

from kiosk.journeys.flow import Point
from kiosk.journeys.screens import Screen, Summary
from kiosk.records.visits import CITIZEN
from kiosk.site import Language
from kiosk.web import staffing, telling, visiting
from kiosk.web.languages import current_language
from kiosk.web.parts import house
from kiosk.web.visiting import Taken

Told = TypeVar("Told")


def doubled(shown: Told, other: Told, spoken: Language, own: Language) -> Told:
    """What is `shown` in one language, with each text that the `other` says differently beneath it.

    Names, values and pictures are the same in both and stay as they are.
    """

    def both(one: Any, two: Any) -> Any:
        if isinstance(one, str):
            return two_texts(one, two, spoken, own) if two and one != two else one
        if isinstance(one, tuple):
            return tuple(both(*each) for each in zip(one, two, strict=True))
        if isinstance(one, Mapping):
            return {name: both(text, two.get(name)) for name, text in one.items()}
        if is_dataclass(one) and not isinstance(one, type):
            return replace(one, **{each.name: both(*values(one, two, each.name)) for each in fields(one)})
        return one

    result: Told = both(shown, other)
    return result


def values(one: Any, two: Any, name: str) -> tuple[Any, Any]:
    """What both have under this name."""
    return getattr(one, name), getattr(two, name)


def two_texts(one: str, two: str, spoken: Language, own: Language) -> Markup:
    """Two texts that say the same, each marked with its language."""
    first = Markup('<span lang="{}" dir="{}">{}</span> ').format(spoken.code, spoken.direction, one)
    second = Markup('<span class="beneath" lang="{}" dir="{}">{}</span>').format(own.code, own.direction, two)
    return Markup("<span>{}</span>").format(first + second)


def is_read_by_two() -> bool:
    """Whether this page is on the tablet of a host who sits beside somebody with another language."""
    return visiting.is_accompanied() and current_language().code != house.site.language


def screen(taken: Taken, point: Point, shown: Screen, **given: Any) -> Screen:
    """The screen as it is shown, read by one person or by two."""
    own = house.site.languages[0]
    if not is_read_by_two():
        return shown
    return doubled(shown, telling.screen_in(taken, point, own, **given), current_language(), own)


def summary(taken: Taken, shown: Summary) -> Summary:
    """The summary as it is shown, read by one person or by two."""
    if not is_read_by_two():
        return shown
    other = telling.in_own_language(taken.errand, taken.version)
    return doubled(shown, other, current_language(), house.site.languages[0])


def writer() -> str:
    """Who enters an answer on this page: the host whose tablet it is, else the citizen."""
    member = staffing.current() if visiting.is_accompanied() else None
    return member.name if member else CITIZEN
