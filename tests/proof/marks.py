"""Which tests bear which names: read from the decorators, without running or importing a test."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MARK = "pytest.mark.norm"


@dataclass(frozen=True, order=True)
class Test:
    """A test by the file it stands in and its name."""

    __test__ = False
    file: str
    name: str

    @property
    def sentence(self) -> str:
        """The name as the sentence that it is."""
        return self.name.removeprefix("test_").replace("_", " ")


def marks_in(top: Path) -> dict[str, list[Test]]:
    """Row or clause -> the tests under this folder that bear its name, in order."""
    found: dict[str, list[Test]] = {}
    for file in sorted((top / "tests").rglob("test_*.py")):
        for test, name in _marks(file.read_text(encoding="utf-8"), str(file.relative_to(top))):
            found.setdefault(name, []).append(test)
    return found


def _marks(source: str, file: str) -> Iterator[tuple[Test, str]]:
    if MARK not in source:
        return
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield from ((Test(file, node.name), name) for name in _names(node))


def _names(test: ast.FunctionDef) -> Iterator[str]:
    for each in test.decorator_list:
        if isinstance(each, ast.Call) and ast.unparse(each.func) == MARK:
            yield from (ast.literal_eval(name) for name in each.args)
