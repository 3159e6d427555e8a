"""Reads what others may have written, within bounds that are looked at before it is parsed.

A file is a regular one of a known size: no pipe is waited for, no device drained. JSON and YAML
have so many parts and no more, however few bytes spell them.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import yaml

_MADE_ANEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_PIECE = 2**20  # bytes that are read at a time
MAX_YAML = 500_000  # bytes; a node of YAML takes a hundred times what spells it
MAX_JSON = 20_000_000
MAX_PARTS = 1_000_000  # of JSON: what opens, parts or pairs values in it
MAX_UNFOLDED = 100_000  # nodes of YAML, each as often as aliases name it
MAX_QUIZ = 3_000_000  # bytes of YAML that is mostly texts: some 8,000 questions
MAX_SIGNS = 150_000  # of those that begin an item, a key or a value, in texts as well
_TAG = re.compile(rb"(?<![ -~])%TAG")  # at the beginning of a line, in any encoding
MAX_PERCENT = 10_000  # percent signs: one begins a directive, and each is compared with all above


class NotYaml(ValueError):
    """What is no YAML, or too much of it; `place` is `:line:column` where that is known."""

    def __init__(self, what: str, place: str = "") -> None:
        super().__init__(" ".join(what.split()))
        self.place = place


def read_regular(path: Path, most: int) -> bytes:
    """Return what is in a regular file of at most `most` bytes.

    Raises
    ------
    OSError
        There is none, it cannot be read, or it is larger; `strerror` says which.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    return read_open(os.open(path, flags | getattr(os, "O_BINARY", 0)), most)


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file to read parts of it; raise `OSError` where it is none."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is not a regular file")
    return os.fdopen(descriptor, "rb")


def read_open(descriptor: int, most: int) -> bytes:
    """Return what is in a file that was opened, as `read_regular` does, and close it."""
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
            raise OSError(errno.EINVAL, f"it is {kind}")
        parts, left = [], most + 1
        while left and (part := os.read(descriptor, left)):
            parts.append(part)
            left -= len(part)
    finally:
        os.close(descriptor)
    if parts and not status.st_size:  # such as those of /proc, which are made as they are read
        raise OSError(errno.EINVAL, "it is not a regular file")
    if not left:
        raise OSError(errno.EFBIG, f"it is larger than {most:,} bytes")
    return b"".join(parts)


def pieces_of(path: Path, most: int = sys.maxsize) -> Iterator[bytes]:
    """Yield what is in a file, of so many bytes, piece by piece: it may be a large one."""
    with path.open("rb") as file:
        while most > 0 and (piece := file.read(min(most, _PIECE))):
            yield piece
            most -= len(piece)


def first_bytes(name: str, most: int) -> str:
    """Return as much of a file's name as takes so many bytes, which is what systems count."""
    return os.fsencode(name)[:most].decode("utf-8", "ignore")


def replace_file(path: Path, body: bytes, is_private: bool = False) -> None:
    """Write a file whole or not at all, through no link that waits for it.

    One that is private is its owner's alone; any other keeps the rights that it had.

    Raises
    ------
    OSError
        It cannot be written, or is a device, a pipe or a folder.
    """
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(mode := path.lstat().st_mode) and not stat.S_ISLNK(mode):
            raise OSError(errno.EEXIST, "something that is no file is there", str(path))
    part = path.with_name(f"{first_bytes(path.name, 100)}.{os.urandom(6).hex()}.part")
    try:
        made = os.open(part, _MADE_ANEW, 0o600 if is_private else 0o666)
        with open(made, "wb") as file:
            file.write(body)
        if path.is_file() and not is_private:
            part.chmod(stat.S_IMODE(path.stat().st_mode))
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def json_of(body: bytes, **options: Any) -> Any:
    """Return the value that JSON spells; `options` are those of `json.loads`.

    Raises
    ------
    ValueError
        It is not JSON, is nested too deeply, or has more than `MAX_PARTS` parts.
    """
    if has_many_parts(body):
        raise ValueError(f"it has more than {MAX_PARTS:,} parts")
    try:
        return json.loads(body, **options)
    except RecursionError as error:
        raise ValueError("its brackets are nested too deeply") from error


def has_many_parts(body: bytes) -> bool:
    """Tell whether JSON has more than `MAX_PARTS` parts; what stands in its texts is none."""
    if _count_signs(body) <= MAX_PARTS:
        return False
    if b"\0" in body:  # in another encoding than UTF-8, where a text is not told by its bytes
        return True
    plain = body.replace(rb"\\", b"").replace(rb"\"", b"")
    if plain.count(b'"') > 2 * MAX_PARTS:
        return True
    return sum(map(_count_signs, plain.split(b'"')[::2])) > MAX_PARTS


def _count_signs(body: bytes) -> int:
    return sum(body.count(sign) for sign in (b"[", b"{", b",", b":"))


def yaml_of(body: bytes) -> Any:
    """Return the lists, mappings and texts that YAML spells; every scalar is a text.

    Raises
    ------
    NotYaml
        It is not YAML, or unfolds to too much.
    """
    import yaml  # a command that finds a copy does not wait for it

    _require_few_directives(body)
    try:
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(body)
        root = loader.get_single_node()
        require_small(root)
        return None if root is None else loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        what = ", ".join(filter(None, (error.context, error.problem)))
        raise NotYaml(what, place) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise NotYaml(str(error)) from error


def require_few_signs(body: bytes) -> None:
    """Raise `NotYaml` where YAML may have too many nodes, before it is parsed.

    A node follows a sign of these, at most two follow one: so this bounds what parsing takes.
    """
    if sum(body.count(sign) for sign in b"[{,:-?") > MAX_SIGNS:
        raise NotYaml(f"it has more than {MAX_SIGNS:,} brackets, commas, colons and dashes")
    _require_few_directives(body)


def _require_few_directives(body: bytes) -> None:
    if body.count(b"%") > MAX_PERCENT:
        raise NotYaml(f"it has more than {MAX_PERCENT:,} percent signs")
    if _TAG.search(body.replace(b"\0", b"")):  # what it abbreviates is written out at each use
        raise NotYaml("it has a %TAG directive, of which no file here has a use")


def require_small(root: yaml.Node | None) -> None:
    """Raise `NotYaml` where YAML unfolds to too much: an alias stands for a whole node."""
    waiting, count, characters = [root] if root else [], 1, 0
    while waiting:
        inside = inside_of(node := waiting.pop())
        count += len(inside)
        characters += 0 if inside else len(node.value)
        if count > MAX_UNFOLDED:
            raise NotYaml(f"it unfolds to more than {MAX_UNFOLDED:,} parts")
        if characters > MAX_QUIZ:
            raise NotYaml(f"it unfolds to more than {MAX_QUIZ:,} characters")
        waiting += inside


def inside_of(node: yaml.Node) -> list[yaml.Node]:
    """Return the items of a list, or the keys and values of a mapping."""
    if isinstance(node.value, str):
        return []
    return [n for item in node.value for n in (item if isinstance(item, tuple) else (item,))]
