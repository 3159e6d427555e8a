"""Values to bytes and back, in a format that cannot execute anything.

A frame is a small JSON header followed by the raw bytes of its arrays. The header spells out the
structure; an array stands in it as dtype, shape and length. Reading a frame only ever builds
plain `numpy.ndarray` of an allowed dtype, numbers, strings, bytes, booleans, None, and lists,
tuples, sets and dicts of those, within limits that are checked before anything is allocated.
"""

from __future__ import annotations

import json
import struct
from collections import Counter
from collections.abc import Callable, Iterator, MappingView, Sequence
from math import prod
from typing import Any

import numpy as np

MAX_HEADER = 4 * 2**20
MAX_BODY = 256 * 2**20
MAX_ANSWER = 16 * 2**20  # of which the trusted side may have to hold one for every case
MAX_DEPTH = 50
MAX_VALUES = 100_000
MAX_BITS = 14_000  # of an integer: what Python writes and reads in decimal, with some room
MAX_AXES = 64  # of an array: NumPy has no more
MAX_KEYS = 10_000  # of all dicts and sets: made to be slow, each is looked for where all are
MAX_ALIKE = 32  # keys of one hash: more of them are chosen to be slow, not met by accident
DTYPES = frozenset(
    ["|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8"]
    + ["<f2", "<f4", "<f8", "<c8", "<c16"]
)
# What the above comes to, for whoever returned something else.
CAN_CROSS = (
    "numbers (complex ones too), True and False, None, text, bytes, lists, tuples, sets and dicts"
    " of these, and arrays of numbers"
)
_TOO_MANY_KEYS = f"dicts and sets of more than {MAX_KEYS:,} entries"
_LENGTHS = struct.Struct("<IQ")


class WireError(Exception):
    """Something that cannot cross: not a value of the course, too large, or a malformed frame."""


def receive(read: Callable[[int], bytes], max_body: int = MAX_BODY) -> Any:
    """Read one frame with `read`, which returns some of the bytes asked for and none at the end.

    Raises `EOFError` at the end and `WireError` where the frame is not sound.
    """
    header_length, body_length = _lengths(_exactly(read, _LENGTHS.size), max_body)
    return unpack(_exactly(read, header_length), _exactly(read, body_length))


def take_frame(arrived: bytearray, max_body: int = MAX_BODY) -> tuple[bytes, bytes] | None:
    """Take the header and body of the first frame off what arrived; None while it is not whole.

    Raises `WireError` as soon as the frame says that it is larger than allowed.
    """
    if len(arrived) < _LENGTHS.size:
        return None
    header_length, body_length = _lengths(bytes(arrived[: _LENGTHS.size]), max_body)
    header_end = _LENGTHS.size + header_length
    end = header_end + body_length
    if len(arrived) < end:
        return None
    frame = bytes(arrived[_LENGTHS.size : header_end]), bytes(arrived[header_end:end])
    del arrived[:end]
    return frame


def pack(value: Any, max_body: int = MAX_BODY) -> bytes:
    """Return the frame that carries `value`; raise `WireError` where it cannot cross."""
    writer = _Writer(max_body)
    header = json.dumps(writer.node(value, 0), separators=(",", ":")).encode("ascii")
    if len(header) > MAX_HEADER:
        raise WireError("the value has too many parts")
    return b"".join([_LENGTHS.pack(len(header), writer.length), header, *writer.buffers])


def unpack(header: bytes, body: bytes) -> Any:
    """Return the value that a frame's header and body spell."""
    try:
        node = json.loads(header.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise WireError("the header is not JSON") from error
    reader = _Reader(body)
    value = reader.value(node, 0)
    if reader.position != len(body):
        raise WireError("the frame has bytes that belong to nothing")
    return value


def _lengths(data: bytes, max_body: int) -> tuple[int, int]:
    header_length, body_length = _LENGTHS.unpack(data)
    if header_length > MAX_HEADER or body_length > max_body:
        raise WireError("the frame is larger than allowed")
    return header_length, body_length


def _exactly(read: Callable[[int], bytes], length: int) -> bytes:
    parts = []
    while length:
        part = read(min(length, 2**20))  # never more than comes is allocated
        if not part:
            raise EOFError("the stream ended")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


class _Writer:
    """Turns a value into JSON nodes and collects the buffers that follow them."""

    def __init__(self, max_body: int) -> None:
        self.buffers: list[bytes] = []
        self.length = 0
        self._left, self._keys_left = MAX_VALUES, MAX_KEYS
        self._max_body = max_body

    def node(self, value: Any, depth: int) -> Any:
        self._left -= 1
        if depth > MAX_DEPTH or self._left < 0:
            raise WireError("a value nested too deeply, or with too many parts")
        if value is None or isinstance(value, (bool, int, float, str, complex)):
            return self._scalar(value)
        if isinstance(value, (np.ndarray, np.generic)):
            return self._array(np.asarray(value))
        if isinstance(value, bytes):
            self._append(value)
            return ["bytes", len(value)]
        if isinstance(value, (list, tuple)):
            tag = "list" if isinstance(value, list) else "tuple"
            return [tag, *(self.node(item, depth + 1) for item in value)]
        if isinstance(value, (set, frozenset)):
            tag = "set" if isinstance(value, set) else "frozenset"
            return [tag, *(self._key(item, depth + 1) for item in value)]
        if isinstance(value, dict):
            pairs = ([self._key(k, depth + 1), self.node(v, depth + 1)] for k, v in value.items())
            return ["dict", *pairs]
        raise WireError(kind_of(value))

    def _scalar(self, value: Any) -> Any:
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int) and value.bit_length() > MAX_BITS:
            raise WireError(f"an integer of more than {MAX_BITS} bits")
        if isinstance(value, complex):
            return ["complex", float(value.real), float(value.imag)]
        plain = next(kind for kind in (int, float, str) if isinstance(value, kind))
        return plain(value)

    def _key(self, key: Any, depth: int) -> Any:
        """Return the node of a dict's key or a set's entry, of NumPy's numbers as Python's."""
        self._keys_left -= 1
        if self._keys_left < 0:
            raise WireError(_TOO_MANY_KEYS)
        key = key.item() if isinstance(key, np.generic) else key
        if isinstance(key, (tuple, frozenset)) and depth <= MAX_DEPTH:
            tag = "tuple" if isinstance(key, tuple) else "frozenset"
            return [tag, *(self._key(item, depth + 1) for item in key)]
        if not _is_key(key):
            raise WireError(f"a dict or a set with {kind_of(key)} in the place of a key")
        return self.node(key, depth)

    def _array(self, array: np.ndarray[Any, Any]) -> Any:
        dtype = array.dtype.newbyteorder("<")
        if dtype.str not in DTYPES:
            raise WireError(f"an array of {array.dtype}")
        if self.length + array.nbytes > self._max_body:
            raise WireError(f"an array of shape {array.shape}, larger than allowed")
        self._append(array.astype(dtype, copy=False).tobytes())
        return ["array", dtype.str, list(array.shape)]

    def _append(self, data: bytes) -> None:
        self.length += len(data)
        if self.length > self._max_body:
            raise WireError("a value larger than allowed")
        self.buffers.append(data)


def _is_key(value: Any) -> bool:
    if isinstance(value, (tuple, frozenset)):
        return all(map(_is_key, value))
    return value is None or isinstance(value, (bool, int, float, complex, str, bytes))


def kind_of(value: Any) -> str:
    """Return what kind of value cannot cross, and how to make one of it that can."""
    kind = type(value).__name__
    is_row = isinstance(value, (Sequence, Iterator, MappingView))
    cure = " (make a list of it: `list(...)`)" if is_row else ""
    return f"{'an' if kind[:1] in tuple('AEIOaeio') else 'a'} {kind}{cure}"


class _Reader:
    """Turns JSON nodes back into values, taking arrays' bytes from the body in order."""

    def __init__(self, body: bytes) -> None:
        self.position = 0
        self._body = body
        self._left, self._keys_left = MAX_VALUES, MAX_KEYS

    def value(self, node: Any, depth: int) -> Any:
        self._left -= 1
        if depth > MAX_DEPTH or self._left < 0:
            raise WireError("the value is nested too deeply, or has too many parts")
        if isinstance(node, int) and node.bit_length() > MAX_BITS:
            raise WireError("an integer is larger than allowed")
        if node is None or isinstance(node, (bool, int, float, str)):
            return node
        if not isinstance(node, list) or not node:
            raise WireError("the header has a node that means nothing")
        tag, *parts = node
        if tag == "array":
            return self._array(parts)
        if tag == "bytes":
            return self._take(parts[0] if len(parts) == 1 else None)
        if tag == "list":
            return [self.value(part, depth + 1) for part in parts]
        if tag == "tuple":
            return tuple(self.value(part, depth + 1) for part in parts)
        if tag == "dict":
            return self._dict(parts, depth)
        if tag in ("set", "frozenset"):
            found = self._set(parts, depth)
            return found if tag == "set" else frozenset(found)
        if tag == "complex":
            return self._complex(parts)
        raise WireError("the header has a node of an unknown kind")

    def _dict(self, parts: list[Any], depth: int) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        hashes: Counter[int] = Counter()
        for pair in parts:
            if not isinstance(pair, list) or len(pair) != 2:
                raise WireError("a dict's entry is not a pair")
            key = self._key(pair[0], depth, hashes)
            result[key] = self.value(pair[1], depth + 1)
        return result

    def _set(self, parts: list[Any], depth: int) -> set[Any]:
        hashes: Counter[int] = Counter()
        return {self._key(part, depth, hashes) for part in parts}

    def _key(self, node: Any, depth: int, hashes: Counter[int]) -> Any:
        """Return a key, or a set's entry; raise where it is none, or they are slow to look up."""
        key = self.value(node, depth + 1)
        if not _is_key(key):
            raise WireError("a key of a dict, or an entry of a set, is not a plain value")
        self._keys_left -= 1
        if self._keys_left < 0:
            raise WireError(_TOO_MANY_KEYS)
        hashes[hash(key)] += 1
        if hashes[hash(key)] > MAX_ALIKE:
            raise WireError("the keys of a dict, or the entries of a set, are made to be slow")
        return key

    def _complex(self, parts: list[Any]) -> complex:
        if len(parts) != 2 or not all(isinstance(part, float) for part in parts):
            raise WireError("a complex number is not made of two floats")
        return complex(*parts)

    def _array(self, parts: list[Any]) -> np.ndarray[Any, Any]:
        dtype, shape = parts if len(parts) == 2 else (None, None)
        if not isinstance(dtype, str) or dtype not in DTYPES:
            raise WireError("an array's dtype is not allowed")
        if not isinstance(shape, list) or len(shape) > MAX_AXES:
            raise WireError("an array's shape is not a short list")
        if not all(type(size) is int and 0 <= size < 2**62 for size in shape):
            raise WireError("an array's shape is not made of sizes")
        plain = np.dtype(dtype)
        data = self._take(prod(shape) * plain.itemsize)
        try:
            return np.frombuffer(data, plain).reshape(shape).copy()
        except ValueError as error:  # without an entry, an axis may be longer than NumPy can count
            raise WireError("an array's shape is too large") from error

    def _take(self, length: Any) -> bytes:
        if type(length) is not int or not 0 <= length <= len(self._body) - self.position:
            raise WireError("the body is shorter than the header says")
        data = self._body[self.position : self.position + length]
        self.position += length
        return data
