"""The answer key of one exercise: what grading needs of a definition, without a line of its code.

`<name>.json` holds what a learner may read anyway: the lesson, the stub, hints, signatures, and
the names of the checks. `<name>.<seed>.npz` holds what was drawn for one seed: the inputs, what
the reference gave, what every known mistake gave, and what earlier references gave on the way.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from grader.backstop import within_bounds
from grader.course.frozen_values import Freezer, Node, Thawer
from grader.course.key_form import fits, inputs_of, raised_of, require_key
from grader.course.suspects import Suspect, suspects_as_arrays, suspects_from_arrays
from grader.errors import CourseError, GraderError
from grader.files import json_of, read_regular
from grader.records import DIAGNOSIS_KINDS, Answer, Inputs, Raised, Returned, Value

MAX_FILE = 10_000_000
MAX_JSON = 1_000_000  # bytes of what a learner may read of it
MAX_UNPACKED = 32_000_000
MAX_ARRAYS = 1_000  # of a file: ours has a few for each type of numbers
_ENTRY = b"PK\1\2"  # what each begins with where a zip lists them


class DamagedKeyError(CourseError):
    """A file of a key that is not as it was handed out; the message names it."""


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
        with undamaged(self.path):
            thawer = self._part("cases")
            return [_drawn(thawer, node) for node in thawer.index]

    @property
    def suspects(self) -> list[Suspect] | None:
        """What may have been done wrong; None in a key that has whole answers instead."""
        with undamaged(self.path):
            arrays = read_arrays(self.path, "sketches-")
            return suspects_from_arrays(arrays) if arrays else None

    @property
    def probes(self) -> dict[int, Value]:
        """What the references give for each probe, by its checksum."""
        with undamaged(self.path):
            thawer = self._part("probes")
            checksums = [checksum for checksum, _ in thawer.index]
            if not fits(checksums, [int]) or not all(0 <= each < 2**32 for each in checksums):
                raise ValueError("it has a probe that is none")
            return {checksum: thawer.thaw(wanted) for checksum, wanted in thawer.index}

    @property
    def hypotheses(self) -> list[FrozenHypothesis]:
        """What may have been done wrong, in a key of an earlier kind: with whole answers."""
        cases = self.cases
        with undamaged(self.path):
            thawer = self._part("suspects")
            trials = dict(thawer.index["trials"])
            return [
                _hypothesis(thawer, words, nodes, [cases[number] for number in trials[words[0]]])
                for words, nodes in thawer.index["suspects"]
            ]

    @property
    def calls(self) -> list[RecordedCall]:
        """What earlier references gave."""
        with undamaged(self.path):
            thawer = self._part("calls")
            return [_call(thawer, *node) for node in thawer.index]

    def _part(self, part: str) -> Thawer:
        return read_values(self.path, f"{part}-")


@contextmanager
def undamaged(path: Path) -> Iterator[None]:
    """Make one sentence on the key at `path` of whatever goes wrong while it is taken apart."""
    try:
        yield
    except DamagedKeyError:
        raise
    except Exception as error:
        said = error.what if isinstance(error, GraderError) else getattr(error, "strerror", None)
        reason = said or str(error) or type(error).__name__
        raise damaged_key(str(path), reason) from error


def damaged_key(where: str, reason: str) -> DamagedKeyError:
    """Return what is said of a key that does not make sense."""
    return DamagedKeyError(
        f"the answer key cannot be read: {reason}",
        where=where,
        next="Your code is not at fault. Get the course again from whoever gave it to you.",
    )


def read_values(path: Path, prefix: str = "") -> Thawer:
    """Read the values of a file, those in arrays whose names begin with a prefix."""
    with undamaged(path), within_bounds():
        return Thawer(read_arrays(path, prefix))


def read_arrays(path: Path, prefix: str = "") -> dict[str, Array]:
    """Read the arrays of a file whose names begin with a prefix, and go by the rest of it."""
    with undamaged(path), within_bounds(), _opened(read_regular(path, MAX_FILE)) as saved:
        entries = [entry for entry in saved.infolist() if entry.filename.startswith(prefix)]
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise ValueError(f"it unpacks to more than {MAX_UNPACKED:,} bytes")
        arrays = {entry.filename: _unpacked(saved, entry) for entry in entries}
        return {name[len(prefix) : -len(".npy")]: array for name, array in arrays.items()}


def _opened(body: bytes) -> zipfile.ZipFile:
    """Return a zip whose entries were counted before they are listed."""
    if body.count(_ENTRY) > MAX_ARRAYS:
        raise ValueError(f"it has more than {MAX_ARRAYS:,} arrays")
    return zipfile.ZipFile(io.BytesIO(body))


def _unpacked(saved: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Array:
    """Return an array of numbers as it was saved; no more is unpacked than its entry says."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError("it is packed in another way than ours")
    with saved.open(entry) as packed:
        body = packed.read(entry.file_size)
    file = io.BytesIO(body)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("an array in it is of another version of the format")
    shape, _, dtype = _header(file)
    if dtype.kind not in "biufc":
        raise ValueError("an array in it is none of numbers")
    return np.frombuffer(body, dtype, offset=file.tell()).reshape(shape)


def _header(file: io.BytesIO) -> Any:
    """Return what the header of an array says; one that NumPy complains of is none of ours."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return np.lib.format.read_array_header_1_0(file)
    except Warning as error:
        raise ValueError("an array in it has a header that is none of ours") from error


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
    with undamaged(path), within_bounds():
        return require_key(json_of(read_regular(path, MAX_JSON)))


def _freeze_drawn(freezer: Freezer, drawn: Drawn) -> Node:
    inputs = freezer.freeze(tuple(drawn.inputs))
    return [inputs, _freeze_answer(freezer, drawn.wanted, drawn, True)]


def _drawn(thawer: Thawer, node: Node) -> Drawn:
    inputs, answer = node
    given = inputs_of(thawer.thaw(inputs))
    return Drawn(given, _answer(thawer, answer, given))


def _hypothesis(
    thawer: Thawer, words: Sequence[Any], nodes: Sequence[Node], cases: Sequence[Drawn]
) -> FrozenHypothesis:
    function, kind, name, message, part = words
    if not (fits([function, message, part, name or ""], [str]) and kind in DIAGNOSIS_KINDS):
        raise ValueError("it has a mistake that is none")
    answers = [
        _answer(thawer, node, case.inputs) if node else case.wanted
        for case, node in zip(cases, nodes, strict=True)
    ]
    return FrozenHypothesis(function, kind, name, message, part, tuple(answers))


def _call(
    thawer: Thawer, exercise: str, function: str, arguments: Node, answer: Node
) -> RecordedCall:
    known = thawer.thaw(arguments)
    if not isinstance(known, dict):
        raise ValueError("it has a call without arguments")
    return RecordedCall(exercise, function, known, _answer(thawer, answer, Inputs((), {})))


def _freeze_answer(freezer: Freezer, answer: Answer, drawn: Drawn | None, exact: bool) -> Node:
    """Freeze what was returned or raised, and what a call left in its arguments if it changed."""
    if isinstance(answer, Raised):
        return ["raised", answer.type, list(answer.types), answer.message]
    assert isinstance(answer, Returned)
    value = freezer.freeze(answer.value, exact)
    if drawn is None or answer.after is drawn.inputs:
        return ["returned", value]
    return ["returned", value, freezer.freeze(tuple(answer.after))]  # compared bit by bit


def _answer(thawer: Thawer, node: Node, given: Inputs) -> Returned | Raised:
    kind, *body = node
    if kind == "raised":
        return raised_of(*body)
    value, *after = (thawer.thaw(item) for item in body)
    return Returned(value, inputs_of(after[0]) if after else given)
