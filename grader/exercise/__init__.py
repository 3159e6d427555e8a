"""What an author imports: `Exercise`, `inputs`, `view`, and what makes calls of calls."""

from grader.exercise.exercise import Exercise, counting, inputs, result_of, view

__all__ = ["Exercise", "counting", "inputs", "result_of", "view"]
