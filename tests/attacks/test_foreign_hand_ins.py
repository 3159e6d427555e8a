"""Hand-ins that somebody made to hang the grader or to fill it: each costs who handed it in."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom.hand_ins.entries import MAX_DEPTH, Download, Entry, open_download
from grader.classroom.hand_ins.forms import FORMS
from grader.classroom.hand_ins.git import CommitTimes
from grader.course.course import Course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="plants what only Linux has")

COMMIT = b"tree %s\nauthor a <a@x> 1780000000 +0000\ncommitter a <a@x> 1780000000 +0000\n\n"
EMPTY = b"4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def commit(path: Path, megabytes: int) -> Path:
    """Write a repository of one commit, whose message has so many megabytes, and return `.git`."""
    subprocess.run(["git", "init", "-q", str(path)], check=True)
    begins, part = COMMIT % EMPTY, b"a" * 10**6
    head = b"commit %d\0" % (len(begins) + megabytes * len(part)) + begins
    digest, packer = hashlib.sha1(head), zlib.compressobj(9)
    packed = [packer.compress(head)]
    for _ in range(megabytes):
        digest.update(part)
        packed.append(packer.compress(part))
    name = digest.hexdigest()
    place = path / ".git/objects" / name[:2] / name[2:]
    place.parent.mkdir()
    place.write_bytes(b"".join([*packed, packer.flush()]))
    (path / ".git/HEAD").write_text(f"{name}\n")
    return path / ".git"


def alternates(clone: Path) -> None:
    """Name objects elsewhere, without end."""
    (clone / "objects/info").mkdir(exist_ok=True)
    (clone / "objects/info/alternates").symlink_to("/dev/zero")


def pipe(clone: Path) -> None:
    """Put a pipe among the objects."""
    os.mkfifo(next((clone / "objects").glob("??")) / ("a" * 38))


def elsewhere(clone: Path) -> None:
    """Have the objects somewhere else."""
    (clone / "objects").rename(clone / "others")
    (clone / "objects").symlink_to(clone / "others")


@pytest.mark.parametrize("change", [alternates, pipe, elsewhere])
def test_of_a_clone_git_reads_what_is_its_own(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    """Anything else is followed to nowhere, and waited for by nobody."""
    clone = commit(tmp_path, 0)
    with CommitTimes() as times:
        assert times.of(clone) == "2026-05-28T20:26:40Z"
        change(clone)
        assert times.of(clone) == ""


def test_a_commit_that_unfolds_to_very_much_has_no_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git reads an object whole, within the memory that it is given."""
    monkeypatch.setattr("grader.classroom.hand_ins.git._MEMORY", 60_000_000)
    with CommitTimes() as times:
        assert times.of(commit(tmp_path / "small", 1))
        assert times.of(commit(tmp_path / "large", 80)) == ""


def test_a_deep_folder_is_told_and_the_others_are_read(tiny: Course, tmp_path: Path) -> None:
    """Deeper than Python calls itself."""
    (tmp_path / "class/bob").mkdir(parents=True)
    (tmp_path / "class/bob/softmax.py").write_text("")
    place = tmp_path / "class"
    folder = os.open(place, os.O_RDONLY)
    for name in ["eve", *["a"] * 1200]:
        os.mkdir(name, dir_fd=folder)
        inner = os.open(name, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    with open_download(tiny, place) as opened:
        found = {entry.parts[0]: entry for entry in opened.entries}
    subprocess.run(["rm", "-r", place], check=True)  # nor does what clears up after us
    assert not found["bob"].refused
    assert "folders" in found["eve"].refused and len(found["eve"].parts) == MAX_DEPTH + 1


def test_what_metadata_says_at_length_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results and earlier attempts are never parsed; of one submission there is little else."""
    parsed: list[int] = []
    monkeypatch.setattr("grader.classroom.hand_ins.gradescope.yaml_of", _counting(parsed))
    about = b"submission_%d:\n  :submitters:\n  - :name: Eve\n  :created_at: 2026-01-01 00:00:00\n"
    history = b"  :history:\n" + b"  - :score: 1\n    :results:\n      output: x\n" * 9_000
    odd = b"submission_3:\n" + b" a: b\n" * 100_000
    body = about % 1 + history + about % 2 + odd
    paths = [f"submission_{number}/a.py" for number in (1, 2, 3)]
    entries = [Entry(path, lambda most: b"") for path in paths]
    metadata = Entry("submission_metadata.yml", lambda most: body)
    found = [*FORMS["gradescope"].hand_ins(Download("g", (metadata, *entries)))]
    assert [bool(each.submitters) for each in found] == [True, True, False]
    assert [bool(each.submitted_at) for each in found] == [True, True, False]
    assert len(parsed) == 2 and max(parsed) < 200


def _counting(parsed: list[int]) -> Callable[[bytes], object]:
    from grader.files import yaml_of

    def counted(body: bytes) -> object:
        parsed.append(len(body))
        return yaml_of(body)

    return counted
