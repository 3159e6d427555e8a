"""A whole model at work, on the learner's functions and on references where there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from grader.backstop import within_bounds
from grader.course.course import Course
from grader.errors import BrokenGraderError, GraderError, UsageError, in_one_line
from grader.exercise.model import Job, Model, Output
from grader.exercise.pictures import Panel
from grader.grading.examiner import examiner_of
from grader.grading.model_calls import Functions, NothingStandsInError, Ran, Tell, run_driver
from grader.grading.model_code import ReferenceFiles, load_model
from grader.grading.model_files import Choice, Credits, ModelFiles, choose_files
from grader.learner.outside.sandbox import Sandbox
from grader.records import (
    Answer,
    Frame,
    Missing,
    Outcome,
    Raised,
    Returned,
    Stopped,
    Submission,
    Unusable,
)

# So many texts are answered to count what is right; fewer where every step crosses the border.
HELD_OUT, HELD_OUT_MIXED = 160, 48


class Watched(NamedTuple):
    """The answer to one text, with its picture.

    It is `borrowed` where the learner's functions do not call what is watched, so that the
    references had to show theirs, if they are at hand.
    """

    text: str
    answer: str
    panels: tuple[Panel, ...]
    borrowed: bool = False


class Ablation(NamedTuple):
    """How many of `total` held-out texts are right `without` something, and one that is not.

    Of a model with a page, the `loss` on that counts instead, and the text is one it goes on with.
    It is `borrowed` where the learner's functions do not call what is taken away, so that the
    references had to do it.
    """

    without: str
    right: int
    total: int
    example: tuple[str, str]
    borrowed: bool = False
    loss: float | None = None


def open_model(
    course: Course,
    exercise: str,
    sandbox: Sandbox,
    path: Path | None = None,
    choice: Choice = Choice.PASSING,
) -> RunningModel | None:
    """Return the model that an exercise shows, if there is one, on the learner's functions.

    The file at `path` takes the place of the learner's file of that exercise.

    Raises
    ------
    CourseError
        A file of the model is missing or not as it should be, or there are no references.
    """
    folder = course.model_folder(exercise)
    if folder is None:
        return None
    if choice is Choice.NONE:
        course.require_definitions()
    sandbox.expects_more = True
    model, driver = load_model(course, exercise, folder), folder / "driver.py"
    submission = Submission("driver", "models", course.display(driver), driver.read_bytes())
    submission = submission._replace(packages=course.installed_packages())
    return RunningModel(course, exercise, model, submission, sandbox, path, choice)


@dataclass
class RunningModel:
    """A model with all that it runs on; `used` are the exercises whose functions have worked."""

    course: Course
    exercise: str
    model: Model
    driver: Submission
    sandbox: Sandbox
    path: Path | None = None
    choice: Choice = Choice.PASSING
    used: set[str] = field(default_factory=set)
    settings: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def files(self) -> ModelFiles:
        """The learner's files that it runs on: looked for, and judged, when needed."""
        return choose_files(self.course, self.exercise, self.path, self.choice, self.sandbox)

    @cached_property
    def functions(self) -> Functions:
        """All that it runs on: the learner's files, and references."""
        course = self.course
        loaded = {name: examiner_of(course, name).references for name in self._names}
        references = {name: functions for name, functions in loaded.items() if functions}
        modules = {name: course.modules[name] for name in self._names}
        return Functions(modules, self.files.own, references)

    @property
    def credits(self) -> Credits:
        """Whose functions have worked so far."""
        return self._credits([name for name in self._names if name in self.used])

    @property
    def cast(self) -> Credits:
        """Whose functions are going to work, where they are called."""
        return self._credits(self._names)

    def _credits(self, names: Sequence[str]) -> Credits:
        own, wrong = self.functions.own, self.files.wrong
        return Credits(
            tuple(name for name in names if name in own),
            tuple(name for name in names if name not in own),
            tuple(name for name in names if name in wrong),
        )

    @property
    def _names(self) -> tuple[str, ...]:
        return (*self.course.earlier(self.exercise), self.exercise)

    def answers(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Return the answers to texts."""
        return self._run(self._job(texts)).answers

    def watch(self, text: str) -> Watched:
        """Answer one text, and draw what there is to see."""
        job = self._job([text])._replace(watched=True)
        output = self._run(job)
        seen = output if output.is_whole else self._run_references(job)
        panels = seen.panels if seen else ()
        return Watched(job.texts[0], output.answers[0], panels, seen is not output)

    def stream(self, text: str, tell: Tell) -> str:
        """Answer one text, tell each piece as it comes, and return what else there is to say."""
        return self._run(self._job([text]), tell).note

    def draw_anew(self) -> None:
        """Let the next text come of another seed, where there is one to set."""
        if seed := self.model.settings.get("seed"):
            drawn = int(self.model.settle(self.settings)["seed"]) + 1
            self.settings = {**self.settings, "seed": drawn % (int(seed.highest) + 1)}

    def ablations(self, without: Sequence[str], text: str | None = None) -> list[Ablation]:
        """Answer held-out texts with everything, then without each of these.

        Of a model with a page, the loss on that is measured, and the `text` is gone on with.

        Raises
        ------
        UsageError
            One cannot be taken away, from this model or from the learner's functions.
        """
        self.model.require_removable(without)
        each_once = ("", *dict.fromkeys(without))
        if self.model.page:
            return [self._measured(each, text or self.model.sample[0]) for each in each_once]
        count = HELD_OUT_MIXED if self.functions.are_mixed else HELD_OUT
        pairs = self.model.held_out(count)
        return [self._ablation(each, pairs) for each in each_once]

    def _ablation(self, without: str, pairs: Sequence[tuple[str, str]]) -> Ablation:
        job = self._job([text for text, _ in pairs])._replace(without=without)
        made, is_borrowed = self._run_without(job)
        both = list(zip(pairs, made.answers, strict=True))
        wrong = [(text, answer) for (text, right), answer in both if answer != right]
        example = wrong[0] if wrong else (pairs[0][0], made.answers[0])
        return Ablation(without, len(pairs) - len(wrong), len(pairs), example, is_borrowed)

    def _measured(self, without: str, text: str) -> Ablation:
        job = self._job([text])._replace(without=without, measured=True)
        made, is_borrowed = self._run_without(job)
        return Ablation(without, 0, 0, (job.texts[0], made.answers[0]), is_borrowed, made.loss)

    def _run_without(self, job: Job) -> tuple[Output, bool]:
        """Return what came of a job, and whether references had to take away what it is without."""
        output = self._run(job)
        made = output if output.is_whole else self._run_references(job)
        if made is None:
            raise UsageError(
                f"{job.without} cannot be taken away: your functions do not call what makes them",
                next="Call the functions of earlier exercises where there is one for it.",
            )
        return made, made is not output

    def _job(self, texts: Sequence[str]) -> Job:
        settings = self.model.settle(self.settings)
        return Job(tuple(map(self.model.normalise, texts)), settings=settings)

    def _run(self, job: Job, tell: Tell = str) -> Output:
        output, used = self._run_on(self.functions, job, tell)
        self.used |= used
        return output

    def _run_references(self, job: Job) -> Output | None:
        """Let the references do what the learner's functions cannot do all of, if there are any."""
        alone = self.functions._replace(own={})
        return self._run_on(alone, job)[0] if alone.references else None

    def _run_on(
        self, functions: Functions, job: Job, tell: Tell = str
    ) -> tuple[Output, frozenset[str]]:
        """Return what came of a job, and the exercises that were used for it."""
        replaced = {self.model.replaces.get(each) for each in ("", job.without)}
        replaced.add(self.model.watches if job.watched else "")
        through = frozenset(name for name in replaced if name)
        there = self._there(functions)
        job = job._replace(is_mixed=there.are_mixed)
        given, told = self.model.send(job), tell if self.model.streams else None
        try:
            seconds = self.model.seconds(job)
            ran = run_driver(self.driver, given, there, through, self.sandbox, seconds, told)
        except NothingStandsInError as error:
            path = self.course.display(self.course.exercise_path(error.exercise))
            is_wrong = error.exercise in self.files.wrong
            anyway = f"Or see what comes of yours: grader show {self.exercise} --mine"
            raise UsageError(
                f"the {self.model.called} needs {error.exercise}, and nothing stands in for it"
                " in this course",
                next=f"{'Mend' if is_wrong else 'Write'} {path} first: grader grade"
                f" {error.exercise}",
                lines=[anyway] if is_wrong else [],
            ) from error
        return self._read(ran, job, functions), ran.used

    def _there(self, functions: Functions) -> Functions:
        """Return the same, but with references over there where nothing of the learner's is."""
        if functions.own or not functions.references:
            return functions
        return functions._replace(own=ReferenceFiles(self.course, functions.references))

    def _read(self, ran: Ran, job: Job, functions: Functions) -> Output:
        """Return the answers in what came back, which may be anything."""
        if not isinstance(ran.answer, Returned):
            raise self._say_stopped(ran.failure or ran.answer, functions)
        try:
            with within_bounds():
                output = self.model.read(ran.answer.value, job)
            if len(output.answers) != len(job.texts):
                raise ValueError(f"{len(output.answers)} answers to {len(job.texts)} texts")
            return output
        except GraderError as error:
            reason = error.what
        except Exception as error:
            reason = f"what came back cannot be read: {type(error).__name__}: {error}"
        raise self._say_stopped(ran.failure or Unusable(reason), functions)

    def _say_stopped(self, answer: Answer, functions: Functions) -> GraderError:
        """Say that a function stops the model, and where."""
        place, does = None, "stop"
        match answer:
            case Raised(type=kind, message=message, frames=frames):
                reason, place = f"{kind}: {message}", self._place(frames)
            case Stopped(outcome=outcome, message=reason, frames=frames):
                does = "take too long for" if outcome is Outcome.TIMED_OUT else does
                place = self._place(frames)
            case Unusable(description=reason):
                pass
            case Missing(function=function):
                reason = f"there is no {function}"
        reason = in_one_line(" ".join(reason.split()))  # a stranger's words end no line of ours
        if not functions.own:
            reason = f"the {self.model.called} stops: {reason}"
            return BrokenGraderError(reason, where=place, next="Please report this line.")
        surprise = (
            "" if self.files.wrong & {*functions.own} else ", although they pass their checks"
        )
        return UsageError(
            f"your functions {does} the {self.model.called}{surprise}: {reason}",
            where=place,
            next=f"To see it run on the references alone: grader show {self.exercise} --reference",
        )

    def _place(self, frames: Sequence[Frame]) -> str | None:
        """Return the last line of the learner's own that an exception passed, else the driver's."""
        theirs = [frame for frame in frames if frame.path != self.driver.path] or frames
        return f"{theirs[-1].path}:{theirs[-1].line}" if theirs else None
