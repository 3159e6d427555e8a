"""Hearing of a save at once, where the package `watchfiles` is installed (the extra `watch`)."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import threading
from collections.abc import Iterator
from pathlib import Path

_STEP_MILLISECONDS = 5


@contextlib.contextmanager
def wake_on_save(folder: Path) -> Iterator[int | None]:
    """Give a descriptor that becomes readable when something in `folder` changes.

    None where there is no such descriptor: then one has to look at the files from time to time.
    """
    if os.name == "nt" or importlib.util.find_spec("watchfiles") is None or not folder.is_dir():
        yield None
        return
    readable, writable = os.pipe()
    stop = threading.Event()
    thread = threading.Thread(target=_write_on_save, args=[folder, writable, stop], daemon=True)
    thread.start()
    try:
        yield readable
    finally:
        stop.set()
        thread.join()
        os.close(readable)
        os.close(writable)


def _write_on_save(folder: Path, writable: int, stop: threading.Event) -> None:
    import watchfiles  # an extra

    step = _STEP_MILLISECONDS
    saves = watchfiles.watch(
        folder, watch_filter=None, debounce=4 * step, step=step, stop_event=stop
    )
    for _ in saves:
        os.write(writable, b"!")
