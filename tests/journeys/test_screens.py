"""What is shown of a step and of an errand."""

from datetime import date

import pytest

from kiosk.journeys import fields
from kiosk.journeys.rules import Day
from kiosk.journeys.screens import Taken, step_screen, summary
from tests.fixtures.journeys import WEDNESDAY, at, dutch, tiny, typed

FACTS = {"municipality": "Waterhoven", "phone": "14 020", "reception": "de receptie"}


def screen(name, key, answers=None, say=dutch, **more):
    """The screen of a step of a tiny journey."""
    version, answers = tiny(name), answers or {}
    point = at(version, **answers).point(key)
    return step_screen(version, point, answers, WEDNESDAY, say, locale="nl", facts=FACTS, **more)


def told(
    journey, state="open", *, locale="nl", say=dutch, until=None, day=WEDNESDAY, counts_on=None, **answers
):
    """The summary of a tiny journey."""
    found = {key.replace("__", "."): value for key, value in answers.items()}
    taken = Taken(tiny(journey), found, state, until=until, counts_on=counts_on)
    return summary(taken, day, say, locale=locale, facts=FACTS)


def test_a_question_shows_its_choices():
    field = screen("plain", "colour", {"colour": "blue"}).fields[0]
    assert [(choice.label, choice.explain, choice.chosen) for choice in field.choices] == [
        ("Rood", None, False),
        ("Blauw", "Als de lucht.", True),
    ]


def test_texts_are_asked_for_in_the_context_of_their_step():
    heading = screen("plain", "colour", say=lambda text, context="": f"{context}:{text}")
    assert (heading.title, heading.heading) == ("plain:Een vraag", "plain.colour:Welke kleur kiest u?")


def test_the_question_for_another_round_belongs_to_the_journey():
    found = screen("repeat", "people.1.more", {"age": 1, "people.1.relation": "self"},
                   say=lambda text, context="": f"{context}:{text}")  # fmt: skip
    assert found.heading == "repeat:Komt er nog iemand mee?" and found.fields[0].name == "people.more"


def test_a_message_has_no_field():
    found = screen("message", "hello")
    assert (found.kind, found.fields, found.lead) == ("step", (), "Het duurt kort.")


def test_what_an_official_should_know_comes_along():
    assert screen("message", "name", {"hello": True}).official == "Vraag niet door."


def test_a_referral_says_what_to_do_with_the_facts_of_the_site():
    found = screen("referral", "person", {"complex": "yes"})
    assert (found.kind, found.do, found.discreet) == (
        "refer",
        ("Neem plaats bij de receptie.", "Of bel 14 020."),
        True,
    )


def test_a_warning_stands_beside_an_answer_it_fits():
    assert screen("caution", "moved", {"moved": "2027-03-01"}).notes == ("U bent te laat. Dat geeft niet.",)


def test_a_fitting_answer_brings_no_warning():
    assert screen("caution", "moved", {"moved": "2027-03-30"}).notes == ()


@pytest.mark.norm("COG-17")
def test_after_an_error_the_typed_text_and_the_reason_stand_in_the_field():
    with pytest.raises(fields.FieldError) as refused:
        typed("day", "1-6-2027", tiny("bounds"))
    field = screen("bounds", "day", given={"day": ["1-6-2027"]}, error=refused.value).fields[0]
    assert field.parts[""] == "1-6-2027"
    assert field.error == {"day": "Dat is na woensdag 28 april 2027. Kom terug op dinsdag 4 mei 2027."}


def test_ten_megabytes_do_not_come_back_on_the_screen():
    field = screen("optional", "phone", given={"phone": ["9" * 10_000_000]}).fields[0]
    assert len(field.parts[""]) == 40


def test_a_given_answer_can_be_typed_over():
    assert screen("optional", "phone", {"phone": "+31612345678"}).fields[0].parts == {"": "06 12345678"}


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("open", "Er is nog niets verstuurd"),
        ("prepared", "Klaargezet, nog niet doorgegeven"),
        ("arranged", "Geregeld"),
        ("referred", "Doorgegeven aan een medewerker"),
        ("stopped", "Gestopt. Er is niets verstuurd"),
        ("seen", "Doorgegeven"),
        ("processed", "Verwerkt"),
        ("refused", "Dit kon niet doorgaan"),
    ],
)
def test_the_state_is_told_as_it_is(state, text):
    assert told("plain", state, colour="red").state_text == text


def test_only_an_open_errand_can_be_changed():
    assert told("plain", "open", colour="red").rows[0].changeable
    assert not told("plain", "prepared", colour="red").rows[0].changeable


def test_a_row_has_the_short_label_of_its_step():
    assert told("message", hello=True, name="Noor").rows[0].label == "Uw naam"


def test_an_answer_may_stay_off_paper():
    rows = told("kinds", **KINDS_ANSWERS).rows
    assert [row.key for row in rows if not row.paper] == ["a_bsn", "both"]


def on_paper(**told_as):
    """The kinds of answer that stand on paper when it is told so."""
    version = tiny("kinds")
    taken = Taken(version, KINDS_ANSWERS, "arranged", **told_as)
    rows = summary(taken, WEDNESDAY, dutch, locale="nl", facts=FACTS).rows
    return {version.journey.steps[row.key].field for row in rows if row.paper}


def test_names_and_numbers_stay_off_paper_that_is_told_without_them():
    personal = {"name", "address", "phone", "email", "iban", "plate", "document", "text", "long_text"}
    assert on_paper() - on_paper(unnamed=True) == personal | {"partial_date"}
    assert {"choice", "yes_no", "date", "number"} <= on_paper(unnamed=True)


def test_a_citizen_service_number_is_never_on_paper():
    assert "bsn" not in on_paper()


def test_paper_may_be_told_without_any_answer():
    assert on_paper(brief=True) == set()


KINDS_ANSWERS = {
    step.name: fields.KINDS[step.field].try_out(step, WEDNESDAY)[-1]
    for step in tiny("kinds").journey.steps.values()
}


def test_what_comes_next_says_who_and_when():
    assert told("optional", phone="+31612345678", email=None).next == (
        "Wij kijken ernaar. (Waterhoven, binnen een week)",
    )


def test_what_comes_next_depends_on_the_answers():
    assert told("optional", phone=None, email=None).next[1] == "U krijgt een brief."


KINGS_DAY = Day(date(2027, 3, 31), frozenset({date(2027, 4, 27)}))


@pytest.mark.parametrize(("wanted", "then"), [("no", "Wij kijken ernaar."), ("yes", "Vraag naar Anna.")])
def test_what_to_do_names_the_last_day_of_a_term_and_none_that_falls_on_a_holiday(wanted, then):
    found = told("term", day=KINGS_DAY, moved="2027-04-22", help=wanted)
    assert found.next == ("Kom uiterlijk woensdag 28 april 2027.", then)


def test_what_to_bring_names_the_last_day_of_a_term():
    assert told("term", moved="2027-03-31", help="no").bring == ("Het papier van voor maandag 5 april 2027.",)


def test_a_text_about_a_day_that_nobody_gave_is_left_out():
    found = told("term", moved=None, help="no")
    assert (found.next, found.bring) == (("Wij kijken ernaar.",), ())
    assert screen("term", "person", {"moved": None, "help": "yes"}).do == ("Vraag naar Anna.",)


def test_a_referral_names_the_last_day_of_a_term_on_its_screen():
    found = screen("term", "person", {"moved": "2027-03-31", "help": "yes"})
    assert found.do == ("Kom uiterlijk maandag 5 april 2027.", "Vraag naar Anna.")


def test_what_to_bring_depends_on_any_round():
    assert told("repeat", age=1, people__1__relation="other", people__1__more="no").bring == (
        "Een machtiging",
    )
    assert told("repeat", age=1, people__1__relation="self", people__1__more="no").bring == ()


def test_a_telephone_number_is_where_we_call():
    contact = told("optional", phone="+31612345678", email="a@b.example").contact
    assert contact == "Als er iets is, bellen wij u op 06 12345678."


def test_without_a_number_we_mail():
    assert (
        told("optional", phone=None, email="a@b.example").contact
        == "Als er iets is, mailen wij u op a@b.example."
    )


def test_without_either_it_is_said_that_nobody_calls():
    assert (
        told("optional", phone=None, email=None).contact == "Niemand belt u. Heeft u een vraag? Bel 14 020."
    )


def test_without_either_it_is_said_until_when_to_come_back():
    contact = told("optional", phone=None, email=None, until=date(2027, 4, 30)).contact
    assert contact == (
        "Niemand belt u. Wij bewaren dit tot en met vrijdag 30 april 2027. Kom op tijd terug, of bel 14 020."
    )


def test_a_referred_errand_tells_what_to_do_and_why():
    found = told("referral", "referred", complex="yes")
    assert found.next == ("Neem plaats bij de receptie.", "Of bel 14 020.")
    assert found.notes == ("Een medewerker regelt dit samen met u.",) and found.discreet


def test_an_errand_that_came_to_a_stop_is_told_as_stopped():
    assert told("kind_stop", where="no").state == "stopped"
    assert told("kind_stop", where="yes").state == "open"


def test_nothing_needs_to_be_brought_to_a_stop():
    assert told("kind_stop", where="yes").bring == ("Uw paspoort",)
    assert told("kind_stop", where="no").bring == ()


@pytest.mark.parametrize("state", ["seen", "processed"])
def test_what_was_passed_on_says_which_day_counts_and_what_is_still_to_come(state):
    found = told("optional", state, phone=None, email=None, counts_on=date(2027, 4, 1))
    assert found.counts == "U gaf dit door op donderdag 1 april 2027. Die dag telt."
    assert found.next[0].startswith("Een medewerker heeft")
    assert found.next[1:] == ("U krijgt een brief.",)
    assert (
        "Kom op tijd terug"
        not in told("optional", state, phone=None, email=None, until=date(2027, 4, 30)).contact
    )


def test_what_was_refused_says_where_to_hear_why_and_nothing_else():
    found = told("optional", "refused", phone=None, email=None, counts_on=date(2027, 4, 1))
    assert (found.counts, len(found.next)) == ("", 1)
    assert "Daar hoort u waarom" in found.next[0]


def test_what_was_handled_needs_nothing_to_be_brought_or_done():
    assert told("kind_stop", "seen", where="yes").bring == ()
    assert told("referral", "processed", complex="yes").next == ("Een medewerker heeft dit verwerkt.",)


def test_an_official_reads_notes_of_messages_on_the_route_and_of_no_others():
    found = told("noted", "referred", hello=True, help="yes").advice
    assert [(each.key, each.text, each.official) for each in found] == [
        ("hello", "Wij vragen u één ding.", "Dit duurt kort."),
        ("person", "Een medewerker helpt u.", "Vraag naar de datum. Bel 14 020."),
    ]


def test_what_is_discreet_has_a_neutral_name_and_no_picture():
    private, open_ = told("referral", "referred", complex="yes"), told("referral", complex="no", why="Zo")
    assert (private.title, private.picture) == ("Uw vraag aan de gemeente", None)
    assert (open_.title, open_.picture) == ("Een vraag", "question")


def test_warnings_come_along_to_the_summary():
    assert told("caution", moved="2027-03-01").notes == ("U bent te laat. Dat geeft niet.",)


def test_a_suggestion_names_the_journeys_that_suit():
    found = screen("wayfinder", "houses", {"about": "home"})
    assert (found.kind, found.journeys, found.lead) == (
        "suggest",
        ("plain", "repeat"),
        "U zei dat het over uw huis gaat.",
    )


@pytest.mark.parametrize(
    ("locale", "promise"),
    [
        ("nl", "Wij spreken u uiterlijk maandag 5 april 2027."),
        ("en", "Wij spreken u uiterlijk Monday 5 April 2027."),
    ],
)
def test_a_promise_names_the_day_that_was_recorded(locale, promise):
    taken = Taken(tiny("deadlines"), {"urgent": "yes"}, "arranged", due=date(2027, 4, 5))
    assert summary(taken, WEDNESDAY, dutch, locale=locale).promise == promise


def test_nothing_is_promised_to_who_has_not_asked():
    assert told("deadlines", urgent="yes").promise == ""
