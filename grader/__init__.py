"""An auto-grader for array programs: it names the mistake, and never shares a process with it."""

__version__ = "0.1.0"
