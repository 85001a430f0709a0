"""Who opened which covered answer is kept, and never what it says."""

from kiosk.records import disclosures
from kiosk.records.database import Database
from tests.fixtures.people import ANNA, HANA, NOON, after, an_errand


def test_who_opened_which_answer_is_kept_for_half_a_year(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, iban="NL91ABNA0417164300")
        disclosures.note(connection, errand, "iban", ANNA, NOON)
        assert disclosures.opened_by(connection, errand, ANNA, NOON) == {"iban"}
        assert disclosures.opened_by(connection, errand, HANA, NOON) == set()
        assert disclosures.opened_by(connection, errand, ANNA, after(seconds=1)) == set()
        (noted,) = disclosures.everything(connection)
        assert (noted.by, noted.key, noted.kiosk, noted.at) == ("anna", "iban", "zuil-1", NOON)
        disclosures.forget(connection, after(days=181))
        assert disclosures.everything(connection) == []
