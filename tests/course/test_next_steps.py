"""What comes next: exercises in order, and quizzes once the exercises before them are done."""

from __future__ import annotations

from grader.course.course import Course, ListedModel, Unit
from grader.course.next_steps import NextSteps, first_open, whats_next
from grader.course.progress import Progress
from grader.records import CaseResult, Outcome, Report


def record_pass(progress: Progress, exercise: str) -> None:
    """Write down that an exercise was passed."""
    check = CaseResult("case", "f", Outcome.PASSED, 1.0, 1.0)
    progress.record(Report(exercise, "path", Outcome.PASSED, (check,)))


def record_quiz(progress: Progress, quiz: str) -> None:
    """Write down that a quiz was taken to its end."""
    progress.write(
        "INSERT INTO sittings (quiz, seed, at, score, max_score) VALUES (?, 1, 0, 2, 2)", quiz
    )


def test_what_comes_next(tiny: Course) -> None:
    """Exercises in order, then the unit's quiz, then nothing."""
    with Progress(tiny.root) as progress:
        assert whats_next(tiny, progress) == NextSteps("double", "")
        record_pass(progress, "double")
        assert whats_next(tiny, progress) == NextSteps("quadruple", "")
        record_pass(progress, "quadruple")
        assert whats_next(tiny, progress) == NextSteps("", "sums")
        assert first_open(tiny, progress) is None
        record_quiz(progress, "sums")
        assert whats_next(tiny, progress) == NextSteps("", "")


def test_a_unit_without_exercises_begins_with_its_quiz(tiny: Course) -> None:
    """Once the units before are done its quiz comes next, or the exercise of a unit after it."""
    words = Unit("words", "Words", (), ("words",))
    course = tiny._replace(units=(words, tiny.units[0]))
    with Progress(tiny.root) as progress:
        assert whats_next(course, progress) == NextSteps("double", "words")
        record_quiz(progress, "words")
        assert whats_next(course, progress) == NextSteps("double", "")


def test_a_model_is_to_be_seen_once_its_exercise_is_passed(tiny: Course) -> None:
    """Whatever else is open, what was passed can be seen at work; of several models the last."""
    models = (ListedModel("fours", "quadruple"), ListedModel("twos", "double"))
    course = tiny._replace(models=models)
    with Progress(tiny.root) as progress:
        assert whats_next(course, progress).model == ""
        record_pass(progress, "double")
        assert whats_next(course, progress) == NextSteps("quadruple", "", "double")
        record_pass(progress, "quadruple")
        assert whats_next(course, progress) == NextSteps("", "sums", "quadruple")
