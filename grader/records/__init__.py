"""What travels between the stages of grading: small frozen records, checked at birth.

Those with something to check are dataclasses; the others are named tuples, which are made five
times faster when the module is imported, and every grade waits for that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType
from typing import Any, NamedTuple

from grader.records.inputs import Inputs as Inputs
from grader.records.inputs import Value as Value
from grader.records.limits import Limits as Limits
from grader.records.origins import Origin as Origin
from grader.records.origins import place_in
from grader.records.result_of import ResultOf as ResultOf
from grader.records.text import TextField


class Outcome(str, Enum):
    """How a check, or a whole exercise, ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_ATTEMPTED = "not_attempted"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    REFUSED = "refused"
    SKIPPED = "skipped"
    GRADER_ERROR = "grader_error"


# What one check may end in, and what a whole report may end in.
CHECK_OUTCOMES = frozenset(Outcome) - {Outcome.NOT_ATTEMPTED, Outcome.GRADER_ERROR}
REPORT_OUTCOMES = frozenset(Outcome) - {Outcome.SKIPPED}
DIAGNOSIS_KINDS = frozenset({"mistake", "inherited", "relation", "damage", "blame"})


class Submission(NamedTuple):
    """A learner's answer as it was read, once: the bytes read are the bytes graded.

    `places` say where lines of `source` were taken from, in their order, if it was put together.
    `beside` are answers to other exercises handed in along with it, by name; None where it lies in
    the course, with the others. Calls of its functions `stood_in_for` are answered by references,
    where those do not work. `manners` say how functions are called whose answer is not what they
    return; what is to be done `without` raises. `packages` are the files and folders of what may be
    imported beside NumPy. `absence` says why there is nothing, if known, and `refusal` why what was
    there is not run; then `source` is empty.
    """

    exercise: str
    unit: str
    path: str
    source: bytes
    places: tuple[Origin, ...] = ()
    beside: Mapping[str, Submission] | None = None
    stood_in_for: tuple[str, ...] = ()
    absence: str = ""
    manners: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    without: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def module(self) -> str:
        """The name that other exercises import it by."""
        return f"exercises.{self.unit}.{self.exercise}"

    def place(self, line: int) -> str:
        """Return where a person finds a line of `source`."""
        if not self.places:
            return f"{self.path}:{line}"
        return place_in(self.places, line) or self.path

    @property
    def weight(self) -> int:
        """How many bytes it takes, about, without those beside it."""
        return len(self.source) + sum(origin.weight for origin in self.places)


class Call(NamedTuple):
    """One call to make on the learner's side; of a `hidden` one nothing is shown.

    Those of one `group` share a process, but for one with `memory`: that has its own, which may
    take so many bytes more than at rest. With `room`, the arrays of its answer may take no more
    bytes than that.
    """

    function: str
    inputs: Inputs
    hidden: bool = False
    memory: int = 0
    room: int = 0
    group: str = ""


class Frame(NamedTuple):
    """A line of the learner's own files that an exception passed through."""

    path: str
    line: int
    function: str


class Returned(NamedTuple):
    """The call came back with `value`; `after` is what it left in its arguments."""

    value: Value
    after: Inputs


class Raised(NamedTuple):
    """The call raised; `types` are the exception's built-in classes, most specific first.

    A syntax error has a `column`, counted from 1, in the line of its one frame. `refused` says what
    was attempted where the system said no, and `advice` what to do about it, where that is known.
    """

    type: str
    types: tuple[str, ...]
    message: str
    frames: tuple[Frame, ...] = ()
    column: int | None = None
    refused: str = ""
    advice: str = ""

    @property
    def words(self) -> str:
        """The message as part of a sentence: without lines of its own."""
        return " ".join(self.message.split())


class Unusable(NamedTuple):
    """The call returned what is not a value of the course, or `too_large` for one, in words."""

    description: str
    too_large: bool = False


class Missing(NamedTuple):
    """The learner's file has no such function; `defined` are the functions that it has."""

    function: str
    defined: tuple[str, ...] = ()


class Stopped(NamedTuple):
    """The call never came back: time, memory or a crash of the whole process.

    `frames` are where it was when its time was up, as far as that could be found out. It `is_late`
    where the calls before it had used the time up.
    """

    outcome: Outcome
    message: str
    frames: tuple[Frame, ...] = ()
    is_late: bool = False


# How a call came to grief, in which file, and in which line; nothing where that is not known.
Cause = tuple[str, str, int] | tuple[()]
Answer = Returned | Raised | Unusable | Missing | Stopped


class Run(NamedTuple):
    """What the learner's side did: an answer to each call, or why the file did not load."""

    answers: tuple[Answer, ...]
    load_failure: Raised | Stopped | None = None
    printed: str = ""


class Difference(NamedTuple):
    """How one value differs from the one wanted, as a sentence and as where to look.

    `path` leads to the part that differs; `wrong` says which entries do, `first` the first.
    """

    kind: str
    message: str
    path: tuple[Any, ...] = ()  # indices and keys
    first: tuple[int, ...] | None = None
    wrong: Value = None  # a boolean array


class Evidence(NamedTuple):
    """A failing case in full, to be worked by hand: the call, its inputs, yours and wanted.

    `differing` says which parts of the two values differ: first of the whole, then, along the path
    of the difference, of each part that is made of parts.
    """

    function: str
    inputs: dict[str, Value]
    yours: Value
    wanted: Value
    difference: Difference
    differing: tuple[tuple[Any, ...], ...] = ()


@dataclass(frozen=True)
class CaseResult:
    """What one check found; `brief` says it where the cause is named already.

    `cause` is the same for checks that came to grief in the same line, in the same way: how, in
    which file, in which line. It is empty where no line is known.
    """

    name: str
    function: str
    outcome: Outcome
    points: float
    max_points: float
    message: TextField = TextField()
    hidden: bool = False
    evidence: Evidence | None = None
    brief: TextField = TextField()
    cause: Cause = ()

    def __post_init__(self) -> None:
        if self.outcome not in CHECK_OUTCOMES:
            raise ValueError(f"a check cannot end in {self.outcome.value}")
        if not 0 <= self.points <= self.max_points:
            raise ValueError(f"{self.name}: {self.points} of {self.max_points} points")

    @property
    def passed(self) -> bool:
        """Whether this check is right."""
        return self.outcome is Outcome.PASSED


@dataclass(frozen=True)
class Diagnosis:
    """Why it went wrong, in two or three sentences to the learner.

    `function` is the one it is about, or empty where it is about the whole file.
    """

    kind: str
    message: TextField = TextField()
    mistake: str | None = None
    function: str = ""

    def __post_init__(self) -> None:
        if not self.message:
            raise ValueError("a diagnosis has to say something")
        if self.kind not in DIAGNOSIS_KINDS:
            raise ValueError(f"a diagnosis cannot be of kind {self.kind!r}")


@dataclass(frozen=True)
class Report:
    """Everything grading one submission found: the same record for every way of grading.

    `imports` say of an answer that was handed in where each exercise that it imports came from.
    """

    exercise: str
    path: str
    outcome: Outcome
    checks: tuple[CaseResult, ...]
    diagnosis: tuple[Diagnosis, ...] = ()
    tier: str = "process"
    seed: int = 0
    seconds: float = 0.0
    printed: str = ""
    release: str = ""
    imports: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.outcome not in REPORT_OUTCOMES:
            raise ValueError(f"a report cannot end in {self.outcome.value}")
        passed = bool(self.checks) and all(check.passed for check in self.checks)
        if (self.outcome is Outcome.PASSED) != passed:
            raise ValueError(f"{self.exercise}: passed means that every check passed, no less")

    def without_values(self) -> Report:
        """Return the report without what was compared, which may be large."""
        return replace(self, checks=tuple(replace(each, evidence=None) for each in self.checks))

    @property
    def points(self) -> float:
        """Points gained."""
        return sum(check.points for check in self.checks)

    @property
    def max_points(self) -> float:
        """Points to be had."""
        return sum(check.max_points for check in self.checks)
