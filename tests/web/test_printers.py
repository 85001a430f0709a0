"""The printers at the console: how each is, what ails one, and the test page of the morning."""

from collections.abc import Callable

import pytest
from flask import Flask

from kiosk.records import kiosks, printers, prints
from kiosk.web import troubles
from tests.fixtures.apps import Clock
from tests.fixtures.pages import words
from tests.fixtures.visitors import OURS, Official

pytestmark = pytest.mark.either_database

PDF = ("application/pdf",)


@pytest.fixture
def read(app: Flask, clock: Clock) -> Callable[..., None]:
    """Let the printer of a kiosk have been read just now, with these troubles."""

    def note(kiosk: str, *ails: str, roll: bool = False) -> None:
        with app.extensions["house"].database.write() as connection:
            kiosks.set_printer(connection, kiosk, "ipp://printer.example/ipp/print")
            printers.note(connection, kiosk, clock(), ails, PDF, roll)

    return note


def state_of(official: Official, kiosk: str) -> str:
    """How the page says that a printer is."""
    return official.page.one("article", data_printer=kiosk).get("data-printer-state", "")


def says(official: Official, kiosk: str) -> str:
    return words(official.page.one("article", data_printer=kiosk))


def presses_test(official: Official, kiosk: str) -> Official:
    return official.sends(f"/console/printers/{kiosk}/test")


def pages_asked(app: Flask) -> dict[str, prints.Job]:
    with app.extensions["house"].database.read() as connection:
        return prints.test_pages(connection)


def test_every_kiosk_stands_there_with_its_printer_as_it_was_last_read(
    official: Official, read: Callable[..., None]
) -> None:
    read("zuil-1")
    read("zuil-2", "jam")
    official.goes_to("/console/printers/")

    assert [state_of(official, kiosk) for kiosk in ("zuil-1", "zuil-2", "tablet-1")] == [
        "ready",
        "jam",
        "none",
    ]
    assert "Klaar om te printen. Gelezen om 10:30:00." in says(official, "zuil-1")
    assert "application/pdf" in says(official, "zuil-1")
    assert "Het papier zit vast. Haal het eruit." in says(official, "zuil-2")


def test_when_a_printer_last_printed_is_said(
    app: Flask, official: Official, read: Callable[..., None]
) -> None:
    read("zuil-1")
    assert "Nog niets geprint." in says(official.goes_to("/console/printers/"), "zuil-1")
    with app.extensions["house"].database.write() as connection:
        printers.printed(connection, "zuil-1", app.extensions["house"].clock())

    assert "Laatst geprint op dinsdag 9 maart, 10:30." in says(
        official.goes_to("/console/printers/"), "zuil-1"
    )


def test_a_printer_that_nobody_read_yet_is_not_said_to_be_well(app: Flask, official: Official) -> None:
    with app.extensions["house"].database.write() as connection:
        kiosks.set_printer(connection, "zuil-1", "ipp://printer.example/ipp/print")
    assert state_of(official.goes_to("/console/printers/"), "zuil-1") == "unread"


def test_a_test_page_is_printed_once_on_the_paper_that_the_printer_has(
    app: Flask, official: Official, read: Callable[..., None]
) -> None:
    read("zuil-1")
    read("zuil-2", roll=True)
    for kiosk in ("zuil-1", "zuil-1", "zuil-2"):
        presses_test(official, kiosk)

    assert official.page.path == "/console/printers/"
    assert {name: (job.paper, job.state) for name, job in pages_asked(app).items()} == {
        "zuil-1": ("a4", "waiting"),
        "zuil-2": ("roll", "waiting"),
    }
    assert "Proefpagina van 10:30: wacht." in says(official, "zuil-1")


def test_there_is_no_test_page_for_a_kiosk_that_does_not_exist(app: Flask, official: Official) -> None:
    assert presses_test(official, "nowhere").page.status == 404
    assert pages_asked(app) == {}


def test_what_did_not_come_out_today_is_listed_with_why_and_what_to_do(
    app: Flask, official: Official, read: Callable[..., None], clock: Clock
) -> None:
    read("zuil-1")
    presses_test(official, "zuil-1")
    assert "Alles wat gevraagd is, is geprint." in official.page.text
    with app.extensions["house"].database.write() as connection:
        prints.fail(connection, pages_asked(app)["zuil-1"].id, "out-of-paper", None)

    official.goes_to("/console/printers/")
    assert "10:30 · Zuil 1 · proefpagina: Het papier is op. Vul het bij." in words(
        official.page.one(data_failed="out-of-paper")
    )
    clock.forward(days=1)
    official.signs_in("anna").goes_to("/console/printers/")
    assert official.page.all(data_failed="") == []


def test_the_part_that_changes_by_itself_is_the_file_that_the_page_includes(
    official: Official, read: Callable[..., None]
) -> None:
    read("zuil-1")
    page = official.goes_to("/console/printers/").page.html
    fragment = official.client.get("/console/printers/list", headers={**OURS, "HX-Request": "true"}).text
    assert fragment.strip() in page
    assert official.goes_to("/console/printers/list").page.path == "/console/printers/"


def test_only_staff_see_printers(app: Flask) -> None:
    client = app.test_client()
    answers = [
        client.get("/console/printers/"),
        client.post("/console/printers/zuil-1/test", headers=OURS),
    ]
    assert {(each.status_code, each.location.partition("?")[0]) for each in answers} == {
        (303, "/console/sign-in")
    }
    assert pages_asked(app) == {}


def test_the_host_is_told_of_a_printer_in_trouble_until_it_is_well(
    app: Flask, read: Callable[..., None]
) -> None:
    read("zuil-1", "out-of-paper")
    read("zuil-2")
    host = Official(app.test_client())
    host.signs_in("hana").goes_to("/console/")

    assert "Zuil 1, Stadhuis, hal. Het papier is op. Vul het bij. Sinds 10:30." in words(
        host.page.one(data_printer="zuil-1")
    )
    assert host.page.all(data_printer="zuil-2") == []
    read("zuil-1")
    assert host.goes_to("/console/").page.all(data_printer="") == []


def test_the_host_is_told_at_once(app: Flask, read: Callable[..., None]) -> None:
    with app.extensions["house"].watcher.subscribe("printers") as news:
        read("zuil-1", "jam")
        assert [event.ref for event in news.wait(5)] == ["zuil-1"]


def test_a_reason_that_we_have_no_words_for_is_still_said(app: Flask) -> None:
    assert troubles.said("refused") == troubles.OTHERWISE
