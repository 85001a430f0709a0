"""An errand: its answers, and how it ends."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import Connection

from kiosk.records import outbox, versions, visits
from kiosk.records.database import Database
from kiosk.records.tables import answer
from kiosk.records.visits import Errand
from tests.fixtures.people import ANNA, NOON, a_visit, after, an_errand, confirmed


def test_errands_of_a_visit_are_numbered_from_one(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        for _ in range(2):
            visits.begin_errand(connection, visit, "moving", "v1", "guided", NOON)
        assert [errand.number for errand in visits.errands(connection, visit.id)] == [1, 2]


def test_an_open_errand_is_found_by_its_journey_until_it_ends(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        assert visits.open_errand(connection, visit, "moving", NOON) is None
        errand = visits.begin_errand(connection, visit, "moving", "v1", "guided", NOON)
        assert visits.open_errand(connection, visit, "moving", NOON) == errand
        assert visits.open_errand(connection, visit, "extract", NOON) is None
        _confirm(connection, errand, {})
        assert visits.open_errand(connection, visit, "moving", NOON) is None


def test_an_answer_is_kept_beside_the_others_and_touches_the_visit(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, date="2027-04-01", living="here")
        visits.save_answers(connection, errand, {"living": {"street": "Kade"}}, after(seconds=20))
        found = visits.errand(connection, errand.visit, 1)
        assert found and found.answers == {"date": "2027-04-01", "living": {"street": "Kade"}}
        assert found.shown_at == after(seconds=20)
        assert visits.stale(connection, after(seconds=70), 60) == []


def test_who_of_staff_entered_an_answer_is_kept_with_it(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, date="2027-04-01", living="here")
        visits.save_answers(connection, errand, {"living": "abroad"}, NOON, "anna")
        assert read(connection, errand).entered_by == {"living": "anna"}
        visits.save_answers(connection, read(connection, errand), {"living": "here"}, NOON)
        assert read(connection, errand).entered_by == {}


def test_the_same_answer_again_stays_with_who_entered_it(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection)
        visits.save_answers(connection, errand, {"date": "2027-04-01"}, NOON, "anna")
        visits.save_answers(connection, read(connection, errand), {"date": "2027-04-01"}, NOON)
        assert read(connection, errand).entered_by == {"date": "anna"}


def test_while_others_write_too_no_answer_takes_the_place_of_an_unread_one(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, date="2027-04-01")
        visits.save_answers(connection, errand, {"date": "2027-04-02"}, NOON, "anna")
    with pytest.raises(visits.Overtaken), database.write() as connection:
        visits.save_answers(connection, errand, {"date": "2027-04-03", "living": "here"}, NOON, shared=True)
    with database.write() as connection:
        found = read(connection, errand)
        assert found.answers == {"date": "2027-04-02"}
        assert visits.save_answers(connection, found, {"date": "2027-04-03"}, NOON, shared=True)


@pytest.mark.parametrize("act", ["replace", "confirm"])
def test_nothing_is_replaced_or_confirmed_that_changed_since_it_was_read(
    database: Database, act: str
) -> None:
    with database.write() as connection:
        errand = an_errand(connection, date="2027-04-01")
        visits.save_answers(connection, errand, {"living": "here"}, NOON, "anna")
    with pytest.raises(visits.Overtaken), database.write() as connection:
        if act == "replace":
            visits.replace_answers(connection, errand, {}, NOON)
        else:
            _confirm(connection, errand, errand.answers)
    with database.read() as connection:
        found = read(connection, errand)
        assert (found.state, found.answers) == ("open", {"date": "2027-04-01", "living": "here"})


def test_what_moves_up_keeps_the_name_of_who_entered_it(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, **{"people.1.name": "Noor"})
        visits.save_answers(connection, errand, {"people.2.name": "Sami"}, NOON, "anna")
        found = read(connection, errand)
        visits.replace_answers(connection, found, {"people.1.name": "Sami"}, NOON, {"people.1.name": "anna"})
        assert read(connection, errand).entered_by == {"people.1.name": "anna"}


def read(connection: Connection, errand: Errand) -> Errand:
    """The errand as it is now."""
    found = visits.errand(connection, errand.visit or "", errand.number)
    assert found
    return found


def test_answers_are_unreadable_in_the_database(database: Database) -> None:
    with database.write() as connection:
        an_errand(connection, name="Jansen")
        value = connection.execute(answer.select()).one().value
    assert b"Jansen" not in value


def test_replacing_answers_leaves_no_other(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, a=1, b=2)
        visits.replace_answers(connection, errand, {"b": 3, "c": None}, NOON)
        found = visits.errand(connection, errand.visit, 1)
    assert found and found.answers == {"b": 3, "c": None}


def test_confirming_keeps_the_answers_on_the_route_and_no_others(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, on=1, off=2)
        _confirm(connection, errand, {"on": 1})
        found = visits.errand(connection, errand.visit, 1)
    assert found and (found.state, found.answers) == ("prepared", {"on": 1})
    assert found.confirmed_at == NOON and found.until == after(days=30).date()


def test_confirming_a_second_time_changes_nothing(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, on=1)
        assert _confirm(connection, errand, {"on": 1})
        assert not _confirm(connection, errand, {"on": 2})
        found = visits.errand(connection, errand.visit, 1)
        visits.mark_seen(connection, errand.id, ANNA, NOON)
        parcels = [outbox.claim(connection, "worker", NOON), outbox.claim(connection, "worker", NOON)]
    assert found and found.answers == {"on": 1}
    assert parcels[0] and parcels[1] is None


def test_after_confirming_no_answer_changes_any_more(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection, date="2027-04-01")
        assert not visits.save_answers(connection, errand, {"date": "2027-05-01"}, NOON)
        assert not visits.replace_answers(connection, errand, {}, NOON)
        found = visits.errand(connection, errand.visit, 1)
    assert found and found.answers == {"date": "2027-04-01"}


def test_what_is_confirmed_is_what_was_reviewed(database: Database) -> None:
    with database.write() as connection:
        reviewed = an_errand(connection, date="2027-04-01")
        visits.save_answers(connection, reviewed, {"date": "2027-04-02"}, NOON)
        seen = visits.errand(connection, reviewed.visit, 1)
        assert seen
        _confirm(connection, seen, {"date": "2027-04-01"})
        found = visits.errand(connection, reviewed.visit, 1)
    assert found and found.answers == {"date": "2027-04-01"}


def test_a_confirmed_errand_keeps_the_language_it_was_confirmed_in(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection)
        visits.set_language(connection, errand.visit, "ar")
        _confirm(connection, errand, {})
        found = visits.handled(connection, errand.id)
    assert found and found.language == "ar"


def test_a_referred_errand_outlives_its_visit_and_an_open_one_does_not(database: Database) -> None:
    with database.write() as connection:
        referred, left = an_errand(connection, a=1, b=2), an_errand(connection)
        assert _confirm(connection, referred, {"a": 1}, state="referred")
        for errand in (referred, left):
            visits.wipe(connection, errand.visit)
        assert [each.id for each in visits.to_handle(connection)] == [referred.id]
        found = visits.handled(connection, referred.id)
    assert found and (found.state, found.answers) == ("referred", {"a": 1})


def test_a_list_of_errands_knows_which_are_discreet(database: Database) -> None:
    with database.write() as connection:
        for discreet in (True, False):
            _confirm(connection, an_errand(connection), {}, state="referred", discreet=discreet)
        assert sorted(each.discreet for each in visits.to_handle(connection)) == [False, True]


@pytest.mark.norm("PRV-20")
def test_an_errand_is_forgotten_when_its_time_is_over(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection, date="2027-04-01")
        assert visits.forget(connection, after(days=30)) == 0
        assert visits.forget(connection, after(days=30, seconds=1)) == 1
        assert visits.handled(connection, errand.id) is None
        assert outbox.claim(connection, "worker", after(days=31)) is None


def test_a_reference_is_short_and_not_taken(database: Database) -> None:
    with database.write() as connection:
        reference = visits.new_reference(connection)
    assert len(reference) == 6 and not set(reference) & set("AEIOUQSYZ018")


def test_a_version_is_kept_once_with_its_words(database: Database) -> None:
    with database.write() as connection:
        versions.keep(connection, "v1", "moving", "words", ("nl", "en"), NOON)
        versions.keep(connection, "v1", "moving", "other words", ("nl",), NOON)
        assert versions.text(connection, "v1") == "words"
        assert versions.text(connection, "v2") is None


def test_a_language_gets_the_newest_version_that_is_complete_in_it(database: Database) -> None:
    with database.write() as connection:
        versions.keep(connection, "v1", "moving", "words", ("nl", "en"), NOON)
        versions.keep(connection, "v2", "moving", "new words", ("nl",), after(days=1))
        newest = [versions.newest_in(connection, "moving", language) for language in ("nl", "en", "ar")]
    assert newest == ["v2", "v1", None]


def test_a_version_that_comes_back_is_the_newest_again(database: Database) -> None:
    with database.write() as connection:
        for version_id, moment in (("v1", NOON), ("v2", after(days=1))):
            versions.keep(connection, version_id, "moving", "words", ("nl",), moment)
            versions.make_newest(connection, version_id, "moving", moment)
            assert versions.newest(connection, "moving") == version_id
        versions.make_newest(connection, "v1", "moving", NOON)
        assert versions.newest(connection, "moving") == "v1"
        assert versions.newest(connection, "extract") is None


def _confirm(connection: Connection, errand: Errand, answers: Mapping[str, Any], **more: Any) -> bool:
    known = {"state": "prepared", **more}
    return visits.confirm(
        connection,
        errand,
        reference=visits.new_reference(connection),
        answers=answers,
        until=after(days=30).date(),
        keep_until=after(days=30),
        deliveries={"webhook": dict(answers)},
        now=NOON,
        **known,
    )


def test_why_an_official_let_an_answer_pass_is_sealed_with_it_until_it_changes(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection)
        visits.save_answers(connection, errand, {"date": "2027-06-01"}, NOON, by="anna", why="Vaart lang")
        found = visits.errand(connection, errand.visit, 1)
        assert found and visits.reasons_of(connection, errand.id) == {"date": ("anna", "Vaart lang")}
        assert b"Vaart lang" not in connection.execute(answer.select()).one().why
        visits.save_answers(connection, found, {"date": "2027-06-01"}, NOON)
        assert visits.reasons_of(connection, errand.id) == {"date": ("anna", "Vaart lang")}
        _confirm(connection, found, found.answers)
        assert visits.reasons_of(connection, errand.id) == {"date": ("anna", "Vaart lang")}


def test_another_answer_in_its_place_takes_the_reason_along(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection)
        visits.save_answers(connection, errand, {"date": "2027-06-01"}, NOON, by="anna", why="Vaart lang")
        visits.save_answers(connection, errand, {"date": "2027-04-01"}, NOON)
        assert visits.reasons_of(connection, errand.id) == {}
