"""IPP on the wire (RFC 8010): one question to a printer, one answer."""

import http.client
import socket
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import SplitResult, urlsplit

OPERATION_GROUP, JOB_GROUP, END_OF_GROUPS, PRINTER_GROUP = 0x01, 0x02, 0x03, 0x04
FIRST_VALUE_TAG = 0x10
"""Tags below this one begin a group of attributes."""
INTEGER, BOOLEAN, ENUM, RESOLUTION = 0x21, 0x22, 0x23, 0x32
NAME, KEYWORD, URI, CHARSET, LANGUAGE, FORMAT = 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
NUMBERS = (INTEGER, BOOLEAN, ENUM)
PER_INCH = 3
"""The unit of a resolution; the other one is dots per centimetre."""
REFUSED, NOT_FOUND, BROKEN, BUSY = 0x0400, 0x0406, 0x0500, 0x0507
"""From REFUSED on a status says that the request is no good, from BROKEN on that the printer is not well."""
TIMEOUT_S, TAKES_DOCUMENT_S = 4, 60
"""How long a printer may keep silent; one with little memory takes a document no faster than it prints."""
CUT_OFF = struct.pack("ii", 1, 0)

Value = int | str
Attributes = Mapping[str, tuple[Value, ...]]
Asked = Iterable[tuple[int, str, Value]]


class PrinterError(Exception):
    """It did not print; `permanent` when trying again is useless.

    `reason` is one of `printer.TROUBLES`, or busy, unknown, refused or failed.
    """

    def __init__(self, reason: str, detail: str = "", *, permanent: bool = False) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.permanent = reason, permanent


def ask(
    uri: str, operation: int, about: Asked = (), job: Asked = (), document: bytes = b""
) -> list[Attributes]:
    """What a printer says of itself and of its jobs, each apart, in its order. Raises `PrinterError`."""
    answer = _post(uri, _question(uri, operation, about, job), document)
    (status,) = struct.unpack_from(">H", answer, 2)
    if status >= REFUSED:
        reason = {BUSY: "busy", NOT_FOUND: "unknown"}.get(status, "refused")
        raise PrinterError(reason, f"status {status:#06x}", permanent=status < BROKEN)
    try:
        return list(_groups(answer))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise PrinterError("failed", "the printer's answer cannot be read") from error


def _question(uri: str, operation: int, about: Asked, job: Asked) -> bytes:
    common: Asked = [
        (CHARSET, "attributes-charset", "utf-8"),
        (LANGUAGE, "attributes-natural-language", "en"),
        (URI, "printer-uri", uri),
        *about,
    ]
    groups = [_group(OPERATION_GROUP, common)] + ([_group(JOB_GROUP, job)] if job else [])
    return struct.pack(">BBHI", 2, 0, operation, 1) + b"".join(groups) + bytes([END_OF_GROUPS])


def _group(tag: int, attributes: Asked) -> bytes:
    return bytes([tag]) + b"".join(_written(*each) for each in attributes)


def _written(tag: int, name: str, value: Value) -> bytes:
    """One value; without a name it is one more of the attribute before it."""
    content = struct.pack(">i", value) if isinstance(value, int) else value.encode()
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(content)) + content


def _post(uri: str, question: bytes, document: bytes) -> bytes:
    address = urlsplit(uri)
    connection = _connection(address, TAKES_DOCUMENT_S if document else TIMEOUT_S)
    try:
        connection.connect()
        _cut_off_when_it_ends_early(connection.sock, True)
        connection.request(
            "POST", address.path or "/", question + document, {"Content-Type": "application/ipp"}
        )
        response = connection.getresponse()
        answer = response.read()
        _cut_off_when_it_ends_early(connection.sock, False)
    except (OSError, http.client.HTTPException) as error:
        raise PrinterError("off", str(error)) from error
    finally:
        connection.close()
    if response.status != http.client.OK or len(answer) < 8:
        raise PrinterError("refused", f"HTTP {response.status}", permanent=400 <= response.status < 500)
    return answer


def _connection(address: SplitResult, timeout_s: int) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if address.scheme == "ipps" else http.client.HTTPConnection
    return kind(address.hostname or "", address.port or 631, timeout=timeout_s)


def _cut_off_when_it_ends_early(line: socket.socket | None, on: bool) -> None:
    """Have the line break, not end, when this process dies: half a document must not pass for a whole one."""
    if line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, CUT_OFF if on else bytes(len(CUT_OFF)))


def _groups(answer: bytes) -> Iterator[Attributes]:
    """The groups about the printer or a job: attribute name -> its values."""
    at, tag = 8, answer[8]
    while tag != END_OF_GROUPS:
        at, found = _read_group(answer, at + 1)
        if tag in (JOB_GROUP, PRINTER_GROUP):
            yield found
        tag = answer[at]


def _read_group(answer: bytes, at: int) -> tuple[int, Attributes]:
    found: dict[str, list[Value]] = defaultdict(list)
    latest = ""
    while answer[at] >= FIRST_VALUE_TAG:
        tag, length = struct.unpack_from(">BH", answer, at)
        at += 3
        latest = answer[at : at + length].decode() or latest
        at += length
        (length,) = struct.unpack_from(">H", answer, at)
        at += 2
        found[latest].append(_value(tag, answer[at : at + length]))
        at += length
    return at, {name: tuple(values) for name, values in found.items()}


def _value(tag: int, content: bytes) -> Value:
    if tag in NUMBERS:
        return int.from_bytes(content, signed=tag != BOOLEAN)
    if tag == RESOLUTION and len(content) == 9:
        across, down, unit = struct.unpack(">iib", content)
        times = 1 if unit == PER_INCH else 2.54
        return f"{round(across * times)}x{round(down * times)}"
    return content.decode("utf-8", "replace")
