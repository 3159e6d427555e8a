"""An exercise in pytest: a file of functions, each with its checks, graded once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from grader.course.course import Course, read_course
from grader.course.seed import fresh_seed
from grader.errors import GraderError
from grader.grading.examiner import draw_paper
from grader.grading.grade import grade
from grader.grading.sitting import unmade_checks
from grader.grading.trials import Paper
from grader.learner.outside.sandbox import Sandbox
from grader.present.prose_text import unwrapped
from grader.present.readable import readable
from grader.present.short_report_text import short_check
from grader.present.style import Style
from grader.records import CaseResult, Outcome, Report

_SANDBOX = pytest.StashKey[Sandbox]()
_SEED = pytest.StashKey[int]()


class CheckFailed(Exception):
    """A check that did not pass; its message is for the learner."""


class GraderFailed(Exception):
    """The grader or the course is at fault, so nothing was judged."""


class ExerciseFile(pytest.File):
    """A learner's file: it holds the checks of its functions, and is graded once for all."""

    def collect(self) -> Iterator[pytest.Collector]:
        """Yield the functions that the definition checks."""
        for function in dict.fromkeys(check.function for check in self.checks):
            yield FunctionChecks.from_parent(self, name=function)

    @cached_property
    def checks(self) -> tuple[CaseResult, ...]:
        """The checks as they stand before any was made: what they are called."""
        return unmade_checks(self._paper)

    @cached_property
    def report(self) -> Report:
        """What grading the file found, made when the first check is asked for."""
        config, name = self.config, self.path.stem
        return grade(self._course, name, sandbox=_sandbox_of(config), paper=self._paper)

    def is_first(self, function: str) -> bool:
        """Tell whether this is the first check to fail of a function, or of the whole file."""
        is_first = function not in self._failed
        self._failed.add(function)
        return is_first

    @cached_property
    def _failed(self) -> set[str]:
        return set()

    @cached_property
    def _course(self) -> Course:
        try:
            course = read_course(self.path.parents[2])
            name = course.require_exercise(self.path.stem)
        except GraderError as error:
            raise self.CollectError(str(error)) from None
        if course.exercise_path(name) != self.path:
            unit = course.unit_of(name)
            raise self.CollectError(f"{self.path}: course.yaml lists {name} in the unit {unit}")
        return course

    @cached_property
    def _paper(self) -> Paper:
        try:
            return draw_paper(self._course, self.path.stem, _seed_of(self.config))
        except GraderError as error:
            raise self.CollectError(str(error)) from None


class FunctionChecks(pytest.Collector):
    """The checks of one function."""

    parent: ExerciseFile

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the checks in the order of the report."""
        for check in self.parent.checks:
            if check.function == self.name:
                yield Check.from_parent(self, name=check.name)


class Check(pytest.Item):
    """One check; it ends as it does in the report."""

    parent: FunctionChecks

    def setup(self) -> None:
        """Grade the file, unless that is done; a fault of ours is an error, not a failure."""
        report = self.parent.parent.report
        if report.outcome is Outcome.GRADER_ERROR:
            raise GraderFailed("\n".join(unwrapped(each.message) for each in report.diagnosis))

    def runtest(self) -> None:
        """Pass, skip or fail as the report says.

        Whatever the learner's code prints or raises, no line of it begins where pytest's do.
        """
        report, result = self.parent.parent.report, self._result
        if result.passed:
            return
        was_run = any(check.outcome is not Outcome.SKIPPED for check in report.checks)
        if report.outcome is Outcome.NOT_ATTEMPTED:
            pytest.skip("not attempted yet")
        if result.outcome is Outcome.SKIPPED and was_run:
            pytest.skip(unwrapped(result.message))
        is_first = self.parent.parent.is_first(self.parent.name if was_run else "")
        if is_first:
            self.add_report_section("call", "stdout", indent(readable(report.printed), "  "))
        again = f"Same inputs again: --grader-seed {report.seed}   (tier: {report.tier})"
        text = short_check(report, result, Style(), is_first)
        raise CheckFailed(f"{text}\n\n{again}" if is_first else text)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the message alone: a traceback of ours would tell a learner nothing."""
        if isinstance(excinfo.value, CheckFailed | GraderFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where a click on the check leads: to the file, not into the grader."""
        return self.path, 0, f"{self.path.stem}: {self.parent.name}: {self.name}"

    @property
    def _result(self) -> CaseResult:
        checks = self.parent.parent.report.checks
        return next(c for c in checks if (c.function, c.name) == (self.parent.name, self.name))


def _seed_of(config: pytest.Config) -> int:
    """Return the seed of this session, one for all files."""
    if _SEED not in config.stash:
        asked: int | None = config.getoption("--grader-seed")
        config.stash[_SEED] = fresh_seed() if asked is None else asked
    return config.stash[_SEED]


def _sandbox_of(config: pytest.Config) -> Sandbox:
    """Return the sandbox of this session, started when something is graded."""
    if _SANDBOX not in config.stash:
        config.stash[_SANDBOX] = Sandbox()
        config.add_cleanup(config.stash[_SANDBOX].close)
    return config.stash[_SANDBOX]
