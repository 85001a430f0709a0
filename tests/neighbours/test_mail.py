"""A letter reaches a real mail server, or it is said why not and whether to try again."""

import pytest

from kiosk.neighbours import mail
from kiosk.neighbours.delivery import DeliveryError
from kiosk.neighbours.mail import Server
from tests.fixtures.mailboxes import Mailbox
from tests.fixtures.servers import free_port


def server_of(mailbox: Mailbox) -> Server:
    return Server("127.0.0.1", mailbox.port, "Waterhoven <balie@waterhoven.example>", secure=False)


def test_a_letter_arrives_in_every_script(mailbox: Mailbox) -> None:
    mail.send(server_of(mailbox), "noor@voorbeeld.example", "Klaargezet", "مرحبا\nZoë\n", key="p1")
    (letter,) = mailbox.letters
    assert (letter["To"], letter["Subject"]) == ("noor@voorbeeld.example", "Klaargezet")
    assert letter.get_content().replace("\r\n", "\n") == "مرحبا\nZoë\n"


def test_a_letter_that_is_tried_again_can_be_told_by_its_id(mailbox: Mailbox) -> None:
    for _ in range(2):
        mail.send(server_of(mailbox), "noor@voorbeeld.example", "Klaar", "Klaar", key="p1")
    first, second = (letter["Message-ID"] for letter in mailbox.letters)
    assert first == second


@pytest.mark.parametrize(("answer", "permanent"), [("451 later", False), ("550 nobody here", True)])
def test_a_server_that_does_not_take_it_says_whether_to_try_again(
    mailbox: Mailbox, answer: str, permanent: bool
) -> None:
    mailbox.answer = answer
    with pytest.raises(DeliveryError) as failed:
        mail.send(server_of(mailbox), "noor@voorbeeld.example", "Klaar", "Klaar", key="p1")
    assert failed.value.permanent is permanent


def test_a_server_that_is_off_is_worth_another_try() -> None:
    nobody = Server("127.0.0.1", free_port(), "balie@waterhoven.example", secure=False)
    with pytest.raises(DeliveryError) as failed:
        mail.send(nobody, "noor@voorbeeld.example", "Klaar", "Klaar", key="p1")
    assert not failed.value.permanent


def test_a_server_without_tls_gets_no_letter_where_the_site_asks_for_it(mailbox: Mailbox) -> None:
    secure = Server("127.0.0.1", mailbox.port, "balie@waterhoven.example")
    with pytest.raises(DeliveryError):
        mail.send(secure, "noor@voorbeeld.example", "Klaar", "Klaar", key="p1")
    assert mailbox.letters == []


def test_a_new_line_in_an_address_is_no_new_header(mailbox: Mailbox) -> None:
    with pytest.raises((DeliveryError, ValueError)):
        mail.send(server_of(mailbox), "noor@voorbeeld.example\nBcc: x@y.example", "Klaar", "Klaar", key="p1")
    assert mailbox.letters == []
