"""Answers that are more alike than the exercise makes them: a hint for a person, never a mark."""
