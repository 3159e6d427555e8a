"""A check as a few lines of Python, to be pasted at the end of one's own file."""

from __future__ import annotations

import textwrap

from grader.exercise.definition import Definition
from grader.grading.trials import Trial, bind
from grader.present.values_python import assignment, is_too_much
from grader.records import Raised


def is_too_much_to_paste(trial: Trial) -> bool:
    """Tell whether a check takes more numbers, or returns more, than anybody pastes."""
    wanted = [] if isinstance(trial.wanted, Raised) else [trial.wanted.value]
    return any(map(is_too_much, [*trial.inputs.args, *trial.inputs.kwargs.values(), *wanted]))


def render_paste(definition: Definition, trial: Trial, seed: int) -> str:
    """Return the lines that rebuild the inputs of a check, make its call, and print both results.

    They stand below `if __name__ == "__main__":`, so that a grade of the file does not run them.
    """
    function, wanted = trial.case.function, trial.wanted
    inputs = bind(definition.references[function], trial.inputs)
    count = len(trial.inputs.args)
    arguments = [*list(inputs)[:count], *(f"{name}={name}" for name in list(inputs)[count:])]
    lines = ["import numpy as np", "", *(assignment(*item) for item in inputs.items())]
    lines.append(f"yours = {function}({', '.join(arguments)})")
    if isinstance(wanted, Raised):
        lines.append(f'print("yours", yours, "wanted: a {wanted.type}", sep="\\n")')
    else:
        lines.append(assignment("wanted", wanted.value))
        lines.append('print("yours", yours, "wanted", wanted, sep="\\n")')
    head = f'if __name__ == "__main__":  # the check {trial.case.name}, --seed {seed}'
    return f"{head}\n{textwrap.indent(chr(10).join(lines), '    ')}"
