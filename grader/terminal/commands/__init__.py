"""Thin commands: each parses, calls one function, prints, and sets the exit code."""
