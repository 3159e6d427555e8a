"""Answers kept in files: what a released course has in the place of its definitions."""
