"""What every process will do with a learner's file, done with one of ours before it is forked.

What is imported or made at the first time, such as a codec, is then there in all of them.
"""

from __future__ import annotations

import linecache
from io import BytesIO
from types import ModuleType
from typing import Any

import numpy

from grader.learner import wire
from grader.learner.inside.child import add_usual_names, answer_of, execute

_SOURCE = b"import numpy as np\n\n\ndef f(x):\n    return 2 * x\n"
_OFTEN = 16  # by then Python has made its code as fast as it gets


def rehearse() -> None:
    """Run a file, and make calls of what it defines."""
    add_usual_names()
    module, call = ModuleType("rehearsal"), {"args": (numpy.ones((2, 3)),), "kwargs": {}}
    execute(module, _SOURCE, module.__name__, set())
    del linecache.cache[module.__name__]
    for _ in range(_OFTEN):
        given = wire.receive(BytesIO(wire.pack(call)).read)
        answer: dict[str, Any] = answer_of(module, "f", given, set(), [])
        wire.pack(answer, wire.MAX_ANSWER)
