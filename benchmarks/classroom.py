"""What grading a class costs: against a bare fork, as it grows, a second time, and on a cluster.

`python benchmarks/classroom.py` prints ratios, all measured in one run. Where it says CPU, the time
is that which all processes together computed, so that what else the machine does counts little.
The classes are made of the attempts in tests/learners; `--size 1000 --exercises 15` is a large one.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.border import CHECKS, bare_zygote, lay_out  # noqa: E402  the same floor
from grader.classroom.packets import packed  # noqa: E402
from grader.classroom.running.chunks import Executor, Setup, Task, chunk_of  # noqa: E402
from grader.classroom.running.workers import Workers  # noqa: E402
from grader.course.course import Course  # noqa: E402
from grader.grading.examiner import draw_paper  # noqa: E402
from grader.learner.outside.sandbox import possible_tiers  # noqa: E402
from grader.records import Submission  # noqa: E402
from tests.learners import table  # noqa: E402  what the tests grade, too

JOBS = 2
# The tier whose processes are all waited for, so that what they computed can be told.
TIER = "landlock" if "landlock" in possible_tiers() else "process"
CHUNK = 8
FEW, MANY = 100, 700  # what starting costs comes off, as the difference of the two
GROWN = (1, 2, 4)
LOOK = 0.1  # seconds between two looks at the memory


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=8, help="people in the smallest class")
    parser.add_argument("--exercises", type=int, default=3, help="how many they hand in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print_floor(lay_out(Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        course = table.lay_out(ROOT, Path(folder))
        names = course.exercises[1 : options.exercises + 1]
        print_growth(course, names, options.size)
    with tempfile.TemporaryDirectory() as folder:
        print_cluster(lay_out(Path(folder)))


class Cost(NamedTuple):
    """What something took: seconds by the clock, and computed by all processes together."""

    seconds: float
    cpu: float


def cost_of(action: Callable[[], object]) -> Cost:
    """Return what an action takes, with the processes that it starts and waits for."""
    began, before = time.perf_counter(), _computed()
    action()
    return Cost(time.perf_counter() - began, _computed() - before)


def _computed() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def print_floor(course: Course) -> None:
    """Compare a submission graded by worker processes with bare forks, one for each function."""
    arrays = course.root / "inputs.npz"
    np.savez(arrays, *(t.inputs.args[0] for t in draw_paper(course, "one", seed=1).trials))
    bare = [str(course.exercise_path("one")), "f", str(arrays)]
    print(f"right answers, {JOBS} jobs, {TIER}, CPU and clock of one more:")
    for name, functions in {"one": 1, "two": 2}.items():
        floor = _one_more(lambda count, n=functions: fork_bare(bare, count * n))
        ours = _one_more(lambda count, name=name: grade_right(course, name, count))
        print(f"  {functions} function{'s' * (functions > 1)}, {CHECKS} checks each:")
        print(f"    bare fork   {_both(floor)}  {1 / floor.seconds:6.0f} a second")
        print(f"    graded      {_both(ours)}  {1 / ours.seconds:6.0f} a second")
        ratios = f"{floor.cpu / ours.cpu:.2f} by CPU, {floor.seconds / ours.seconds:.2f} by clock"
        print(f"    bare fork / graded   {ratios}   (aim: at least 0.5)")


def _one_more(action: Callable[[int], object]) -> Cost:
    few, many = (cost_of(lambda count=count: action(count)) for count in (FEW, MANY))
    seconds, cpu = many.seconds - few.seconds, many.cpu - few.cpu
    return Cost(seconds / (MANY - FEW), cpu / (MANY - FEW))


def _both(cost: Cost) -> str:
    return f"{cost.cpu * 1000:7.2f} ms {cost.seconds * 1000:7.2f} ms"


def fork_bare(arguments: list[str], count: int) -> None:
    """Fork so often and no more, in as many zygotes at once as there are jobs."""

    def serve() -> None:
        with bare_zygote(arguments) as run:
            for _ in range(count // JOBS):
                run()

    threads = [Thread(target=serve) for _ in range(JOBS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def grade_right(course: Course, name: str, count: int) -> None:
    """Grade so many right answers, no two of them the same; all have to pass."""
    source = course.exercise_path(name).read_bytes()
    bodies = (source + b"# %d\n" % number for number in range(count))
    setup = Setup(str(course.root), 1, 10.0, TIER)
    outcomes = _outcomes(Workers(setup, JOBS), _chunks(course, name, bodies))
    assert outcomes == ["passed"] * count, outcomes


def _chunks(course: Course, name: str, bodies: Iterable[bytes]) -> Iterator[bytes]:
    answers = (Submission(name, course.unit_of(name), f"{name}.py", each) for each in bodies)
    tasks = [Task(number, packed(answer)) for number, answer in enumerate(answers)]
    for start in range(0, len(tasks), CHUNK):
        yield chunk_of(tasks[start : start + CHUNK])


def _outcomes(executor: Executor, chunks: Iterable[bytes]) -> list[str]:
    return [result.outcome for result in executor.run(chunks)]


def print_growth(course: Course, names: tuple[str, ...], size: int) -> None:
    """Grade a class, one twice as large, and one four times as large; and that once more."""
    print(f"a class, {len(names)} exercises each, {JOBS} jobs:")
    costs, again = [], []
    hand_in(course, names, 1)
    grade_class(course, names, course.root / "marks-1")
    begun = cost_of(lambda: grade_class(course, names, course.root / "marks-1"))
    for people in (size * times for times in GROWN):
        marks = course.root / f"marks-{people}"
        hand_in(course, names, people)
        with watched() as peaks:
            first = cost_of(lambda marks=marks: grade_class(course, names, marks))
        costs.append(first)
        memory = " and ".join(f"{each:.0f} MB" for each in peaks)
        each = Cost(first.seconds / people / len(names), first.cpu / people / len(names))
        print(f"  {people:6} people {_both(each)} each; at most {memory}, command and worker")
        again.append(cost_of(lambda marks=marks: grade_class(course, names, marks)))
    low, middle, high = (cost.cpu for cost in costs)
    grown = (high - middle) / (2 * (middle - low))
    print(f"  what the last half cost / what as many did before, CPU   {grown:.2f}   (aim: 1)")
    print(f"  graded / once more, nothing changed, CPU   {high / again[-1].cpu:.0f}", end="")
    left = again[-1].cpu - begun.cpu
    without = f"{high / left:.0f}" if left > 0 else "more than can be told"
    print(f", after {begun.cpu:.2f} s to begin {without}   (aim: at least 50)")


def hand_in(course: Course, names: tuple[str, ...], people: int) -> None:
    """Write what a class of so many hands in: attempts, no two of them the same to the byte."""
    for number in range(people):
        folder = course.root / "handed-in" / f"u{number:05}"
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            attempts = table.attempts(name)
            body = attempts[number * 7 % len(attempts)].read_bytes()
            (folder / f"{name}.py").write_bytes(body + b"\n# %d\n" % number)


def grade_class(course: Course, names: tuple[str, ...], marks: Path) -> None:
    """Grade what was handed in."""
    how = ("--jobs", str(JOBS), "--seed", "1", "--tier", TIER, "--exercises", ",".join(names))
    _run(course, "class", "grade", "handed-in", "-o", str(marks), *how)


def _run(course: Course, *words: str) -> None:
    command = [sys.executable, "-m", "grader", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=course.root, env=environment, check=True, capture_output=True)


def print_cluster(course: Course) -> None:
    """Compare the workers of a Dask cluster with one of them, where Dask is installed."""
    if not find_spec("distributed"):
        print("a Dask cluster was not measured: distributed is not installed")
        return
    costs = {n: _one_more(lambda count, n=n: on_cluster(course, n, count)) for n in (1, JOBS)}
    one, more = costs.values()
    print(f"right answers on a Dask cluster, CPU and clock of one more ({os.cpu_count()} cores):")
    for workers, cost in costs.items():
        print(f"  {workers} worker{'s' * (workers > 1)}   {_both(cost)}")
    gain = one.seconds / more.seconds / JOBS
    print(f"  each of {JOBS} / one alone   {one.cpu / more.cpu:.2f} by CPU, ", end="")
    print(f"{gain:.2f} by clock   (aim: at least 0.9)")


def on_cluster(course: Course, workers: int, count: int) -> None:
    """Grade so many right answers on a cluster of this machine."""
    from distributed import LocalCluster

    from grader.classroom.running.cluster import Cluster

    source = course.exercise_path("two").read_bytes()
    bodies = [source + b"# %d\n" % number for number in range(count)]
    setup = Setup(str(course.root), 1, 10.0, TIER)
    options = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**options) as there:
        with Cluster(there.scheduler_address, course, ["two"], setup) as cluster:
            outcomes = _outcomes(cluster, _chunks(course, "two", bodies))
        assert outcomes == ["passed"] * count, outcomes


@contextmanager
def watched() -> Iterator[list[float]]:
    """Look at the memory of the command that runs meanwhile: its peak, and that of a worker.

    A worker is what it starts, and not what that starts.
    """
    peaks, is_over = [0.0, 0.0], deque[bool]()

    def look() -> None:
        while not is_over:
            for place, ids in enumerate(_descendants()):
                peaks[place] = max([peaks[place], *map(_resident, ids)])
            time.sleep(LOOK)

    thread = Thread(target=look)
    thread.start()
    try:
        yield peaks
    finally:
        is_over.append(True)
        thread.join()


def _descendants() -> tuple[list[str], list[str]]:
    """Return the ids of our children, and of theirs."""
    parents: dict[str, list[str]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            parents.setdefault(parent, []).append(folder.name)
    children = parents.get(str(os.getpid()), [])
    return children, [each for child in children for each in parents.get(child, [])]


def _resident(process: str) -> float:
    """Return the megabytes of memory that a process has."""
    with suppress(OSError, ValueError):
        pages = int(Path("/proc", process, "statm").read_text().split()[1])
        return pages * resource.getpagesize() / 2**20
    return 0.0


if __name__ == "__main__":
    main()
