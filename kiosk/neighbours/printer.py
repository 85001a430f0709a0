"""A printer on the network (IPP Everywhere, PWG 5100.14), or a folder that stands in for one."""

from pathlib import Path
from typing import NamedTuple

from kiosk.neighbours.ipp import FORMAT, INTEGER, KEYWORD, NAME, Asked, Attributes, PrinterError, ask

__all__ = ["PrinterError"]

PRINT_JOB, CANCEL_JOB, GET_JOB, GET_JOBS, GET_PRINTER = 0x0002, 0x0008, 0x0009, 0x000A, 0x000B
PDF, PWG_RASTER = "application/pdf", "image/pwg-raster"
WE_MAKE = (PDF, PWG_RASTER)
"""What we can send, the best first."""
A4 = "iso_a4_210x297mm"
NARROW_MM = 120
"""A printer that takes nothing wider has a roll in it."""
STATES = {5: "processing", 6: "processing", 7: "canceled", 8: "aborted", 9: "completed"}
OUTCOME = ("completed", "processing", "waiting")
"""States in which a job need not be sent again; one that ended otherwise must."""
STOPPED = 5
LATEST_JOBS = 100
"""How many of its jobs a printer is asked for: it names the latest first."""
TROUBLES = {
    "media-empty": "out-of-paper",
    "media-needed": "out-of-paper",
    "media-jam": "jam",
    "cover-open": "open",
    "door-open": "open",
    "interlock-open": "open",
    "output-area-full": "full",
    "toner-empty": "ink",
    "marker-supply-empty": "ink",
    "moving-to-paused": "off",
    "paused": "off",
    "shutdown": "off",
}
"""How a reason of a printer begins (RFC 8011, 5.4.12) -> what that is to us."""
ABOUT = (
    "document-format-supported",
    "media-supported",
    "printer-state",
    "printer-state-reasons",
    "printer-up-time",
    "print-scaling-supported",
    "pwg-raster-document-resolution-supported",
    "pwg-raster-document-type-supported",
)


class Condition(NamedTuple):
    """What a printer says of itself now: what ails it, in our words, and what it takes.

    `resolutions` are dots per inch, such as 300x300; `up_s` is for how many seconds it is on.
    """

    troubles: tuple[str, ...]
    stopped: bool
    up_s: int
    formats: tuple[str, ...]
    media: tuple[str, ...]
    scalings: tuple[str, ...]
    resolutions: tuple[str, ...]
    types: tuple[str, ...]

    @property
    def trouble(self) -> str:
        """What ails it first of all; "" when nothing does."""
        return next(iter(self.troubles), "")

    @property
    def takes(self) -> str:
        """The best format that we make and it takes; "" when there is none."""
        return next((each for each in WE_MAKE if each in self.formats), "")

    @property
    def roll(self) -> bool:
        """Whether it prints on a roll: of what it takes nothing is as wide as a sheet."""
        widths = [width for width in map(width_mm, self.media) if width]
        return bool(widths) and max(widths) < NARROW_MM


class Job(NamedTuple):
    """One of the printer's jobs: waiting, processing, completed, canceled or aborted."""

    number: int
    name: str
    state: str


def read(uri: str) -> Condition:
    """What the printer says of itself. Raises `PrinterError`."""
    (said,) = ask(uri, GET_PRINTER, _wanted(ABOUT))
    formats = _texts(said, "document-format-supported")
    troubles = _troubles(said) + (() if any(each in formats for each in WE_MAKE) else ("format",))
    return Condition(
        troubles,
        STOPPED in said.get("printer-state", ()),
        _number(said, "printer-up-time"),
        formats,
        _texts(said, "media-supported"),
        _texts(said, "print-scaling-supported"),
        _texts(said, "pwg-raster-document-resolution-supported"),
        _texts(said, "pwg-raster-document-type-supported"),
    )


def send(uri: str, document: bytes, *, name: str, kind: str, on: Condition, roll: bool = False) -> int:
    """Print a document; gives the printer's own number for the job. Raises `PrinterError`."""
    about: Asked = [
        (NAME, "requesting-user-name", "kiosk"),
        (NAME, "job-name", name),
        (FORMAT, "document-format", kind),
    ]
    media = [(KEYWORD, "media", A4)] if A4 in on.media and not roll else []
    # At its own size: a ruler stays a ruler, and a roll as long as what is on it.
    scaling = [(KEYWORD, "print-scaling", "none")] if "none" in on.scalings else []
    made, *_ = ask(uri, PRINT_JOB, about, [*media, *scaling], document)
    return _number(made, "job-id")


def job(uri: str, number: int, name: str) -> Job | None:
    """How far a job is; nothing when the printer knows it no more. Raises `PrinterError`."""
    asked: Asked = [(INTEGER, "job-id", number), *_wanted(("job-id", "job-name", "job-state"))]
    try:
        found = [_job(each) for each in ask(uri, GET_JOB, asked)]
    except PrinterError as error:
        if error.reason != "unknown":
            raise
        return None
    return next((each for each in found if each.name == name), None)


def find(uri: str, name: str) -> Job | None:
    """The job of that name that need not be sent again, if there is one. Raises `PrinterError`."""
    known = [each for which in ("not-completed", "completed") for each in _jobs(uri, which)]
    same = [each for each in known if each.name == name and each.state in OUTCOME]
    return min(same, key=lambda each: OUTCOME.index(each.state), default=None)


def _jobs(uri: str, which: str) -> list[Job]:
    asked: Asked = [
        (KEYWORD, "which-jobs", which),
        (INTEGER, "limit", LATEST_JOBS),
        *_wanted(("job-id", "job-name", "job-state")),
    ]
    return [_job(each) for each in ask(uri, GET_JOBS, asked)]


def cancel(uri: str, number: int) -> None:
    """Take a job back, so that it does not come out later when nobody waits for it. Raises `PrinterError`."""
    ask(uri, CANCEL_JOB, [(INTEGER, "job-id", number), (NAME, "requesting-user-name", "kiosk")])


def to_folder(folder: Path, document: bytes, *, name: str) -> Path:
    """Print into a folder: the file is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.pdf"
    half = file.with_suffix(".half")
    half.write_bytes(document)
    return half.replace(file)


def width_mm(medium: str) -> float:
    """How wide a medium is by its self-describing name (PWG 5101.1), as iso_a4_210x297mm; 0 when unknown."""
    size = medium.rpartition("_")[2]
    unit = 25.4 if size.endswith("in") else 1
    try:
        return float(size.removesuffix("mm").removesuffix("in").partition("x")[0]) * unit
    except ValueError:
        return 0


def _wanted(names: tuple[str, ...]) -> Asked:
    first, *others = names
    return [(KEYWORD, "requested-attributes", first), *((KEYWORD, "", name) for name in others)]


def _troubles(said: Attributes) -> tuple[str, ...]:
    """What ails a printer, in our words: `media-empty-warning` and its kin are one trouble."""
    reasons = _texts(said, "printer-state-reasons")
    known = [ours for reason in reasons for theirs, ours in TROUBLES.items() if reason.startswith(theirs)]
    if STOPPED in said.get("printer-state", ()) and not known:
        known = ["off"]
    return tuple(dict.fromkeys(known))


def _job(said: Attributes) -> Job:
    state = STATES.get(_number(said, "job-state"), "waiting")
    return Job(_number(said, "job-id"), next(iter(_texts(said, "job-name")), ""), state)


def _texts(said: Attributes, name: str) -> tuple[str, ...]:
    return tuple(str(value) for value in said.get(name, ()))


def _number(said: Attributes, name: str) -> int:
    return next((value for value in said.get(name, ()) if isinstance(value, int)), 0)
