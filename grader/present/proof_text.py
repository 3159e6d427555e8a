"""A proof as an author reads it: the problems, or a table of which case catches which mistake."""

from __future__ import annotations

from grader.authoring.proof import Proof
from grader.present.readable import readable
from grader.present.style import Style


def render_proof(proof: Proof, style: Style, with_table: bool = False) -> str:
    """Return the verdict on a definition, its problems, and on demand the table."""
    definition = proof.definition
    verdict = "proved" if proof.is_sound else _count(len(proof.problems), "problem")
    cases, mistakes = len(definition.cases), len(definition.mistakes)
    counts = f"{_count(cases, 'case')}, {_count(mistakes, 'mistake')}"
    verdict = style.paint(verdict, "good" if proof.is_sound else "bad")
    lines = [f"{definition.name}: {verdict} ({counts})"]
    lines += [f"  {readable(str(problem))}" for problem in proof.problems]
    lines += [f"  warning: {readable(str(warning))}" for warning in proof.warnings]
    return "\n".join(lines + (_table(proof) if with_table else []))


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _table(proof: Proof) -> list[str]:
    """Return a row for every case and a numbered column for every mistake of its function."""
    lines: list[str] = []
    for function in proof.definition.references:
        mistakes = proof.definition.mistakes_of(function)
        cases = [case for case in proof.definition.cases if case.function == function]
        width = max(len(case.name) for case in cases)
        numbers = " ".join(f"{number:>2}" for number, _ in enumerate(mistakes, 1))
        lines += ["", f"  {function:<{width}}  {numbers}"]
        for case in cases:
            caught = " ".join(" x" if case.name in proof.failed[m.name] else " ." for m in mistakes)
            tags = ", ".join(sorted(case.tags))
            lines.append(f"  {case.name:<{width}}  {caught}  {tags}".rstrip())
        lines += [f"  {number:>2} {mistake.name}" for number, mistake in enumerate(mistakes, 1)]
        lines += _alike(proof, [mistake.name for mistake in mistakes])
    return lines


def _alike(proof: Proof, own: list[str]) -> list[str]:
    """Return a line for every group of mistakes that no check tells apart, own ones by number."""
    lines: list[str] = []
    for group in proof.alike:
        numbers = [str(own.index(name) + 1) for name in group if name in own]
        parts = len(group) - len(numbers)
        if numbers:
            of_parts = f" and {_count(parts, 'mistake')} of parts" if parts else ""
            lines.append(f"  fail the same checks: {', '.join(numbers)}{of_parts}")
    return lines
