"""What is measured and what it is measured against, under the server of `./dev serve` and its options."""

import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from kiosk import TOP
from kiosk.serving import commands
from tests.bench.walks import walked
from tests.fixtures.servers import Server, environment_for, free_port, prepare, start


@contextmanager
def house(folder: Path, database_url: str = "") -> Iterator[Server]:
    """The house as `./dev run` starts it, with its clock on the day of the example that is walked."""
    now = datetime.combine(walked("moving").today, datetime.min.time()).replace(hour=9)
    url = database_url or f"sqlite:///{folder}/kiosk.db"
    environment = environment_for(folder, url, KIOSK_NOW=f"{now.isoformat()}+00:00")
    prepare(environment)
    server = start(environment)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def bare(app: str, path: str, workers: int = 2, **settings: str) -> Iterator[int]:
    """A bare app under the same server with the same options; gives its port once this path answers."""
    port = free_port()
    web = [app if word == "wsgi:app" else word for word in commands(port)[0]]
    process = subprocess.Popen([*web, "--workers", str(workers)], cwd=TOP, env=os.environ | settings)
    try:
        wait_for(f"http://127.0.0.1:{port}{path}")
        yield port
    finally:
        process.terminate()
        process.wait(10)


def wait_for(url: str) -> None:
    """Until this address answers, for 20 seconds at most."""
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")
