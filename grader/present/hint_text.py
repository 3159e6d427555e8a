"""A hint as a learner reads it."""

from __future__ import annotations

from collections.abc import Sequence

from grader.exercise.definition import Definition
from grader.present.style import Style


def render_hint(definition: Definition, taken: int, style: Style, with_later: bool = False) -> str:
    """Return the hint that follows the `taken` ones; after the last comes the first again.

    `with_later` adds those after it, for where nobody counts how many were taken.
    """
    hints, name = definition.hints, definition.name
    if not hints:
        return f"There are no hints for {name}."
    first = taken % len(hints)
    shown = range(first, len(hints) if with_later else first + 1)
    return "\n\n".join(_hint(name, index, hints, style) for index in shown)


def _hint(name: str, index: int, hints: Sequence[str], style: Style) -> str:
    title = style.paint(f"Hint {index + 1} of {len(hints)} for {name}", "bold")
    return "\n".join([title, *style.wrap(hints[index], "  ")])
