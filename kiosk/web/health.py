"""Whether this installation is well: for a proxy, a watchdog, and whoever starts it."""

from datetime import timedelta

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from kiosk.records import database
from kiosk.web.parts import house

blueprint = Blueprint("health", __name__)

WORKER_SILENT = timedelta(seconds=30)


@blueprint.get("/health")
def health() -> tuple[Response, int]:
    """200 when database and worker are well, else 503, with what is wrong."""
    trouble = house.database.check()
    worker = "unknown" if trouble else worker_state()
    good = not trouble and worker == "ok"
    return jsonify(ok=good, database=trouble or "ok", worker=worker), 200 if good else 503


def worker_state() -> str:
    """`ok`, or what is wrong with the background worker."""
    with house.database.read() as connection:
        beat = database.last_beat(connection)
    if beat is None:
        return "never seen"
    return "ok" if house.clock() - beat < WORKER_SILENT else "silent"
