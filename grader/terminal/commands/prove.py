"""Commands for authors: `stub` and `prove`."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from grader.course.course import Course
from grader.errors import CourseError, UsageError
from grader.terminal.commands.common import current_course, say, style_of

if TYPE_CHECKING:
    from grader.learner.outside.sandbox import Sandbox

ALL_QUIZZES = "quizzes"


@click.command()
@click.argument("names", nargs=-1)
@click.option("--check", is_flag=True, help="Only say which stubs are out of step (exit 1).")
@click.option("--force", is_flag=True, help="Replace a learner's work too; a copy is kept.")
def stub(names: tuple[str, ...], check: bool, force: bool) -> int:
    """Write stubs again; a learner's work is left alone."""
    from grader.authoring.stubs import StubState, stub_state, write_stub

    course = current_course()
    course.require_definitions()
    chosen = [course.require_exercise(name) for name in names] or list(course.exercises)
    if not (chosen or check):
        raise course.lacks("exercise")
    states = {name: stub_state(course, name) for name in chosen}
    stale = [name for name, state in states.items() if state is not StubState.CURRENT]
    if check:
        for name in stale:
            path = course.shown(course.exercise_path(name))
            say(f"{path}: not the stub of its definition. Run: grader stub {name}")
        return 1 if stale else 0
    worked_on = [name for name in stale if states[name] is StubState.WORKED_ON and not force]
    for name in worked_on:
        path = course.shown(course.exercise_path(name))
        say(f"{path}: left alone, it holds somebody's work. To replace: grader reset {name}")
    for name in stale:
        if name not in worked_on:
            kept = write_stub(course, name)
            also = f"; what stood there is kept: {course.shown(kept)}" if kept else ""
            say(f"{course.shown(course.exercise_path(name))}: written{also}")
    return 1 if worked_on else 0


@click.command()
@click.argument("names", nargs=-1)
@click.option("--table/--no-table", default=None, help="Show which case catches which mistake.")
@click.option("--coverage", is_flag=True, help="Then count the questions on each section.")
def prove(names: tuple[str, ...], table: bool | None, coverage: bool) -> int:
    """Prove exercises and quizzes; `quizzes` is all of these. Named exercises get a table."""
    from grader.learner.outside.sandbox import Sandbox

    course = current_course()
    if not (course.exercises or course.quizzes):
        raise course.lacks("exercise")
    exercises, quizzes = _named(course, names)
    if exercises:
        course.require_definitions()
    with_table = bool(names) if table is None else table
    with Sandbox(warm=True) as sandbox:
        codes = [_prove_exercise(course, name, with_table, sandbox) for name in exercises]
        codes += [_prove_quiz(course, name, sandbox) for name in quizzes]
    if quizzes and not any(codes):
        codes.append(_prove_ids(course))
    if coverage and not any(codes):
        say("\n" + _coverage(course))
    return max(codes, default=0)


def _named(course: Course, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the exercises and the quizzes that are meant; one name may be both."""
    known = (*course.exercises, *course.quizzes, ALL_QUIZZES)
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3, cutoff=0.5) or known
            raise UsageError(
                f"there is no exercise or quiz called {name!r}",
                next=f"There are: {', '.join(near)}.",
            )
    exercises = [name for name in course.exercises if name in names or not names]
    every = not names or ALL_QUIZZES in names
    return exercises, [name for name in course.quizzes if name in names or every]


def _prove_exercise(course: Course, name: str, with_table: bool, sandbox: Sandbox) -> int:
    from grader.authoring.prove import prove as proof_of
    from grader.present.proof_text import render_proof

    proof = proof_of(course, name, sandbox=sandbox)
    stale = _stale_stub(course, name)
    say(render_proof(proof, style_of(sys.stdout), with_table, stale))
    return 0 if proof.is_sound and not stale else 1


def _stale_stub(course: Course, name: str) -> str:
    """Say that a stub is out of step and what mends it; a learner's own work is none."""
    from grader.authoring.stubs import StubState, stub_state

    told = {
        StubState.MISSING: "the stub is missing",
        StubState.OUTDATED: "not the stub of its definition",
    }.get(stub_state(course, name))
    path = course.shown(course.exercise_path(name))
    return f"{path}: {told}. Run: grader stub {name}" if told else ""


def _prove_quiz(course: Course, name: str, sandbox: Sandbox) -> int:
    """Prove one quiz; a file that cannot be read does not keep the others from being proved."""
    from grader.quiz.proving.lint import warnings_of
    from grader.quiz.proving.proof import key_problems
    from grader.quiz.reading.load import read_quiz

    try:
        quiz = read_quiz(course, name)
    except CourseError as error:
        say(f"quiz {name}: {error}")
        return error.exit_code
    problems = key_problems(quiz, sandbox)
    found = f"{len(problems)} problems" if problems else f"proved, {len(quiz.questions)} questions"
    say(f"quiz {name}: {found}")
    for problem in problems:
        say(f"  {problem}")
    for warning in warnings_of(quiz):
        say(f"  warning: {warning}")
    return 1 if problems else 0


def _prove_ids(course: Course) -> int:
    from grader.quiz.reading.load import read_quizzes

    try:
        read_quizzes(course)
    except CourseError as error:
        say(str(error))
        return error.exit_code
    return 0


def _coverage(course: Course) -> str:
    from grader.present.coverage_text import render_coverage
    from grader.quiz.proving.coverage import coverage
    from grader.quiz.reading.load import read_documents, read_quizzes

    return render_coverage(coverage(read_quizzes(course), read_documents(course)))
