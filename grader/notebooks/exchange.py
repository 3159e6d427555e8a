"""What a kernel and the process that works for it say to each other, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Request:
    """What to do with an exercise, and what the kernel was given so far.

    `task` is "check" or "show"; `cells` are pairs of a place and the text that was run there.
    """

    task: str
    exercise: str
    seed: int | None
    root: str
    records_progress: bool
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True, repr=False)
class Answer:
    """What a notebook displays: the HTML, where there is some; anything else prints the text."""

    text: str
    html: str | None

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str | None:
        return self.html


@dataclass(frozen=True, repr=False)
class CheckAnswer(Answer):
    """The answer to a check: a report, and the numbers in it."""

    exercise: str
    outcome: str
    points: float
    max_points: float

    @property
    def passed(self) -> bool:
        """Whether everything is right."""
        return self.outcome == "passed"
