"""`./dev bench`: both sides in turn in one run; prints the figures and whether the goals are met."""

import argparse
import sys

from tests.bench import calls, engine, paper, steps

GOALS = {**steps.GOALS, **engine.GOALS, **paper.GOALS, **calls.GOALS}


def main() -> int:
    """Measure, print, and say with the exit code whether every goal was met."""
    asked = arguments().parse_args()
    if asked.what == "calls":
        return report(calls.figures(asked.seconds, asked.postgresql))
    return report(steps.figures() | engine.figures() | paper.figures())


def arguments() -> argparse.ArgumentParser:
    """What may be asked for."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("steps", "calls"), default="steps")
    parser.add_argument("--seconds", type=int, default=60, help="how long calls are raised")
    parser.add_argument("--postgresql", action="store_true", help="calls on a PostgreSQL of its own")
    return parser


def report(figures: dict[str, float]) -> int:
    """Print each figure beside its goal; 0 when all are met."""
    missed = 0
    for name, value in figures.items():
        good = value >= GOALS[name] if name.startswith("share") else value <= GOALS[name]
        missed += not good
        print(f"{name:24} {value:8.2f}   goal {GOALS[name]:g}   {'met' if good else 'MISSED'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
