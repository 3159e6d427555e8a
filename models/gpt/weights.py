"""The weights of the GPT in their file: int8, with a scale for each row, beside the merges."""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from grader.errors import BrokenGraderError
from models.dates.weights import flat, nested

Array = np.ndarray[Any, Any]
PATH = Path(__file__).with_name("gpt.npz")
HEADS, POSITIONS = 4, 128
# What comes of a file that is none of ours, or of half of one.
_UNREADABLE = (
    *(OSError, EOFError, ValueError, KeyError, TypeError, AttributeError),
    *(zipfile.BadZipFile, zlib.error),
)
SCALE = ".scale"  # behind the name of a matrix: what its rows were divided by


class Learned(NamedTuple):
    """What training came to: parameters as the course's `gpt` takes them, and merges."""

    params: dict[str, Any]
    merges: list[tuple[int, int]]


@lru_cache(maxsize=1)
def load(path: Path = PATH) -> Learned:
    """Return the weights, in float32, and the merges.

    Raises
    ------
    BrokenGraderError
        The file is missing, or is not what the training writes.
    """
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        merges = [(int(left), int(right)) for left, right in arrays.pop("merges")]
        scales = {name: arrays.pop(name) for name in list(arrays) if name.endswith(SCALE)}
        whole = {name: _unpacked(array, scales.get(name + SCALE)) for name, array in arrays.items()}
        params = nested(whole)
        shape = params["token_embedding"].shape[0], params["position_embedding"].shape[0]
        if shape != (256 + len(merges), POSITIONS):
            raise ValueError(f"tables of {shape} rows")
    except _UNREADABLE as error:
        raise BrokenGraderError(
            f"the weights of the GPT cannot be read: {error}",
            where=str(path),
            next="Fetch this file again, or train them: python models/gpt/train.py",
        ) from error
    return Learned(params, merges)


def save(params: dict[str, Any], merges: Array, path: Path = PATH) -> Path:
    """Write weights to their file: matrices as int8, what has one axis as float16."""
    arrays: dict[str, Any] = {"merges": merges.astype(np.int16)}
    for name, array in flat(params).items():
        arrays |= _packed(name, array)
    np.savez_compressed(path, **arrays)
    return path


def _packed(name: str, array: Array) -> dict[str, Array]:
    if array.ndim < 2:
        return {name: array.astype(np.float16)}
    scale = np.abs(array).max(axis=1, keepdims=True).astype(np.float32) / 127
    return {name: np.rint(array / scale).astype(np.int8), name + SCALE: scale}


def _unpacked(array: Array, scale: Array | None) -> Array:
    return array.astype(np.float32) * (np.float32(1) if scale is None else scale)
