"""Reading aloud where somebody stands: in the language of the page, and never who they are."""

import os
import time as real_time
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from flask import Flask

from kiosk.neighbours import speech
from kiosk.work import tidy
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import MOVING, SITE, longest_example, shortest_examples
from tests.fixtures.pages import words
from tests.fixtures.visitors import OURS, Visitor, is_ready
from tests.fixtures.voices import program, seconds_of

pytestmark = pytest.mark.either_database

EXAMPLE = longest_example("moving")
PERSONAL = ("name", "address", "phone", "email")
VOICED = [each.code for each in SITE.languages if each.voice]


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.combine(EXAMPLE.today, time(9), UTC))


def standing(visitor: Visitor) -> str:
    """How reading aloud stands on the page."""
    return visitor.page.one(data_speech="").get("data-speech", "")


def address_of(visitor: Visitor) -> str:
    return visitor.page.one("audio").get("src", "")


def heard(visitor: Visitor) -> str:
    """What the parrot says."""
    return visitor.client.get(address_of(visitor)).get_data(as_text=True)


@pytest.mark.parametrize("language", VOICED)
def test_where_somebody_stands_can_be_listened_to(visitor: Visitor, language: str) -> None:
    is_ready(visitor, language).presses("listen")
    assert (visitor.page.screen, standing(visitor)) == ("listen", "ready")
    answer = visitor.client.get(address_of(visitor))
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("audio/ogg", "no-store")
    assert 10 < seconds_of(answer.data) < 120


def test_nothing_begins_to_sound_by_itself_and_it_can_be_stopped_without_a_script(ready: Visitor) -> None:
    audio = ready.presses("listen").page.one("audio")
    assert audio.get("controls") is not None and audio.get("autoplay") is None


@pytest.mark.norm("HEA-01")
def test_it_says_what_the_screen_says(ready: Visitor, parrot: None) -> None:
    shown = ready.page.text
    said = [line for line in heard(ready.presses("listen")).splitlines() if line]
    assert len(said) > 6
    assert [line for line in said if line not in shown] == [
        "Verhuizing doorgeven",
        "Uw nummer staat op het scherm.",
        "Neem mee:",
        "Als er iets is, mailen wij u op het adres dat u gaf.",
    ]


def test_it_says_no_name_no_address_and_no_number(ready: Visitor, parrot: None) -> None:
    reference = words(ready.page.one(data_reference=""))
    said = heard(ready.presses("listen"))
    personal = [name for name, step in MOVING.journey.steps.items() if step.field in PERSONAL]
    given = [value for key, value in EXAMPLE.answers.items() if key.split(".")[-1] in personal]
    texts = [text for value in given for text in (value.values() if isinstance(value, dict) else [value])]
    assert len(texts) > 3
    assert [
        text for text in [*texts, reference] if isinstance(text, str) and len(text) > 3 and text in said
    ] == []


def test_a_telephone_number_is_said_digit_by_digit(visitor: Visitor, parrot: None) -> None:
    (uncalled,) = shortest_examples("moving", "prepared")
    visitor.arrives().speaks("en").begins("moving").fills_in(uncalled.answers).confirms()
    said = heard(visitor.presses("listen"))
    assert "1, 4, 0, 9, 9, 9" in said and "14 0999" not in said


def test_a_site_says_how_a_word_is_said(own_site: Path, make_app: Callable[..., Flask], parrot: None) -> None:
    file = own_site / "site.toml"
    file.write_text(file.read_text().replace("[spoken.nl]\n", '[spoken.nl]\n"Klaargezet" = "Klaar gezet"\n'))
    said = heard(is_ready(Visitor(make_app(site=own_site).test_client())).presses("listen"))
    assert "Klaar gezet, nog niet doorgegeven" in said


def test_what_is_discreet_says_that_others_hear_what_it_is_about(
    visitor: Visitor, clock: Clock, parrot: None
) -> None:
    example = longest_example("money")
    clock.now = datetime.combine(example.today, time(9), UTC)
    visitor.arrives().begins("money").fills_in(example.answers).confirms().presses("listen")
    assert "Zij horen ook waar uw vraag over gaat." in visitor.page.text
    assert heard(visitor).startswith("Uw vraag aan de gemeente")


# A language without a voice, and a voice that does not work


@pytest.mark.norm("VIS-13")
def test_a_language_without_a_voice_says_so_and_offers_a_person(visitor: Visitor) -> None:
    is_ready(visitor, "ar").presses("listen")
    assert standing(visitor) == "none" and not visitor.page.all("audio")
    assert visitor.presses("talk").call_state


def test_what_somebody_recorded_wins(
    own_site: Path, make_app: Callable[..., Flask], parrot: None, clock: Clock
) -> None:
    visitor = is_ready(Visitor(make_app(site=own_site).test_client())).presses("listen")
    for language in ("nl", "ar"):
        (own_site / "recordings" / language).mkdir(parents=True)
    file = own_site / "recordings/nl/ready.txt"
    file.write_text(heard(visitor).replace("veertien, nul, negen, negen, negen", "14 0999"))
    file.with_suffix(".opus").write_bytes(b"a person's voice")
    tidy_all(visitor)
    assert heard(visitor.presses("listen")) == "a person's voice"


@pytest.mark.parametrize("there", ["", "espeak-ng"])
def test_without_a_program_the_page_says_so_and_nothing_else_breaks(
    ready: Visitor, only: Path, there: str
) -> None:
    if there:
        program(only / there, "exec /bin/cat")
    ready.presses("listen")
    assert (ready.page.status, standing(ready)) == (200, "failed")
    assert ready.page.all(data_action="talk")
    assert ready.presses("back").page.screen == "prepared"


def test_a_voice_that_works_again_is_heard_at_the_next_tap(ready: Visitor, only: Path) -> None:
    assert standing(ready.presses("listen")) == "failed"
    for name in ("espeak-ng", "opusenc"):
        program(only / name, "exec /bin/cat")
    assert standing(ready.presses("listen")) == "ready"


def test_another_language_is_asked_for_with_a_tap(ready: Visitor, parrot: None) -> None:
    assert standing(ready.presses("listen").speaks("en")) == "asked"
    assert "Your number is on the screen." in heard(ready.presses("make"))


# What is kept


def tidy_all(visitor: Visitor) -> None:
    """An hour passes on the disk, and the worker tidies up."""
    house = visitor.client.application.extensions["house"]
    long_ago = real_time.time() - speech.KEPT_S - 1
    for file in (house.settings.instance / "speech").iterdir():
        os.utime(file, (long_ago, long_ago))
    tidy(house)


def test_the_same_words_are_read_once(
    ready: Visitor, new_visitor: Callable[[], Visitor], parrot: None
) -> None:
    mine, theirs = address_of(ready.presses("listen")), address_of(is_ready(new_visitor()).presses("listen"))
    assert mine == theirs


def test_after_an_hour_no_sound_is_left(ready: Visitor, parrot: None) -> None:
    address = address_of(ready.presses("listen"))
    tidy_all(ready)
    assert ready.client.get(address).status_code == 404
    assert standing(ready.goes_to(ready.page.path)) == "asked"


@pytest.mark.parametrize("name", ["0" * 64, "..%2f..%2fkiosk.db", "short"])
def test_a_name_that_nobody_was_given_is_no_sound(visitor: Visitor, name: str) -> None:
    assert visitor.client.get(f"/speech/{name}.opus").status_code == 404


def test_nothing_is_read_aloud_of_an_errand_that_goes_on(visitor: Visitor) -> None:
    visitor.arrives().begins("moving")
    where = visitor.page.path
    assert visitor.sends("/visit/1/listen").page.path == where
    assert visitor.goes_to("/visit/1/listen").page.path == where
    assert visitor.client.post("/visit/9/listen", headers=OURS).status_code == 404
