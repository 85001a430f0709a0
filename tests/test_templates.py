"""Templates hold to the house's rules and to the code that renders them, whether or not a test shows them."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, meta, nodes

from kiosk import create_app
from kiosk.settings import TOP, Settings

FOLDER = TOP / "templates"
NAMES = sorted(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.html"))
CODE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
INLINE = {
    "style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "script": re.compile(r"\son[a-z]+\s*=|<script\b(?![^>]*\ssrc=)|javascript:", re.IGNORECASE),
}
PAINTED_BY_US = ("paper/",)
"""Paper is laid out by the worker, where no content policy holds and a logo must be given in place."""


@cache
def source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> nodes.Template:
    return Environment(extensions=["jinja2.ext.i18n"]).parse(source(name), filename=name)


def constants(*kinds: type[nodes.Node]) -> set[str]:
    """The names of templates that other templates use in these ways."""
    return {
        node.template.value
        for name in NAMES
        for node in tree(name).find_all(kinds)
        if isinstance(node.template, nodes.Const)
    }


def code() -> Iterator[ast.AST]:
    for file in (TOP / "kiosk").rglob("*.py"):
        yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


@cache
def said_in_code() -> frozenset[str]:
    """Every text and every keyword in the code: names of templates, and of what is given to them."""
    texts = {node.value for node in code() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return frozenset(texts | {node.arg for node in code() if isinstance(node, ast.keyword) and node.arg})


def bound(name: str) -> set[str]:
    """The names that a template gives to what it includes: of loops, `set`, `with` and imported macros."""
    found = {node.name for node in tree(name).find_all(nodes.Name) if node.ctx in ("store", "param")}
    return found | set(imported(name))


def imported(name: str) -> Iterator[str]:
    """The names under which a template takes macros from others."""
    for node in tree(name).find_all((nodes.FromImport, nodes.Import)):
        if isinstance(node, nodes.Import):
            yield node.target
        else:
            yield from (each if isinstance(each, str) else each[1] for each in node.names)


def used_by_code(name: str) -> bool:
    """Whether the code names this template, as a whole or with its last part filled in."""
    return bool({name, f"templates/{name}"} & said_in_code()) or any(
        re.fullmatch(pattern, name) for pattern in patterns_in_code()
    )


@cache
def patterns_in_code() -> frozenset[str]:
    """What texts with parts that are filled in may become, of those that can name a template."""
    joined = [node.values for node in code() if isinstance(node, ast.JoinedStr)]
    return frozenset("".join(map(pattern, parts)) for parts in joined if str(ends(parts)).endswith(".html"))


def ends(parts: list[ast.expr]) -> object:
    return parts[-1].value if isinstance(parts[-1], ast.Constant) else ""


def pattern(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_]+"


def offenders(rule: Callable[[str], Iterable[object]]) -> dict[str, list[object]]:
    """Template -> what breaks the rule in it."""
    found = {name: list(rule(name)) for name in NAMES}
    return {name: broken for name, broken in found.items() if broken}


@cache
def house_without_records() -> Flask:
    """The app, whose templates and routes can be read without any table."""
    site, keys = TOP / "kiosk" / "content", (("one", bytes(32)),)
    return create_app(Settings(site, "sqlite:///:memory:", "a secret for tests", keys, demo=True))


def test_templates_are_found() -> None:
    assert {"base.html", "citizen/step.html", "console/index.html"} <= set(NAMES)


def test_every_template_is_sound() -> None:
    assert [house_without_records().jinja_env.get_template(name).name for name in NAMES] == NAMES


def test_every_macro_that_is_taken_is_used() -> None:
    def unused(name: str) -> set[str]:
        return set(imported(name)) - {
            node.name for node in tree(name).find_all(nodes.Name) if node.ctx == "load"
        }

    assert offenders(unused) == {}


def test_every_macro_that_is_taken_exists() -> None:
    def missing(name: str) -> set[tuple[str, str]]:
        taken = {
            (node.template.value, each if isinstance(each, str) else each[0])
            for node in tree(name).find_all(nodes.FromImport)
            if isinstance(node.template, nodes.Const)
            for each in node.names
        }
        return taken - {(file, macro.name) for file, _ in taken for macro in tree(file).find_all(nodes.Macro)}

    assert offenders(missing) == {}


def test_templates_know_only_what_they_are_given() -> None:
    around = set().union(*map(bound, NAMES))
    given = set(house_without_records().jinja_env.globals) | said_in_code() | around | {"g", "request"}
    assert offenders(lambda name: meta.find_undeclared_variables(tree(name)) - given) == {}


def test_what_every_template_knows_is_never_given_otherwise() -> None:
    """A variable of the same name would hide it from every page that shows both."""
    calls = [node for node in code() if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    given = {each.arg for node in calls if node.func.id == "render_template" for each in node.keywords}
    known = set(house_without_records().jinja_env.globals)
    assert known & given == set()
    assert offenders(lambda name: known & bound(name)) == {}


@pytest.mark.parametrize("kind", INLINE)
def test_pages_carry_no_inline_style_or_script(kind: str) -> None:
    def inline(name: str) -> list[str]:
        return [] if name.startswith(PAINTED_BY_US) else INLINE[kind].findall(CODE.sub("", source(name)))

    assert offenders(inline) == {}


def test_what_keeps_itself_up_to_date_listens_to_the_news() -> None:
    """`static/js/live.js` tells the body; a page without it would stand still."""
    assert offenders(lambda name: re.findall(r"sse:|sse-connect|hx-ext", source(name))) == {}


@pytest.mark.norm("VIS-31")
def test_what_citizens_see_change_is_announced_by_what_stays_around_it() -> None:
    """A live region that is itself replaced is news to nobody who listens."""
    parts = [name for name in NAMES if name.startswith("citizen/_") and 'hx-swap="outerHTML"' in source(name)]
    around = [(part, name) for part in parts for name in NAMES if f'include "{part}"' in source(name)]
    live = r"(?:aria-live=\"polite\"|role=\"status\")[^>]*>\s*{%% include \"%s\" %%}"
    assert len(around) >= 6
    assert [(part, name) for part, name in around if not re.search(live % part, source(name))] == []
    assert [part for part in parts if re.search(r"aria-live|role=\"status", source(part))] == []


def test_nothing_is_let_through_unescaped() -> None:
    def unescaped(name: str) -> list[str]:
        filters = [
            node.name for node in tree(name).find_all(nodes.Filter) if node.name in ("safe", "xmlattr")
        ]
        switched = list(tree(name).find_all((nodes.MarkSafe, nodes.ScopedEvalContextModifier)))
        return filters + ["autoescape"] * len(switched)

    assert offenders(unescaped) == {}


def test_links_lead_to_routes_that_exist() -> None:
    def astray(name: str) -> set[str]:
        calls = [call for call in tree(name).find_all(nodes.Call) if isinstance(call.node, nodes.Name)]
        to = {call.args[0] for call in calls if call.node.name == "url_for"}
        return {each.value for each in to if isinstance(each, nodes.Const)} - set(
            house_without_records().view_functions
        )

    assert offenders(astray) == {}


def test_every_template_is_used() -> None:
    used = constants(nodes.Extends, nodes.Include, nodes.FromImport, nodes.Import)
    assert [name for name in NAMES if name not in used and not used_by_code(name)] == []


def test_static_files_that_templates_name_are_there() -> None:
    def missing(name: str) -> list[str]:
        named = re.findall(r"asset\('([^']+)'\)", source(name))
        return [file for file in named if not (TOP / "static" / file).is_file()]

    assert offenders(missing) == {}


@pytest.mark.parametrize("sheet", sorted((TOP / "static/css").rglob("*.css")), ids=lambda sheet: sheet.name)
def test_files_that_a_style_sheet_names_are_there(sheet: Path) -> None:
    named = re.findall(r"""url\(["']?([^"')]+)""", sheet.read_text(encoding="utf-8"))
    local = [file for file in named if not file.startswith(("data:", "#"))]
    assert [file for file in local if not (sheet.parent / file).is_file()] == []
