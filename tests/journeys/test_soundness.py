"""What an author gets to read when a journey does not fit together."""

import pytest

from kiosk.journeys.files import BrokenJourney, parse
from tests.fixtures.journeys import HEAD

START = HEAD.format(name="trial")
PART = "parts:\n  - part: one\n    title: Eén\n    steps:\n"
CHOICE = "step: colour, ask: Welke?, field: choice, choices: {red: Rood, blue: Blauw}"
LATER = "step: later, ask: Later?, field: yes_no"
ASK = "step: then, ask: En dan?"


def written(*steps):
    """A journey file with these steps, one a line."""
    return START + PART + "".join(f"      - {{{step}}}\n" for step in steps)


def problems(text):
    """The problems of a journey file, as the author reads them."""
    with pytest.raises(BrokenJourney) as broken:
        parse(text, "trial.yaml")
    return [str(problem) for problem in broken.value.problems]


def after(more):
    """A file in which a question of yes or no follows a choice, with something more to it."""
    return written(CHOICE, f"{ASK}, field: yes_no, {more}", LATER)


PROBLEMS = {
    "a name twice": (written(CHOICE, CHOICE), "step: colour", 'there already is a step named "colour"'),
    "a step named as its part": (
        written("step: one, ask: Wat?, field: text"),
        "step: one",
        "there already is a part",
    ),
    "a reserved name": (
        written("step: review, ask: Wat?, field: text"),
        "step: review",
        "a meaning of its own",
    ),
    "a capital": (
        written("step: Open, ask: Wat?, field: text"),
        "step: Open",
        "this is not a name: use small",
    ),
    "an unknown step": (after("when: {color: red}"), "color: red", 'there is no step "color" before this'),
    "a later step": (
        after("when: {later: yes}"),
        "later: yes",
        '"later" may only be asked later: use an earlier',
    ),
    "a step itself": (after("when: {then: yes}"), "then: yes", '"then" may only be asked later: use an'),
    "a choice that is not there": (
        after("when: {colour: green}"),
        "colour: green",
        '"colour" is never "green"',
    ),
    "a choice in a list": (
        after("when: {colour: [red, green]}"),
        "green]",
        '"colour" is never "green": use one of red',
    ),
    "true for yes": (
        written(LATER, f"{ASK}, field: text, when: {{later: true}}"),
        "later: true",
        "never true: use one of yes",
    ),
    "another kind": (
        after("when: {colour: {below: 3}}"),
        "below: 3",
        '"below" cannot compare a choice: use one of is',
    ),
    "an unknown operator": (
        after("when: {colour: {likes: 3}}"),
        "likes: 3",
        '"likes" compares nothing: use one of',
    ),
    "no conditions": (after("when: {any: red}"), "any: red", "this must be a list of conditions: begin each"),
    "a slip of the pen": (
        after("wen: {colour: red}"),
        "wen: {",
        'the key "wen" is not known here: did you mean "when"?',
    ),
    "a key of another kind": (after("choices: {a: A}"), "choices: {a", '"choices" is only for a "choice" or'),
    "a bound that is no date": (
        written(f"{ASK}, field: date, latest: morgen"),
        "latest: morgen",
        '"morgen" is not a date: write it as 2027-01-01',
    ),
    "a warning that cannot be": (
        after("warn: {before: today, say: Let op}"),
        "before: today",
        "cannot compare a yes_no",
    ),
    "an unknown fact": (
        after('explain: "Bel {telephone}"'),
        "explain:",
        'nothing is known as "{telephone}": use one of',
    ),
    "no truth": (
        after("optional: maybe"),
        "optional: maybe",
        "this must be true or false: write true or false",
    ),
    "two things at once": (
        after("tell: Hallo"),
        "{step: then",
        "a step does exactly one thing: give it one of",
    ),
    "an end with a field": (
        written("step: gone, stop: Klaar, field: text"),
        "field: text",
        "only for a question: leave",
    ),
    "a step nobody reaches": (
        written("step: gone, refer: Klaar", LATER),
        "{step: later",
        "nobody gets here: ",
    ),
    "no field": (written(ASK), "{step: then", "the question has no field: add"),
    "an unknown field": (
        written(f"{ASK}, field: slider"),
        "field: slider",
        'there is no field "slider": choose one of',
    ),
    "nothing to choose": (
        written(f"{ASK}, field: choice"),
        "{step: then",
        'there is nothing to choose: add "choices:"',
    ),
    "a number for a text": (
        written("step: then, ask: 12, field: text"),
        "ask: 12",
        "this must be text: put it between",
    ),
    "a key twice": (
        written("step: then, step: now"),
        "step: now",
        '"step" stands here twice (first on line 10)',
    ),
    "an alias": (
        written("step: then, ask: &a Wat?, label: *a"),
        "&a Wat?",
        "refers to another place in the file",
    ),
    "a tag": (
        written("step: then, ask: !!python/name:os.system Wat?"),
        "!!python",
        "means nothing here: leave out",
    ),
    "a date of nothing": (
        after("why: Daarom") + "dates: {last_day: {within: 5 days, of: colour}}",
        "of: colour",
        '"colour" does not ask for one date: add a step',
    ),
    "a date that is a fact": (
        written(f"{ASK}, field: date") + "dates: {desk: {within: 5 days, of: then}}",
        "desk:",
        '"desk" is a fact of the site: choose another name',
    ),
    "a date without a term": (
        written(f"{ASK}, field: date") + "dates: {last_day: {within: soon, of: then}}",
        "within: soon",
        '"soon" is not a term: write for example',
    ),
    "a date in a question": (
        written(f"{ASK}, field: date", "step: now, ask: 'Voor {last_day}?', field: yes_no")
        + "dates: {last_day: {within: 5 days, of: then}}",
        "ask:",
        'nothing is known as "{last_day}"',
    ),
    "no YAML": (START + "parts: }\n", "}", "this is not YAML ("),
    "an empty list": (START + "parts: []\n", "parts:", "this list is empty: give it at least one item"),
}

ANY = "any order: true\n    title: Eén\n    steps:\n      - "
APART = START + f"parts:\n  - part: one\n    {ANY}{{{LATER}}}\n  - part: two\n    {ANY}"
PROBLEMS |= {
    "a way that is not offered": (
        "suggest: {way: together, because: Beter}\n" + written(LATER),
        "way: together",
        '"together" is not one of the ways: add it to "ways"',
    ),
    "a term that cannot be counted": (
        "deadlines: [{within: soon, say: 'Voor {date}.'}]\n" + written(LATER),
        "within: soon",
        '"soon" is not a term: write for example "28 days"',
    ),
    "a deadline that says no day": (
        "deadlines: [{within: 3 days, say: Gauw.}]\n" + written(LATER),
        "say: Gauw",
        "this does not say by when: write {date}",
    ),
    "a deadline behind one that always holds": (
        "deadlines: [{within: 3 days, say: '{date}'}, {within: 4 weeks, say: '{date}'}]\n" + written(LATER),
        "{within: 3 days",
        "no deadline after this one is ever used",
    ),
    "a date outside a deadline": (
        written("step: then, tell: 'Voor {date}.'"),
        "tell:",
        'nothing is known as "{date}"',
    ),
    "a part in any order with nothing beside it": (
        START + "parts:\n  - part: one\n    " + ANY + f"{{{LATER}}}\n",
        "any order: true",
        "one part alone has no order: mark its neighbour too",
    ),
    "a step of a part that may come later": (
        APART + f"{{{ASK}, field: text, when: {{later: yes}}}}\n",
        "later: yes",
        '"later" may only be asked later',
    ),
    "a state that does not exist": ("state: old\n" + written(LATER), "state: old", "choose 'draft', 'live'"),
    "a question no official gets past": (
        after("overrule: never"),
        "overrule: never",
        '"overrule" is only for a "refer" or "stop" step',
    ),
    "a suggestion in any other journey": (
        written("step: then, suggest: Dit past., journeys: [plain]"),
        "suggest: Dit",
        "only a wayfinder suggests other journeys: use",
    ),
    "a suggestion of nothing": (
        "wayfinder: true\n" + written("step: then, suggest: Dit past.").replace("1 day", "0 days"),
        "{step: then",
        'no journey is suggested: add "journeys:"',
    ),
    "a wayfinder that keeps something": (
        "wayfinder: true\n" + written(LATER),
        "keep: 1 day",
        "of finding the way nothing is kept: write",
    ),
    "a wayfinder that asks who you are": (
        "wayfinder: true\n" + written(f"{ASK}, field: name").replace("1 day", "0 days"),
        "{step: then",
        "a wayfinder asks nothing personal: let people choose",
    ),
}


@pytest.mark.parametrize(("text", "place", "problem"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_problem_names_its_place_its_cause_and_its_cure(text, place, problem):
    file, line, column, said = problems(text)[0].split(":", 3)
    assert file == "trial.yaml" and problem in said
    assert text.splitlines()[int(line) - 1][int(column) - 1 :].startswith(place)


def test_a_problem_names_its_step():
    assert problems(written(f"{ASK}, field: slider"))[0].startswith(
        "trial.yaml:10:36: then: there is no field"
    )


def test_every_problem_is_reported_at_once():
    assert len(problems(after("when: {color: red}, latest: today, explain: '{x}'"))) == 3


def test_missing_keys_are_asked_for():
    assert problems("journey: trial\nparts: [{part: one, title: Eén, steps: []}]")[:2] == [
        'trial.yaml:1:1: journey: "identity" is missing: add a line "identity: ..."',
        'trial.yaml:1:1: journey: "keep" is missing: add a line "keep: ..."',
    ]


@pytest.mark.parametrize("text", ["", "just text", "- a list", "\x00", "a: [", "a: " + "[" * 500 + "]" * 500])
def test_a_file_that_is_no_journey_is_refused_calmly(text):
    with pytest.raises(BrokenJourney):
        parse(text)


def test_words_that_look_like_booleans_and_dates_stay_text():
    asked = "step: no, ask: 12:30, label: 2027-03-31, field: choice, choices: {yes: on, off: No}"
    found = parse(written(asked)).steps["no"]
    assert (found.ask, found.label) == ("12:30", "2027-03-31")
    assert {key: option.say for key, option in found.choices.items()} == {"yes": "on", "off": "No"}
