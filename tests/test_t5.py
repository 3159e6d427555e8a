"""T5 against second implementations: with whole numbers only, and token by token."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from solutions.families.t5 import relative_position_bucket, span_corruption

FIRST = 32_099
shapes = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)
generators = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def second_bucket(distance: int, num_buckets: int, max_distance: int) -> set[int]:
    """Return the bucket; two of them where a step is met exactly, which rounding decides.

    size has passed k of the steps from `exact` to `max_distance` if size / exact, to the power of
    their number, is at least max_distance / exact to the power of k.
    """
    half = num_buckets // 2
    exact, size = half // 2, abs(distance)
    steps, side = half - half // 2, half if distance > 0 else 0
    if size < exact:
        return {side + size}
    reached = [size**steps * exact**k - max_distance**k * exact**steps for k in range(steps + 1)]
    passed = sum(each >= 0 for each in reached) - 1
    met = 0 in reached[1:] and size != max_distance
    return {side + min(exact + k, half - 1) for k in ({passed, passed - 1} if met else {passed})}


@given(generators, shapes, st.integers(4, 64), st.integers(0, 300))
def test_buckets_are_those_of_whole_numbers(
    rng: Any, shape: tuple[int, ...], num_buckets: int, more: int
) -> None:
    """For any number of them, any max_distance, and distances in any shape."""
    max_distance = num_buckets // 2 + more + 1
    distance = rng.integers(-2 * max_distance, 2 * max_distance, size=shape)
    found = relative_position_bucket(distance, num_buckets, max_distance)
    assert found.shape == shape and found.dtype == distance.dtype
    for size, bucket in zip(distance.flat, found.flat, strict=True):
        assert bucket in second_bucket(int(size), num_buckets, max_distance)


def test_the_defaults_are_those_of_whole_numbers() -> None:
    """Every distance up to 300, and no two answers: no step is missed by rounding."""
    for distance in range(-300, 301):
        (found,) = relative_position_bucket(np.array([distance]))
        assert found == max(second_bucket(distance, 32, 128))


@st.composite
def spans(draw: st.DrawFn) -> tuple[list[int], list[int], list[int]]:
    """Draw a text, and the starts and lengths of some spans in it."""
    gaps = draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    lengths = draw(st.lists(st.integers(1, 4), min_size=len(gaps), max_size=len(gaps)))
    gaps[0] -= draw(st.integers(0, 1))
    starts = [sum(gaps[: k + 1]) + sum(lengths[:k]) for k in range(len(gaps))]
    size = starts[-1] + lengths[-1] + draw(st.integers(0, 3))
    text = draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    return text, starts, lengths


def second_corruption(
    text: list[int], starts: list[int], lengths: list[int]
) -> tuple[list[int], list[int]]:
    """Go from token to token, and know whether a span begins or goes on there."""
    inputs, targets, sentinel, left = [], [], FIRST, 0
    for place, token in enumerate(text):
        if place in starts:
            left = lengths[starts.index(place)]
            inputs.append(sentinel)
            targets.append(sentinel)
            sentinel -= 1
        (targets if left else inputs).append(token)
        left = max(left - 1, 0)
    return inputs, [*targets, sentinel]


@given(spans())
def test_spans_are_cut_as_token_by_token(drawn: tuple[list[int], list[int], list[int]]) -> None:
    """On any text, with spans anywhere."""
    inputs, targets = span_corruption(*map(np.array, drawn), FIRST)
    assert (inputs.tolist(), targets.tolist()) == second_corruption(*drawn)


@given(spans())
def test_a_text_can_be_put_together_again(drawn: tuple[list[int], list[int], list[int]]) -> None:
    """Each sentinel of the inputs is replaced by what follows it in the targets."""
    inputs, targets = (each.tolist() for each in span_corruption(*map(np.array, drawn), FIRST))
    whole = []
    for token in inputs:
        if token < 10:
            whole.append(token)
            continue
        begins, ends = targets.index(token) + 1, targets.index(token - 1)
        whole += targets[begins:ends]
    assert whole == drawn[0]
