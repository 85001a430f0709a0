"""A mail server that takes letters for us (SMTP, RFC 5321), over TLS or on the same machine."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage

from kiosk.neighbours.delivery import DeliveryError

TIMEOUT_S = 20
NO_ROOM = range(400, 500)
"""Answers that mean: not now (RFC 5321, 4.2.1)."""


@dataclass(frozen=True)
class Server:
    """Which server, who we are there, and whose letters they are; `secure` begins TLS before any is said."""

    host: str
    port: int
    sender: str
    secure: bool = True
    user: str = ""
    password: str = ""


def send(server: Server, to: str, subject: str, text: str, *, key: str) -> None:
    """Send a letter in plain text. Raises `DeliveryError`.

    `key` stays the same however often it is tried, so that a receiver can drop the second.
    """
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = server.sender, to, subject
    letter["Message-ID"] = f"<{key}@{server.sender.rpartition('@')[2].rstrip('>')}>"
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine should answer
    letter.set_content(text)
    try:
        with smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S) as connection:
            _enter(connection, server)
            connection.send_message(letter)
    except smtplib.SMTPRecipientsRefused as error:
        (code, _), *_ = error.recipients.values()
        raise DeliveryError(f"{code} for the receiver", permanent=code not in NO_ROOM) from error
    except smtplib.SMTPResponseException as error:
        raise DeliveryError(str(error.smtp_code), permanent=error.smtp_code not in NO_ROOM) from error
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(type(error).__name__) from error


def _enter(connection: smtplib.SMTP, server: Server) -> None:
    if server.secure:
        connection.starttls(context=ssl.create_default_context())
    if server.user:
        connection.login(server.user, server.password)
