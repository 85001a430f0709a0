"""How many steps a second beside a bare page as large, what they weigh, and what a first load is."""

import gzip
import tempfile
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.bench import paper
from tests.bench.driver import Browser, Figures, load
from tests.bench.servers import bare, house
from tests.bench.walks import bare_walk, walk_of
from tests.fixtures.pages import resources_of
from tests.fixtures.servers import Server

ROUNDS = 5
GOALS = {
    "share of the limit": 0.60,
    "p50 alone, ms": 3.0,
    "memory, MiB": 300.0,
    "first load, kB": 60.0,
}


def figures() -> dict[str, float]:
    """Each figure by its name."""
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as server:
        walk, size = walk_of("moving", server.port)
        with bare(
            "tests.bench.limit:app", "/step", LIMIT_BYTES=str(size), LIMIT_FILE=f"{folder}/limit.db"
        ) as limit:
            found = compare(server.port, walk, limit)
        found |= paper.burden(server.port, walk)
        found["memory, MiB"] = memory_mib(server.process.pid)
        found["first load, kB"] = first_load_kb(server)
    return found


def compare(port: int, walk: Callable[[Browser], None], limit_port: int) -> dict[str, float]:
    """Both sides in turn, alone and sixteen at once; gives the median of the ratios."""
    shares, alone = [], []
    load(port, walk, at_once=4, walks=2)
    load(limit_port, bare_walk, at_once=4, walks=2)
    for number in range(ROUNDS):
        one, many = load(port, walk, at_once=1, walks=4), load(port, walk, at_once=16, walks=4)
        bare_one, bare = (
            load(limit_port, bare_walk, at_once=1, walks=4),
            load(limit_port, bare_walk, at_once=16, walks=6),
        )
        show(number, one, many, bare_one, bare)
        shares.append(many.per_second / bare.per_second)
        alone.append(one.percentile(0.5))
    return {"share of the limit": median(shares), "p50 alone, ms": median(alone)}


def show(number: int, one: Figures, many: Figures, bare_one: Figures, bare: Figures) -> None:
    """Print one round."""
    print(f"round {number + 1}")
    for name, side in (("house 1", one), ("limit 1", bare_one), ("house 16", many), ("limit 16", bare)):
        print(f"  {name:10} {side}")


def memory_mib(pid: int) -> float:
    """The sum of the PSS of a process and all it started, in MiB."""
    return sum(pss_kib(each) for each in family(pid)) / 1024


def family(pid: int) -> list[int]:
    """The process and all its descendants."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def pss_kib(pid: int) -> int:
    """The proportional set size of one process."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def first_load_kb(server: Server) -> float:
    """Gzipped kilobytes of the start screen and all it loads but fonts."""

    def size(path: str) -> tuple[int, str]:
        with urllib.request.urlopen(server.url + path) as answer:
            body = answer.read()
        return len(gzip.compress(body, 6)), body.decode("utf-8", "replace")

    total, html = size("/")
    return (
        total
        + sum(size(path)[0] for path in resources_of(html) if not path.partition("?")[0].endswith("woff2"))
    ) / 1000
