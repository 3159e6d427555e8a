"""Hand-ins in which two things multiply: of neither there is much, and all pairs of them hang."""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from itertools import count, islice, product
from keyword import iskeyword
from pathlib import Path
from string import ascii_lowercase
from types import FrameType
from typing import Any

import pytest

from grader.classroom.answers import AnswerReader
from grader.classroom.hand_ins.entries import Entry
from grader.classroom.packets import packed
from grader.classroom.platforms.uploads import lay_out
from grader.course.course import Course
from grader.errors import RefusedError
from grader.learner.outside import submission
from grader.notebooks.collect import collect
from grader.notebooks.reading import Cell, Notebook, notebook_of
from grader.notebooks.statements import Statement, statements_of

DOUBLE, QUADRUPLE = "def double(x, times=2):\n    return x", "def quadruple(x):\n    return ALL"
LETTERS = "+".join(ascii_lowercase[:20])


def steps(run: Callable[[], object]) -> int:
    """Return how many steps Python takes, which is the same wherever and whenever it runs."""
    taken = count()

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        if event == "opcode":
            next(taken)
        return trace

    before = sys.gettrace()
    try:
        sys.settrace(trace)
        names(1)  # from Python 3.12 on, the first who asks for steps is not told of any
        sys.settrace(trace)
        run()
    finally:
        sys.settrace(before)
    return next(taken)


def names(number: int) -> list[str]:
    """Return so many short names."""
    every = map("".join, product(ascii_lowercase, repeat=3))
    return [*islice((name for name in every if not iskeyword(name)), number)]


def body_of(*cells: str, **metadata: Any) -> bytes:
    """Return a notebook of these cells."""
    every = [{"cell_type": "code", "source": cell, "metadata": metadata} for cell in cells]
    return json.dumps({"cells": every, "nbformat": 4}).encode()


def uses(number: int, used: str = "double") -> str:
    """Return so many names of one function, all of which another one needs."""
    own = names(number)
    return "\n".join([*(f"{name} = {used}" for name in own), f"ALL = {'+'.join(own)}", QUADRUPLE])


def defined_and_used(number: int) -> list[str]:
    """Define a function of an exercise often, and use it often in another."""
    return ["\n".join([DOUBLE] * number), DOUBLE, uses(number)]


def defined_in_many_cells(number: int) -> list[str]:
    """Define both in many cells, so that none of them is for another exercise."""
    return [*[f"{DOUBLE}\n{QUADRUPLE}"] * number, uses(number)]


def left_as_stubs(number: int) -> list[str]:
    """Leave it as it was often, and write it once."""
    return ["def double(x):\n    raise NotImplementedError\n" * number, DOUBLE, uses(number)]


def used_by_functions(number: int) -> list[str]:
    """Use it in many functions, which yet another one calls."""
    own = names(number)
    helpers = "\n".join(f"def {name}(x):\n    return double(x)" for name in own)
    return ["\n".join([DOUBLE] * number), DOUBLE, helpers, f"ALL = {'+'.join(own)}\n{QUADRUPLE}"]


def bound_and_used(number: int) -> list[str]:
    """Give one name many values, and use it often."""
    return [DOUBLE, "\n".join(["a = 1"] * number), uses(number, "a")]


@pytest.mark.parametrize(
    "cells",
    [
        defined_and_used,
        defined_in_many_cells,
        left_as_stubs,
        used_by_functions,
        bound_and_used,
    ],
    ids=lambda cells: cells.__name__,
)
def test_a_notebook_twice_as_long_takes_twice_the_work(
    tiny: Course, cells: Callable[[int], list[str]]
) -> None:
    """Many statements of one name are not gone through for each that uses it."""

    def taken(number: int) -> int:
        notebook = notebook_of(tiny, "n.ipynb", body_of(*cells(number)))
        return steps(lambda: collect(tiny, notebook))

    taken(20)  # what is made once, such as patterns, is then there
    assert taken(400) < 2.5 * taken(200)


def test_what_is_said_to_be_an_answer_is_looked_up(
    untouched: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that stands in a cell of an exercise may belong to it; no use has it searched."""
    compared = count()
    same = Statement.__eq__

    def counted(one: Statement, other: object) -> Any:
        next(compared)
        return same(one, other)

    own = "\n".join(f"def {name}(): pass" for name in names(200))
    first = {"cell_type": "code", "source": f"{own}\ndef shares(x): pass"}
    first["metadata"] = {"tags": ["axes"]}  # type: ignore[assignment]
    more = ["def shares(x): pass", uses(200, "shares").replace("quadruple", "softmax")]
    cells = [first, *({"cell_type": "code", "source": each} for each in more)]
    body = json.dumps({"cells": cells, "nbformat": 4}).encode()
    notebook = notebook_of(untouched, "n.ipynb", body)
    monkeypatch.setattr(Statement, "__eq__", counted)
    assert {each.submission.exercise for each in collect(untouched, notebook)} == {
        "axes",
        "softmax",
    }
    assert next(compared) < 2_000


def lambdas(depth: int) -> str:
    """Put functions in each other that all use the same names."""
    return "v = " + f"lambda: a if {LETTERS} else " * depth + "0"


def arguments(depth: int) -> str:
    """Put functions in each other that call theirs what those outside do."""
    return "v = " + f"lambda x: x if {LETTERS} else " * depth + "0"


def comprehensions(depth: int) -> str:
    """Put comprehensions in each other."""
    return "v = " + "[" * depth + "a" + f" for x in {LETTERS}]" * depth


def functions(depth: int) -> str:
    """Put functions with a body of their own in each other."""
    lines = (f"{' ' * n}def f():\n{' ' * n} {LETTERS}" for n in range(depth))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("source", "depth"),
    [(lambdas, 80), (arguments, 80), (comprehensions, 40), (functions, 40)],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_names_are_not_handed_up_through_all_that_is_around_them(
    source: Callable[[int], str], depth: int
) -> None:
    """Functions within functions, which use the same names at each level."""
    assert len(statements_of(source(depth), 0)) == 1  # and what is made once is there
    few, many = (steps(lambda n=n: statements_of(source(n), 0)) for n in (depth, 2 * depth))
    assert many < 2.5 * few


@pytest.mark.parametrize(
    "imported",
    ["from {0} import {1}", "from {0} import ({1})", "from .{0} import {1}", "from {2} import {1}"],
)
def test_an_import_of_many_names_from_a_long_one_is_left_whole(imported: str) -> None:
    """A line that imports each of them alone would have the long one again."""
    long, dotted = "a" * 10_000, ".".join("a" * 5_000)
    source = imported.format(long, ",".join(names(5_000)), dotted)
    tracemalloc.start()
    statements_of(source, 0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 * 10**6


class Counted(tuple[str, ...]):
    """Names that count how often they are gone through."""

    times = 0

    def __iter__(self) -> Any:
        Counted.times += 1
        return super().__iter__()

    def __contains__(self, name: object) -> bool:
        Counted.times += 1
        return super().__contains__(name)


@pytest.mark.parametrize("kind", ["code", "markdown"])
@pytest.mark.parametrize("defined", [["double"], ["quadruple"], ["double", "quadruple"], []])
def test_cells_are_gone_through_once_for_all_exercises(
    untouched: Course, monkeypatch: pytest.MonkeyPatch, kind: str, defined: list[str]
) -> None:
    """However many exercises nothing is there of."""
    cells = tuple(
        Cell(f"cell {n}", "pass", None, kind, Counted([*defined, *names(5)])) for n in range(9)
    )
    is_code = kind == "code"
    notebook = Notebook("n.ipynb", cells if is_code else (), texts=() if is_code else cells)
    monkeypatch.setattr(Counted, "times", 0)
    assert len(collect(untouched, notebook, untouched.exercises)) == len(untouched.exercises)
    assert Counted.times <= 2 * len(cells)


def lines_of_a_text() -> Sequence[str]:
    """Return many lines in one statement."""
    return [DOUBLE, 'ALL = """' + "\n" * 20_000 + 'double"""', QUADRUPLE]


def statements_on_lines() -> Sequence[str]:
    """Return many statements on lines of their own."""
    return [DOUBLE, uses(1_500, "0")]


def statements_of_cells() -> Sequence[str]:
    """Return many statements in cells of their own."""
    own = names(1_500)
    return [DOUBLE, *(f"{n} = 0" for n in own), f"ALL = double, {','.join(own)}", QUADRUPLE]


def lines_without_a_word() -> Sequence[str]:
    """Return many empty lines in what both answers use."""
    text = 'ALL = (\n"double"' + "\n" * 20_000 + ")"
    return [text, DOUBLE + ", ALL", QUADRUPLE]


@pytest.mark.parametrize(
    "cells",
    [lines_of_a_text, statements_on_lines, statements_of_cells, lines_without_a_word],
    ids=lambda cells: cells.__name__,
)
def test_what_is_kept_of_an_answer_is_what_it_weighs(
    tiny: Course, monkeypatch: pytest.MonkeyPatch, cells: Callable[[], Sequence[str]]
) -> None:
    """Where its lines stood is little, or counts: for what is kept, and for what goes along."""
    book = Entry("a.ipynb", lambda most: body_of(*cells()))
    for answer in AnswerReader(tiny).read([book]).found.values():
        weight = sum(each.weight for each in (answer, *(answer.beside or {}).values()))
        assert len(packed(answer)) < 2.2 * weight + 1_000
        assert weight < 20 * len(answer.source)
    weight = answer.weight
    monkeypatch.setattr("grader.classroom.beside.MAX_BESIDE", weight // 2)
    monkeypatch.setattr("grader.classroom.bounds.MAX_KEPT", weight - 1)
    why = [note.why for note in AnswerReader(tiny).read([book]).notes if note.exercise]
    assert any("the answers of the hand-in hold more" in each for each in why)
    monkeypatch.setattr("grader.notebooks.collect.MAX_COLLECTED", weight // 2)
    with pytest.raises(RefusedError, match="hold more than"):
        collect(tiny, notebook_of(tiny, "n.ipynb", body_of(*cells())))


FILLED = {
    "UTF-8": b"#" + b"a" * 900,
    "an encoding of its own": b"#" + b"\xa4\xa2" * 450,
    "no text": b"#" + b"\xff" * 900,
    "zeros": b"#" + b"\0" * 10 + b"a" * 890,
    "many lines": b"\n" * 900,
}


@pytest.mark.parametrize("fill", FILLED)
@pytest.mark.parametrize("where", ["a class", "Gradescope"])
def test_a_file_is_made_a_text_once_and_not_when_too_much_was_handed_in(
    tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fill: str, where: str
) -> None:
    """Whatever it is, and however many exercises it answers: what is used up is asked first."""
    made: list[int] = []
    real = submission.text_of

    def counted(body: bytes, name: str) -> bytes:
        made.append(len(body))
        return real(body, name)

    monkeypatch.setattr(submission, "text_of", counted)
    cookie = b"# coding: euc_jp\n" if fill.startswith("an") else b""
    body = cookie + f"{DOUBLE}\n{QUADRUPLE}\n".encode() + FILLED[fill]
    AnswerReader(tiny).read([Entry("a.py", lambda most: body)])
    assert len(made) == 1
    made.clear()
    monkeypatch.setattr("grader.classroom.bounds.MAX_PARSED", 3_500)
    monkeypatch.setattr("grader.classroom.bounds.MAX_READ", 3_500)
    if where == "a class":
        AnswerReader(tiny).read([Entry(f"{n}.py", lambda most: body) for n in range(20)])
    else:
        (tmp_path / "uploaded").mkdir()
        for number in range(20):
            (tmp_path / f"uploaded/{number}.py").write_bytes(body)
        lay_out(tiny.root, tmp_path / "uploaded", tmp_path / "laid")
    assert len(made) <= 5
