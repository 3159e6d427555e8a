"""What the learner's code leaves in its folder goes with it, however it was left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.learner.outside.interpreters import _remove


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX links")
def test_folders_without_bottom_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deeper than a path can name, shut, and with links in it: nothing stays, nothing fails."""
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.write_text("stays")
    (folder / "shut").mkdir(parents=True)
    (folder / "shut" / "link").symlink_to(tmp_path)
    (folder / "shut").chmod(0)
    monkeypatch.chdir(folder)
    for _ in range(3000):
        os.mkdir("deeper")
        os.chdir("deeper")
    os.chdir(tmp_path)
    _remove(str(folder))
    assert not folder.exists()
    assert outside.read_text() == "stays"
