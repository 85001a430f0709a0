"""Who may know whom: the arrows between the rooms, read from the imports."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.settings import TOP

HOUSE = TOP / "kiosk"
MAY_KNOW = {
    "journeys": set(),
    "records": {"journeys"},
    "neighbours": {"journeys"},
    "settings": set(),
    "site": set(),
    "serving": set(),
    "web": {"journeys", "records", "neighbours", "settings", "site"},
}
"""Room -> the rooms below it. A room that is not named here assembles, and may know all."""
ASSEMBLY = {"assembly", "authoring", "cli", "escalating", "messages", "printing", "shelving", "work"}
NOT_IN_A_WEB_PROCESS = (
    "weasyprint",
    "pydyf",
    "pypdfium2",
    "kiosk.neighbours.pdf",
    "kiosk.neighbours.pixels",
    "kiosk.printing",
    "kiosk.work",
)
PURE = {
    "flask",
    "flask_babel",
    "sqlalchemy",
    "weasyprint",
    "requests",
    "random",
    "time",
    "subprocess",
    "socket",
}


def modules() -> list[Path]:
    return sorted(HOUSE.rglob("*.py"))


def room(file: Path) -> str:
    """The room that a module stands in; "" for the package itself."""
    first = file.relative_to(HOUSE).parts[0]
    return first.removesuffix(".py").removeprefix("__init__")


def imports(file: Path) -> Iterator[str]:
    """The dotted name of all that a module imports, wherever in it, names taken from a package included."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = ".".join(file.relative_to(TOP).parts[: -node.level]) if node.level else ""
            start = ".".join(filter(None, (package, node.module)))
            yield from (f"{start}.{name.name}" for name in node.names)


def rooms_known(file: Path) -> set[str]:
    """The other rooms that a module imports from."""
    dotted = [name.split(".") for name in imports(file) if name.startswith("kiosk.")]
    return {
        parts[1] for parts in dotted if (HOUSE / parts[1]).is_dir() or (HOUSE / f"{parts[1]}.py").is_file()
    }


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(HOUSE)))
def test_a_module_knows_only_the_rooms_below(file: Path) -> None:
    here = room(file)
    if here in MAY_KNOW:
        assert rooms_known(file) - MAY_KNOW[here] - {here} == set()


def test_every_room_has_its_place() -> None:
    assert {room(file) for file in modules()} - set(MAY_KNOW) - ASSEMBLY - {"", "content"} == set()


def test_whoever_assembles_is_known_by_nobody_below() -> None:
    known = {(str(file.relative_to(HOUSE)), other) for file in modules() for other in rooms_known(file)}
    below = {(file, other) for file, other in known if file.split("/")[0].removesuffix(".py") in MAY_KNOW}
    assert {each for each in below if each[1] in ASSEMBLY} == set()


@pytest.mark.parametrize("file", sorted((HOUSE / "journeys").rglob("*.py")), ids=lambda file: file.name)
def test_what_a_journey_is_needs_no_framework_no_clock_and_no_chance(file: Path) -> None:
    assert {name.split(".")[0] for name in imports(file)} & PURE == set()


def test_a_web_process_never_carries_the_paper_renderer() -> None:
    script = (
        f"import kiosk.assembly, sys; print([name for name in {NOT_IN_A_WEB_PROCESS} if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=TOP, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


def test_one_room_does_not_bring_them_all() -> None:
    script = "import kiosk.journeys.flow, sys; print('flask' in sys.modules, 'sqlalchemy' in sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=TOP, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "False False"


def test_the_arrows_are_really_read() -> None:
    assert {"records", "journeys"} <= rooms_known(HOUSE / "web" / "visiting.py")
