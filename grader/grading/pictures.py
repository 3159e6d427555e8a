"""An exercise's pictures: their calls made on the learner's file and on the reference."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from grader.course.course import Course, load_definition
from grader.errors import BrokenGraderError, UsageError
from grader.exercise.definition import Case, Definition
from grader.exercise.panels import Panel, Picture, View
from grader.grading.checks import is_unwritten, judge_case
from grader.grading.compare import Tolerance, difference
from grader.grading.grade import Unread, read_answer, say_of_the_file
from grader.grading.sitting import Attempt, Task, attempt, on_its_own_merit
from grader.grading.trials import Paper, Trial, draw_trial
from grader.learner.outside.sandbox import Sandbox
from grader.records import Answer, Limits, Missing, Returned, Submission, Value
from grader.records.text import Text, parse


class Posed(NamedTuple):
    """A view with what the reference makes of it."""

    view: View
    trial: Trial
    panel: Panel

    @property
    def result(self) -> Value:
        """The reference's whole result, of which the panel may show a part."""
        assert isinstance(self.trial.wanted, Returned)  # a picture's case wants no exception
        return self.trial.wanted.value


class Shown(NamedTuple):
    """What is drawn of the reference's result, and of the learner's where there is one.

    `trouble` is why there is none, or how it differs from the reference's.
    """

    wanted: Panel
    yours: Panel | None = None
    trouble: Text = Text()


class Exhibit(NamedTuple):
    """A picture with its views, in order."""

    picture: Picture
    views: tuple[Shown, ...]


class Exhibition(NamedTuple):
    """All pictures of an exercise; `told` is what there is to say of the learner's file."""

    exercise: str
    path: str
    exhibits: tuple[Exhibit, ...]
    told: tuple[Text, ...] = ()


def exhibit(
    course: Course, name: str, answer: Path | Submission | None, sandbox: Sandbox
) -> Exhibition:
    """Draw the pictures of an exercise: what the reference makes of them, and a learner's file.

    Whatever state the file is in, the reference's are there.

    Raises
    ------
    UsageError
        The exercise has no pictures.
    """
    definition = load_definition(course, name)
    if not definition.pictures:
        some = [each for each in course.exercises if load_definition(course, each).pictures]
        raise UsageError(
            f"there is no picture for {name}",
            next=f"There are pictures for: {', '.join(some) or 'no exercise of this course'}.",
        )
    answer = answer or course.exercise_path(name)
    posed = [(picture, pose(definition, picture)) for picture in definition.pictures]
    submission = read_answer(course, name, answer)
    if isinstance(submission, Unread):
        told: tuple[Text, ...] = (parse(submission.told),)
        exhibits = [Exhibit(p, tuple(Shown(each.panel) for each in views)) for p, views in posed]
    else:
        trials = tuple(each.trial for _, views in posed for each in views)
        task = Task(course, Paper(definition, 0, trials), submission, Limits(), sandbox)
        judged, blame = on_its_own_merit(task, attempt(task))
        said = (*say_of_the_file(definition, submission, judged), *blame)
        told = tuple(diagnosis.message for diagnosis in said)
        answers = iter(judged.run.answers)
        exhibits = [
            Exhibit(p, tuple(_beside(definition, each, next(answers), judged) for each in views))
            for p, views in posed
        ]
    path = answer.path if isinstance(answer, Submission) else course.shown(answer)
    return Exhibition(name, path, tuple(exhibits), told)


def pose(definition: Definition, picture: Picture) -> tuple[Posed, ...]:
    """Return the views of a picture with the reference's results: all that it takes to draw it.

    Raises
    ------
    BrokenGraderError
        The views cannot be made, the reference fails on one, or its result has no such part.
    """
    try:
        if definition.key:
            kept = zip(picture.draw(), definition.key.drawn(picture.name), strict=True)
            return tuple(_posed(picture, view, result) for view, result in kept)
        return tuple(_pose(definition, picture, view) for view in picture.draw())
    except BrokenGraderError:
        raise
    except Exception as error:
        raise BrokenGraderError(
            f"the picture {picture.name} cannot be drawn: {type(error).__name__}: {error}",
            where=picture.where,
            next="The course is at fault here, not your code. Please report this line.",
        ) from error


def _posed(picture: Picture, view: View, result: Value) -> Posed:
    """Return a view whose result is known."""
    trial = Trial(_case(picture, view), view.inputs, Returned(result, view.inputs))
    return Posed(view, trial, view.panel(result))


def _case(picture: Picture, view: View) -> Case:
    name, function = f"{picture.name}, {view.title}", view.function or picture.function
    return Case(name, function, lambda rng: view.inputs, where=picture.where)


def _pose(definition: Definition, picture: Picture, view: View) -> Posed:
    trial = draw_trial(definition, _case(picture, view), seed=0)
    assert isinstance(trial.wanted, Returned)  # a case that wants no exception
    return Posed(view, trial, view.panel(trial.wanted.value))


def _beside(definition: Definition, posed: Posed, answer: Answer, judged: Attempt) -> Shown:
    """Return the reference's panel beside the learner's, or beside why there is none."""
    view, trial, wanted = posed
    if judged.run.load_failure or isinstance(answer, Missing) or _is_untouched(judged):
        return Shown(wanted)  # that is said of the whole file
    reference = definition.references[trial.case.function]
    result = judge_case(trial, answer, reference, judged.sources)
    fits = result.passed or (result.evidence and result.evidence.difference.kind in OF_VALUES)
    if not (fits and isinstance(answer, Returned)):
        return Shown(wanted, None, result.message)
    yours = view.panel(answer.value)
    found = difference(yours.values, wanted.values, Tolerance.of(trial.inputs))
    return Shown(wanted, yours, parse(found.message if found else ""))


# Differences between two results that can be drawn beside each other.
OF_VALUES = ("values", "nan")


def _is_untouched(judged: Attempt) -> bool:
    return all(is_unwritten(answer) for answer in judged.run.answers)
