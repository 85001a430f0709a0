"""Where confirmed errands go: a folder that another system empties, or a webhook."""

import hmac
import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TIMEOUT_S = 10
WORTH_ANOTHER_TRY = (408, 425, 429)
"""Refusals that do not mean the parcel itself: too slow, too early, too many."""


class DeliveryError(Exception):
    """It did not arrive; `permanent` when trying again is useless."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else: a parcel is for the address in the site's file alone."""

    def redirect_request(self, *_: Any) -> None:
        """Nothing to follow, so that the redirect is an error."""


_opener = urllib.request.build_opener(NoRedirect)


def to_folder(folder: Path, key: str, parcel: Mapping[str, Any]) -> Path:
    """Write the parcel as `<key>.json`, whole or not at all; a second time changes nothing.

    Raises `DeliveryError`.
    """
    file = folder / f"{key}.json"
    half = file.with_suffix(".half")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        half.write_bytes(written(parcel))
        return half.replace(file)
    except OSError as error:
        raise DeliveryError(f"{folder}: {error.strerror}") from error


def to_webhook(url: str, secret: str, key: str, parcel: Mapping[str, Any]) -> None:
    """POST the parcel as JSON. Raises `DeliveryError`.

    `Idempotency-Key` stays the same however often it is tried, so that the receiver can tell.
    `Kiosk-Signature` is `sha256=` and the HMAC of key, a full stop and body under the shared secret.
    """
    body = written(parcel)
    signature = hmac.digest(secret.encode(), f"{key}.".encode() + body, "sha256").hex()
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "Kiosk-Signature": f"sha256={signature}",
    }
    # The address comes from the site's file, which takes https alone.
    request = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310
    _post(request)


def _post(request: urllib.request.Request) -> None:
    try:
        _opener.open(request, timeout=TIMEOUT_S).close()
    except urllib.error.HTTPError as error:
        with error:
            permanent = error.code < 500 and error.code not in WORTH_ANOTHER_TRY
            raise DeliveryError(f"HTTP {error.code}", permanent=permanent) from error
    except (OSError, http.client.HTTPException) as error:
        raise DeliveryError(str(error)) from error


def written(parcel: Mapping[str, Any]) -> bytes:
    """The parcel as JSON in UTF-8, the same bytes for the same parcel."""
    return json.dumps(parcel, ensure_ascii=False, sort_keys=True).encode()
