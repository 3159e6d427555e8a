"""How far a right answer may be from the reference's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from grader.records import Inputs, Value

Array = np.ndarray[Any, Any]

_RTOL, _ATOL = 1e-6, 1e-8
_SINGLE_RTOL, _SINGLE_ATOL = 2e-4, 3e-5
_ROUNDING = 1e-6  # of the largest input, times _ATOL: what is left of it where terms cancel


class Tolerance(NamedTuple):
    """How far a right answer may be from the reference's, given what it was computed from.

    A relative part, and an absolute one that follows the largest magnitude of the values wanted: in
    float64 it is never more than 1e-8, and less where all are smaller; in float32 it also grows
    with the rounding of the largest input. `rtol` and `atol` are an author's, in their place. The
    numbers of a list are `among` each other, as those of an array are: that is the largest of them,
    and `given` the largest input, which are then looked for once for all. A check of an author's
    `allows` other answers than the `right` one, or says in a sentence what is wrong with one.
    """

    inputs: Inputs | None = None
    rtol: float | None = None
    atol: float | None = None
    single: bool = False
    among: float | None = None
    given: float | None = None
    allows: Callable[[Value], str | None] | None = None
    right: Value = None

    @classmethod
    def of(cls, inputs: Inputs, rtol: float | None = None, atol: float | None = None) -> Tolerance:
        """Return the tolerance for results computed from `inputs`."""
        return cls(inputs, rtol, atol, any(map(_is_single, _numbers(inputs))))

    def amid(self, values: Value) -> Tolerance:
        """Return the tolerance for each of the values of a list, unless it lies in another one."""
        if self.among is not None:
            return self
        most = max(map(largest, _numbers(values)), default=0.0)
        return self.for_each()._replace(among=most)

    def for_each(self) -> Tolerance:
        """Return the tolerance for many values: what all of them ask for is looked for once."""
        return self._replace(given=self._largest_input)

    def near(self, yours: Array, wanted: Array) -> Array:
        """Return which entries agree; NaN agrees with NaN, an infinity with its like."""
        with np.errstate(all="ignore"):
            excess = np.abs(yours - wanted) - self._relative * np.abs(wanted)
            close = excess <= self._absolute(wanted, excess)
            result: Array = close & np.isfinite(wanted) | (yours == wanted)
        return result | (np.isnan(yours) & np.isnan(wanted))

    def margins(self, wanted: Array) -> Array:
        """Return how far from each entry another number may be, or a little more."""
        allowed: Array = self._relative * np.abs(wanted) + self._absolute(wanted)
        return allowed

    @property
    def _relative(self) -> float:
        usual = _SINGLE_RTOL if self.single else _RTOL
        return usual if self.rtol is None else self.rtol

    def _absolute(self, wanted: Array, excess: Array | None = None) -> float:
        """Return the absolute part; what takes long is asked where it decides.

        It does where an entry is in `excess` of the relative part, and by little; without one, the
        most that it can be is returned.
        """
        if excess is not None and not np.any(excess > 0):
            return 0.0
        if self.atol is not None:
            return self.atol
        if self.single:
            rounding = float(np.finfo(np.float32).eps) * self._largest_input
            return _SINGLE_ATOL * self._largest(wanted) + rounding
        if excess is None:
            return _ATOL
        magnitude = self._largest(wanted) or self._largest_input or 1.0
        least = _ATOL * min(1.0, magnitude)
        if not np.any((excess > least) & (excess <= _ATOL)):
            return least
        return _ATOL * min(1.0, max(magnitude, _ROUNDING * self._largest_input))

    def _largest(self, wanted: Array) -> float:
        return largest(wanted) if self.among is None else self.among

    @property
    def _largest_input(self) -> float:
        if self.given is not None:
            return self.given
        return max(map(largest, _numbers(self.inputs)), default=0.0)


def largest(value: Value) -> float:
    """Return the largest finite magnitude of an array, or of a number."""
    array = np.asarray(value)
    finite = np.abs(array[np.isfinite(array)])
    return float(finite.max()) if finite.size else 0.0


def _numbers(value: Value) -> Iterator[Value]:
    """Yield the floating arrays and numbers of a nest, complex ones too."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        if isinstance(value, (float, complex)) or _kind(value) in ("f", "c"):
            yield value
        return
    for item in value:
        yield from _numbers(item)


def _is_single(number: Value) -> bool:
    """Tell whether there is less in a number than float64 holds, or two of those."""
    dtype = getattr(number, "dtype", None)
    return dtype is not None and bool(dtype.itemsize < (16 if dtype.kind == "c" else 8))


def _kind(value: Value) -> str:
    return value.dtype.kind if isinstance(value, (np.ndarray, np.generic)) else ""
