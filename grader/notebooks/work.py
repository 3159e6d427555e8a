"""The process that works for a notebook: it reads one request and writes the answer to it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from grader.errors import GraderError, say_fault
from grader.learner.outside.sandbox import Sandbox
from grader.notebooks.exchange import Request
from grader.present.readable import all_readable


def main() -> None:
    """Read a request from standard input and write its answer to standard output."""
    request = Request(**json.loads(sys.stdin.buffer.read()))
    try:
        with Sandbox() as sandbox:
            # Here, and not on top: the learner's side starts while this one imports NumPy.
            from grader.notebooks.tasks import TASKS

            answer = asdict(TASKS[request.task](request, sandbox))
    except GraderError as error:
        answer = {"error": str(error)}
    except Exception as error:
        answer = {"error": say_fault(error)}
    sys.stdout.buffer.write(json.dumps(all_readable(answer)).encode())
