"""Work for many things, by several processes."""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from grader.authoring.at_once import MANY, each_of
from grader.errors import BrokenGraderError


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_is_done_and_told(tmp_path: Path, jobs: int) -> None:
    """In this process or in others; what one of them raises ends the rest."""
    source, told = tmp_path / "source", list[tuple[int, int]]()
    source.write_text("done")
    items = [tmp_path / str(number) for number in range(MANY)]
    each_of(partial(shutil.copyfile, source), items, jobs, lambda *how: told.append(how))
    assert all(item.read_text() == "done" for item in items)
    assert told == [(done, MANY) for done in range(1, MANY + 1)]
    with pytest.raises(FileNotFoundError):
        each_of(shutil.rmtree, [tmp_path / "none"] * MANY, jobs, lambda done, total: None)


def test_a_process_that_is_ended_is_told() -> None:
    """As the system ends one that takes too much memory: nobody waits for it for ever."""
    with pytest.raises(BrokenGraderError, match="was there too little memory"):
        each_of(os._exit, [9] * MANY, 2, lambda done, total: None)
