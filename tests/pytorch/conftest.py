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
    return load_definition(find_course(HERE), exercise).references
