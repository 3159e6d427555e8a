"""What comes back from a cluster, held to what was sent there: any worker may say anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from grader.classroom.marks.bodies import sound_report
from grader.classroom.packets import unpacked
from grader.classroom.running.chunks import Result, tasks_of
from grader.course.database_check import DamagedError
from grader.errors import in_one_line
from grader.files import MAX_JSON, json_of
from grader.records import REPORT_OUTCOMES

MAX_NUMBER = 1_000_000  # of points and seconds: more than anything has or takes
_LONGEST = 2_000  # characters of what is told


class Reply(NamedTuple):
    """What came of a chunk: results, or why there are none, and whether that is our own fault.

    `said` is about the tier.
    """

    results: Sequence[Result] = ()
    said: str = ""
    refusal: str = ""
    is_fault: bool = False


def reply_of(body: bytes, chunk: bytes) -> Reply:
    """Return what `grade_chunk` returned as bytes: a result for every task of the chunk, or none.

    Raises
    ------
    ValueError
        It is anything else: what may not be kept is not taken.
    """
    exercises = {task.number: unpacked(task.body).exercise for task in tasks_of(chunk)}
    read = json_of(body) if isinstance(body, bytes) else None
    if not isinstance(read, dict) or not read.keys() <= {*Reply._fields}:
        raise ValueError("a worker's reply is none")
    reply = Reply(**{"results": [], **read})
    words = (reply.said, reply.refusal)
    if not (all(isinstance(each, str) for each in words) and isinstance(reply.results, list)):
        raise ValueError("a worker's reply is none")
    said, refusal = (in_one_line(" ".join(each[:_LONGEST].split())) for each in words)
    results = [_result(fields, exercises) for fields in reply.results]
    if not refusal and {result.number for result in results} != exercises.keys():
        raise ValueError("a worker's reply is not on what it was sent")
    return Reply(results, said, refusal, reply.is_fault is True)


def _result(fields: Any, exercises: Mapping[int, str]) -> Result:
    """Return a result as a worker of ours writes it."""
    if not isinstance(fields, list) or len(fields) != len(Result._fields):
        raise ValueError("a worker's result is none")
    number, outcome, *numbers, report = fields
    if type(number) is not int or number not in exercises:
        raise ValueError("a worker's result is not on what it was sent")
    is_known = isinstance(outcome, str) and outcome in {each.value for each in REPORT_OUTCOMES}
    if not is_known or not all(map(_is_number, numbers)) or not isinstance(report, str):
        raise ValueError("a worker's result is none")
    if len(report.encode()) > MAX_JSON:  # a half of a character raises ValueError as well
        raise ValueError("a worker's report is too long")
    try:
        whole = sound_report(report, exercises[number])
    except DamagedError as error:
        raise ValueError(str(error)) from error
    if whole["outcome"] != outcome:
        raise ValueError("a worker's report says something else than its result")
    return Result(*fields)


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and 0 <= value <= MAX_NUMBER  # type: ignore[operator]
