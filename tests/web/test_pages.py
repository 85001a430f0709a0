"""Pages that are kept: the same for everybody, and never with anything of anybody."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from kiosk.web.pages import MOST, Pages
from tests.fixtures.visitors import Visitor

pytestmark = pytest.mark.either_database


def test_a_page_is_made_once() -> None:
    made: list[str] = []
    pages = Pages()
    for _ in range(2):
        assert pages.page("start", lambda: made.append("start") or "the start") == "the start"
    assert made == ["start"]


def test_there_is_an_end_to_what_is_kept() -> None:
    pages = Pages()
    for number in range(MOST + 10):
        pages.page(number, lambda: "a page")
    assert len(pages._kept) <= MOST


def test_nobody_sees_what_another_answered(new_visitor: Callable[[], Visitor]) -> None:
    first, second = new_visitor().arrives().begins("moving"), new_visitor().arrives().begins("moving")
    first.answers("here").goes_back()
    assert [each for each in first.page.all("input") if each.get("checked") is not None]
    second.goes_to(second.page.path)
    assert not [each for each in second.page.all("input") if each.get("checked") is not None]


def test_a_call_is_seen_on_a_page_that_was_kept(new_visitor: Callable[[], Visitor]) -> None:
    new_visitor().arrives().begins("moving")
    calling = new_visitor().arrives().begins("moving").calls()
    assert calling.page.all(data_call_state="")
    assert not new_visitor().arrives().begins("moving").page.all(data_call_state="")


def test_a_kept_page_speaks_the_language_of_who_looks(new_visitor: Callable[[], Visitor]) -> None:
    new_visitor().arrives().begins("moving")
    assert new_visitor().arrives().begins("moving").speaks("ar").page.root.get("dir") == "rtl"


def test_no_answer_is_ever_kept(app: Flask, new_visitor: Callable[[], Visitor]) -> None:
    visitor = new_visitor().arrives().begins("moving").answers("here", "netherlands", "yes")
    day = date(2027, 3, 9)
    visitor.answers({"day": str(day.day), "month": str(day.month), "year": str(day.year)}).goes_back()
    kept = app.extensions["house"].pages._kept
    assert not [page for page in kept.values() if 'value="2027"' in page or "checked" in page]
