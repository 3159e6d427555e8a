"""A course's own code is what its files hold now."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from grader.course.code import import_code


def imported(folder: Path) -> object:
    """Import the module as a new process would, and return its one value."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "lent"]:
        del sys.modules[name]
    path = folder / "unit/code.py"
    return import_code("lent.unit.code", path, [folder], "definition").value


def test_no_cache_serves_older_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where the file is as long as before, and bears the same time."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "unit/code.py"
    path.parent.mkdir()
    for value in (1, 2):
        path.write_text(f"value = {value}\n")
        os.utime(path, (10**9, 10**9))
        assert imported(tmp_path) == value
    (cache,) = (tmp_path / "unit/__pycache__").iterdir()
    assert imported(tmp_path) == 2
    for damaged in (b"", cache.read_bytes()[:20], cache.read_bytes()[:16] + b"i\0\0\0\0"):
        cache.write_bytes(damaged)
        assert imported(tmp_path) == 2
