"""What a class made of one exercise, in numbers."""

from __future__ import annotations

import builtins
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

from grader.classroom.marks.reading import NOT_HANDED_IN, Assigned, Mark, kept_report
from grader.classroom.marks.store import Store
from grader.present.style import points
from grader.records import Outcome

_BINS = 10
_EXCEPTION = re.compile(r"\b[A-Z]\w*(?:Error|Exception|Interrupt|Exit|Warning)\b")
# How an answer or a check ends that was not judged wrong: it never came back.
_STOPPED = {
    Outcome.CRASHED.value: "crashed",
    Outcome.TIMED_OUT.value: "took too long",
    Outcome.OUT_OF_MEMORY.value: "took too much memory",
    Outcome.REFUSED.value: "was not run",
    Outcome.GRADER_ERROR.value: "met a fault of the grader",
}


class Mistake(NamedTuple):
    """A mistake that was recognised: in how many answers, and what their authors were told."""

    name: str
    told: str
    answers: int


class Check(NamedTuple):
    """A check, and in how many answers it ended how."""

    function: str
    name: str
    outcomes: Counter[str]

    @property
    def failed(self) -> int:
        """In how many answers it failed."""
        return self.made - self.outcomes[Outcome.PASSED.value]

    @property
    def made(self) -> int:
        """In how many answers it was made at all."""
        return self.outcomes.total() - self.outcomes[Outcome.SKIPPED.value]


class Line(NamedTuple):
    """How each check ended for one person; empty where their answer never got there."""

    mark: Mark
    outcomes: tuple[str, ...]


class ExerciseFacts(NamedTuple):
    """What a class made of one exercise.

    `points` counts answers by points, from none to all; `checks` come in the order in which they
    fail most, `lines` (with an outcome for each of them) from the most points to the fewest.
    """

    exercise: Assigned
    outcomes: Counter[str]
    median: float | None
    points: list[tuple[str, int]]
    mistakes: list[Mistake]
    checks: list[Check]
    stopped: list[tuple[str, int]]
    lines: list[Line]
    absent: list[Mark]
    not_understood: list[Mark]


def facts_of(store: Store, exercise: Assigned, marks: Sequence[Mark]) -> ExerciseFacts:
    """Return what those made of an exercise whose marks for it these are."""
    reported = [
        (mark, kept_report(store, mark.attempt.report))
        for mark in marks
        if mark.attempt and mark.attempt.report is not None
    ]
    reports = [report for _, report in reported]
    checks = sorted(_checks(reports), key=lambda check: -check.failed)
    lines = [_line(mark, report, checks) for mark, report in reported]
    gained = [m.points for m in marks if m.points is not None and (m.attempt or m.by_hand)]
    return ExerciseFacts(
        exercise=exercise,
        outcomes=Counter(mark.outcome for mark in marks),
        median=median(gained) if gained else None,
        points=distribution(gained, exercise.max_points),
        mistakes=_mistakes(reports),
        checks=checks,
        stopped=Counter(filter(None, map(_stopped, reports))).most_common(),
        lines=sorted(lines, key=lambda line: -(line.mark.points or 0.0)),
        absent=[mark for mark in marks if mark.outcome == NOT_HANDED_IN],
        not_understood=[m for m in marks if not m.attempt and m.outcome != NOT_HANDED_IN],
    )


def distribution(gained: Sequence[float], most: float) -> list[tuple[str, int]]:
    """Return how many have how many points: all of them, or how many tenths.

    Of less than ten points there are as many parts as points.
    """
    parts = max(1, min(_BINS, int(most)))
    width = most / parts
    if not width:
        return []
    bins = Counter(parts if each >= most else int(each / width) for each in gained)
    is_whole = width == 1 and all(float(each).is_integer() for each in gained)
    labels = [
        points(n) if is_whole else f"{points(n * width)} to under {points((n + 1) * width)}"
        for n in range(parts)
    ]
    return [(label, bins[n]) for n, label in enumerate([*labels, f"all {points(most)}"])]


def _mistakes(reports: Sequence[dict[str, Any]]) -> list[Mistake]:
    """Return the mistakes by name, the most frequent first, each once for every answer."""
    told: dict[str, Counter[str]] = {}
    for report in reports:
        named = {each["mistake"]: each["message"] for each in report["diagnosis"]}
        for name, message in named.items():
            if name:
                told.setdefault(name, Counter())[message] += 1
    found = [Mistake(name, c.most_common(1)[0][0], c.total()) for name, c in told.items()]
    return sorted(found, key=lambda mistake: (-mistake.answers, mistake.name))


def _checks(reports: Sequence[dict[str, Any]]) -> Iterator[Check]:
    """Yield the checks in the order of the exercise."""
    outcomes: dict[tuple[str, str], Counter[str]] = {}
    for report in sorted(reports, key=lambda report: -len(report["checks"])):
        for check in report["checks"]:
            key = check["function"], check["name"]
            outcomes.setdefault(key, Counter())[check["outcome"]] += 1
    for (function, name), counts in outcomes.items():
        yield Check(function, name, counts)


def _line(mark: Mark, report: dict[str, Any], checks: Sequence[Check]) -> Line:
    outcomes = {(each["function"], each["name"]): each["outcome"] for each in report["checks"]}
    return Line(mark, tuple(outcomes.get((c.function, c.name), "") for c in checks))


def _stopped(report: dict[str, Any]) -> str:
    """Return how an answer came to grief, if any of it did, in words."""
    ended = [check for check in report["checks"] if check["outcome"] in _STOPPED]
    kind = ended[0]["outcome"] if ended else report["outcome"]
    if kind not in _STOPPED:
        return ""
    said = "\n".join(each["message"] for each in ended or report["diagnosis"])
    raised = _EXCEPTION.search(said) if kind == Outcome.CRASHED.value else None
    return _STOPPED[kind] + (f": {_known(raised[0])}" if raised else "")


def _known(exception: str) -> str:
    """Return an exception of Python's by name; any other may be called anything."""
    return exception if hasattr(builtins, exception) else "an exception of their own"
