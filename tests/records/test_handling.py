"""What officials do with what was confirmed."""

import pytest
from sqlalchemy import select

from kiosk.records import outbox, visits
from kiosk.records.database import Database
from kiosk.records.tables import answer as answer_table
from kiosk.records.tables import errand as errand_table
from kiosk.records.tables import outbox as outbox_table
from tests.fixtures.people import ANNA, HANA, NOON, after, confirmed


def test_the_newest_errand_stands_first(database: Database) -> None:
    with database.write() as connection:
        first, second = confirmed(connection), confirmed(connection)
        later = (
            errand_table.update().where(errand_table.c.id == second.id).values(confirmed_at=after(hours=1))
        )
        connection.execute(later)
        assert [errand.id for errand in visits.to_handle(connection)] == [second.id, first.id]


def test_the_nearest_promise_stands_before_the_newest_errand(database: Database) -> None:
    with database.write() as connection:
        later, sooner, newest = (confirmed(connection, "arranged") for _ in range(3))
        for errand, days in ((later, 9), (sooner, 2)):
            due = errand_table.update().where(errand_table.c.id == errand.id)
            connection.execute(due.values(due=after(days=days).date()))
        assert [errand.id for errand in visits.to_handle(connection)] == [sooner.id, later.id, newest.id]


def test_an_errand_is_found_by_its_reference_however_it_is_typed(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection, date="2027-04-01")
        kept = visits.handled(connection, errand.id)
        assert kept and kept.reference
        found = visits.by_reference(connection, kept.reference.lower().replace(" ", "-"))
    assert found == kept


def test_nothing_is_passed_on_before_an_official_has_seen_the_id(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection, date="2027-04-01")
        assert outbox.claim(connection, "worker", after(days=1)) is None
        assert visits.mark_seen(connection, errand.id, ANNA, after(days=1))
        parcel = outbox.claim(connection, "worker", after(days=1))
    assert parcel and parcel.counts_from == after(days=1)
    assert (parcel.delivery, parcel.payload) == ("webhook", {"answers": {"date": "2027-04-01"}})


def test_what_needs_no_identity_is_passed_on_at_once(database: Database) -> None:
    with database.write() as connection:
        confirmed(connection, "arranged")
        parcel = outbox.claim(connection, "worker", NOON)
    assert parcel and parcel.counts_from == NOON


def test_who_saw_the_id_first_and_when_is_what_is_kept(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection)
        assert visits.mark_seen(connection, errand.id, ANNA, NOON)
        assert not visits.mark_seen(connection, errand.id, HANA, after(hours=1))
        found = visits.handled(connection, errand.id)
    assert found and (found.seen_by, found.seen_at) == ("anna", NOON)


def test_nothing_is_processed_before_its_id_was_seen(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection)
        assert not visits.process(connection, errand.id, ANNA, NOON)
        visits.mark_seen(connection, errand.id, ANNA, NOON)
        assert visits.process(connection, errand.id, ANNA, NOON)
        assert not visits.process(connection, errand.id, HANA, NOON)
        assert visits.to_handle(connection) == []


def test_what_is_refused_is_never_passed_on_and_keeps_its_reason(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection)
        assert visits.refuse(connection, errand.id, ANNA, "Geen geldig document", NOON)
        assert not visits.mark_seen(connection, errand.id, ANNA, NOON)
        assert outbox.claim(connection, "worker", after(days=1)) is None
        found = visits.handled(connection, errand.id)
    assert found and (found.refused_by, found.refused_reason) == ("anna", "Geen geldig document")


WITHDRAWN = {"webhook": {"kind": "withdrawn"}}


def test_what_was_passed_on_and_is_refused_after_all_is_withdrawn_there(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection, "arranged")
        first = outbox.claim(connection, "worker", NOON)
        assert first
        outbox.done(connection, first.id)
        visits.refuse(connection, errand.id, ANNA, "Adres bestaat niet", after(hours=1), WITHDRAWN)
        parcel = outbox.claim(connection, "worker", after(hours=1))
    assert parcel and (parcel.payload, parcel.counts_from) == ({"kind": "withdrawn"}, after(hours=1))


def test_what_was_not_sent_yet_is_neither_sent_nor_withdrawn(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection, "arranged")
        visits.refuse(connection, errand.id, ANNA, "Adres bestaat niet", NOON, WITHDRAWN)
        assert outbox.claim(connection, "worker", after(days=1)) is None


def test_nothing_is_withdrawn_before_it_has_come(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection, "arranged")
        first = outbox.claim(connection, "worker", NOON)
        visits.refuse(connection, errand.id, ANNA, "Adres bestaat niet", after(seconds=1), WITHDRAWN)
        assert first and outbox.claim(connection, "worker", after(seconds=2)) is None
        outbox.retry(connection, first.id, "no answer", after(minutes=1))
        assert outbox.claim(connection, "worker", after(seconds=59)) is None
        again = outbox.claim(connection, "worker", after(minutes=1))
        assert again and again.id == first.id
        outbox.done(connection, first.id)
        assert outbox.claim(connection, "worker", after(minutes=1))


def test_a_second_refusal_withdraws_nothing_again(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection, "arranged")
        outbox.claim(connection, "worker", NOON)
        for _ in range(2):
            visits.refuse(connection, errand.id, ANNA, "Adres bestaat niet", after(seconds=1), WITHDRAWN)
        assert len(connection.execute(outbox_table.select()).all()) == 2


def test_a_parcel_that_does_not_arrive_is_tried_again_later(database: Database) -> None:
    with database.write() as connection:
        confirmed(connection, "arranged")
        parcel = outbox.claim(connection, "worker", NOON)
        assert parcel
        outbox.retry(connection, parcel.id, "no answer", after(minutes=5))
        assert outbox.claim(connection, "worker", after(minutes=4)) is None
        again = outbox.claim(connection, "worker", after(minutes=5))
    assert again and again.attempts == 2


def test_a_parcel_that_is_given_up_stays_until_its_month_is_over(database: Database) -> None:
    with database.write() as connection:
        confirmed(connection, "arranged")
        parcel = outbox.claim(connection, "worker", NOON)
        assert parcel
        outbox.retry(connection, parcel.id, "refused", None)
        assert outbox.claim(connection, "worker", after(days=1)) is None
        for days, left in ((30, 1), (31, 0)):
            outbox.forget(connection, after(days=days))
            assert len(connection.execute(outbox_table.select()).all()) == left


def test_a_parcel_of_a_worker_that_died_is_taken_over(database: Database) -> None:
    with database.write() as connection:
        confirmed(connection, "arranged")
        outbox.claim(connection, "dead", NOON)
        assert outbox.claim(connection, "other", after(minutes=1)) is None
        assert outbox.claim(connection, "other", after(minutes=3))


@pytest.mark.norm("PRV-20")
def test_of_a_parcel_that_arrived_nothing_is_kept(database: Database) -> None:
    with database.write() as connection:
        confirmed(connection, "arranged")
        parcel = outbox.claim(connection, "worker", NOON)
        assert parcel
        outbox.done(connection, parcel.id)
        assert outbox.claim(connection, "worker", after(days=1)) is None
        assert connection.execute(select(outbox_table)).all() == []


def test_an_errand_that_is_let_past_its_end_is_open_again_with_the_reason_as_an_answer(
    database: Database,
) -> None:
    with database.write() as connection:
        referred = confirmed(connection, "referred", origin="unsure")
        found = visits.handled(connection, referred.id)
        assert found and visits.overrule(connection, found, "end", ANNA, "Nagekeken", after(hours=1))
        assert referred.visit
        open_again = visits.errand(connection, referred.visit, referred.number)
        assert visits.to_handle(connection) == []
    assert open_again and (open_again.state, open_again.reference) == ("open", found.reference)
    assert open_again.answers == {"origin": "unsure", "end": {"by": "anna", "reason": "Nagekeken"}}


def test_a_round_that_is_taken_out_leaves_the_official_as_who_gave_the_reason(database: Database) -> None:
    with database.write() as connection:
        referred = confirmed(connection, "referred", origin="unsure")
        found = visits.handled(connection, referred.id)
        assert found and visits.overrule(connection, found, "end", ANNA, "Nagekeken", NOON) and referred.visit
        errand = visits.errand(connection, referred.visit, referred.number)
        assert errand and visits.replace_answers(connection, errand, errand.answers, NOON)
        given = select(answer_table.c.key, answer_table.c.by).where(answer_table.c.errand == errand.id)
        assert {row.key: row.by for row in connection.execute(given)} == {"origin": "citizen", "end": "anna"}
