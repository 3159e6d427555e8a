"""What an author imports: `Exercise`, `inputs` and `view`; and the definition that comes of it."""

from grader.exercise.exercise import Exercise, inputs, view

__all__ = ["Exercise", "inputs", "view"]
