"""Asking for paper, as a citizen does."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kiosk import work
from kiosk.records import prints, visits
from kiosk.records.tables import answer, errand
from kiosk.web import paper
from kiosk.web.cookies import VISIT
from kiosk.work import Worker
from tests.fixtures.apps import Clock
from tests.fixtures.documents import text
from tests.fixtures.errands import Confirmed
from tests.fixtures.journeys import FOLDER as TINY
from tests.fixtures.visitors import OURS, Visitor


@pytest.fixture
def worker(app: Flask) -> Iterator[None]:
    """A worker beside the web."""
    stop = threading.Event()
    thread = threading.Thread(target=work.work, args=(app, stop))
    thread.start()
    yield
    stop.set()
    thread.join(10)


@pytest.fixture
def citizen(app: Flask, confirmed: Confirmed, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The browser of the visit whose errand is confirmed."""
    monkeypatch.setattr(paper, "WAIT_S", 30)
    client = app.test_client()
    token = new_token(confirmed)
    client.set_cookie(VISIT, token)
    return client


def new_token(confirmed: Confirmed) -> str:
    """A cookie for the visit of the errand, as after coming back with a code."""
    house = confirmed.house
    with house.database.write() as connection:
        visit = visits.Visit(confirmed.errand.visit or "", "zuil-1", "nl", {}, house.clock(), house.clock())
        code = visits.park(connection, visit, house.clock())
        token = visits.unpark(connection, code, kiosk="zuil-1", now=house.clock())
    assert token
    return token


@pytest.mark.parametrize("kind", ["a4", "large", "roll"])
def test_the_summary_is_a_file_to_take_along(worker: None, citizen: FlaskClient, kind: str) -> None:
    answer = citizen.get(f"/visit/1/summary.pdf?paper={kind}")

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF-")
    assert "moving-V47KD.pdf" in answer.headers["Content-Disposition"]


def test_a_file_can_be_fetched_again(worker: None, citizen: FlaskClient) -> None:
    assert [citizen.get("/visit/1/summary.pdf").status_code for _ in range(2)] == [200, 200]


def test_a_fetched_file_is_not_kept(worker: None, citizen: FlaskClient, confirmed: Confirmed) -> None:
    citizen.get("/visit/1/summary.pdf")

    with confirmed.house.database.read() as connection:
        job = prints.of_errand(connection, confirmed.errand.id, "file")
    assert job is not None
    assert confirmed.kept_pdf(job) is None


def test_without_a_worker_a_plain_page_says_so(citizen: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "WAIT_S", 0.2)
    answer = citizen.get("/visit/1/summary.pdf")

    assert (answer.status_code, answer.mimetype) == (503, "text/html")
    assert "Uw papier is nog niet klaar" in answer.text


@pytest.mark.parametrize(
    "path", ["/visit/1/summary.pdf?paper=gold", "/visit/2/summary.pdf", "/visit/2/print"]
)
def test_paper_that_does_not_exist_is_not_found(citizen: FlaskClient, path: str) -> None:
    assert citizen.get(path).status_code == 404


def test_paper_of_another_visit_is_not_found(app: Flask, confirmed: Confirmed) -> None:
    assert app.test_client().get("/visit/1/summary.pdf").status_code == 404


def test_paper_comes_from_the_kiosk_and_the_screen_follows_it(
    worker: None, citizen: FlaskClient, confirmed: Confirmed
) -> None:
    answer = citizen.post("/visit/1/print", data={"paper": "large"}, headers=OURS)
    assert (answer.status_code, answer.location) == (303, "/visit/1/done")

    states: list[Any] = []
    while "printed" not in states and len(states) < 300:
        states.append(state_in(citizen.get("/visit/1/print").text))
        threading.Event().wait(0.1)
    assert states[-1] == "printed"


def test_a_second_tap_prints_nothing_twice(citizen: FlaskClient, confirmed: Confirmed, clock: Clock) -> None:
    for _ in range(2):
        citizen.post("/visit/1/print", headers=OURS)

    with confirmed.house.database.write() as connection:
        assert prints.claim(connection, "worker", clock()) is not None
        assert prints.claim(connection, "worker", clock()) is None


@pytest.fixture
def elsewhere(visitor: Visitor) -> Visitor:
    """Somebody who moves to another municipality: a kind stop, with what to do there."""
    return visitor.arrives().begins("moving").answers("elsewhere")


def test_a_kind_stop_that_says_what_to_do_is_printed(elsewhere: Visitor, app: Flask, tmp_path: Path) -> None:
    where = elsewhere.page.path
    elsewhere.sends("/visit/1/print", paper="a4")
    assert (elsewhere.page.path, elsewhere.page.screen) == (where, "stop")
    assert elsewhere.page.all(data_print_state="waiting")

    elsewhere.stops()
    assert Worker(app, app.extensions["house"], threading.Event()).print_one()
    (paper,) = (tmp_path / "paper").glob("*.pdf")
    words = text(paper.read_bytes())
    for said in (
        "Gestopt. Er is niets verstuurd",
        "Geef dit door aan uw nieuwe gemeente.",
        "website van uw nieuwe",
    ):
        assert said in words


def test_nothing_of_a_kind_stop_is_kept(elsewhere: Visitor, app: Flask) -> None:
    elsewhere.sends("/visit/1/print", paper="a4").stops()
    with app.extensions["house"].database.read() as connection:
        assert connection.execute(select(errand.c.id)).all() == []
        assert connection.execute(select(answer.c.key)).all() == []


def test_a_kind_stop_that_says_nothing_more_needs_no_paper(at_own_site: Visitor, own_site: Path) -> None:
    shutil.copy(TINY / "kind_stop.yaml", own_site / "journeys")
    at_own_site.arrives().begins("kind_stop").answers("no")
    assert (at_own_site.page.screen, at_own_site.page.all(data_action="print")) == ("stop", [])


def test_paper_of_a_private_matter_names_it_nowhere(
    worker: None, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "WAIT_S", 30)
    visitor.arrives().begins("moving").answers("here", "netherlands", "yes", "1-4-2027", "private").presses(
        "refer"
    )
    answer = visitor.client.get("/visit/1/summary.pdf")
    assert "moving" not in answer.headers["Content-Disposition"]
    assert "Verhuizing" not in text(answer.data)
    assert "Uw vraag aan de gemeente" in text(answer.data)


def test_htmx_gets_only_the_piece_that_changes(citizen: FlaskClient) -> None:
    answer = citizen.post("/visit/1/print", headers={**OURS, "HX-Request": "true"})

    assert state_in(answer.text) == "waiting"
    assert "<html" not in answer.text


def state_in(html: str) -> str:
    """The state that a fragment says the print is in."""
    return html.partition('data-print-state="')[2].partition('"')[0]
