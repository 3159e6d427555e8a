"""What a key has to look like before anything is made of it."""

from __future__ import annotations

import json
import math
import sys
from typing import Any

from grader.course.seed import MAX_SEED
from grader.errors import in_one_line
from grader.exercise.definition import MAX_POINTS
from grader.exercise.pictures import MAX_PICTURES
from grader.exercise.unwritten import LONGEST_STUB
from grader.records import Inputs, Raised, ResultOf
from grader.syntax import tree_of

MAX_NAME = 200  # characters: others that may be meant are compared with a name letter by letter
MAX_NAMED = 1_000  # methods, and arguments that are functions: all cross the border
MAX_VALUES = 10_000  # that a generator is asked for, and places of an argument
_MOST_BYTES = 2**40  # of a limit of memory
MAX_SEEDS = 100  # draws that a release keeps of an exercise
# Of each: every function is held against every other, and every picture takes reading its file.
MOST = {"pictures": MAX_PICTURES, "functions": 100, "cases": 2_000}


def require_key(contents: Any) -> dict[str, Any]:
    """Return what a key says of its exercise, if every part of it is there and of its type.

    Raises
    ------
    ValueError
        It names the part that is not.
    """
    for name, form in _KEY.items():
        if not isinstance(contents, dict) or not fits(contents.get(name, {}), form):
            raise ValueError(f"its part {name!r} is not what it should be")
    json.dumps(contents, ensure_ascii=False).encode()  # half a character is none
    for name, most in MOST.items():
        if len(contents[name]) > most:
            raise ValueError(f"it has more than {most} {name}")
    manners = [function.get("manner", {}) for function in contents["functions"]]
    named = ("methods", "functions")
    if sum(len(each.get(kind, ())) for each in manners for kind in named) > MAX_NAMED:
        raise ValueError(f"it has more than {MAX_NAMED} methods and arguments that are functions")
    names = {function["name"] for function in contents["functions"]}
    for each in (*contents["cases"], *contents["pictures"]):
        if each["function"] not in names:
            raise ValueError(f"it has no function {each['function']!r}")
    return dict(contents)


def fits(value: Any, form: Any) -> bool:
    """Tell whether a value has a form.

    A form is a type; a function that says so; `[form]`, a list of any length; a dict of forms, a
    dict with these keys, of which those with a `?` may be missing; or a tuple of forms, any of
    which will do.
    """
    if isinstance(form, dict):
        is_dict = isinstance(value, dict)
        return is_dict and all(_fits_at(value, key, inner) for key, inner in form.items())
    if isinstance(form, list):
        return isinstance(value, list) and all(fits(item, form[0]) for item in value)
    if isinstance(form, tuple):
        return any(fits(value, each) for each in form)
    if isinstance(form, type):
        return isinstance(value, form) and isinstance(value, bool) is (form is bool)
    return bool(form(value))


def _fits_at(value: dict[str, Any], key: str, form: Any) -> bool:
    name = key.removesuffix("?")
    return fits(value[name], form) if name in value else name != key


def inputs_of(value: Any) -> Inputs:
    """Return the arguments that were kept as a tuple, a dict, and which part is its own."""
    match value:
        case (tuple(args), dict(kwargs), *own) if all(isinstance(name, str) for name in kwargs):
            if own in ([], [None]) or (len(own) == 1 and _are_two_numbers(own[0])):
                named = {name: _as_drawn(each) for name, each in kwargs.items()}
                return Inputs(tuple(map(_as_drawn, args)), named, *own)
    raise ValueError("it has inputs that are none")


def _as_drawn(value: Any) -> Any:
    """Return an argument as a case draws it: what `result_of` made is more than a dict."""
    form = {"result of": is_identifier, "in": str, "args": tuple, "part": int}
    is_call = isinstance(value, dict) and value.keys() == form.keys() and fits(value, form)
    return ResultOf(value) if is_call and value["args"] else value


def raised_of(name: Any, types: Any, message: Any) -> Raised:
    """Return the exception that was kept as three texts."""
    if not (
        is_identifier(name) and fits(types, [is_identifier]) and types and isinstance(message, str)
    ):
        raise ValueError("it has an exception that is none")
    return Raised(name, tuple(types), message)


def _are_two_numbers(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and fits([*value], [int])


def is_identifier(value: Any) -> bool:
    """Tell whether it can stand in the place of a name, in a sentence and in Python."""
    return isinstance(value, str) and len(value) <= MAX_NAME and value.isidentifier()


def _is_stub(value: Any) -> bool:
    try:
        if not isinstance(value, str) or len(value) > LONGEST_STUB:
            return False
        return bool(tree_of(value))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # MemoryError: too many brackets
        return False


def _is_seeds(value: Any) -> bool:
    """Tell whether each is a draw of its own: whatever is asked of all reads as many files."""
    are_few = fits(value, [int]) and 0 < len(value) <= MAX_SEEDS
    return are_few and len({*value}) == len(value) and 0 <= min(value) <= max(value) <= MAX_SEED


def _is_points(value: Any) -> bool:
    return fits(value, (int, float)) and math.isfinite(value) and 0 <= value <= MAX_POINTS


def _is_parameter(value: Any) -> bool:
    return isinstance(value, list) and len(value) in (2, 3) and is_identifier(value[0])


def _is_line(value: Any) -> bool:
    """Tell whether it can stand in a sentence of ours, and begins no line of its own."""
    return isinstance(value, str) and in_one_line(value) == value


def _is_dotted(value: Any) -> bool:
    return isinstance(value, str) and all(map(str.isidentifier, value.split(".")))


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _is_lines(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_line, value.values()))


def _is_tolerance(value: Any) -> bool:
    return value is None or (fits(value, (int, float)) and 0 <= value <= sys.float_info.max)


def _is_memory(value: Any) -> bool:
    """Tell whether it is a number of bytes, with words."""
    is_pair = isinstance(value, list) and len(value) == 2
    return is_pair and fits(value[0], int) and 0 < value[0] < _MOST_BYTES and _is_line(value[1])


def _is_count(value: Any) -> bool:
    return fits(value, int) and 0 < value <= MAX_VALUES


def _is_place(value: Any) -> bool:
    """Tell whether it is an argument's name, and where that stands."""
    is_pair = isinstance(value, list) and len(value) == 2
    return (
        is_pair and is_identifier(value[0]) and fits(value[1], int) and 0 <= value[1] < MAX_VALUES
    )


_MANNER = {
    "prints?": bool,
    "script?": bool,
    "methods?": [is_identifier],
    "yields?": _is_count,
    "changes?": _is_place,
    "functions?": [_is_place],
    "rng?": _is_place,
}
_KEY: dict[str, Any] = {
    "lesson": str,
    "stub": _is_stub,
    "hints": [str],
    "seeds": _is_seeds,
    "formulas": _is_texts,
    "tags": _is_lines,
    "checks": _is_texts,
    "without": ([_is_dotted], {}),
    "pictures": [{"name": is_identifier, "function": is_identifier, "told": str}],
    "functions": [
        {
            "name": is_identifier,
            "doc": (str, type(None)),
            "parameters": [_is_parameter],
            "manner?": _MANNER,
        }
    ],
    "cases": [
        {
            "name": is_identifier,
            "function": is_identifier,
            "points": _is_points,
            "raises": (is_identifier, type(None)),
            "tags": [is_identifier],
            "rtol?": _is_tolerance,
            "atol?": _is_tolerance,
            "check_dtype?": bool,
            "check_inputs?": bool,
            "memory?": (_is_memory, type(None)),
        }
    ],
}
