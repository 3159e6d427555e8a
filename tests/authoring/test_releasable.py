"""What one draw shows to be not proved is not released."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.course.course import Course
from tests.conftest import Ended

IS_RIGHT = '''

@exercise.mistake
def is_right(x):
    """You add it to itself."""
    return double(x) + double(x)
'''
UNNAMED = '''

@exercise.mistake
def doubles_once_more(x):
    """You double, and leave it at that."""
    return double(x)
'''
USES_THE_REFERENCE = """

@exercise.check
def is_it(answer, wanted, x):
    return None if (answer == quadruple(x)).all() else "no"
"""
SCALED = '''

@exercise.reference
def scaled(x, by=1):
    """Scale.

    Returns
    -------
    scaled : float
    """
    return x * by


@exercise.case
def plainly(rng):
    return inputs(float(rng.integers(2, 9)))


@exercise.case
def by_two(rng):
    return inputs(float(rng.integers(2, 9)), by=2)


@exercise.mistake
'''
ONE_OPTION = f'''{SCALED}def forgets(x):
    """You scale by one."""
    return x
'''
ZERO = f'''{SCALED}def nought(x, by=1):
    """You multiply by nothing."""
    return 0.0
'''


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (IS_RIGHT, "the mistake is_right fails no visible check"),
        (UNNAMED, "the mistake doubles_once_more gives what doubles_once gives in every case"),
        (USES_THE_REFERENCE, "the check uses quadruple, which a release cannot have"),
        (ONE_OPTION, "the mistake forgets has another signature than scaled: got an unexpected"),
        (ZERO, "the mistake nought, handed in as an answer, is diagnosed as: nothing. What it"),
    ],
)
def test_a_release_is_refused_where_a_mistake_is_not_proved(
    tiny: Course, grader: Callable[..., Ended], more: str, said: str
) -> None:
    """With the exercise, the line and the way to find out more; and nothing is written."""
    path = tiny.solution_path("quadruple")
    path.write_text(path.read_text() + more)
    ended = grader("release", "out", "--seeds", "1")
    assert ended.code == 2
    assert "quadruple is not proved: solutions/numbers/quadruple.py:" in ended.err
    assert said in ended.err
    assert "Mend it until this finds nothing: grader prove quadruple" in ended.err
    assert not (tiny.root / "out").exists()
