"""Reads messages from the learner's side into records, and recognises what is no message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from grader.errors import in_one_line
from grader.learner import wire
from grader.records import (
    Answer,
    Frame,
    Inputs,
    Missing,
    Outcome,
    Raised,
    Returned,
    Stopped,
    Unusable,
    Value,
)

NONSENSE = Stopped(Outcome.CRASHED, "what came back was not an answer")
# The learner's side keeps to these by itself; one that was taken over does not.
MAX_TEXT = 2000
MAX_NAME = 200
MAX_PARTS = 20
MAX_VALUES = 10_000  # of an answer, with what is left of the arguments
PART = 4096  # bytes that a part of an answer counts as: looking at it takes as long
_NESTS = (list, tuple, set, frozenset)
MAX_CHARACTERS = 100_000  # of all text and bytes in those together


def kind_of(message: Any) -> str:
    """Return the kind of a message, or nothing where it is no message at all."""
    kind = message.get("kind") if isinstance(message, dict) else None
    return kind if isinstance(kind, str) else ""


def read_answer(message: Any, function: str = "", lines: Mapping[str, int] | None = None) -> Answer:
    """Return the record that a message spells; `function` is the one that was called.

    `lines` are how many there are in each file that was handed over: of an exception, only places
    in these are believed. Names are one line each, whatever they are.
    """
    if isinstance(message, Stopped):
        return message
    if not kind_of(message):
        return NONSENSE
    match message:
        case {"kind": "returned", "value": value, "args": tuple(args), "kwargs": dict(kwargs)}:
            if too_many := _too_many((value, args, kwargs)):
                return Unusable(f"a value, or arguments, of more than {too_many}")
            return Returned(value, Inputs(args, kwargs))
        case {"kind": "unusable", "description": str(description)}:
            return Unusable(description if _CANNOT.fullmatch(description) else _NO_NAME)
        case {"kind": "missing", "defined": list(defined)}:
            return Missing(function, _names(defined))
        case {
            "kind": "raised",
            "type": str(name),
            "types": list(types),
            "message": str(text),
            "frames": list(frames),
            "column": column,
            "asked": asked,
        }:
            found = (_frame(frame, lines or {}) for frame in frames[:MAX_PARTS])
            places = tuple(frame for frame in found if frame)
            own = next(iter(_names([name])), "Exception")
            column = column if isinstance(column, int) else None
            refused = _describe_request(asked)
            return Raised(own, _names(types), text[:MAX_TEXT], places, column, refused)
    return NONSENSE


def within(room: int, answer: Answer) -> Answer:
    """Return an answer, or that it is larger than there is room for."""
    if not room or not isinstance(answer, Returned):
        return answer
    value, after = answer
    if size_of((value, *after.args, after.kwargs)) <= room:
        return answer
    if size_of(value) <= room:
        what = "made of its arguments something"
    elif shape := getattr(value, "shape", None):
        what = f"returned an array of shape {shape},"
    else:
        what = f"returned a {type(value).__name__}"
    return Unusable(what, too_large=True)


def size_of(value: Value) -> int:
    """Return the bytes of all arrays in a nest; each part of it counts as some more."""
    items = [*value, *value.values()] if isinstance(value, dict) else value
    if isinstance(items, _NESTS):
        return PART + sum(map(size_of, items))
    size: int = getattr(value, "nbytes", 0)
    return PART + size


# What `wire` says of a value that cannot cross. It is said over there, so nothing else is believed.
_KIND = r"an? [^\W\d]\w{0,59}(?: \(make a list of it: `list\(\.\.\.\)`\))?"
_CANNOT = re.compile(
    rf"{_KIND}|a dict or a set with {_KIND} in the place of a key"
    r"|an integer of more than [\d,]{1,20} bits|dicts and sets of more than [\d,]{1,20} entries"
    r"|an array of [\w<>|=\[\]]{1,40}|an array of shape \([\d, ]{1,400}\), larger than allowed"
    r"|a value (?:larger than allowed|nested too deeply, or with too many parts)"
    r"|the value has too many parts|the frame is larger than allowed"
)
_NO_NAME = "a value whose type has no name that can be said"
# What the audit events of Python stand for, by how their names begin; the first that fits.
_REQUESTS = {
    "open": "opening a file",
    "socket.": "opening a network connection",
    "subprocess.": "starting another program",
    "os.exec": "starting another program",
    "os.fork": "starting another process",
    "os.posix_spawn": "starting another program",
    "os.system": "starting another program",
    "os.kill": "sending a signal to a process",
    "os.listdir": "listing a folder",
    "os.scandir": "listing a folder",
    "mmap.": "sharing memory",
    "pty.": "starting another process",
    "os.": "changing the system or its files",
    "ctypes.": "loading a library",
}


def _describe_request(asked: Any) -> str:
    """Return in words what the system refused; nothing where it refused nothing."""
    match asked:
        case [str(event), str(about)]:
            known = (words for start, words in _REQUESTS.items() if event.startswith(start))
            words = next(known, "what it asked of the system")
            return f"{words} ({in_one_line(about[:MAX_NAME])})" if about else words
    return ""


# What `faulthandler` writes of a call, the innermost first.
_DUMPED = re.compile(rb'^  File "([^"\n]{1,500})", line (\d{1,7}) in ([^\n]{1,200})$', re.MULTILINE)


def read_place(dumped: bytes, paths: Iterable[str]) -> tuple[Frame, ...]:
    """Return the calls in the learner's own files at `paths` that a dump names, innermost last.

    Whoever wrote it, it is believed no further than that.
    """
    own = {path.encode("ascii", "backslashreplace"): path for path in paths}
    frames = [
        Frame(own[path], int(line), _function(name.decode("ascii", "replace")))
        for path, line, name in _DUMPED.findall(dumped)
        if path in own
    ]
    return tuple(reversed(frames[:MAX_PARTS]))


def _frame(spelled: Any, lines: Mapping[str, int]) -> Frame | None:
    match spelled:
        case (str(path), int(line), str(function)) if 0 < line <= lines.get(path, 0):
            return Frame(path, line, _function(function))
    return None


def _function(name: str) -> str:
    """Return what Python calls a function, a word such as <lambda>, or nothing; else `?`."""
    bare = name[1:-1] if name[:1] + name[-1:] == "<>" else name
    return name if not name or _names([bare]) else "?"


def excess_of(inputs: Inputs, wanted: Answer) -> str:
    """Say of what a call and its right answer have more than may come back from a call."""
    return _too_many(inputs) or (_too_many(wanted) if isinstance(wanted, Returned) else "")


def _too_many(value: Any) -> str:
    """Say of what a value has more than can be compared at once, as no right one has."""
    waiting, count, characters, size = [value], 0, 0, 0
    while waiting and count <= MAX_VALUES and characters <= MAX_CHARACTERS:
        item = waiting.pop()
        if isinstance(item, (str, bytes)):
            characters += len(item)
        elif isinstance(item, (dict, list, tuple, set, frozenset)):
            count += len(item)
            waiting += [*item, *item.values()] if isinstance(item, dict) else item
        else:
            size += getattr(item, "nbytes", 0)
    if characters > MAX_CHARACTERS:
        return f"{MAX_CHARACTERS:,} characters of text"
    if count > MAX_VALUES:
        return f"{MAX_VALUES:,} parts"
    return f"{wire.MAX_ANSWER:,} bytes of arrays" if size > wire.MAX_ANSWER else ""


def _names(spelled: list[Any]) -> tuple[str, ...]:
    """Return those that are names in Python: whoever makes up another one would speak by it."""
    names = (name for name in spelled[:MAX_PARTS] if isinstance(name, str))
    return tuple(name for name in names if len(name) <= MAX_NAME and name.isidentifier())
