"""The known ways of going wrong as a key keeps them: words, and sketches of what each answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from grader.course.sketches import Sketch
from grader.records import Raised

Array = np.ndarray[Any, Any]
WANTED = -1  # in the place of an answer that is the reference's


class Suspect(NamedTuple):
    """A way of going wrong in a function, and what it answers to each trial and each probe.

    None stands for an answer that is the reference's own.
    """

    function: str
    kind: str
    name: str | None
    message: str
    part: str
    answers: tuple[Sketch | Raised | None, ...]


def suspects_as_arrays(suspects: Sequence[Suspect]) -> dict[str, Array]:
    """Return suspects as a few plain arrays; answers and words that are the same come once."""
    table: dict[Sketch | Raised, int] = {}
    outlines: dict[str, int] = {}
    rows: list[list[Any]] = []
    words: list[list[Any]] = []
    numbers: list[float] = []
    places: list[int] = []
    for suspect in suspects:
        words.append([*suspect[:-1], len(suspect.answers)])
        for answer in suspect.answers:
            if answer is not None and answer not in table:
                table[answer] = len(table)
                rows.append(_row(answer, outlines))
                numbers += answer.sums if isinstance(answer, Sketch) else ()
            places.append(WANTED if answer is None else table[answer])
    index = {"suspects": words, "answers": rows, "outlines": list(outlines)}
    text = json.dumps(index, separators=(",", ":")).encode()
    return {
        "index": np.frombuffer(text, np.uint8),
        "places": np.array(places, np.int32),
        "sums": np.array(numbers, np.float64),
    }


def _row(answer: Sketch | Raised, outlines: dict[str, int]) -> list[Any]:
    if isinstance(answer, Raised):
        return [answer.type, list(answer.types), answer.message]
    outline = outlines.setdefault(answer.outline, len(outlines))
    changes = [[what, list(path)] for what, path in answer.changes]
    return [outline, list(answer.dtypes), len(answer.sums), changes]


def suspects_from_arrays(arrays: Mapping[str, Array]) -> list[Suspect]:
    """Return the suspects that were made arrays of."""
    index = json.loads(arrays["index"].tobytes())
    sums = iter(arrays["sums"].tolist())
    answers = [_answer(row, index["outlines"], sums.__next__) for row in index["answers"]]
    places = iter(arrays["places"].tolist())
    return [
        Suspect(function, kind, name, message, part, tuple(_found(answers, p) for p in taken))
        for function, kind, name, message, part, count in index["suspects"]
        if (taken := list(islice(places, count)))
    ]


def _found(answers: list[Sketch | Raised], place: int) -> Sketch | Raised | None:
    return None if place == WANTED else answers[place]


def _answer(row: list[Any], outlines: list[str], next_sum: Callable[[], float]) -> Sketch | Raised:
    if isinstance(row[0], str):
        kind, kinds, message = row
        return Raised(kind, tuple(kinds), message)
    outline, dtypes, count, changes = row
    sums = tuple(next_sum() for _ in range(count))
    changed = tuple((what, tuple(path)) for what, path in changes)
    return Sketch(outlines[outline], tuple(dtypes), sums, changed)
