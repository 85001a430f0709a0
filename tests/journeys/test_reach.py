"""Who gets where, and what nobody ever gets to."""

import pytest

from kiosk.journeys.differing import answers_that_differ
from kiosk.journeys.files import parse
from kiosk.journeys.reach import reach_faults, routes
from kiosk.journeys.rules import Day, iso_date
from tests.fixtures.journeys import EVERY, HEAD, tiny, version_of

START = HEAD.format(name="trial") + "parts:\n  - part: one\n    title: Eén\n    steps:\n"
BIRTH = "{step: birth, ask: Geboren?, field: date}"
COUNT = "{step: count, ask: Hoeveel?, field: number}"
SURE = "{step: sure, ask: Zeker?, field: yes_no}"
HAVE = "{step: have, ask: Wat?, field: choices, choices: {a: A, b: B, c: C, d: D}}"


def journey(*steps, more=""):
    """A journey with these steps, one a line."""
    return parse(START + "".join(f"      - {step}\n" for step in steps) + more)


def found(*steps, more=""):
    """What is said of them: the place and what is wrong, warnings apart."""
    faults = reach_faults(journey(*steps, more=more))
    return [(fault.path, fault.what) for fault in faults if not fault.warning]


def tried(step, *others):
    """The answers to one question that are worth trying, on a Wednesday."""
    name = step.partition(": ")[2].partition(",")[0]
    return answers_that_differ(journey(step, *others), Day(iso_date("2027-03-31")))[name]


def then(condition):
    """A message with this condition."""
    return f"{{step: then, tell: Dan dit., when: {condition}}}"


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_step_can_be_reached(path):
    found = version_of(path).journey
    met = {point.step.name for one in routes(found, answers_that_differ(found)) for point in one.points}
    assert found.steps.keys() <= met


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_no_rule_of_a_journey_is_idle(path):
    assert [fault for fault in reach_faults(version_of(path).journey) if not fault.warning] == []


@pytest.mark.parametrize(
    "condition",
    [
        "{count: {above: 3, below: 2}}",
        "{all: [{sure: yes}, {sure: no}]}",
        "{sure: yes, not: {sure: yes}}",
        "{birth: {age_below: 16, before: today - 20 years}}",
        "{have: {includes: a, answered: false}}",
    ],
)
def test_a_condition_that_no_answers_make_true_is_found(condition):
    assert found(BIRTH, COUNT, SURE, HAVE, then(condition)) == [
        (("parts", 0, "steps", 4, "when"), "no answers make this true")
    ]


@pytest.mark.parametrize(
    "condition",
    [
        "{count: {above: 3, below: 5}}",
        "{count: {above: 3.5, below: 4.5}}",
        "{birth: {age_below: 16, before: today - 15 years}}",
        "{all: [{have: {includes: a}}, {have: {includes: c}}, {not: {have: {includes: b}}}]}",
        "{count: {above: 70}, sure: unknown, have: {includes: d}, birth: {overdue: 3 working days}}",
    ],
)
def test_a_condition_that_takes_some_finding_is_met(condition):
    assert found(BIRTH, COUNT, SURE, HAVE, then(condition)) == []


def test_a_condition_beyond_the_limits_of_its_question_is_found():
    small = "{step: count, ask: Hoeveel?, field: number, at most: 8}"
    assert found(small, then("{count: {above: 8}}")) != [] and found(small, then("{count: {above: 7}}")) == []


def test_two_conditions_that_exclude_each_other_are_found():
    more = (
        "  - part: two\n    title: Twee\n    when: {sure: yes}\n    steps:\n      - "
        + then("{sure: no}")
        + "\n"
    )
    assert found(SURE, more=more) == [(("parts", 1, "steps", 0, "when"), "no answers make this true")]


def test_a_part_that_nobody_gets_is_named_once():
    more = "  - part: two\n    title: Twee\n    when: {all: [{sure: yes}, {sure: no}]}\n    steps:\n      - "
    more += "{step: then, tell: Dan dit.}\n      - {step: after, tell: En dit.}\n"
    assert found(SURE, more=more) == [(("parts", 1, "when"), "no answers make this true")]


def test_a_remark_and_a_warning_that_never_come_are_found():
    warned = "{step: count, ask: Hoeveel?, field: number, warn: {above: 3, when: {sure: yes}, say: Veel.}}"
    more = "next:\n  - {say: Nooit., when: {all: [{sure: yes}, {sure: no}]}}\n"
    assert found(SURE, warned, more=more) == [(("next", 0, "when"), "no answers make this true")]
    never = warned.replace("sure: yes", "all: [{sure: yes}, {sure: no}]")
    assert found(SURE, never) == [(("parts", 0, "steps", 1, "warn", 0, "when"), "no answers make this true")]


def test_in_a_round_the_answers_of_that_round_count():
    repeat = "  - part: people\n    title: Wie\n    repeat: {up to: 3, more: Nog iemand?}\n    steps:\n"
    repeat += "      - {step: adult, ask: Volwassen?, field: yes_no}\n"
    both = "{all: [{adult: yes}, {adult: no}]}"
    never = repeat + f"      - {then(both)}\n"
    outside = repeat + f"  - part: after\n    title: Na\n    steps:\n      - {then(both)}\n"
    assert found(SURE, more=never) != [] and found(SURE, more=outside) == []


def test_a_step_behind_an_end_that_always_comes_first_is_warned_about():
    steps = (SURE, "{step: gone, stop: Klaar., when: {sure: [yes, no, unknown]}}", then("{sure: yes}"))
    faults = [fault for fault in reach_faults(journey(*steps)) if fault.what.startswith("nobody was seen")]
    assert [(fault.path, fault.warning) for fault in faults] == [(("parts", 0, "steps", 2), True)]


def test_only_answers_that_rules_tell_apart_are_tried():
    assert tried(COUNT) == (0,)
    assert tried(COUNT, then("{count: {above: 3}}")) == (0, 12)
    assert tried(SURE, then("{sure: [yes, no]}")) == ("yes", "unknown")
    assert tried(BIRTH, then("{birth: {age_below: 18}}")) == ("2027-03-31", "1987-04-10")


def test_a_term_is_tried_on_both_sides_of_its_last_day():
    days = tried(BIRTH, then("{birth: {overdue: 3 working days}}"))
    assert days == ("2027-03-31", "2027-03-25")


def test_who_ends_in_no_suggestion_is_found():
    text = tiny("wayfinder").text
    text = text[: text.index("      - {step: someone")] + text[text.index("examples:") :]
    assert [fault.what for fault in reach_faults(parse(text)) if not fault.warning] == [
        "who answers about: other gets no suggestion"
    ]


def advice(text):
    """What a journey is warned about."""
    return [fault.what for fault in reach_faults(parse(text)) if fault.warning]


def test_who_does_not_hear_what_happens_next_is_warned_about():
    text = tiny("plain").text + "next: [{say: Wij verven rood., when: {colour: red}}]\n"
    assert advice(text) == ["who answers colour: blue does not hear what happens next"]
    assert advice(text.replace("{colour: red}}]", "{colour: [red, blue]}}]")) == []


def test_an_end_that_says_nothing_of_what_to_do_is_warned_about():
    text = tiny("kind_stop").text
    assert "nobody hears what to do now" in advice(text)
    assert "nobody hears what to do now" not in advice(
        text.replace("stop:", "do: Ga naar huis.\n        stop:")
    )
