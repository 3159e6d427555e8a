"""What a proof of a definition says: its problems, and which cases each mistake fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course.course import Course
from grader.exercise.definition import Definition


@dataclass(frozen=True)
class Problem:
    """Something in a definition that is not as it must be: `file:line`, and what.

    `seeds` are those that show it, where it takes a certain one.
    """

    where: str
    what: str
    seeds: tuple[int, ...] = ()

    def __str__(self) -> str:
        seeds = f" (seed {', '.join(map(str, self.seeds))})" if self.seeds else ""
        return f"{self.where}: {self.what}{seeds}"


@dataclass(frozen=True)
class Proof:
    """What is wrong with a definition, and which cases each mistake fails under some seed.

    `alike` are groups of mistakes that fail the same checks, its own ones first.
    """

    definition: Definition
    problems: tuple[Problem, ...]
    failed: Mapping[str, frozenset[str]]
    alike: tuple[tuple[str, ...], ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def merged(problems: Sequence[Problem], seeds: Sequence[int], course: Course) -> Iterator[Problem]:
    """Say once what several seeds show, with paths as people see them."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for problem in problems:
        key = course.display(Path(problem.where)), problem.what
        found[key] = found.get(key, ()) + problem.seeds
    for (where, what), showing in found.items():
        yield Problem(where, what, showing if len(showing) < len(seeds) else ())
