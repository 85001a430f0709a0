"""Covered answers: nobody of staff sees them before they open them, and who opened which is written down."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.records import disclosures
from kiosk.records.disclosures import Disclosure
from tests.fixtures.apps import Clock
from tests.fixtures.pages import words
from tests.fixtures.sharing import Beside, Shared, lets, live_part, looks, to_handle
from tests.fixtures.visitors import Official, Visitor

NUMBER = "NL91 ABNA 0417 1643 00"
COVERED = ("account", "letter", "story")


@pytest.fixture
def answered(shared: Shared) -> Beside:
    """A citizen who answered all that is covered, and the official who looks along."""
    citizen, anna = shared("covered")
    citizen.answers("Noor", NUMBER, "yes", "Mijn hond is ziek")
    lets(citizen, "along")
    return citizen, looks(anna)


@pytest.fixture
def sheet(answered: Beside) -> Official:
    """The same official, at the sheet of what the citizen then confirmed."""
    citizen, anna = answered
    citizen.confirms()
    (errand,) = to_handle(citizen)
    return anna.goes_to(f"/console/errands/{errand.id}")  # type: ignore[return-value]


def opens(official: Official, key: str) -> Official:
    """Press "Toon" at this answer."""
    form = official.page.one("form", data_covered=key)
    return official.sends(form.get("action", ""), key=key)  # type: ignore[return-value]


def noted(visitor: Visitor) -> list[Disclosure]:
    with visitor.client.application.extensions["house"].database.read() as connection:
        return disclosures.everything(connection)


def shows(official: Official, text: str) -> bool:
    """Whether this stands anywhere in the page, or in the part of it that fetches itself."""
    along = official.page.all("article", id="along")
    return text in official.page.html or bool(along and text in live_part(official).get_data(as_text=True))


def test_what_could_harm_is_covered_until_it_is_opened(answered: Beside) -> None:
    _, anna = answered
    assert [each.get("data-covered") for each in anna.page.all(data_covered="")] == list(COVERED)
    assert not any(shows(anna, text) for text in ("0417", "hond"))
    assert "Noor" in anna.summary["name"]


def test_who_opens_it_is_written_down_before_it_is_shown(answered: Beside) -> None:
    citizen, anna = answered
    opens(anna, "account")
    assert shows(anna, NUMBER) and not shows(anna, "hond")
    assert [(each.by, each.key, each.journey) for each in noted(citizen)] == [("anna", "account", "covered")]


def test_looking_again_is_no_second_opening(answered: Beside) -> None:
    citizen, anna = answered
    opens(anna, "account")
    anna.goes_to(anna.page.path)
    assert shows(anna, NUMBER) and len(noted(citizen)) == 1


@pytest.mark.parametrize("key", ["name", "nonsense", "account.2", ""])
def test_what_is_not_covered_cannot_be_opened(answered: Beside, key: str) -> None:
    citizen, anna = answered
    path = anna.page.one("form", data_covered="account").get("action", "")
    anna.sends(path, key=key)
    assert anna.page.screen == "along" and noted(citizen) == []


def test_another_call_covers_it_again(answered: Beside, clock: Clock) -> None:
    citizen, anna = answered
    opens(anna, "account")
    citizen.sends("/call/cancel")
    clock.forward(seconds=30)
    citizen.goes_to("/visit").calls()
    lets(citizen, "along")
    anna.goes_to("/console/").presses("claim")
    assert not shows(looks(anna), "0417")


def test_nobody_opens_what_the_citizen_does_not_let_them_see(answered: Beside) -> None:
    citizen, anna = answered
    lets(citizen, "explain")
    opens(anna, "account")
    assert noted(citizen) == [] and not shows(anna, "0417")


def test_to_change_a_covered_answer_it_must_be_opened_first(answered: Beside) -> None:
    citizen, anna = answered
    lets(citizen, "together")
    anna.goes_to(f"{anna.page.path}/account")
    assert not anna.page.all("form", data_step="") and not shows(anna, "0417")
    opens(anna, "account")
    anna.goes_to(f"{anna.page.path.removesuffix('/account')}/account")
    assert anna.page.step == "account" and shows(anna, NUMBER)


@pytest.mark.parametrize("name", ["hana", "chris"])
def test_only_an_official_opens(sheet: Official, answered: Beside, name: str) -> None:
    citizen, _ = answered
    other = Official(citizen.client.application.test_client()).signs_in(name)
    other.goes_to(sheet.page.path)
    assert not other.page.all(data_action="open-answer") and not shows(other, "0417")
    assert opens(other, "account").page.status == 403
    assert noted(citizen) == []


# On the sheet


def test_the_sheet_covers_it_too_the_copy_button_included(sheet: Official) -> None:
    assert [each.get("data-covered") for each in sheet.page.all(data_covered="")] == list(COVERED)
    assert not shows(sheet, "0417") and len(sheet.page.all(data_action="copy")) == 1


def test_on_the_sheet_it_stays_open_for_an_hour(sheet: Official, answered: Beside, clock: Clock) -> None:
    citizen, _ = answered
    opens(sheet, "account")
    assert shows(sheet, NUMBER) and len(noted(citizen)) == 1
    clock.now += timedelta(minutes=61)
    assert not shows(sheet.signs_in("anna").goes_to(sheet_path(citizen)), "0417")  # type: ignore[arg-type]


def sheet_path(citizen: Visitor) -> str:
    (errand,) = to_handle(citizen)
    return f"/console/errands/{errand.id}"


# Who opened what


def test_a_supervisor_reads_who_opened_what_and_never_what_it_says(
    sheet: Official, staff_of: Callable[[str], Official]
) -> None:
    opens(sheet, "account")
    chris = staff_of("chris").goes_to("/console/disclosures")
    row = words(chris.page.one("tr", data_disclosure=""))
    assert "Anna" in row and "Rekening" in row and "Een gevoelige vraag" in row and "Zuil 1" in row
    assert "0417" not in chris.page.html


@pytest.fixture
def staff_of(answered: Beside) -> Callable[[str], Official]:
    citizen, _ = answered
    return lambda name: Official(citizen.client.application.test_client()).signs_in(name)


@pytest.mark.parametrize("name", ["anna", "hana"])
def test_only_a_supervisor_reads_who_opened_what(staff_of: Callable[[str], Official], name: str) -> None:
    member = staff_of(name)
    assert "/console/disclosures" not in member.goes_to("/console/").page.html
    assert member.goes_to("/console/disclosures").page.status == 403
