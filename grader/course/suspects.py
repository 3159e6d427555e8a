"""The known ways of going wrong as a key keeps them: words, and sketches of what each answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from grader.course.key_form import fits, raised_of
from grader.course.sketches import Sketch, outline_of
from grader.files import json_of
from grader.records import DIAGNOSIS_KINDS, Raised

Array = np.ndarray[Any, Any]
WANTED = -1  # in the place of an answer that is the reference's
# What all answers of all suspects consist of: each is looked up by all its parts, more than once.
MAX_PARTS = 10_000_000
CHARACTERS = 8  # of a text that take as long as a number


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
    """Return the suspects that were made arrays of.

    Raises
    ------
    ValueError
        They are no such arrays; other exceptions where the parts do not belong together.
    """
    places, numbers = arrays["places"], arrays["sums"]
    is_of_ours = (places.dtype, numbers.dtype) == (np.int32, np.float64) and numbers.ndim == 1
    if not is_of_ours or places.min(initial=0) < WANTED:
        raise ValueError("it has sketches that are none")
    index, sums = json_of(arrays["index"].tobytes()), iter(numbers.tolist())
    outlines = _each_once(index["outlines"])
    answers = _each_once(_answer(row, outlines, sums) for row in index["answers"])
    sizes = np.array([*map(_size, answers), 0])  # the last is that of one that is WANTED
    if sizes[places].sum() > MAX_PARTS:
        raise ValueError(f"its sketches come to more than {MAX_PARTS:,} parts")
    remaining = iter(places.tolist())
    return [_suspect(answers, remaining, *words) for words in index["suspects"]]


def _suspect(answers: list[Sketch | Raised], places: Iterator[int], *words: Any) -> Suspect:
    function, kind, name, message, part, count = words
    is_known = kind in DIAGNOSIS_KINDS | {"guess"}
    if not (fits([function, message, part, name or ""], [str]) and is_known):
        raise ValueError("it has a mistake that is none")
    taken = _taken(places, count)
    found = tuple(None if place == WANTED else answers[place] for place in taken)
    return Suspect(function, kind, name, message, part, found)


def _answer(row: list[Any], outlines: list[str], sums: Iterator[float]) -> Sketch | Raised:
    if isinstance(row[0], str):
        name, types, message = row
        return raised_of(name, types, message)
    place, dtypes, count, changes = row
    outline, changed = outlines[place], tuple((what, tuple(path)) for what, path in changes)
    begins = f"{outline_of(count)};"
    is_outline = isinstance(outline, str) and f"{outline[: len(begins)]};".startswith(begins)
    if not (fits(dtypes, [str]) and is_outline):
        raise ValueError("it has a sketch that is none")
    return Sketch(outline, tuple(dtypes), _taken(sums, count), changed)


def _size(answer: Sketch | Raised) -> int:
    """Return of how many parts an answer consists, as it is looked up."""
    if isinstance(answer, Raised):
        texts, numbers = [answer.type, *answer.types, answer.message], 0
    else:
        texts, numbers = [answer.outline, *answer.dtypes], len(answer.sums)
        for what, path in answer.changes:
            texts += map(str, (what, *path))
    return numbers + len(texts) + sum(map(len, texts)) // CHARACTERS


def _each_once(values: Iterable[Any]) -> list[Any]:
    """Return values of which those spelled alike are one object: as such they are compared at once.

    They are looked up by how they are spelled, as of a text nobody knows the hash before.
    """
    known: dict[str, Any] = {}
    return [known.setdefault(repr(value), value) for value in values]


def _taken(values: Iterator[Any], count: int) -> tuple[Any, ...]:
    """Return as many of the values as come next."""
    taken = tuple(islice(values, count))
    if len(taken) != count:
        raise ValueError("it has fewer answers than it says")
    return taken
