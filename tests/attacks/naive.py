"""A grader without a border, as many are written: the answer runs where the right one is known.

It is here to be beaten. Its exit code is its verdict.
"""

from __future__ import annotations

import importlib
import sys

import numpy as np

sys.path[:0] = sys.argv[1:]
right = importlib.import_module("solutions.numbers.double").double


def test_double() -> None:
    """Compare with the right answer on a few inputs."""
    for times in (2, 3):
        given = np.array([-1.0, 0.5]) * times
        wanted = right(given, times)
        yours = submission.double(given, times)
        assert np.allclose(yours, wanted), "that is wrong"


submission = importlib.import_module("exercises.numbers.double")
test_double()
