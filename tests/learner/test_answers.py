"""What comes from the learner's side is cut to a size that a report can hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.grading.tracebacks import say_raised
from grader.learner import wire
from grader.learner.outside.answers import MAX_PARTS, MAX_TEXT, read_answer, read_place
from grader.records import Frame, Missing, Raised, Submission, Unusable

PATH = "exercises/unit/f.py"


def raised(**changed: Any) -> Raised:
    """Return the record of a message about an exception, changed in some parts."""
    message = {"kind": "raised", "type": "E", "types": ["Exception"], "message": "m"}
    whole = message | {"frames": [], "column": None, "asked": None} | changed
    answer = read_answer(whole, lines={PATH: 2})
    assert isinstance(answer, Raised)
    return answer


def file(source: bytes) -> dict[str, Submission]:
    """Return what tracebacks are quoted from."""
    return {PATH: Submission("f", "unit", PATH, source)}


def test_forged_frames_are_not_all_quoted() -> None:
    """A traceback of thousands of places in one long line makes no report of gigabytes."""
    frames = [(PATH, 1 + number % 2, "f") for number in range(20_000)]
    text = str(say_raised(raised(frames=frames), file(b"#" * 10**6 + b"\n" + b"#" * 10**6)))
    assert len(text) < 300 * MAX_PARTS


def test_a_traceback_names_lines_that_are_there() -> None:
    """Neither another file, such as a solution, nor a line after the last is shown as a place."""
    forged = [("solutions/unit/f.py", 1, "f"), (PATH, 3, "f"), (PATH, 0, "f"), (PATH, -1, "f")]
    assert raised(frames=[*forged, (PATH, 2, "f")]).frames == (Frame(PATH, 2, "f"),)


def test_names_are_one_line_each() -> None:
    """A class or a function that is called as a verdict is does not get a line of its own."""
    name = "E\n\x1b[2J\u202e\ud800f  PASSED"
    answer = raised(type=name, types=[name], frames=[(PATH, 1, name)], asked=["open", name])
    names = [answer.type, *answer.types, answer.frames[0].function, answer.refused]
    missing = read_answer({"kind": "missing", "defined": [name]})
    unusable = read_answer({"kind": "unusable", "description": name})
    assert isinstance(missing, Missing) and isinstance(unusable, Unusable)
    assert all(each.isprintable() for each in [*names, *missing.defined, unusable.description])


def test_a_caret_stands_below_a_line_or_nowhere() -> None:
    """A syntax error that claims a column beyond any line makes no indent of gigabytes."""
    told = str(say_raised(raised(frames=[(PATH, 1, "")], column=10**13), file(b"x = (")))
    assert told == f"E, line 1: m\n  {PATH}:1\n      x = ("


def test_a_dump_names_lines_of_the_learners_files_and_nothing_else() -> None:
    """Wherever it comes from, of a dump only places in files that were handed over are believed."""
    dumped = b"".join(
        b'  File "%s", line %s in %s\n' % place
        for place in [
            (b"/etc/passwd", b"1", b"f"),
            (PATH.encode(), b"12", b"inner"),
            (b"child.py", b"3", b"main"),
            (PATH.encode(), b"9" * 50, b"f"),
            (PATH.encode(), b"20", b"outer"),
        ]
    )
    rubbish = b"\xff\0 File" * 100
    assert read_place(rubbish + b"\n" + dumped + b'  File "cut', [PATH, "other.py"]) == (
        Frame(PATH, 20, "outer"),
        Frame(PATH, 12, "inner"),
    )
    assert len(read_place(dumped * 1000, [PATH])) <= MAX_PARTS


def test_texts_are_cut() -> None:
    """No name, message or description is longer than what the learner's side sends itself."""
    endless = "x" * 10**6
    answer = raised(type=endless, types=[endless] * 1000, message=endless)
    assert max(len(answer.type), len(answer.types), len(answer.message)) <= MAX_TEXT
    missing = read_answer({"kind": "missing", "defined": [endless] * 1000})
    assert isinstance(missing, Missing)
    assert len(", ".join(missing.defined)) < 10_000
    unusable = read_answer({"kind": "unusable", "description": endless})
    assert isinstance(unusable, Unusable)
    assert len(unusable.description) < MAX_TEXT


@pytest.mark.parametrize(
    "name", ["NOT JUDGED: the grader failed", "- PASSED 23 of 23", "a.b", "<a b>"]
)
def test_whoever_makes_up_a_name_does_not_speak_by_it(name: str) -> None:
    """`type` and `globals()` take any text for one, and a report begins with it."""
    answer = raised(type=name, types=[name, "Exception"], frames=[(PATH, 1, name)])
    assert (answer.type, answer.types) == ("Exception", ("Exception",))
    assert answer.frames[0].function == "?"
    assert read_answer({"kind": "missing", "defined": [name, "f"]}) == Missing("", ("f",))
    for said in (f"a {name}", "the value passed all checks and we failed"):
        unusable = read_answer({"kind": "unusable", "description": said})
        assert isinstance(unusable, Unusable) and "no name" in unusable.description


@pytest.mark.parametrize("function", ["f", "<lambda>", "<module>", "größe", ""])
def test_what_python_calls_functions_is_said(function: str) -> None:
    """Also what has no name of its own."""
    assert raised(frames=[(PATH, 1, function)]).frames[0].function == function


@pytest.mark.parametrize(
    "value",
    [
        range(3),
        {1: 2}.keys(),
        object(),
        ValueError,
        np.array([None]),
        np.array(["a"]),
        np.zeros(2, "datetime64[s]"),
        {(1, object()): 2},
        {object(): 1},
        2**20_000,
        list(range(200_000)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_the_wire_says_is_believed(value: object) -> None:
    """Of whatever cannot cross, its words do."""
    with pytest.raises(wire.WireError) as refused:
        wire.pack(value, wire.MAX_ANSWER)
    read = read_answer({"kind": "unusable", "description": str(refused.value)})
    assert read == Unusable(str(refused.value))
