"""Values that are frozen come back as they were."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from grader.course.frozen_values import Freezer, Thawer

VALUES = [
    None,
    "text \N{SNOWMAN}",
    b"\xff\x00a",
    [(97, 110), (98, 256)],
    {"key": [1.5, -np.inf], "value": (True, b"")},
    [],
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_nest_comes_back_as_it_was(value: Any) -> None:
    """Lists stay lists, pairs stay pairs, text stays text and bytes stay bytes."""
    freezer = Freezer()
    arrays = freezer.arrays(freezer.freeze(value))
    thawer = Thawer(arrays)
    assert thawer.thaw(thawer.index) == value
    assert json.loads(arrays["index"].tobytes()) == thawer.index
