"""`grader prove`: whether exercises and quizzes are sound."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial

import click

from grader.authoring.mutants import Score, score_mutants
from grader.authoring.prove import prove as proof_of
from grader.backstop import within_bounds
from grader.course.course import Course
from grader.course.names import exercise_or_quiz
from grader.errors import BrokenGraderError, CourseError, GraderError, RefusedError, UsageError
from grader.learner.outside.sandbox import Sandbox, possible_tiers
from grader.present.coverage_text import render_coverage
from grader.present.mutants_text import render_score, render_total
from grader.present.proof_text import render_proof
from grader.quiz.model import Quiz
from grader.quiz.proving.coverage import coverage as coverage_of
from grader.quiz.proving.habits import habits_of
from grader.quiz.proving.lint import warnings_of
from grader.quiz.proving.proof import key_problems
from grader.quiz.reading.load import (
    read_documents,
    read_quiz,
    read_quizzes,
    require_few_ways,
    ways_in,
)
from grader.terminal.commands.common import complain, current_course, say, status, style_of
from grader.terminal.quiet import quiet_output

ALL_QUIZZES = "quizzes"
MOST_SAID = 100  # problems of a quiz, and as many warnings


@click.command()
@click.argument("names", nargs=-1)
@click.option("--table/--no-table", default=None, help="Show which case catches which mistake.")
@click.option("--coverage", is_flag=True, help="Then count the questions on each section.")
@click.option("--mutants", is_flag=True, help="Ask instead which slips no check would notice.")
def prove(names: tuple[str, ...], table: bool | None, coverage: bool, mutants: bool) -> int:
    """Prove exercises and quizzes; `quizzes` is all of these. Named exercises get a table."""
    course = current_course()
    course.installed_packages()
    if not (course.exercises or course.quizzes):
        raise course.lacks("exercise")
    exercises, quizzes = _named(course, names)
    if exercises:
        course.require_definitions()
    if mutants:
        return _score(course, exercises)
    with_table = bool(names) if table is None else table
    with ExitStack() as until_the_end:
        sandbox = until_the_end.enter_context(Sandbox(warm=True))
        others = [until_the_end.enter_context(each) for each in _other_tiers(sandbox, exercises)]
        rooms = sandbox, *others
        codes = []
        for number, name in enumerate(exercises, 1):
            status(f"proving {name}, {number} of {len(exercises)}")
            codes.append(_prove_exercise(course, name, with_table, rooms))
        codes += _prove_quizzes(course, quizzes, sandbox)
    if not any(codes) and (quizzes or coverage):
        every = read_quizzes(course)  # which raises where two quizzes share an id
        if len(quizzes) > 1:
            _warn_of_habits([quiz for quiz in every if quiz.name in quizzes])
        if coverage:
            say("\n" + render_coverage(coverage_of(every, read_documents(course))))
    return max(codes, default=0)


def _named(course: Course, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the exercises and the quizzes that are meant; one name may be both."""
    known = (*course.exercises, *course.quizzes, ALL_QUIZZES)
    names = [name if name in known else exercise_or_quiz(course, name) for name in names]
    exercises = [name for name in course.exercises if name in names or not names]
    every = not names or ALL_QUIZZES in names
    return exercises, [name for name in course.quizzes if name in names or every]


def _other_tiers(sandbox: Sandbox, exercises: Sequence[str]) -> list[Sandbox]:
    """Return a sandbox in every weaker tier of this machine, where exercises are proved."""
    weaker = possible_tiers()[1 + possible_tiers().index(sandbox.tier) :] if exercises else []
    return [Sandbox(tier, warm=True) for tier in weaker]


def _prove_exercise(
    course: Course, name: str, with_table: bool, sandboxes: Sequence[Sandbox]
) -> int:
    """Prove one exercise; one that cannot be read does not keep the others from being proved."""
    sandbox, *others = sandboxes
    try:
        with quiet_output():
            proof = proof_of(course, name, sandbox=sandbox, others=others, with_parts=with_table)
    except GraderError as error:
        status("")
        told = _as_slip(error)
        complain(f"{name}: {told}")
        return told.exit_code
    status("")
    say(render_proof(proof, style_of(sys.stdout), with_table))
    return 0 if proof.is_sound else 1


def _as_slip(error: GraderError) -> GraderError:
    """Return what is wrong in a definition as a slip: whoever proves it is its author."""
    if isinstance(error, BrokenGraderError) and error.where:
        return CourseError(error.what, where=error.where, next="Mend that, and prove it again.")
    return error


def _score(course: Course, exercises: Sequence[str]) -> int:
    """Say of each exercise how many small changes of its references the checks notice."""
    if not exercises:
        raise UsageError("a quiz has no mutants", next="Name an exercise, or nothing for all.")
    scores: list[Score] = []
    for name in exercises:
        try:
            scores.append(score_mutants(course, name, progress=partial(_show_progress, name)))
        except GraderError as error:
            raise _as_slip(error) from error
        say(render_score(scores[-1], style_of(sys.stdout)))
    if len(scores) > 1:
        say(render_total(scores))
    return 0 if all(score.is_full for score in scores) else 1


def _show_progress(name: str, done: int, count: int) -> None:
    """Keep a line of a terminal up to date, and leave it empty at the end."""
    status(f"{name}: {done} of {count} mutants" if done < count else "")


def _warn_of_habits(quizzes: Sequence[Quiz]) -> None:
    """Say what is always the same in all quizzes together, and in none of them alone."""
    said = {warning for quiz in quizzes for warning in habits_of(quiz.questions)}
    for warning in habits_of([question for quiz in quizzes for question in quiz.questions]):
        if warning not in said:
            say(f"all quizzes together\n  warning: {warning}")


def _prove_quizzes(course: Course, names: Sequence[str], sandbox: Sandbox) -> Iterator[int]:
    """Prove quizzes; a file that cannot be read does not keep the others from being proved."""
    ways = 0
    for name in names:
        try:
            quiz = read_quiz(course, name)
        except UsageError as error:
            say(f"quiz {name}: {error}")
            yield error.exit_code
            continue
        ways += ways_in(quiz)
        require_few_ways(course, ways)
        yield _prove_quiz(quiz, sandbox)


def _prove_quiz(quiz: Quiz, sandbox: Sandbox) -> int:
    try:
        with within_bounds(quiz.name, memory=0):  # its code runs in another process, with its own
            problems, warnings = key_problems(quiz, sandbox), warnings_of(quiz)
    except RefusedError as error:
        problems, warnings = (str(error).replace("\n", ". "),), ()
    found = f"{len(problems)} problems" if problems else f"proved, {len(quiz.questions)} questions"
    say(f"quiz {quiz.name}: {found}")
    for line in (*_first(problems), *_first([f"warning: {each}" for each in warnings])):
        say(f"  {line}")
    return 1 if problems else 0


def _first(lines: Sequence[str]) -> Iterator[str]:
    """Yield as many lines as anybody reads, and how many more there are."""
    yield from lines[:MOST_SAID]
    if len(lines) > MOST_SAID:
        yield f"and {len(lines) - MOST_SAID:,} more such lines: mend some, and prove it again"
