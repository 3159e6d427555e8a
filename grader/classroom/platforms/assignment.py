"""An autograder's assignment: written when it is packed, read when it runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

FILE = "assignment.json"
# When students see the checks that their author hid; these are Gradescope's words.
VISIBILITIES = ("hidden", "after_due_date", "after_published", "visible")


class Assignment(NamedTuple):
    """The exercises to grade, in order, and when students see the hidden checks."""

    exercises: tuple[str, ...]
    hidden_checks: str = VISIBILITIES[0]

    def as_json(self) -> str:
        """Return it as text that `read_assignment` reads."""
        return json.dumps(self._asdict(), indent=2) + "\n"


def read_assignment(folder: Path) -> Assignment:
    """Read the assignment of the autograder that was unpacked in `folder`."""
    contents = json.loads((folder / FILE).read_text("utf-8"))
    return Assignment(tuple(contents["exercises"]), contents["hidden_checks"])
