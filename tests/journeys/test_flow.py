"""Where a citizen is, worked out from the answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.journeys import fields
from kiosk.journeys.flow import NotOnRoute, known_at, walk, without_round
from kiosk.journeys.rules import holds
from kiosk.journeys.summaries import Taken, summary
from tests.fixtures.journeys import EVERY, WEDNESDAY, at, dutch, fitting, keys, picked, tiny, version_of

PEOPLE = {"age": 1, "people__1__relation": "self", "people__1__more": "yes", "people__2__relation": "child"}


def test_the_first_question_comes_first():
    assert at(tiny("plain")).here.key == "colour"


@pytest.mark.norm("COG-14")
def test_after_the_last_answer_comes_the_review():
    assert (at(tiny("plain"), colour="red").here, at(tiny("plain"), colour="red").ending) == (None, "review")


def test_an_answer_whose_choice_is_gone_is_asked_again():
    assert at(tiny("plain"), colour="green").here.key == "colour"


def test_a_limit_that_moved_with_the_day_does_not_undo_an_answer():
    assert at(tiny("bounds"), day="2020-01-01").here.key == "people"


def test_a_question_whose_condition_fails_is_passed_over():
    assert keys(at(tiny("condition"), pet="no")) == ["pet", "wish"]


def test_answers_off_the_route_are_kept_but_not_seen():
    answers = {"pet": "no", "animal": "dog", "walks": 9}
    assert walk(tiny("condition").journey, answers, WEDNESDAY).answers == {"pet": "no"}
    assert len(answers) == 3


def test_a_condition_does_not_see_an_answer_off_the_route():
    assert keys(at(tiny("condition"), pet="yes", animal="cat", walks=9)) == ["pet", "animal"]


def test_a_referral_ends_the_route():
    position = at(tiny("referral"), complex="yes", why="Daarom")
    assert (position.ending, position.here.key, position.answers) == ("refer", "person", {"complex": "yes"})


def test_a_stop_ends_the_route():
    assert at(tiny("kind_stop"), where="no").ending == "stop"


def test_an_official_may_let_somebody_past_an_end():
    past = {"adult": "unknown", "unsure": fields.overruled("anna", "Paspoort gezien")}
    assert at(tiny("overrule"), adult="unknown").ending == "refer"
    position = at(tiny("overrule"), **past)
    assert position.here.key == "colour" and [point.key for point in position.overruled] == ["unsure"]


def test_nobody_gets_past_an_end_that_is_never_overruled():
    position = at(tiny("overrule"), adult="no", too_young=fields.overruled("anna", "Zegt 18 te zijn"))
    assert (position.ending, position.here.key) == ("stop", "too_young")


@pytest.mark.parametrize("answer", [True, "yes", {}, {"by": "anna"}, {"by": "anna", "reason": " "}])
def test_a_citizen_cannot_get_past_an_end(answer):
    assert at(tiny("overrule"), adult="unknown", unsure=answer).ending == "refer"


def test_a_way_finder_ends_in_a_suggestion():
    assert at(tiny("wayfinder"), about="home").ending == "suggest"


def test_parts_in_any_order_are_open_side_by_side():
    position = at(tiny("any_order"), home="yes")
    assert [point.key for point in position.open] == ["job", "people.1.age", "ill"]
    assert position.here.key == "job"


def test_a_part_that_is_done_leaves_the_others_open():
    assert [point.key for point in at(tiny("any_order"), home="no", ill="no").open] == ["job"]


def test_what_stands_behind_waits_for_all_parts_in_any_order():
    assert "wish" not in keys(at(tiny("any_order"), home="no", ill="no", job="yes"))
    assert at(tiny("any_order"), home="no", ill="no", job="no").here.key == "wish"


def test_an_end_in_one_part_keeps_what_is_known_from_the_others():
    position = at(tiny("any_order"), home="no", job="yes", hours=50, ill="unknown")
    assert (position.ending, position.here.key, position.open) == ("refer", "nurse", ())
    assert list(position.answers) == ["home", "job", "hours", "ill"]


def test_an_end_leaves_no_question_open_in_another_part():
    assert keys(at(tiny("any_order"), home="no", ill="unknown")) == ["home", "ill", "nurse"]


def test_a_message_waits_until_it_was_seen():
    assert at(tiny("message")).here.key == "hello"
    assert at(tiny("message"), hello=True).here.key == "name"


def test_an_empty_optional_answer_is_an_answer():
    assert at(tiny("optional"), phone=None).here.key == "email"


def test_after_each_round_another_is_offered():
    assert at(tiny("repeat"), age=1, people__1__relation="self").here.key == "people.1.more"


def test_no_round_is_offered_beyond_the_last():
    answers = PEOPLE | {
        "people__2__relation": "self",
        "people__2__more": "yes",
        "people__3__relation": "other",
    }
    assert "people.3.more" not in keys(at(tiny("repeat"), **answers))
    assert at(tiny("repeat"), **answers).ending == "review"


def test_in_a_round_a_name_means_the_answer_of_that_round():
    assert at(tiny("repeat"), **PEOPLE).here.key == "people.2.birth"


def test_a_round_does_not_see_the_answers_of_another_round():
    answers = PEOPLE | {
        "people__1__relation": "child",
        "people__1__birth": "2020-01-01",
        "people__2__relation": "self",
    }
    assert at(tiny("repeat"), **answers).here.key == "people.2.more"


def test_outside_a_repeat_one_round_that_fits_is_enough():
    answers = PEOPLE | {"people__2__birth": "2020-01-01", "people__2__more": "no"}
    assert at(tiny("repeat"), **answers).here.key == "school"


def test_a_round_may_end_the_route():
    assert at(tiny("repeat"), **PEOPLE, people__2__birth="1990-01-01").ending == "refer"


def test_a_step_off_the_route_has_no_point():
    with pytest.raises(NotOnRoute):
        at(tiny("condition"), pet="no").point("animal")


def test_a_round_taken_out_moves_the_later_ones_up():
    answers = {
        "age": 1,
        "people.1.relation": "self",
        "people.1.more": "yes",
        "people.2.relation": "child",
        "people.2.birth": "2020-01-01",
        "people.2.more": "yes",
        "people.3.relation": "other",
    }
    assert without_round(answers, "people", 1) == {
        "age": 1, "people.1.relation": "child", "people.1.birth": "2020-01-01", "people.1.more": "yes",
        "people.2.relation": "other",
    }  # fmt: skip


def test_when_the_last_round_is_taken_out_the_one_before_is_the_last():
    answers = {
        "people.1.relation": "self",
        "people.1.more": "yes",
        "people.2.relation": "other",
        "people.2.more": "no",
    }
    assert without_round(answers, "people", 2) == {"people.1.relation": "self", "people.1.more": "no"}


def values(point):
    """Answers that fit a point, and some that do not."""
    return st.sampled_from([*fitting(point), "junk"])


@st.composite
def taken(draw):
    """Any journey with any answers, on the route and off it."""
    version = draw(st.sampled_from(VERSIONS))
    answers = {}
    for _ in range(draw(st.integers(0, 60))):
        position = walk(version.journey, answers, WEDNESDAY)
        if position.here is None or position.here.step.ends:
            if not position.answers:
                break
            point = position.point(draw(st.sampled_from(sorted(position.answers))))
        else:
            point = draw(st.sampled_from(position.open))
        answers[point.key] = draw(values(point))
    return version, answers


VERSIONS = [version_of(path) for path in EVERY]


@given(taken())
def test_any_walk_ends_and_shows_no_step_whose_condition_is_false(case):
    version, answers = case
    position = walk(version.journey, answers, WEDNESDAY)
    for point in position.points:
        assert point.repeats or holds(point.step.when, known_at(position, point), WEDNESDAY)
    assert (position.here is None) is (position.ending == "review")
    waiting = {point.key for point in (position.here, *position.open) if point}
    assert set(keys(position)) == position.answers.keys() | waiting


@given(taken())
def test_the_summary_is_the_answers_on_the_route(case):
    version, answers = case
    position = walk(version.journey, answers, WEDNESDAY)
    rows = summary(Taken(version, answers, "open"), WEDNESDAY, dutch, locale="nl").rows
    questions = {
        key: value for key, value in position.answers.items()
        if position.point(key).step.does == "ask" and not (key.endswith(".more") and value == "yes")
    }  # fmt: skip
    assert [row.key for row in rows] == list(questions)
    assert [row.text for row in rows] == [
        fields.show(position.point(key).step, value, dutch, "nl") for key, value in questions.items()
    ]


@given(st.sampled_from(VERSIONS), st.integers(), st.randoms(use_true_random=False))
def test_in_any_order_of_answering_the_summary_is_the_same(version, seed, choose):
    def answered_by(pick):
        answers = {}
        while (position := walk(version.journey, answers, WEDNESDAY)).open:
            point = pick(position.open)
            answers[point.key] = picked(point, seed)
        return position

    in_order, mixed = answered_by(lambda points: points[0]), answered_by(choose.choice)
    assert (in_order.ending == "review") is (mixed.ending == "review")
    if in_order.ending == "review":
        assert (keys(in_order), in_order.answers) == (keys(mixed), mixed.answers)


@given(taken())
def test_before_and_after_are_each_others_inverse(case):
    version, answers = case
    position = walk(version.journey, answers, WEDNESDAY)
    for point in position.points:
        after = position.after(point.key)
        assert after is None or position.before(after.key) == point
    assert position.before(position.points[0].key) is None


@given(taken(), st.integers(1, 4))
def test_taking_out_a_round_keeps_the_others(case, number):
    version, answers = case
    part = next((part.name for part in version.journey.parts if part.repeat), "people")
    fewer = without_round(answers, part, number)

    def rounds(found, step):
        ours = [key for key in found if key.startswith(f"{part}.") and key.endswith(f".{step.name}")]
        return [found[key] for key in sorted(ours, key=lambda key: int(key.split(".")[1]))]

    for step in version.journey.steps.values():
        gone = f"{part}.{number}.{step.name}"
        expected = rounds({key: value for key, value in answers.items() if key != gone}, step)
        assert rounds(fewer, step) == expected
    assert {key: value for key, value in fewer.items() if not key.startswith(f"{part}.")} == {
        key: value for key, value in answers.items() if not key.startswith(f"{part}.")
    }


@given(taken())
def test_walking_changes_no_answer(case):
    version, answers = case
    before = dict(answers)
    walk(version.journey, answers, WEDNESDAY)
    assert answers == before


def test_after_a_part_in_any_order_the_first_open_one_comes_not_the_next():
    answers = {"home": "yes", "people.1.age": 40, "people.1.more": "no", "job": "no"}
    position = walk(tiny("any_order").journey, answers, WEDNESDAY)
    assert position.onward("home").key == "job"
    assert position.onward("job").key == "ill"
    assert position.onward("people.1.more").key == "ill"


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_a_journey_holds_every_key_of_its_routes(path):
    version = version_of(path)
    for example in version.journey.examples:
        assert all(map(version.journey.holds, example.route or ()))


@pytest.mark.parametrize(
    "key", ["colour.1", "people.4.relation", "people.relation", "people.0.more", "more", ""]
)
def test_it_holds_no_other(key):
    assert not tiny("repeat").journey.holds(key) and not tiny("plain").journey.holds(key)
