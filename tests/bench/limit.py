"""The limit: a bare Flask page as large as a step's, with one row read and written per POST."""

import os
import sqlite3
import threading

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

app = Flask(__name__)
page = "x" * int(os.environ.get("LIMIT_BYTES", "9000"))
local = threading.local()


def database() -> sqlite3.Connection:
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(os.environ["LIMIT_FILE"], isolation_level=None, timeout=5)
        local.connection.execute("PRAGMA journal_mode=wal")
        local.connection.execute("PRAGMA synchronous=normal")
        local.connection.execute("CREATE TABLE IF NOT EXISTS row (id TEXT PRIMARY KEY, value TEXT)")
    connection: sqlite3.Connection = local.connection
    return connection


@app.get("/step")
def step() -> str:
    database().execute("SELECT value FROM row WHERE id = ?", [request.cookies.get("visit", "")]).fetchone()
    return page


@app.post("/step")
def answer() -> Response:
    connection = database()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("SELECT value FROM row WHERE id = ?", [request.cookies.get("visit", "")]).fetchone()
    connection.execute(
        "INSERT INTO row VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET value = excluded.value",
        [request.cookies.get("visit", ""), request.form["answer"]],
    )
    connection.execute("COMMIT")
    return redirect("/step", 303)
