"""What the border costs: every tier against a bare fork that runs the same NumPy code.

`python benchmarks/border.py` prints medians and their ratios, all measured in one run with the
contestants taking turns, so that a busy machine slows all of them alike.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import repeat
from pathlib import Path
from threading import Thread

import numpy as np

from grader.course.course import Course, read_course
from grader.grading.batch import Job, Pool
from grader.grading.examiner import draw_paper
from grader.grading.forked import graded_at_once
from grader.grading.grade import grade
from grader.grading.trials import Paper
from grader.learner.outside.sandbox import Sandbox, possible_tiers
from grader.learner.outside.spawn import clean_environment
from grader.records import Outcome

ROOT = Path(__file__).parents[1]
ROUNDS, SUBMISSIONS, MANY, CHECKS = 200, 300, 5000, 8
RESULTS = CHECKS * 4 * 8 * 8
AIMS = {"landlock": 2.5, "bubblewrap": 3.0}
COURSE = "title: Benchmark\nunits:\n  unit:\n    title: Unit\n    exercises: [one, two]\n"
HEAD = '''"""Softmax, as often as wanted."""

import numpy as np

from grader.exercise import Exercise, inputs

exercise = Exercise(hints=["None."])
'''
FUNCTION = '''

{decorator}
def {name}(scores):
    """Turn scores into weights."""
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
'''
CASE = """

@exercise.case
def {name}_check_{number}(rng):
    return inputs(rng.normal(size=(4, 8)))
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        course = lay_out(Path(folder))
        paper = draw_paper(course, "one", seed=1)
        arrays = Path(folder) / "inputs.npz"
        np.savez(arrays, *(trial.inputs.args[0] for trial in paper.trials))
        answer = course.exercise_path("one")
        print_latency(course, paper, [str(answer), "f", str(arrays)])
        print_throughput(course, [str(answer), "f", str(arrays)])
        print_memory(course)


def lay_out(root: Path) -> Course:
    """Write a course of two exercises, of one and of two functions, and right answers to them."""
    (root / "course.yaml").write_text(COURSE)
    for folder in ("solutions/unit", "exercises/unit"):
        (root / folder).mkdir(parents=True)
    for exercise, functions in {"one": "f", "two": "fg"}.items():
        definition, answer = HEAD, "import numpy as np\n"
        for name in functions:
            definition += FUNCTION.format(decorator="@exercise.reference", name=name)
            definition += "".join(CASE.format(name=name, number=n) for n in range(CHECKS))
            answer += FUNCTION.format(decorator="", name=name)
        (root / f"solutions/unit/{exercise}.py").write_text(definition)
        (root / f"exercises/unit/{exercise}.py").write_text(answer)
    return read_course(root)


def walled_tiers() -> list[str]:
    """Return the tiers with walls that this machine has."""
    return [tier for tier in possible_tiers() if tier != "process"]


def print_latency(course: Course, paper: Paper, bare: list[str]) -> None:
    """Compare one warm grade of one function with a bare fork."""
    with ExitStack() as until_the_end:
        actions = {"bare fork": until_the_end.enter_context(bare_zygote(bare))}
        for tier in walled_tiers():
            sandbox = until_the_end.enter_context(Sandbox(tier, warm=True))
            actions[tier] = partial(grade_passing, course, paper, sandbox)
        medians = measure(actions)
    print(f"one function, {CHECKS} checks, warm; median of {ROUNDS}:")
    for name, seconds in medians.items():
        aim = f"   (aim: at most {AIMS[name]})" if name in AIMS else ""
        ratio = seconds / medians["bare fork"]
        print(f"  {name:<12}{seconds * 1000:8.2f} ms {ratio:6.2f} x{aim}")


def print_throughput(course: Course, bare: list[str]) -> None:
    """Compare submissions per second, two at once, with two bare zygotes."""
    with bare_zygote(bare) as one, bare_zygote(bare) as other:
        began = time.perf_counter()
        threads = [
            Thread(target=lambda f=f: [f() for _ in range(2 * SUBMISSIONS // 2)])
            for f in (one, other)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        floor = SUBMISSIONS / (time.perf_counter() - began)
    print(f"submissions per second (two functions, {CHECKS} checks each), two at once:")
    print(f"  {'bare fork':<12}{floor:8.0f} /s")
    for tier in walled_tiers():
        with Sandbox(tier, warm=True) as sandbox:
            deque(Pool(course, sandbox, seed=1).grade(repeat(Job("two"), 20)), maxlen=0)
            began = time.perf_counter()
            jobs = [Job("two")] * SUBMISSIONS
            for _, report in graded_at_once(course, sandbox, jobs, 2, seed=1):
                assert report.outcome is Outcome.PASSED, report
            rate = SUBMISSIONS / (time.perf_counter() - began)
        print(f"  {tier:<12}{rate:8.0f} /s {rate / floor:6.2f} x   (aim: at least 0.375)")


def print_memory(course: Course) -> None:
    """Show that the trusted side grows no larger while thousands of submissions pass through."""
    tier = possible_tiers()[0]
    if tier == "process":
        return
    with Sandbox(tier, warm=True) as sandbox:
        pool = Pool(course, sandbox, seed=1)
        peaks = []
        for count in (500, MANY - 500):
            deque(pool.grade(repeat(Job("one"), count)), maxlen=0)
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(f"peak memory after 500 and after {MANY} submissions ({tier}):")
    print(f"  {peaks[0]:.1f} MB and {peaks[1]:.1f} MB, {peaks[1] / peaks[0]:.3f} x")


@contextmanager
def bare_zygote(arguments: list[str], length: int = RESULTS) -> Iterator[Callable[[], None]]:
    """Start the floor's zygote and yield a function that has it do one run.

    `length` is that of the results, in bytes.
    """
    script = str(ROOT / "benchmarks/bare_zygote.py")
    command = [sys.executable, script, *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=clean_environment()) as process:
        assert process.stdin and process.stdout
        ask, answer = process.stdin.fileno(), process.stdout.fileno()

        def run() -> None:
            os.write(ask, b"x")
            left = length
            while left:
                left -= len(os.read(answer, left))

        run()
        yield run
        process.stdin.close()


def grade_passing(course: Course, paper: Paper, sandbox: Sandbox) -> None:
    """Grade the right answer, which must pass."""
    report = grade(course, "one", sandbox=sandbox, paper=paper)
    assert report.outcome is Outcome.PASSED, report


def measure(actions: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Return the median seconds of each action, taking turns; the first rounds only warm up."""
    times: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(ROUNDS + 10):
        for name, action in actions.items():
            began = time.perf_counter()
            action()
            times[name].append(time.perf_counter() - began)
            time.sleep(0.002)  # what an action leaves to be tidied up is not the next one's
    return {name: statistics.median(taken[10:]) for name, taken in times.items()}


if __name__ == "__main__":
    main()
