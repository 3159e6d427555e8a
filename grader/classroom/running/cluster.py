"""A Dask cluster that is there already, for chunks to be graded on.

What goes there and comes back are bytes. Where a worker dies, Dask has another one do its chunks;
where the scheduler does, all that has no result yet is sent anew. A worker that says nothing for
very long gets nothing any more, and others do its chunks. So a chunk may be graded twice.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from distributed import Client, KilledWorker

from grader.classroom.running.chunks import Result, Setup, chunk_of, fault, tasks_of
from grader.classroom.running.on_cluster import close, grade_chunk
from grader.classroom.running.parcel import order_of, parcel_of
from grader.classroom.running.replies import reply_of
from grader.classroom.running.worker_process import patience
from grader.course.course import Course
from grader.errors import BrokenGraderError, GraderError, UsageError, in_one_line

PATIENCE = 60.0  # seconds for a scheduler and a first worker to be there
MAX_IDLE = 3  # connections in a row that came to nothing
AHEAD = 2  # chunks for each thread of the workers, so that none has to wait
_OFTEN = 0.5  # seconds between two looks at the connection
_GONE = (OSError, TimeoutError, asyncio.TimeoutError)  # the last two are one from Python 3.11 on
_DIED = (
    "The workers of the cluster died, one after the other, at this answer.\n"
    "This is not the learner's fault, and no points were lost. Please report these lines."
)
_SILENT = (
    "Two workers of the cluster, one after the other, said nothing any more at this answer.\n"
    "This is not the learner's fault, and no points were lost. Please report these lines."
)


class _LostError(Exception):
    """The scheduler has gone, or has forgotten what it was given."""


class Cluster:
    """The workers of a cluster, by the address of its scheduler; `notice` says what is odd.

    Raises
    ------
    UsageError
        Nobody answers there, or a worker would not grade with what is graded with here.
    """

    def __init__(
        self,
        address: str,
        course: Course,
        exercises: Iterable[str],
        setup: Setup,
    ) -> None:
        for name in ("distributed", "distributed.client"):  # what matters is told by us
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._address = address
        self._parcel = parcel_of(course)
        self._order = order_of(course, self._parcel, exercises, setup)
        self._chunks: Iterator[bytes] = iter(())
        self._again: list[bytes] = []
        self._sent: dict[Any, tuple[Any, bytes]] = {}  # by Dask's key: what has no result yet
        self._setup = setup
        self._silent, self._late = set[str](), set[bytes]()  # workers, and chunks they were given
        self.notice = ""

    def __enter__(self) -> Cluster:
        self._client = self._connected()
        return self

    def __exit__(self, *error: object) -> None:
        with suppress(Exception):  # without them, processes end with their workers
            self._client.run(close, self._order, workers=[*self._threads()])
        self._hang_up()

    @property
    def count(self) -> int:
        """How many answers can be graded at once, as it is now."""
        return max(1, sum(self._threads().values()))

    def run(self, chunks: Iterable[bytes]) -> Iterator[Result]:
        """Yield the result of every task, as they come; some come twice where something dies."""
        self._chunks, idle = iter(chunks), 0
        while idle < MAX_IDLE:
            idle += 1
            try:
                for result in self._results():
                    idle = 0
                    yield result
                return
            except (_LostError, *_GONE):
                self._hang_up()
                self._again += [chunk for _, chunk in self._sent.values()]
                self._sent = {}
                self._client = self._connected()
        raise self._cannot("it loses whatever it is given")

    def _connected(self) -> Client:
        """Connect to a scheduler that has workers.

        One that is about to start, or has just gone, may hang up in the midst of it: that is no
        answer yet.
        """
        why, end = "nobody answers there", time.monotonic() + PATIENCE
        while True:
            try:
                client = Client(self._address, timeout=PATIENCE, set_as_default=False)
                break
            except ValueError as error:
                raise self._cannot(why) from error
            except _GONE as error:
                if time.monotonic() > end:
                    raise self._cannot(why) from error
                time.sleep(_OFTEN)
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except _GONE as error:
            raise self._cannot("it has no workers") from error
        return client

    def _hang_up(self) -> None:
        with suppress(Exception):  # a scheduler that has gone need not hear of it
            self._client.close(timeout=1)

    def _results(self) -> Iterator[Result]:
        answered: SimpleQueue[Any] = SimpleQueue()
        # A task that gives the course, and not the course: should it get lost, it is made again.
        course = self._client.submit(bytes, self._parcel)
        while True:
            while len(self._sent) < AHEAD * self.count and (chunk := self._next_chunk()):
                self._send(chunk, course).add_done_callback(answered.put)
            if not self._sent:
                return
            future = self._next_answered(answered)
            if future is None:
                yield from self._taken_back()
            elif future.key in self._sent:
                results = self._results_of(future, self._sent[future.key][1])
                del self._sent[future.key]
                yield from results

    def _send(self, chunk: bytes, course: Any) -> Any:
        """Return what will have the answer; what cannot be sent is kept for later."""
        given = self._order, course, chunk
        try:
            future = self._client.submit(grade_chunk, *given, pure=False, **self._where())
        except BaseException:
            self._again.append(chunk)
            raise
        self._sent[future.key] = future, chunk
        return future

    def _next_chunk(self) -> bytes | None:
        return self._again.pop() if self._again else next(self._chunks, None)

    def _threads(self) -> dict[str, int]:
        """Return how many answers each worker grades at once, of those that answer."""
        known = self._client.nthreads().items()
        return {worker: count for worker, count in known if worker not in self._silent}

    def _where(self) -> dict[str, Any]:
        """Return where a chunk may go: anywhere, while no worker is silent."""
        others = [*self._threads()]
        if self._silent and not others:
            raise self._cannot("its workers do not answer")
        return {"workers": others, "allow_other_workers": True} if self._silent else {}

    def _next_answered(self, answered: SimpleQueue[Any]) -> Any:
        """Return what has an answer, or None where nothing had one for far too long."""
        waited = silent = 0.0  # seconds without any worker, and without an answer
        most = max(patience(self._setup, len(tasks_of(chunk))) for _, chunk in self._sent.values())
        while silent < most:
            with suppress(Empty):
                return answered.get(timeout=_OFTEN)
            silent += _OFTEN
            # An exception that cannot be read ends a chunk, and Dask does not say so.
            if silent % PATIENCE < _OFTEN and not any(self._client.processing().values()):
                raise _LostError
            if self._client.status != "running":
                raise _LostError
            waited = 0.0 if self._client.nthreads() else waited + _OFTEN
            if waited > PATIENCE:
                raise self._cannot("its workers have gone")
        return None

    def _taken_back(self) -> list[Result]:
        """Have chunks that nobody answers sent to others; what was late before is our fault."""
        late = self._sent
        for worker, keys in self._client.processing().items():
            if late.keys() & {*keys}:
                self._silent.add(worker)
                self.notice = f"the worker {in_one_line(worker)} does not answer, and is left alone"
        self._client.cancel([future for future, _ in late.values()], force=True)
        self._sent = {}  # not before: what cannot be taken back is still sent
        chunks = [chunk for _, chunk in late.values()]
        failed = [chunk for chunk in chunks if chunk in self._late]
        self._again += [chunk for chunk in chunks if chunk not in self._late]
        self._late.update(chunks)
        return [fault(task, _SILENT) for chunk in failed for task in tasks_of(chunk)]

    def _results_of(self, future: Any, chunk: bytes) -> Sequence[Result]:
        if future.status not in ("finished", "error"):
            raise _LostError
        try:
            reply = reply_of(future.result(), chunk)
        except KilledWorker:
            return self._one_by_one(chunk)
        except (CancelledError, *_GONE) as error:
            raise _LostError from error
        except Exception as error:  # it was not even called: there is no grader, or another one
            words = in_one_line(str(error).partition("\n")[0])
            raise self._cannot(f"its workers fail: {type(error).__name__}: {words}") from error
        if reply.refusal:
            raise self._cannot(reply.refusal, BrokenGraderError if reply.is_fault else UsageError)
        self.notice = self.notice or reply.said
        return reply.results

    def _one_by_one(self, chunk: bytes) -> list[Result]:
        """Have the answers of a chunk sent alone; one that is so already is nobody's fault."""
        tasks = tasks_of(chunk)
        if len(tasks) == 1:
            return [fault(tasks[0], _DIED)]
        self._again += [chunk_of([task]) for task in tasks]
        return []

    def _cannot(self, why: str, kind: type[GraderError] = UsageError) -> GraderError:
        return kind(
            f"the cluster {in_one_line(self._address)} cannot be used: {why}",
            next="What is graded already is kept. What a cluster needs: docs/cluster.md",
        )
