"""What an export could not carry, as text for the error stream."""

from __future__ import annotations

from grader.present.quiz_text import count
from grader.quiz.export.exported import Exported


def render_losses(exported: Exported, name: str) -> str:
    """Return a line for each thing that the form `name` leaves out or changes, and their count."""
    losses = exported.losses
    if not losses:
        return f"{name} carries all of it."
    last = f"{name} leaves out or changes {count(len(losses), 'thing')}, listed above."
    return "\n".join([*map(str, losses), last])
