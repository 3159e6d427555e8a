"""The same checks as `grader grade softmax` makes, as a plain pytest file: the peer to be beaten.

It runs the learner's code in the tests' own process and knows no mistakes; `SUBMISSION` in the
environment is the file to test.
"""

from __future__ import annotations

import importlib.util
import os
from types import ModuleType
from zlib import crc32

import numpy as np
import pytest

from solutions.attention.softmax import exercise, softmax

CASES = exercise.define("softmax", "attention", "", "lesson").cases


def submission() -> ModuleType:
    """Import the file to test."""
    spec = importlib.util.spec_from_file_location("submission", os.environ["SUBMISSION"])
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_agrees_with_the_reference(case):
    """The submission returns what the reference does."""
    inputs = case.draw(np.random.default_rng([1, crc32(case.name.encode())]))
    mine = submission().softmax(*inputs.args, **inputs.kwargs)
    np.testing.assert_allclose(mine, softmax(*inputs.args, **inputs.kwargs), 1e-6, 1e-8)
