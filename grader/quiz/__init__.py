"""Quizzes: read from YAML, marked, and taken one question at a time."""
