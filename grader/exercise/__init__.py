"""What an author imports: `Exercise`, `inputs`, `view`, and what makes calls of calls."""

from grader.exercise.calls import calls, counting, inputs, result_of, view
from grader.exercise.exercise import Exercise

__all__ = ["Exercise", "calls", "counting", "inputs", "result_of", "view"]
