"""A journey shown whole: as text, as a drawing, as a schema for editors, and walked at random."""

import random
from itertools import pairwise
from xml.etree import ElementTree as Xml

import pytest
from jsonschema import Draft202012Validator

from kiosk.journeys import located
from kiosk.journeys.drawing import drawing
from kiosk.journeys.model import VERBS, Journey
from kiosk.journeys.outline import in_words, outline
from kiosk.journeys.schema import schema
from kiosk.journeys.strolls import Broken, Tongue, stroll
from kiosk.settings import TOP
from tests.fixtures.journeys import EVERY, WEDNESDAY, dutch, tiny, version_of

FACTS = dict.fromkeys(("municipality", "phone", "reception", "website", "desk", "price_extract"), "dit")
TONGUES = [Tongue(code, dutch, code, FACTS) for code in ("nl", "ar")]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"place": "abroad"}, "place is abroad"),
        ({"place": ["abroad", "unsure"], "age": {"above": 3, "below": 9}},
         "place is abroad or unsure and age is above 3 and age is below 9"),
        ({"any": [{"pet": "no"}, {"not": {"pet": "yes"}}]}, "(pet is no or not (pet is yes))"),
        ({"all": [{"date": {"overdue": "5 days"}}]}, "date is longer ago than 5 days"),
        ({"phone": {"answered": False}, "name": {"answered": True}},
         "phone has no answer and name has an answer"),
        ({"birth": {"age_below": 16}}, "birth gives an age below 16"),
    ],
)  # fmt: skip
def test_a_condition_reads_as_a_sentence(condition, words):
    assert in_words(condition) == words


def test_an_outline_names_every_part_and_step_with_what_it_does():
    assert list(outline(tiny("any_order").journey))[:8] == [
        "any_order: Een vraag (live, identity none)",
        "",
        "1. begin: Eerst dit",
        "   home: ask (yes_no): Woont u hier?",
        "",
        "2. work: Uw werk (in any order)",
        "   job: ask (yes_no): Hebt u werk?",
        "   hours: ask (number): Hoeveel uur werkt u?",
    ]


def test_an_outline_says_what_a_suggestion_leads_to_and_what_nobody_overrules():
    assert any("houses: suggest (plain | repeat)" in line for line in outline(tiny("wayfinder").journey))
    assert any("too_young: stop (never overruled)" in line for line in outline(tiny("overrule").journey))


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_a_drawing_names_every_step_and_tells_itself(path):
    journey = version_of(path).journey
    root = Xml.fromstring(drawing(journey))
    drawn = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert journey.steps.keys() <= set(drawn) and "review" in drawn
    title, described = list(root)[:2]
    assert (root.get("role"), root.get("aria-labelledby")) == (
        "img",
        f"{title.get('id')} {described.get('id')}",
    )
    assert all(part.title in (described.text or "") for part in journey.parts)


def test_a_drawing_draws_nothing_over_another_box():
    root = Xml.fromstring(drawing(version_of(EVERY[-1]).journey))
    boxes = [box for box in root.iter("{http://www.w3.org/2000/svg}rect") if box.get("rx")]
    edges = [(int(box.get("y", "")), int(box.get("y", "")) + int(box.get("height", ""))) for box in boxes]
    assert all(end < start for (_, end), (start, _) in pairwise(edges))
    assert edges[-1][1] <= int(root.get("height", ""))


def described(found):
    """Every key of a schema with what is said of it."""
    for shape in (found, *found["$defs"].values()):
        yield from ((f"{shape['title']}.{key}", each) for key, each in shape["properties"].items())


def test_the_schema_explains_every_key_in_plain_words():
    assert [key for key, each in described(schema()) if not each.get("description", "").endswith(".")] == []


def test_the_schema_knows_the_kinds_of_field_and_that_a_step_does_one_thing():
    step = schema()["$defs"]["Step"]
    assert "partial_date" in step["properties"]["field"]["enum"]
    assert [each["required"] for each in step["oneOf"]] == [[verb] for verb in VERBS]


def test_the_schema_asks_for_what_a_journey_must_have():
    assert {"journey", "question", "title", "identity", "keep", "parts"} <= set(schema()["required"])
    assert {"at home", "any order"} & {key.partition(".")[2] for key, _ in described(schema())} == {
        "at home",
        "any order",
    }


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_a_walk_at_random_comes_to_an_end(path):
    choose = random.Random(1).choice
    for _ in range(5):
        assert stroll(version_of(path), TONGUES, WEDNESDAY, choose).ending


def test_the_same_seed_takes_the_same_walk():
    first, second = (
        stroll(tiny("kinds"), TONGUES, WEDNESDAY, random.Random(7).choice).answers for _ in range(2)
    )
    assert first == second


def test_a_walk_that_breaks_says_where_and_with_which_answers():
    choose = random.Random(1).choice
    silent = [Tongue("nl", dutch, "nl", {"phone": "14 020"})]
    with pytest.raises(Broken, match=r"in nl: .*: Neem plaats bij {reception}") as broken:
        for _ in range(20):
            stroll(tiny("referral"), silent, WEDNESDAY, choose)
    assert broken.value.answers["complex"] in ("yes", "unknown")


def test_a_journey_has_no_key_that_the_schema_lacks():
    keys = {field.alias or name for name, field in Journey.model_fields.items()}
    assert keys == schema()["properties"].keys()


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_the_schema_takes_every_journey(path):
    data = located.read(path.read_text(encoding="utf-8")).data
    assert [str(error.message) for error in Draft202012Validator(schema()).iter_errors(data)] == []


@pytest.mark.parametrize("slip", ["key_unknown", "step_two_things", "step_unknown_field", "identity_unknown"])
def test_the_schema_refuses_a_slip(slip):
    data = located.read((TOP / f"tests/broken/{slip}.yaml").read_text(encoding="utf-8")).data
    assert not Draft202012Validator(schema()).is_valid(data)
