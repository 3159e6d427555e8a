"""What the comparisons with PyTorch share: their sibling modules, and the course's references."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # record.py, run as a script, finds its siblings the same way

import samples  # noqa: E402

from grader.course.course import find_course  # noqa: E402
from grader.grading.examiner import load_definition  # noqa: E402


@pytest.fixture(scope="module", params=samples.EXERCISES)
def exercise(request):
    """Return the name of an exercise that PyTorch can solve too; a test runs once for each."""
    return request.param


@pytest.fixture(scope="module")
def references(exercise):
    """Return the course's own solutions of the exercise, by the name of the function."""
    found = load_definition(find_course(HERE), exercise).references
    return {"forward_and_back": _forward_and_back(**found)} if "checkpoint" in exercise else found


def _forward_and_back(forward_segments, backward_segments):
    """Return one function of two: what the first saves for the second is its own affair."""

    def forward_and_back(x, weights, segment, grad):
        y, saved = forward_segments(x, weights, segment)
        return (y, *backward_segments(saved, weights, segment, grad))

    return forward_and_back
