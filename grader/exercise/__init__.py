"""What an author imports: `Exercise`, `inputs`, `calls`, `view`; and what comes of them."""

from grader.exercise.calls import calls, inputs, view
from grader.exercise.exercise import Exercise

__all__ = ["Exercise", "calls", "inputs", "view"]
