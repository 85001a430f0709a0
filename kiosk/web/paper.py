"""The errand on paper: as a file to take along, or out of the kiosk's printer."""

import time
from typing import get_args

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.records import prints
from kiosk.records.prints import Job
from kiosk.web import telling, visiting
from kiosk.web.errors import NoSuchPage, PaperNotReady
from kiosk.web.languages import current_language
from kiosk.web.parts import house, is_htmx
from kiosk.web.printout import Paper, payload
from kiosk.web.visiting import Taken

blueprint = Blueprint("paper", __name__)

WAIT_S = 5
"""How long a browser that asks for the file is kept waiting for the worker."""


@blueprint.get("/visit/<int(max=9999):number>/summary.pdf")
def summary(number: int) -> Response:
    """The summary as a PDF, made now by the worker. Raises `PaperNotReady` when that takes too long."""
    paper, taken = known_paper(request.args.get("paper", "a4")), visiting.taken_or_404(number)
    content = made_in_time(taken, paper)
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{filename(taken)}"'},
    )


@blueprint.post("/visit/<int(max=9999):number>/print")
def print_(number: int) -> AnyResponse | str:
    """Print the summary at this kiosk; a second tap prints nothing twice."""
    paper, taken = known_paper(request.form.get("paper", "a4")), visiting.taken_or_404(number)
    job = ask(taken, paper, "printer", request.form.get("seen"))
    if is_htmx():
        return render_template("citizen/_print.html", errand=taken.errand, job=job)
    return redirect(taken.url, 303)


@blueprint.get("/visit/<int(max=9999):number>/print")
def print_state(number: int) -> str:
    """How the print stands, as the fragment that the last screen includes."""
    errand = visiting.errand_or_404(number)
    with house.database.read() as connection:
        job = prints.of_errand(connection, errand.id)
    return render_template("citizen/_print.html", errand=errand, job=job)


def known_paper(name: str) -> str:
    """The paper of that name; raises `NoSuchPage`."""
    if name not in get_args(Paper):
        raise NoSuchPage
    return name


def filename(taken: Taken) -> str:
    """What the file is called on the citizen's own device; one that is discreet does not name its journey."""
    journey, reference = taken.errand.journey, (taken.errand.reference or "").replace(" ", "")
    return "-".join(filter(None, ("summary" if taken.discreet else journey, reference))) + ".pdf"


def ask(taken: Taken, paper: str, target: str, seen: str | None = None) -> Job:
    """A print of this errand in the language of the page; one that is under way is not begun again."""
    errand = taken.errand
    told = payload(telling.described(errand, taken.version))
    with house.database.write() as connection:
        return prints.ask(
            connection,
            errand.id,
            errand.kiosk,
            paper,
            current_language().code,
            target,
            house.clock(),
            told,
            seen,
        )


def made_in_time(taken: Taken, paper: str) -> bytes:
    """The file, once the worker has it; raises `PaperNotReady`."""
    until = time.monotonic() + WAIT_S
    with house.watcher.subscribe("prints") as news:
        job = ask(taken, paper, "file")
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
