"""How many mutants the cases of a definition catch, and which they let pass."""

from __future__ import annotations

from collections.abc import Sequence

from grader.authoring.mutants import Score
from grader.present.style import Style


def render_score(score: Score, style: Style) -> str:
    """Return the score of a definition, and a line for every survivor and every problem."""
    if not (score.mutants or score.problems):
        what = "no mutants: a reference that prints, changes, yields or is a script has none"
        return "\n".join(style.fold(f"{score.definition.name}: {what}"))
    verdict = style.paint(_percentage([score]), "good" if score.is_full else "bad")
    equal = f", and {score.equivalent} equal in effect" if score.equivalent else ""
    lines = [f"{score.definition.name}: {verdict} of {_mutants(score.different)} caught{equal}"]
    for problem in (*score.survivors, *score.problems):
        lines += style.fold(f"  {problem}")
    return "\n".join(lines)


def render_total(scores: Sequence[Score]) -> str:
    """Return the score of several definitions together."""
    count = sum(score.different for score in scores)
    changed = sum(score.mutants > 0 for score in scores)
    return f"{changed} exercises: {_percentage(scores)} of {_mutants(count)} caught"


def _mutants(count: int) -> str:
    return f"{count} mutant{'s' if count != 1 else ''}"


def _percentage(scores: Sequence[Score]) -> str:
    """Return how many are caught; 100 % are all of them, and no fewer."""
    count = sum(score.different for score in scores)
    caught = count - sum(len(score.survivors) for score in scores)
    return f"{100 * caught // count if count else 100} %"
