"""What a case returns, a call or several in a row, and what a picture does: calls to be drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from grader.exercise.pictures import View
from grader.records import Inputs, ResultOf, Value


def inputs(*args: Value, **kwargs: Value) -> Inputs:
    """Return the arguments of one call: required ones by position, optional ones by keyword.

    Within lists, tuples, dicts and sets, NumPy's numbers and texts become Python's.
    """
    return Inputs(
        tuple(map(_of_python, args)), {name: _of_python(each) for name, each in kwargs.items()}
    )


def _of_python(value: Value) -> Value:
    """Return a nest with what is NumPy's in it as Python's, arrays apart."""
    kind = type(value)
    if kind is dict:
        return {_plain(key): _plain(item) for key, item in value.items()}
    return kind(map(_plain, value)) if kind in (list, tuple, set, frozenset) else value


def _plain(value: Value) -> Value:
    return value.item() if isinstance(value, np.generic) else _of_python(value)


def calls(*steps: tuple[Value, ...]) -> Inputs:
    """Return several calls in a row: of each the name, and its arguments.

    `("new", 3)` calls the reference, and what that makes has the methods and attributes that the
    next steps name. By its own name, a function is called again: `("add", 1), ("add", 2)`.
    """
    return inputs(*steps)


def result_of(function: Callable[..., Value], *args: Value, part: int) -> Value:
    """Return, for an argument, a part of what another function of the exercise returns.

    That is the learner's own function where the learner's is called.
    """
    place = {"result of": function.__name__, "in": function.__module__}
    # As grader/learner/inside/chained.py reads it.
    return ResultOf(place | {"args": args, "part": part})


def counting(call: Inputs, part: int, most: int) -> Inputs:
    """Return a call of whose result one part is not compared: it may hold so many arrays."""
    return call._replace(own=(part, most))


def view(
    title: str,
    call: Inputs,
    of: str = "",
    part: Sequence[int | str] = (),
    products: bool = False,
    rows: Sequence[object] = (),
    columns: Sequence[object] = (),
    words: Sequence[str] = (),
) -> View:
    """Return a call whose result is drawn: a table as a heat map, a row of numbers as bars.

    Parameters
    ----------
    title : str
        What tells this view from the others beside it.
    call : Inputs
        The arguments, the same ones every time.
    of : str
        The function to call, where it is another than the reference above.
    part : sequence of int or str
        The indices that lead to what is drawn, where that is not the whole result.
    products : bool
        Draw the dot products between the rows instead of the rows.
    rows, columns : sequence
        Labels; a row of numbers is labelled by `columns`.
    words : sequence of str
        What each id is written as, where the result is a row of ids.
    """
    labels = tuple(map(str, rows)), tuple(map(str, columns))
    return View(title, call, of, tuple(part), products, *labels, tuple(words))
