"""What a full diagnosis costs: wrong attempts against right ones, for every exercise.

`python benchmarks/diagnosis.py` grades attempts of tests/learners/ from cold, as a learner does,
and prints the medians and their ratio, all measured in one run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.learners.table import attempts, lay_out  # noqa: E402  what the tests grade, too

EACH = 3


def main() -> None:
    """Measure and print."""
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        course = lay_out(ROOT, Path(folder))
        print(f"one cold grade, median of {EACH} attempts each:")
        for name in course.exercises:
            kinds = {kind: [p for p in attempts(name) if p.name.startswith(kind)] for kind in WORDS}
            medians = {
                kind: statistics.median(seconds(course.root, name, path) for path in paths[:EACH])
                for kind, paths in kinds.items()
            }
            ratios.append(medians["wrong"] / medians["right"])
            columns = "  ".join(f"{kind} {medians[kind] * 1000:6.0f} ms" for kind in WORDS)
            print(f"  {name:<22}{columns}  {ratios[-1]:5.2f} x")
    print(
        f"failing / passing, median over the exercises  {statistics.median(ratios):.2f}   (aim: 2)"
    )


WORDS = ("right", "wrong")


def seconds(root: Path, name: str, path: Path) -> float:
    """Return how long one grade takes, whatever its verdict."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "grader", "grade", name, "--file", str(path)]
    began = time.perf_counter()
    subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
