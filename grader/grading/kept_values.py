"""How much of what was compared is kept to be shown: many reports may be held at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.learner.outside.answers import size_of
from grader.records import CaseResult, Evidence

MOST = 4 * 2**20  # bytes that the values of one report may take


def with_values_kept(checks: Sequence[CaseResult]) -> tuple[CaseResult, ...]:
    """Return the checks of a report, without the values of those that leave too little room."""
    return tuple(_kept(checks))


def _kept(checks: Sequence[CaseResult]) -> Iterator[CaseResult]:
    left = MOST
    for check in checks:
        size = _size(check.evidence) if check.evidence else 0
        is_kept = size <= left
        left -= size * is_kept
        yield check if is_kept else replace(check, evidence=None)


def _size(evidence: Evidence) -> int:
    return size_of((*evidence.inputs.values(), evidence.yours, evidence.wanted))
