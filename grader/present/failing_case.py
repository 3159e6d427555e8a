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


def script_table(evidence: Evidence, width: int) -> list[str]:
    """Return each call of a script with what it gave and what was wanted, marked where they differ.

    Nothing where they do not line up, or do not fit.
    """
    both = evidence.yours, evidence.wanted
    if not (is_script(evidence) and all(isinstance(each, (list, tuple)) for each in both)):
        return []
    steps = evidence.inputs["steps"]
    if not len(steps) == len(evidence.yours) == len(evidence.wanted):
        return []
    differing = evidence.differing[0] if evidence.differing else ()
    rows = [(f"calls of {evidence.function}", "yours", "wanted")]
    for number, (step, mine, theirs) in enumerate(zip(steps, *both, strict=True)):
        values = ["", ""] if step[0] == "new" else [one_line(mine), one_line(theirs)]
        star = "*" if number in differing else ""
        rows.append((one_line_of_step(step), values[0] + star, values[1]))
    widths = [max(map(len, column)) + 4 for column in zip(*rows, strict=True)]
    lines = [f"{a:<{widths[0]}}{b:<{widths[1]}}{c}".rstrip() for a, b, c in rows]
    return lines if max(map(len, lines)) <= width else []


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
        if table := script_table(self.evidence, width):
            yield table
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
            yield packed([f"[{at}] {step};" for at, step in enumerate(steps)], width, " ")
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
