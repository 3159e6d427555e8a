"""The recorded files: calls with PyTorch's outputs, readable without PyTorch.

A file holds the calls as JSON, in which an array is only its dtype and shape, and for each dtype
the numbers of all its arrays in that order. So it is small, and needs no pickle.
"""

import json
import math
from pathlib import Path

import numpy as np
from samples import Sample

FOLDER = Path(__file__).parent / "recorded"


def write(exercise, torch_version, answered):
    """Write `answered`, pairs of a sample and its outputs; return the file's path."""
    arrays = []
    calls = [_outline((*sample, outputs), arrays) for sample, outputs in answered]
    numbers = {
        dtype: np.concatenate([array.ravel() for array in arrays if array.dtype == dtype])
        for dtype in sorted({array.dtype.name for array in arrays})
    }
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{exercise}.npz"
    np.savez_compressed(path, torch_version=torch_version, calls=json.dumps(calls), **numbers)
    return path


def read(exercise):
    """Return the version of torch that a file came from, and its samples with their outputs."""
    with np.load(FOLDER / f"{exercise}.npz") as file:
        contents = dict(file)

    def restore(entry):
        return _take(contents, **entry) if "dtype" in entry else entry

    calls = json.loads(str(contents["calls"]), object_hook=restore)
    answered = [(Sample(function, args, kwargs), out) for function, args, kwargs, out in calls]
    return str(contents["torch_version"]), answered


def _take(contents, dtype, shape):
    """Return the next array of `dtype`, and leave the rest of them in `contents`."""
    array, contents[dtype] = np.split(contents[dtype], [math.prod(shape)])
    return array.reshape(shape)


def _outline(value, arrays):
    """Return `value` with dtype and shape for every array, which is added to `arrays`."""
    if isinstance(value, np.ndarray):
        arrays.append(value)
        return {"dtype": value.dtype.name, "shape": value.shape}
    if isinstance(value, dict):
        return {name: _outline(entry, arrays) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_outline(entry, arrays) for entry in value]
    return value
