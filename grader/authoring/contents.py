"""One more name in course.yaml; everything else in it, comments included, stays as it is.

The text is changed in one place, which the YAML parser finds. Then it is read back: where that does
not give what it should, the file is left alone, and a message says what to write.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from grader.errors import CourseError
from grader.files import yaml_of

WIDTH = 100  # columns that a list in brackets may take before it goes on in the next line


def add_name(path: Path, unit: str, kind: str, name: str) -> str:
    """Return the text of a course.yaml with `name` as the last of a unit's `kind`.

    `kind` is exercises or quizzes. A unit that is not there yet becomes the last one.

    Raises
    ------
    CourseError
        The line would have to be written by hand.
    """
    text = _text_of(path)
    wanted = _wanted(yaml_of(text.encode()), unit, kind, name)
    try:
        changed = _changed(text, unit, kind, name)
        is_right = yaml_of(changed.encode()) == wanted
    except (yaml.YAMLError, ValueError, AttributeError, IndexError):
        is_right = False
    if not is_right:
        raise CourseError(
            "this is laid out in a way that no line can be added to",
            where=str(path),
            next=f"Write {name} among the {kind} of the unit {unit} yourself; nothing was changed.",
        )
    return changed


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:  # UTF-16, say, which YAML may be in
        raise CourseError(
            "this is not in UTF-8, so no line can be added to it",
            where=str(path),
            next="Save it in UTF-8 with your editor; nothing was changed.",
        ) from error


def rewrite(path: Path, text: str) -> None:
    """Write course.yaml again, with the ends of line that it had."""
    try:
        newline = "\r\n" if b"\r\n" in path.read_bytes() else "\n"
        path.write_text(text, "utf-8", newline=newline)
    except OSError as error:
        raise CourseError(
            f"this cannot be written: {error.strerror}",
            where=str(path),
            next="Make it writable, take away what was just written for the name, and try again.",
        ) from error


def title_of(name: str) -> str:
    """Return a name in words, as a title to begin with."""
    return name.replace("_", " ").strip().capitalize()


def _wanted(contents: dict[str, Any], unit: str, kind: str, name: str) -> dict[str, Any]:
    """Return the contents with the name added, in plain values."""
    body = contents["units"].get(unit) or _new_unit(unit)
    units = contents["units"] | {unit: body | {kind: [*body.get(kind, []), name]}}
    return contents | {"units": units}


def _new_unit(unit: str) -> dict[str, Any]:
    return {"title": title_of(unit), "exercises": []}


def _changed(text: str, unit: str, kind: str, name: str) -> str:
    units = _value(yaml.compose(text, Loader=yaml.SafeLoader), "units")
    body = _value(units, unit)
    if body is None:
        return _with_entry(text, units, unit, _new_unit(unit) | {kind: [name]})
    names = _value(body, kind)
    if names is None:
        return _with_entry(text, body, kind, [name])
    return _with_item(text, names, name)


def _value(mapping: Any, key: str) -> Any:
    """Return the node of a key's value, or None where the mapping has no such key."""
    return next((value for word, value in mapping.value if word.value == key), None)


def _with_item(text: str, names: yaml.SequenceNode, name: str) -> str:
    """Return the text with one more item in a list."""
    if not names.flow_style:
        return _with_line(text, names, f"- {_inline(name)}")
    place = _end(names)
    if not names.value:
        return text[:place] + _inline(name) + text[place:]
    begin = text.rfind("\n", 0, place) + 1
    if place - begin + len(f", {name}]") <= WIDTH:
        return text[:place] + f", {_inline(name)}" + text[place:]
    beside = next(node for node in names.value if node.start_mark.index >= begin)
    return text[:place] + f",\n{' ' * beside.start_mark.column}{_inline(name)}" + text[place:]


def _with_entry(text: str, mapping: yaml.MappingNode, key: str, value: Any) -> str:
    """Return the text with one more key in a mapping."""
    if mapping.flow_style:
        place, comma = _end(mapping), ", " if mapping.value else ""
        return text[:place] + f"{comma}{_inline(key)}: {_inline(value)}" + text[place:]
    if not isinstance(value, dict):
        return _with_line(text, mapping, f"{_inline(key)}: {_inline(value)}")
    inner = [f"  {_inline(word)}: {_inline(item)}" for word, item in value.items()]
    return _with_line(text, mapping, f"{_inline(key)}:", *inner)


def _with_line(text: str, collection: yaml.CollectionNode, *lines: str) -> str:
    """Return the text with lines below the last one of a collection, indented as it is."""
    place = text.find("\n", _end(collection))
    place = len(text) if place < 0 else place
    margin = "\n" + " " * collection.start_mark.column
    return text[:place] + "".join(margin + line for line in lines) + text[place:]


def _end(node: yaml.Node) -> int:
    """Return where the last thing in a node ends; a block's own mark is behind what follows it."""
    if isinstance(node, yaml.ScalarNode):
        return int(node.end_mark.index)
    if not node.value:
        return int(node.start_mark.index) + 1
    last = node.value[-1]
    last = last[1] if isinstance(last, tuple) else last
    is_closed = isinstance(last, yaml.CollectionNode) and last.flow_style
    return int(last.end_mark.index) if is_closed else _end(last)


def _inline(value: Any) -> str:
    """Return a value as YAML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_inline(k)}: {_inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return str(value) if yaml.safe_load(value) == value else json.dumps(value)
