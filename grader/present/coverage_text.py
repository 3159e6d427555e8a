"""The table of what is asked about: document, section, number of questions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from grader.quiz.proving.coverage import Covered


def render_coverage(covered: Sequence[Covered]) -> str:
    """Return a block for each document, with its sections in order and their counts before them."""
    blocks = []
    for document, group in groupby(covered, key=lambda c: c.document):
        sections = list(group)
        total = sum(section.questions for section in sections)
        rows = [f"{section.questions:>5}  {section.section}" for section in sections]
        blocks.append("\n".join([f"{total:>5}  citations of {document}", *rows]))
    empty = sum(not section.questions for section in covered)
    cited = sum(section.questions for section in covered)
    blocks.append(f"{cited:>5}  citations in all; {empty} of {len(covered)} sections have none")
    return "\n\n".join(blocks)
