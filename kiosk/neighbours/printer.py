"""A printer on the network, spoken to in IPP (RFC 8010, RFC 8011), or a folder that stands in for one."""

import http.client
import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

PRINT_JOB, CANCEL_JOB, GET_JOB, GET_PRINTER = 0x0002, 0x0008, 0x0009, 0x000B
CHARSET, LANGUAGE, URI, NAME, KEYWORD, FORMAT, INTEGER, ENUM = 0x47, 0x48, 0x45, 0x42, 0x44, 0x49, 0x21, 0x23
OPERATION, END = b"\x01", b"\x03"
FIRST_VALUE_TAG = 0x10
"""Tags below this one begin a group of attributes."""
REFUSED, BROKEN = 0x0400, 0x0500
"""From here on a status says that the request is no good, and that the printer is not well."""
TIMEOUT_S = 4
STATES = {5: "processing", 7: "canceled", 8: "aborted", 9: "completed"}
TROUBLES = {
    "media-empty": "out-of-paper",
    "media-needed": "out-of-paper",
    "media-jam": "jam",
    "paused": "off",
    "shutdown": "off",
}

Value = int | str
Attributes = Mapping[str, tuple[Value, ...]]
Asked = list[tuple[int, str, Value]]


class PrinterError(Exception):
    """It did not print; `permanent` when trying again is useless.

    `reason` is off, out-of-paper, jam, refused or failed.
    """

    def __init__(self, reason: str, detail: str = "", *, permanent: bool = False) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.permanent = reason, permanent


class State(NamedTuple):
    """How a job stands: waiting, processing, completed, canceled or aborted; and what ails the printer."""

    state: str
    reasons: tuple[str, ...]


def send(uri: str, document: bytes, *, name: str, kind: str = "application/pdf") -> int:
    """Print a document; gives the printer's number for the job. Raises `PrinterError`."""
    takes = attributes(uri).get("document-format-supported", ())
    if kind not in takes:
        raise PrinterError("refused", f"the printer takes {', '.join(map(str, takes))}", permanent=True)
    about: Asked = [
        (NAME, "requesting-user-name", "kiosk"),
        (NAME, "job-name", name),
        (FORMAT, "document-format", kind),
    ]
    return int(_ask(uri, PRINT_JOB, about, document)["job-id"][0])


def state(uri: str, job: int) -> State:
    """How far a job is. Raises `PrinterError`."""
    wanted: Asked = [(INTEGER, "job-id", job), (KEYWORD, "requested-attributes", "job-state")]
    number = int(_ask(uri, GET_JOB, wanted)["job-state"][0])
    return State(STATES.get(number, "waiting"), troubles(attributes(uri)))


def cancel(uri: str, job: int) -> None:
    """Take a job back, so that it does not come out later when nobody waits for it. Raises `PrinterError`."""
    _ask(uri, CANCEL_JOB, [(INTEGER, "job-id", job)])


def attributes(uri: str) -> Attributes:
    """What the printer says of itself. Raises `PrinterError`."""
    return _ask(uri, GET_PRINTER, [(KEYWORD, "requested-attributes", "all")])


def troubles(printer: Attributes) -> tuple[str, ...]:
    """What ails a printer, in our words: `media-empty-warning` and its kin are one trouble."""
    said = [str(reason) for reason in printer.get("printer-state-reasons", ())]
    known = [ours for reason in said for theirs, ours in TROUBLES.items() if reason.startswith(theirs)]
    return tuple(dict.fromkeys(known))


def to_folder(folder: Path, document: bytes, *, name: str) -> Path:
    """Print into a folder: the file is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.pdf"
    half = file.with_suffix(".half")
    half.write_bytes(document)
    return half.replace(file)


def _ask(uri: str, operation: int, asked: Asked, document: bytes = b"") -> Attributes:
    """One exchange with the printer: its answer, or `PrinterError`."""
    common: Asked = [
        (CHARSET, "attributes-charset", "utf-8"),
        (LANGUAGE, "attributes-natural-language", "en"),
        (URI, "printer-uri", uri),
    ]
    head = struct.pack(">BBHI", 2, 0, operation, 1) + OPERATION
    answer = _post(uri, head + b"".join(_written(*each) for each in common + asked) + END + document)
    (status,) = struct.unpack_from(">H", answer, 2)
    if status >= REFUSED:
        raise PrinterError("refused", f"status {status:#06x}", permanent=status < BROKEN)
    return _read(answer)


def _post(uri: str, body: bytes) -> bytes:
    address = urlsplit(uri)
    connection = _connection(address)
    try:
        connection.request("POST", address.path or "/", body, {"Content-Type": "application/ipp"})
        response = connection.getresponse()
        answer = response.read()
    except (OSError, http.client.HTTPException) as error:
        raise PrinterError("off", str(error)) from error
    finally:
        connection.close()
    if response.status != http.client.OK or len(answer) < 8:
        raise PrinterError("refused", f"HTTP {response.status}", permanent=400 <= response.status < 500)
    return answer


def _connection(address: SplitResult) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if address.scheme == "ipps" else http.client.HTTPConnection
    return kind(address.hostname or "", address.port or 631, timeout=TIMEOUT_S)


def _written(tag: int, name: str, value: Value) -> bytes:
    content = struct.pack(">i", value) if isinstance(value, int) else value.encode()
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(content)) + content


def _read(answer: bytes) -> Attributes:
    """Attribute name -> its values, whatever group they stand in."""
    found: dict[str, list[Value]] = defaultdict(list)
    latest = ""
    try:
        for tag, name, content in _attributes(answer):
            latest = name or latest
            whole = tag in (INTEGER, ENUM) and len(content) == 4
            found[latest].append(
                int.from_bytes(content, signed=True) if whole else content.decode("utf-8", "replace")
            )
    except (struct.error, IndexError) as error:
        raise PrinterError("failed", "the printer's answer cannot be read") from error
    return {name: tuple(values) for name, values in found.items()}


def _attributes(answer: bytes) -> Iterator[tuple[int, str, bytes]]:
    at = 8
    while answer[at] != END[0]:
        if answer[at] < FIRST_VALUE_TAG:
            at += 1
            continue
        tag, length = struct.unpack_from(">BH", answer, at)
        name = answer[at + 3 : at + 3 + length].decode()
        at += 3 + length
        (length,) = struct.unpack_from(">H", answer, at)
        yield tag, name, answer[at + 2 : at + 2 + length]
        at += 2 + length
