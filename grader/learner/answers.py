"""Messages from the learner's side become records, or are recognised as none."""

from __future__ import annotations

from typing import Any

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
)

NONSENSE = Stopped(Outcome.CRASHED, "what came back was not an answer")


def kind_of(message: Any) -> str:
    """Return the kind of a message, or nothing where it is no message at all."""
    kind = message.get("kind") if isinstance(message, dict) else None
    return kind if isinstance(kind, str) else ""


def read_answer(message: Any, function: str = "") -> Answer:
    """Return the record that a message spells; `function` is the one that was called."""
    if isinstance(message, Stopped):
        return message
    if not kind_of(message):
        return NONSENSE
    match message:
        case {"kind": "returned", "value": value, "args": tuple(args), "kwargs": dict(kwargs)}:
            return Returned(value, Inputs(args, kwargs))
        case {"kind": "unusable", "description": str(description)}:
            return Unusable(description)
        case {"kind": "missing", "defined": list(defined)}:
            return Missing(function, tuple(name for name in defined if isinstance(name, str)))
        case {
            "kind": "raised",
            "type": str(name),
            "types": list(types),
            "message": str(text),
            "frames": list(frames),
            "column": column,
        }:
            places = tuple(frame for frame in map(_frame, frames) if frame)
            kinds = tuple(kind for kind in types if isinstance(kind, str))
            return Raised(name, kinds, text, places, column if isinstance(column, int) else None)
    return NONSENSE


def _frame(spelled: Any) -> Frame | None:
    match spelled:
        case (str(path), int(line), str(function)):
            return Frame(path, line, function)
    return None
