"""Several mistakes put in place at once: one function that makes all of them.

Mistakes of different functions take the places of those; edits of one function are made together in
its source; and what only changes what goes in or comes out is put around whatever stands there.
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import lru_cache
from typing import Any, NamedTuple

from grader.exercise.bounded import Bounded
from grader.exercise.edits import Edit, are_apart, edited
from grader.exercise.manners import manner_of, set_manner
from grader.grading.trials import Trial, bind, call_trusted, replaced
from grader.records import Answer, Inputs, Returned, Value

Function = Callable[..., Value]
# What a class has that nobody wrote into it.
_OF_ANY_CLASS = {
    *vars(type("Plain", (), {})),
    *("__annotations__", "__firstlineno__", "__static_attributes__"),
    *("__manner__", "__signature__"),
}
# Makes of a function one that has something done to its arguments, or to its result.
Around = Callable[[Function], Function]


class Put(NamedTuple):
    """How a mistake is put in the place of a reference: one of the three."""

    reference: Function
    edit: Edit | None = None
    implementation: Function | None = None
    around: Around | None = None


def compose(function: Function, puts: Sequence[Put]) -> Callable[[Trial], Answer] | None:
    """Return what runs a function with all of these in place; None where two exclude each other."""
    made: dict[Function, Function] = {}
    for reference in dict.fromkeys(put.reference for put in puts):
        here = [put for put in puts if put.reference is reference]
        implementation = _in_one_place(reference, here)
        if implementation is None:
            return None
        made[reference] = implementation
    whole = made.pop(function, function)
    runs = whole if isinstance(whole, Bounded) else Bounded(whole)
    if not made:
        return lambda trial: call_trusted(runs, trial.inputs)

    def run(trial: Trial) -> Answer:
        with ExitStack() as until_the_end:
            for reference, implementation in made.items():
                until_the_end.enter_context(replaced(reference, implementation))
            return call_trusted(runs, trial.inputs)

    return run


def _in_one_place(reference: Function, puts: Sequence[Put]) -> Function | None:
    whole = [put.implementation for put in puts if put.implementation]
    whole = whole if len(whole) < 2 else _of_classes(reference, whole) or whole
    edits = [put.edit for put in puts if put.edit]
    if len(whole) + bool(edits) > 1 or not are_apart(edits):
        return None
    try:
        made = whole[0] if whole else _bounded(reference, *sorted(edits)) if edits else reference
    except SyntaxError:
        return None
    for put in puts:
        if put.around:
            made = put.around(made)
    set_manner(made, manner_of(reference))
    return made


def _of_classes(reference: Function, mistakes: Sequence[Function]) -> list[Function]:
    """Return one class of several, if each is the reference with other methods of its own."""
    classes = [inspect.unwrap(each) for each in mistakes]
    if not isinstance(reference, type) or not all(reference in each.__bases__ for each in classes):
        return []
    own = Counter(name for each in classes for name in vars(each) if name not in _OF_ANY_CLASS)
    if max(own.values(), default=0) > 1:
        return []
    return [type(reference.__name__, tuple(classes), {"__module__": reference.__module__})]


@lru_cache(maxsize=4096)
def _bounded(reference: Function, *edits: Edit) -> Function:
    """Return a function with edits, always the same one, which is given up if it does not end."""
    return Bounded(edited(reference, *edits))


def calling(reference: Function, implementation: Function) -> Around:
    """Return what puts a mistake that calls its reference around whatever stands in its place."""

    def around(function: Function) -> Function:
        if function is reference:
            return implementation

        def called(*args: Any, **kwargs: Any) -> Value:
            with replaced(reference, function):
                return implementation(*args, **kwargs)

        return called

    return around


def around_inputs(
    reference: Function, change: Callable[[dict[str, Value]], dict[str, Value] | None]
) -> Around:
    """Return what gives a function other arguments, where the change has something to change."""

    def around(function: Function) -> Function:
        def called(*args: Any, **kwargs: Any) -> Value:
            changed = change(bind(reference, Inputs(args, kwargs)))
            return function(*args, **kwargs) if changed is None else function(**changed)

        return called

    return around


def unchanged(answer: Answer, trial: Trial) -> Answer:
    """Return an answer that says nothing of which inputs were changed on the way."""
    return Returned(answer.value, trial.inputs) if isinstance(answer, Returned) else answer
