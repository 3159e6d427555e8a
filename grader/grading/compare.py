"""Two values become a `Difference`: in kind, in shape, or in which entries and how far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grader.exercise.truths import truths_in
from grader.grading.compare_numbers import is_numeric, number_difference
from grader.grading.tolerance import Tolerance
from grader.grading.value_words import describe, listed, plain, say_texts, shown
from grader.records import Difference, Value

Path = tuple[Any, ...]  # of indices and keys
Promised = Sequence[tuple[str, str]]

MAX_KEYS = 6  # that are told on both sides
SETS, ROWS = (set, frozenset), (list, tuple)
_EXACT = (int, bool, str, type(None))


def difference(
    yours: Value, wanted: Value, tolerance: Tolerance, promised: Promised = ()
) -> Difference | None:
    """Return how `yours` differs from `wanted`, or None; dtypes are judged apart.

    `promised` are the names and symbolic shapes of the results, where the docstring gives them.
    """
    found = _difference(yours, wanted, tolerance, promised)
    if found is None or found.kind != "type" or found.path:
        return found
    message = f"the function returned {found.message}"
    if yours is None:
        message = message.replace("None", "None (did you forget `return`?)", 1)
    return found._replace(message=message)


def _difference(
    yours: Value, wanted: Value, tolerance: Tolerance, promised: Promised = ()
) -> Difference | None:
    if isinstance(wanted, ROWS):
        return _row_difference(yours, wanted, tolerance, promised)
    if isinstance(wanted, dict):
        return _dict_difference(yours, wanted, tolerance)
    if isinstance(wanted, SETS):
        return _set_difference(yours, wanted, tolerance)
    if is_numeric(wanted) and is_numeric(yours) and _is_truth(yours) is not _is_truth(wanted):
        return Difference("type", f"{describe(plain(yours))}, wanted {describe(plain(wanted))}")
    if is_numeric(wanted):
        symbols = promised[0][1] if len(promised) == 1 else ""
        return number_difference(yours, wanted, tolerance, symbols)
    if isinstance(wanted, str) and isinstance(yours, str):
        return None if yours == wanted else Difference("text", say_texts(yours, wanted))
    if type(yours) is type(wanted) and yours == wanted:
        return None
    return Difference("type", f"{describe(yours)}, wanted {describe(wanted)}")


def dtype_difference(yours: Value, wanted: Value) -> tuple[Path, str, str] | None:
    """Return where two dtypes should agree and do not, and what they are.

    Scalars may be of any type, integers of any width, and what is complex may be real.
    """
    mine = dict(leaves(yours))
    for path, leaf in leaves(wanted):
        other = mine.get(path)
        if not (isinstance(leaf, np.ndarray) and leaf.ndim and isinstance(other, np.ndarray)):
            continue
        same_kind = leaf.dtype.kind in "iu" and other.dtype.kind in "iu"
        is_real = leaf.dtype.kind == "c" and other.dtype == leaf.real.dtype
        if other.dtype != leaf.dtype and not same_kind and not is_real:
            return path, str(other.dtype), str(leaf.dtype)
    return None


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


def _row_difference(
    yours: Value, wanted: Sequence[Value], tolerance: Tolerance, promised: Promised
) -> Difference | None:
    """Compare a list or a tuple; a tuple is several results, which a docstring may name."""
    names = [name for name, _ in promised] if len(promised) == len(wanted) else []
    if not isinstance(yours, ROWS) or len(yours) != len(wanted):
        return Difference("type", f"{describe(yours)}, wanted {_asked(yours, wanted, names)}")
    if _is_exact(wanted) and _is_exact(yours) and _with_types(yours) == _with_types(wanted):
        return None  # at once: a list may be long
    tolerance = tolerance.amid(wanted) if isinstance(wanted, list) else tolerance.for_each()
    for index, (mine, theirs) in enumerate(zip(yours, wanted, strict=True)):
        if isinstance(wanted, list) and isinstance(theirs, tuple):
            theirs = list(theirs)  # an entry of a list, and no several results
        found = _difference(mine, theirs, tolerance, promised[index : index + 1] if names else ())
        if found:
            named = f"`{names[index]}`" if names else f"result {index + 1}"
            return _inside(found, index, f"[{index}]" if isinstance(wanted, list) else named)
    return None


def _asked(yours: Value, wanted: Sequence[Value], names: Sequence[str]) -> str:
    if isinstance(wanted, list):
        hint = ": `.tolist()` makes one of it" if isinstance(yours, np.ndarray) else ""
        return f"{describe(wanted)}{hint}"
    return f"{len(wanted)} results" + (f": {' and '.join(names)}" if names else "")


def _is_exact(row: Sequence[Value]) -> bool:
    """Tell whether a row holds nothing but what is compared as Python does."""
    return all(isinstance(item, _EXACT) for item in row)


def _with_types(row: Sequence[Value]) -> list[tuple[bool, Value]]:
    return [(isinstance(item, bool), item) for item in row]


def _is_truth(value: Value) -> bool:
    """Tell whether this is True or False, and not 1 or 0, whatever Python makes of that."""
    return isinstance(plain(value), bool)


def _dict_difference(
    yours: Value, wanted: dict[Any, Value], tolerance: Tolerance
) -> Difference | None:
    if not isinstance(yours, dict):
        return Difference("type", f"{describe(yours)}, wanted a dict of {len(wanted)}")
    if yours.keys() != wanted.keys() or truths_in(yours).keys() != truths_in(wanted).keys():
        return Difference("content", _say_keys(yours, wanted))
    tolerance = tolerance.for_each()
    for key, theirs in wanted.items():
        if found := _difference(yours[key], theirs, tolerance):
            return _inside(found, key, f"[{shown(key)}]")
    return None


def _say_keys(yours: dict[Any, Value], wanted: dict[Any, Value]) -> str:
    if max(len(yours), len(wanted)) <= MAX_KEYS:
        keys = [", ".join(map(shown, sorted(d, key=str))) or "none" for d in (yours, wanted)]
        return f"the dict has the keys {keys[0]}; wanted {keys[1]}"
    return _say_lacking("the dict", wanted.keys() - yours.keys(), yours.keys() - wanted.keys())


def _say_lacking(what: str, missing: set[Value], extra: set[Value]) -> str:
    said = [f"lacks {listed(missing)}"] if missing else []
    said += [f"should not have {listed(extra)}"] if extra else []
    return f"{what} {' and '.join(said)}"


def _set_difference(
    yours: Value, wanted: set[Value] | frozenset[Value], tolerance: Tolerance
) -> Difference | None:
    if not isinstance(yours, SETS):
        return Difference("type", f"{describe(yours)}, wanted a set of {len(wanted)}")
    missing, extra = set(wanted - yours), set(yours - wanted)
    mine, theirs = truths_in(yours), truths_in(wanted)
    missing |= {value for apart, value in theirs.items() if apart not in mine}
    extra |= {value for apart, value in mine.items() if apart not in theirs}
    _pair_off(missing, extra, tolerance)
    if not (missing or extra):
        return None
    return Difference("content", _say_lacking("the set", missing, extra))


def _pair_off(missing: set[Value], extra: set[Value], tolerance: Tolerance) -> None:
    """Take out of both what differs by rounding only: one float of each, in their order."""
    theirs, mine = (sorted(filter(_is_float, each), key=_place) for each in (missing, extra))
    if len(theirs) != len(mine):
        return
    for wanted, yours in zip(theirs, mine, strict=True):
        if _difference(yours, wanted, tolerance) is None:
            missing.discard(wanted)
            extra.discard(yours)


def _is_float(value: Value) -> bool:
    return isinstance(value, (float, complex))


def _place(number: complex) -> tuple[float, float]:
    return round(number.real, 6), number.imag


def _inside(found: Difference, step: Any, label: str) -> Difference:
    """Return a difference as that of a part; `[1]` and `[2]` inside it are read as `[1][2]`."""
    message = found.message
    if found.kind == "type" and not found.path:
        message = f"yours is {message}"
    gap = "" if message.startswith("[") and found.path else ": "
    return found._replace(message=f"{label}{gap}{message}", path=(plain(step), *found.path))
