"""The console: signing in, calls from the staff's side, and errands to handle."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from flask import Flask

from kiosk.records import database, outbox
from kiosk.records import staff as staff_records
from kiosk.work import Worker
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import SITE, longest_example
from tests.fixtures.pages import words
from tests.fixtures.visitors import OURS, Official, Visitor

MORNING = datetime.combine(longest_example("moving").today, time(9), UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(MORNING)


@pytest.fixture
def staff(app: Flask) -> Callable[[str], Official]:
    """Sign somebody in at a desk of their own."""

    def sign_in(name: str) -> Official:
        return Official(app.test_client()).signs_in(name)

    return sign_in


@pytest.fixture
def reference(visitor: Visitor) -> str:
    """The reference of an errand that a citizen prepared in English."""
    visitor.arrives().speaks("en").begins("moving").fills_in(longest_example("moving").answers).confirms()
    assert visitor.page.screen == "prepared", visitor.page.text
    return words(visitor.page.one(data_reference=""))


def opens(official: Official, reference: str) -> Official:
    return official.goes_to(f"/console/errands?reference={reference}")


def says(official: Official, what: str) -> str:
    """What the sheet says was done: `id-seen`, `process` or `refuse`."""
    return " ".join(words(each) for each in official.page.all(data_handled=what))


def has(official: Official, action: str) -> bool:
    return bool(official.page.all(data_action=action))


# Signing in


@pytest.mark.parametrize("path", ["/console/", "/console/calls", "/console/errands", "/console/errands/1"])
def test_every_page_asks_to_sign_in_first(visitor: Visitor, path: str) -> None:
    assert visitor.goes_to(path).page.path == "/console/sign-in"


def test_a_part_that_fetches_itself_has_the_whole_page_ask_to_sign_in(visitor: Visitor) -> None:
    answer = visitor.client.get("/console/calls", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")


def test_a_page_knows_where_kiosks_send_people_while_the_server_is_away(
    staff: Callable[[str], Official],
) -> None:
    assert SITE.kiosks[0].place.reception in words(staff("hana").goes_to("/console/").page.one(id="away"))


def test_a_change_asks_to_sign_in_first(visitor: Visitor) -> None:
    assert visitor.sends("/console/errands/1/process").page.screen == "sign-in"


def test_after_signing_in_you_are_where_you_wanted_to_be(visitor: Visitor) -> None:
    visitor.goes_to("/console/errands?reference=V47")
    visitor.sends(
        "/console/sign-in",
        name="anna",
        password="welkom-aan-de-balie",
        next=visitor.page.one("input", name="next").get("value"),
    )
    assert (visitor.page.screen, visitor.page.one("input", name="reference").get("value")) == (
        "errands",
        "V47",
    )


def test_signing_in_never_leads_to_another_site(app: Flask, visitor: Visitor) -> None:
    visitor.sends(
        "/console/sign-in", name="anna", password="welkom-aan-de-balie", next="//elsewhere.example/console"
    )
    assert (visitor.page.status, visitor.page.path) == (200, "/")


def test_a_wrong_password_is_refused_with_the_name_kept(visitor: Visitor) -> None:
    visitor.sends("/console/sign-in", name="anna", password="welkom")
    assert visitor.page.status == 422
    assert visitor.page.one("input", name="name").get("value") == "anna"


def test_ten_wrong_passwords_stop_the_next_try(visitor: Visitor) -> None:
    for _ in range(10):
        visitor.sends("/console/sign-in", name="anna", password="welkom")
    visitor.sends("/console/sign-in", name="anna", password="welkom-aan-de-balie")
    assert visitor.page.status == 429


def test_signing_in_puts_nobody_on_duty(staff: Callable[[str], Official]) -> None:
    assert staff("hana").page.one(data_action="on-duty").get("aria-pressed") == "false"


def test_an_open_page_keeps_whoever_is_on_duty_there_and_a_closed_one_does_not(
    staff: Callable[[str], Official], clock: Clock, app: Flask
) -> None:
    hana = staff("hana").goes_on_duty()
    (sign,) = [each for each in hana.page.all(hx_post="") if "beat" in each.get("hx-post", "")]
    for _ in range(5):
        clock.forward(seconds=100)
        hana.client.post(sign.get("hx-post", ""), headers={**OURS, "HX-Request": "true"})
        assert on_duty(app) == ["hana"]
    clock.forward(seconds=200)
    assert on_duty(app) == []


def on_duty(app: Flask) -> list[str]:
    house = app.extensions["house"]
    with house.database.read() as connection:
        return [member.name for member in staff_records.on_duty(connection, house.clock())]


def test_the_switch_puts_you_on_duty_and_off_it(staff: Callable[[str], Official]) -> None:
    hana = staff("hana").goes_on_duty()
    assert hana.page.one(data_action="on-duty").get("aria-pressed") == "true"
    hana.presses("on-duty")
    assert hana.page.one(data_action="on-duty").get("aria-pressed") == "false"


def test_signing_out_ends_the_session_for_good(app: Flask, staff: Callable[[str], Official]) -> None:
    hana = staff("hana")
    old = hana.client.get_cookie("staff")
    assert old is not None
    hana.presses("sign-out")
    hana.client.set_cookie("staff", old.value)
    assert hana.goes_to("/console/").page.screen == "sign-in"


def test_the_cookie_of_staff_is_out_of_reach_of_scripts_and_other_sites(app: Flask) -> None:
    answer = app.test_client().post(
        "/console/sign-in",
        data={"name": "anna", "password": "welkom-aan-de-balie"},
        headers={"Origin": "http://localhost"},
    )
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


# Calls


@pytest.mark.norm("HLP-07")
def test_a_call_says_where_about_what_and_in_which_language(
    visitor: Visitor, staff: Callable[[str], Official], clock: Clock
) -> None:
    visitor.arrives("zuil-2").speaks("ar").begins("moving").calls()
    clock.forward(seconds=48)
    card = words(staff("hana").page.one(data_call=""))
    for text in ("Zuil 2", "Stadhuis, hal", "Verhuizing doorgeven", "Waar gaat u wonen?", "العربية", "0:48"):
        assert text in card


@pytest.mark.norm("HLP-13")
def test_a_private_call_says_only_that_it_is_private(
    visitor: Visitor, staff: Callable[[str], Official]
) -> None:
    visitor.arrives().begins("moving").answers("here", "netherlands", "yes", "1-4-2027", "private").calls()
    card = words(staff("hana").page.one(data_call=""))
    assert "Privé" in card
    assert "Verhuizing" not in card


def test_a_call_that_is_taken_goes_from_claim_to_done(
    visitor: Visitor, staff: Callable[[str], Official]
) -> None:
    visitor.arrives().calls()
    hana = staff("hana").goes_to("/console/")
    hana.presses("claim").presses("here").presses("resolve")
    assert not hana.page.all(data_call="")


def test_who_comes_second_reads_who_goes(visitor: Visitor, staff: Callable[[str], Official]) -> None:
    visitor.arrives().calls()
    hana, anna = staff("hana"), staff("anna")
    hana.presses("claim")
    anna.presses("claim")
    assert "Hana gaat al." in [words(each) for each in anna.page.all(role="alert")]
    assert not has(anna, "here")


def test_who_comes_second_still_reads_it_when_the_panel_refreshes(
    visitor: Visitor, staff: Callable[[str], Official]
) -> None:
    visitor.arrives().calls()
    hana, anna = staff("hana"), staff("anna")
    hana.presses("claim")
    anna.presses("claim")
    address = anna.page.one(hx_get="").get("hx-get", "")
    fragment = anna.client.get(address, headers={"HX-Request": "true"})
    assert "Hana gaat al." in fragment.text
    assert "<html" not in fragment.text


def test_htmx_gets_the_part_that_the_page_includes(staff: Callable[[str], Official]) -> None:
    hana = staff("hana")
    fragment = hana.client.get("/console/calls", headers={"HX-Request": "true"})
    assert "".join(fragment.text.split()) in "".join(hana.page.html.split())
    assert fragment.headers["Vary"] == "HX-Request"


def test_a_change_from_another_site_is_refused(visitor: Visitor, staff: Callable[[str], Official]) -> None:
    visitor.arrives().calls()
    hana = staff("hana")
    action = hana.page.one(
        "form", action="/console/calls/" + hana.page.one(data_call="").get("data-call", "") + "/claim"
    )
    answer = hana.client.post(action.get("action", ""), headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403


# What is out of order


def test_a_worker_that_is_silent_is_said(staff: Callable[[str], Official], app: Flask, clock: Clock) -> None:
    anna = staff("anna")
    assert "flask work" in anna.page.text
    with app.extensions["house"].database.write() as connection:
        database.beat(connection, clock())
    assert "flask work" not in anna.goes_to("/console/").page.text


# Errands


def test_a_prepared_errand_waits_in_the_list(reference: str, staff: Callable[[str], Official]) -> None:
    anna = staff("anna")
    assert anna.page.one(data_errand=reference).get("data-errand-state") == "prepared"


@pytest.mark.parametrize("typed", [str, str.lower, lambda reference: reference.replace(" ", "")])
def test_a_reference_leads_to_its_sheet(
    reference: str, staff: Callable[[str], Official], typed: Callable[[str], str]
) -> None:
    anna = opens(staff("anna"), typed(reference))
    assert anna.page.one("article", data_errand=reference) is not None


def test_an_unknown_reference_is_said(staff: Callable[[str], Official]) -> None:
    anna = opens(staff("anna"), "X99 XX")
    assert (anna.page.status, "X99 XX" in anna.page.text) == (200, True)


def test_an_unknown_sheet_is_not_there(staff: Callable[[str], Official]) -> None:
    page = staff("anna").goes_to("/console/errands/nothing").page
    assert (page.status, page.screen) == (404, "error")


def test_the_sheet_has_every_answer_of_the_citizen_in_dutch(
    reference: str, visitor: Visitor, staff: Callable[[str], Official]
) -> None:
    seen_by_citizen = set(visitor.goes_to("/visit/1/done").summary)
    anna = opens(staff("anna"), reference)
    assert seen_by_citizen <= set(anna.summary)
    assert anna.page.one("html").get("lang") == "nl"
    assert "In Waterhoven" in anna.summary["destination"]


def test_every_answer_can_be_copied(reference: str, staff: Callable[[str], Official]) -> None:
    anna = opens(staff("anna"), reference)
    for row in anna.page.all(data_answer=""):
        button = next(each for each in row.iter() if each.get("data-action") == "copy")
        assert button.get("data-copy") in words(row)


def test_notes_for_the_official_stand_beside_the_answer(
    reference: str, staff: Callable[[str], Official], app: Flask
) -> None:
    steps = app.extensions["house"].shelf.version("moving").journey.steps
    anna = opens(staff("anna"), reference)
    notes = {key: steps[key].official for key in anna.summary if key in steps and steps[key].official}
    assert notes
    assert all(" ".join(note.split()) in anna.summary[key] for key, note in notes.items())


def test_nothing_is_processed_before_the_id_was_seen(
    reference: str, staff: Callable[[str], Official]
) -> None:
    anna = opens(staff("anna"), reference)
    assert not has(anna, "process")
    anna.sends(anna.page.path + "/process")
    assert anna.page.one("article", data_errand="").get("data-errand-state") == "prepared"


def test_id_seen_says_who_and_when_and_which_day_counts(
    reference: str, staff: Callable[[str], Official]
) -> None:
    anna = opens(staff("anna"), reference).presses("id-seen")
    assert "Anna" in says(anna, "id-seen")
    assert "woensdag 31 maart 2027" in says(anna, "id-seen")


def test_id_seen_passes_the_errand_on(
    reference: str, staff: Callable[[str], Official], app: Flask, clock: Clock
) -> None:
    house = app.extensions["house"]
    with house.database.write() as connection:
        assert outbox.claim(connection, "worker", clock()) is None
    opens(staff("anna"), reference).presses("id-seen")
    with house.database.write() as connection:
        assert outbox.claim(connection, "worker", clock()) is not None


def test_a_second_click_on_id_seen_changes_nothing(
    reference: str, staff: Callable[[str], Official], clock: Clock
) -> None:
    anna, bram = opens(staff("anna"), reference), opens(staff("bram"), reference)
    anna.presses("id-seen")
    clock.forward(minutes=5)
    bram.presses("id-seen")
    assert "Anna" in says(bram, "id-seen")
    assert "Bram" not in says(bram, "id-seen")


def test_what_is_processed_leaves_the_list_and_keeps_its_sheet(
    reference: str, staff: Callable[[str], Official]
) -> None:
    anna = opens(staff("anna"), reference).presses("id-seen").presses("process")
    assert "Anna" in says(anna, "process")
    assert not anna.goes_to("/console/errands").page.all(data_errand="")
    assert opens(anna, reference).page.screen == "errand"


def test_a_refusal_needs_a_reason(reference: str, staff: Callable[[str], Official]) -> None:
    anna = opens(staff("anna"), reference).presses("refuse")
    assert (anna.page.status, list(anna.errors)) == (422, ["reason"])
    assert anna.page.one("article", data_errand="").get("data-errand-state") == "prepared"


def test_a_refusal_keeps_who_and_why(reference: str, staff: Callable[[str], Official]) -> None:
    anna = opens(staff("anna"), reference)
    anna.sends(anna.page.path + "/refuse", reason="Het adres bestaat niet <b>")
    assert "Anna" in says(anna, "refuse")
    assert "Het adres bestaat niet <b>" in says(anna, "refuse")
    assert not has(anna, "id-seen")


def test_a_refusal_after_the_errand_was_passed_on_is_sent_after_it(
    reference: str, staff: Callable[[str], Official], app: Flask, clock: Clock, tmp_path: Path
) -> None:
    worker = Worker(app, app.extensions["house"], threading.Event())
    anna = opens(staff("anna"), reference).presses("id-seen")
    assert worker.deliver_one()
    clock.forward(minutes=5)
    anna.sends(anna.page.path + "/refuse", reason="Het adres bestaat niet")
    assert worker.deliver_one()
    found = {each["kind"]: each for each in map(json.loads, parcels_in(tmp_path))}
    assert found["withdrawn"]["reference"] == found["confirmed"]["reference"] == reference
    assert found["withdrawn"]["withdrawn"] == clock().isoformat()
    assert "adres" not in json.dumps(found["withdrawn"]).lower()


def parcels_in(folder: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in (folder / "delivered").glob("*.json")]


# What stays as it was


def test_the_sheet_shows_the_same_answers_however_long_it_waits(
    staff: Callable[[str], Official], reference: str, clock: Clock
) -> None:
    def rows() -> list[str]:
        page = opens(staff("anna"), reference).page
        return [each.get("data-answer", "") for each in page.all(data_answer="")]

    first = rows()
    clock.forward(days=20)
    assert rows() == first


@pytest.mark.parametrize("name", ["hana", "chris"])
def test_only_an_official_says_that_an_id_was_seen(
    staff: Callable[[str], Official], reference: str, name: str
) -> None:
    colleague = opens(staff(name), reference)
    assert not has(colleague, "id-seen")
    assert colleague.sends(f"{colleague.page.path}/id-seen").page.status == 403


@pytest.mark.norm("COG-26", "W 3.3.8", "W 3.3.9")
def test_staff_sign_in_with_what_a_password_manager_fills_in_and_solve_no_puzzle(visitor: Visitor) -> None:
    form = visitor.goes_to("/console/sign-in").page.one("form")
    filled = {each.get("name"): each.get("autocomplete") for each in form.iter() if each.get("autocomplete")}
    assert filled == {"name": "username", "password": "current-password"}
    assert not [each for each in form.iter() if each.get("name") not in (None, "name", "password", "next")]
    assert not [each for each in visitor.page.root.iter() for name in each.attrib if name == "onpaste"]
