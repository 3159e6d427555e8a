"""Values that are no arrays, side by side: what differs is marked, in little room."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.exercise import inputs
from grader.grading.compare import difference
from grader.grading.differing import differing_parts
from grader.grading.tolerance import Tolerance
from grader.present.arrays import beside, describe_argument, outline_argument
from grader.present.failing_case import FailingCase
from grader.present.values_python import literal
from grader.records import Evidence


def shown(yours: Any, wanted: Any, width: int = 76, rows: int = 6) -> list[str]:
    """Return yours beside wanted, as a report has them."""
    tolerance = Tolerance.of(inputs())
    found = difference(yours, wanted, tolerance)
    assert found
    parts = differing_parts(yours, wanted, tolerance, found.path)
    return beside(Evidence("f", {}, yours, wanted, found, parts), width, rows)


def test_lists_stand_side_by_side() -> None:
    """An entry a line; what differs is marked, what is missing is empty."""
    assert shown([("z", 3), ("x", 1)], [("z", 2), ("x", 1), ("y", 1)]) == [
        "yours       wanted",
        "('z', 3)*   ('z', 2)",
        "('x', 1)    ('x', 1)",
        "*           ('y', 1)",
    ]


def test_dicts_are_matched_by_key() -> None:
    """In the order wanted, with keys of any kind."""
    assert shown({(1, 2): 5, "a": {"w": 1.0}}, {"a": {"w": 1.5}, (1, 2): 5}) == [
        "yours              wanted",
        "'a': {'w': 1.0}*   'a': {'w': 1.5}",
        "(1, 2): 5          (1, 2): 5",
    ]


def test_what_is_large_is_shown_from_inside() -> None:
    """It is said where that is, and the lines begin at the first difference."""
    wanted = {"a": {"b": list(range(40))}}
    yours = {"a": {"b": [*range(39), 7]}}
    assert shown(yours, wanted, rows=2) == [
        "yours at ['a']['b']    wanted at ['a']['b']",
        "38                     38",
        "7*                     39",
    ]
    assert shown([0] * 20, [1] * 20, rows=2)[-1] == "and 18 more that differ"


def test_sets_are_shown_in_order() -> None:
    """What only one of them has is marked."""
    assert shown({1, 7}, {1, 3}) == ["yours    wanted", "1        1", "*        3", "7*"]


def test_numbers_have_as_many_digits_as_tell_them_apart() -> None:
    """Few where few do, complex ones too; every digit where the difference is in the last."""
    assert shown([1 / 3, 2.0], [1 / 3, 2.000004])[2] == "2.0*        2.000004"
    assert shown([1.0000001], [1.0000102])[1] == "1.0*     1.00001"
    assert shown([1.0000001], [1.0000031])[1] == "1.0000001*   1.0000031"
    assert shown(1 + 2j, 1 + 2.5j) == ["yours   1+2j", "wanted  1+2.5j"]
    assert shown(3, 4) == ["yours   3", "wanted  4"]


def test_texts_show_where_they_begin_to_differ() -> None:
    """A sign stands below the place; of several lines, each that differs is marked."""
    yours, wanted, sign = shown("x" * 300 + "b", "x" * 300 + "c")
    assert yours[sign.index("^")] == "b"
    assert wanted[sign.index("^")] == "c"
    assert len(yours) < 76
    assert shown("a\nb \n", "a\nb\n")[1:] == ["'a'      'a'", "'b '*    'b'", "''       ''"]


@pytest.mark.parametrize("yours", [None, "text", {"a": 1}, [1, 2], (np.ones(2), 3), 5])
def test_the_learner_s_value_is_always_shown(yours: Any) -> None:
    """Even where another kind of value is wanted."""
    for wanted in ({"b": 1}, np.ones((2, 2)), [1, 3], (np.zeros(2), 3), "other", {9}):
        lines = shown(yours, wanted)
        assert any("yours" in line for line in lines)
        assert any("wanted" in line for line in lines)


def test_arguments_of_any_kind_take_no_more_lines_than_are_read() -> None:
    """A nest is laid out as Python would, and cut; a long text is cut, and said to be long."""
    graph = {n: {m: 0.1 * m for m in range(9)} for n in range(50)}
    lines = describe_argument("graph", graph)
    assert lines[0].startswith("graph = {0: {0: 0.0,")
    assert len(lines) <= 12
    assert "more lines" in lines[-1]
    assert describe_argument("text", "word " * 999)[-1].endswith("... (4,995 characters in all)")
    assert describe_argument("n", np.int64(3)) == ["n = 3"]
    assert describe_argument("x", np.full(2, 0.9e308))[0].startswith("x = [9")
    assert describe_argument("both", ["a", np.arange(2)]) == ["both = ['a', array([0, 1])]"]
    assert describe_argument("both", ["a", np.zeros((2,) * 9)]) == ["both (a list of 2)"]
    assert outline_argument("graph", graph) == "graph (a dict of 50)"
    assert outline_argument("graph", {0: {1: 2.0}}) == "graph = {0: {1: 2.0}}"


@pytest.mark.parametrize(
    "value",
    [
        {1, 2.5},
        frozenset({(1, "a")}),
        set(),
        {(1, 2): [1j, float("inf")], b"k": None},
        [complex("nan"), 3 + 0.1j, float("nan")],
        np.array([1 / 3 + 1e-9j, 2.0]),
    ],
)
def test_what_is_pasted_is_the_value_again(value: Any) -> None:
    """Python reads what is written, to the last digit."""
    assert repr(eval(literal(value), {"np": np})) == repr(value)


def test_a_script_is_shown_call_by_call() -> None:
    """With the numbers that its results go by."""
    steps = (("new", 3), ("push", "a"), ("pop",))
    found = difference([None, None, "b"], [None, None, "a"], Tolerance.of(inputs()))
    assert found
    case = FailingCase("a case", Evidence("Stack", {"steps": steps}, None, None, found))
    assert case.lines(76)[:4] == [
        "Stack, called several times:",
        "[0]  new(3)",
        "[1]  push('a')",
        "[2]  pop()",
    ]
    assert all(len(line) <= 40 for form in case.forms(40) for line in form)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (np.nextafter(1.0, 0.0), "0.9999999999999999"),
        (np.nextafter(0.25, 0.0), "0.24999999999999997"),
        (0.1 + 0.2, "0.3"),
        (0.123456789, "0.123457"),
        (1e-12, "1e-12"),
    ],
)
def test_a_float_beside_an_edge_does_not_read_as_the_edge(number: float, text: str) -> None:
    """A draw just below 1 is below 1; other floats have few digits."""
    assert describe_argument("draw", float(number)) == [f"draw = {text}"]


def test_what_each_call_of_a_script_gave_stands_beside_it() -> None:
    """Where it fits; what "new" gives is no answer."""
    steps = (("new",), ("put", 3), ("take",))
    yours, wanted = [None, 3, 1], [None, 3, 0]
    found = difference(yours, wanted, Tolerance.of(inputs()))
    assert found
    evidence = Evidence("Pot", {"steps": steps}, yours, wanted, found, ((2,),))
    assert FailingCase("a case", evidence).lines(76) == [
        "calls of Pot    yours    wanted",
        "new()",
        "put(3)          3        3",
        "take()          1*       0",
    ]


def test_what_stands_far_to_the_right_takes_no_room() -> None:
    """Python would write every item of a long key as far to the right as the key ends."""
    key = "\U000e0001" * 90_000
    short = tuple("\U000e0001" * 29 for _ in range(170))
    for many in ({key: [*range(300)]}, {"k": {key: {key: [[key]] * 9}}}, {short: [*range(60)]}):
        lines = describe_argument("yours", many)
        assert len(lines) <= 12 and max(map(len, lines)) < 600
    deep: object = [*range(40_000)]
    for _ in range(20):
        deep = {"k" * 250: deep}
    lines = describe_argument("yours", deep)
    assert len(lines) == 12 and "39989 more lines" in lines[-1]
    assert describe_argument("yours", ["a" * 400])[0].endswith("aaa...]")


def test_keys_of_arrays_are_in_one_line() -> None:
    """However they are called, and however many there are."""
    odd = {f"a\n{n}": np.ones(2) for n in range(9)} | {"b\n": {"c\n": np.ones(2)}}
    lines = describe_argument("yours", odd)
    assert all(line.startswith(("yours", "    ")) and "\n" not in line for line in lines)
    many = {"a": {f"a{n}": np.ones(n) for n in range(900)}, "b": [{"c": np.ones(1)}] * 900}
    lines = describe_argument("yours", many)
    assert len(lines) <= 61 and max(map(len, lines)) < 600


def test_an_array_beside_a_long_key_is_moved_to_the_right_so_far() -> None:
    """Not as far as the key is long, for each of its rows."""
    pasted = literal({7 * 10**900: np.zeros((300, 1))})
    assert len(pasted) < 20_000
    assert eval(pasted, {"np": np}).keys() == {7 * 10**900}
