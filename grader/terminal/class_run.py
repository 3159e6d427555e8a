"""What the commands of a class share: how to grade, what is said meanwhile, and at the end."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from textwrap import indent
from typing import Any, TypeVar

import click

from grader.classroom.export import unmatched_csv, write_private
from grader.classroom.marks.agreements import disagreement
from grader.classroom.marks.outline import (
    beyond_points,
    by_names,
    counting,
    faults_of,
    handed_in,
    in_time_there,
    left_out,
    outline_of,
    say_faults,
    to_see_to,
    unread,
)
from grader.classroom.marks.reading import QUIZ, assigned, marks, unmatched
from grader.classroom.marks.store import Store
from grader.classroom.running.chunks import Executor, Setup
from grader.classroom.running.grading import (
    Outstanding,
    Tally,
    chunk_size,
    count_again,
    grade_outstanding,
    outstanding,
    refresh_points,
)
from grader.classroom.running.made_of import remember
from grader.classroom.running.versions import Versions
from grader.classroom.running.workers import Workers
from grader.course.course import Course
from grader.course.seed import MAX_SEED, fresh_seed
from grader.errors import UsageError, in_one_line
from grader.learner.outside.sandbox import TIERS
from grader.present.class_text import counted, duration, render_outcomes
from grader.records import Limits
from grader.records.text import listed
from grader.terminal.bar import Bar
from grader.terminal.commands.common import complain, cores, exercises_of, say, status, style_of
from grader.terminal.numbers import SECONDS

Command = TypeVar("Command", bound=Callable[..., Any])
UNMATCHED = "unmatched.csv"


def how_to_run(command: Command) -> Command:
    """Add the options of a command that grades."""
    options = (
        click.option(
            "--jobs", type=click.IntRange(1, 512), help="Processes; without it, one for each core."
        ),
        click.option(
            "--cluster", metavar="ADDRESS", help="A Dask cluster to grade on: tcp://HOST:8786."
        ),
        click.option(
            "--seed",
            type=click.IntRange(0, MAX_SEED),
            help="Everybody's inputs are drawn from it; without it, from that of the first time.",
        ),
        click.option(
            "--timeout",
            type=SECONDS,
            help="Seconds for all checks of an exercise together, of which a call may use half of"
            " those left; from now on; at first 10.",
        ),
        click.option(
            "--tier",
            type=click.Choice(TIERS[::-1]),
            help="How their code is walled in; without it, the strongest way of this machine.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


class ClassRun:
    """Grading what is left to be graded of a class."""

    def __init__(
        self,
        course: Course,
        store: Store,
        jobs: int | None,
        cluster: str | None,
        seed: int | None,
        timeout: float | None,
        tier: str | None,
    ) -> None:
        if jobs and cluster:
            raise UsageError("--jobs is about this machine", next="Leave out --cluster, or --jobs.")
        course.installed_packages()  # what is missing is told before anything is judged
        gc.enable()  # this takes longer than other commands, and memory has to stay flat
        self._course, self._store = course, store
        self._jobs, self._cluster = jobs or cores(), cluster
        seeds = click.IntRange(0, MAX_SEED)
        drawn = _kept(store, "seed", seed, fresh_seed(), "--seed", seeds)
        seconds = _kept(store, "seconds", timeout, Limits().seconds, "--timeout", SECONDS)
        self._setup = Setup(str(course.root), int(drawn), float(seconds), tier)
        self._settings = {"seed": drawn, "seconds": seconds}
        self._versions = Versions(course)

    def outstanding(self) -> list[Outstanding]:
        """Return what is left to be graded; say which exercises the course has no more."""
        names = [each.name for each in assigned(self._store) if not each.is_quiz]
        if gone := [name for name in names if not self._versions.has(name)]:
            say(f"Not in the course any more, so their marks stay: {', '.join(gone)}")
        return outstanding(self._store, self._versions, self._setup)

    def grade(self, todo: Sequence[Outstanding]) -> int:
        """Grade it, and say how long it took; return 3 where the grader failed at some of it.

        What it is graded with holds for later runs as well.
        """
        for setting, value in self._settings.items():
            if self._store.setting(setting) != value:
                self._store.set(setting, value)
        refresh_points(self._course, self._store, self._versions, self._setup.seed)
        named = {name for each in todo for name in json.loads(each.under.versions)}
        known = [
            name for name in self._course.exercises if name in named | {*self._store.versions()}
        ]
        remember(self._store, self._versions, known)
        todo = count_again(self._store, todo)
        if not todo:
            say("Nothing is left to be graded.")
            return 0
        with self._executor(todo) as workers:
            size = chunk_size(len(todo), workers.count)
            tally = grade_outstanding(self._store, workers, todo, size, _Bar(self._store))
        status("")
        rate = tally.done / max(tally.seconds, 0.001)
        took = f"in {duration(tally.seconds)}, {rate:.1f} a second"
        times = _times_handed_in(self._store, todo)
        often = (
            "" if times == tally.done else f" {times:,} were handed in; equal ones are graded once."
        )
        say(f"Graded {counted(tally.done, 'answer')} {took}.{often}")
        if workers.notice:
            complain(workers.notice)
        return 3 if tally.faults else 0

    def _executor(self, todo: Sequence[Outstanding]) -> AbstractContextManager[Executor]:
        if not self._cluster:
            return nullcontext(Workers(self._setup, min(self._jobs, len(todo))))
        if not find_spec("distributed"):
            raise UsageError(
                "--cluster takes Dask, which is not installed here",
                next="Run: pip install 'attention-course[cluster]'",
            )
        from grader.classroom.running.cluster import Cluster

        names = sorted({name for each in todo for name in json.loads(each.under.versions)})
        return Cluster(self._cluster, self._course, names, self._setup)


def _times_handed_in(store: Store, todo: Sequence[Outstanding]) -> int:
    """Return how many files these answers came in."""
    graded = {each.answer for each in todo}
    count = "SELECT answer, COUNT(*) FROM files WHERE answer IS NOT NULL GROUP BY answer"
    return sum(number for answer, number in store.rows(count) if answer in graded)


class _Bar(Bar):
    """Shows how far the grading is."""

    def __init__(self, store: Store) -> None:
        super().__init__("graded")
        self._not_read = sum(each.kind == "file not understood" for each in unmatched(store))

    def __call__(self, tally: Tally) -> None:
        self.show(tally.done, tally.total, tally.seconds, self._not_read + tally.faults)


def exercises_named(course: Course, exercises: str | None, units: Sequence[str]) -> tuple[str, ...]:
    """Return the exercises that `--exercises` and `--unit` name; none where there is neither."""
    names = [name.strip() for name in (exercises or "").split(",") if name.strip()]
    return exercises_of(course, names, units) if names or units else ()


def those_named(
    course: Course, store: Store, exercises: str | None, units: Sequence[str]
) -> tuple[str, ...]:
    """Return the same of what counts, with quizzes: those that are named, and those of the units.

    Raises
    ------
    UsageError
        No such quiz counts.
    """
    words = [name.strip() for name in (exercises or "").split(",")]
    named = [word for word in words if word.startswith(QUIZ)]
    known = [each.name for each in assigned(store) if each.is_quiz]
    for word in named:
        if word not in known:
            raise UsageError(
                f"no quiz called {word.removeprefix(QUIZ)!r} counts here",
                next=f"These do: {', '.join(known) or 'none'}.",
            )
    plain = ",".join(word for word in words if word not in named)
    quizzes = [f"{QUIZ}{q}" for unit in course.units if unit.name in units for q in unit.quizzes]
    return (*exercises_named(course, plain, units), *named, *quizzes)


@contextmanager
def marks_in(folder: Path) -> Iterator[Store]:
    """Open marks to show them, and say so where the last run stopped while it read hand-ins.

    Raises
    ------
    UsageError
        It was the first run: nothing is known, and everybody would look as if they had no hand-in.
    """
    with Store(folder) as store:
        if names := unread(store):
            _say_cut_short(store, names)
        yield store


def _say_cut_short(store: Store, names: Collection[str]) -> None:
    stopped = f"a run stopped before it had read all of {listed(sorted(names))}"
    again = "Run the same command again, grader class grade or quiz: it goes on from there."
    if not store.rows("SELECT 1 FROM reports UNION SELECT 1 FROM by_hand LIMIT 1"):
        where = in_one_line(str(store.folder))
        raise UsageError(f"there are no marks yet: {stopped}", where=where, next=again)
    complain(f"some hand-ins may be missing: {stopped}. {again}")


def say_outline(store: Store) -> None:
    """Say how a class stands, and write down what could not be put where it belongs."""
    unplaced = list(unmatched(store))
    path = store.folder / UNMATCHED
    write_private(path, unmatched_csv(unplaced))
    names = handed_in(store)
    found = list(marks(store, names))
    outline = outline_of(found, unplaced)
    style = style_of(sys.stdout)
    say("\n" + render_outcomes(outline.outcomes, style) + "\n")
    rest = len(assigned(store)) - len(assigned(store, names))
    told = (
        *to_see_to(outline, in_one_line(str(path))),
        *in_time_there(counting(found)),
        *beyond_points(counting(found)),
        *by_names(store),
        *disagreement(store),
    )
    for sentence in (*left_out(rest), *told):
        say("\n".join(style.wrap(sentence)))
    for why in say_faults(faults_of(store, counting(found))):
        say(indent(why, "    ")[2:])  # its further lines look like none of ours
    where = in_one_line(str(store.folder))
    say(f"Next: grader class export {where} --format csv")


def _kept(
    store: Store,
    name: str,
    chosen: float | None,
    first: float,
    option: str,
    may_be: click.ParamType[Any],
) -> str:
    """Return what is chosen now, or was before, or else the first value.

    Raises
    ------
    UsageError
        What was kept is not what the option may be.
    """
    before = store.setting(name)
    value = before if chosen is None and before else str(first if chosen is None else chosen)
    try:
        may_be.convert(value, None, None)
    except click.BadParameter as error:
        raise UsageError(
            f"these marks keep a {option} that is none: {error.message}",
            where=in_one_line(str(store.folder)),
            next=f"Name another one: {option} {first:g}",
        ) from error
    return value
