"""Hashes that say what of a release has changed: of an exercise's checks, and of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from grader.course.answer_key import undamaged
from grader.course.released import MAX_CHECKS, AnswerKey
from grader.errors import CourseError
from grader.files import pieces_of, read_regular
from grader.records import Raised

_LENGTH = 16
_MAX_DRAWN = 2**28  # bytes of all draws that are hashed, of one exercise or of several
_DRAW, _PIECE = 200_000, 50  # what each takes as long as, beside its own bytes
_SLICE = 2**20  # numbers that are rounded at a time


class Allowance:
    """What may still be drawn and hashed, in bytes or what takes as long."""

    def __init__(self, most: int = _MAX_DRAWN) -> None:
        self._left = most

    def take(self, size: int) -> None:
        """Take so many; raise `CourseError` where they are not left."""
        self._left -= size
        if self._left < 0:
            raise CourseError(
                f"its draws come to more than {_MAX_DRAWN >> 20} MB together",
                next="Keep fewer: grader release DIR --seeds 1",
            )


def hash_of_checks(key: Path, allowance: Allowance | None = None) -> str:
    """Return the hash of what an answer has to do: the cases, their inputs, the wanted answers.

    Words do not count, nor does in what order of rounding another machine gets the same numbers.

    Raises
    ------
    CourseError
        The key is damaged, or has more draws than the allowance, which may be shared, has left.
    """
    answer_key, allowance = AnswerKey(key), allowance or Allowance()
    cases = [{**case, "tags": []} for case in answer_key.contents["cases"]]
    digest = hashlib.sha256(json.dumps(cases, sort_keys=True).encode())
    for piece in _manners(answer_key):
        digest.update(piece)
    for number in range(len(answer_key.contents["seeds"])):
        draw = answer_key.draw(number)
        allowance.take(_DRAW)
        for inputs, wanted in draw.cases:
            answer = wanted.type if isinstance(wanted, Raised) else tuple(wanted)
            for piece in _pieces((tuple(inputs), answer)):
                allowance.take(_PIECE + len(piece))
                digest.update(b"%d " % len(piece) + piece)
    return digest.hexdigest()[:_LENGTH]


def _manners(key: AnswerKey) -> Iterator[bytes]:
    """Yield how functions are called, what they do without, and the checks that an author wrote."""
    contents = key.contents
    said = [each.get("manner") for each in contents["functions"]] + [*contents.get("without", ())]
    yield json.dumps([each for each in said if each]).encode()
    if contents.get("checks"):
        with undamaged(key.path):
            yield read_regular(key.path.with_name(f"{key.path.stem}.checks.py"), MAX_CHECKS)


def hashes_of_files(folder: Path) -> dict[str, str]:
    """Return the hash of every file in a folder, by its path from there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hash_of_file(path) for path in paths}


def hash_of_file(path: Path) -> str:
    """Return the hash of what is in a file."""
    digest = hashlib.sha256()
    for piece in pieces_of(path):
        digest.update(piece)
    return digest.hexdigest()[:_LENGTH]


def _pieces(value: Any) -> Iterator[bytes]:
    """Yield what a value consists of, so that equal values give equal bytes."""
    yield type(value).__name__.encode()
    if isinstance(value, dict):
        for item in value.items():
            yield from _pieces(item)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _pieces(each)
    elif isinstance(value, (set, frozenset)):
        yield repr(sorted(value, key=repr)).encode()
    elif isinstance(value, (np.ndarray, np.generic)):
        array = np.asarray(value)
        yield f"{array.dtype} {array.shape}".encode()
        yield from _rounded(array) if array.dtype.kind in "fc" else [array.tobytes()]
    else:
        yield (f"{value:.6g}" if isinstance(value, float) else repr(value)).encode()


def _rounded(array: np.ndarray[Any, Any]) -> Iterator[bytes]:
    """Yield numbers to six digits of the largest: another machine may differ in the last one."""
    flat = array.ravel()
    slices = [flat[at : at + _SLICE] for at in range(0, flat.size, _SLICE)] or [flat]
    largest = max(map(_largest, slices)) or 1.0
    yield f"{largest:.6g}".encode()
    for each in slices:
        with np.errstate(all="ignore"):
            yield (np.round(each.astype(complex) / largest, 6) + 0.0).tobytes()


def _largest(flat: np.ndarray[Any, Any]) -> float:
    wide = flat.astype(complex)
    return float(np.abs(wide[np.isfinite(wide)]).max(initial=0.0))
