"""An official may let a citizen past a rule, with a reason; some rules always hold."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.records import outbox, tables, visits
from tests.fixtures.apps import Clock
from tests.fixtures.journeys import FOLDER as TINY
from tests.fixtures.pages import words
from tests.fixtures.visitors import Official, Visitor

WHY = "De partner blijft hier ingeschreven; ik heb het nagekeken."
END = "origin_unsure"
UNSURE = ("here", "unsure")


@pytest.fixture
def unsure(visitor: Visitor) -> Visitor:
    """A citizen who was handed over because they do not know where they lived."""
    return visitor.arrives().begins("moving").answers(*UNSURE).presses("refer")


@pytest.fixture
def address(app: Flask) -> Callable[[], str]:
    """The address of the one errand that waits for staff."""

    def find() -> str:
        with app.extensions["house"].database.read() as connection:
            (found,) = visits.to_handle(connection)
        return f"/console/errands/{found.id}"

    return find


def overrules(official: Official, address: str, end: str = END, why: str = WHY) -> Official:
    return official.sends(f"{address}/overrule", why=why, end=end)


def lets_past(official: Official, address: str) -> None:
    assert overrules(official, address).page.one(data_handled="overrule") is not None


def test_the_citizen_goes_on_where_the_rule_had_stopped_them(
    unsure: Visitor, official: Official, address: Callable[[], str]
) -> None:
    where = address()
    assert official.goes_to(where).page.one("input", name="end").get("value") == END
    lets_past(official, where)
    page = unsure.goes_to("/visit").page
    assert (page.status, page.screen, page.path) == (200, "step", "/visit/1/sixteen")


def test_the_last_screen_of_the_citizen_notices_it(
    unsure: Visitor, official: Official, address: Callable[[], str]
) -> None:
    looks = (each.get("hx-get", "") for each in unsure.page.all(hx_get=""))
    look = next(each for each in looks if "/done/standing" in each)
    asked = {"HX-Request": "true"}
    assert "HX-Refresh" not in unsure.client.get(look, headers=asked).headers
    lets_past(official, address())
    assert unsure.client.get(look, headers=asked).headers["HX-Refresh"] == "true"
    assert unsure.goes_to("/visit/1/done").page.path == "/visit/1/sixteen"


def test_a_reason_is_needed_and_asked_for_where_it_is_missing(
    unsure: Visitor, official: Official, address: Callable[[], str]
) -> None:
    page = overrules(official, address(), why="  ").page
    assert (page.status, list(official.errors)) == (422, ["why"])
    assert unsure.goes_to("/visit").page.screen == "done"


def test_who_let_them_past_and_why_stays_with_the_errand(
    unsure: Visitor, official: Official, address: Callable[[], str]
) -> None:
    lets_past(official, address())
    unsure.goes_to("/visit").fills_in({"sixteen": "no"})
    unsure.presses("refer")
    told = words(official.goes_to(address()).page.one(data_handled="overrule"))
    assert told.startswith("Anna") and "zoekt het samen met u uit" in told and WHY in told


def test_the_reason_is_sealed_and_the_official_named_as_who_gave_the_answer(
    unsure: Visitor, official: Official, address: Callable[[], str], app: Flask
) -> None:
    lets_past(official, address())
    answer = tables.answer
    with app.extensions["house"].database.read() as connection:
        row = connection.execute(select(answer.c.by, answer.c.value).where(answer.c.key == END)).one()
    assert row.by == "anna"
    assert WHY.encode() not in bytes(row.value)


def test_what_is_confirmed_after_it_is_one_errand_with_one_reference_and_one_parcel(
    own_site: Path, make_app: Callable[..., Flask], clock: Clock
) -> None:
    text = (TINY / "overrule.yaml").read_text(encoding="utf-8")
    (own_site / "journeys/overrule.yaml").write_text(text.replace("keep:", "deliver: [webhook]\nkeep:"))
    app = make_app(site=own_site)
    database = app.extensions["house"].database
    visitor, anna = Visitor(app.test_client()), Official(app.test_client()).signs_in("anna")
    visitor.arrives().begins("overrule").answers("unknown").presses("refer")
    with database.read() as connection:
        (referred,) = visits.to_handle(connection)
    assert overrules(anna, f"/console/errands/{referred.id}", end="unsure").page.status == 200
    with database.write() as connection:
        assert outbox.claim(connection, "worker", clock()) is None
    reference = words(visitor.goes_to("/visit").answers("rood").confirms().page.one(data_reference=""))
    assert reference == referred.reference
    with database.write() as connection:
        (errand,) = visits.to_handle(connection)
        parcel = outbox.claim(connection, "worker", clock())
        assert outbox.claim(connection, "worker", clock()) is None
    assert (errand.id, errand.state, errand.reference) == (referred.id, "arranged", reference)
    assert parcel and parcel.payload["reference"] == reference
    assert parcel.payload["answers"]["unsure"] == {"by": "anna", "reason": WHY}


def test_of_two_officials_one_lets_the_citizen_past(
    unsure: Visitor, official: Official, address: Callable[[], str], app: Flask
) -> None:
    where, bram = address(), Official(app.test_client()).signs_in("bram")
    lets_past(official, where)
    assert overrules(bram, where).page.status == 404
    unsure.goes_to("/visit").fills_in({"sixteen": "no"})
    unsure.presses("refer")
    assert "Bram" not in bram.goes_to(where).page.one(data_handled="overrule").itertext()


def test_a_reason_counts_only_for_the_end_that_the_official_read(
    visitor: Visitor, official: Official, address: Callable[[], str]
) -> None:
    visitor.arrives().begins("moving").answers("abroad", "long").presses("refer")
    page = overrules(official, address(), end=END).page
    assert (page.status, list(official.errors)) == (409, ["why"])
    assert visitor.goes_to("/visit").page.screen == "done"


def test_some_rules_always_hold(visitor: Visitor, official: Official, address: Callable[[], str]) -> None:
    visitor.arrives().begins("moving").answers("here", "netherlands", "no").presses("refer")
    page = official.goes_to(address()).page
    assert "Deze regel geldt altijd" in words(page.one(data_overrule="never"))
    assert not page.all(data_action="overrule")
    assert overrules(official, address(), end="too_young").page.status == 409
    assert visitor.goes_to("/visit").page.screen == "done"


def test_nobody_goes_on_in_a_visit_that_is_over(
    unsure: Visitor, official: Official, address: Callable[[], str]
) -> None:
    unsure.stops()
    page = official.goes_to(address()).page
    assert page.all(data_overrule="gone") and not page.all(data_action="overrule")
    assert overrules(official, address()).page.status == 409
    assert official.page.one("article", data_errand="").get("data-errand-state") == "referred"


@pytest.mark.parametrize("leaves", [lambda visitor: visitor.sends("/visit/park"), lambda visitor: visitor])
def test_what_was_handed_over_is_not_lost_with_a_visit_that_nobody_is_at(
    unsure: Visitor,
    official: Official,
    address: Callable[[], str],
    clock: Clock,
    leaves: Callable[[Visitor], Visitor],
) -> None:
    unsure.sends("/call/cancel")
    leaves(unsure)
    clock.forward(minutes=10)
    page = overrules(official, address()).page
    assert (page.status, list(official.errors)) == (409, ["why"])
    assert page.one("article", data_errand="").get("data-errand-state") == "referred"


def test_a_host_may_not_overrule(unsure: Visitor, app: Flask, address: Callable[[], str]) -> None:
    hana = Official(app.test_client()).signs_in("hana")
    assert not hana.goes_to(address()).page.all(data_action="overrule")
    assert overrules(hana, address()).page.status == 403


@pytest.mark.parametrize("way", ["guided", "express"])
@pytest.mark.parametrize("to", ["origin_unsure", "house", "origin", "confirm", "remove"])
def test_a_citizen_cannot_let_themselves_past(visitor: Visitor, way: str, to: str) -> None:
    visitor.arrives().begins("moving").answers(*UNSURE)
    visitor.sends("/visit/1/way", way=way)
    reason = {"by": "me", "reason": "y"}
    form = {f"{END}.{name}": text for name, text in reason.items()} | reason
    visitor.sends(f"/visit/1/{to}", **form, **{END: str(reason), "part": "house", "round": "1"})
    assert visitor.goes_to("/visit").page.screen == "refer"
