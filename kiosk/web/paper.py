"""The errand on paper: as a file to take along, or out of the kiosk's printer."""

import time
from typing import get_args

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.records import prints
from kiosk.records.prints import Job
from kiosk.records.visits import Errand
from kiosk.web import telling, visiting
from kiosk.web.errors import NoSuchPage, PaperNotReady
from kiosk.web.languages import current_language
from kiosk.web.parts import house, is_htmx
from kiosk.web.printout import Paper, payload

blueprint = Blueprint("paper", __name__)

WAIT_S = 5
"""How long a browser that asks for the file is kept waiting for the worker."""


@blueprint.get("/visit/<int(max=9999):number>/summary.pdf")
def summary(number: int) -> Response:
    """The summary as a PDF, made now by the worker. Raises `PaperNotReady` when that takes too long."""
    paper, errand = known_paper(request.args.get("paper", "a4")), visiting.errand_or_404(number)
    content = made_in_time(errand, paper)
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{filename(errand)}"'},
    )


@blueprint.post("/visit/<int(max=9999):number>/print")
def print_(number: int) -> AnyResponse | str:
    """Print the summary at this kiosk; a second tap prints nothing twice."""
    paper, errand = known_paper(request.form.get("paper", "a4")), visiting.errand_or_404(number)
    job = ask(errand, paper, "printer")
    if is_htmx():
        return render_template("citizen/_print.html", errand=errand, job=job)
    return redirect(
        url_for("citizen.visit") if errand.state == "open" else url_for("ending.done", number=number), 303
    )


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


def filename(errand: Errand) -> str:
    """What the file is called on the citizen's own device: the journey and the reference."""
    return (
        "-".join(part for part in (errand.journey, (errand.reference or "").replace(" ", "")) if part)
        + ".pdf"
    )


def ask(errand: Errand, paper: str, target: str) -> Job:
    """A print of this errand in the language of the page; one that is under way is not begun again."""
    desk = visiting.known_kiosk(errand.kiosk).desk
    with house.database.write() as connection:
        return prints.ask(
            connection,
            errand.id,
            errand.kiosk,
            paper,
            current_language().code,
            target,
            house.clock(),
            payload(errand, desk, telling.confirmed_on(errand)),
        )


def made_in_time(errand: Errand, paper: str) -> bytes:
    """The file, once the worker has it; raises `PaperNotReady`."""
    until = time.monotonic() + WAIT_S
    with house.watcher.subscribe("prints") as news:
        job = ask(errand, paper, "file")
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
