"""A class graded on a cluster gets what it gets at home, whatever dies meanwhile."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from zipfile import ZipFile

import pytest

from grader.classroom.marks.store import Store
from grader.classroom.packets import packed
from grader.classroom.running.chunks import Setup, Task, chunk_of, fault, tasks_of
from grader.classroom.running.parcel import order_of, parcel_of
from grader.course.course import Course
from grader.errors import UsageError
from grader.records import Submission
from tests.classroom.test_class import (
    QUADRUPLE,
    RIGHT,
    SQUARES,
    hand_in,
    poison,
)
from tests.conftest import ROOT, Ended

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="sends signals"),
    # What Dask leaves open when it is killed is its own.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PEOPLE = 8
THIRTEENS = "def double(x, times=2):\n    return x * 0 + 13\n"  # the check ends our process
ABORTS = "import os\n\n\ndef double(x, times=2):\n    os.abort()\n"  # and this one theirs


class Dask:
    """A scheduler and workers, each a process as `dask scheduler` and `dask worker` start them."""

    def __init__(self, folder: Path, count: int) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = str(free.getsockname()[1])
        self._folder, self._count = folder, count
        self.address = f"tcp://127.0.0.1:{self._port}"
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start all of them."""
        alone = ["--host", "127.0.0.1", "--no-dashboard"]
        self.processes = [self._started("dask_scheduler", "--port", self._port, *alone)]
        for number in range(self._count):
            own = str(self._folder / f"worker-{number}")
            words = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", own]
            self.processes.append(self._started("dask_worker", self.address, *words))

    def kill(self, *which: int) -> None:
        """Kill some of them: the scheduler is 0."""
        for each in which:
            self.processes[each].kill()
            self.processes[each].wait()

    def _started(self, module: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-W", "ignore", "-m", f"distributed.cli.{module}", *words]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, cwd=self._folder, env=environment, **quiet)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """Start a cluster of four workers."""
    cluster = Dask(tmp_path_factory.mktemp("dask"), 4)
    cluster.start()
    yield cluster
    cluster.kill(*range(len(cluster.processes)))


@pytest.fixture
def a_class(tiny: Course) -> Course:
    """Let people hand in what is right or wrong, and what ends one process or the other."""
    poison(tiny)
    for number in range(PEOPLE):
        double = (RIGHT, SQUARES, THIRTEENS, ABORTS)[number % 4]
        hand_in(tiny, f"p{number:02}/double.py", f"# {number}\n{double}")
        if double is RIGHT:
            hand_in(tiny, f"p{number:02}/quadruple.py", f"# {number}\n{QUADRUPLE}")
    return tiny


def command(marks: str, *how: str) -> list[str]:
    """Return how a class is graded."""
    return ["class", "grade", "handed-in", "-o", marks, "--seed", "1", *how]


def rows(course: Course, marks: str) -> list[tuple[Any, ...]]:
    """Return all reports, without what may be another one each time."""
    columns = "answer, seed, grader, versions, outcome, points, max_points, report"
    with Store(course.root / marks) as store:
        found = store.rows(f"SELECT {columns} FROM reports ORDER BY answer")
    return [(*row, sure(json.loads(report))) for *row, report in found]


def sure(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report without its seconds, and what a process that died said last."""
    is_ours = report["outcome"] == "grader_error"
    return report | {"seconds": 0} | ({"diagnosis": []} if is_ours else {})


@contextmanager
def after_reports(
    course: Course, marks: str, count: int, action: Callable[[], None]
) -> Iterator[None]:
    """Do something when so many reports are there, while something else is done."""
    done = []

    def wait() -> None:
        path = course.root / marks / "marks.db"
        for _ in range(6000):
            time.sleep(0.01)
            with (
                suppress(sqlite3.Error),
                closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database,
            ):
                if database.execute("SELECT COUNT(*) FROM reports").fetchone()[0] >= count:
                    done.append(action())
                    return

    thread = Thread(target=wait)
    thread.start()
    yield
    thread.join()
    assert done, "it was over before"


@pytest.mark.wide
def test_a_worker_that_is_killed_changes_no_mark(
    a_class: Course, grader: Callable[..., Ended], dask: Dask
) -> None:
    """Nor does an answer at which processes die: row by row they are those of one process here."""
    assert grader(*command("here", "--jobs", "1")).code == 3
    with after_reports(a_class, "there", 3, lambda: dask.kill(1, 2)):
        assert grader(*command("there", "--cluster", dask.address)).code == 3
    assert rows(a_class, "there") == rows(a_class, "here")
    outcomes = {row[4] for row in rows(a_class, "there")}
    assert outcomes == {"passed", "failed", "crashed", "grader_error"}


@pytest.mark.parametrize("name", ["grader_version", "Versions.of", "_hash_of"])
def test_a_worker_with_something_else_refuses(
    a_class: Course,
    grader: Callable[..., Ended],
    dask: Dask,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Be it the grader, NumPy or the course: whoever typed the command is told in a sentence."""
    monkeypatch.setattr(f"grader.classroom.running.parcel.{name}", lambda *_: "numpy-1.0")
    ended = grader(*command("there", "--cluster", dask.address))
    assert (ended.code, ended.out.count("Graded")) == (2, 0)
    assert "refuses to grade, because" in ended.err and "Traceback" not in ended.err
    words = {"grader_version": "yours numpy-1.0", "Versions.of": "double, quadruple"}
    assert words.get(name, "is not the one that you sent") in ended.err


@pytest.mark.wide
def test_a_scheduler_that_is_started_again_changes_no_mark(
    a_class: Course, grader: Callable[..., Ended], dask: Dask
) -> None:
    """What had no result yet is sent anew; what had one stays."""

    def start_again() -> None:
        dask.kill(*range(len(dask.processes)))
        dask.start()

    assert grader(*command("here", "--jobs", "1")).code == 3
    with after_reports(a_class, "there", 3, start_again):
        assert grader(*command("there", "--cluster", dask.address)).code == 3
    assert rows(a_class, "there") == rows(a_class, "here")


def test_what_goes_there_says_nothing_of_people(a_class: Course) -> None:
    """A course's folder may hold rosters, hand-ins and marks: none of it is sent."""
    (a_class.root / "roster.csv").write_text("login,name\nada,Ada\n")
    parcel = parcel_of(a_class)
    assert parcel == parcel_of(a_class)
    with ZipFile(BytesIO(parcel)) as files:
        known = {name.partition("/")[0] for name in files.namelist()}
    assert known == {"course.yaml", "solutions", "quizzes"}
    order = order_of(a_class, parcel, ["double"], Setup(str(a_class.root), 1, 10.0, None))
    assert str(a_class.root).encode() not in order


def test_a_cluster_that_is_not_there_is_told(
    a_class: Course, grader: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So is one that is asked for together with processes of this machine."""
    monkeypatch.setattr("grader.classroom.running.cluster.PATIENCE", 0.2)
    ended = grader(*command("there", "--cluster", "tcp://127.0.0.1:9"))
    assert ended.code == 2 and "nobody answers there" in ended.err
    ended = grader(*command("there", "--cluster", "tcp://127.0.0.1:9", "--jobs", "2"))
    assert ended.code == 2 and "--jobs" in ended.err


def test_a_scheduler_that_hangs_up_is_asked_again(
    a_class: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that has just gone, or is about to start, may do so in the midst of it."""
    from grader.classroom.running.cluster import Cluster

    asked: list[str] = []

    class Hesitant:
        def __init__(self, address: str, **_: Any) -> None:
            asked.append(address)
            if len(asked) == 1:
                raise OSError("hung up")

        def wait_for_workers(self, *_: Any, **__: Any) -> None:
            """There are some."""

    monkeypatch.setattr("grader.classroom.running.cluster.Client", Hesitant)
    cluster = Cluster("tcp://there", a_class, [], Setup(str(a_class.root), 1, 10.0, None))
    assert isinstance(cluster._connected(), Hesitant) and asked == ["tcp://there"] * 2


class Future:
    """What a worker was given, and its answer, if it gives any."""

    def __init__(self, worker: str, given: tuple[Any, ...], answers: bool) -> None:
        self.key, self.worker, self.given, self.answers = f"{id(self)}", worker, given, answers
        self.status = "finished" if answers else "pending"

    def add_done_callback(self, done: Callable[[Future], None]) -> None:
        """Say at once that there is an answer."""
        if self.answers:
            done(self)

    def result(self) -> bytes:
        """Return as much as `grade_chunk` does."""
        results = [fault(task, "graded") for task in tasks_of(self.given[2])]
        return json.dumps({"results": results}).encode()


class Client:
    """Dask's client as far as it is used, of workers of which some say nothing from a time on."""

    status = "running"

    def __init__(self, workers: dict[str, int]) -> None:
        self.left, self.pending, self.cancelled = workers, list[Future](), list[Future]()

    def nthreads(self) -> dict[str, int]:
        """Return how many threads each worker has."""
        return dict.fromkeys(self.left, 1)

    def submit(self, call: object, *given: Any, workers: Sequence[str] = (), **_: Any) -> Future:
        """Give something to a worker that has least to do."""
        busy = [future.worker for future in self.pending]
        worker = min(workers or self.left, key=busy.count)
        if call is not bytes:
            self.left[worker] -= 1
        future = Future(worker, given, self.left[worker] >= 0)
        self.pending += [] if future.answers else [future]
        return future

    def processing(self) -> dict[str, tuple[str, ...]]:
        """Return what has no answer yet, by worker."""
        busy = {future.worker for future in self.pending}
        return {w: tuple(f.key for f in self.pending if f.worker == w) for w in busy}

    def cancel(self, futures: list[Future], force: bool) -> None:
        """Forget some futures."""
        self.pending = [future for future in self.pending if future not in futures]


@pytest.mark.parametrize(
    ("answers", "graded", "failed"),
    [
        ([0, 9], 6, 0),
        ([2, 9], 6, 0),
        ([0, 0, 9, 9], 6, 0),
        ([1, 9, 0], 6, 0),
        ([3, 0, 2], 5, 1),
        ([0, 0], None, None),
        ([2, 1], None, None),
    ],
)
def test_a_worker_that_lives_and_says_nothing_is_not_waited_for_without_end(
    tiny: Course,
    monkeypatch: pytest.MonkeyPatch,
    answers: list[int],
    graded: int | None,
    failed: int | None,
) -> None:
    """Its chunks go to others; at two such workers the fault is ours, at no other the command's."""
    from grader.classroom.running import cluster, worker_process

    monkeypatch.setattr(worker_process, "_SLACK", 0.0)
    monkeypatch.setattr(cluster, "_OFTEN", 0.01)
    client = Client({f"tcp://{number}": most for number, most in enumerate(answers)})
    monkeypatch.setattr(cluster.Cluster, "_connected", lambda self: client)
    body = packed(Submission("double", "numbers", "double.py", RIGHT.encode()))
    chunks = [chunk_of([Task(number, body)]) for number in range(6)]
    setup = Setup(str(tiny.root), 1, 0.01, None)
    with cluster.Cluster("tcp://there", tiny, ["double"], setup) as workers:
        if graded is None:
            with pytest.raises(UsageError, match="its workers do not answer"):
                [*workers.run(iter(chunks))]
            return
        found = [*workers.run(iter(chunks))]
        assert sorted({each.number for each in found}) == [*range(6)]
        ours = [each for each in found if "said nothing any more" in each.report]
        assert (len(found) - len(ours), len(ours)) == (graded, failed)
        assert "does not answer" in workers.notice


@pytest.mark.parametrize("method", ["submit", "cancel", "processing", "nthreads"])
@pytest.mark.parametrize("call", range(1, 6))
def test_a_connection_that_ends_at_any_time_costs_no_answer(
    tiny: Course, monkeypatch: pytest.MonkeyPatch, method: str, call: int
) -> None:
    """What was about to be sent, or taken back, is graded once there is another."""
    from grader.classroom.running import cluster, worker_process

    monkeypatch.setattr(worker_process, "_SLACK", 0.0)
    monkeypatch.setattr(cluster, "_OFTEN", 0.01)
    client = Client({"tcp://0": 1, "tcp://1": 99})
    original, count = getattr(client, method), iter(range(1, 1000))

    def failing(*given: Any, **options: Any) -> Any:
        if next(count) == call:
            raise OSError("the connection has gone")
        return original(*given, **options)

    monkeypatch.setattr(client, method, failing)
    monkeypatch.setattr(cluster.Cluster, "_connected", lambda self: client)
    body = packed(Submission("double", "numbers", "double.py", RIGHT.encode()))
    chunks = [chunk_of([Task(number, body)]) for number in range(6)]
    setup = Setup(str(tiny.root), 1, 0.01, None)
    with cluster.Cluster("tcp://there", tiny, ["double"], setup) as workers:
        found = [*workers.run(iter(chunks))]
    assert {each.number for each in found} == {*range(6)}
