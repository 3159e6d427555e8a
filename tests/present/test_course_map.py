"""The map of a course, in a wide terminal and in a narrow one."""

from __future__ import annotations

from pathlib import Path

from grader.course import Course, Unit
from grader.present.course_map import render_map
from grader.present.style import Style
from grader.progress import QuizStanding, Standing

COURSE = Course(
    Path(),
    "Numbers",
    (
        Unit("numbers", "From small numbers to large ones", ("double", "halve", "root"), ("sums",)),
        Unit("text", "From letters to words", (), ("words", "letters")),
        Unit("later", "Not written yet", (), ()),
    ),
)
STANDINGS = {"double": Standing(True, 12, 12), "halve": Standing(False, 3.5, 10)}
QUIZZES = {"sums": QuizStanding(9.5, 7, 12)}
WIDE = """\
Numbers
1 of 3 exercises passed, 15.5 points

numbers: From small numbers to large ones
  double        passed     12 of 12 points
  halve         tried      3.5 of 10 points
  root          untouched
  quiz sums     taken      best 9.5, last 7 of 12

text: From letters to words
  quiz words    untouched
  quiz letters  untouched

later: Not written yet

Next: think.\
"""
NARROW = """\
Numbers
1 of 3 exercises passed, 15.5 points

numbers: From small numbers to large
ones
  double        passed
  halve         3.5 of 10
  root          untouched
  quiz sums     9.5 of 12

text: From letters to words
  quiz words    untouched
  quiz letters  untouched

later: Not written yet

Next: think.\
"""


def test_the_map_in_eighty_columns() -> None:
    """A word and all scores; a unit may have quizzes only, or nothing yet."""
    assert render_map(COURSE, STANDINGS, QUIZZES, "Next: think.", Style()) == WIDE


def test_the_map_in_forty_columns() -> None:
    """One word or score a row, and headings are wrapped."""
    assert render_map(COURSE, STANDINGS, QUIZZES, "Next: think.", Style(width=40)) == NARROW


def test_a_map_of_nothing() -> None:
    """A course that is only begun has a map."""
    course = COURSE._replace(units=())
    assert render_map(course, {}, {}, "Next.", Style()) == (
        "Numbers\n0 of 0 exercises passed, 0 points\n\nNext."
    )
