"""How long a grade takes, of one exercise and of all, against the floor and a plain pytest file.

`python benchmarks/grade.py` prints ratios of medians, all measured in one run with the commands
taking turns, so that a busy machine slows all of them alike. Nothing here fails on a slow machine.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from grader.authoring.stubs import solution_text
from grader.course.course import read_course

ROOT = Path(__file__).parents[1]
ROUNDS = 15


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        answer = lay_out(course)
        python = sys.executable
        grader = str(Path(python).with_name("grader"))
        peer = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", folder]
        peer += ["-c", os.devnull, str(ROOT / "benchmarks/peer_test_softmax.py")]
        commands = {
            "python -c 'import numpy'": [python, "-c", "import numpy"],
            "grader grade softmax": [grader, "grade", "softmax"],
            "grader grade --all": [grader, "grade", "--all"],
            "… softmax --tier process": [grader, "grade", "softmax", "--tier", "process"],
            "… softmax --tier landlock": [grader, "grade", "softmax", "--tier", "landlock"],
            "pytest, the same checks": peer,
            "python -c 'import click, yaml'": [python, "-c", "import click, yaml"],
            "grader --help": [grader, "--help"],
        }
        environment = os.environ | {"SUBMISSION": str(answer), "PYTHONPATH": str(course)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a learner's modules are compiled once
        medians = measure(
            {name: runner(command, course, environment) for name, command in commands.items()}
        )
    floor, grade, everything, bare, walled, pytest, plain, usage = medians.values()
    print(f"median of {ROUNDS}:")
    for name, seconds in medians.items():
        print(f"  {name:<32}{seconds * 1000:8.1f} ms")
    print(f"grade / import numpy         {grade / floor:5.2f}   (aim: at most 1.8)")
    print(f"grade / pytest               {grade / pytest:5.2f}   (aim: below 1.0)")
    print(f"grade --all / grade          {everything / grade:5.2f}   (aim: at most 6.0)")
    print(f"landlock / process           {walled / bare:5.2f}   (aim: at most 1.1)")
    print(f"--help / import click, yaml  {usage / plain:5.2f}   (aim: at most 2.0)")


def lay_out(course: Path) -> Path:
    """Copy the course, solve every exercise of it, and return where the answer to softmax is."""
    shutil.copy(ROOT / "course.yaml", course)
    shutil.copytree(ROOT / "solutions", course / "solutions")
    copy = read_course(course)
    for name in copy.exercises:
        path = copy.exercise_path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(solution_text(copy, name), "utf-8")
    return copy.exercise_path("softmax")


def runner(
    command: list[str], folder: Path, environment: dict[str, str]
) -> Callable[[], subprocess.CompletedProcess[bytes]]:
    """Return a function that runs a command, which must succeed."""
    return lambda: subprocess.run(
        command, cwd=folder, env=environment, check=True, capture_output=True
    )


def measure(actions: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median seconds of each action; the first round only warms up."""
    times: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(ROUNDS + 1):
        for name, action in actions.items():
            began = time.perf_counter()
            action()
            times[name].append(time.perf_counter() - began)
    return {name: statistics.median(taken[1:]) for name, taken in times.items()}


if __name__ == "__main__":
    main()
