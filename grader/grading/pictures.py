"""An exercise's pictures: their calls made on the learner's file and on the reference."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from grader.course.answer_key import damaged_key
from grader.course.course import Course
from grader.errors import BrokenGraderError, GraderError, UsageError
from grader.exercise.definition import Case
from grader.exercise.pictures import Panel, Picture, View, require_few
from grader.exercise.silent import silent
from grader.grading.checks import is_unwritten, judge_case
from grader.grading.compare import difference
from grader.grading.examiner import examiner_of, load_definition
from grader.grading.of_the_file import Unread, read_answer, say_of_the_file
from grader.grading.room import Sitting
from grader.grading.sitting import sit
from grader.grading.trials import Examiner, Paper, Trial, bind
from grader.learner.outside.sandbox import Sandbox
from grader.records import Answer, Limits, Missing, Returned, Submission, Value
from grader.records.text import Text, parse

# Differences between two results that can be drawn beside each other.
OF_VALUES = ("values", "nan")


class ViewResult(NamedTuple):
    """A view with what the reference makes of it: the whole result, and the part that is drawn."""

    view: View
    result: Value
    panel: Panel


class SideBySide(NamedTuple):
    """What is drawn of the reference's result, and of the learner's where there is one.

    `trouble` is why there is none, or how it differs from the reference's.
    """

    reference: Panel
    yours: Panel | None = None
    trouble: Text = Text()


class PictureViews(NamedTuple):
    """A picture with its views, in order."""

    picture: Picture
    views: tuple[SideBySide, ...]


class ExercisePictures(NamedTuple):
    """All pictures of an exercise; `notes` are about the learner's file as a whole."""

    exercise: str
    path: str
    pictures: tuple[PictureViews, ...]
    notes: tuple[Text, ...] = ()


def draw_pictures(
    course: Course, name: str, answer: Path | Submission | None, sandbox: Sandbox
) -> ExercisePictures:
    """Draw the pictures of an exercise: what the reference makes of them, and a learner's file.

    Whatever state the file is in, the reference's are there.

    Raises
    ------
    UsageError
        The exercise has no pictures.
    """
    examiner = examiner_of(course, name)
    if not examiner.definition.pictures:
        some = [each for each in course.exercises if load_definition(course, each).pictures]
        raise UsageError(
            f"there is no picture for {name}",
            next=f"There are pictures for: {', '.join(some) or 'no exercise of this course'}.",
        )
    answer = answer or course.exercise_path(name)
    path = answer.path if isinstance(answer, Submission) else course.display(answer)
    drawn = [(picture, _to_draw(examiner, picture)) for picture in examiner.definition.pictures]
    submission = read_answer(course, name, answer)
    if isinstance(submission, Unread):
        alone = (_in_a_row(p, [SideBySide(r.panel) for r in rs]) for p, rs in drawn)
        return ExercisePictures(name, path, tuple(alone), (parse(submission.reason),))
    trials = tuple(_trial(picture, result) for picture, results in drawn for result in results)
    sitting = sit(course, Paper(examiner, 0, trials), submission, Limits(), sandbox)
    notes = say_of_the_file(course, examiner.definition, submission, sitting)
    made = iter(zip(trials, sitting.run.answers, strict=True))
    beside = tuple(
        _in_a_row(p, [_beside(examiner, result, *next(made), sitting) for result in results])
        for p, results in drawn
    )
    return ExercisePictures(name, path, beside, tuple(note.message for note in notes))


def _in_a_row(picture: Picture, views: Sequence[SideBySide]) -> PictureViews:
    """Return a picture with its views; those that are all single numbers make one row of values."""
    panels = [view.reference for view in views]
    if len(panels) < 2 or any(panel.values.ndim for panel in panels):
        return PictureViews(picture, tuple(views))
    yours = [view.yours.values for view in views if view.yours]
    titles = tuple(panel.title for panel in panels)
    row = Panel(picture.title, np.array([panel.values for panel in panels]), (), titles)
    made = row._replace(values=np.array(yours)) if len(yours) == len(views) else None
    trouble = next((view.trouble for view in views if view.trouble), Text())
    return PictureViews(picture, (SideBySide(row, made, trouble),))


def view_results(examiner: Examiner, picture: Picture) -> tuple[ViewResult, ...]:
    """Return the views of a picture with the reference's results: all that it takes to draw it.

    Raises
    ------
    BrokenGraderError
        The views cannot be made, the reference does not take one or fails on it, or its result
        has no such part.
    DamagedKeyError
        So it is in a key.
    """
    try:
        with silent():
            views = picture.draw()
            require_few(views)
            for view in views:  # whoever tells how a learner's differs names its arguments
                function = view.function or picture.function
                bind(examiner.definition.references[function], view.inputs)
            pairs = zip(views, examiner.results(picture), strict=True)
            return tuple(ViewResult(view, result, view.panel(result)) for view, result in pairs)
    except GraderError:
        raise
    except Exception as error:
        raise _undrawn(examiner, picture, f"{type(error).__name__}: {error}") from error


def _to_draw(examiner: Examiner, picture: Picture) -> tuple[ViewResult, ...]:
    """Return the views of a picture; what a learner returns is drawn where it is of their shape."""
    results = view_results(examiner, picture)
    if not all(result.panel.can_be_drawn for result in results):
        raise _undrawn(examiner, picture, "it is no row or table of numbers")
    return results


def _undrawn(examiner: Examiner, picture: Picture, why: str) -> GraderError:
    """Return what is said of a picture that cannot be drawn: of a key, it is damaged."""
    what = f"the picture {picture.name} cannot be drawn: {why}"
    if not examiner.references:
        return damaged_key(picture.where, what)
    fault = "The course is at fault here, not your code. Please report this line."
    return BrokenGraderError(what, where=picture.where, next=fault)


def _trial(picture: Picture, drawn: ViewResult) -> Trial:
    """Return a view as a trial, for whoever is to answer it as the reference did."""
    view = drawn.view
    name, function = f"{picture.name}, {view.title}", view.function or picture.function
    case = Case(name, function, lambda rng: view.inputs, where=picture.where)
    return Trial(case, view.inputs, Returned(drawn.result, view.inputs))


def _beside(
    examiner: Examiner, drawn: ViewResult, trial: Trial, answer: Answer, sitting: Sitting
) -> SideBySide:
    """Return the reference's panel beside the learner's, or beside why there is none."""
    if sitting.run.load_failure or isinstance(answer, Missing) or _is_untouched(sitting):
        return SideBySide(drawn.panel)  # that is said of the whole file
    reference = examiner.definition.references[trial.case.function]
    check = judge_case(trial, answer, reference, sitting.sources)
    fits = check.passed or (check.evidence and check.evidence.difference.kind in OF_VALUES)
    yours = _panel_of(drawn.view, answer.value) if fits and isinstance(answer, Returned) else None
    if yours is None:
        return SideBySide(drawn.panel, None, check.message)
    found = difference(yours.values, drawn.panel.values, trial.tolerance)
    return SideBySide(drawn.panel, yours, parse(found.message if found else ""))


def _panel_of(view: View, value: Value) -> Panel | None:
    """Return what is drawn of a learner's result, if it has such a part and that is numbers."""
    try:
        panel = view.panel(value)
    except (TypeError, KeyError, IndexError, ValueError):
        return None
    return panel if panel.can_be_drawn else None


def _is_untouched(sitting: Sitting) -> bool:
    return all(is_unwritten(answer) for answer in sitting.run.answers)
