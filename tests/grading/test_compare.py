"""Comparison: what counts as equal, and the sentence that says where it is not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.exercise import inputs
from grader.grading import tolerance as tolerance_module
from grader.grading.compare import difference, dtype_difference
from grader.grading.differing import differing_parts
from grader.grading.modified import modified
from grader.grading.tolerance import Tolerance
from grader.records import Difference, Inputs, ResultOf, Value

DOUBLE = Tolerance()


def found(yours: Value, wanted: Value, **options: object) -> Difference:
    """Return the difference, which there must be."""
    result = difference(yours, wanted, DOUBLE, **options)  # type: ignore[arg-type]
    assert result is not None
    return result


@pytest.mark.parametrize(
    "yours",
    [
        np.array([1.0, 2.0]),
        np.array([1.0 + 5e-7, 2.0]),
        np.asfortranarray(np.array([1.0, 2.0])),
        np.array([9.0, 1.0, 2.0])[1:],
        np.broadcast_to(np.array([1.0, 2.0]), (2,)),
        np.array([1.0, 2.0], np.float32),
    ],
)
def test_the_same_values_in_another_style_are_right(yours: np.ndarray) -> None:
    """Rounding, memory order, views and dtypes do not make a value wrong."""
    assert difference(yours, np.array([1.0, 2.0]), DOUBLE) is None


@pytest.mark.parametrize("yours", [3, 3.0, np.float64(3), np.float32(3), np.array(3.0)])
def test_a_scalar_may_come_in_any_dress(yours: Value) -> None:
    """A Python number, a NumPy scalar and a 0-d array are the same answer."""
    assert difference(yours, 3.0, DOUBLE) is None
    assert difference(yours, np.array(3.0), DOUBLE) is None


def test_none_is_asked_about_the_return() -> None:
    """The commonest slip gets its own question."""
    assert "did you forget `return`?" in found(None, np.ones(2)).message


def test_a_list_is_not_an_array() -> None:
    """A list is named as one, with the way out."""
    assert "a list of 2, wanted an array: np.array" in found([1.0, 2.0], np.ones(2)).message


def test_a_shape_is_told_in_numbers_and_symbols() -> None:
    """A wrong shape shows yours, the wanted one, and what its axes mean."""
    told = found(np.ones((2, 3)), np.ones((3, 2)), promised=[("heads", "(..., h, n)")])
    assert told.kind == "shape"
    assert told.message == "the shape is (2, 3), wanted (3, 2), that is (..., h, n)"


def test_wrong_values_are_counted_and_located() -> None:
    """Wrong values tell how many, where first, both numbers, and how far at most."""
    told = found(np.array([[1.0, 2.5], [3.0, 7.0]]), np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert told.first == (0, 1)
    assert told.message == (
        "2 of 4 entries differ; the first at [0, 1]: yours 2.5, wanted 2;"
        " the largest difference is 3"
    )


def test_truths_are_told_as_truths() -> None:
    """Where True is wanted, nobody reads of 1, and of no number that it is -0."""
    wanted = np.array([True, False])
    for yours, said in ((~wanted, "yours False"), (np.array([-0.0, 0.0]), "yours 0")):
        found = difference(yours, wanted, Tolerance())
        assert found
        assert f"{said}, wanted True" in found.message


def test_close_values_are_told_by_how_far_they_are_off() -> None:
    """What is seen is said: all are off by as much, in one direction, or the furthest of them."""
    wanted = np.array([1.0, 2.0, 3.0])
    steps = {
        "each is too large by about 0.0001": [1e-4, 1e-4, 1e-4],
        "each is too small by about 0.0001": [-1e-4, -9e-5, -1e-4],
        "each is off by about 0.0001": [1e-4, -1e-4, 1e-4],
        "the largest difference is 0.0001": [1e-4, 1e-5, 0.0],
        "the largest difference is 1": [1.0, 1.0, 1.0],
    }
    for said, step in steps.items():
        found = difference(wanted + step, wanted, Tolerance())
        assert found
        assert found.message.endswith(said)


def test_lost_numbers_are_called_nan() -> None:
    """NaN where a number is wanted is its own kind of difference."""
    told = found(np.array([np.nan, 1.0]), np.array([0.5, 1.0]))
    assert told.kind == "nan"
    assert "1 of them nan" in told.message


def test_nan_and_infinity_are_right_where_they_are_wanted() -> None:
    """What the reference returns is right, whatever it is."""
    odd = np.array([np.nan, -np.inf, np.inf])
    assert difference(odd.copy(), odd, DOUBLE) is None
    assert found(np.array([np.nan, np.inf, np.inf]), odd).first == (1,)


def test_the_result_at_fault_is_named() -> None:
    """Of several results the wrong one is named as the docstring names it."""
    promised = [("output", "(n,)"), ("weights", "(n,)")]
    told = found((np.ones(2), np.zeros(2)), (np.ones(2), np.ones(2)), promised=promised)
    assert told.path == (1,)
    assert told.message.startswith("`weights`: 2 of 2 entries differ")
    told = found(np.ones(2), (np.ones(2), np.ones(2)), promised=promised)
    assert told.message.endswith("wanted 2 results: output and weights")


def test_entries_of_a_list_are_told_by_their_place() -> None:
    """A list is one result: its length and the place in it are told, also of pairs in it."""
    told = found([1, 2, 3], [1, 2], promised=[("ids", "")])
    assert told.message == "the function returned a list of 3, wanted a list of 2"
    assert found([1, 5], [1, 2], promised=[("ids", "")]).message == "[1]: yours 5, wanted 2"
    assert found([(1, 2), (3, 5)], [(1, 2), (3, 4)]).message == "[1][1]: yours 5, wanted 4"


def test_two_texts_are_told_apart() -> None:
    """Of a wrong text both are shown."""
    assert found("ab", "abc").message == "yours 'ab', wanted 'abc'"


def test_dicts_are_compared_by_key() -> None:
    """A missing key and a wrong entry are told apart."""
    assert "wanted 'a', 'b'" in found({"a": 1}, {"a": 1, "b": 2}).message
    assert found({"a": 1, "b": 3}, {"a": 1, "b": 2}).path == ("b",)


def test_single_precision_is_given_more_room() -> None:
    """float32 is judged by the largest magnitude, and by the largest input."""
    scores = np.array([10_000.0, 10_001.0], np.float32)
    room = Tolerance.of(inputs(scores))
    wanted = np.array([0.25, 0.75], np.float32)
    assert difference(wanted + np.float32(5e-4), wanted, room) is None
    assert difference(wanted + np.float32(5e-3), wanted, room) is not None
    assert difference(wanted + 5e-4, wanted, Tolerance.of(inputs(scores.astype(float)))) is not None


def test_whatever_is_no_value_has_a_name() -> None:
    """What a slip of our own makes of a reference may return anything, and is told by its type."""
    assert "a slice, wanted an array" in found(slice(2), np.ones(2)).message


def test_a_dtype_is_compared_apart() -> None:
    """float64 for float32 is a difference; integer widths and scalars are none."""
    single = np.ones(2, np.float32)
    assert dtype_difference(single.astype(float), single) == ((), "float64", "float32")
    assert dtype_difference((single, single.astype(float)), (single, single)) is not None
    assert dtype_difference(np.tril(np.ones((2, 2))), np.eye(2, dtype=bool)) is not None
    assert dtype_difference(np.ones(2, np.int32), np.ones(2, np.int64)) is None
    assert dtype_difference(1.0, np.float32(1.0)) is None


def test_a_changed_input_is_found_wherever_it_hides() -> None:
    """A change in a nested parameter is found, an untouched NaN is not one."""
    before = inputs(np.array([np.nan, 1.0]), {"w": np.zeros(2)}, flag=True)
    after = before.copy()
    assert modified(before, after) == ()
    after.args[1]["w"][0] = 1.0
    assert modified(before, after) == (("changed", (0, 1, "w")),)
    after.args[1]["v"] = after.args[1].pop("w")
    assert modified(before, after) == (("removed", (0, 1, "w")), ("added", (0, 1, "v")))


def test_a_call_that_was_drawn_is_as_it_was_once_it_is_a_dict() -> None:
    """What another function returns is asked for in a dict, and that comes back over the border."""
    spelled = {"result of": "f", "in": "m", "args": (np.ones(2),), "part": 0}
    assert modified(inputs(ResultOf(spelled)), inputs(spelled)) == ()


def test_what_has_no_numbers_can_be_changed_as_well() -> None:
    """An empty list that is put in is one more part; one of another type is a change."""
    before = inputs({"w": np.zeros(2), "s": [1, 2], "n": {}})
    after = before.copy()
    after.args[0].update({"k": [], "s": (1, 2), "n": [], "w": [0.0, 0.0]})
    assert modified(before, after) == (
        *(("changed", (0, 0, name)) for name in "wsn"),
        ("added", (0, 0, "k")),
    )


@pytest.mark.parametrize(
    ("yours", "wanted"),
    [
        (10**20 + 1, 10**20),
        (np.int64(2**53 + 1), 2**53),
        (np.array([2**62 + 1]), np.array([2**62])),
        (np.array([2.0**53]), np.array([2**53 + 1])),
        (np.array([[0.0, 2.0**62]]), np.array([[0, 2**62 + 300]])),
        (np.array([2.0**63]), np.array([2**63 - 1])),
        (np.array([-(2.0**63)]), np.array([-(2**63) + 1])),
        (np.array([2.0**64]), np.array([2**64 - 1], np.uint64)),
        (np.array([2**63], np.uint64), np.array([-(2**63)])),
        (np.array([2**62], np.float32), np.array([2**62 + 1])),
        (np.array([2.0**53 + 0j]), np.array([2**53 + 1])),
        (np.array(2.0**53), np.array(2**53 + 1)),
        (np.array([np.nan, np.inf]), np.array([2**53, 2**53])),
        ([1, 2**60], [1, 2**60 + 1]),
        (3 + 1e-9, 3),
        ({1: 2}, {1: 3}),
        (10**400, 1.0),
        (True, 0),
    ],
)
def test_whole_numbers_are_exact(yours: Value, wanted: Value) -> None:
    """However large they are, of Python or of NumPy: one more is not the same."""
    assert found(yours, wanted)
    assert difference(wanted, wanted, DOUBLE) is None


def test_whole_numbers_may_come_as_floats_that_are_these() -> None:
    """As many as there are, and however large."""
    wanted = np.array([1, -(2**53), 2**62, 2**53 + 2])
    for dtype in (float, complex, np.longdouble):
        assert difference(wanted.astype(dtype), wanted, DOUBLE) is None
    assert difference(np.array([2.0**63]), np.array([2**63], np.uint64), DOUBLE) is None
    assert "largest difference" not in found(np.array([2.0**53]), np.array([2**53 + 1])).message


def test_next_to_nothing_is_not_nothing() -> None:
    """The absolute part follows what is wanted; where terms cancel, rounding is forgiven."""
    assert found(0.0, 1e-12)
    assert found(np.zeros(2), np.array([1e-12, 2e-12]))
    assert difference(0.0, 1e-12, Tolerance.of(inputs(2.0)))
    assert difference(0.0, 5e-17, Tolerance.of(inputs([0.1, 0.2, -0.3]))) is None
    assert difference(5e-17, 0.0, DOUBLE) is None
    assert difference(np.array([1.0, 0.0]), np.array([1.0, 1e-17]), DOUBLE) is None
    assert difference([1.0, 0.0], [1.0, 1e-17], DOUBLE) is None  # as in an array


def test_an_author_s_tolerance_counts_instead() -> None:
    """`rtol` and `atol` replace one part of the usual tolerance each."""
    rough = Tolerance.of(inputs(1.0), rtol=0.1)
    assert difference(1.05, 1.0, rough) is None
    assert difference(1.2, 1.0, rough) is not None
    assert difference(1.05, 1.0, Tolerance.of(inputs(1.0), atol=0.1)) is None
    assert difference(1.0 + 1e-9, 1.0, Tolerance.of(inputs(1.0), rtol=0.0, atol=0.0)) is not None


@pytest.mark.parametrize(
    "wanted",
    [
        1 + 2j,
        np.array([1j, 2.0]),
        {1, 2.5, "a"},
        frozenset({(1, 2)}),
        b"ab",
        {1: "a", (2, "b"): [1.0]},
        "text",
        None,
        [("a", 3), ("b", 1)],
    ],
)
def test_a_value_of_any_kind_is_itself_and_not_another(wanted: Value) -> None:
    """Whatever may cross is equal to itself, to nothing else, and can be spoken of."""
    assert difference(wanted, wanted, DOUBLE) is None
    for other in (0, 1j, np.ones(3), {9}, b"", {}, "other", [], ()):
        assert found(other, wanted).message


def test_keys_of_numpy_are_those_of_python() -> None:
    """A dict counts what it counts, in whatever order and with whatever numbers."""
    assert difference({np.int64(2): 1, 1: 1}, {1: 1, 2: np.int64(1)}, DOUBLE) is None
    assert found({"1": 1}, {1: 1}).message == "the dict has the keys '1'; wanted 1"
    many = {n: n for n in range(20)}
    assert found(many | {"x": 1}, many).message == "the dict should not have 'x'"
    assert found({}, many).message == "the dict lacks 0, 1, 2 and 17 more"
    assert found({1: {2: 5}}, {1: {2: 4}}).message == "[1][2]: yours 5, wanted 4"


def test_sets_tell_what_is_missing_and_what_is_too_many() -> None:
    """The entries are named; a float that is off by rounding is the same entry."""
    assert found({1, 7}, {1, 3, 4}).message == "the set lacks 3 and 4 and should not have 7"
    assert difference({0.1 + 0.2, 1}, {0.3, 1}, DOUBLE) is None
    assert difference({1j, 1.0 + 1e-12j}, {1j, 1.0}, DOUBLE) is None
    assert found({0.1 + 0.3, 1}, {0.3, 1}).message == "the set lacks 0.3 and should not have 0.4"


def test_texts_are_cut_around_where_they_differ() -> None:
    """A long text shows the place, one of several lines the line, with what cannot be seen."""
    assert found("abd", "abc").message == "yours 'abd', wanted 'abc'"
    told = found("x" * 500 + "b", "x" * 500 + "c").message
    assert "xb', wanted" in told
    assert told.endswith("xc' (from character 501 on)")
    assert len(told) < 200
    assert found("a\nb \nc", "a\nb\nc").message == "line 2: yours 'b ', wanted 'b'"
    assert found("a\nb", "a\nb\nc").message == "line 3 is missing: 'c'"
    assert found("a\nb", "a").message == "line 2 is one too many: 'b'"


def test_a_part_of_the_wrong_kind_is_not_what_the_function_returned() -> None:
    """Of a part it is said what it is, and of the whole what came back."""
    told = found([("a", 1)], [("a", "b")]).message
    assert told == "[0][1]: yours is the number 1, wanted the text 'b'"
    assert found("ab", [1, 2]).message == "the function returned the text 'ab', wanted a list of 2"


@pytest.mark.parametrize(
    ("yours", "wanted"),
    [
        *((1, True), (True, 1), (0.0, False), (np.array(1), True), (np.True_, 1.0)),
        *(([0, 1, 0], [False, True, False]), ((1, [True]), (1, [1])), ({"a": True}, {"a": 1})),
        *(({True: 2}, {1: 2}), ({1: 2}, {True: 2}), ({True}, {1}), ({0, 2}, {False, 2})),
        *(({(1, 2)}, {(True, 2)}), ({(1, True): 0}, {(True, 1): 0})),
        ({frozenset({1})}, {frozenset({True})}),
    ],
)
def test_true_and_false_are_no_numbers(yours: Value, wanted: Value) -> None:
    """Python takes 1 for True; who is asked for the one does not give the other."""
    assert difference(yours, wanted, Tolerance()) is not None
    assert difference(yours, yours, Tolerance()) is None


def test_truths_of_numpy_are_pythons() -> None:
    """They cross the border as arrays without an axis."""
    assert difference([np.True_, np.array(False)], [True, False], Tolerance()) is None
    assert difference(True, np.array(True), Tolerance()) is None


@pytest.mark.parametrize("yours", [lambda x: x * 1.01, lambda x: x + 1e-9, lambda x: x])
def test_the_largest_of_a_list_is_looked_for_once(
    yours: Callable[[float], float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever differs of it, and whoever looks for all that does."""
    counted: list[object] = []
    monkeypatch.setattr(tolerance_module, "largest", lambda value: counted.append(value) or 1.0)
    wanted = [n / 1000 for n in range(500)]
    tolerance = Tolerance.of(Inputs((wanted,), {}))
    found = [yours(each) for each in wanted]
    difference(found, wanted, tolerance)
    differing_parts(found, wanted, tolerance, ())
    assert len(counted) <= 4 * len(wanted)


def test_the_largest_input_is_looked_for_once_for_a_dict(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zero among its entries asks for it."""
    counted: list[object] = []
    monkeypatch.setattr(tolerance_module, "largest", lambda value: counted.append(value) or 1.0)
    given = [n / 1000 for n in range(300)]
    wanted = dict.fromkeys(range(300), 0.0)
    tolerance = Tolerance.of(Inputs((given,), {}))
    for step in (1e-10, 1.0):
        found = {key: each + step for key, each in wanted.items()}
        difference(found, wanted, tolerance)
        differing_parts(found, wanted, tolerance, ())
    assert len(counted) <= 12 * len(wanted)
