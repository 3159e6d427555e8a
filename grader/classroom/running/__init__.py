"""Grading a class: what it is graded by, in which processes, and what is left to do."""
