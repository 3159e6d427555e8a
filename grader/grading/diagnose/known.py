"""What may have been done wrong, for those who have the code to run it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grader.course.course import Course
from grader.grading.diagnose.hypotheses import Hypothesis
from grader.grading.diagnose.parts import guessed, own_mistakes, pairs_of_mistakes, part_mistakes
from grader.grading.diagnose.relations import input_relations
from grader.grading.diagnose.slips import slips_of
from grader.grading.trials import Paper, Trial


def known(
    paper: Paper, function: str, kind: str, right: Sequence[Trial], course: Course
) -> Iterable[Hypothesis]:
    """Return the hypotheses of a kind, as `Examiner.hypotheses` promises them."""
    if kind == "mistake":
        return own_mistakes(paper, function)
    if kind == "inherited":
        return part_mistakes(paper, function, course)
    if kind == "relation":
        return input_relations(paper, function)
    if kind == "slip":
        return slips_of(paper, function)
    if kind == "guess":
        return guessed(paper, function, course)
    return pairs_of_mistakes(paper, function, course, right)
