"""The story of a grade: run, judge, explain, report."""
