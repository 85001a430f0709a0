"""Asking for paper, as a citizen does."""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, select

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
from tests.fixtures.municipality import longest_example
from tests.fixtures.pages import page_of
from tests.fixtures.visitors import OURS, Visitor

pytestmark = pytest.mark.either_database


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
    "path",
    [
        "/visit/1/summary.pdf?paper=gold",
        "/visit/1/summary.pdf?answers=gold",
        "/visit/2/summary.pdf",
        "/visit/2/print",
    ],
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
def shown(citizen: FlaskClient, confirmed: Confirmed) -> Callable[..., str]:
    """What the citizen reads of their print, once this happened to it."""

    def after(*happens: Callable[..., None], language: str = "nl") -> str:
        citizen.post("/visit/1/print", headers=OURS)
        with confirmed.house.database.write() as connection:
            visits.set_language(connection, confirmed.errand.visit or "", language)
            job = prints.of_errand(connection, confirmed.errand.id)
            assert job is not None
            for each in happens:
                each(connection, job.id)
        return citizen.get("/visit/1/print").text

    return after


def is_printing(reason: str) -> Callable[..., None]:
    """The printer has it, and says this."""

    def happens(connection: Connection, job_id: str) -> None:
        prints.printing(connection, job_id)
        prints.sent(connection, job_id, 1, Clock().now)
        prints.look_again(connection, job_id, reason, Clock().now)

    return happens


def fails(reason: str) -> Callable[..., None]:
    return lambda connection, job_id: prints.fail(connection, job_id, reason, None)


@pytest.mark.parametrize(
    ("reason", "says", "and_then"),
    [
        ("", "De printer print uw papier nu.", "onder het scherm"),
        ("out-of-paper", "Het papier in de printer is op.", "roep iemand"),
        ("jam", "Het papier zit vast in de printer. Trek er niet aan.", "roep iemand"),
        ("off", "De printer staat uit, of doet het even niet.", "roep iemand"),
        ("open", "Er staat een klep van de printer open.", "roep iemand"),
        ("full", "Er ligt nog papier in de gleuf. Haal dat eerst weg.", "roep iemand"),
        ("slow", "Het printen duurt langer dan anders.", "Wacht nog even."),
        ("refused", "De printer staat uit, of doet het even niet.", "roep iemand"),
    ],
)
def test_what_the_printer_does_is_said_in_plain_words_with_what_to_do(
    shown: Callable[..., str], reason: str, says: str, and_then: str
) -> None:
    page = shown(is_printing(reason))

    assert state_in(page) == "printing"
    assert says in page
    assert and_then in page
    assert 'data-action="print"' not in page


@pytest.mark.parametrize("reason", ["jam", "canceled", "slow", "late"])
def test_a_print_that_failed_is_said_and_may_be_asked_for_again(
    shown: Callable[..., str], reason: str
) -> None:
    page = shown(fails(reason))

    assert state_in(page) == "failed"
    assert "Printen lukt nu niet. Schrijf uw nummer op, of roep iemand." in page
    assert ("zit vast" in page) == (reason == "jam")
    assert 'data-action="print"' in page


@pytest.mark.norm("PRV-14")
def test_paper_that_is_out_must_be_taken_along(shown: Callable[..., str]) -> None:
    page = shown(prints.finish)

    assert "Uw papier is geprint. Neem het mee." in page
    assert "Het papier komt uit de gleuf onder het scherm." in page


def test_trouble_is_told_in_the_language_of_the_citizen(shown: Callable[..., str]) -> None:
    assert "The printer has run out of paper." in shown(is_printing("out-of-paper"), language="en")


def test_who_waits_for_others_reads_how_many(
    citizen: FlaskClient, confirmed: Confirmed, clock: Clock
) -> None:
    with confirmed.house.database.write() as connection:
        prints.ask_test(connection, "zuil-1", "a4", clock())
    clock.forward(seconds=1)
    citizen.post("/visit/1/print", headers=OURS)

    assert "Er komt nog 1 print voor die van u." in citizen.get("/visit/1/print").text


def test_the_second_of_two_quick_taps_prints_nothing_however_fast_the_printer_is(
    citizen: FlaskClient, confirmed: Confirmed, app: Flask, tmp_path: Path
) -> None:
    worker, page = Worker(app, app.extensions["house"], threading.Event()), citizen.get("/visit/1/print").text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    for _ in range(2):
        citizen.post("/visit/1/print", data={"paper": "a4", "seen": seen}, headers=OURS)
        worker.print_one()

    assert len(list((tmp_path / "paper").glob("*.pdf"))) == 1


@pytest.mark.norm("PRV-14")
@pytest.mark.parametrize(
    ("happens", "paper", "said"),
    [
        (is_printing("off"), "coming", "Uw papier komt nog uit de printer. Wacht daar even op."),
        (prints.finish, "there", "Ligt uw papier nog in de gleuf? Neem het mee."),
    ],
)
def test_who_stops_is_reminded_of_the_paper(
    shown: Callable[..., str], citizen: FlaskClient, happens: Callable[..., None], paper: str, said: str
) -> None:
    shown(happens)
    assert "Neem ook uw papier mee." in citizen.get("/visit/end").text

    ended = citizen.post("/visit/end", headers=OURS, follow_redirects=True)
    assert ended.request.args["paper"] == paper
    assert said in ended.text


def test_who_stops_without_paper_is_not_sent_looking_for_it(citizen: FlaskClient) -> None:
    assert "data-paper" not in citizen.get("/visit/end").text
    assert "data-paper" not in citizen.post("/visit/end", headers=OURS, follow_redirects=True).text


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


@pytest.mark.parametrize(
    ("wish", "number", "answer"),
    [
        ("", False, True),
        ("?answers=plain", False, True),
        ("?answers=all", True, True),
        ("?answers=none", False, False),
    ],
)
def test_names_and_numbers_are_on_paper_only_for_who_asks(
    worker: None, citizen: FlaskClient, wish: str, number: bool, answer: bool
) -> None:
    words = text(citizen.get(f"/visit/1/summary.pdf{wish}").data)

    assert ("noor@voorbeeld.example" in words, "4321 AB" in words) == (number, number)
    assert ("Verhuisdag" in words) == answer


def test_the_screen_shows_what_will_be_printed_as_it_was_chosen(citizen: FlaskClient) -> None:
    page = page_of(citizen.get("/visit/1/summary"))
    assert page.screen == "summary"
    assert [each.get("data-answers") for each in page.all(data_answers="")] == ["none", "plain", "all"]
    assert page.one(data_answers="plain").get("aria-current") == "true"
    assert "noor@voorbeeld.example" not in page.text and "Verhuisdag" in page.text

    page = page_of(citizen.get("/visit/1/summary?answers=all"))
    assert "noor@voorbeeld.example" in page.text
    assert page.one("input", name="answers").get("value") == "all"


def test_the_printer_gets_what_was_chosen(citizen: FlaskClient, confirmed: Confirmed) -> None:
    citizen.post("/visit/1/print", data={"answers": "none"}, headers=OURS)
    with confirmed.house.database.read() as connection:
        job = prints.of_errand(connection, confirmed.errand.id)
        assert job and prints.payload(connection, job.id)["brief"]


@pytest.fixture
def busy(visitor: Visitor, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """Somebody who moves, wants an extract, and has a private matter: errands 1, 2 and 3."""
    monkeypatch.setattr(paper, "WAIT_S", 30)
    visitor.arrives()
    for journey in ("moving", "extract", "money"):
        example = longest_example(journey)
        clock.now = datetime.combine(example.today, time(9), UTC)
        visitor.goes_to("/").begins(journey).fills_in(example.answers).confirms()
    return visitor


def told_on(visitor: Visitor) -> int:
    """How many errands the paper on the screen tells of."""
    return len(visitor.page.all(data_told=""))


def test_several_errands_share_one_paper_when_the_citizen_wants_that(worker: None, busy: Visitor) -> None:
    busy.goes_to("/visit/1/done").presses("paper")
    assert told_on(busy) == 1
    busy.presses("together", together="yes")
    assert told_on(busy) == 2

    busy.presses("answers", answers="none").presses("print")
    assert busy.page.screen == "prepared"
    file = busy.client.get("/visit/1/summary.pdf?together=yes")
    assert "summary-" in file.headers["Content-Disposition"]
    words = text(file.data)
    assert "Verhuizing doorgeven" in words and "Uittreksel" in words


def test_where_there_are_no_names_and_numbers_nobody_chooses_about_them(busy: Visitor) -> None:
    busy.goes_to("/visit/2/summary?answers=all")
    offered = {each.get("data-answers"): each.get("aria-current") for each in busy.page.all(data_answers="")}
    assert offered == {"none": None, "plain": "true"}


def test_a_private_matter_never_shares_its_paper(busy: Visitor) -> None:
    assert not busy.goes_to("/visit/3/summary").page.all(data_together="")
    assert told_on(busy.goes_to("/visit/3/summary?together=yes")) == 1
    assert "Uw vraag aan de gemeente" in busy.page.heading
    assert told_on(busy.goes_to("/visit/2/summary?together=yes")) == 2


def test_what_is_not_finished_is_on_no_paper(citizen: FlaskClient, visitor: Visitor) -> None:
    visitor.arrives().begins("moving").answers("here")
    assert visitor.goes_to("/visit/1/summary").page.screen == "step"
    assert not page_of(citizen.get("/visit/1/summary")).all(data_together="")


def test_htmx_gets_only_the_piece_that_changes(citizen: FlaskClient) -> None:
    answer = citizen.post("/visit/1/print", headers={**OURS, "HX-Request": "true"})

    assert state_in(answer.text) == "waiting"
    assert "<html" not in answer.text


def state_in(html: str) -> str:
    """The state that a fragment says the print is in."""
    return html.partition('data-print-state="')[2].partition('"')[0]
