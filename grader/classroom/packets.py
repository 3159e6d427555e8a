"""Answers as bytes: how they are kept, sent to whoever grades them, and told apart.

They are JSON, so whoever reads them runs nothing. Of the person who wrote one they hold nothing.
One file may answer many exercises: beside an answer from the same file its source is left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from grader.files import json_of
from grader.records import Origin, Submission

MAX_OTHERS = 200  # answers beside one: whoever grades it is sent the source of each


def packed(submission: Submission) -> bytes:
    """Return an answer as bytes: the same for the same answer, whoever handed it in."""
    return json.dumps(_fields(submission), sort_keys=True, separators=(",", ":")).encode()


def unpacked(body: bytes) -> Submission:
    """Return the answer that `packed` was given; raise `ValueError` where it was given none."""
    try:
        answer = _submission(json_of(body))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise ValueError("it is not as the grader packs it") from error
    if not _is_answer(answer):
        raise ValueError("it is not as the grader packs it")
    return answer


def hash_of(body: bytes) -> str:
    """Return what an answer is known by."""
    return hashlib.sha256(body).hexdigest()


def _fields(submission: Submission) -> dict[str, Any]:
    beside = submission.beside
    others = None
    if beside is not None:
        others = {name: _fields(each) for name, each in beside.items()}
        for name, each in beside.items():
            if each.source == submission.source:
                others[name]["source"] = None
    return {
        "exercise": submission.exercise,
        "unit": submission.unit,
        "path": submission.path,
        "source": submission.source.decode("utf-8"),
        "places": submission.places,
        "absence": submission.absence,
        "refusal": submission.refusal,
        "beside": others,
    }


def _submission(fields: dict[str, Any], shared: bytes | None = None) -> Submission:
    """Return an answer; `shared` is the source of the one that it is beside, if it is of that."""
    source = fields["source"].encode("utf-8") if shared is None else shared
    beside = fields["beside"]
    if beside and len(beside) > MAX_OTHERS:
        raise ValueError(f"more than {MAX_OTHERS} answers are beside it")
    of = {name: source if each["source"] is None else None for name, each in (beside or {}).items()}
    return Submission(
        fields["exercise"],
        fields["unit"],
        fields["path"],
        source,
        _origins(fields["places"]),
        None if beside is None else {n: _submission(each, of[n]) for n, each in beside.items()},
        absence=fields["absence"],
        refusal=fields["refusal"],
    )


def _origins(places: Iterable[Any]) -> tuple[Origin, ...]:
    """Return where lines of an answer stood.

    Marks of earlier graders have a text for each line instead, which is empty for one of no place.
    """
    found = list[Origin]()
    for line, place in enumerate(places, start=1):
        if not isinstance(place, str):
            found.append(Origin(*place))
        elif place:
            where, _, number = place.rpartition(", line ")
            found.append(Origin(line, 1, where, int(number)))
    return tuple(found)


def _is_origin(origin: Origin) -> bool:
    """Tell whether every part of an origin is of its type."""
    numbers = (origin.start, origin.lines, origin.first)
    return isinstance(origin.place, str) and all(type(number) is int for number in numbers)


def _is_answer(answer: Submission) -> bool:
    """Tell whether every part of an answer is of its type."""
    texts = (answer.exercise, answer.unit, answer.path, answer.absence, answer.refusal)
    beside = answer.beside or {}
    is_sound = all(isinstance(each, str) for each in texts) and all(map(_is_origin, answer.places))
    return is_sound and all(
        name == each.exercise and _is_answer(each) for name, each in beside.items()
    )
