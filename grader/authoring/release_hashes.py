"""Hashes that say what of a release has changed: of an exercise's checks, and of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from grader.course.released import AnswerKey
from grader.files import pieces_of
from grader.records import Raised

_LENGTH = 16


def hash_of_checks(key: Path) -> str:
    """Return the hash of what an answer has to do: the cases, their inputs, the wanted answers.

    Words do not count, nor does in what order of rounding another machine gets the same numbers.
    """
    answer_key = AnswerKey(key)
    cases = [{**case, "tags": []} for case in answer_key.contents["cases"]]
    digest = hashlib.sha256(json.dumps(cases, sort_keys=True).encode())
    for piece in _manners(answer_key):
        digest.update(piece)
    for number in range(len(answer_key.contents["seeds"])):
        for inputs, wanted in answer_key.draw(number).cases:
            answer = wanted.type if isinstance(wanted, Raised) else tuple(wanted)
            for piece in _pieces((tuple(inputs), answer)):
                digest.update(b"%d " % len(piece) + piece)
    return digest.hexdigest()[:_LENGTH]


def _manners(key: AnswerKey) -> Iterator[bytes]:
    """Yield how functions are called, what they do without, and the checks that an author wrote."""
    contents = key.contents
    said = [each.get("manner") for each in contents["functions"]] + [*contents.get("without", ())]
    yield json.dumps([each for each in said if each]).encode()
    if contents.get("checks"):
        yield key.path.with_name(f"{key.path.stem}.checks.py").read_bytes()


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
    wide = array.astype(complex)
    largest = float(np.abs(wide[np.isfinite(wide)]).max(initial=0.0)) or 1.0
    yield f"{largest:.6g}".encode()
    with np.errstate(all="ignore"):
        yield (np.round(wide / largest, 6) + 0.0).tobytes()
