"""docs/accessibility.md as Markdown."""

from collections.abc import Iterable, Iterator, Sequence

from tests.proof.marks import Test
from tests.proof.norms import GROUPS, MET, NOT_MET, WAITING, Clause, Norm, Proof, Row

STATES = (MET, *dict.fromkeys(WAITING.values()))
BEGINNING = """\
# What everyone can count on

Written by `./dev accessibility` from [docs/norms](norms/) and from the marks on the tests
(`@pytest.mark.norm("VIS-19")`): change those, not this page.

A row says in our own words what is asked. A row that software can hold is **met** only when a test bears its
name, and **not met** otherwise, however well it may work. *Waiting for speech* are rows of the kiosk that
speaks; *hardware* is looked at on the device, where it stands; *people* is
[tried with them](trying-with-people.md). A clause stands as its rows do. A municipality's own statement
begins with [this one](accessibility-statement.md)."""


def page(proof: Proof) -> str:
    """The whole page."""
    return "\n\n".join((BEGINNING, *counts(proof), *gaps(proof), *groups(proof), *norms(proof))) + "\n"


def counts(proof: Proof) -> Iterator[str]:
    """Rows by group and how they stand."""
    lines = [
        (f"{GROUPS[group]} ({group})", *(proof.count(group, state) for state in STATES)) for group in GROUPS
    ]
    total = ("All", *(sum(proof.count(group, state) for group in GROUPS) for state in STATES))
    yield "## How it stands"
    yield table(("Group", *STATES), [*lines, total])


def gaps(proof: Proof) -> Iterator[str]:
    """Every software row without a test."""
    yield "## What software does not hold yet"
    yield "\n".join(f"- {row.name}: {row.asks}" for row in proof.rows if row.state == NOT_MET) or "Nothing."


def groups(proof: Proof) -> Iterator[str]:
    """The rows of each group."""
    for group, title in GROUPS.items():
        yield f"## {title} ({group})"
        yield table(
            ("Row", "What is asked", "How it stands"),
            (row_cells(row) for row in proof.rows if row.group == group),
        )


def row_cells(row: Row) -> Sequence[str]:
    """One row of the table of its group."""
    where = f"{row.how} {told(row.tests)}" if row.tests else row.state
    return row.name, f"{row.asks} ({', '.join(row.sources)})", where


def norms(proof: Proof) -> Iterator[str]:
    """The clauses of each norm."""
    for norm in proof.norms:
        yield f"## {norm.title}"
        yield norm.read
        yield table(("Clause", "What is asked", "How it stands"), clause_rows(norm))


def clause_rows(norm: Norm) -> Iterator[Sequence[str]]:
    """The rows of the table of a norm."""
    for clause in norm.clauses:
        yield " ".join(filter(None, (clause.name, clause.level))), clause.asks, clause_state(clause)


def clause_state(clause: Clause) -> str:
    """How the clause stands, with its rows and its own tests."""
    rows = ", ".join(row.name for row in clause.rows)
    return ". ".join(filter(None, (clause.state, rows, told(clause.tests))))


def told(tests: Sequence[Test]) -> str:
    """The tests as links that read as sentences."""
    return "; ".join(f"[{test.sentence}](../{test.file})" for test in tests)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
