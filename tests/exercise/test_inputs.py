"""What a case gives: NumPy's numbers and texts are Python's wherever they stand in a nest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.exercise import calls, inputs
from grader.grading.modified import modified
from grader.learner import wire


def kinds(value: Any) -> Any:
    """Return the types in a nest."""
    if isinstance(value, dict):
        return {kinds(key): kinds(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return type(value), *map(kinds, value)
    return type(value)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ([np.int64(3), np.float32(0.5)], (list, int, float)),
        (({"a": np.int8(3)}, (np.bool_(True),)), (tuple, {str: int}, (tuple, bool))),
        ({np.str_("a"): [np.str_("b")]}, {str: (list, str)}),
        ({np.int64(1)}, (set, int)),
        (frozenset({np.complex128(1j)}), (frozenset, complex)),
        ([np.ones(2)], (list, np.ndarray)),
        (np.float32(1), np.float32),
    ],
)
def test_numbers_in_a_nest_are_those_of_python(given: Any, wanted: Any) -> None:
    """So they cross as what they are, and come back unchanged."""
    call = inputs(given, named=given)
    assert kinds(call.args[0]) == kinds(call.kwargs["named"]) == wanted
    frame = wire.take_frame(bytearray(wire.pack([call.args])))
    assert frame
    ((crossed,),) = wire.unpack(*frame)
    if not isinstance(given, np.generic):
        assert not modified(inputs(call.args[0]), inputs(crossed))


def test_so_it_is_with_calls_in_a_row() -> None:
    """Each is a tuple."""
    assert kinds(calls(("push", np.int64(3))).args) == (tuple, (tuple, str, int))
