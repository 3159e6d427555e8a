"""Searches for several mistakes, made once for the same answers, whoever gave them.

Answers are the same if they are to the last bit and the last letter. So what is found is what a
search would find, and many in a class do not pay for the mistake that all of them make.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence

from grader.grading.diagnose.hypotheses import Hypothesis
from grader.grading.diagnose.several import Found, Search
from grader.grading.diagnose.theories import Item
from grader.grading.trials import Paper, once_a_paper
from grader.grading.trusted import TRUSTED
from grader.records import Answer

MOST = 200  # that are remembered for a function; each is some names and a few kilobytes of ids


def search(
    paper: Paper, function: str, items: Sequence[Item], suspects: Sequence[Hypothesis]
) -> Found | None:
    """Return the mistakes that explain a learner's answers together, if there are any."""
    known = _known(paper, function)
    key = (
        digest([item.answer for item in items]),
        tuple(id(item.trial) for item in items),  # not all probes have an answer
        tuple(suspects),
    )
    if key in known:
        return known[key]
    effects = paper.examiner.effects(paper, function)
    found = Search(paper.definition.references[function], items, suspects, effects).run()
    with TRUSTED:
        if len(known) == MOST:
            del known[next(iter(known))]
        known[key] = found
    return found


@once_a_paper
def _known(paper: Paper, function: str) -> dict[object, Found | None]:
    """Return what was found so far, by the answers."""
    return {}


def digest(answers: Sequence[Answer]) -> bytes:
    """Return what is the same only for the same answers."""
    # They are plain values, and what is written here is never read.
    return hashlib.sha256(pickle.dumps(answers)).digest()
