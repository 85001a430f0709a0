"""The code to go on with comes out of the kiosk's printer: once, and with nothing of what it is about."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.records import kiosks
from kiosk.records.tables import print_
from kiosk.work import Worker
from tests.fixtures.documents import text
from tests.fixtures.pages import words
from tests.fixtures.printers import Printer, wait_until
from tests.fixtures.visitors import OURS, Visitor


@pytest.fixture
def worker(app: Flask) -> Iterator[Worker]:
    made = Worker(app, app.extensions["house"], threading.Event())
    yield made
    made.printing.close()


@pytest.fixture
def leaves(app: Flask, visitor: Visitor) -> Visitor:
    """Somebody with a discreet question at a kiosk with a printer, who chose to go on later."""
    set_printer(app, "ipp://localhost:1/ipp/print")
    return away(visitor)


def set_printer(app: Flask, uri: str) -> None:
    with app.extensions["house"].database.write() as connection:
        kiosks.set_printer(connection, "zuil-1", uri)


def away(visitor: Visitor) -> Visitor:
    visitor.arrives("zuil-1").begins("money").presses("end").presses("later")
    visitor.sends("/visit/later", number="5073")
    assert visitor.page.screen == "later-code"
    return visitor


def state(visitor: Visitor) -> str:
    """What the page with the code says of its print."""
    return visitor.goes_to("/visit/later/code").page.one(data_print_state="").get("data-print-state", "")


def prints_kept(app: Flask) -> list[str]:
    with app.extensions["house"].database.read() as connection:
        return list(connection.execute(select(print_.c.state)).scalars())


def test_the_code_comes_out_of_the_printer_once(
    app: Flask, visitor: Visitor, worker: Worker, printing: Printer
) -> None:
    set_printer(app, printing.uri)
    code = words(away(visitor).page.one(data_code=""))
    visitor.presses("print")
    assert state(visitor) == "waiting"
    visitor.client.post("/visit/later/print", headers=OURS)
    wait_until(lambda: worker.print_one() and state(visitor) == "printed", "the code")
    visitor.client.post("/visit/later/print", headers=OURS)
    assert not worker.print_one()
    (paper,) = printing.pages
    assert code in text(paper) and "Zo gaat u verder" in text(paper)
    assert not [word for word in ("geld", "schuld", "5073") if word in text(paper)]


def test_what_cannot_be_printed_is_said_and_the_code_stays_in_sight(leaves: Visitor, worker: Worker) -> None:
    leaves.presses("print")
    house = worker.house
    wait_until(lambda: not worker.print_one() or house.clock.forward(seconds=40) or state(leaves) == "failed")  # type: ignore[attr-defined]
    assert state(leaves) == "failed"
    assert "Schrijf de code op" in leaves.page.text and leaves.page.all(data_code="")
    assert not leaves.page.all(data_action="print")


def test_a_kiosk_without_a_printer_offers_no_paper(visitor: Visitor, app: Flask) -> None:
    assert not away(visitor).page.all(data_action="print")
    visitor.client.post("/visit/later/print", headers=OURS)
    assert prints_kept(app) == []


def test_a_code_that_was_hidden_is_not_printed_any_more(leaves: Visitor, app: Flask) -> None:
    leaves.presses("cover").client.post("/visit/later/print", headers=OURS)
    assert prints_kept(app) == []


def test_the_part_that_changes_comes_alone(leaves: Visitor) -> None:
    answer = leaves.client.post("/visit/later/print", headers={**OURS, "HX-Request": "true"})
    text_ = answer.get_data(as_text=True)
    assert 'data-print-state="waiting"' in text_ and "<html" not in text_
