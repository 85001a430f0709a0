"""The rows and clauses of docs/norms, and how each stands once it is known which tests bear its name."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.proof.marks import Test

GROUPS = {
    "VIS": "Seeing",
    "HEA": "Hearing",
    "MOT": "Moving and reaching",
    "COG": "Understanding",
    "TIM": "Time",
    "HLP": "Help from a person",
    "PRV": "Privacy",
}
MET, NOT_MET, APART, NO_TEST = "met", "not met", "does not apply", "no test"
WAITING = {"software": NOT_MET, "speech": "waiting for speech", "hardware": "hardware", "people": "people"}
"""Who holds a row -> how it stands while no test bears its name."""


@dataclass(frozen=True)
class Row:
    """One thing that is asked, and the tests that hold it."""

    name: str
    asks: str
    sources: tuple[str, ...]
    how: str
    kind: str
    tests: tuple[Test, ...]

    @property
    def group(self) -> str:
        return self.name.partition("-")[0]

    @property
    def state(self) -> str:
        return MET if self.tests else WAITING[self.kind]


@dataclass(frozen=True)
class Clause:
    """One clause of a norm, with the rows that it became and the tests that bear its own name."""

    name: str
    asks: str
    level: str
    apart: str
    rows: tuple[Row, ...]
    tests: tuple[Test, ...]

    @property
    def state(self) -> str:
        """How the clause stands; what is open in it is named by its rows."""
        if self.apart:
            return f"{APART}: {self.apart}"
        open_rows = [row for row in self.rows if row.state != MET]
        if not open_rows:
            return MET if self.rows or self.tests else NO_TEST
        states = dict.fromkeys(row.state for row in open_rows)
        told = "; ".join(f"{state}: {_names(open_rows, state)}" for state in states)
        return f"partly ({told})" if len(open_rows) < len(self.rows) or self.tests else told


def _names(rows: Sequence[Row], state: str) -> str:
    return ", ".join(row.name for row in rows if row.state == state)


@dataclass(frozen=True)
class Norm:
    """One norm with its clauses, and what was read of it."""

    name: str
    title: str
    read: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Proof:
    """All rows and norms of a folder beside the tests that bear their names."""

    folder: Path
    marks: Mapping[str, Sequence[Test]]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._row(name, given) for name, given in self._read("rows").items())

    @cached_property
    def norms(self) -> tuple[Norm, ...]:
        return tuple(
            Norm(given["name"], given["title"], given["read"], tuple(self._clauses(given)))
            for given in self._read("clauses")["norm"]
        )

    @property
    def unknown(self) -> list[str]:
        """What tests and rows name that stands nowhere in the folder."""
        clauses = {clause.name for norm in self.norms for clause in norm.clauses}
        ours = tuple(f"{norm.name} " for norm in self.norms)
        cited = {source for row in self.rows for source in row.sources if source.startswith(ours)}
        drafts = {source for source in cited if source.startswith("EN 301 549 ")}
        return sorted(
            (set(self.marks) - {row.name for row in self.rows} - clauses) | (cited - drafts - clauses)
        )

    def count(self, group: str, state: str) -> int:
        """How many rows of this group stand so."""
        return sum(row.group == group and row.state == state for row in self.rows)

    def _read(self, name: str) -> dict[str, Any]:
        return tomllib.loads((self.folder / f"{name}.toml").read_text(encoding="utf-8"))

    def _row(self, name: str, given: Mapping[str, Any]) -> Row:
        kind, sources = given.get("kind", "software"), tuple(given["from"])
        return Row(name, given["asks"], sources, given["how"], kind, tuple(self.marks.get(name, ())))

    def _clauses(self, norm: Mapping[str, Any]) -> Iterator[Clause]:
        for number, given in norm["clauses"].items():
            name = f"{norm['name']} {number}"
            rows = tuple(row for row in self.rows if name in row.sources)
            tests = tuple(self.marks.get(name, ()))
            yield Clause(name, given["asks"], given.get("level", ""), given.get("apart", ""), rows, tests)
