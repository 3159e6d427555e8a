"""A check as a few lines of Python, to be pasted at the end of one's own file."""

from __future__ import annotations

import builtins
import operator
import textwrap
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.exercise.definition import Definition
from grader.exercise.manners import manner_of
from grader.grading.trials import Trial, bind
from grader.learner.inside.behaviour import FUNCTIONS
from grader.learner.inside.chained import RESULT_OF
from grader.present.values_python import assignment, is_too_much, literal
from grader.records import Raised, ResultOf, Value

# Functions that are given by name and have no name of their own.
_WRITTEN = {
    "identity": "lambda x: x",
    "double": "lambda x: 2 * x",
    "cube": "lambda x: x**3",
    "is_even": "lambda x: x % 2 == 0",
    "is_positive": "lambda x: x > 0",
    "upper": "str.upper",
    "lower": "str.lower",
}
_BOTH = 'print("yours", yours, "wanted", wanted, sep="\\n")'


def is_too_much_to_paste(trial: Trial) -> bool:
    """Tell whether a check takes more numbers, or returns more, than anybody pastes."""
    wanted = [] if isinstance(trial.wanted, Raised) else [trial.wanted.value]
    return any(map(is_too_much, [*trial.inputs.args, *trial.inputs.kwargs.values(), *wanted]))


def render_paste(definition: Definition, trial: Trial, seed: int) -> str:
    """Return the lines that rebuild the inputs of a check, make its call, and print both results.

    They stand below `if __name__ == "__main__":`, so that a grade of the file does not run them.
    """
    reference = definition.references[trial.case.function]
    is_script = manner_of(reference).get("script")
    lines = _script(reference, trial) if is_script else _call(reference, trial)
    lines[1:1] = _own(trial)
    head = f'if __name__ == "__main__":  # the check {trial.case.name}, --seed {seed}'
    return f"{head}\n{textwrap.indent(chr(10).join(lines), '    ')}"


def _own(trial: Trial) -> list[str]:
    """Return the lines that keep Python's own functions from being called by a name of theirs.

    A file that has none of its own is to fail there: Python's might do anything with the arguments.
    """
    given = (*trial.inputs.args, *trial.inputs.kwargs.values())
    first = (str(each[RESULT_OF]) for each in given if isinstance(each, ResultOf))
    called = dict.fromkeys((trial.case.function, *first))
    return [f"from __main__ import {name}" for name in called if _is_of_python(name)]


def _is_of_python(name: str) -> bool:
    return hasattr(builtins, unicodedata.normalize("NFKC", name))  # as Python reads it


def _call(reference: Callable[..., Value], trial: Trial) -> list[str]:
    """Return the lines of one call, and of what of it is the answer."""
    manner, wanted = manner_of(reference), trial.wanted
    inputs = bind(reference, trial.inputs)
    count = len(trial.inputs.args)
    arguments = [*list(inputs)[:count], *(f"{name}={name}" for name in list(inputs)[count:])]
    call = f"{trial.case.function}({', '.join(arguments)})"
    lines = ["import numpy as np", "", *(_assigned(*item, manner) for item in inputs.items())]
    if manner.get("prints"):
        lines += ['print("yours")', call, 'print("wanted")']
        return [*lines, _said(f"a {wanted.type}" if isinstance(wanted, Raised) else wanted.value)]
    lines += _yours(call, manner)
    if isinstance(wanted, Raised):
        return [*lines, f'print("yours", yours, "wanted: a {wanted.type}", sep="\\n")']
    return [*lines, assignment("wanted", wanted.value), _BOTH]


def _said(value: Value) -> str:
    return f"print({literal(value)})"


def _yours(call: str, manner: Mapping[str, Any]) -> list[str]:
    """Return the lines that give a name to the answer of a call."""
    if "changes" in manner:
        return [call, f"yours = {manner['changes'][0]}"]
    if "yields" in manner:
        return [
            "from itertools import islice",
            "",
            f"yours = list(islice({call}, {manner['yields']}))",
        ]
    return [f"yours = {call}"]


def _assigned(name: str, value: Value, manner: Mapping[str, Any]) -> str:
    """Return a line that gives an argument its name: a function, a generator, or a value."""
    if name in [each for each, _ in manner.get("functions", ())]:
        return f"{name} = {_function(value)}"
    if name == manner.get("rng", ("",))[0]:
        return f"{name} = np.random.default_rng({literal(value)})"
    return assignment(name, value)


def _function(name: str) -> str:
    """Return a function that is given by name as Python writes it."""
    function = FUNCTIONS[name]
    if name in _WRITTEN:
        return _WRITTEN[name]
    if function is getattr(operator, name, None) and name not in vars(builtins):
        return f'__import__("operator").{name}'
    return f"np.{name}" if function is getattr(np, name, None) else name


def _script(reference: Callable[..., Value], trial: Trial) -> list[str]:
    """Return a line for each call of a script, which prints what it gives beside what is wanted."""
    function, wanted = trial.case.function, trial.wanted
    lines = ["import numpy as np", ""]
    if isinstance(wanted, Raised):
        lines.append(f'print("wanted of one of these calls: a {wanted.type}")')
    for number, (name, *given) in enumerate(trial.inputs.args):
        arguments = ", ".join(map(literal, given))
        if name == "new":
            lines.append(f"made = {function}({arguments})")
            continue
        call = f"{function if name == function else f'made.{name}'}({arguments})"
        if not (given or name == function or callable(getattr(reference, name, None))):
            lines.append(f"found = made.{name}")
            call = "found() if callable(found) else found"  # a method, or an attribute
        beside = (
            "" if isinstance(wanted, Raised) else f', "wanted", {literal(wanted.value[number])}'
        )
        lines.append(f'print("{name}:", {call}{beside})')
    return lines
