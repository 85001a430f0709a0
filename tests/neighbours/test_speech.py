"""A voice reads a text aloud, or it is said why not and whether to try again."""

import time
from pathlib import Path

import pytest

from kiosk.neighbours import speech
from kiosk.neighbours.speech import SpeechError
from tests.fixtures.voices import program, seconds_of

SENTENCE = "Uw verhuizing staat klaar. Ga nu naar balie 3, en neem uw paspoort mee."


@pytest.mark.parametrize("voice", ["nl", "en-gb"])
def test_a_sentence_is_read_in_some_seconds_of_sound(voice: str) -> None:
    sound = speech.say(SENTENCE, voice)
    assert sound[:4] == b"OggS" and b"OpusHead" in sound
    assert 3 < seconds_of(sound) < 12


def test_more_words_take_longer() -> None:
    assert seconds_of(speech.say(f"{SENTENCE} {SENTENCE}", "nl")) > 1.7 * seconds_of(
        speech.say(SENTENCE, "nl")
    )


def test_a_text_is_never_an_option_of_the_program() -> None:
    assert seconds_of(speech.say("--version", "nl")) > 0.5


def test_a_voice_that_is_not_there_is_no_sound() -> None:
    with pytest.raises(SpeechError):
        speech.say(SENTENCE, "xx")


@pytest.mark.parametrize(("there", "missing"), [((), "espeak-ng"), (("espeak-ng",), "opusenc")])
def test_a_program_that_is_not_installed_is_named(only: Path, there: tuple[str, ...], missing: str) -> None:
    for name in there:
        program(only / name, "echo sound")
    with pytest.raises(SpeechError, match=f"{missing} is not installed") as failed:
        speech.say(SENTENCE, "nl")
    assert failed.value.permanent


def test_a_program_that_hangs_is_ended(only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(only / "espeak-ng", "exec /bin/sleep 60")
    monkeypatch.setattr(speech, "TIMEOUT_S", 0.3)
    began = time.monotonic()
    with pytest.raises(SpeechError, match="did not end") as failed:
        speech.say(SENTENCE, "nl")
    assert time.monotonic() - began < 5 and not failed.value.permanent


@pytest.mark.parametrize("what", ["exit 3", "exit 0"])
def test_a_program_that_makes_nothing_has_failed(only: Path, what: str) -> None:
    program(only / "espeak-ng", what)
    with pytest.raises(SpeechError):
        speech.say(SENTENCE, "nl")


def test_a_sound_is_kept_until_its_time_is_over(tmp_path: Path) -> None:
    file = tmp_path / "speech" / "a.opus"
    speech.keep(file, b"sound")
    speech.forget(file.parent, before=file.stat().st_mtime - 1)
    assert [each.read_bytes() for each in file.parent.iterdir()] == [b"sound"]
    speech.forget(file.parent, before=file.stat().st_mtime + 1)
    assert list(file.parent.iterdir()) == []


def test_where_nothing_was_ever_read_aloud_nothing_is_forgotten(tmp_path: Path) -> None:
    speech.forget(tmp_path / "speech", before=time.time())
    assert list(tmp_path.iterdir()) == []
