"""The wire: values cross unchanged, and nothing else does."""

from __future__ import annotations

import io
import json
import struct
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.learner import wire
from grader.learner.wire import WireError

plain = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
    | st.text()
    | st.binary()
)
keys = plain | st.tuples(plain, plain) | st.frozensets(plain, max_size=3)
values = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.sets(keys, max_size=3)
        | st.frozensets(keys, max_size=3)
        | st.dictionaries(keys, inner, max_size=3)
    ),
)


def crossed(value: Any) -> Any:
    """Send a value through a stream and return what arrives."""
    stream = io.BytesIO()
    stream.write(wire.pack(value))
    stream.seek(0)
    return wire.receive(stream.read)


def framed(node: Any, body: bytes = b"") -> bytes:
    """Return the frame of a hand-made header."""
    header = json.dumps(node).encode()
    return struct.pack("<IQ", len(header), len(body)) + header + body


@given(values)
def test_every_nest_of_plain_values_crosses_unchanged(value: Any) -> None:
    """Types and contents arrive as they left."""
    arrived = crossed(value)
    assert arrived == value
    assert type(arrived) is type(value)
    if "set(" not in repr(value) and "{" not in repr(value):  # those have no order
        assert repr(arrived) == repr(value)


def test_a_dict_with_other_keys_is_refused_where_it_leaves() -> None:
    """Whoever returns one can be told so; over here it would be no message at all."""
    with pytest.raises(WireError, match="a dict or a set with an object in the place of a key"):
        wire.pack({object(): 256})


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64, np.bool_, np.complex128])
@pytest.mark.parametrize("shape", [(), (3,), (2, 0, 3), (2, 3, 4), (1,) * 40])
def test_arrays_cross_unchanged(dtype: type, shape: tuple[int, ...]) -> None:
    """Shape, dtype and every entry arrive, zero-length axes too."""
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(dtype)
    arrived = crossed({"x": [array]})["x"][0]
    assert type(arrived) is np.ndarray
    assert arrived.dtype == array.dtype
    np.testing.assert_array_equal(arrived, array)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6).reshape(2, 3).T,
        np.arange(9)[::-2],
        np.broadcast_to(np.ones(2), (3, 2)),
        np.arange(3, dtype=">f8"),
        np.arange(3.0).view(np.recarray),
    ],
)
def test_unusual_arrays_arrive_as_plain_ones(array: np.ndarray) -> None:
    """Views, strides, byte orders and subclasses become ordinary arrays of the same entries."""
    arrived = crossed(array)
    assert type(arrived) is np.ndarray
    assert arrived.flags.c_contiguous
    assert arrived.flags.writeable
    np.testing.assert_array_equal(arrived, array)


def test_numpy_numbers_are_keys_as_python_s_are() -> None:
    """What is equal to a Python number is looked up as one, however deep in a key it stands."""
    arrived = crossed({np.int64(1): {(np.float32(0.5), "a")}, np.str_("b"): np.complex128(2j)})
    assert arrived == {1: {(0.5, "a")}, "b": 2j}
    assert [type(key) for key in arrived] == [int, str]


def test_odd_numbers_cross() -> None:
    """NaN and infinities are numbers like others here."""
    assert (
        str(crossed([float("nan"), float("inf"), np.float32(0.5)]))
        == "[nan, inf, array(0.5, dtype=float32)]"
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (object(), "an object"),
        (Decimal(1), "a Decimal"),
        ((x for x in "ab"), r"a generator \(make a list of it"),
        (range(3), r"a range \(make a list of it"),
        ({}.items(), r"a dict_items \(make a list of it"),
        ({Decimal(1): 1}, "a dict or a set with a Decimal in the place of a key"),
        (np.array([None]), "an array of object"),
        (np.array(["text"]), "an array of <U4"),
        (2**14_000, "an integer of more than 14000 bits"),
    ],
)
def test_what_is_no_value_of_the_course_stays(value: Any, message: str) -> None:
    """Objects, generators and object arrays cannot cross, and it is said what they were."""
    with pytest.raises(WireError, match=message):
        wire.pack(value)


def test_endless_nests_and_giants_stay() -> None:
    """Depth, count and size are bounded before anything is sent."""
    nest: list[Any] = []
    nest.append(nest)
    with pytest.raises(WireError, match="nested too deeply"):
        wire.pack(nest)
    with pytest.raises(WireError, match="too many parts"):
        wire.pack([0] * (wire.MAX_VALUES + 1))
    with pytest.raises(WireError, match="larger than allowed"):
        wire.pack(np.broadcast_to(0.0, (2**20, 2**20)))


@pytest.mark.parametrize(
    "frame",
    [
        framed(["array", "|O", [1]], b"12345678"),
        framed(["array", "<f8", [2]], b"12345678"),
        framed(["array", "<f8", [-1]], b""),
        framed(["array", "<f8", [2**61, 2**61]], b""),
        framed(["array", "<f8", [True]], b"12345678"),
        framed(["array", "<f8", "11"], b"12345678"),
        framed(["array", "<f8", [1] * 70], b"12345678"),
        framed(["bytes", 5], b"1234"),
        framed(["bytes", 2], b"1234"),
        framed(["dict", [["list"], 1]]),
        framed(["dict", [1]]),
        framed(["set", ["list"]]),
        framed(["set", ["tuple", ["dict"]]]),
        framed(["frozenset", ["array", "<f8", []]], b"12345678"),
        framed(["complex", 1.0]),
        framed(["complex", 1.0, "2"]),
        framed(["dict", [["set"], 1]]),
        framed({"kind": "returned"}),
        framed([]),
        framed(2**14_000),
        framed(["array", "<f8", [2**61, 0]]),
        framed(["array", "|b1", [2**61, 2**61, 0]]),
        framed(None)[:-4] + b"nul}",
        struct.pack("<IQ", 2**31, 0),
        struct.pack("<IQ", 4, 2**60) + b"null",
    ],
)
def test_a_frame_that_is_not_sound_is_refused(frame: bytes) -> None:
    """A lie about dtype, shape, length or structure never becomes a value."""
    with pytest.raises(WireError):
        wire.receive(io.BytesIO(frame).read)


def test_keys_that_are_chosen_to_be_slow_are_refused() -> None:
    """A hundred thousand keys of one hash would be compared each with each, so a few are enough."""
    alike = [n * (2**61 - 1) for n in range(wire.MAX_ALIKE + 1)]
    assert len(set(map(hash, alike))) == 1
    for node in (["set", *alike], ["dict", *([key, 1] for key in alike)]):
        with pytest.raises(WireError, match="made to be slow"):
            wire.receive(io.BytesIO(framed(node)).read)


def test_very_many_keys_are_refused() -> None:
    """They may have a hash each, and be looked for at each other's places all the same."""
    many = [*range(wire.MAX_KEYS + 1)]
    dicts = [{n: 0 for n in many[:half]} for half in (5_000, 5_001)]
    for node in (["set", *many], ["list", *(["dict", *map(list, each.items())] for each in dicts)]):
        with pytest.raises(WireError, match="10,000 entries"):
            wire.receive(io.BytesIO(framed(node)).read)
    for value in ({*many}, dicts):
        with pytest.raises(WireError, match="10,000 entries"):
            wire.pack(value)
    assert wire.receive(io.BytesIO(wire.pack({*many[1:]})).read) == {*many[1:]}


def test_a_deep_header_is_refused() -> None:
    """A header nested beyond what the JSON reader can hold is refused like others."""
    with pytest.raises(WireError):
        wire.unpack(b"[" * 100_000 + b"]" * 100_000, b"")


def test_the_end_is_told_from_nonsense() -> None:
    """A stream that ends, between frames or within one, has ended."""
    for cut in (b"", framed([1, 2])[:-1]):
        with pytest.raises((EOFError, struct.error)):
            wire.receive(io.BytesIO(cut).read)


@settings(max_examples=5 * settings.default.max_examples)
@given(st.data())
def test_a_mutated_frame_is_refused_or_reads_as_plain_values(data: st.DataObject) -> None:
    """Whatever bytes change on the way, nothing but allowed kinds comes out."""
    frame = bytearray(wire.pack({"kind": "x", (1, 2): (np.arange(3.0), [1, "a", b"b"], {2j})}))
    for _ in range(data.draw(st.integers(1, 4))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    try:
        value = wire.receive(io.BytesIO(bytes(frame)).read)
    except (WireError, EOFError):
        return
    kinds = (type(None), bool, int, float, str, bytes, list, tuple, dict, np.ndarray)
    kinds += (complex, set, frozenset)
    assert type(value) in kinds
