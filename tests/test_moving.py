"""Moving house: the rules of the law, and what is never asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.journeys import fields
from kiosk.journeys.fields import FieldError
from kiosk.journeys.files import read_version
from kiosk.journeys.flow import Position, walk
from kiosk.journeys.review import review
from kiosk.journeys.rules import Day, iso_date, last_day
from kiosk.journeys.summaries import Summary, Taken, summary
from kiosk.site import load_site

CONTENT = Path(__file__).parent.parent / "kiosk" / "content"
SITE = load_site(CONTENT)
VERSION = read_version(CONTENT / "journeys" / "moving.yaml", CONTENT / "translations", "nl")
MOVING = VERSION.journey
WEDNESDAY = Day(date(2027, 3, 31), SITE.holidays)

HERE = {"destination": "here", "origin": "netherlands", "sixteen": "yes", "date": "2027-04-01"}
HOME = {
    "housing": "tenant",
    "contract": "yes",
    "address": {"postcode": "4321AB", "number": "12"},
    "phone": None,
    "email": None,
}
ALONE = HERE | HOME | {"movers": "alone"}


def on(day: str) -> Day:
    """A day in Waterhoven, with the holidays of its site."""
    return Day(iso_date(day), SITE.holidays)


def position(answers: Mapping[str, Any], day: Day = WEDNESDAY) -> Position:
    return walk(MOVING, answers, day)


def stands_at(answers: Mapping[str, Any], day: Day = WEDNESDAY) -> str:
    """The step that comes next, or "review"."""
    here = position(answers, day).here
    return here.step.name if here else "review"


def moving_with(**companion: str) -> dict[str, Any]:
    """The answers of a tenant who moves with one other person."""
    return (
        HERE
        | HOME
        | {"movers": "together"}
        | {f"people.1.{step}": value for step, value in companion.items()}
    )


def sheet(answers: Mapping[str, Any], day: Day = WEDNESDAY) -> Summary:
    """The Dutch summary, once confirmed."""
    return summary(Taken(VERSION, answers, "prepared"), day, VERSION.say("nl"), locale="nl")


def test_the_author_finds_nothing_to_mend() -> None:
    found = review(VERSION, "moving.yaml")
    assert [str(problem) for problem in found if not problem.warning] == []


# When: Wet BRP art. 2.39.2; Algemene termijnenwet art. 1


def asked_for(moving_day: str, day: Day) -> str:
    """What the question for the date makes of a day."""
    value = fields.read(MOVING.steps["date"], {"date": [moving_day]}, day)
    assert isinstance(value, str)
    return value


def test_a_move_four_weeks_ahead_is_taken() -> None:
    assert asked_for("28-4-2027", WEDNESDAY) == "2027-04-28"


def test_a_move_further_ahead_is_refused_with_the_day_from_which_it_is_taken() -> None:
    with pytest.raises(FieldError) as refused:
        asked_for("29-4-2027", WEDNESDAY)
    assert refused.value.problems[0][2]["from"] == date(2027, 4, 1)


def test_the_four_weeks_count_every_day_even_if_they_begin_on_a_holiday() -> None:
    easter_sunday = on("2027-03-28")
    with pytest.raises(FieldError) as refused:
        asked_for("26-4-2027", easter_sunday)
    assert refused.value.problems[0][2]["from"] == date(2027, 3, 29)  # Easter Monday


@pytest.mark.parametrize(
    ("moved", "last_day", "next_day"),
    [
        ("2027-04-04", "2027-04-09", "2027-04-10"),  # an ordinary Friday
        ("2027-04-05", "2027-04-12", "2027-04-13"),  # Saturday, so Monday
        ("2027-04-06", "2027-04-12", "2027-04-13"),  # Sunday, so Monday
        ("2027-04-22", "2027-04-28", "2027-04-29"),  # King's Day, so Wednesday
        ("2027-04-30", "2027-05-10", "2027-05-11"),  # Liberation Day, Ascension, the day after, a weekend
        ("2027-03-21", "2027-03-30", "2027-03-31"),  # Good Friday counts as a holiday, Easter Monday too
        ("2026-12-20", "2026-12-28", "2026-12-29"),  # Christmas
    ],
)
def test_the_fifth_day_moves_to_the_next_working_day(moved: str, last_day: str, next_day: str) -> None:
    answers = HERE | {"date": moved}
    assert stands_at(answers, on(last_day)) == "housing"
    assert stands_at(answers, on(next_day)) == "late"


def test_a_late_report_is_taken_and_says_which_day_counts() -> None:
    late = ALONE | {"date": "2024-06-01", "late": True}
    assert stands_at(late) == "review"
    assert any("telt als uw verhuisdag" in text for text in sheet(late).next)


@pytest.mark.parametrize(
    ("moving_day", "last_day"),
    [("2027-04-01", "dinsdag 6 april 2027"), ("2027-04-22", "woensdag 28 april 2027")],
)
def test_a_report_in_time_says_until_when_it_is_in_time(moving_day: str, last_day: str) -> None:
    said = " ".join(sheet(ALONE | {"date": moving_day}).next)
    assert f"Kom uiterlijk {last_day}." in said and "telt als uw verhuisdag" not in said


@pytest.mark.parametrize("ahead", range(29))
def test_what_is_prepared_is_kept_until_the_last_day_to_come(ahead: int) -> None:
    today = date(2027, 4, 5)
    last = last_day(today + timedelta(days=ahead), "5 days", Day(today, SITE.holidays))
    assert last <= today + MOVING.keep


# Where to: Wet BRP art. 2.38, 2.39.1 and 2.43


def test_for_another_municipality_the_kiosk_stops_after_one_answer() -> None:
    end = position({"destination": "elsewhere"})
    assert end.ending == "stop"
    assert list(end.answers) == ["destination"]


@pytest.mark.parametrize(
    "answers",
    [
        {"destination": "unsure"},
        *({"destination": "abroad", "time_abroad": time} for time in ("long", "short", "unsure")),
        {"destination": "here", "origin": "unsure"},
        *(
            {"destination": "here", "origin": "abroad", "time_here": time}
            for time in ("long", "short", "unsure")
        ),
        {"destination": "here", "origin": "netherlands", "sixteen": "no"},
    ],
)
def test_across_the_border_unsure_or_under_sixteen_means_a_person(answers: Mapping[str, str]) -> None:
    assert position(answers).ending == "refer"


def test_less_than_eight_months_abroad_is_no_departure() -> None:
    assert stands_at({"destination": "abroad", "time_abroad": "short"}) == "short_absence"


def test_less_than_four_months_here_is_for_the_desk_of_non_residents() -> None:
    assert stands_at({"destination": "here", "origin": "abroad", "time_here": "short"}) == "non_residents"


# How you live there


def test_no_address_is_asked_before_how_somebody_lives() -> None:
    names = list(MOVING.steps)
    first_address = next(name for name, step in MOVING.steps.items() if step.field == "address")
    assert names.index("housing") < names.index(first_address)


def test_a_secret_address_is_never_asked_and_calls_somebody_in_private() -> None:
    end = position(HERE | {"housing": "private"} | {"address": HOME["address"]})
    assert end.here and end.here.step.discreet
    assert "address" not in end.answers


def test_paper_never_tells_that_somebody_hides() -> None:
    rows = sheet(HERE | {"housing": "private"}).rows
    assert [row.key for row in rows if row.paper] == ["destination", "origin", "sixteen", "date"]


@pytest.mark.parametrize("housing", ["owner", "tenant"])
@pytest.mark.parametrize("contract", ["yes", "no", "unknown"])
def test_no_answer_about_a_contract_ends_the_journey(housing: str, contract: str) -> None:
    assert stands_at(HERE | {"housing": housing, "contract": contract}) == "address"


@pytest.mark.parametrize("statement", list(MOVING.steps["statement"].choices))
def test_no_answer_about_a_statement_ends_the_journey(statement: str) -> None:
    assert stands_at(HERE | {"housing": "with_someone", "statement": statement}) == "address"


def test_who_has_a_contract_brings_it_and_who_has_none_hears_what_then() -> None:
    assert "Uw koopcontract of huurcontract." in sheet(ALONE).bring
    assert any("laat zien waar u woont" in text for text in sheet(ALONE | {"contract": "no"}).next)


# For whom: Wet BRP art. 2.48 and 2.49

ADULT, TEENAGER, CHILD = "1990-05-06", "2010-05-06", "2015-05-06"


@pytest.mark.parametrize(
    ("companion", "next_step"),
    [
        ({"relation": "partner", "birth": ADULT, "same_address": "yes"}, "more"),
        ({"relation": "partner", "birth": ADULT, "same_address": "no"}, "more"),
        ({"relation": "parent", "birth": ADULT, "same_address": "yes"}, "more"),
        ({"relation": "parent", "birth": ADULT, "same_address": "no"}, "more"),
        ({"relation": "child", "birth": ADULT, "same_address": "yes"}, "more"),
        ({"relation": "child", "birth": ADULT, "same_address": "no"}, "more"),
        ({"relation": "child", "birth": CHILD, "other_parent": "no"}, "more"),
        ({"relation": "child", "birth": TEENAGER, "other_parent": "no"}, "more"),
        ({"relation": "child", "birth": CHILD, "other_parent": "yes"}, "parent_stays"),
        ({"relation": "child", "birth": CHILD, "other_parent": "unknown"}, "parent_stays"),
        ({"relation": "ward", "birth": CHILD}, "more"),
        ({"relation": "ward", "birth": ADULT}, "name"),
        ({"relation": "other", "birth": ADULT}, "name"),
        ({"relation": "other", "birth": TEENAGER}, "name"),
        ({"relation": "other", "birth": CHILD}, "someone_elses_child"),
    ],
)
def test_family_needs_no_name_and_others_need_an_authorisation(
    companion: dict[str, str], next_step: str
) -> None:
    assert stands_at(moving_with(**companion)).removeprefix("people.") == next_step


def test_family_that_lives_elsewhere_now_is_looked_at_and_brings_an_authorisation_only_if_there_is_one() -> (
    None
):
    mother = {"relation": "parent", "birth": ADULT, "same_address": "no", "more": "no"}
    done = sheet(moving_with(**mother))
    assert "De medewerker kijkt met u of deze persoon zelf moet komen." in done.notes
    assert [text for text in done.bring if "machtiging" in text] == [
        "Een machtiging van wie nu ergens anders woont, als u die hebt."
    ]


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_without_an_authorisation_that_person_comes_to_the_desk(answer: str) -> None:
    friend = {"relation": "other", "birth": ADULT, "name": "Sam", "authorisation": answer, "more": "no"}
    said = sheet(moving_with(**friend)).next
    assert (
        "Wie u geen machtiging gaf, komt zelf naar de balie. Dat moet uiterlijk dinsdag 6 april 2027." in said
    )


def test_when_it_is_late_nobody_reads_a_day_that_has_passed() -> None:
    friend = {"relation": "other", "birth": ADULT, "name": "Sam", "authorisation": "no", "more": "no"}
    answers = moving_with(**friend) | {"date": "2027-01-04", "late": True, "phone": None, "email": None}
    said = sheet(answers).next
    assert "Wie u geen machtiging gaf, komt zelf naar de balie." in said
    assert not any("januari" in text for text in said)


def test_an_authorisation_is_brought_with_a_copy_of_the_identity_document() -> None:
    friend = {"relation": "other", "birth": ADULT, "name": "Sam", "authorisation": "yes", "more": "no"}
    said = sheet(moving_with(**friend)).bring
    assert [text for text in said if "machtiging" in text] == [
        "De machtiging van wie meeverhuist, met handtekening.",
        "Een kopie van het identiteitsbewijs van wie de machtiging tekende.",
    ]


def test_at_most_twelve_others_move_along() -> None:
    answers = dict(HERE | HOME | {"movers": "together"})
    for number in range(1, 14):
        person = {"relation": "ward", "birth": CHILD, "more": "yes"}
        answers |= {f"people.{number}.{step}": value for step, value in person.items()}
    assert max(point.round or 0 for point in position(answers).points) == 12
    assert stands_at(answers) == "review"


def test_no_official_lets_anybody_past_identity_custody_age_or_authorisation() -> None:
    held = {step.name for step in MOVING.steps.values() if step.overrule == "never"}
    assert held == {
        "arriving",
        "too_young",
        "in_private",
        "for_others",
        "parent_stays",
        "someone_elses_child",
    }


# What is asked


def test_no_number_of_a_citizen_and_no_name_of_family_is_asked() -> None:
    kinds = [step.field for step in MOVING.steps.values()]
    assert "bsn" not in kinds and kinds.count("name") == 1


def test_phone_and_mail_are_left_to_the_citizen() -> None:
    assert MOVING.steps["phone"].optional and MOVING.steps["email"].optional


def test_it_is_prepared_until_somebody_has_seen_the_identity_document() -> None:
    assert MOVING.identity == "seen"
