"""The zygote: has NumPy imported, and forks a process for every submission, or more than one.

It never saw a reference or an expected value, and the learner's code never runs in it. Requests
come over a socket that only it holds: to start a process with the three pipes that are sent along,
to hurry one, or to end it.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import sys
from functools import partial
from typing import Any

from grader.learner.inside import child, packaged, rehearsal
from grader.learner.inside.confine import Confinement, drop_root
from grader.learner.inside.ending import hurry, kill_and_reap

MAX_REQUEST = 4096
# What answers to exercises import, besides NumPy itself.
_OFTEN_IMPORTED = """
    collections.abc dataclasses functools itertools math numpy.fft numpy.linalg numpy.random random
    typing
"""


def main(warm: bool, folders: list[str], packages: list[str]) -> None:
    """Get ready and serve until the trusted process hangs up; print why where that cannot be.

    A `warm` one is to serve many. `folders` are on Python's path only until what we need of them is
    imported; a course's `packages` can be imported later.
    """
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        sys.path[:] = [folder for folder in sys.path if folder not in folders]
        packaged.offer(packages)
        confinement = Confinement(packages)
        os.chdir("/")  # a process can tell where it stands
    except OSError as error:
        print(error, file=sys.stderr)
        return
    drop_root()
    child.unload_our_modules()
    if warm:
        for module in _OFTEN_IMPORTED.split():
            __import__(module)
        rehearsal.rehearse()
        gc.collect()
    gc.freeze()
    children: dict[int, int] = {}
    while received := _receive(control):
        request, pipes = received
        if "start" in request:
            children[request["start"]] = _fork(request, pipes, confinement)
        elif "hurry" in request:
            hurry(children[request["hurry"]])
        else:
            ending = kill_and_reap(children.pop(request["end"]), request["patience"])
            if request["patience"]:  # otherwise nobody waits to hear of it
                control.send(json.dumps(ending).encode())


def _receive(control: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    data, descriptors, _, _ = socket.recv_fds(control, MAX_REQUEST, 3)
    return (json.loads(data), descriptors) if data else None


def _fork(request: dict[str, Any], pipes: list[int], confinement: Confinement) -> int:
    pid = os.fork()
    if not pid:
        _become_child(request, pipes, confinement)
    for pipe in pipes:
        os.close(pipe)
    return pid


def _become_child(request: dict[str, Any], pipes: list[int], confinement: Confinement) -> None:
    """Serve one function of one submission, and end."""
    try:
        os.setsid()
        for standard, pipe in enumerate(pipes):
            os.dup2(pipe, standard)
        if "numpy.random" in sys.modules:
            sys.modules["numpy.random"].seed(int.from_bytes(os.urandom(4), "little"))
        child.main(partial(confinement.enter, *request["bounds"]))
    except BaseException:
        sys.excepthook(*sys.exc_info())  # where no answer comes, the report has what was printed
        sys.stderr.flush()
    finally:
        os._exit(0)
