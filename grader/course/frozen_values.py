"""Nests of values as a few plain arrays and back, so that reading them executes nothing.

Arrays of one dtype lie end to end in a pool of that dtype, equal ones once. The nests are kept as
JSON, in which an array is its dtype, its shape, and where in which pool it begins.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.records import Value

Array = np.ndarray[Any, Any]
Node = Any  # what JSON can hold
_NEST = {"list": list, "tuple": tuple}
# Half of what the comparison of float64 values allows is spent long before this.
_CLOSE = 1e-7


class Freezer:
    """Takes values in and gives nodes for them; at the end, the arrays to be saved."""

    def __init__(self) -> None:
        self._pools: dict[str, list[Array]] = {}
        self._lengths: dict[str, int] = {}
        self._places: dict[tuple[str, bytes], int] = {}

    def freeze(self, value: Value, exact: bool = True) -> Node:
        """Return the node of a value; unless it must be `exact`, float64 may be kept rounded."""
        if isinstance(value, dict):
            return {"dict": [[key, self.freeze(item, exact)] for key, item in value.items()]}
        if isinstance(value, (list, tuple)):
            kind = "tuple" if isinstance(value, tuple) else "list"
            return {kind: [self.freeze(item, exact) for item in value]}
        if isinstance(value, (np.ndarray, np.generic)):
            return self._array(np.asarray(value), exact)
        return {"bytes": value.hex()} if isinstance(value, bytes) else value

    def arrays(self, index: Node) -> dict[str, Array]:
        """Return the pools and the index, as arrays."""
        pools = {name: np.concatenate(parts) for name, parts in sorted(self._pools.items())}
        text = json.dumps(index, separators=(",", ":")).encode()
        return {"index": np.frombuffer(text, np.uint8), **pools}

    def _array(self, array: Array, exact: bool) -> Node:
        flat = array.ravel() if exact else _rounded(array.ravel())
        pool, body = str(flat.dtype), flat.tobytes()
        if (pool, body) not in self._places:
            place = self._lengths.get(pool, 0)
            self._places[pool, body] = place
            self._lengths[pool] = place + flat.size
            self._pools.setdefault(pool, []).append(flat)
        return {"array": [str(array.dtype), list(array.shape), pool, self._places[pool, body]]}


def _rounded(flat: Array) -> Array:
    """Return float64 numbers as float32 where that is closer than any comparison looks."""
    if flat.dtype != np.float64:
        return flat
    with np.errstate(all="ignore"):
        single = flat.astype(np.float32)
        is_near = np.abs(single.astype(np.float64) - flat) <= _CLOSE * np.abs(flat)
        same = flat == single
    return single if bool(np.all(is_near & np.isfinite(flat) | same | np.isnan(flat))) else flat


class Thawer:
    """Gives values for nodes, out of arrays that were saved."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._arrays = dict(arrays)
        self.index: Node = json.loads(self._arrays["index"].tobytes())

    def thaw(self, node: Node) -> Value:
        """Return the value of a node: arrays are copies, and writable."""
        if not isinstance(node, dict):
            return node
        ((kind, body),) = node.items()
        if kind == "array":
            dtype, shape, pool, place = body
            flat = self._arrays[pool][place : place + int(np.prod(shape, dtype=np.int64))]
            return flat.reshape(shape).astype(dtype)
        if kind == "bytes":
            return bytes.fromhex(body)
        if kind == "dict":
            return {key: self.thaw(item) for key, item in body}
        return _NEST[kind](map(self.thaw, body))
