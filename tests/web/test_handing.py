"""Where somebody stands, without paper: on their own phone once, or in their mailbox."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.records import handouts, outbox
from kiosk.records.tables import outbox as outbox_table
from kiosk.work import LETTER_TRIES, Worker
from tests.fixtures.apps import Clock
from tests.fixtures.mailboxes import Mailbox
from tests.fixtures.municipality import LANGUAGES, MOVING, longest_example
from tests.fixtures.pages import words
from tests.fixtures.visitors import Visitor, is_ready

EXAMPLE = longest_example("moving")
PERSONAL = ("name", "address", "phone", "email", "date", "partial_date")


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.combine(EXAMPLE.today, time(9), UTC))


def given() -> list[str]:
    """What was answered that says who somebody is, or how to reach them."""
    personal = [name for name, step in MOVING.journey.steps.items() if step.field in PERSONAL]
    found = [value for key, value in EXAMPLE.answers.items() if key.split(".")[-1] in personal]
    texts = [text for value in found for text in (value.values() if isinstance(value, dict) else [value])]
    return [text for text in texts if isinstance(text, str) and len(text) > 4]


def address_on(visitor: Visitor) -> str:
    """What a phone would read off the screen."""
    cookie = visitor.client.get_cookie("handout")
    assert cookie
    language = visitor.page.one("html").get("lang")
    return f"/take/{cookie.value}?language={language}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_reads_where_it_stands_in_the_language_of_the_kiosk(
    visitor: Visitor, new_visitor: Callable[[], Visitor], language: str
) -> None:
    reference = words(is_ready(visitor, language).page.one(data_reference=""))
    visitor.presses("phone")
    assert visitor.page.screen == "phone" and 'class="qr"' in visitor.page.html
    theirs = new_visitor().goes_to(address_on(visitor)).presses("open")
    assert (theirs.page.screen, theirs.page.one("html").get("lang")) == ("taken", language)
    assert words(theirs.page.one(data_reference="")) == reference


def test_names_and_answers_do_not_go_to_the_phone(ready: Visitor, new_visitor: Callable[[], Visitor]) -> None:
    ready.presses("phone")
    read = new_visitor().goes_to(address_on(ready)).presses("open").page.text
    assert given() and not [text for text in given() if text in read]


def test_only_the_first_phone_can_open_it_and_looking_ahead_opens_nothing(
    ready: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    ready.presses("phone")
    address = address_on(ready)
    for _ in range(3):
        new_visitor().goes_to(address)
    first, second = new_visitor().goes_to(address), new_visitor().goes_to(address)
    assert first.presses("open").page.screen == "taken"
    assert first.goes_to("/take").page.screen == "taken"
    assert (second.presses("open").page.status, second.page.screen) == (404, "take")


def test_after_a_quarter_it_cannot_be_opened_and_after_an_hour_not_read(
    ready: Visitor, new_visitor: Callable[[], Visitor], clock: Clock, app: Flask
) -> None:
    ready.presses("phone")
    address = address_on(ready)
    opened = new_visitor().goes_to(address).presses("open")
    clock.forward(minutes=59)
    assert opened.goes_to("/take").page.screen == "taken"
    clock.forward(minutes=2)
    assert opened.goes_to("/take").page.status == 404
    with app.extensions["house"].database.write() as connection:
        handouts.forget(connection, clock())
    assert new_visitor().goes_to(address).presses("open").page.status == 404


def test_a_phone_reads_on_when_the_citizen_has_left_the_kiosk(
    ready: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    ready.presses("phone")
    theirs = new_visitor().goes_to(address_on(ready)).presses("open")
    ready.goes_to("/visit").stops()
    assert theirs.goes_to("/take").page.screen == "taken"


def test_who_comes_next_does_not_see_the_square_of_who_was_here(ready: Visitor) -> None:
    ready.presses("phone").goes_to("/visit").stops()
    is_ready(ready)
    assert ready.goes_to("/visit/1/handout").page.screen == "prepared"


def test_a_square_that_was_opened_is_shown_no_more(
    ready: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    ready.presses("phone")
    new_visitor().goes_to(address_on(ready)).presses("open")
    assert ready.goes_to("/visit/1/handout").page.screen == "prepared"


def test_what_is_not_confirmed_is_not_handed_out(visitor: Visitor) -> None:
    visitor.arrives().begins("moving").answers("here").sends("/visit/1/handout")
    assert visitor.page.status == 404


# By e-mail


@pytest.fixture
def posting(own_site: Path, mailbox: Mailbox, make_app: Callable[..., Flask]) -> Flask:
    """A town hall with a mail server."""
    file = own_site / "site.toml"
    where = f'host = "127.0.0.1"\nport = {mailbox.port}\nsecure = false'
    server = f'[mail]\n{where}\nsender = "balie@waterhoven.example"\n'
    file.write_text(file.read_text(encoding="utf-8") + f"\n{server}", encoding="utf-8")
    return make_app(site=own_site)


@pytest.fixture
def worker(posting: Flask) -> Worker:
    return Worker(posting, posting.extensions["house"], threading.Event())


def letters_of(worker: Worker) -> int:
    """Deliver all that is due, and count the letters among it."""
    found = 0
    with worker.house.database.read() as connection:
        found = len(
            connection.execute(select(outbox_table).where(outbox_table.c.delivery == outbox.MAIL)).all()
        )
    while worker.deliver_one():
        pass
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_says_where_it_stands_in_both_languages_and_names_nobody(
    posting: Flask, worker: Worker, mailbox: Mailbox, language: str
) -> None:
    visitor = is_ready(Visitor(posting.test_client()), language)
    reference = words(visitor.page.one(data_reference=""))
    visitor.presses("mail").sends("/visit/1/posting", email=" Noor@Voorbeeld.example ")
    assert visitor.page.one(data_mail_state="").get("data-mail-state") == "busy"
    assert letters_of(worker) == 1
    (letter,) = mailbox.letters
    text = letter.get_content()
    assert letter["To"] == "Noor@Voorbeeld.example"
    assert text.count(reference) == (1 if language == "nl" else 2)
    assert "Klaargezet, nog niet doorgegeven" in text
    assert given() and not [said for said in given() if said in text]
    assert (
        visitor.goes_to("/visit/1/posting/sent").page.one(data_mail_state="").get("data-mail-state") == "sent"
    )


def test_nothing_is_kept_of_an_address_once_the_letter_has_left(
    posting: Flask, worker: Worker, mailbox: Mailbox
) -> None:
    is_ready(Visitor(posting.test_client())).sends("/visit/1/posting", email="noor@voorbeeld.example")
    letters_of(worker)
    assert (letters_of(worker), len(mailbox.letters)) == (0, 1)


def test_an_address_that_cannot_be_is_asked_again(posting: Flask) -> None:
    visitor = is_ready(Visitor(posting.test_client())).sends("/visit/1/posting", email="noor@")
    assert (visitor.page.status, visitor.page.screen, list(visitor.errors)) == (422, "mail", ["email"])


def test_a_server_that_says_no_is_told_on_the_screen_and_forgotten_soon(
    posting: Flask, worker: Worker, mailbox: Mailbox, clock: Clock
) -> None:
    mailbox.answer = "550 nobody here"
    visitor = is_ready(Visitor(posting.test_client())).sends("/visit/1/posting", email="x@voorbeeld.example")
    assert letters_of(worker) == 1
    assert (
        visitor.goes_to("/visit/1/posting/sent").page.one(data_mail_state="").get("data-mail-state")
        == "failed"
    )
    clock.forward(minutes=61)
    with worker.house.database.write() as connection:
        outbox.forget(connection, clock())
    assert letters_of(worker) == 0


def test_a_server_that_is_off_is_tried_again_until_it_is_back(
    posting: Flask, worker: Worker, mailbox: Mailbox, clock: Clock
) -> None:
    is_ready(Visitor(posting.test_client())).sends("/visit/1/posting", email="x@voorbeeld.example")
    mailbox.answer = "451 not now"
    for _ in range(LETTER_TRIES - 1):
        letters_of(worker)
        clock.forward(minutes=11)
    mailbox.answer = ""
    letters_of(worker)
    assert len(mailbox.letters) == 1


def test_without_a_mail_server_nobody_is_offered_mail(ready: Visitor) -> None:
    assert not ready.page.all(data_action="mail")
    assert ready.goes_to("/visit/1/posting").page.status == 404


def test_a_discreet_errand_names_nothing_in_its_subject(
    posting: Flask, worker: Worker, mailbox: Mailbox, clock: Clock
) -> None:
    example = longest_example("money")
    clock.now = datetime.combine(example.today, time(9), UTC)
    visitor = Visitor(posting.test_client()).arrives().begins("money").fills_in(example.answers).confirms()
    visitor.sends("/visit/1/posting", email="x@voorbeeld.example")
    letters_of(worker)
    assert mailbox.letters[0]["Subject"].startswith("Uw vraag aan de gemeente")
