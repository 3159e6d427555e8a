"""The map of a course, in a wide terminal and in a narrow one."""

from __future__ import annotations

from pathlib import Path

from grader.course.course import Course, Unit
from grader.course.next_steps import NextSteps
from grader.course.progress import QuizStanding, Standing
from grader.present.map_text import render_map
from grader.present.next_step_text import say_next
from grader.present.style import Style

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
BEGUN = {"sums": 12, "letters": 5}
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
  quiz letters  begun      5 questions asked

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
  quiz letters  5 asked

later: Not written yet

Next: think.\
"""


def test_the_map_in_eighty_columns() -> None:
    """A word and all scores; a unit may have quizzes only, or nothing yet."""
    assert render_map(COURSE, STANDINGS, QUIZZES, "Next: think.", Style(), BEGUN) == WIDE


def test_the_map_in_forty_columns() -> None:
    """One word or score a row, and headings are wrapped."""
    style = Style(width=40)
    assert render_map(COURSE, STANDINGS, QUIZZES, "Next: think.", style, BEGUN) == NARROW


def test_a_map_of_nothing() -> None:
    """A course that is only begun has a map."""
    course = COURSE._replace(units=())
    assert render_map(course, {}, {}, "Next.", Style()) == (
        "Numbers\n0 of 0 exercises passed, 0 points\n\nNext."
    )


def test_what_comes_next_may_be_either_of_two() -> None:
    """A quiz holds nobody up, and whoever has passed every exercise is told so."""
    write, quiz = "Next: write exercises/numbers/root.py", "take the quiz: grader quiz sums"
    assert say_next(COURSE, NextSteps("root")) == f"{write}, then run: grader grade root"
    assert say_next(COURSE, NextSteps("root", "sums")) == f"{write}, or {quiz}"
    done = "All 3 exercises are passed: your root is finished."
    assert say_next(COURSE, NextSteps("", "sums")) == f"{done}\n\nNext: {quiz}"
    assert say_next(COURSE, NextSteps()) == f"{done}\n\ngrader quiz NAME asks a quiz again."


def test_what_was_passed_by_other_checks() -> None:
    """It stays passed, and says at any width that it is to be graded again."""
    for width, row in (
        (80, "  double  passed     12 of 12 points, by other checks: grade again"),
        (40, "  double  grade again"),
    ):
        course = COURSE._replace(units=(COURSE.units[0]._replace(quizzes=()),))
        text = render_map(course, STANDINGS, {}, "", Style(width=width), {}, {"double"})
        assert row in text.split("\n")
