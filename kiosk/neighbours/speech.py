"""A voice that reads aloud: text in, Ogg Opus out, by the programs espeak-ng and opusenc."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from secrets import token_hex

VOICE, SHRINK = "espeak-ng", "opusenc"
WORDS_A_MINUTE = 130
"""Near the 125 at which voting machines begin (VVSG 2.0, 7.1-K)."""
TIMEOUT_S = 10
"""Each program takes a fraction of a second, on a busy machine some; what hangs is ended."""
FOLDER, KEPT_S = "speech", 3600
"""Where in the instance folder sounds are kept, and for how long: they say nothing of a person."""
LONGEST = 5_000
"""Signs: some five minutes of speech, far more than any screen says."""


class SpeechError(Exception):
    """It cannot be read aloud; `permanent` when another try would not help."""

    def __init__(self, what: str, permanent: bool = False) -> None:
        super().__init__(what)
        self.permanent = permanent


def say(text: str, voice: str) -> bytes:
    """The text as sound, in this voice of espeak-ng. Raises `SpeechError`."""
    speed = str(WORDS_A_MINUTE)
    spoken = _run(
        [VOICE, "-v", voice, "-s", speed, "-b", "1", "--stdin", "--stdout"], text[:LONGEST].encode()
    )
    # espeak-ng writes the head of its file before it knows how long the sound is.
    plain = ["--quiet", "--ignorelength", "--speech", "--comp", "5", "--bitrate", "24"]
    return _run([SHRINK, *plain, "-", "-"], spoken)


def _run(command: Sequence[str], given: bytes) -> bytes:
    """What the program makes of what it is given."""
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=True, timeout=TIMEOUT_S)
    except FileNotFoundError:
        raise SpeechError(f"{command[0]} is not installed", permanent=True) from None
    except subprocess.TimeoutExpired:
        raise SpeechError(f"{command[0]} did not end within {TIMEOUT_S} s") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        raise SpeechError(f"{command[0]} ended with {error.returncode}: {said}") from None
    except OSError as error:
        raise SpeechError(f"{command[0]}: {error.strerror}") from None
    if not done.stdout:
        raise SpeechError(f"{command[0]} made nothing")
    return done.stdout


def keep(file: Path, content: bytes) -> None:
    """Put a sound there whole: nobody ever finds half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    written = file.with_suffix(f".{token_hex(4)}")
    written.write_bytes(content)
    written.replace(file)


def forget(folder: Path, before: float) -> None:
    """Delete the sounds that were made before this moment, in seconds since 1970."""
    for file in folder.glob("*"):
        if file.stat().st_mtime < before:
            file.unlink(missing_ok=True)
