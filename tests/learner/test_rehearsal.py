"""What the zygote tries before it forks is done already, and leaves nothing else behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.learner.outside.sandbox import Sandbox, possible_tiers
from grader.records import Report

LOOK = """
import linecache, sys

imported = "encodings.utf_8_sig" in sys.modules
left = [name for name in [*sys.modules, *linecache.cache] if "rehears" in name]
print(imported, left, callable(exit), callable(copyright))

def double(x, times=2):
    return times * x
"""


@pytest.mark.skipif("landlock" not in possible_tiers(), reason="needs landlock")
def test_a_rehearsal_leaves_what_is_imported_alone(graded: Callable[..., Report]) -> None:
    """A learner's code finds a codec there, and no trace of the file that was tried."""
    with Sandbox("landlock", warm=True) as sandbox:
        report = graded(LOOK, sandbox=sandbox)
    assert report.printed == "True [] True True\n"
