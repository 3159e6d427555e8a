"""An exercise as the rest of the grader sees it: complete, and checked at birth."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from grader.errors import CourseError
from grader.exercise.bounded import Bounded
from grader.exercise.edits import Edit
from grader.exercise.manners import Manner, manner_of
from grader.exercise.pictures import Picture
from grader.exercise.tags import TAGS, Tag
from grader.records import Inputs, Value

MAX_POINTS = 1_000_000  # of a case


class Memory(NamedTuple):
    """The bytes that a call may have allocated at one time, and words for whoever takes more."""

    limit: int
    words: str


@dataclass(frozen=True)
class Case:
    """One check of an exercise: how to draw inputs for `function`, and what the check is worth.

    `rtol` and `atol` are how far a right answer may be off, where that is not the usual. That the
    dtype is kept, and that inputs are left alone, is checked besides unless it says otherwise. A
    `check` of the author's says whether an answer that is not the reference's is right as well.
    """

    name: str
    function: str
    draw: Callable[..., Inputs]
    points: float = 1.0
    hidden: bool = False
    raises: str | None = None
    where: str = ""
    tags: frozenset[str] = frozenset()
    rtol: float | None = None
    atol: float | None = None
    check_dtype: bool = True
    check_inputs: bool = True
    check: Callable[..., str | None] | None = None
    memory: Memory | None = None

    def __post_init__(self) -> None:
        for name in ("rtol", "atol"):
            if not 0 <= (getattr(self, name) or 0) < float("inf"):
                raise CourseError(
                    f"the case {self.name} has {getattr(self, name)} for {name}",
                    where=self.where,
                    next="Give it 0 or more: how far a right answer may be off.",
                )
        if self.memory and not (self.memory.limit > 0 and self.memory.words.strip()):
            raise CourseError(
                f"the memory of the case {self.name} is no limit with words",
                where=self.where,
                next="Give bytes and what to tell whoever takes more: memory=(2**26, "
                '"only one block of scores is needed at a time").',
            )
        if not 0 <= self.points <= MAX_POINTS:
            raise CourseError(
                f"the case {self.name} is worth {self.points} points",
                where=self.where,
                next=f"Give it 0 points or more, and {MAX_POINTS:,} at most.",
            )


class Wrong(NamedTuple):
    """The code of a mistake, and the `edit` of the reference that it is, where it is one."""

    implementation: Bounded
    edit: Edit | None = None


@dataclass(frozen=True)
class Mistake:
    """A wrong implementation that people really write, and what to tell whoever wrote it.

    What `make` returns is made when it is first asked for: whoever is right does not wait for it.
    """

    name: str
    function: str
    make: Callable[[], Wrong]
    message: str
    where: str = ""

    @cached_property
    def _made(self) -> Wrong:
        return self.make()

    @property
    def implementation(self) -> Bounded:
        """What it computes; raises `CourseError` where it is an edit that cannot be made."""
        return self._made.implementation

    @property
    def edit(self) -> Edit | None:
        """The edit of the reference that it is; one can be made together with others."""
        return self._made.edit

    def __post_init__(self) -> None:
        if not self.message.strip():
            raise CourseError(
                "this mistake has no message",
                where=self.where,
                next="A learner who made it reads its docstring, or the message of an edit.",
            )
        if not self.name.isidentifier():
            raise CourseError(
                f"{self.name!r} cannot be the name of a mistake",
                where=self.where,
                next="Take letters, digits and underscores, as for a function.",
            )


@dataclass(frozen=True)
class Equivalent:
    """A change of a reference's source, `new` for `old`, that makes no difference, and why.

    Where `new` is None, no change within `old` does.
    """

    function: str
    old: str
    new: str | None
    why: str
    where: str = ""

    def __post_init__(self) -> None:
        if not self.why.strip():
            raise CourseError(
                "this equivalent does not say why",
                where=self.where,
                next="Say in a few words why no input could tell the two apart.",
            )


class AnswerKey(Protocol):
    """What a released course has in the place of code: a stub, and answers for some seeds."""

    @property
    def stub(self) -> str:
        """The stub of the exercise."""

    def sheet(self, seed: int) -> Any:
        """Return the answers for a seed (a `grader.course.key_file.Sheet`)."""

    def drawn(self, picture: str) -> Sequence[Value]:
        """Return the reference's result for each view of a picture."""


@dataclass(frozen=True)
class Definition:
    """An exercise as the rest of the grader sees it, complete and checked.

    With a `key`, its references have signatures and docstrings and cannot be called. `tags` are
    those that it adds to the known ones. What it is to be done `without` are functions with their
    modules in front.
    """

    name: str
    unit: str
    path: str
    lesson: str
    references: dict[str, Callable[..., Value]]
    cases: tuple[Case, ...]
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, ...]
    pictures: tuple[Picture, ...] = ()
    key: AnswerKey | None = None
    formulas: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    equivalents: tuple[Equivalent, ...] = ()

    def __post_init__(self) -> None:
        if not self.references:
            raise CourseError(
                "this definition has no reference",
                where=self.path,
                next="Put @exercise.reference above the function that solves the exercise.",
            )
        for name, function in self.references.items():
            if not any(case.function == name for case in self.cases):
                raise CourseError(
                    f"{name} has no cases, so nothing would be checked",
                    where=place_of(function),
                    next="Below it, add a function of rng decorated with @exercise.case.",
                )
        if not self.lesson.strip():
            raise CourseError(
                "this definition has no lesson",
                where=f"{self.path}:1",
                next="Begin the file with a docstring: it is what a learner reads first.",
            )
        for case in self.cases:
            self._refuse_unknown_tags(case)

    @property
    def all_tags(self) -> dict[str, Tag]:
        """What its cases may be tagged with: its own tags, then the others, most telling first."""
        own = {name: Tag(words) for name, words in self.tags.items()}
        return own | {name: tag for name, tag in TAGS.items() if name not in own}

    @property
    def _unknown_bans(self) -> list[str]:
        return [name for name in self.without if not _is_function(name)]

    def require_known_bans(self) -> None:
        """Raise `CourseError` where there is no such thing to do without.

        It imports what is named, so it is for definitions: a release's key is not code.
        """
        if self._unknown_bans:
            raise CourseError(
                f"there is no function {self._unknown_bans[0]} to do without",
                where=self.path,
                next='Name functions with their modules: Exercise(without=["numpy.convolve"]), or'
                " Python's own alone: sorted.",
            )

    @property
    def manners(self) -> dict[str, Manner]:
        """How each function is called, where its answer is not simply what it returns."""
        return {name: manner for name, f in self.references.items() if (manner := manner_of(f))}

    def make_mistakes(self) -> None:
        """Make all mistakes now; raise `CourseError` where one is an edit that cannot be made."""
        for mistake in self.mistakes:
            _ = mistake.implementation

    def mistakes_of(self, function: str) -> tuple[Mistake, ...]:
        """Return the known wrong implementations of `function`."""
        return tuple(mistake for mistake in self.mistakes if mistake.function == function)

    def _refuse_unknown_tags(self, case: Case) -> None:
        known = sorted(self.all_tags)
        unknown = sorted(case.tags.difference(known))
        if unknown:
            raise CourseError(
                f"the case {case.name} has an unknown tag: {', '.join(unknown)}",
                where=case.where,
                next=f"There are: {', '.join(known)}. To add one, end the sentence that it stands"
                f' for: Exercise(tags={{"{unknown[0]}": "unless ..."}})',
            )


def _is_function(name: str) -> bool:
    module, _, function = name.rpartition(".")
    try:
        return callable(getattr(importlib.import_module(module or "builtins"), function))
    except (ImportError, AttributeError):
        return False


def place_of(function: Callable[..., Any]) -> str:
    """Return `file:line` of a function."""
    plain = inspect.unwrap(function)
    if inspect.isclass(plain):
        return f"{inspect.getsourcefile(plain)}:{inspect.getsourcelines(plain)[1]}"
    code = plain.__code__
    return f"{code.co_filename}:{code.co_firstlineno}"
