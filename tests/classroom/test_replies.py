"""Whatever a worker of a cluster says, nothing is kept of it that could not be read again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from grader.classroom.packets import packed
from grader.classroom.running.chunks import Task, chunk_of
from grader.classroom.running.replies import reply_of
from grader.records import Submission
from tests.classroom.test_damaged_marks import REPORT

CHUNK = chunk_of(
    [Task(n, packed(Submission("double", "numbers", "double.py", b"x = 1\n"))) for n in (3, 4)]
)


def reply(change: Callable[[dict[str, Any]], Any] = lambda whole: None) -> bytes:
    """Return what a worker says of both tasks, changed."""
    results = [[n, "failed", 0.0, 10.0, 0.1, json.dumps(REPORT)] for n in (3, 4)]
    whole = {"results": results, "said": ""}
    change(whole)
    return json.dumps(whole).encode()


def put(place: int, value: object) -> Callable[[dict[str, Any]], None]:
    """Return what sets a part of the first result."""
    return lambda whole: whole["results"][0].__setitem__(place, value)


def test_results_of_what_was_sent_are_taken() -> None:
    """Each as it was graded; a refusal has none."""
    assert [result.number for result in reply_of(reply(), CHUNK).results] == [3, 4]
    refused = json.dumps({"refusal": "a worker refuses", "is_fault": True}).encode()
    assert reply_of(refused, CHUNK) == ([], "", "a worker refuses", True)


ODD: list[Callable[[dict[str, Any]], Any]] = [
    *(put(0, value) for value in (99, -1, "3", None, 3.0, True, 4)),
    *(put(1, value) for value in ("evil", "passed", "skipped", 3, None)),
    *(put(2, value) for value in (float("nan"), "many", 1e9, -1, 10**400, None)),
    *(put(3, value) for value in (float("inf"), -1)),
    *(put(4, value) for value in (-5, "1")),
    *(put(5, value) for value in ("junk", {"a": 1}, "{}", "\ud800", json.dumps(REPORT)[:-1])),
    lambda whole: whole.update(results=[]),
    lambda whole: whole["results"].pop(),
    lambda whole: whole["results"][0].pop(),
    lambda whole: whole.update(results={"a": 1}),
    lambda whole: whole.update(x=1),
    lambda whole: whole.update(said=3),
]


@pytest.mark.parametrize("odd", ODD)
def test_what_may_not_be_kept_is_not_taken(odd: Callable[[dict[str, Any]], Any]) -> None:
    """Numbers of no task, outcomes and points that there are not, reports that are none."""
    with pytest.raises(ValueError):  # noqa: PT011, whatever is wrong
        reply_of(reply(odd), CHUNK)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[1, 2]", b"", b"3", None, "x", b"[" * 10**6])
def test_what_is_no_reply_is_not_taken(body: Any) -> None:
    """Nor does it end in anything else."""
    with pytest.raises(ValueError):  # noqa: PT011, whatever is wrong
        reply_of(body, CHUNK)


def test_a_worker_says_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of which nothing is hidden."""
    words = "\x1b[2J refuses\nForged: line\u202e" + "x" * 10_000
    for name in ("said", "refusal"):
        whole = {"results": json.loads(reply())["results"], name: words}
        found = reply_of(json.dumps(whole).encode(), CHUNK)._asdict()[name]
        assert found.isprintable() and len(found) < 3_000
