"""Files that are written whole or not at all, and what is in their place."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from grader.files import replace_file


def test_a_file_or_a_link_is_replaced(tmp_path: Path) -> None:
    """What a link leads to stays as it is."""
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("theirs")
    replace_file(target, b"ours")
    link.symlink_to(target)
    replace_file(link, b"more")
    assert (target.read_text(), link.read_text()) == ("ours", "more")
    assert not link.is_symlink()


@pytest.mark.skipif(os.name != "posix", reason="makes a pipe")
@pytest.mark.parametrize("is_private", [False, True])
def test_a_pipe_or_a_folder_stays_what_it_is(tmp_path: Path, is_private: bool) -> None:
    """So does a device: whoever says /dev/null means what is there."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(OSError, match="something that is no file is there"):
            replace_file(tmp_path / name, b"ours", is_private)
    assert stat.S_ISFIFO((tmp_path / "pipe").lstat().st_mode)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "pipe"]
