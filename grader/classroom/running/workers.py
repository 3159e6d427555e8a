"""Worker processes on this machine. One that dies is replaced, and costs nobody else anything.

Whoever takes chunks and gives results can stand in for `Workers`: other machines, say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from queue import SimpleQueue
from threading import Thread

from grader.classroom.running.chunks import (
    Result,
    Setup,
    chunk_of,
    fault,
    tasks_of,
)
from grader.classroom.running.worker_process import Died, WorkerProcess

_DIED = (
    "The process that grades died twice at this answer, and the last it said was: {}\n"
    "This is not the learner's fault, and no points were lost. Please report these lines."
)


class Workers:
    """So many processes, which grade chunks as they come; `notice` says what of the tier is odd."""

    def __init__(self, setup: Setup, count: int) -> None:
        self._setup, self.count = setup, count
        self._chunks: SimpleQueue[bytes | None] = SimpleQueue()
        self._results: SimpleQueue[Result | Exception | None] = SimpleQueue()
        self._workers = [WorkerProcess(setup, tied=True) for _ in range(count)]

    def run(self, chunks: Iterable[bytes]) -> Iterator[Result]:
        """Yield the result of every task, as they come; chunks are asked for as they are needed."""
        workers = self._workers
        threads = [Thread(target=self._serve, args=(each,), daemon=True) for each in workers]
        coming = iter(chunks)
        waiting = self._send(islice(coming, 2 * self.count))
        try:
            for thread in threads if waiting else ():
                thread.start()
            while waiting:
                result = self._results.get()
                if isinstance(result, Exception):
                    raise result
                if result is None:  # a chunk is done
                    waiting += self._send(islice(coming, 1)) - 1
                else:
                    yield result
        finally:
            if waiting:
                for each in workers:
                    each.stop()
            for _ in threads:  # whoever takes it ends; so all are there before one is waited for
                self._chunks.put(None)
            for thread in threads:
                if thread.ident:
                    thread.join()

    @property
    def notice(self) -> str:
        """What the workers have to say about the tier that they work in."""
        return next((worker.notice for worker in self._workers if worker.notice), "")

    @property
    def processes(self) -> list[int]:
        """The ids of the processes that run."""
        return [worker.pid for worker in self._workers if worker.pid]

    def _send(self, chunks: Iterable[bytes]) -> int:
        count = 0
        for chunk in chunks:
            self._chunks.put(chunk)
            count += 1
        return count

    def _serve(self, worker: WorkerProcess) -> None:
        with worker:
            try:
                while chunk := self._chunks.get():
                    for result in graded(worker, chunk):
                        self._results.put(result)
                    self._results.put(None)
            except Exception as error:
                self._results.put(error)


def graded(worker: WorkerProcess, chunk: bytes) -> Iterator[Result]:
    """Yield a result for every task of a chunk, in as many attempts as it takes.

    Where the process dies, the task that it was at is tried once more, alone; then the others.
    """
    left, alone = tasks_of(chunk), False
    while left:
        task = left[0]
        try:
            for result in worker.grade(chunk_of([task] if alone else left)):
                yield result
                left, alone = left[1:], False
        except Died as death:
            if alone and left[:1] == [task]:
                yield fault(task, _DIED.format(death))
                left, alone = left[1:], False
            else:
                alone = True
