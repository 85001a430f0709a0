"""The bare hub: streams of one process that pass on a number, and a POST that makes the next."""

from collections.abc import Iterator
from threading import Condition

from flask import Flask, Response

app = Flask(__name__)
changed = Condition()
number = 0


@app.get("/well")
def well() -> str:
    return ""


@app.get("/live")
def live() -> Response:
    return Response(ticks(), mimetype="text/event-stream")


def ticks() -> Iterator[str]:
    told = -1
    while True:
        with changed:
            changed.wait_for(lambda: number > told, 10)  # noqa: B023
            told = number
        yield f"id: {told}\n\n"


@app.post("/call")
def call() -> str:
    global number
    with changed:
        number += 1
        changed.notify_all()
        return str(number)
