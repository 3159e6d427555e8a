"""A hint as a learner reads it."""

from __future__ import annotations

from grader.exercise.definition import Definition
from grader.present.style import Style


def render_hint(definition: Definition, taken: int, style: Style) -> str:
    """Return the hint that follows the `taken` ones; after the last comes the first again."""
    hints, name = definition.hints, definition.name
    if not hints:
        return f"There are no hints for {name}."
    index = taken % len(hints)
    title = style.paint(f"Hint {index + 1} of {len(hints)} for {name}", "bold")
    return "\n".join([title, *style.wrap(hints[index], "  ")])
