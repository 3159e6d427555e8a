"""The answer key of one exercise: what grading needs of a definition, without a line of its code.

`<name>.json` holds what a learner may read anyway: the lesson, the stub, hints, signatures, and
the names of the checks. `<name>.<seed>.npz` holds what was drawn for one seed: the inputs, what
the reference gave, what every known mistake gave, and what earlier references gave on the way.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from grader.course.frozen_values import Freezer, Node, Thawer
from grader.course.suspects import Suspect, suspects_as_arrays, suspects_from_arrays
from grader.errors import BrokenGraderError
from grader.records import Answer, Inputs, Raised, Returned, Value

Array = np.ndarray[Any, Any]


class Drawn(NamedTuple):
    """What a case came to for one seed: its inputs and the reference's answer."""

    inputs: Inputs
    wanted: Returned | Raised


class FrozenHypothesis(NamedTuple):
    """Something that may have been done wrong, and its answer to each trial of the function."""

    function: str
    kind: str
    name: str | None
    message: str
    part: str
    answers: tuple[Answer, ...]


class RecordedCall(NamedTuple):
    """What an earlier exercise's reference gave when this one's called it."""

    exercise: str
    function: str
    arguments: Mapping[str, Value]
    answer: Returned | Raised


class Draw(NamedTuple):
    """All that a key has for one seed; hypotheses and calls are read when they are needed."""

    seed: int
    path: Path

    @property
    def cases(self) -> list[Drawn]:
        """What every case came to."""
        thawer = self._part("cases")
        return [_drawn(thawer, node) for node in thawer.index]

    @property
    def suspects(self) -> list[Suspect] | None:
        """What may have been done wrong; None in a key that has whole answers instead."""
        arrays = read_arrays(self.path, "sketches-")
        return suspects_from_arrays(arrays) if arrays else None

    @property
    def probes(self) -> dict[int, Value]:
        """What the reference gives for each probe, by the checksum of its arguments."""
        thawer = self._part("probes")
        return {checksum: thawer.thaw(wanted) for checksum, wanted in thawer.index}

    @property
    def hypotheses(self) -> list[FrozenHypothesis]:
        """What may have been done wrong, in a key of an earlier kind: with whole answers."""
        cases, thawer = self.cases, self._part("suspects")
        trials = dict(thawer.index["trials"])
        found = []
        for (function, *words), nodes in thawer.index["suspects"]:
            answers = [
                _answer(thawer, node, cases[number]) if node else cases[number].wanted
                for number, node in zip(trials[function], nodes, strict=True)
            ]
            kind, name, message, part = words
            found.append(FrozenHypothesis(function, kind, name, message, part, tuple(answers)))
        return found

    @property
    def calls(self) -> list[RecordedCall]:
        """What earlier references gave."""
        thawer = self._part("calls")
        return [
            RecordedCall(exercise, function, thawer.thaw(arguments), _answer(thawer, answer, None))
            for exercise, function, arguments, answer in thawer.index
        ]

    def _part(self, part: str) -> Thawer:
        return read_values(self.path, f"{part}-")


def read_values(path: Path, prefix: str = "") -> Thawer:
    """Read the values of a file, those in arrays whose names begin with a prefix."""
    try:
        return Thawer(read_arrays(path, prefix))
    except (ValueError, KeyError) as error:
        raise _damaged(path, error) from error


def read_arrays(path: Path, prefix: str = "") -> dict[str, Array]:
    """Read the arrays of a file whose names begin with a prefix, and go by the rest of it."""
    try:
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as saved:
            names = [name for name in saved.files if name.startswith(prefix)]
            return {name.removeprefix(prefix): saved[name] for name in names}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise _damaged(path, error) from error


def save_draw(
    path: Path,
    cases: list[Drawn],
    suspects: list[Suspect],
    probes: Mapping[int, Value],
    calls: list[RecordedCall],
) -> None:
    """Write the file of one seed."""
    freezer = Freezer()
    parts = {"cases": freezer.arrays([_freeze_drawn(freezer, case) for case in cases])}
    parts["sketches"] = suspects_as_arrays(suspects)
    freezer = Freezer()
    wanted = [[checksum, freezer.freeze(value, False)] for checksum, value in probes.items()]
    parts["probes"] = freezer.arrays(wanted)
    freezer = Freezer()
    parts["calls"] = freezer.arrays(
        [
            [
                call.exercise,
                call.function,
                freezer.freeze(dict(call.arguments), False),
                _freeze_answer(freezer, call.answer, None, True),
            ]
            for call in calls
        ]
    )
    every = {f"{part}-{name}": a for part, arrays in parts.items() for name, a in arrays.items()}
    np.savez_compressed(path, **every)  # type: ignore[arg-type]


def read_key(path: Path) -> dict[str, Any]:
    """Return what a key says of its exercise."""
    try:
        contents = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _damaged(path, error) from error
    return dict(contents)


def _damaged(path: Path, error: Exception) -> BrokenGraderError:
    return BrokenGraderError(
        f"the answer key cannot be read: {error}",
        where=str(path),
        next="Your code is not at fault. Get the course again from whoever gave it to you.",
    )


def _freeze_drawn(freezer: Freezer, drawn: Drawn) -> Node:
    inputs = freezer.freeze(tuple(drawn.inputs))
    return [inputs, _freeze_answer(freezer, drawn.wanted, drawn, True)]


def _drawn(thawer: Thawer, node: Node) -> Drawn:
    inputs, answer = node
    given = Inputs(*thawer.thaw(inputs))
    wanted = _answer(thawer, answer, Drawn(given, Returned(None, given)))
    assert isinstance(wanted, (Returned, Raised))
    return Drawn(given, wanted)


def _freeze_answer(freezer: Freezer, answer: Answer, drawn: Drawn | None, exact: bool) -> Node:
    """Freeze what was returned or raised, and what a call left in its arguments if it changed."""
    if isinstance(answer, Raised):
        return ["raised", answer.type, list(answer.types), answer.message]
    assert isinstance(answer, Returned)
    value = freezer.freeze(answer.value, exact)
    if drawn is None or answer.after is drawn.inputs:
        return ["returned", value]
    return ["returned", value, freezer.freeze(tuple(answer.after))]  # compared bit by bit


def _answer(thawer: Thawer, node: Node, drawn: Drawn | None) -> Any:
    kind, *body = node
    if kind == "raised":
        name, types, message = body
        return Raised(name, tuple(types), message)
    value, *after = (thawer.thaw(item) for item in body)
    left = Inputs(*after[0]) if after else drawn.inputs if drawn else Inputs((), {})
    return Returned(value, left)
