"""The rules that every page of every test obeys (`tests/fixtures/pages.py`) find what breaks them."""

import pytest

from tests.fixtures.pages import Page, obey_house_rules, page_of
from tests.test_templates import house_without_records


@pytest.fixture(scope="module")
def good() -> Page:
    """A page that obeys: the one on which people choose a language."""
    return page_of(house_without_records().test_client().get("/language"))


def changed(page: Page, old: str, new: str) -> Page:
    assert old in page.html, old
    return Page(page.status, page.path, page.headers, page.html.replace(old, new, 1))


def without(page: Page, header: str) -> Page:
    headers = {name: value for name, value in page.headers.items() if name != header}
    return Page(page.status, page.path, headers, page.html)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('lang="nl"', "", "no lang"),
        ('dir="ltr"', 'dir="rtl"', "dir rtl in nl"),
        ("<title>", "<title>Stap 1: ", "the title does not begin with the heading"),
        ("</h1>", "</h1><h1>Nog een</h1>", "2 h1"),
        ('id="main"', 'id="heading"', "id heading 2 times"),
        ("</main>", '<input name="age"></main>', "no label for age"),
        ("</main>", '<p style="color: red">x</p></main>', "style on"),
        ("</main>", "<p>{phone}</p></main>", "a placeholder was not filled"),
        ("</main>", "<svg></svg></main>", "a picture without words that is not hidden"),
        ("</main>", '<img src="/x.png"></main>', "an img without alt"),
        ("</main>", '<button aria-label="Verder"></button></main>', "no words in"),
        ("</main>", '<button aria-label="Ga door">Verder</button></main>', "is not how Verder is seen"),
        ("</main>", "<p>Vanaf 31 maart 2027</p></main>", "no weekday: 31 maart"),
        ("</main>", "<p>From 31 March</p></main>", "no weekday: 31 March"),
        ("</main>", "<p>Dat kost 12,50.</p></main>", "no euro sign: 12,50"),
        ("<title>", '<meta http-equiv="refresh" content="5"><title>', "a page that leaves by itself"),
        ('data-action="end"', "", "another bar"),
        ('href="#main"', 'href="#bar"', "no way past the bar"),
    ],
)
def test_markup_that_breaks_a_rule_is_named(good: Page, old: str, new: str, told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        obey_house_rules(changed(good, old, new))


@pytest.mark.parametrize(
    "text",
    [
        "woensdag 31 maart 2027",
        "Wednesday 31 March",
        "الأربعاء، 31 مارس",
        "wo 31 maart",
        "€ 12,50",
        "€12.50",
        "12,50 €",
    ],
)
def test_days_and_amounts_in_full_are_left_alone(good: Page, text: str) -> None:
    obey_house_rules(changed(good, "</main>", f"<p>{text}</p></main>"))


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Cache-Control", "may be stored"),
        ("Content-Security-Policy", "no strict Content-Security-Policy"),
        ("Permissions-Policy", "an open camera or microphone"),
    ],
)
def test_a_header_that_is_missing_is_named(good: Page, header: str, told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        obey_house_rules(without(good, header))


def test_markup_with_an_error_in_it_is_refused(good: Page) -> None:
    with pytest.raises(Exception, match=r"Unexpected|Expected"):
        obey_house_rules(changed(good, "</main>", "</section></main>"))
