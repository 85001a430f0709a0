"""Worries about money: by when somebody is spoken to, what is never asked, and what nobody else learns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.journeys.deadlines import due
from kiosk.journeys.files import read_version
from kiosk.journeys.flow import Position, walk
from kiosk.journeys.pieces import Example
from kiosk.journeys.review import play
from kiosk.journeys.rules import Day, iso_date
from kiosk.journeys.screens import step_screen
from kiosk.journeys.summaries import Summary, Taken, summary
from kiosk.site import load_site

CONTENT = Path(__file__).parent.parent / "kiosk" / "content"
SITE = load_site(CONTENT)
VERSION = read_version(CONTENT / "journeys" / "money.yaml", CONTENT / "translations", "nl")
MONEY = VERSION.journey
WEDNESDAY = date(2027, 3, 31)

THREATENED = {"letter_date": None, "wait": "later", "resident": "here", "support": None}
WORRIED = {"threat": "none", "worry": ["bills"], "resident": "here", "helper": "no", "support": None}
CALLED = {"reach": ["call"], "who_answers": "me", "phone": "+31612345678", "name": None}


def position(answers: Mapping[str, Any], today: date = WEDNESDAY) -> Position:
    return walk(MONEY, answers, Day(today, SITE.holidays))


def due_for(answers: Mapping[str, Any], asked: date, today: date | None = None) -> date | None:
    """By when somebody who asked on one day must be spoken to, as it is worked out on another."""
    day = Day(today or asked, SITE.holidays)
    return due(MONEY, walk(MONEY, answers, day), asked, day)


def stands_at(answers: Mapping[str, Any]) -> str:
    """The step that comes next, or "review"."""
    here = position(answers).here
    return here.step.name if here else "review"


def sheet(example: Example, language: str = "nl") -> Summary:
    """The summary of an example once it was confirmed or referred."""
    day = Day(example.today, frozenset(example.holidays))
    taken = Taken(VERSION, play(MONEY, example)[0].answers, example.ends, due=example.due)
    return summary(taken, day, VERSION.say(language), locale=language, facts=SITE.facts(language))


# By when: Wgs art. 4; Algemene termijnenwet art. 1 and 3


@pytest.mark.parametrize(
    ("asked", "last_day"),
    [
        ("2027-03-29", "2027-04-01"),  # Easter Monday itself, as if somebody asked by telephone
        ("2027-03-31", "2027-04-05"),  # a weekend between
        ("2027-03-24", "2027-03-31"),  # Good Friday and Easter Monday between
        ("2027-04-23", "2027-04-29"),  # King's Day between
        ("2027-04-30", "2027-05-10"),  # Liberation Day, Ascension and the day after it between
        ("2026-12-23", "2026-12-29"),  # Christmas between
        ("2026-12-30", "2027-01-05"),  # New Year's Day between
    ],
)
@pytest.mark.parametrize("threat", ["home", "utilities", "insurance"])
def test_who_is_threatened_is_spoken_to_within_three_working_days(
    asked: str, last_day: str, threat: str
) -> None:
    answers = THREATENED | CALLED | {"threat": threat}
    assert due_for(answers, iso_date(asked)) == iso_date(last_day)


@pytest.mark.parametrize(
    ("asked", "last_day"),
    [
        ("2027-03-31", "2027-04-28"),  # an ordinary Wednesday
        ("2027-03-30", "2027-04-28"),  # King's Day moves on
        ("2027-04-07", "2027-05-10"),  # Liberation Day moves on over five days
        ("2026-11-27", "2026-12-28"),  # Christmas Day moves on
        ("2026-12-04", "2027-01-04"),  # New Year's Day moves on
        ("2027-03-06", "2027-04-05"),  # a Saturday moves on
    ],
)
def test_who_worries_is_spoken_to_within_four_weeks(asked: str, last_day: str) -> None:
    assert due_for(WORRIED | CALLED, iso_date(asked)) == iso_date(last_day)


@pytest.mark.parametrize("answers", [{"threat": "talk"}, WORRIED | {"worry": ["food"], "wait": "now"}])
def test_who_cannot_say_or_has_no_food_is_as_urgent(answers: Mapping[str, Any]) -> None:
    assert due_for(answers, WEDNESDAY) == date(2027, 4, 5)


def test_the_term_runs_from_asking_whenever_it_is_read() -> None:
    answers = WORRIED | CALLED
    read = {due_for(answers, WEDNESDAY, WEDNESDAY + timedelta(days=days)) for days in (0, 1, 27, 60)}
    assert read == {date(2027, 4, 28)}


def test_the_day_in_the_letter_changes_no_term() -> None:
    answers = THREATENED | CALLED | {"threat": "home"}
    days = ("2027-03-01", "2027-04-01", "2027-12-01", None)
    assert {due_for(answers | {"letter_date": day}, WEDNESDAY) for day in days} == {date(2027, 4, 5)}


@pytest.mark.parametrize("threat", ["none", "home"])
def test_for_another_municipality_nothing_is_promised(threat: str) -> None:
    answers = WORRIED | THREATENED | {"threat": threat, "resident": "elsewhere"}
    assert stands_at(answers) == "other_municipality"
    assert due_for(answers, WEDNESDAY) is None


def test_a_request_is_kept_longer_than_any_term_runs() -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(2 * 365)]
    longest = max((due_for(WORRIED | CALLED, day) or day) - day for day in days)
    assert longest < MONEY.keep


# A person first


@pytest.mark.parametrize(
    ("before", "step"),
    [
        ({}, "threat"),
        ({"threat": "none"}, "worry"),
        ({"threat": "home", "letter_date": None}, "wait"),
        (WORRIED, "reach"),
    ],
)
def test_a_person_stands_first_on_every_screen_that_hurts(before: Mapping[str, Any], step: str) -> None:
    assert stands_at(before) == step
    asked = MONEY.steps[step]
    first = next(iter(asked.choices))
    end = position({**before, step: [first] if asked.field == "choices" else first})
    assert end.ending == "refer"


def test_who_wants_to_talk_says_nothing_more() -> None:
    assert stands_at({"threat": "talk"}) == "person_first"


def test_together_is_what_is_suggested_and_stands_first() -> None:
    assert MONEY.suggest and MONEY.suggest.way == MONEY.ways[0] == "together"


def test_each_end_says_where_somebody_is_and_never_that_there_is_no_place() -> None:
    ends = [step for step in MONEY.steps.values() if step.ends]
    assert [step.name for step in ends if "{reception}" not in " ".join(step.do)] == []
    said = " ".join(text for step in ends for text in (step.text, step.explain or "", *step.do)).lower()
    assert not any(word in said for word in ("geen plek", "geen plaats", "vol", "helaas"))


def test_each_end_tells_the_official_what_to_do() -> None:
    assert [step.name for step in MONEY.steps.values() if step.ends and not step.official] == []


# What is never asked


def test_no_number_amount_address_or_age_is_asked() -> None:
    kinds = {step.field for step in MONEY.steps.values() if step.does == "ask"}
    assert kinds == {"choice", "choices", "yes_no", "date", "text", "phone", "email", "name"}


def test_the_only_words_of_their_own_are_a_language_and_a_name() -> None:
    typed = [step.name for step in MONEY.steps.values() if step.field in ("text", "long_text", "name")]
    assert typed == ["language", "name"]


def test_asking_for_a_conversation_needs_no_identity_and_is_passed_to_no_system() -> None:
    assert MONEY.identity == "none" and MONEY.deliver == ()


# How somebody may be reached


@pytest.mark.parametrize(
    ("reach", "asked"),
    [
        (["here"], []),
        (["here", "call", "mail"], []),
        (["letter"], []),
        (["call"], ["who_answers", "phone", "name"]),
        (["voicemail"], ["phone", "name"]),
        (["mail", "letter"], ["email", "name"]),
        (["call", "mail"], ["who_answers", "phone", "email", "name"]),
    ],
)
def test_only_what_was_chosen_is_asked_for(reach: list[str], asked: list[str]) -> None:
    found = position(WORRIED | CALLED | {"reach": reach, "email": "noor@voorbeeld.example"})
    keys = [point.key for point in found.points]
    after = keys[keys.index("reach") + 1 :]
    assert [key for key in after if key != "arrange_here"] == asked
    assert (found.ending == "refer") == (not asked)


def test_when_somebody_else_may_answer_we_ask_when_to_call() -> None:
    answers = WORRIED | {"reach": ["call"]}
    assert stands_at(answers | {"who_answers": "others"}) == "best_time"
    assert stands_at(answers | {"who_answers": "me"}) == "phone"


# What nobody else may learn

TELLING = {
    "nl": r"\b(geld|schuld|betal|rekening|huur|stroom|zorgverzeker|bedrij|uitkering|eten\b|bewindvoer)",
    "en": r"\b(money|debt|pay|bill|rent|electric|insur|business|benefit|food|administrator)",
    "ar": r"(المال|ديون|الدفع|فاتورة|فواتير|إيجار|كهرباء|تأمين|شركة|إعانة|طعام)",
}


@pytest.mark.parametrize("language", TELLING)
@pytest.mark.parametrize("example", MONEY.examples, ids=lambda example: example.name)
def test_paper_never_tells_what_it_is_about(example: Example, language: str) -> None:
    told = sheet(example, language)
    printed = [text for row in told.rows if row.paper for text in (row.part_title, row.label, row.text)]
    texts = (told.title, told.state_text, told.promise, told.contact, *told.next, *told.bring, *told.notes)
    assert re.findall(TELLING[language], " ".join((*texts, *printed)).lower()) == []


@pytest.mark.parametrize("example", MONEY.examples, ids=lambda example: example.name)
def test_every_screen_and_every_call_is_discreet(example: Example) -> None:
    found, day = play(MONEY, example)[0], Day(example.today, frozenset(example.holidays))
    screens = [
        step_screen(VERSION, point, found.answers, day, VERSION.say("nl"), locale="nl")
        for point in found.points
    ]
    assert all(screen.discreet for screen in screens)
    assert sheet(example).discreet


def test_the_day_that_was_promised_is_said_in_words() -> None:
    assert "woensdag 28 april 2027" in sheet(MONEY.examples[0]).promise


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_no_number_or_address_stands_where_others_may_find_it(language: str) -> None:
    for example in MONEY.examples:
        for key in ("phone", "email"):
            given = str(example.answers.get(key) or "nothing")
            assert given not in sheet(example, language).contact
