"""Two values become a `Difference`: in kind, in shape, or in which entries and how far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from grader.records import Difference, Inputs, Value

Array = np.ndarray[Any, Any]
Path = tuple[int | str, ...]
Promised = Sequence[tuple[str, str]]

_RTOL, _ATOL = 1e-6, 1e-8
_SINGLE_RTOL, _SINGLE_ATOL = 2e-4, 3e-5


class Tolerance(NamedTuple):
    """How far a right answer may be from the reference's, given what it was computed from.

    In float64 a relative and an absolute part; in float32 the absolute part grows with the
    largest magnitude of the wanted values and with the rounding of the largest input.
    """

    single: bool = False
    largest_input: float = 0.0

    @classmethod
    def of(cls, inputs: Inputs) -> Tolerance:
        """Return the tolerance for results computed from `inputs`."""
        arrays: list[Array] = []
        _gather(inputs, arrays)
        if not any(array.dtype.itemsize < 8 for array in arrays):
            return cls()
        return cls(True, max((_largest(array) for array in arrays), default=0.0))

    def near(self, yours: Array, wanted: Array) -> Array:
        """Return which entries agree; NaN agrees with NaN, an infinity with its like."""
        with np.errstate(all="ignore"):
            close = np.abs(yours - wanted) <= self.margins(wanted)
            result: Array = close & np.isfinite(wanted) | (yours == wanted)
        return result | (np.isnan(yours) & np.isnan(wanted))

    def margins(self, wanted: Array) -> Array:
        """Return how far from each entry another number may be."""
        rtol, atol = _RTOL, _ATOL
        if self.single:
            rounding = float(np.finfo(np.float32).eps) * self.largest_input
            rtol, atol = _SINGLE_RTOL, _SINGLE_ATOL * _largest(wanted) + rounding
        allowed: Array = atol + rtol * np.abs(wanted)
        return allowed


def _gather(value: Value, arrays: list[Array]) -> None:
    """Add the floating arrays of a nest; this is asked for every comparison that is made."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        if is_float_array(value):
            arrays.append(value)
        return
    for item in value:
        _gather(item, arrays)


def difference(
    yours: Value, wanted: Value, tolerance: Tolerance, promised: Promised = ()
) -> Difference | None:
    """Return how `yours` differs from `wanted`, or None; dtypes are judged apart.

    `promised` are the names and symbolic shapes of the results, where the docstring gives them.
    """
    if isinstance(wanted, (list, tuple)):
        return _sequence_difference(yours, wanted, tolerance, promised)
    if isinstance(wanted, dict):
        return _dict_difference(yours, wanted, tolerance)
    if _is_numeric(wanted):
        symbols = promised[0][1] if len(promised) == 1 else ""
        return _array_difference(yours, np.asarray(wanted), tolerance, symbols)
    if type(yours) is type(wanted) and yours == wanted:
        return None
    if isinstance(yours, str) and isinstance(wanted, str):
        return Difference("values", f"yours {_short(yours)}, wanted {_short(wanted)}")
    return Difference("type", f"{_returned(yours)}, wanted {_short(wanted)}")


def dtype_difference(yours: Value, wanted: Value) -> tuple[Path, str, str] | None:
    """Return where two dtypes should agree and do not, and what they are.

    Scalars may be of any type; integers may be of any width.
    """
    mine = dict(leaves(yours))
    for path, leaf in leaves(wanted):
        other = mine.get(path)
        if not (isinstance(leaf, np.ndarray) and leaf.ndim and isinstance(other, np.ndarray)):
            continue
        same_kind = leaf.dtype.kind in "iu" and other.dtype.kind in "iu"
        if other.dtype != leaf.dtype and not same_kind:
            return path, str(other.dtype), str(leaf.dtype)
    return None


def modified(before: Inputs, after: Inputs) -> tuple[tuple[str, Path], ...]:
    """Return what a call did to its arguments: "changed", "removed" or "added", and the path."""
    if before is after:
        return ()
    if _is_untouched(before.args, after.args) and _is_untouched(before.kwargs, after.kwargs):
        return ()
    old, new = (dict(leaves((i.args, i.kwargs))) for i in (before, after))
    removed = [("removed", path) for path in old if path not in new]
    added = [("added", path) for path in new if path not in old]
    both = [path for path in old if path in new]
    changed = [("changed", path) for path in both if not _identical(old[path], new[path])]
    return tuple(changed + removed + added)


def _is_untouched(old: Value, new: Value) -> bool:
    """Tell at once of most arguments that they are as they were; False leaves it open."""
    if type(old) is not type(new):
        return False
    if isinstance(old, np.ndarray):
        alike = old.dtype == new.dtype and old.shape == new.shape
        return alike and bool(old.tobytes() == new.tobytes())
    if isinstance(old, dict):
        return old.keys() == new.keys() and all(_is_untouched(old[key], new[key]) for key in old)
    if isinstance(old, (list, tuple)):
        return len(old) == len(new) and all(map(_is_untouched, old, new))
    return bool(old == new)


def leaves(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Yield every part of a nest of lists, tuples and dicts that is none, with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, value


def is_float_array(value: Value) -> bool:
    """Tell whether `value` is an array of floating-point numbers."""
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def describe(value: Value) -> str:
    """Return what kind of value this is, in a few words."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else "a single number"
    if isinstance(value, (bool, int, float, np.generic)):
        return "a single number"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    return f"a {type(value).__name__}"


def _sequence_difference(
    yours: Value, wanted: Sequence[Value], tolerance: Tolerance, promised: Promised
) -> Difference | None:
    is_list = isinstance(wanted, list)
    names = [name for name, _ in promised] if len(promised) == len(wanted) and not is_list else []
    if not isinstance(yours, (list, tuple)) or len(yours) != len(wanted):
        listed = f": {' and '.join(names)}" if names else ""
        asked = describe(wanted) if is_list else f"{len(wanted)} results{listed}"
        return Difference("type", f"{_returned(yours)}, wanted {asked}")
    for index, (mine, theirs) in enumerate(zip(yours, wanted, strict=True)):
        if is_list and isinstance(theirs, tuple):
            theirs = list(theirs)  # an entry of a list, and no several results
        found = difference(mine, theirs, tolerance, promised[index : index + 1] if names else ())
        if found:
            unnamed = f"[{index}]" if is_list else f"result {index + 1}"
            label = f"`{names[index]}`" if names else unnamed
            return _inside(found, index, label)
    return None


def _dict_difference(
    yours: Value, wanted: dict[Any, Value], tolerance: Tolerance
) -> Difference | None:
    if not isinstance(yours, dict):
        return Difference("type", f"{_returned(yours)}, wanted a dict")
    if yours.keys() != wanted.keys():
        keys = [", ".join(map(repr, sorted(d, key=str))) or "none" for d in (yours, wanted)]
        return Difference("type", f"the dict has the keys {keys[0]}; wanted {keys[1]}")
    for key, theirs in wanted.items():
        if found := difference(yours[key], theirs, tolerance):
            return _inside(found, key, f"[{key!r}]")
    return None


def _inside(found: Difference, step: int | str, label: str) -> Difference:
    between = "" if found.message.startswith("[") else ": "
    return found._replace(message=f"{label}{between}{found.message}", path=(step, *found.path))


def _array_difference(
    yours: Value, wanted: Array, tolerance: Tolerance, symbols: str
) -> Difference | None:
    if not _is_numeric(yours):
        target = "an array" if wanted.ndim else "a number"
        return Difference("type", f"{_returned(yours)}, wanted {target}{_list_hint(yours)}")
    mine = np.asarray(yours)
    if mine.shape != wanted.shape:
        meaning = f", that is {symbols}" if symbols.strip("(.)") else ""
        return Difference("shape", f"the shape is {mine.shape}, wanted {wanted.shape}{meaning}")
    wrong = ~tolerance.near(_comparable(mine), _comparable(wanted))
    return _values_difference(mine, wanted, wrong) if wrong.any() else None


def _values_difference(mine: Array, target: Array, wrong: Array) -> Difference:
    first = tuple(int(i) for i in np.argwhere(wrong)[0]) if wrong.ndim else ()
    pair = _pair(mine[first], target[first])
    yours, wanted = _comparable(mine), _comparable(target)
    lost = wrong & ~np.isfinite(yours) & np.isfinite(wanted)
    if not wrong.ndim:
        return Difference("nan" if lost.any() else "values", pair, (), first, wrong)
    count = f"{int(wrong.sum())} of {wrong.size} entries differ"
    place = f"the first at {list(first)}: {pair}"
    if target.dtype == np.bool_:
        return Difference("values", f"{count}; {place}", (), first, wrong)
    if lost.any():
        what = "nan" if np.isnan(yours[lost]).any() else "infinite"
        text = f"{count}, {int(lost.sum())} of them {what}; {place}"
        return Difference("nan", text, (), first, wrong)
    far = _say_how_far(yours, wanted, wrong & np.isfinite(wanted))
    return Difference("values", f"{count}; {place}{far}", (), first, wrong)


def _say_how_far(yours: Array, wanted: Array, wrong: Array) -> str:
    """Return how far off the wrong entries are, and of close ones whether all are as far off."""
    with np.errstate(all="ignore"):
        signed = (yours - wanted)[wrong]
        distances = np.abs(signed)
    if not distances.size:
        return ""
    furthest, is_one = distances.max(), distances.size == 1
    if is_one or furthest > 1e-3 * _largest(wanted) or distances.min() < 0.8 * furthest:
        return f"; the largest difference is {furthest:.2g}"
    ways = {"too large" if step > 0 else "too small" for step in signed.real}
    return f"; each is {ways.pop() if len(ways) == 1 else 'off'} by about {furthest:.1g}"


def _pair(yours: Any, wanted: Any) -> str:
    """Return two numbers with 4 significant digits, or as many as tell them apart."""
    pairs = ((_figure(yours, digits), _figure(wanted, digits)) for digits in range(4, 18))
    mine, theirs = next((pair for pair in pairs if pair[0] != pair[1]), (yours, wanted))
    return f"yours {mine}, wanted {theirs}"


def _figure(value: Any, digits: int) -> str:
    return str(value) if isinstance(value, np.bool_) else f"{value + 0:.{digits}g}"


def _returned(value: Value) -> str:
    if value is None:
        return "the function returned None (did you forget `return`?)"
    return f"the function returned {describe(value)}"


def _list_hint(value: Value) -> str:
    if isinstance(value, tuple):
        return ": return only that"
    return ": np.array(…) makes one of it" if isinstance(value, list) else ""


def _short(value: Value) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _is_numeric(value: Value) -> bool:
    return isinstance(value, (np.ndarray, np.generic, bool, int, float))


def _comparable(array: Array) -> Array:
    return array if array.dtype.kind == "c" else array.astype(np.float64)


def _identical(old: Value, new: Value) -> bool:
    if not isinstance(old, np.ndarray):
        return type(old) is type(new) and bool(old == new or old != old)
    if not isinstance(new, np.ndarray) or (old.shape, old.dtype) != (new.shape, new.dtype):
        return False
    return bool(np.array_equal(old, new, equal_nan=old.dtype.kind in "fc"))


def _largest(array: Array) -> float:
    finite = np.abs(array[np.isfinite(array)])
    return float(finite.max()) if finite.size else 0.0
