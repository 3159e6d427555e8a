"""Reading a learner's file: what is read, and what is refused with which words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.course.course import Course, Unit
from grader.errors import RefusedError
from grader.learner.outside.submission import MAX_BYTES, read_submission
from grader.records import Submission


def read(path: Path, root: Path | None = None) -> Submission:
    """Read a file as the answer to an exercise of a course in `root`, or of one elsewhere."""
    unit = Unit("attention", "Attention", ("softmax",), ())
    return read_submission(Course(root or path / "elsewhere", "C", (unit,)), "softmax", path)


def test_the_bytes_are_read_as_they_are(tmp_path: Path) -> None:
    """A file crosses byte for byte, byte-order mark and Windows lines too."""
    path = tmp_path / "a.py"
    path.write_bytes(b"\xef\xbb\xbfx = 1\r\n")
    assert read(path).source == b"\xef\xbb\xbfx = 1\r\n"
    assert read(path).module == "exercises.attention.softmax"


def test_a_missing_file_is_no_refusal(tmp_path: Path) -> None:
    """Whoever asks decides what a missing file means."""
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "a.py")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """A folder in the file's place is named as one."""
    with pytest.raises(RefusedError, match="it is a folder"):
        read(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX links")
def test_links_and_pipes_are_refused(tmp_path: Path) -> None:
    """Neither is followed: nothing outside is read, and nothing hangs."""
    (tmp_path / "real.py").write_text("x = 1")
    (tmp_path / "link.py").symlink_to(tmp_path / "real.py")
    with pytest.raises(RefusedError, match="it is a link"):
        read(tmp_path / "link.py")
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(RefusedError, match="not a regular file"):
        read(tmp_path / "pipe.py")


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX links")
def test_no_step_on_the_way_may_be_a_link(tmp_path: Path) -> None:
    """A folder that is a link, a second name and a way out are refused, wherever they lead."""
    real = tmp_path / "real" / "a.py"
    real.parent.mkdir()
    real.write_text("x = 1")
    (tmp_path / "linked").symlink_to(real.parent)

    def read_below(*steps: str) -> Submission:
        return read(tmp_path.joinpath(*steps), tmp_path)

    assert read_below("real", "a.py").source == b"x = 1"
    with pytest.raises(RefusedError, match="linked, on the way there, is a link"):
        read_below("linked", "a.py")
    with pytest.raises(RefusedError, match="leads out of the course"):
        read_below("real", "..", "real", "a.py")
    (tmp_path / "twin.py").hardlink_to(real)
    with pytest.raises(RefusedError, match="it has another name"):
        read_below("real", "a.py")


def test_what_is_not_text_is_refused_with_its_line(tmp_path: Path) -> None:
    """The first byte that is not UTF-8 is shown with its line."""
    path = tmp_path / "a.py"
    path.write_bytes(b"x = 1\ny = '\xe9'\n")
    with pytest.raises(RefusedError, match=r"a\.py:2: .*byte 0xe9"):
        read(path)


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    """One byte more than a megabyte is too much."""
    path = tmp_path / "a.py"
    path.write_bytes(b"#" * MAX_BYTES)
    assert len(read(path).source) == MAX_BYTES
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(RefusedError, match="larger than 1,000,000 bytes"):
        read(path)


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_a_file_of_very_many_lines_is_refused(tmp_path: Path, end: bytes) -> None:
    """They are gone through for every line that an error passed through."""
    path = tmp_path / "a.py"
    path.write_bytes(end * 50_000)
    read(path)
    path.write_bytes(end * 50_001)
    with pytest.raises(RefusedError, match="more than 50,000 lines"):
        read(path)
