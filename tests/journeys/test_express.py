"""One part a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.journeys import fields
from kiosk.journeys.express import page, page_key, receive
from kiosk.journeys.flow import NotOnRoute, walk
from kiosk.journeys.kinds.kind import input_name
from kiosk.journeys.rules import holds
from tests.fixtures.journeys import EVERY, WEDNESDAY, picked, tiny, version_of

VERSIONS = [version_of(path) for path in EVERY]


def shown(name, key, **answers):
    """The page of a tiny journey with that key."""
    found = {step.replace("__", "."): value for step, value in answers.items()}
    return page(walk(tiny(name).journey, found, WEDNESDAY), key, found, WEDNESDAY)


def keys(found):
    """The keys of the questions on a page."""
    return [point.key for point in found.points]


def received(found, answers, **form):
    """What a page brings of what was typed."""
    typed = {step: [text] for step, text in form.items()}
    got = receive(found, answers, typed, WEDNESDAY)
    return dict(got.answers), sorted(got.errors)


def test_questions_that_depend_on_nothing_stand_together():
    assert keys(shown("optional", "only")) == ["phone", "email"]


def test_a_question_that_depends_on_another_joins_it_later():
    assert keys(shown("condition", "only")) == ["pet"]
    assert "animal" in keys(shown("condition", "only", pet="yes"))


def test_a_question_behind_one_that_may_come_stands_there_already():
    assert keys(shown("referral", "only")) == ["complex", "why"]


def test_an_end_has_a_screen_to_itself():
    assert keys(shown("referral", "only", complex="yes")) == ["complex"]


def test_a_round_is_a_page_with_the_question_for_another():
    answers = {"age": 1, "people__1__relation": "child", "people__1__birth": "2020-01-01"}
    found = shown("repeat", "people.1", **answers)
    assert keys(found) == ["people.1.relation", "people.1.birth", "people.1.more"]
    assert (found.key, found.known) == ("people.1", {"age": 1})


def test_the_last_round_asks_for_no_other():
    rounds = {f"people__{number}__relation": "self" for number in (1, 2)} | {
        f"people__{number}__more": "yes" for number in (1, 2)
    }
    assert keys(shown("repeat", "people.3", age=1, **rounds)) == ["people.3.relation"]


def test_a_page_that_is_not_on_the_route_is_not_shown():
    with pytest.raises(NotOnRoute):
        shown("repeat", "people.2", age=1)


def test_all_that_was_filled_in_is_read_at_once():
    assert received(shown("optional", "only"), {}, phone="0612345678", email="") == (
        {"phone": "+31612345678", "email": None},
        [],
    )


def test_what_is_refused_leaves_the_rest():
    found = shown("referral", "only")
    assert received(found, {}, complex="perhaps", why="Daarom") == ({"why": "Daarom"}, ["complex"])


def test_a_question_that_has_become_needed_is_no_error():
    assert received(shown("condition", "only"), {}, pet="yes") == ({"pet": "yes"}, [])


def test_a_question_that_has_become_needless_is_left_alone():
    answers = {"pet": "yes", "animal": "dog"}
    found = shown("condition", "only", **answers)
    taken, errors = received(found, answers, pet="no", animal="", walks="many")
    assert taken["pet"] == "no" and "animal" not in errors and "walks" not in errors


def test_an_answer_that_was_already_given_is_not_new():
    answers = {"complex": "no", "why": "Daarom"}
    found = shown("referral", "only", **answers)
    assert received(found, answers, complex="no", why="Omdat") == ({"why": "Omdat"}, [])


def form_of(points, chosen):
    """What somebody fills in on a page."""
    form = {}
    for point in points:
        kind, value = fields.kind_of(point.step), chosen(point)
        for part, text in kind.typed(point.step, value).items() if kind and value is not None else ():
            form[input_name(point.step, part)] = [text]
    return form


@given(st.sampled_from(VERSIONS), st.integers())
def test_express_and_guided_lead_to_the_same_answers_and_end(version, seed):
    def chosen(point):
        return picked(point, seed)

    def in_express(answers, screens):
        position = walk(version.journey, answers, WEDNESDAY)
        if position.ending:
            return position, screens
        found = page(position, page_key(position.here.part, position.here.round), answers, WEDNESDAY)
        assert position.here in found.points
        for point in found.points:
            assert point.repeats or holds(
                point.step.when, {**found.known, **named(found, answers)}, WEDNESDAY
            )
        got = receive(found, answers, form_of(found.points, chosen), WEDNESDAY)
        assert not got.errors and got.answers
        return in_express({**answers, **got.answers}, screens + 1)

    def named(found, answers):
        return {point.step.name: answers[point.key] for point in found.points if point.key in answers}

    answers = {}
    while (here := walk(version.journey, answers, WEDNESDAY).here) and not here.step.ends:
        answers[here.key] = chosen(here)
    guided = walk(version.journey, answers, WEDNESDAY)
    express, screens = in_express({}, 0)
    assert (express.answers, express.ending) == (guided.answers, guided.ending)
    assert screens <= len(guided.answers)
