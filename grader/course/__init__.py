"""A course: its contents, its definitions from code or from a release, the learner's progress."""
