"""YAML whose every value knows its line, and problems put in the words of the people who write it."""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, cast

import yaml
from pydantic import BaseModel

from kiosk.journeys import model, pieces
from kiosk.journeys.pieces import Path

Place = tuple[int, int]
_DEEPEST = 40


class Fault(NamedTuple):
    """What is wrong at a path of the file, and what to do about it; a warning is advice."""

    path: Path
    what: str
    todo: str
    warning: bool = False


class Unreadable(Exception):
    """Text that is no plain YAML."""

    def __init__(self, place: Place, what: str, todo: str) -> None:
        super().__init__(what)
        self.place, self.fault = place, Fault((), what, todo)


@dataclass(frozen=True)
class Located:
    """Plain data with the place (line, column) of every value and of every key."""

    data: Any
    places: Mapping[Path, Place]
    keys: Mapping[Path, Place]

    def place(self, path: Path) -> Place:
        """The place of a path's deepest part in the file; what is not there is passed over."""
        known: Path = ()
        for part in path:
            known = (*known, part) if (*known, part) in self.places else known
        named = path[-1:] == known[-1:] and known in self.keys
        return self.keys[known] if named else self.places[known]

    def step(self, path: Path) -> str:
        """The name of the step, else of the part, that a path lies in; "journey" outside them."""
        name, value = "journey", self.data
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                break
            if isinstance(value, dict):
                name = str(value.get("step") or value.get("part") or name)
        return name


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2 scalars only: `no`, dates and 12:30 stay text."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


_SCALARS: tuple[tuple[str, str | None, list[str], Callable[[str], Any]], ...] = (
    ("null", r"null|~|", ["n", "~", ""], lambda _: None),
    ("bool", r"true|false", ["t", "f"], lambda text: text == "true"),
    ("int", r"-?(0|[1-9][0-9]*)", list("-0123456789"), int),
    ("float", r"-?(0|[1-9][0-9]*)\.[0-9]+", list("-0123456789"), float),
    ("str", None, [], str),
)
for _tag, _form, _first, _ in _SCALARS:
    if _form is not None:
        _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^({_form})$"), _first)
_VALUE = {f"tag:yaml.org,2002:{tag}": value for tag, _, _, value in _SCALARS}


def read(text: str) -> Located:
    """The data of YAML text with its places; raises Unreadable."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = f"this is not YAML ({error.problem or error.context})"
        raise Unreadable(
            place, what, "look at the indentation, the quotes and the colons near here"
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable((1, 1), f"this is not YAML ({error})", "save the file as plain UTF-8 text") from None
    if root is None:
        raise Unreadable((1, 1), "the file is empty", 'begin with "journey:" and its name')
    reader = _Reader()
    return Located(reader.value(root, ()), reader.places, reader.keys)


class _Reader:
    """Turns YAML nodes into plain data and notes where each stands."""

    def __init__(self) -> None:
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.places[path] = _place(node)
        if id(node) in self._seen or len(path) > _DEEPEST:
            raise Unreadable(_place(node), "this refers to another place in the file", "write it out in full")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, number)) for number, item in enumerate(node.value)]
        if node.tag not in _VALUE:
            raise Unreadable(
                _place(node),
                f'"{node.tag.replace("tag:yaml.org,2002:", "!!")}" means nothing here',
                "leave out the exclamation mark",
            )
        return _VALUE[node.tag](node.value)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            where = (*path, key)
            if key in found:
                first = self.keys[where][0]
                raise Unreadable(
                    _place(key_node),
                    f'"{key}" stands here twice (first on line {first})',
                    "leave out one of the two",
                )
            self.keys[where] = _place(key_node)
            found[key] = self.value(value_node, where)
        return found


def _place(node: yaml.Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


_KNOWN_KEYS = sorted(
    {
        field.alias or name
        for kind in (*vars(model).values(), *vars(pieces).values())
        if isinstance(kind, type) and issubclass(kind, BaseModel)
        for name, field in kind.model_fields.items()
    }
)

_EXPLAINED = {
    "string_type": ("this must be text", "put it between quotes"),
    "string_too_short": ("this text is empty", "write the text, or leave out the key"),
    "string_too_long": ("this is too long", "use at most 40 signs"),
    "string_pattern_mismatch": (
        "this is not a name",
        "use small letters, digits and underscores, and begin with a letter",
    ),
    "int_type": ("this must be a whole number", "write it in digits"),
    "int_parsing": ("this must be a whole number", "write it in digits"),
    "bool_type": ("this must be true or false", "write true or false"),
    "bool_parsing": ("this must be true or false", "write true or false"),
    "tuple_type": ("this must be a list", "begin each item with a dash"),
    "list_type": ("this must be a list", "begin each item with a dash"),
    "dict_type": ("this must be a group of keys", 'write lines of the form "key: value"'),
    "model_type": ("this must be a group of keys", 'write lines of the form "key: value"'),
}


def explained(details: Mapping[str, Any]) -> Fault:
    """A validation error of pydantic in plain words."""
    path, kind, context = details["loc"], details["type"], details.get("ctx", {})
    if kind == "missing":
        return Fault(path[:-1], f'"{path[-1]}" is missing', f'add a line "{path[-1]}: ..."')
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(path[-1]), _KNOWN_KEYS, 1)
        todo = f'did you mean "{near[0]}"?' if near else "leave it out, or look at the list of keys"
        return Fault(path, f'the key "{path[-1]}" is not known here', todo)
    if kind == "literal_error":
        return Fault(path, f'"{details["input"]}" is not possible here', f"choose {context['expected']}")
    if kind == "greater_than_equal":
        return Fault(path, "this number is too low", f"use {context['ge']} or more")
    if kind == "less_than_equal":
        return Fault(path, "this number is too high", f"use {context['le']} or less")
    if kind == "value_error":
        what, _, todo = str(context["error"]).partition(": ")
        return Fault(path, what, todo or "correct it")
    return Fault(path, *_EXPLAINED.get(kind, (cast("str", details["msg"]), "correct it")))
