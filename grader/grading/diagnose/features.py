"""What is going on in the arguments of a call, feature by feature, and how each is switched off.

A bias that is not zero, an option that is given, a batch axis, several heads: with all of them
switched off what is left is the plainest call of its kind.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from grader.exercise.docstrings import docstring_of
from grader.exercise.neutral import neutral_value
from grader.grading.compare import is_float_array
from grader.records import Value

Function = Callable[..., Value]
Arguments = dict[str, Value]
Path = tuple[str, ...]
Change = Callable[[Arguments], Arguments]
MOST_FEATURES, MOST_SWITCHES = 24, 8  # the first ones: of several, all subsets may be tried


class Feature(NamedTuple):
    """One thing that is not plain in a call, and what makes it plain."""

    name: str
    remove: Change


def features_of(reference: Function, arguments: Arguments) -> tuple[Feature, ...]:
    """Return what is not plain in the arguments of a call."""
    found = [*_options(reference, arguments), *_vectors(arguments)]
    found += [*_layers(arguments), *_counts(reference, arguments)]
    found += _batches(reference, arguments)
    return tuple(found[:MOST_FEATURES])


def switches_of(arguments: Arguments) -> tuple[Feature, ...]:
    """Return what switches a part off: a list of layers, or all numbers of a dict in a dict."""
    layers = [Feature(f"without {name}", _shortened(name, 0)) for name in _lists(arguments)]
    groups = {
        path[:-1]: None
        for path, leaf in _leaves(arguments)
        if len(path) > 2 and isinstance(leaf, np.ndarray)
    }
    with_gain = {p[:-1] for p, _ in _leaves(arguments) if neutral_value(p[-1]) == 1.0}
    plain = [path for path in groups if path not in with_gain]
    switches = (*layers, *(Feature(f"without {path[-1]}", _zeroing(path)) for path in plain))
    return switches[:MOST_SWITCHES]


def parts_of(arguments: Arguments) -> int:
    """Return how many parts the arguments of a call have, each of which every change looks at."""
    return sum(1 for _ in _leaves(arguments))


def _layers(arguments: Arguments) -> Iterator[Feature]:
    """Find lists of several layers."""
    for name, layers in _lists(arguments).items():
        if len(layers) > 1:
            yield Feature(f"several {name}", _shortened(name, 1))


def _lists(value: Value, name: str = "") -> dict[str, Value]:
    """Return the lists of dicts in a nest, by the name that each has."""
    if isinstance(value, dict):
        return {k: v for key, item in value.items() for k, v in _lists(item, str(key)).items()}
    is_one = isinstance(value, list) and value and all(isinstance(each, dict) for each in value)
    return {name: value} if is_one else {}


def _shortened(name: str, length: int) -> Change:
    def shorten(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {key: shorten(item, str(key)) for key, item in value.items()}
        return value[:length] if isinstance(value, list) and key == name else value

    return shorten


def _options(reference: Function, arguments: Arguments) -> Iterator[Feature]:
    for name, parameter in inspect.signature(reference).parameters.items():
        given = arguments.get(name, parameter.default)
        if parameter.default is parameter.empty or given is parameter.default:
            continue
        if isinstance(given, np.ndarray) or given != parameter.default:
            yield Feature(name, _without(name))


def _without(name: str) -> Change:
    return lambda arguments: {n: value for n, value in arguments.items() if n != name}


def _vectors(arguments: Arguments) -> Iterator[Feature]:
    """Find biases and gains that do something; those of one dict, in all its copies, are one."""
    active: dict[tuple[Path, float], None] = {}
    for path, leaf in _leaves(arguments):
        plain = neutral_value(path[-1])
        if plain is not None and is_float_array(leaf) and bool((leaf != plain).any()):
            active[path[:-1], plain] = None
    for where, plain in active:
        words = "gain" if plain else "bias"
        yield Feature(" ".join((*where[1:], words)), _setting(where, plain))


def _setting(where: Path, plain: float) -> Change:
    def fill(path: Path, leaf: Value) -> Value:
        concerned = path[:-1] == where and neutral_value(path[-1]) == plain
        return np.full_like(leaf, plain) if concerned and is_float_array(leaf) else leaf

    return lambda arguments: _mapped(arguments, fill)


def _counts(reference: Function, arguments: Arguments) -> Iterator[Feature]:
    """Find whole numbers above one that have to be given, such as the number of heads."""
    for name, parameter in inspect.signature(reference).parameters.items():
        value = arguments.get(name)
        is_count = isinstance(value, int) and not isinstance(value, bool) and value > 1
        if is_count and parameter.default is parameter.empty:
            yield Feature(name, _with_one(name))


def _with_one(name: str) -> Change:
    return lambda arguments: arguments | {name: 1}


def _batches(reference: Function, arguments: Arguments) -> Iterator[Feature]:
    """Find batch axes: those in front of the shape that the docstring gives."""
    most = max((_extra(reference, *each) for each in arguments.items()), default=0)
    if most > 1:
        yield Feature("several batch axes", lambda given: _with_batches(reference, given, 1))
    if most:
        yield Feature("batch axes", lambda given: _with_batches(reference, given, 0))


def _with_batches(reference: Function, arguments: Arguments, count: int) -> Arguments:
    cut = {}
    for name, value in arguments.items():
        extra = max(_extra(reference, name, value) - count, 0)
        cut[name] = value[(0,) * extra] if extra else value
    return cut


def _extra(reference: Function, name: str, value: Value) -> int:
    """Return how many batch axes an argument has."""
    shape = docstring_of(reference).shapes.get(name, ())
    if not isinstance(value, np.ndarray) or not shape or shape[0] != "...":
        return 0
    return max(value.ndim - (len(shape) - 1), 0)


def one_position(reference: Function, arguments: Arguments) -> Arguments:
    """Return the arguments cut to sequences of one position."""
    shapes = docstring_of(reference).shapes
    first = next((s for n, s in shapes.items() if n in arguments and len(s) > 2), ())
    if len(first) < 3:
        return arguments
    return {name: _cut(value, shapes.get(name, ()), first[-2]) for name, value in arguments.items()}


def _cut(value: Value, shape: tuple[str, ...], symbol: str) -> Value:
    if not isinstance(value, np.ndarray):
        return value
    for axis, other in enumerate(reversed(shape), 1):
        if other == symbol and value.ndim >= axis:
            value = np.take(value, [0], axis=-axis)
    return value


def scaled(reference: Function, arguments: Arguments, factor: float) -> Arguments:
    """Return the arguments, with the numbers larger or smaller in what may have batch axes."""
    shapes = docstring_of(reference).shapes
    return {
        name: value * value.dtype.type(factor)
        if is_float_array(value) and shapes.get(name, ("",))[0] == "..."
        else value
        for name, value in arguments.items()
    }


def centred(reference: Function, arguments: Arguments) -> Arguments:
    """Return the arguments with a mean of zero in every row of what may have batch axes."""
    shapes = docstring_of(reference).shapes
    return {
        name: value - value.mean(axis=-1, keepdims=True, dtype=value.dtype)
        if is_float_array(value) and value.ndim and shapes.get(name, ("",))[0] == "..."
        else value
        for name, value in arguments.items()
    }


def _zeroing(where: Path) -> Change:
    def zero(path: Path, leaf: Value) -> Value:
        return np.zeros_like(leaf) if path[:-1] == where and is_float_array(leaf) else leaf

    return lambda arguments: _mapped(arguments, zero)


def _leaves(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Yield what is in a nest, with the names on the way; items of a list share one."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, str(key)))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _leaves(item, path)
    elif path:
        yield path, value


def _mapped(value: Any, change: Callable[[Path, Value], Value], path: Path = ()) -> Any:
    if isinstance(value, dict):
        return {key: _mapped(item, change, (*path, str(key))) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_mapped(item, change, path) for item in value)
    return change(path, value)
