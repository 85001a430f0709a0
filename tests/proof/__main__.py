"""`./dev accessibility`: writes docs/accessibility.md, and says how many rows of each group are met."""

import sys

from kiosk.settings import TOP
from tests.proof.marks import marks_in
from tests.proof.norms import GROUPS, Proof
from tests.proof.page import STATES, page


def main() -> int:
    """Write the page and print the counts; 1 when a mark names nothing that exists."""
    proof = Proof(TOP / "docs/norms", marks_in(TOP))
    (TOP / "docs/accessibility.md").write_text(page(proof), encoding="utf-8")
    for group in GROUPS:
        print(group, *(f"{proof.count(group, state):4} {state}" for state in STATES))
    for name in proof.unknown:
        print(f"{name}: stands nowhere in docs/norms", file=sys.stderr)
    return 1 if proof.unknown else 0


if __name__ == "__main__":
    sys.exit(main())
