"""Sealing: what a citizen says is unreadable at rest, and cannot be moved to another row.

A sealed value: version byte 1, length and text of the key's id, 12 bytes of nonce, ciphertext (AES-256-GCM).
Table, column and row are authenticated with it.
"""

import hmac
import json
from collections.abc import Iterable, Sequence
from secrets import token_bytes
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Table, select, update

from kiosk.records.tables import Sealed, metadata

VERSION, NONCE_BYTES = 1, 12
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().decode


class CannotOpen(Exception):
    """A sealed value is damaged, was moved from another row, or its key is not among the data keys."""


class Keys:
    """The data keys of an installation: the first seals, all open."""

    def __init__(self, keys: Sequence[tuple[str, bytes]]) -> None:
        self._secrets = [secret for _, secret in keys]
        self._ciphers = {name.encode(): AESGCM(secret) for name, secret in keys}
        self._first = next(iter(self._ciphers))
        self._cipher = self._ciphers[self._first]
        self._head = bytes([VERSION, len(self._first)]) + self._first

    def seal(self, content: bytes, place: str) -> bytes:
        """The content, sealed for one place (`table.column.row`)."""
        nonce = token_bytes(NONCE_BYTES)
        return self._head + nonce + self._cipher.encrypt(nonce, content, place.encode())

    def open(self, blob: bytes, place: str) -> bytes:
        """The content of a sealed value; raises `CannotOpen`."""
        end = 2 + blob[1] if blob[:1] == b"\x01" and len(blob) > 1 else 0
        cipher = self._ciphers.get(blob[2:end])
        if cipher is None:
            raise CannotOpen(f"{place}: its key is not among the data keys")
        try:
            return cipher.decrypt(blob[end : end + NONCE_BYTES], blob[end + NONCE_BYTES :], place.encode())
        except (InvalidTag, ValueError):
            raise CannotOpen(f"{place}: damaged, or moved from another row") from None

    def sealed_by_first(self, blob: bytes) -> bool:
        """Whether the key that seals today sealed this."""
        return blob.startswith(self._head)

    def hashes(self, text: str) -> list[str]:
        """The text hashed under each key, the first key first: to find it again without keeping it."""
        return [hmac.digest(secret, b"code:" + text.encode(), "sha256").hex() for secret in self._secrets]


def keys_of(connection: Connection) -> Keys:
    """The data keys of the database this connection belongs to."""
    keys: Keys = connection.get_execution_options()["keys"]
    return keys


def seal(connection: Connection, value: Any, table: str, column: str, row_id: str) -> bytes:
    """A JSON value, sealed for this column of this row."""
    return keys_of(connection).seal(_encode(value).encode(), f"{table}.{column}.{row_id}")


def open_(connection: Connection, blob: bytes, table: str, column: str, row_id: str) -> Any:
    """The JSON value that was sealed for this column of this row; raises `CannotOpen`."""
    return _decode(keys_of(connection).open(blob, f"{table}.{column}.{row_id}").decode())


def open_all(connection: Connection, blobs: Iterable[Any], place: str) -> dict[str, Any]:
    """The JSON values of (last part of id, sealed value) pairs by that part; `place` comes before it."""
    keys = keys_of(connection)
    return {row_id: _decode(keys.open(blob, place + row_id).decode()) for row_id, blob in blobs}


def rotate(connection: Connection) -> int:
    """Seal everything with the first key, so that the others may go; gives how many values that took."""
    return sum(_rotate_column(connection, table, name) for table, name in _sealed_columns())


def _sealed_columns() -> list[tuple[Table, str]]:
    return [
        (table, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Sealed)
    ]


def _rotate_column(connection: Connection, table: Table, name: str) -> int:
    keys, column = keys_of(connection), table.c[name]
    rows = connection.execute(select(*table.primary_key, column).where(column.is_not(None))).all()
    old = [row for row in rows if not keys.sealed_by_first(row[-1])]
    for *identity, blob in old:
        place = ".".join([table.name, name, *identity])
        same_row = [key == value for key, value in zip(table.primary_key, identity, strict=True)]
        connection.execute(
            update(table).where(*same_row).values({name: keys.seal(keys.open(blob, place), place)})
        )
    return len(old)
