"""The floor: fork, run a learner's file on the inputs, write the results, nothing else.

No walls, no limits, no questions, nothing checked. Reads one byte for every run that is wanted.
Its arguments are the file, its function, and a .npz with the positional arguments of every call.
"""

from __future__ import annotations

import gc
import os
import sys

import numpy as np
import numpy.random  # noqa: F401  as in the zygote it is compared with


def main(path: str, function: str, arrays: str) -> None:
    """Serve until the input ends."""
    with open(path, "rb") as file:
        source = file.read()
    with np.load(arrays) as loaded:
        inputs = [loaded[name] for name in loaded.files]
    gc.collect()
    gc.freeze()
    while os.read(0, 1):
        pid = os.fork()
        if not pid:
            names: dict[str, object] = {}
            exec(compile(source, path, "exec"), names)
            results = [names[function](array).tobytes() for array in inputs]  # type: ignore[operator]
            os.write(1, b"".join(results))
            os._exit(0)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
