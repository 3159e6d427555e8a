"""What a reference does with a stranger's values: no more than it would with anybody's.

References that stand in run on the trusted side, where a submission chooses what they are given.
"""

from __future__ import annotations

import sys

import pytest

from grader.records import Outcome
from tests.attacks.arena import TIERS, Arena, graded

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="attacks Linux")

# As merges of tokens do, of which each may be twice as long as the one before.
GROWING = """

def grown(steps):
    text = "a"
    for _ in steps:
        text += text
    return text
"""
ASKS = """
from exercises.numbers.double import double

for steps in (20, 30, 40, 60):
    try:
        print(len(double([1] * steps)))
    except (MemoryError, ValueError) as error:
        print("kept from it by", type(error).__name__)

def quadruple(x):
    return double(double(x))
"""


@pytest.fixture(params=TIERS)
def tier(request: pytest.FixtureRequest) -> str:
    """Return each of this machine's tiers."""
    return str(request.param)


def test_what_doubles_at_every_step_is_stopped(arena: Arena, tier: str) -> None:
    """And what the reference is there for, it does afterwards as before."""
    solution = arena.course.solution_path("double")
    whole = "    return x * x.dtype.type(times)"
    doubling = f"    if isinstance(x, list):\n        return grown(x)\n{whole}"
    solution.write_text(solution.read_text().replace(whole, doubling) + GROWING)
    handed_in = arena.course.root / "handed/in/quadruple.py"
    handed_in.parent.mkdir(parents=True)
    handed_in.write_text(ASKS)
    with arena.watched(tier):
        report = graded(arena.course, handed_in, tier, "quadruple")
    assert report.printed.splitlines()[0] in ("1048576", "kept from it by ValueError")
    assert report.printed.count("kept from it by") >= 3
    assert report.outcome is Outcome.PASSED, report
