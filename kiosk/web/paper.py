"""The errand on paper: as a file to take along, or out of the kiosk's printer."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from flask import Blueprint, Response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from kiosk.journeys import screens
from kiosk.journeys.wording import words
from kiosk.records import prints, visits
from kiosk.records.prints import Job
from kiosk.web import printout, telling, turns, visiting
from kiosk.web.errors import NoSuchPage, PaperNotReady
from kiosk.web.languages import current_language
from kiosk.web.parts import house, is_htmx
from kiosk.web.visiting import Taken

blueprint = Blueprint("paper", __name__)

WAIT_S = 5
"""How long a browser that asks for the file is kept waiting for the worker."""


@dataclass(frozen=True)
class Wish:
    """What a citizen wants on paper: which paper, which answers, and all that they came for or this alone."""

    paper: str
    answers: str
    together: bool

    def asked(self, **changes: Any) -> dict[str, str]:
        """The same as it is asked for in an address or a form, but for these changes and the paper."""
        wish = replace(self, **changes)
        return {"answers": wish.answers, **({"together": "yes"} if wish.together else {})}


@blueprint.get("/visit/<int(max=9999):number>/summary.pdf")
def summary(number: int) -> Response:
    """The summary as a PDF, made now by the worker. Raises `PaperNotReady` when that takes too long."""
    wish, taken = wished(request.args), visiting.taken_or_404(number)
    content = made_in_time(taken, wish)
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{filename(taken, wish)}"'},
    )


@blueprint.get("/visit/<int(max=9999):number>/summary")
def shown(number: int) -> AnyResponse | str:
    """What will be on the paper of an errand that has ended, and what the citizen may have on it."""
    wish, taken = wished(request.args), visiting.taken_or_404(number)
    if taken.errand.state == "open":
        return redirect(taken.url, 303)
    visiting.touch()
    with house.database.read() as connection:
        job = prints.of_errand(connection, taken.errand.id)
    spoken, whole = current_language().tag, replace(wish, answers="all")
    accounts = [printout.account(each, spoken) for each in errands_of(taken, wish)]
    rows = [row for each in errands_of(taken, whole) for row in printout.account(each, spoken).summary.rows]
    return render_template(
        "citizen/summary.html",
        errand=taken.errand,
        job=job,
        wish=wish,
        accounts=accounts,
        told=accounts[0].told,
        answers=answers_offered(rows),
        more=others(taken),
        several=printout.SEVERAL,
        words=words,
    )


def answers_offered(rows: Iterable[screens.Row]) -> dict[str, str]:
    """Which of these answers may be on paper; nothing where none is ever printed."""
    printable = [row for row in rows if row.paper]
    found = {"none": gettext("Geen antwoorden"), "plain": gettext("Uw antwoorden")} if printable else {}
    named = {"all": gettext("Ook namen en nummers")} if any(row.personal for row in printable) else {}
    return {**found, **named}


@blueprint.post("/visit/<int(max=9999):number>/print")
def print_(number: int) -> AnyResponse | str:
    """Print the summary at this kiosk; a second tap prints nothing twice."""
    wish, taken = wished(request.form), visiting.taken_or_404(number)
    job = ask(taken, wish, "printer", request.form.get("seen"))
    if is_htmx():
        return render_template("citizen/_print.html", errand=taken.errand, job=job, wish=wish)
    return redirect(taken.url, 303)


@blueprint.get("/visit/<int(max=9999):number>/print")
def print_state(number: int) -> str:
    """How the print stands, as the fragment that the last screen includes."""
    wish, errand = wished(request.args), visiting.errand_or_404(number)
    with house.database.read() as connection:
        job = prints.of_errand(connection, errand.id)
    return render_template("citizen/_print.html", errand=errand, job=job, wish=wish)


def wished(form: Mapping[str, str]) -> Wish:
    """What was asked for, without names and numbers unless they were; raises `NoSuchPage`."""
    together = form.get("together") == "yes"
    wish = Wish(form.get("paper", "a4"), form.get("answers", "plain"), together)
    if wish.paper not in get_args(printout.Paper) or wish.answers not in printout.TOLD:
        raise NoSuchPage
    return wish


def filename(taken: Taken, wish: Wish) -> str:
    """What the file is called on the citizen's own device; one that is discreet does not name its journey."""
    neutral, reference = taken.discreet or wish.together, (taken.errand.reference or "").replace(" ", "")
    return "-".join(filter(None, ("summary" if neutral else taken.errand.journey, reference))) + ".pdf"


def errands_of(taken: Taken, wish: Wish) -> list[screens.Taken]:
    """What is told on the paper: this errand and, where that was asked for, what else was finished."""
    both = [taken, *(others(taken) if wish.together else ())]
    told = (telling.described(each.errand, each.version) for each in both)
    return [printout.with_answers(each, wish.answers) for each in told]


def others(taken: Taken) -> list[Taken]:
    """What else this visit finished that may share its paper; what is discreet never does."""
    if taken.discreet:
        return []
    with house.database.read() as connection:
        errands = visits.errands(connection, taken.errand.visit or "")
    ended = [each for each in errands if each.state != "open" and each.number != taken.errand.number]
    return [each for each in map(visiting.taken, ended) if not each.discreet]


def ask(taken: Taken, wish: Wish, target: str, seen: str | None = None) -> Job:
    """A print of this errand in the language of the page; one that is under way is not begun again."""
    errand = taken.errand
    told = printout.payload(*errands_of(taken, wish))
    with house.database.write() as connection:
        return prints.ask(
            connection,
            errand.id,
            errand.kiosk,
            wish.paper,
            current_language().tag,
            target,
            house.clock(),
            told,
            seen,
        )


def made_in_time(taken: Taken, wish: Wish) -> bytes:
    """The file, once the worker has it; raises `PaperNotReady`."""
    until = time.monotonic() + WAIT_S
    with house.watcher.subscribe("prints") as news:
        job = ask(taken, wish, "file")
        turns.stand_aside(request.environ)
        while (left := until - time.monotonic()) > 0:
            if content := fetch(job.id):
                return content
            news.wait(left)
    raise PaperNotReady


def fetch(job_id: str) -> bytes | None:
    """The file when it is ready; it is given once and not kept. Raises `PaperNotReady` when it failed."""
    with house.database.read() as connection:
        job = prints.job(connection, job_id)
        content = prints.pdf(connection, job_id)
    if job is None or job.state == "failed":
        raise PaperNotReady
    if job.state != "ready":
        return None
    with house.database.write() as connection:
        prints.drop_pdf(connection, job_id)
    return content
