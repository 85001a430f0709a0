"""The commands of an administrator: what they do, and what they refuse."""

import pytest
from click.testing import Result
from flask import Flask

from kiosk.records import kiosks
from tests.fixtures.visitors import Visitor

PRINTER = "ipp://10.0.0.7/ipp/print"


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


@pytest.mark.parametrize("name", ["zuil-1", "hal-9"])
def test_a_kiosk_that_is_described_or_enrolled_gets_its_printer(
    app: Flask, visitor: Visitor, name: str
) -> None:
    visitor.arrives("hal-9")
    assert run(app, "kiosks", "set", name, "--printer", PRINTER).exit_code == 0
    with app.extensions["house"].database.read() as connection:
        assert kiosks.printer(connection, name) == PRINTER


def test_a_kiosk_that_nobody_knows_gets_no_printer(app: Flask) -> None:
    refused = run(app, "kiosks", "set", "zuil-l", "--printer", PRINTER)
    assert (refused.exit_code, "zuil-l" in refused.output) == (2, True)
    assert "zuil-l" not in run(app, "kiosks", "list").output
