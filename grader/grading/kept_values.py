"""How much of what was compared is kept to be shown: many reports may be held at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.learner.outside.answers import size_of
from grader.records import CaseResult, Evidence

MOST = 8 * 2**20  # bytes that the values of one report may take, but for those of the first check


def with_values_kept(checks: Sequence[CaseResult]) -> tuple[CaseResult, ...]:
    """Return the checks of a report; the later ones without values, where those take too much."""
    return tuple(_kept(checks))


def _kept(checks: Sequence[CaseResult]) -> Iterator[CaseResult]:
    left: int | None = None
    for check in checks:
        if check.evidence is None:
            yield check
            continue
        size = _size(check.evidence)
        is_kept = left is None or size <= left
        left = MOST - size if left is None else left - size * is_kept
        yield check if is_kept else replace(check, evidence=None)


def _size(evidence: Evidence) -> int:
    return size_of((*evidence.inputs.values(), evidence.yours, evidence.wanted))
