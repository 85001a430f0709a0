"""What figures and opinions say of each version of a journey, step by step, for staff to learn from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.journeys.files import Version
from kiosk.records import figures, helping, opinions, versions
from kiosk.records.helping import Help
from kiosk.records.opinions import Opinion
from kiosk.web.counting import AT_REVIEW
from kiosk.web.opinions import FACES, REASONS
from kiosk.web.parts import house
from kiosk.web.visiting import kept_version
from kiosk.web.waiting import HELPED

ALL_HELPED = {**HELPED, "back-office": "Uitgezocht"}
NOTHING: Counter[str] = Counter()
FEW = 5
"""Fewer than this many people are not told one from another (norm PRV-17)."""
ByStep = Mapping[tuple[str, str], Counter[str]]


@dataclass(frozen=True)
class Row:
    """One step of a version: what was counted there, and what people said who ended there."""

    step: str
    counts: Counter[str]
    faces: Counter[str]
    reasons: tuple[tuple[str, int], ...]
    """Each reason in words with how often it was given, the most given first."""
    helped: tuple[tuple[str, int], ...]
    """What helped who called here, in words with how often, the most often first."""


@dataclass(frozen=True)
class Table:
    """One version of a journey with all its steps in the order of the file, the review last."""

    version: str
    journey: str
    rows: tuple[Row, ...]


def tables() -> list[Table]:
    """Every version that anything was counted of, the newest first."""
    with house.database.read() as connection:
        kept, given = versions.newest_first(connection), opinions.everything(connection)
        counts = {key: Counter(each) for key, each in figures.by_step(connection).items()}
        helped = helped_of(helping.everything(connection))
    faces, reasons = faces_of(given), reasons_of(given)
    used = {version for version, _ in (*counts, *faces, *helped)}
    return [table(kept_version(each), counts, faces, reasons, helped) for each in kept if each in used]


def faces_of(given: Iterable[Opinion]) -> ByStep:
    """How often each face was given, by version and step."""
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in given:
        if not each.why:
            found[each.version, each.step][each.face] += each.number
    return found


def reasons_of(given: Iterable[Opinion]) -> ByStep:
    """How often each reason was given, in words, by version and step."""
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in given:
        if each.why:
            found[each.version, each.step][in_words(each)] += each.number
    return found


def helped_of(given: Iterable[Help]) -> ByStep:
    """How often each thing helped who called, in words, by version and step."""
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in given:
        found[each.version, each.step][ALL_HELPED[each.what]] += each.number
    return found


def rounded(number: int) -> str:
    """A number as staff read it: one that might point at a person only as few."""
    return f"1–{FEW - 1}" if 0 < number < FEW else str(number)


def in_words(given: Opinion) -> str:
    """A reason with the face that it goes with; one that is asked no more by its key."""
    reason = REASONS.get(given.outcome, {}).get(given.face, {}).get(given.why, given.why)
    return f"{FACES.get(given.face, given.face)}: {reason}"


def table(version: Version, counts: ByStep, faces: ByStep, reasons: ByStep, helped: ByStep) -> Table:
    """What is known of one version; a repeat's "another?" stands where it was counted."""
    steps = [*version.journey.steps, *(part.more.name for part in version.journey.parts if part.more)]
    keys = [(version.id, step) for step in (*steps, AT_REVIEW)]
    rows = tuple(
        Row(
            key[1],
            counts.get(key, NOTHING),
            faces.get(key, NOTHING),
            tuple(reasons.get(key, NOTHING).most_common()),
            tuple(helped.get(key, NOTHING).most_common()),
        )
        for key in keys
        if key in counts or key in faces or key in helped
    )
    return Table(version.id, version.journey.title, rows)
