"""Grading where others run the machines: Gradescope, and GitHub."""
