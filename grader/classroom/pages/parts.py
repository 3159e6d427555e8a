"""What is said to, or of, one person about one exercise, whatever its form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from grader.classroom.beside import NOTEBOOK
from grader.classroom.marks.not_answers import NotAnswer
from grader.classroom.marks.reading import (
    NOT_HANDED_IN,
    NOT_UNDERSTOOD,
    UNJUDGED,
    Mark,
    kept_report,
)
from grader.classroom.marks.store import Store
from grader.errors import in_one_line
from grader.records import Outcome

_MOST_NAMED = 10  # files


class Part(NamedTuple):
    """A mark, and what there is to say on it.

    `late` are seconds, `diagnosis` texts, `checks` those of the JSON report; of a message that was
    said already nothing is left. `report` is the JSON, empty where there is none. `questions` are
    the answers in that of a quiz.
    """

    mark: Mark
    late: int
    sentences: tuple[str, ...]
    diagnosis: tuple[str, ...]
    checks: tuple[dict[str, Any], ...]
    printed: str
    report: dict[str, Any]
    questions: tuple[dict[str, Any], ...] = ()


def part_of(store: Store, mark: Mark, refused: Sequence[NotAnswer]) -> Part:
    """Return what there is to say on a mark; `refused` are the files of which nothing was made.

    What the report holds of hidden checks is what learners may know.
    """
    attempt = mark.attempt
    report = kept_report(store, attempt.report) if attempt and attempt.report is not None else {}
    is_judged = bool(report) and mark.outcome not in UNJUDGED
    if mark.exercise.is_quiz:
        return _of_a_quiz(mark, refused, report if is_judged else {})
    own = partial(_in_their_words, _renamed(store, mark)) if attempt else str
    was_run = any(c["outcome"] != Outcome.SKIPPED.value for c in report.get("checks", ()))
    return Part(
        mark=mark,
        late=(attempt.lateness.seconds or 0) if attempt else 0,
        sentences=tuple(_sentences(mark, refused)),
        diagnosis=tuple(own(each["message"]) for each in report["diagnosis"]) if is_judged else (),
        checks=tuple(_said_once(report["checks"], own)) if is_judged and was_run else (),
        printed=report["printed"].strip("\n") if is_judged else "",
        report=report,
    )


def _of_a_quiz(mark: Mark, refused: Sequence[NotAnswer], report: dict[str, Any]) -> Part:
    unread = [f"{each} It does not count." for each in report.get("unread", ())]
    return Part(
        mark=mark,
        late=(mark.attempt.lateness.seconds or 0) if mark.attempt else 0,
        sentences=(*_sentences(mark, refused), *unread),
        diagnosis=(),
        checks=(),
        printed="",
        report=report,
        questions=tuple(report.get("answers", ())),
    )


def _sentences(mark: Mark, refused: Sequence[NotAnswer]) -> Iterator[str]:
    if mark.outcome == NOT_HANDED_IN:
        yield "Nothing was handed in."
    if mark.outcome == NOT_UNDERSTOOD:
        yield "There were files, and no answer was found in them."
        for each in refused[:_MOST_NAMED]:
            yield f"{PurePosixPath(each.file).name}: {each.why}"
        if len(refused) > _MOST_NAMED:  # the same for every exercise
            yield f"And {len(refused) - _MOST_NAMED:,} more files."
    if mark.outcome in UNJUDGED:
        yield "This was not judged yet, for which you are not to blame."
    if mark.penalty is None:
        yield "It came late. How late is not known, so nothing was taken off."


def _said_once(
    checks: Sequence[dict[str, Any]], own: Callable[[str], str]
) -> Iterator[dict[str, Any]]:
    """Yield checks, each without what the one above says as well, in `own` words."""
    before = ""
    for check in checks:
        message = own(check["message"])
        yield {**check, "message": "as above" if message and message == before else message}
        before = message


def _renamed(store: Store, mark: Mark) -> tuple[re.Pattern[str], str]:
    """Return what a report calls the file of an answer, and what its author called it.

    Of several notebooks nobody knows which of them an earlier answer stood in.
    """
    assert mark.attempt
    file, graded_as = mark.attempt.file, f"{mark.exercise.name}.py"
    before = r"(?<![\w./-])"
    if PurePosixPath(file).suffix.lower() == ".ipynb":
        graded_as = NOTEBOOK
        notebooks = store.rows(
            "SELECT DISTINCT f.path FROM owners o JOIN files g ON g.hand_in = o.hand_in"
            " JOIN files f ON f.hand_in = g.hand_in WHERE o.person = ? AND g.answer = ?"
            " AND f.answer IS NOT NULL AND f.path LIKE '%.ipynb'",
            *(mark.student.id, mark.attempt.answer),
        )
        before += "" if len(notebooks) == 1 else "(?<! in )"
    return re.compile(rf"{before}{re.escape(graded_as)}(?!\w)"), in_one_line(file)


def _in_their_words(renamed: tuple[re.Pattern[str], str], message: str) -> str:
    """Return a message with their own name for their file."""
    pattern, file = renamed
    return pattern.sub(lambda _: file, message) if file else message
