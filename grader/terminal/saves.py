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
def announcements(folder: Path) -> Iterator[int | None]:
    """Give a descriptor that can be read whenever something in `folder` has changed.

    None where there is no such descriptor: then one has to look at the files from time to time.
    """
    if os.name == "nt" or importlib.util.find_spec("watchfiles") is None or not folder.is_dir():
        yield None
        return
    hearing, telling = os.pipe()
    stop = threading.Event()
    thread = threading.Thread(target=_announce, args=[folder, telling, stop], daemon=True)
    thread.start()
    try:
        yield hearing
    finally:
        stop.set()
        thread.join()
        os.close(hearing)
        os.close(telling)


def _announce(folder: Path, telling: int, stop: threading.Event) -> None:
    import watchfiles

    step = _STEP_MILLISECONDS
    changes = watchfiles.watch(
        folder, watch_filter=None, debounce=4 * step, step=step, stop_event=stop
    )
    for _ in changes:
        os.write(telling, b"!")
