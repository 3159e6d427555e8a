"""What a key may say of its exercise, and what it may leave out."""

from __future__ import annotations

from typing import Any

import pytest

from grader.course.key_form import inputs_of, raised_of, require_key
from grader.records import Raised, ResultOf


def key(function: dict[str, Any] | None = None, case: dict[str, Any] | None = None) -> Any:
    """Return a key of one function and one case, with more said of them."""
    named = {"name": "f", "doc": None, "parameters": [["x", 1]]}
    checked = {"name": "plain", "function": "f", "points": 1, "raises": None, "tags": []}
    return {
        "lesson": "",
        "stub": "",
        "hints": [],
        "seeds": [0],
        "pictures": [],
        "functions": [named | (function or {})],
        "cases": [checked | (case or {})],
    }


@pytest.mark.parametrize(
    "contents",
    [
        key(),
        key({"manner": {"changes": ["x", 0], "functions": [["x", 0]]}}),
        key({"manner": {"script": True}}, {"rtol": 0.1, "atol": None, "check_inputs": False}),
        key() | {"without": ["sorted"], "checks": {"f": "near"}},
    ],
)
def test_what_is_unusual_may_be_said(contents: Any) -> None:
    """Manners, tolerances and checks of an author's own are there where they are needed."""
    assert require_key(contents) == contents


@pytest.mark.parametrize("part", ["functions", "cases", "pictures"])
def test_a_key_has_so_many_parts_and_no_more(part: str) -> None:
    """Each function is held against every other one."""
    contents = key() | {"pictures": [{"name": "p", "function": "f", "told": ""}]}
    with pytest.raises(ValueError, match=f"it has more than [0-9]+ {part}"):
        require_key(contents | {part: contents[part] * 2_001})


@pytest.mark.parametrize(
    ("contents", "part"),
    [
        (key({"manner": {"changes": "x"}}), "functions"),
        (key({"manner": {"yields": True}}), "functions"),
        (key({"manner": {"yields": 10**30}}), "functions"),
        (key({"manner": {"changes": ["x", 10**30]}}), "functions"),
        (key({"name": "f" * 201}), "functions"),
        (key(case={"memory": [10**400, "a table"]}), "cases"),
        (key(case={"rtol": -1}), "cases"),
        (key(case={"rtol": 10**400}), "cases"),
        (key(case={"atol": float("inf")}), "cases"),
        (key(case={"check_dtype": 1}), "cases"),
        (key() | {"without": [1]}, "without"),
        (key() | {"checks": {"f": 1}}, "checks"),
    ],
)
def test_what_is_said_has_its_form(contents: Any, part: str) -> None:
    """Nothing is made of a key that says something else."""
    with pytest.raises(ValueError, match=f"its part '{part}' is not what it should be"):
        require_key(contents)


@pytest.mark.parametrize("kind", ["methods", "functions"])
def test_a_key_names_so_much_that_crosses_and_no_more(kind: str) -> None:
    """However many functions it is about; a class has some dozens of methods."""
    named: list[Any] = ["m"] * 600 if kind == "methods" else [["x", 0]] * 600
    contents = key({"manner": {"script": True, kind: named}})
    assert require_key(contents) == contents
    with pytest.raises(ValueError, match="more than 1000 methods and arguments that are functions"):
        require_key(contents | {"functions": contents["functions"] * 2})


def test_a_call_of_another_function_has_an_argument() -> None:
    """By its first one it is told of; a dict that looks like one is no call."""
    spelled = {"result of": "f", "in": "m", "args": (1.0,), "part": 0}
    (call,) = inputs_of(((spelled,), {})).args
    (other,) = inputs_of(((spelled | {"args": ()},), {})).args
    assert (type(call), type(other)) == (ResultOf, dict)


def test_an_exception_goes_by_a_name() -> None:
    """As its type is called: it stands in sentences, and in Python to be pasted."""
    for name in ("ValueError", "_Full", "Überlauf"):
        assert raised_of(name, ["ValueError"], "no\nmore") == Raised(
            name, ("ValueError",), "no\nmore"
        )
    for name in ("", "a.b", 'ValueError", exit(), "', "ValueError\n\nPASSED", None, ["E"]):
        for names in ((name, ["ValueError"]), ("ValueError", [name])):
            with pytest.raises(ValueError, match="it has an exception that is none"):
                raised_of(*names, "no")
