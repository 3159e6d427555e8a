"""When the last commit of a clone was made.

A clone's own settings may name programs to run. So git is never run in it: it is given an empty
repository of ours, the objects of the clone, and the name of the commit. It reads an object whole,
and objects are packed: so it has little memory, and of a clone whose objects are not all files of
its own nothing is read.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

from grader.classroom.hand_ins.times import utc
from grader.files import read_regular

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REF = re.compile(r"ref: (refs/[\w./+-]+)\s*")
_ALTERNATES = "info/alternates"  # which names objects elsewhere
_MOST = 5_000_000  # bytes of the list of branches
_MOST_OBJECTS = 200_000  # files
_MEMORY = 300_000_000  # bytes of addresses, of which git itself takes some 20 MB
_SECONDS = 10.0
# Packs are looked at through small windows, so that large ones are read within that memory.
_SPARING = ["-c", "core.packedGitWindowSize=8m", "-c", "core.packedGitLimit=64m"]


class CommitTimes:
    """Finds out when commits were made. Use it with `with`."""

    def __enter__(self) -> CommitTimes:
        self._own = tempfile.TemporaryDirectory()
        self._ready: dict[str, str] = {}
        return self

    def __exit__(self, *error: object) -> None:
        self._own.cleanup()

    def of(self, folder: Path) -> str:
        """Return when the commit was made that is checked out, by the clock of who made it.

        `folder` is the clone's `.git`. Where that cannot be found out, it is nothing.
        """
        commit = _commit(folder)
        own = self._repository("sha256" if len(commit) == 64 else "sha1") if commit else ""
        if not own or folder.is_symlink() or not _is_its_own(folder / "objects"):
            return ""
        wanted = [*_SPARING, "--git-dir", own, "log", "-1", "--format=%ct", commit, "--"]
        seconds = _git(wanted, {"GIT_OBJECT_DIRECTORY": str(folder / "objects")})
        try:
            return utc(datetime.fromtimestamp(int(seconds or ""), timezone.utc))
        except (ValueError, OverflowError, OSError):
            return ""

    def _repository(self, kind: str) -> str:
        """Return an empty repository of ours, for hashes of a kind; nothing where there is none."""
        if kind not in self._ready:
            own = str(Path(self._own.name, kind))
            made = _git(["init", "--quiet", "--bare", f"--object-format={kind}", own], {})
            self._ready[kind] = "" if made is None else own
        return self._ready[kind]


def _git(words: list[str], also: dict[str, str]) -> str | None:
    """Run git, and return what it prints; None where there is none, or it fails."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
    }
    try:
        done = subprocess.run(
            ["git", *words],
            env=environment | also,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            preexec_fn=_with_little_memory if sys.platform == "linux" else None,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _with_little_memory() -> None:
    """Hold git to its memory: beyond it, it fails."""
    import resource  # there is none on Windows

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _is_its_own(objects: Path) -> bool:
    """Tell whether the objects of a clone are regular files in it: git would follow any other."""
    try:
        if not stat.S_ISDIR(os.lstat(objects).st_mode) or os.path.lexists(objects / _ALTERNATES):
            return False
        return all(n < _MOST_OBJECTS and own for n, own in enumerate(_are_regular(str(objects))))
    except OSError:
        return False


def _are_regular(folder: str) -> Iterator[bool]:
    """Yield of all that lies below a folder whether it is a regular file, or a folder."""
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for each in found:
                is_folder = each.is_dir(follow_symlinks=False)
                waiting += [each.path] if is_folder else []
                yield is_folder or each.is_file(follow_symlinks=False)


def _commit(folder: Path) -> str:
    """Return the commit that is checked out: HEAD names it, or the branch that it is on."""
    head = _text(folder / "HEAD")
    found = _REF.fullmatch(head)
    if not found:
        return head.strip() if _HASH.fullmatch(head.strip()) else ""
    name = found[1]
    if ".." not in name and _HASH.fullmatch(hash := _text(folder / name).strip()):
        return hash
    pairs = (line.split() for line in _text(folder / "packed-refs").splitlines())
    return next((p[0] for p in pairs if p[1:] == [name] and _HASH.fullmatch(p[0])), "")


def _text(path: Path) -> str:
    try:
        return read_regular(path, _MOST).decode("utf-8", "replace")
    except OSError:
        return ""
