"""How a function is called, and what of the call is its answer: the same on both sides.

A manner is a dict of plain values: `prints` (what it prints is the answer), `changes` (an argument,
by name and place: what it is afterwards), `yields` (so many values of a generator), `script`
(several calls in a row) and the `methods` of a class, all else that it has being attributes,
`functions` and `rng` (arguments that are given by name, and by seed).
"""

from __future__ import annotations

import contextlib
import copy
import io
import operator
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

# What may be given by name in the place of a function.
FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: getattr(np, name) for name in ("sin", "cos", "tan", "exp", "log", "sqrt", "tanh")},
    **{name: getattr(np, name) for name in ("square", "floor", "ceil", "mean")},
    **{
        name: getattr(operator, name)
        for name in ("add", "sub", "mul", "truediv", "lt", "gt", "neg")
    },
    "abs": abs,
    "len": len,
    "max": max,
    "min": min,
    "sum": sum,
    "str": str,
    "int": int,
    "float": float,
    "upper": str.upper,
    "lower": str.lower,
    "identity": lambda x: x,
    "double": lambda x: 2 * x,
    "cube": lambda x: x**3,
    "is_even": lambda x: x % 2 == 0,
    "is_positive": lambda x: x > 0,
}


def perform(
    function: Callable[..., Any],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    manner: Mapping[str, Any],
    printed_to: Callable[[Any], Any] = contextlib.redirect_stdout,
) -> Any:
    """Call a function in a manner, and return what of the call is its answer.

    What it prints goes to the stream that `printed_to` is given, if that is the answer.
    """
    args, kwargs = _given(args, kwargs, manner)
    if manner.get("script"):
        return _follow(function, args, manner.get("methods"))
    if manner.get("prints"):
        with printed_to(io.StringIO()) as printed:
            function(*args, **kwargs)
        return _tidy(printed.getvalue())
    if "changes" in manner:
        name, place = manner["changes"]
        changed = copy.deepcopy(kwargs[name] if name in kwargs else args[place])
        if name in kwargs:
            kwargs[name] = changed
        else:
            args[place] = changed
        function(*args, **kwargs)
        return changed
    if "yields" in manner:
        made = islice(_generator(function(*args, **kwargs)), manner["yields"])
        return [_as_it_is(each) for each in made]
    return function(*args, **kwargs)


def _generator(made: Any) -> Any:
    """Return what a generator function gave; raise where there is nothing that could be yielded."""
    if not hasattr(made, "__next__"):
        what = "nothing" if made is None else f"one {type(made).__name__}"
        raise TypeError(
            f"it returned {what} and has no `yield`, which hands out one value at a time"
        )
    return made


def _given(
    args: Sequence[Any], kwargs: Mapping[str, Any], manner: Mapping[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """Return the arguments with functions for their names, and a generator for its seed."""
    args, kwargs = [*args], {**kwargs}
    makers: list[tuple[Any, Callable[[Any], Any]]] = []
    makers += [(each, _function) for each in manner.get("functions", ())]
    makers += [(manner["rng"], np.random.default_rng)] if "rng" in manner else []
    for (name, place), make in makers:
        if name in kwargs:
            kwargs[name] = make(kwargs[name])
        elif place < len(args):
            args[place] = make(args[place])
    return args, kwargs


def _function(name: Any) -> Callable[..., Any]:
    if name not in FUNCTIONS:
        raise ValueError(f"there is no function {name!r} to be given: {', '.join(FUNCTIONS)}")
    return FUNCTIONS[name]


def _follow(
    function: Callable[..., Any], steps: Sequence[Any], methods: Sequence[str] | None
) -> list[Any]:
    """Make calls in a row, and return what each gives; "new" makes what the next are about."""
    made: Any = None
    results: list[Any] = []
    for name, *given in steps:
        if name == "new":
            made = function(*given)
            results.append(None)
            continue
        is_itself = name == getattr(function, "__name__", "")
        called = function if is_itself else _looked_up(made, name, methods)
        result = called(*given) if callable(called) else called
        results.append(_as_it_is(result))
    return results


def _as_it_is(value: Any) -> Any:
    """Return a copy of a value as it is now, whatever becomes of it later."""
    try:
        return copy.deepcopy(value)
    except TypeError:  # it is no value that could cross: who takes it says of which kind it is
        return value


def _looked_up(made: Any, name: str, methods: Sequence[str] | None) -> Any:
    """Return what an object has by a name; raise TypeError where a method is an attribute."""
    found = getattr(made, name)
    if methods is not None and not name.startswith("_") and callable(found) != (name in methods):
        kinds = ("an attribute", "a method")
        wanted, other = kinds if name not in methods else kinds[::-1]
        raise TypeError(f"{name} is to be {wanted}, and is {other}")
    return found


def _tidy(text: str) -> str:
    """Return what was printed without white space that nobody sees, at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.rstrip().split("\n"))
