"""Quizzes of a class: answers read like hand-ins, and marked for each who gave them."""
