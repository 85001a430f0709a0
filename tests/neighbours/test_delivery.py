import hmac
import json
from pathlib import Path

import pytest

from kiosk.neighbours import delivery
from kiosk.neighbours.delivery import DeliveryError
from tests.fixtures.receivers import Receiver
from tests.fixtures.servers import free_port

PARCEL = {"reference": "V47 KD", "words": "Zoë verhuist naar ’s-Gravenhage"}


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
