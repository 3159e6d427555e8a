"""What a worker of a Dask cluster does: it grades chunks, in a process of its own.

What it is given and what it returns are bytes. It checks that it grades with what was ordered, and
refuses otherwise. It outlives whatever an answer does to the process that grades.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from distributed import get_worker

from grader.classroom.running.parcel import Order, differences, lay_out, read_order
from grader.classroom.running.worker_process import WorkerProcess
from grader.classroom.running.workers import graded
from grader.course.course import read_course
from grader.errors import UsageError, say_fault

_FREE: list[_Desk] = []
_LOCK = Lock()
_MAKING = Lock()  # Python 3.11 cannot parse in two threads at once: gh-106905


class _RefusedError(Exception):
    """Something here is not what was ordered."""


def grade_chunk(order: bytes, parcel: bytes, chunk: bytes) -> bytes:
    """Return as JSON the results of a chunk, or why there are none; `said` is about the tier."""
    try:
        with _desk(order, parcel) as desk:
            results = [tuple(each) for each in graded(desk.process, chunk)]
            return json.dumps({"results": results, "said": desk.process.notice}).encode()
    except _RefusedError as refusal:
        return _no(f"refuses to grade, because {refusal}")
    except UsageError as error:
        return _no(f"cannot grade: {error}")
    except Exception as error:  # it must not cross as an object
        return _no(f"cannot grade. {say_fault(error)}", is_fault=True)


def close(order: bytes) -> None:
    """End the processes that wait for more of an order."""
    with _LOCK:
        mine = [desk for desk in _FREE if desk.order == order]
        _FREE[:] = [desk for desk in _FREE if desk.order != order]
    for desk in mine:
        desk.close()


class _Desk:
    """A course laid out, and a process that grades with it."""

    def __init__(self, order: bytes, parcel: bytes) -> None:
        self.order, ordered = order, read_order(order)
        _check(differences(ordered, parcel))
        self._folder = TemporaryDirectory(prefix="course-", dir=get_worker().local_directory)
        try:
            self._lay_out(ordered, parcel)
        except BaseException:
            self._folder.cleanup()
            raise
        setup = replace(ordered.setup, root=self._folder.name)
        self.process = WorkerProcess(setup).__enter__()

    def _lay_out(self, ordered: Order, parcel: bytes) -> None:
        lay_out(parcel, Path(self._folder.name))
        _check(differences(ordered, parcel, read_course(Path(self._folder.name))))

    def close(self) -> None:
        """End the process, and take the course away."""
        self.process.__exit__()
        self._folder.cleanup()


@contextmanager
def _desk(order: bytes, parcel: bytes) -> Iterator[_Desk]:
    """Lend a desk for an order: one that is free, else a new one in the place of other orders'."""
    with _LOCK:
        mine = [desk for desk in _FREE if desk.order == order]
        others = [] if mine else [*_FREE]
        for desk in mine[:1] or others:
            _FREE.remove(desk)
    for desk in others:
        desk.close()
    with _MAKING:
        desk = mine[0] if mine else _Desk(order, parcel)
    try:
        yield desk
    except BaseException:
        desk.close()
        raise
    with _LOCK:
        _FREE.append(desk)


def _check(found: Iterator[str]) -> None:
    if words := ", and ".join(found):
        raise _RefusedError(words)


def _no(words: str, is_fault: bool = False) -> bytes:
    words = f"the worker {get_worker().address} {words}"
    return json.dumps({"refusal": words, "is_fault": is_fault}).encode()
