"""Notebooks: out to learners, and back in to be graded."""
