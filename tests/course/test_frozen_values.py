"""Frozen values: what a key keeps comes back as it was, of every kind that may cross."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from grader.course.frozen_values import Freezer, Thawer
from grader.course.key_form import raised_of
from grader.course.sketches import Sketch
from grader.course.suspects import Suspect, suspects_as_arrays, suspects_from_arrays

VALUES = [
    None,
    "text \N{SNOWMAN}",
    b"\xff\x00a",
    [(97, 110), (98, 256)],
    {"key": [1.5, -np.inf], "value": (True, b"")},
    [],
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_nest_comes_back_as_it_was(value: Any) -> None:
    """Lists stay lists, pairs stay pairs, text stays text and bytes stay bytes."""
    freezer = Freezer()
    arrays = freezer.arrays(freezer.freeze(value))
    thawer = Thawer(arrays)
    assert thawer.thaw(thawer.index) == value
    assert json.loads(arrays["index"].tobytes()) == thawer.index


@pytest.mark.parametrize(
    "value",
    [
        1 + 2j,
        {1, "a", (2.5, b"c")},
        frozenset({frozenset({1})}),
        b"\x00\xff",
        {1: "a", (2, "b"): [None], b"c": {3j}},
        [(), {}, set(), 10**400, float("inf")],
    ],
)
def test_a_value_thaws_as_it_was_frozen(value: Any) -> None:
    """Kind and contents are the same, keys and all."""
    freezer = Freezer()
    thawer = Thawer(freezer.arrays(freezer.freeze(value)))
    thawed = thawer.thaw(thawer.index)
    assert thawed == value
    assert type(thawed) is type(value)


def test_keys_of_numpy_are_kept_as_python_s() -> None:
    """They are equal, and JSON has no numbers of NumPy."""
    freezer = Freezer()
    thawer = Thawer(freezer.arrays(freezer.freeze({np.int64(1): {np.float64(2)}})))
    assert thawer.thaw(thawer.index) == {1: {2.0}}


def test_a_set_is_the_same_bytes_in_every_process() -> None:
    """The same course gives the same release, whatever order texts are hashed in."""
    source = (
        "from grader.course.frozen_values import Freezer\n"
        "print(Freezer().freeze({(c, 1) for c in 'abcdefgh'}))"
    )
    printed = {
        subprocess.check_output(
            [sys.executable, "-c", source], env=os.environ | {"PYTHONHASHSEED": seed}
        )
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1


def test_keys_that_were_made_to_be_slow_are_refused() -> None:
    """Whole numbers that Python hashes alike make a set of a thousand take a million steps."""
    freezer = Freezer()
    alike = [n * (2**61 - 1) for n in range(1, 1000)]
    for keys in (alike, [*range(20_000)]):  # these may be so by their places in a set's table
        thawer = Thawer(freezer.arrays({"set": keys}))
        with pytest.raises(ValueError, match="keys that were made to be slow"):
            thawer.thaw(thawer.index)


@pytest.mark.parametrize(
    "dtype", ["(" + "1," * 9 + ")f8", "f8,f8", [["x", "f8"]], "float128", "longdouble", "O", 8]
)
def test_an_array_is_of_a_type_that_can_cross(dtype: Any) -> None:
    """A list of types is not worked out: one of a few thousand characters takes gigabytes."""
    thawer = Thawer(Freezer().arrays({"array": [dtype, [1], "float64", 0]}))
    with pytest.raises(ValueError, match="of no type that can cross the border"):
        thawer.thaw(thawer.index)


def test_sketches_that_were_made_to_be_slow_are_not_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They are known by how they are spelled: numbers that Python hashes alike are easily found."""
    alike = [Sketch("1 sums", ("float64",), (float(n * (2**61 - 1)),)) for n in range(1, 500)]
    suspects = [Suspect("double", "mistake", None, "It is wrong.", "", (each,)) for each in alike]
    arrays, compared = suspects_as_arrays(suspects), list[object]()

    def is_equal(one: Sketch, other: object) -> bool:
        compared.append(other)
        return tuple.__eq__(one, other)  # type: ignore[arg-type]

    monkeypatch.setattr(Sketch, "__eq__", is_equal)
    found = suspects_from_arrays(arrays)
    assert not compared
    assert found == suspects
    assert compared


@pytest.mark.parametrize("shape", [[10**4000], [2, -3, -1], [1] * 65, [10**8]])
def test_a_shape_that_no_array_has_is_refused(shape: list[int]) -> None:
    """Before its lengths are multiplied, which may take hours."""
    thawer = Thawer(Freezer().arrays({"array": ["float64", shape, "float64", 0]}))
    with pytest.raises(ValueError, match="is larger than any that was kept"):
        thawer.thaw(thawer.index)


@pytest.mark.parametrize(
    ("kept", "dtype"), [([1e300], "float32"), ([np.nan], "int8"), ([1j], "float64")]
)
def test_an_array_of_numbers_that_do_not_fit_is_refused(kept: list[Any], dtype: str) -> None:
    """Before NumPy makes others of them, and says so where a learner reads it."""
    pool = np.array(kept)
    name = str(pool.dtype)
    arrays = Freezer().arrays({"array": [dtype, [1], name, 0]}) | {name: pool}
    thawer = Thawer(arrays)
    with pytest.raises(ValueError, match="numbers that it cannot have"):
        thawer.thaw(thawer.index)


def test_sketches_of_too_many_parts_are_refused() -> None:
    """One of nearly a million sums may be the answer of hundreds of suspects."""
    many = Sketch("990000 sums;x", (), (0.5,) * 990_000)
    suspect = Suspect("double", "mistake", None, "It is wrong.", "", (many, None, many))
    assert suspects_from_arrays(suspects_as_arrays([suspect] * 5)) == [suspect] * 5
    with pytest.raises(ValueError, match="come to more than 10,000,000 parts"):
        suspects_from_arrays(suspects_as_arrays([suspect] * 6))


@pytest.mark.parametrize("outline", ["2 sums", "2 sums;x", "2 sums;"])
def test_a_sketch_says_how_many_sums_it_has(outline: str) -> None:
    """As its outline does, and no other number."""
    sketch = Sketch(outline, (), (0.5, 1.5))
    suspect = Suspect("double", "mistake", None, "It is wrong.", "", (sketch,))
    assert suspects_from_arrays(suspects_as_arrays([suspect])) == [suspect]
    for wrong in ("22 sums", "2 sumsx", "2", ""):
        other = suspect._replace(answers=(sketch._replace(outline=wrong),))
        with pytest.raises(ValueError, match="a sketch that is none"):
            suspects_from_arrays(suspects_as_arrays([other]))


def test_sketches_of_many_characters_are_refused() -> None:
    """A text of millions may be a part of the answers of thousands of suspects."""
    for answer in (
        Sketch(f"0 sums;{'x' * 1_000_000}", (), ()),
        Sketch("0 sums;", ("x" * 1_000_000,), ()),
        Sketch("0 sums;", (), (), (("x" * 1_000_000, ("a", 0)),)),
        raised_of("ValueError", ["ValueError"], "x" * 1_000_000),
    ):
        suspect = Suspect("double", "mistake", None, "It is wrong.", "", (answer,))
        assert suspects_from_arrays(suspects_as_arrays([suspect] * 79)) == [suspect] * 79
        with pytest.raises(ValueError, match="come to more than 10,000,000 parts"):
            suspects_from_arrays(suspects_as_arrays([suspect] * 81))


def test_equal_answers_of_suspects_are_one_object() -> None:
    """However often a file has them: whoever looks one up compares no text with its like."""
    first, other = (Sketch(f"0 sums;{n}", ("float32",), ()) for n in range(2))
    raised = [raised_of("ValueError", ["ValueError"], f"it is {n}") for n in range(2)]
    suspect = Suspect("double", "mistake", None, "Wrong.", "", (first, other, *raised))
    arrays = suspects_as_arrays([suspect])
    text = arrays["index"].tobytes().replace(b"0 sums;1", b"0 sums;0").replace(b"is 1", b"is 0")
    ((*_, answers),) = suspects_from_arrays(arrays | {"index": np.frombuffer(text, np.uint8)})
    assert answers[0] is answers[1]
    assert answers[2] is answers[3]
