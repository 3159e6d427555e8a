"""Nests of values as a few plain arrays and back, so that reading them executes nothing.

Arrays of one dtype lie end to end in a pool of that dtype, equal ones once. The nests are kept as
JSON, in which an array is its dtype, its shape, and where in which pool it begins.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.files import json_of
from grader.records import Value

Array = np.ndarray[Any, Any]
Node = Any  # what JSON can hold
_NEST = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}
# What the values of one file may come to, and what a single one may consist of.
MAX_BYTES = 32_000_000
MAX_PARTS = 50_000
MAX_DEPTH = 40
MAX_AXES = 32  # of an array that can cross the border
MAX_BITS = 14_000  # of an integer
MAX_KEYS = 10_000  # of a dict or a set: made to be slow, each is looked for where all are
MAX_ALIKE = 32  # keys of one hash: more of them are chosen to be slow
# Of arrays that can cross the border, whatever the order of their bytes.
_DTYPE = re.compile(
    "bool|u?int(?:8|16|32|64)|float(?:16|32|64)|complex(?:64|128)|[<>](?:[iuf][1248]|c8|c16)"
)
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
            pairs = ((self._key(key), self.freeze(item, exact)) for key, item in value.items())
            return {"dict": [list(pair) for pair in pairs]}
        if isinstance(value, (set, frozenset)):
            kind = "set" if isinstance(value, set) else "frozenset"
            return {kind: sorted(map(self._key, value), key=repr)}  # the same bytes every time
        if isinstance(value, (list, tuple)):
            kind = "tuple" if isinstance(value, tuple) else "list"
            return {kind: [self.freeze(item, exact) for item in value]}
        if isinstance(value, (np.ndarray, np.generic)):
            return self._array(np.asarray(value), exact)
        if isinstance(value, bytes):
            return {"bytes": value.hex()}
        if isinstance(value, complex):
            return {"complex": [value.real, value.imag]}
        return value

    def _key(self, key: Value) -> Node:
        """Return the node of what is looked up by its hash: a number of NumPy's as Python's."""
        return self.freeze(key.item() if isinstance(key, np.generic) else key)

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
    """Gives values for nodes, out of arrays that were saved.

    Raises
    ------
    ValueError
        From `thaw`: the value is larger, deeper or of more parts than any that was kept; other
        exceptions where the nodes make no sense.
    """

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._arrays = dict(arrays)
        self._bytes, self._parts = MAX_BYTES, MAX_PARTS
        self.index: Node = json_of(self._arrays["index"].tobytes())

    def thaw(self, node: Node) -> Value:
        """Return the value of a node: arrays are copies, and writable."""
        self._parts = MAX_PARTS
        return self._value(node, 0)

    def _value(self, node: Node, depth: int) -> Value:
        self._parts -= 1
        if depth > MAX_DEPTH or self._parts < 0:
            raise ValueError("a value in it is nested too deeply, or has too many parts")
        if not isinstance(node, dict):
            return _scalar(node)
        ((kind, body),) = node.items()
        if kind == "array":
            return self._array(*body)
        if kind == "bytes":
            return bytes.fromhex(body)
        if kind == "dict":
            keys = self._keys([key for key, _ in body], depth)
            items = (self._value(item, depth + 1) for _, item in body)
            return dict(zip(keys, items, strict=True))
        if kind in ("set", "frozenset"):
            return _NEST[kind](self._keys(body, depth))
        if kind == "complex":
            return complex(*body)
        return _NEST[kind](self._value(item, depth + 1) for item in body)

    def _keys(self, nodes: Sequence[Node], depth: int) -> list[Value]:
        keys = [self._value(node, depth + 1) for node in nodes]
        if len(keys) > MAX_KEYS or max(Counter(map(hash, keys)).values(), default=0) > MAX_ALIKE:
            raise ValueError("it has keys that were made to be slow")
        return keys

    def _array(self, name: str, shape: Sequence[int], pool: str, place: int) -> Array:
        if len(shape) > MAX_AXES or not all(0 <= length <= MAX_BYTES for length in (*shape, place)):
            raise ValueError("an array in it is larger than any that was kept")
        if not (isinstance(name, str) and _DTYPE.fullmatch(name)):
            raise ValueError("an array in it is of no type that can cross the border")
        dtype, size = np.dtype(name), math.prod(shape)
        self._bytes -= size * dtype.itemsize
        if self._bytes < 0:
            raise ValueError(f"its values come to more than {MAX_BYTES:,} bytes")
        if not np.can_cast(self._arrays[pool].dtype, dtype):
            raise ValueError("an array in it is kept as numbers that it cannot have")
        return self._arrays[pool][place : place + size].reshape(shape).astype(dtype)


def _scalar(node: Node) -> Value:
    if isinstance(node, list) or (isinstance(node, int) and node.bit_length() > MAX_BITS):
        raise ValueError("it has a value that was never kept")
    return node
