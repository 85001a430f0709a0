"""The fixtures that every test may ask for; each module of tests/fixtures holds one kind."""

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.apps",
    "tests.fixtures.visitors",
    "tests.fixtures.sharing",
    "tests.fixtures.servers",
    "tests.fixtures.browsers",
    "tests.fixtures.errands",
    "tests.fixtures.mailboxes",
    "tests.fixtures.printers",
    "tests.fixtures.lines",
    "tests.fixtures.receivers",
    "tests.fixtures.verapdf",
    "tests.fixtures.voices",
]
