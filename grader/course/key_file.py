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

from grader.course.key_values import Freezer, Node, Thawer
from grader.errors import BrokenGraderError
from grader.records import Answer, Inputs, Raised, Returned, Value


class Kept(NamedTuple):
    """What a case came to for one seed: its inputs and the reference's answer."""

    inputs: Inputs
    wanted: Returned | Raised


class Suspect(NamedTuple):
    """Something that may have been done wrong, and its answer to each trial of the function."""

    function: str
    kind: str
    name: str | None
    message: str
    part: str
    answers: tuple[Answer, ...]


class KeptCall(NamedTuple):
    """What an earlier exercise's reference gave when this one's called it."""

    exercise: str
    function: str
    arguments: Mapping[str, Value]
    answer: Returned | Raised


class Sheet(NamedTuple):
    """All that is kept for one seed; the mistakes and the calls are read when they are needed."""

    seed: int
    path: Path

    @property
    def cases(self) -> list[Kept]:
        """What every case came to."""
        thawer = self._part("cases")
        return [_kept(thawer, node) for node in thawer.index]

    @property
    def suspects(self) -> list[Suspect]:
        """What may have been done wrong, in the order in which it is to be looked at."""
        cases, thawer = self.cases, self._part("suspects")
        trials = dict(thawer.index["trials"])
        found = []
        for (function, *words), nodes in thawer.index["suspects"]:
            answers = [
                _answer(thawer, node, cases[number]) if node else cases[number].wanted
                for number, node in zip(trials[function], nodes, strict=True)
            ]
            kind, name, message, part = words
            found.append(Suspect(function, kind, name, message, part, tuple(answers)))
        return found

    @property
    def calls(self) -> list[KeptCall]:
        """What earlier references gave."""
        thawer = self._part("calls")
        return [
            KeptCall(exercise, function, thawer.thaw(arguments), _answer(thawer, answer, None))
            for exercise, function, arguments, answer in thawer.index
        ]

    def _part(self, part: str) -> Thawer:
        return read_arrays(self.path, f"{part}-")


def read_arrays(path: Path, prefix: str = "") -> Thawer:
    """Read the arrays of a file whose names begin with a prefix."""
    try:
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as saved:
            names = [name for name in saved.files if name.startswith(prefix)]
            return Thawer({name.removeprefix(prefix): saved[name] for name in names})
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise _damaged(path, error) from error


def save_sheet(
    path: Path, cases: list[Kept], suspects: list[Suspect], calls: list[KeptCall], names: list[str]
) -> None:
    """Write the file of one seed; `names` are the functions that the cases are about."""
    kept = Freezer()
    parts = {"cases": kept.arrays([_freeze_kept(kept, case) for case in cases])}
    kept = Freezer()
    trials = {name: [n for n, each in enumerate(names) if each == name] for name in names}
    found = [
        [
            list(suspect[:-1]),
            [
                None if answer is cases[n].wanted else _freeze_answer(kept, answer, cases[n], False)
                for n, answer in zip(trials[suspect.function], suspect.answers, strict=True)
            ],
        ]
        for suspect in suspects
    ]
    parts["suspects"] = kept.arrays({"trials": list(trials.items()), "suspects": found})
    kept = Freezer()
    parts["calls"] = kept.arrays(
        [
            [
                call.exercise,
                call.function,
                kept.freeze(dict(call.arguments), False),
                _freeze_answer(kept, call.answer, None, True),
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


def _freeze_kept(freezer: Freezer, kept: Kept) -> Node:
    inputs = freezer.freeze(tuple(kept.inputs))
    return [inputs, _freeze_answer(freezer, kept.wanted, kept, True)]


def _kept(thawer: Thawer, node: Node) -> Kept:
    inputs, answer = node
    given = Inputs(*thawer.thaw(inputs))
    wanted = _answer(thawer, answer, Kept(given, Returned(None, given)))
    assert isinstance(wanted, (Returned, Raised))
    return Kept(given, wanted)


def _freeze_answer(freezer: Freezer, answer: Answer, kept: Kept | None, exact: bool) -> Node:
    """Freeze what was returned or raised, and what a call left in its arguments if it changed."""
    if isinstance(answer, Raised):
        return ["raised", answer.type, list(answer.types), answer.message]
    assert isinstance(answer, Returned)
    value = freezer.freeze(answer.value, exact)
    if kept is None or answer.after is kept.inputs:
        return ["returned", value]
    return ["returned", value, freezer.freeze(tuple(answer.after))]  # compared bit by bit


def _answer(thawer: Thawer, node: Node, kept: Kept | None) -> Any:
    kind, *body = node
    if kind == "raised":
        name, types, message = body
        return Raised(name, tuple(types), message)
    value, *after = (thawer.thaw(item) for item in body)
    left = Inputs(*after[0]) if after else kept.inputs if kept else Inputs((), {})
    return Returned(value, left)
