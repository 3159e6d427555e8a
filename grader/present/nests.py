"""What kinds of nests arguments are, where that is told in words of its own."""

from __future__ import annotations

from itertools import islice

import numpy as np

from grader.grading.compare import leaves
from grader.learner.inside.chained import RESULT_OF
from grader.records import ResultOf, Value

MAX_PARTS, MAX_NUMBERS = 60, 200  # of a nest that is written as Python has it


def call_behind(value: Value) -> str:
    """Return the call of the learner's own that an argument is the result of, if it is one."""
    if isinstance(value, ResultOf):
        return f"your {value[RESULT_OF]}(...)[{value['part']}]"
    return ""


def is_list_of_arrays(value: Value) -> bool:
    """Tell whether a value is a list of arrays, one at least."""
    is_list = isinstance(value, list) and bool(value)
    return is_list and all(isinstance(each, np.ndarray) and each.ndim for each in value)


def is_list_of_dicts(value: Value) -> bool:
    """Tell whether a value is a list of dicts, or empty."""
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def is_little(value: Value) -> bool:
    """Tell whether a nest of arrays may be written whole: NumPy cuts no axis of a few entries."""
    parts = [*islice(leaves(value), MAX_PARTS + 1)]
    return len(parts) <= MAX_PARTS and sum(np.size(part) for _, part in parts) <= MAX_NUMBERS
