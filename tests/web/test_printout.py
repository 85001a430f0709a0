"""The summary on paper says what the screen says, in every language of the site, to eye and ear."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk import TOP
from kiosk.journeys import screens
from kiosk.journeys.files import Version, parse
from kiosk.journeys.pieces import Example
from kiosk.journeys.screens import Summary
from kiosk.neighbours.pdf import KINDS, Press
from kiosk.web import printout
from kiosk.web.printout import Told
from tests.fixtures.apps import Clock, app_of, settings_for
from tests.fixtures.documents import headings, languages, opened, readings, skipped, spoken, text, unexplained
from tests.fixtures.municipality import EXAMPLES, LANGUAGES, MOVING, SITE, longest_example, name_of
from tests.fixtures.papers import REFERENCE, taken_of

ENDED = [each for each in EXAMPLES if each[1].ends in ("prepared", "arranged", "referred")]
NOW = Clock().now
LONG = "Wilhelmina Antoinette van Oldenbarneveldt-Schimmelpenninck van der Oije"


@dataclass(frozen=True)
class Paper:
    """One errand on paper, and what it was made from."""

    told: tuple[Told, ...]
    html: str
    document: bytes


class Shop:
    """Prints an errand as the worker would."""

    def __init__(self) -> None:
        self.press = Press(TOP / "static/css", (TOP / "static/vendor", SITE.folder))

    def __call__(self, taken: screens.Taken, language: str, kind: Any = "a4", *also: screens.Taken) -> Paper:
        html = printout.page([taken, *also], language, NOW)
        return Paper(printout.telling(taken, language), html, self.press.render(html, kind=kind))


@pytest.fixture(scope="module")
def printed() -> Shop:
    return Shop()


@pytest.fixture
def waterhoven(tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """An app that is entered, whose database nobody asks anything."""
    app = app_of(settings_for(tmp_path, f"sqlite:///{tmp_path}/unused.db"), clock)
    with app.app_context():
        yield app


@pytest.fixture
def taken(waterhoven: Flask) -> screens.Taken:
    """The longest example of a journey, prepared."""
    return taken_of("moving", longest_example("moving"))


def words_of(summary: Summary) -> list[str]:
    """Every text of a summary that belongs on paper."""
    rows = [part for row in summary.rows if row.paper for part in (row.label, row.text)]
    texts = (summary.title, summary.state_text, summary.contact, summary.until)
    return [*texts, *summary.next, *summary.bring, *summary.notes, *rows]


def squeezed(words: str) -> str:
    """Letters and digits alone: where a line breaks does not matter, nor what marks its direction."""
    return "".join(sign for sign in words if sign.isalnum())


@pytest.mark.norm("COG-27")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", [each.code for each in SITE.languages if each.direction == "ltr"])
def test_paper_says_what_the_summary_says(
    taken: screens.Taken, printed: Shop, language: str, kind: Any
) -> None:
    paper = printed(taken, language, kind)

    on_paper = squeezed(text(paper.document))
    assert [each for each in words_of(paper.told[0].summary) if squeezed(each) not in on_paper] == []


@pytest.mark.norm("EN 10.1.3.2")
def test_a_screen_reader_hears_the_arabic_of_the_summary(taken: screens.Taken, printed: Shop) -> None:
    paper = printed(taken, "ar")

    heard = squeezed(readings(paper.document))
    arabic = [
        each for each in words_of(paper.told[0].summary) if any("\u0600" <= sign <= "\u06ff" for sign in each)
    ]
    assert len(arabic) > 10
    assert [each for each in arabic if squeezed(each) not in heard] == []


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != SITE.language])
def test_the_official_reads_dutch_beside_the_citizens_language(
    taken: screens.Taken, printed: Shop, language: str
) -> None:
    paper = printed(taken, language)

    dutch = paper.told[1].summary
    on_paper = squeezed(text(paper.document))
    assert [each for each in words_of(dutch) if squeezed(each) not in on_paper] == []


@pytest.mark.norm("EN 5.4", "EN 10.3.1.2")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fragment_knows_its_language(taken: screens.Taken, printed: Shop, language: str) -> None:
    paper = printed(taken, language)

    assert languages(paper.document) == {language, SITE.language}
    assert str(opened(paper.document).Root.Lang) == language


@pytest.mark.parametrize("kind", KINDS)
def test_arabic_is_read_aloud_as_arabic_and_dutch_as_dutch(
    taken: screens.Taken, printed: Shop, kind: Any
) -> None:
    heard = spoken(printed(taken, "ar", kind).document)

    arabic = [language for language, words in heard if re.search("[\u0621-\u064a]", words)]
    assert len(arabic) > 10 and set(arabic) == {"ar"}


@pytest.mark.norm("EN 10.2.4.6")
@pytest.mark.parametrize("kind", KINDS)
def test_headings_skip_no_level_and_every_errand_begins_with_one(
    taken: screens.Taken, printed: Shop, kind: Any
) -> None:
    second = taken_of("extract", longest_example("extract"))
    document = printed(taken, "en", kind, second).document

    levels = headings(document)
    assert (skipped(levels), levels.count(1)) == ([], 2)
    assert unexplained(document) == []


@pytest.mark.norm("EN 10.1.4.5")
def test_arabic_on_paper_can_be_searched_and_copied(taken: screens.Taken, printed: Shop) -> None:
    found = text(printed(taken, "ar").document)

    # Without a lam before an alef: programs read that one sign in two ways.
    assert {"وثيقة", "هل", "عن", "مع"} <= set(re.findall(r"\w+", found))


def test_paper_in_the_sites_own_language_says_everything_once(taken: screens.Taken, printed: Shop) -> None:
    paper = printed(taken, SITE.language)

    assert [each.language.code for each in paper.told] == [SITE.language]


def test_what_is_never_printed_is_not_printed(
    taken: screens.Taken, printed: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = screens.summary

    def with_a_secret(*given: Any, **more: Any) -> Summary:
        found = whole(*given, **more)
        secret = replace(found.rows[0], label="Adres", text="Geheimstraat 1", paper=False)
        return replace(found, rows=(secret, *found.rows))

    monkeypatch.setattr(screens, "summary", with_a_secret)
    assert "Geheimstraat" not in printout.page([taken], "nl", NOW)


def test_the_state_comes_before_everything_else(taken: screens.Taken, printed: Shop) -> None:
    paper = printed(taken, "nl")

    summary = paper.told[0].summary
    body = text(paper.document)
    places = [
        body.index(each) for each in (summary.state_text, summary.next[0][:20], "Uw nummer", "Uw antwoorden")
    ]
    assert places == sorted(places)


def test_the_number_can_be_found_at_a_glance(taken: screens.Taken, printed: Shop) -> None:
    assert text(printed(taken, "nl").document).count(REFERENCE) == 2


def test_every_page_says_whose_it_is_and_which_one(taken: screens.Taken, printed: Shop) -> None:
    body = text(printed(taken, "en").document)

    pages = body.count(SITE.phone)
    assert pages >= 2
    assert f"1 / {body.count(f'{SITE.title} ·')}" in body


def test_long_names_stay_on_the_paper(taken: screens.Taken, printed: Shop) -> None:
    name = next(key for key in taken.answers if key.endswith(".name"))
    long = replace(taken, answers={**taken.answers, name: LONG})

    for kind in KINDS:
        assert squeezed(LONG) in squeezed(text(printed(long, "en", kind).document))


def test_markup_in_an_answer_is_only_text(taken: screens.Taken, printed: Shop) -> None:
    name = next(key for key in taken.answers if key.endswith(".name"))
    sly = replace(taken, answers={**taken.answers, name: '<img src="file:///etc/passwd">'})

    assert "<img" in text(printed(sly, "nl").document)


def test_what_was_kept_for_a_print_tells_the_same(taken: screens.Taken, printed: Shop) -> None:
    taken = replace(taken, confirmed_on=NOW.date())
    kept = json.loads(json.dumps(printout.payload(taken)))

    assert printout.taken_from(kept, taken.version) == taken


@pytest.mark.norm("EN 10.1.1.1", "EN 10.1.3.1")
@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_summary_keeps_to_pdf_ua(
    taken: screens.Taken, printed: Shop, verapdf: Any, language: str, kind: Any
) -> None:
    assert verapdf(printed(taken, language, kind).document) == ""
    second = taken_of("extract", longest_example("extract"))
    assert verapdf(printed(taken, language, kind, second).document) == ""


def test_the_paper_of_another_hall_names_its_own_reception(taken: screens.Taken, printed: Shop) -> None:
    text_ = MOVING.text.replace("Ga nu naar {desk}.", "Ga nu naar {reception}.")
    there = replace(taken, version=Version(text_, "nl", {}, parse(text_)), kiosk="tablet-1")
    assert "de balie bij de ingang" in " ".join(printed(there, "nl").told[0].summary.next)


def test_a_print_that_was_kept_by_an_older_version_still_comes_out(taken: screens.Taken) -> None:
    kept = {**printout.payload(taken), "desk": "balie 2"}
    assert printout.taken_from(json.loads(json.dumps(kept)), taken.version) == taken


@pytest.mark.norm("COG-27")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("journey", "example"), ENDED, ids=name_of)
def test_every_paper_says_what_comes_next_and_whether_anybody_calls(
    waterhoven: Flask, journey: str, example: Example, language: str
) -> None:
    account = printout.account(printout.with_answers(taken_of(journey, example), "plain"), language)

    told = account.told[-1].summary
    assert told.next and re.search(r"Niemand belt u|bellen wij u|mailen wij u", told.contact)
    assert ("Geregeld" in told.state_text) == (example.ends == "arranged")
    assert all(each.summary.contact and len(each.summary.next) == len(told.next) for each in account.told)


def test_paper_says_by_when_staff_act(waterhoven: Flask, printed: Shop) -> None:
    due = date(2027, 1, 8)
    taken = replace(taken_of("money", longest_example("money")), due=due)

    assert "8 januari 2027" in text(printed(taken, "nl").document)


def test_several_errands_on_one_paper_have_a_heading_and_a_number_each(
    taken: screens.Taken, printed: Shop
) -> None:
    second = replace(taken_of("extract", longest_example("extract")), reference="K69 MN")
    paper = printed(taken, "en", "a4", second)

    on_paper = text(paper.document)
    assert [on_paper.count(each) for each in (REFERENCE, "K69 MN")] == [2, 2]
    titles = [printout.account(each, "en").summary.title for each in (taken, second)]
    assert [each for each in titles if each not in on_paper] == []
    pdf = opened(paper.document)
    assert str(pdf.docinfo["/Title"]) == "Your questions to the municipality"


def test_what_was_kept_of_several_errands_tells_the_same(taken: screens.Taken) -> None:
    second = taken_of("extract", longest_example("extract"))
    kept = printout.errands_in(json.loads(json.dumps(printout.payload(taken, second))))

    versions = (taken.version, second.version)
    assert [printout.taken_from(*each) for each in zip(kept, versions, strict=True)] == [taken, second]
