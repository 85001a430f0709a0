import hmac
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kiosk.neighbours import delivery
from kiosk.neighbours.delivery import DeliveryError
from tests.fixtures.servers import free_port

PARCEL = {"reference": "V47 KD", "words": "Zoë verhuist naar ’s-Gravenhage"}


@dataclass
class Receiver:
    """A case system on the loopback, and what it got."""

    url: str = ""
    status: int = 200
    slow_s: float = 0
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    known = Receiver()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known.got.append((dict(self.headers), body))
            time.sleep(known.slow_s)
            self.send_response(known.status)
            self.send_header("Location", f"{known.url}/elsewhere")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        known.url = f"http://127.0.0.1:{server.server_address[1]}/parcels"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield known
        server.shutdown()
        thread.join()


def test_a_parcel_arrives_as_it_was_sent(receiver: Receiver) -> None:
    delivery.to_webhook(receiver.url, "a secret", "parcel-1", PARCEL)

    assert [json.loads(body) for _, body in receiver.got] == [PARCEL]


def test_the_receiver_can_tell_that_it_is_ours_and_which_it_is(receiver: Receiver) -> None:
    delivery.to_webhook(receiver.url, "a secret", "parcel-1", PARCEL)

    headers, body = receiver.got[0]
    wanted = hmac.new(b"a secret", b"parcel-1." + body, "sha256").hexdigest()
    assert headers["Kiosk-Signature"] == f"sha256={wanted}"
    assert headers["Idempotency-Key"] == "parcel-1"


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        (400, True),
        (401, True),
        (404, True),
        (302, True),
        (408, False),
        (429, False),
        (500, False),
        (503, False),
    ],
)
def test_what_the_receiver_says_decides_whether_to_try_again(
    receiver: Receiver, status: int, permanent: bool
) -> None:
    receiver.status = status

    with pytest.raises(DeliveryError) as error:
        delivery.to_webhook(receiver.url, "a secret", "parcel-1", PARCEL)
    assert error.value.permanent is permanent


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.status = 307

    with pytest.raises(DeliveryError):
        delivery.to_webhook(receiver.url, "a secret", "parcel-1", PARCEL)
    assert len(receiver.got) == 1


def test_a_receiver_that_is_not_there_is_worth_another_try() -> None:
    with pytest.raises(DeliveryError) as error:
        delivery.to_webhook(f"http://127.0.0.1:{free_port()}/", "a secret", "parcel-1", PARCEL)
    assert not error.value.permanent


def test_a_receiver_that_does_not_answer_is_worth_another_try(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "TIMEOUT_S", 0.1)
    receiver.slow_s = 0.5

    with pytest.raises(DeliveryError) as error:
        delivery.to_webhook(receiver.url, "a secret", "parcel-1", PARCEL)
    assert not error.value.permanent


def test_a_parcel_lies_in_the_folder_once_however_often_it_is_put_there(tmp_path: Path) -> None:
    for _ in range(2):
        file = delivery.to_folder(tmp_path / "delivered", "parcel-1", PARCEL)

    assert [each.name for each in file.parent.iterdir()] == ["parcel-1.json"]
    assert json.loads(file.read_text()) == PARCEL


def test_a_folder_that_cannot_be_written_is_worth_another_try(tmp_path: Path) -> None:
    (tmp_path / "delivered").write_text("a file stands in the way")

    with pytest.raises(DeliveryError) as error:
        delivery.to_folder(tmp_path / "delivered", "parcel-1", PARCEL)
    assert not error.value.permanent
