"""Frames that were tampered with: refused cleanly, or read as nothing but plain values."""

from __future__ import annotations

import contextlib
import io
import json
import re
import struct
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.learner import wire
from grader.learner.wire import WireError

EXAMPLES, FRAMES = 5 * settings.default.max_examples, 20
MAX_BODY = 2**20
PLAIN = (type(None), bool, int, float, complex, str, bytes)

VALUES = [
    {"kind": "returned", "value": np.arange(6.0).reshape(2, 3), "args": (), "kwargs": {}},
    {"kind": "raised", "types": ["ValueError"], "frames": [("a.py", 3, "f")], "column": None},
    [np.zeros(0), np.float32(1), np.array([True]), np.ones((1, 2, 1), np.complex64), b"bytes", ""],
    {1: {2.5: {None: {True: [-(2**70), float("nan"), "\ud800", [[[[()]]]]]}}}},
    [{1j, (2, "b", frozenset([3]))}, {("a", 1): frozenset([0.5, b"c"]), b"d": set()}],
    [{"kwargs": {"axis": -1}, "args": (np.ones(3, np.uint8), [1, 2, 3])}] * 3,
]
HEADS = [wire.pack(value) for value in VALUES]
# What may stand in a header in place of something else.
NUMBERS = ["-1", "0", "1", "7", "1.5", "-0.0", "1e400", "NaN", "-Infinity", "true", "null", '"2"']
NUMBERS += [*map(str, (2**61, 2**62, 2**63, 2**14_000, 10**4290)), "9" * 5000, "[]", "[1]", "{}"]
TAGS = ['"array"', '"bytes"', '"list"', '"tuple"', '"dict"', '"set"', '"frozenset"', '"complex"']
TAGS += ['"object"', "0", "null", "[]"]
DTYPES = [
    '"<f8"',
    '"|b1"',
    '"|u1"',
    '"<c16"',
    '"|O"',
    '">f8"',
    '"<U4"',
    '"<M8[s]"',
    '"|V0"',
    '"f8"',
]


def split(frame: bytes) -> tuple[bytes, bytes]:
    """Return the header and the body of a frame, or of what is left of one."""
    if len(frame) < 12:
        return frame, b""
    end = 12 + struct.unpack("<IQ", frame[:12])[0]
    return frame[12:end], frame[end:]


def join(header: bytes, body: bytes) -> bytes:
    """Return a frame whose lengths are right, so that what is in it gets read."""
    return struct.pack("<IQ", len(header), len(body)) + header + body


def replace(pattern: str, choices: Sequence[str]) -> Callable[[bytes, int, int], bytes]:
    """Return what replaces a part of the header that matches by one of the choices."""

    def change(frame: bytes, place: int, choice: int) -> bytes:
        header, body = split(frame)
        found = [match.span() for match in re.finditer(pattern.encode(), header)]
        if not found:
            return frame
        start, end = found[place % len(found)]
        return join(header[:start] + choices[choice % len(choices)].encode() + header[end:], body)

    return change


def flip(frame: bytes, place: int, choice: int) -> bytes:
    """Turn one bit around."""
    changed = bytearray(frame or b"\0")
    changed[place % len(changed)] ^= 1 << choice % 8
    return bytes(changed)


def splice(frame: bytes, place: int, choice: int) -> bytes:
    """Go on as another frame, or as this one at another place: cut, repeated or left out."""
    other = [*HEADS, frame][choice % (len(HEADS) + 1)]
    return frame[: place % (len(frame) + 1)] + other[choice % (len(other) + 1) :]


def nest(frame: bytes, place: int, choice: int) -> bytes:
    """Put everything a few, many or far too many levels deeper."""
    header, body = split(frame)
    depth = (1, 45, 48, 49, 60, 2000, 40_000)[choice % 7]
    tag = (b'["list",', b'["tuple",', b"[", b'["dict",["k",', b'["frozenset",')[place % 5]
    return join(tag * depth + header + b"]" * (tag.count(b"[") * depth), body)


def repeat_entries(frame: bytes, place: int, choice: int) -> bytes:
    """Repeat parts of a list, a tuple or a dict, with the keys and all."""
    try:
        node = json.loads(split(frame)[0])
    except (ValueError, RecursionError):
        return frame
    if not isinstance(node, list) or len(node) < 2:
        return frame
    node = node[:1] + node[1:] * (2 + place % 3)
    return join(json.dumps(node).encode(), split(frame)[1] * (1 + choice % 3))


def lie(frame: bytes, place: int, choice: int) -> bytes:
    """Claim other lengths than there are."""
    lengths = list(struct.unpack("<IQ", frame[:12].ljust(12, b"\0")))
    claims = (0, 1, lengths[0] + 1, max(lengths[0] - 1, 0), 2**20, 2**32 - 1, 2**31)
    size = 32 << place % 2
    lengths[place % 2] = (claims[choice % len(claims)] << choice % size) % 2**size
    return struct.pack("<IQ", *lengths) + frame[12:]


def resize(frame: bytes, place: int, choice: int) -> bytes:
    """Let the body be longer or shorter than the header says."""
    header, body = split(frame)
    return join(header, body[: place % (len(body) + 1)] + b"\xff" * (choice % 20))


CHANGES = {
    "flip": flip,
    "truncate": lambda frame, place, choice: frame[: place % (len(frame) + 1)],
    "splice": splice,
    "number": replace(r"-?\d[\d.e+-]*", NUMBERS),
    "tag": replace(r'"(?:array|bytes|list|tuple|dict|set|frozenset|complex)"', TAGS),
    "dtype": replace(r'"[<|][a-z]\d+"', DTYPES),
    "nest": nest,
    "repeat": repeat_entries,
    "lie": lie,
    "resize": resize,
}
KINDS = [*CHANGES]
# For every frame, up to three changes: the kind of each, the place and the choice. They are drawn
# as bytes, which is fast, spreads evenly, and still shrinks.
CHANGE = struct.Struct("<BHH")
TAMPERINGS = st.binary(min_size=FRAMES * 3 * CHANGE.size, max_size=FRAMES * 3 * CHANGE.size)


def tampered(frame: bytes, drawn: bytes) -> Iterator[bytes]:
    """Yield a frame with changes made to it, for each three of those that were drawn."""
    changes = [*CHANGE.iter_unpack(drawn)]
    for number in range(0, len(changes), 3):
        changed = frame
        for kind, place, choice in changes[number : number + 1 + changes[number][0] % 3]:
            changed = CHANGES[KINDS[kind % len(KINDS)]](changed, place, choice)
        yield changed


def read(frame: bytes) -> tuple[bool, Any]:
    """Return whether a frame was accepted, and what came of it; any other error is a failure."""
    try:
        return True, wire.receive(io.BytesIO(frame).read, MAX_BODY)
    except (WireError, EOFError):
        return False, None


def check(value: Any, depth: int = 0) -> int:
    """Complain of all that is not plain; return how many parts there are."""
    assert depth <= wire.MAX_DEPTH
    if type(value) is np.ndarray:
        assert value.dtype.str in wire.DTYPES
        assert value.dtype.hasobject is False
        assert value.flags.owndata
        assert value.flags.writeable
        assert value.flags.c_contiguous
        return 1
    if type(value) in (list, tuple):
        return 1 + sum(check(item, depth + 1) for item in value)
    if type(value) in (set, frozenset):
        return 1 + sum(check_key(item, depth + 1) for item in value)
    if type(value) is dict:
        pairs = value.items()
        return 1 + sum(check_key(k, depth + 1) + check(item, depth + 1) for k, item in pairs)
    assert type(value) in PLAIN
    assert type(value) is not int or value.bit_length() <= wire.MAX_BITS
    return 1


def check_key(key: Any, depth: int) -> int:
    """Complain of a key, or of an entry of a set, that is not plain; return how many parts."""
    if type(key) in (tuple, frozenset):
        return 1 + sum(check_key(item, depth + 1) for item in key)
    assert type(key) in PLAIN
    return check(key, depth)


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(HEADS), TAMPERINGS)
def test_a_tampered_frame_is_refused_or_reads_as_plain_values(frame: bytes, drawn: bytes) -> None:
    """Of 40,000 frames, each raises one of the two errors or holds nothing but allowed kinds."""
    for changed in tampered(frame, drawn):
        accepted, value = read(changed)
        if accepted:
            assert check(value) <= wire.MAX_VALUES
            wire.pack(value)  # and what could be read can be sent


def spelled(value: Any) -> str:
    """Return a value as text, whatever the order of its sets: that of nan goes by where it is."""
    if isinstance(value, (set, frozenset)):
        return f"{type(value).__name__}{sorted(map(spelled, value))}"
    if isinstance(value, dict):
        pairs = [f"{spelled(key)}: {spelled(item)}" for key, item in value.items()]
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__}[{', '.join(map(spelled, value))}]"
    return repr(value)


@settings(max_examples=100)
@given(st.sampled_from(HEADS), TAMPERINGS)
def test_a_stream_is_cut_into_frames_as_it_is_read(frame: bytes, drawn: bytes) -> None:
    """What arrives in pieces is refused, waited for or taken where reading it whole is."""
    for whole in tampered(frame, drawn):
        arrived = bytearray(whole)
        try:
            taken = wire.take_frame(arrived, MAX_BODY)
            value = wire.unpack(*taken) if taken else None
        except WireError:
            taken, value = None, None
        accepted, wanted = read(whole)
        assert accepted == (taken is not None)
        assert spelled(value) == spelled(wanted)
        assert not accepted or whole.endswith(bytes(arrived))


def allocated(frame: bytes) -> int:
    """Return the most bytes that reading a frame holds at a time."""
    stream = io.BytesIO(frame)
    tracemalloc.start()
    try:
        with contextlib.suppress(WireError, EOFError):
            wire.receive(stream.read, MAX_BODY)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak


@pytest.mark.parametrize(
    "header",
    [
        b"[" + b"[]," * 20_000 + b"0]",
        b"[" + b"[0]," * 20_000 + b"0]",
        b"[" + b"{}," * 20_000 + b"0]",
        b"[" + b'{"":0},' * 20_000 + b"0]",
        b"[" + b'{"":{"":{"":{}}}},' * 20_000 + b"0]",
        b"[" + b"1e9," * 20_000 + b"0]",
        b"[" + b'"\\u1234",' * 20_000 + b"0]",
        b'["list",' + b'["list"],' * 20_000 + b"0]",
        b'["list",' + b'["dict"],' * 20_000 + b"0]",
        b'["list",' + b'["array","|b1",[0]],' * 20_000 + b"0]",
        b'["list",' + b'["array","<f8",[0,4611686018427387903]],' * 20_000 + b"0]",
        b'["dict",' + b'["a",0],' * 20_000 + b'["a",0]]',
        b'["dict",' + b",".join(b"[%d,0]" % n for n in range(20_000)) + b"]",
        b"[" * 200_000,
        b"9" * 200_000,
        b'"' + b"a" * 200_000 + b'"',
    ],
    ids=lambda header: header[:24].decode(),
)
def test_a_header_makes_no_more_than_forty_times_of_itself(header: bytes) -> None:
    """However a header is spelled, reading it takes memory in proportion to its length."""
    assert allocated(join(header, b"")) < 40 * len(header) + 2**16


@pytest.mark.parametrize("lengths", [(2**22, 2**20), (2**32 - 1, 2**64 - 1), (4, 2**20)])
def test_what_is_claimed_is_not_allocated(lengths: tuple[int, int]) -> None:
    """Memory is made for what has come, not for what is announced."""
    assert allocated(struct.pack("<IQ", *lengths) + b"null") < 2**16


@pytest.mark.parametrize("dtype", sorted(wire.DTYPES))
def test_a_body_is_held_four_times_at_most(dtype: str) -> None:
    """As it comes, as one piece, as the array's bytes and as the array."""
    frame = wire.pack(np.zeros(2**19 // np.dtype(dtype).itemsize, dtype))
    assert allocated(frame) < 4 * len(frame) + 2**16


@settings(max_examples=100)
@given(st.sampled_from(HEADS), TAMPERINGS)
def test_a_tampered_frame_takes_no_more_memory_than_a_sound_one(frame: bytes, drawn: bytes) -> None:
    """No tampering makes a reader allocate out of proportion to what it was sent."""
    for whole in tampered(frame, drawn):
        assert allocated(whole) < 40 * len(whole) + 2**16
