"""The zygote: has NumPy imported, and forks a process for every function of every submission.

It never saw a reference or an expected value, and the learner's code never runs in it. Requests
come over a socket that only it holds, each with the three pipes of the child to be.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import sys
from functools import partial
from typing import Any

from grader.learner import child
from grader.learner.confine import Confinement, drop_root
from grader.learner.ending import bury
from grader.learner.seccomp import import_binding

MAX_REQUEST = 4096
# What answers to exercises import, besides NumPy itself.
_OFTEN_IMPORTED = """
    collections.abc dataclasses functools itertools math numpy.fft numpy.linalg numpy.random random
    typing
"""


def main(warm: bool, folders: list[str]) -> None:
    """Get ready, say so, and serve until the trusted process hangs up.

    `folders` are on Python's path only until what we need of them is imported.
    """
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        binding = import_binding()
        sys.path[:] = [folder for folder in sys.path if folder not in folders]
        confinement = Confinement(binding)
    except OSError as error:
        control.send(json.dumps({"refused": str(error)}).encode())
        return
    drop_root()
    for module in _OFTEN_IMPORTED.split() if warm else ():
        __import__(module)
    gc.collect()
    gc.freeze()
    control.send(b'{"ready": true}')
    while request := _receive(control):
        control.send(json.dumps(_serve(request, confinement, control)).encode())


def _receive(control: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    data, descriptors, _, _ = socket.recv_fds(control, MAX_REQUEST, 3)
    return (json.loads(data), descriptors) if data else None


def _serve(
    request: tuple[dict[str, Any], list[int]], confinement: Confinement, control: socket.socket
) -> Any:
    wish, pipes = request
    if "bury" in wish:
        return bury(wish["bury"], wish["patience"])
    pid = os.fork()
    if not pid:
        _become_child(pipes, confinement, wish)
    for descriptor in pipes:
        os.close(descriptor)
    return pid


def _become_child(pipes: list[int], confinement: Confinement, wish: dict[str, Any]) -> None:
    """Serve one function of one submission, and end."""
    try:
        os.setsid()
        for standard, pipe in enumerate(pipes):
            os.dup2(pipe, standard)
        if "numpy.random" in sys.modules:
            sys.modules["numpy.random"].seed()
        child.main(partial(confinement.enter, wish["memory"], wish["cpu_seconds"]))
    except BaseException:
        sys.excepthook(*sys.exc_info())  # what is printed is told where no answer came
        sys.stderr.flush()
    finally:
        os._exit(0)
