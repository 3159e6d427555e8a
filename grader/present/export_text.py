"""What an export could not carry, as it is told on the error stream."""

from __future__ import annotations

from grader.quiz.export.exported import Exported


def render_losses(exported: Exported, name: str) -> str:
    """Return a line for each thing that the form `name` leaves out or changes, and their count."""
    count = len(exported.losses)
    if not count:
        return f"{name} carries all of it."
    things = "1 thing" if count == 1 else f"{count} things"
    told = f"{name} leaves out or changes {things}, listed above."
    return "\n".join([*map(str, exported.losses), told])
