"""The weights of a model: nested as the course's `transformer` takes them, flat in their file."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

HEADS = 4
PATH = Path(__file__).with_name("dates.npz")


@lru_cache(maxsize=1)
def load() -> dict[str, Any]:
    """Return the translator's weights, in float32."""
    with np.load(PATH) as file:
        arrays = {name: file[name].astype(np.float32) for name in file.files}
    params = nested(arrays)
    assert isinstance(params, dict)
    return params


def unscaled() -> dict[str, Any]:
    """Return the weights with queries so much larger that the scale of attention is undone.

    Scores are divided by the root of the heads' width in every attention; nothing has to be put in
    the place of anybody's function to take that back.
    """
    arrays = flat(load())
    for name, array in arrays.items():
        if name.endswith(("w_query", "b_query")):
            d_head = array.shape[-1] // HEADS
            arrays[name] = array * np.float32(math.sqrt(d_head))
    params = nested(arrays)
    assert isinstance(params, dict)
    return params


def save(params: dict[str, Any]) -> Path:
    """Write weights to their file, in float16."""
    arrays: dict[str, Any] = {n: array.astype(np.float16) for n, array in flat(params).items()}
    np.savez_compressed(PATH, **arrays)
    return PATH


def flat(params: Any, prefix: str = "") -> dict[str, np.ndarray]:
    """Return arrays by their path, such as `encoder.0.attention.w_query`."""
    if isinstance(params, np.ndarray):
        return {prefix[:-1]: params}
    items = params.items() if isinstance(params, dict) else enumerate(params)
    found: dict[str, np.ndarray] = {}
    for key, value in items:
        found |= flat(value, f"{prefix}{key}.")
    return found


def nested(arrays: dict[str, np.ndarray]) -> Any:
    """Return what `flat` was given; keys that count from 0 make a list."""
    if set(arrays) == {""}:
        return arrays[""]
    groups: dict[str, dict[str, np.ndarray]] = {}
    for name, array in arrays.items():
        key, _, rest = name.partition(".")
        groups.setdefault(key, {})[rest] = array
    values = {key: nested(group) for key, group in groups.items()}
    is_list = all(key.isdecimal() for key in values)
    return [values[str(n)] for n in range(len(values))] if is_list else values
