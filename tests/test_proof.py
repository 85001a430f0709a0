"""docs/accessibility.md says what the tests hold, and nothing else."""

from pathlib import Path

import pytest

from kiosk.settings import TOP
from tests.proof.marks import Test, marks_in
from tests.proof.norms import GROUPS, MET, NOT_MET, Proof
from tests.proof.page import page

HELD = Test("tests/test_help.py", "test_one_tap_calls")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Norms of three rows and three clauses."""
    (tmp_path / "rows.toml").write_text(
        '[HLP-01]\nasks = "One tap."\nfrom = ["W 3.2.6"]\nhow = "A button."\n'
        '[HLP-02]\nasks = "Any mode."\nfrom = ["W 3.2.6"]\nhow = "One button."\n'
        '[VIS-01]\nasks = "Speech."\nfrom = ["W 9.9.9"]\nhow = "A voice."\nkind = "speech"\n'
    )
    (tmp_path / "clauses.toml").write_text(
        '[[norm]]\nname = "W"\ntitle = "WCAG"\nread = "Today."\n[norm.clauses]\n'
        '"3.2.6" = {level = "A", asks = "Help"}\n"1.2.2" = {asks = "Captions", apart = "no video"}\n'
        '"2.4.5" = {asks = "Ways"}\n'
    )
    return tmp_path


def test_the_page_is_what_the_command_writes() -> None:
    written = (TOP / "docs/accessibility.md").read_text(encoding="utf-8")
    assert written == page(Proof(TOP / "docs/norms", marks_in(TOP))), "write it with ./dev accessibility"


def test_every_mark_and_every_source_stands_in_the_norms() -> None:
    assert Proof(TOP / "docs/norms", marks_in(TOP)).unknown == []


def test_every_row_belongs_to_a_group() -> None:
    assert {row.group for row in Proof(TOP / "docs/norms", {}).rows} == set(GROUPS)


def test_a_row_is_met_only_when_a_test_bears_its_name(small: Path) -> None:
    first, second, speech = Proof(small, {"HLP-01": [HELD]}).rows
    assert (first.state, second.state, speech.state) == (MET, NOT_MET, "waiting for speech")


def test_a_clause_stands_as_its_rows_do(small: Path) -> None:
    def state(*names: str) -> str:
        return Proof(small, {name: [HELD] for name in names}).norms[0].clauses[0].state

    assert state() == "not met: HLP-01, HLP-02"
    assert state("HLP-01") == "partly (not met: HLP-02)"
    assert state("HLP-01", "HLP-02") == MET


def test_a_clause_without_a_test_says_so(small: Path) -> None:
    _, captions, ways = Proof(small, {}).norms[0].clauses
    assert (captions.state, ways.state) == ("does not apply: no video", "no test")


def test_what_stands_nowhere_is_named(small: Path) -> None:
    assert Proof(small, {"HLP-99": [HELD]}).unknown == ["HLP-99", "W 9.9.9"]


def test_the_page_names_the_test_as_a_sentence(small: Path) -> None:
    told = page(Proof(small, {"HLP-01": [HELD]}))
    assert "[one tap calls](../tests/test_help.py)" in told
    assert "| Help from a person (HLP) | 1 | 1 | 0 | 0 | 0 |" in told


def test_marks_are_read_from_decorators_alone(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_some.py").write_text(
        '@pytest.mark.norm("HLP-01", "W 3.2.6")\n@pytest.mark.slow\ndef test_marked(): ...\n\n\n'
        'def test_plain(): "pytest.mark.norm"\n'
    )
    marked = [Test("tests/test_some.py", "test_marked")]
    assert marks_in(tmp_path) == {"HLP-01": marked, "W 3.2.6": marked}
