"""A failing check to be worked by hand: its inputs, and yours beside wanted, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.present.arrays import MAX_ROWS, beside, describe_argument, outline_argument, shape_of
from grader.present.plain_values import one_line
from grader.present.prose_text import folded, packed
from grader.records import Evidence, Value


def is_script(evidence: Evidence) -> bool:
    """Tell whether a case is a script: several calls, each with its name in front."""
    steps = evidence.inputs.get("steps")
    is_row = isinstance(steps, tuple) and len(evidence.inputs) == 1
    return is_row and all(isinstance(step, tuple) and step[:1] for step in steps or ())


def one_line_of_step(step: Sequence[Value]) -> str:
    """Return one call of a script as it would be written."""
    name, *given = step
    return f"{name}({', '.join(map(one_line, given))})"


class FailingCase(NamedTuple):
    """A failing check that has something to show."""

    name: str
    evidence: Evidence

    @property
    def call(self) -> str:
        """The call as it would be written with the arguments' names."""
        if is_script(self.evidence):
            return f"{self.evidence.function}, called several times:"
        return f"{self.evidence.function}({', '.join(self.evidence.inputs)})"

    def lines(self, width: int) -> list[str]:
        """Return the call, its arguments, and yours beside wanted."""
        return next(self.forms(width))

    def forms(self, width: int) -> Iterator[list[str]]:
        """Yield the same, and what is left of it as there is less room.

        Inputs become shapes, the longest first; then rows of values go, and at last all inputs.
        """
        *separate, in_one_line = self._inputs(width)
        table = beside(self.evidence, width)
        gap = [""] if table else []
        yield _folded([self.call, *separate[0], *gap, *table], width)
        table = beside(self.evidence, width, abreast=True)
        for inputs in separate:
            yield _folded([self.call, *inputs, *gap, *table], width)
        for rows in range(MAX_ROWS, 0, -1):
            table = beside(self.evidence, width, rows, abreast=True)
            yield _folded([*in_one_line, *table], width)
        yield _folded(table, width)

    def _inputs(self, width: int) -> Iterator[list[str]]:
        if is_script(self.evidence):
            steps = [one_line_of_step(step) for step in self.evidence.inputs["steps"]]
            yield [f"[{number}]  {step}" for number, step in enumerate(steps)]
            yield packed([f"{step};" for step in steps], width, " ")
            return
        items = list(self.evidence.inputs.items())
        lines = [describe_argument(*item) for item in items]
        yield sum(lines, [])
        for place in sorted(range(len(items)), key=lambda at: -len(lines[at])):
            if len(lines[place]) > 1:
                lines[place] = [outline_argument(*items[place])]
                yield sum(lines, [])
        outlines = ([outline(*item) for item in items] for outline in _OUTLINES)
        calls = [_call(self.evidence.function, each, width) for each in outlines]
        yield next((call for call in calls if len(call) == 1), calls[-1])


_OUTLINES = outline_argument, shape_of


def _call(function: str, arguments: list[str], width: int) -> list[str]:
    """Return a call, broken between its arguments if it has to be."""
    call = f"{function}({', '.join(arguments)})".replace(" = ", "=")
    if len(call) <= width:
        return [call]
    *begun, last = (argument.replace(" = ", "=") for argument in arguments)
    return packed([f"{function}(", *(f"{each}," for each in begun), f"{last})"], width, " ")


def _folded(lines: list[str], width: int) -> list[str]:
    return [part for line in lines for part in folded(line, width)]
