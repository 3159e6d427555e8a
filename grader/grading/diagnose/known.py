"""What may have been done wrong, for those who have the code to run it."""

from __future__ import annotations

from collections.abc import Iterable

from grader.course.course import Course
from grader.grading.diagnose.hypotheses import Hypothesis
from grader.grading.diagnose.parts import guessed, own_mistakes, part_mistakes
from grader.grading.diagnose.relations import input_relations
from grader.grading.diagnose.slips import slips_of
from grader.grading.trials import Paper


def known(paper: Paper, function: str, kind: str, course: Course) -> Iterable[Hypothesis]:
    """Return the hypotheses of a kind, as `Examiner.hypotheses` promises them."""
    if kind == "mistake":
        return own_mistakes(paper, function)
    if kind == "inherited":
        return part_mistakes(paper, function, course)
    if paper.definition.manners.get(function):
        return ()  # such a call is no function of its arguments
    if kind == "slip":
        return slips_of(paper, function)
    if kind == "relation":
        return input_relations(paper, function)
    return guessed(paper, function, course)
