"""Reading aloud: a text as sound under a name of its own, and the page on which it is listened to.

Nothing begins to sound by itself: others may hear it, so the citizen starts it, and what is said holds no
name, number or answer.
"""

import hmac
import logging
import re
from pathlib import Path

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from kiosk.journeys import aloud
from kiosk.neighbours import speech
from kiosk.neighbours.speech import SpeechError
from kiosk.site import Language
from kiosk.web import handing, printout, visiting
from kiosk.web.errors import NoSuchPage
from kiosk.web.languages import current_language
from kiosk.web.parts import house
from kiosk.web.visiting import Taken

blueprint = Blueprint("voice", __name__)

log = logging.getLogger(__name__)

NAME = re.compile(r"[0-9a-f]{64}")
DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that order text on a screen, and that a voice would stumble over."""


@blueprint.post("/visit/<int(max=9999):number>/listen")
def make(number: int) -> Response:
    """Have it ready to listen to, where there is a voice for it."""
    taken, spoken = visiting.taken_or_404(number), current_language()
    if taken.errand.state == "open":
        return redirect(taken.url, 303)
    try:
        speech_of(text_of(taken), spoken)
    except SpeechError as error:
        log.warning("cannot read aloud in %s: %s", spoken.code, error)
        return redirect(url_for("voice.listen", number=number, failed=1), 303)
    return redirect(url_for("voice.listen", number=number), 303)


@blueprint.get("/visit/<int(max=9999):number>/listen")
def listen(number: int) -> Response | str:
    """Where it can be listened to, stopped and heard again; else why not, and who helps."""
    taken, spoken = visiting.taken_or_404(number), current_language()
    if taken.errand.state == "open":
        return redirect(taken.url, 303)
    visiting.touch()
    text = text_of(taken)
    name = name_of(text, spoken)
    return render_template(
        "citizen/listen.html",
        errand=taken.errand,
        state=state_of(text, spoken),
        sound=url_for("voice.sound", name=name),
        discreet=taken.discreet,
    )


@blueprint.get("/speech/<name>.opus")
def sound(name: str) -> Response:
    """The sound of that name; raises `NoSuchPage` when it is not, or no longer, there."""
    if not NAME.fullmatch(name) or not file_of(name).is_file():
        raise NoSuchPage
    response = send_file(file_of(name), mimetype="audio/ogg", conditional=True)
    response.headers["Cache-Control"] = "no-store"
    return response


def text_of(taken: Taken) -> str:
    """What is read aloud of an errand, in the language of the page."""
    told = printout.tell(handing.unnamed(taken.errand, taken.version), current_language())
    return "\n\n".join(aloud.of_summary(told.summary, told.say))


def state_of(text: str, spoken: Language) -> str:
    """How a text stands with its voice: `ready`, `failed`, `none` in this language, or still to be made."""
    if file_of(name_of(text, spoken)).is_file():
        return "ready"
    if not spoken.voice and recorded(text, spoken) is None:
        return "none"
    return "failed" if "failed" in request.args else "asked"


def speech_of(text: str, spoken: Language) -> str:
    """The name under which this text can be heard in this language. Raises `SpeechError`.

    What somebody recorded wins from a voice, which is told how to say a word by `[spoken]` in `site.toml`.
    """
    name = name_of(text, spoken)
    if not file_of(name).is_file():
        speech.keep(file_of(name), recorded(text, spoken) or said(text, spoken))
    return name


def name_of(text: str, spoken: Language) -> str:
    """The name of a text in a language, which nobody can work out who does not hold our key."""
    content = f"{spoken.code} {spoken.voice} {pronounced(text, spoken)}"
    return hmac.digest(house.settings.secret_key.encode(), content.encode(), "sha256").hex()


def file_of(name: str) -> Path:
    """The file of a sound, be it there or not."""
    return house.settings.instance / speech.FOLDER / f"{name}.opus"


def recorded(text: str, spoken: Language) -> bytes | None:
    """What somebody recorded of just this text: in the site, `recordings/<language>/x.opus` beside x.txt."""
    for file in (house.site.folder / "recordings" / spoken.code).glob("*.txt"):
        if file.read_text(encoding="utf-8").split() == DIRECTION.sub("", text).split():
            return file.with_suffix(".opus").read_bytes()
    return None


def said(text: str, spoken: Language) -> bytes:
    """The text in the language's voice. Raises `SpeechError`."""
    if not spoken.voice:
        raise SpeechError("no voice for this language", permanent=True)
    return speech.say(pronounced(text, spoken), spoken.voice)


def pronounced(text: str, spoken: Language) -> str:
    """The text as it is said: the site tells how to say what is written otherwise."""
    known = house.site.spoken[spoken.code]
    longest_first = sorted(known, key=len, reverse=True)
    written = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return written.sub(lambda found: known[found[0]], DIRECTION.sub("", text))
