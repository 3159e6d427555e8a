"""What an exercise is about, read off the inputs of its cases and what comes of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.exercise.stub_text import Asked
from grader.grading.compare import leaves
from grader.grading.side_checks import is_changeable
from grader.grading.trials import Trial
from grader.records import Returned


def asked_of(trials: Sequence[Trial]) -> Asked:
    """Return whether there are arrays, float arrays come back, and inputs can be changed."""
    made = [
        (trial.case, leaf)
        for trial in trials
        if isinstance(trial.wanted, Returned)
        for _, leaf in leaves(trial.wanted.value)
        if isinstance(leaf, np.ndarray)
    ]
    given = [
        (t.case, value) for t in trials for value in (*t.inputs.args, *t.inputs.kwargs.values())
    ]
    arrays = [
        leaf for _, value in given for _, leaf in leaves(value) if isinstance(leaf, np.ndarray)
    ]
    return Asked(
        arrays=bool(made or arrays),
        floats=any(case.check_dtype and leaf.dtype.kind in "fc" for case, leaf in made),
        untouched=any(case.check_inputs and is_changeable(value) for case, value in given),
    )
