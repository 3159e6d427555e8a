"""The process that works for a notebook: reads what was run, grades or draws it, and answers."""

from __future__ import annotations

import json
import sys
import tempfile
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.course.course import Course, read_course
from grader.errors import GraderError, UsageError, say_fault
from grader.learner.outside.sandbox import Sandbox
from grader.records import Outcome, Report

if TYPE_CHECKING:
    from grader.exercise.panels import Panel
    from grader.notebooks.collect import Collected


def main() -> None:
    """Read one request from standard input and write its answer to standard output."""
    request = json.loads(sys.stdin.buffer.read())
    try:
        with Sandbox() as sandbox:  # its side starts while this one imports what it needs
            answer = _answer(request, sandbox)
    except GraderError as error:
        answer = {"error": str(error)}
    except Exception as error:
        answer = {"error": say_fault(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _answer(request: dict[str, Any], sandbox: Sandbox) -> dict[str, Any]:
    from grader.notebooks.collect import collect
    from grader.notebooks.reading import Cell, Notebook

    course = read_course(Path(request["root"]))
    cells = tuple(Cell(place, source) for place, source in request["cells"])
    (found,) = collect(course, Notebook("this notebook", cells, has_run=True), [request["name"]])
    if request["kind"] == "show":
        return _show(course, found, sandbox)
    return _check(course, found, sandbox, request["seed"], request["keeps"])


def _check(
    course: Course, found: Collected, sandbox: Sandbox, seed: int | None, keeps: bool
) -> dict[str, Any]:
    from grader.grading.grade import grade
    from grader.present.report_html import report_html
    from grader.present.report_text import render_report
    from grader.present.style import Style

    name = found.submission.exercise
    report = grade(course, name, found.submission, sandbox=sandbox, seed=seed)
    told = [*found.notes, _next_step(report), _keep(course, report) if keeps else ""]
    advice = "\n".join(line for line in told if line)
    if found.cells:
        report = replace(report, path=f"{report.path}, {found.where}")
    return {
        "exercise": name,
        "outcome": report.outcome.value,
        "points": report.points,
        "max_points": report.max_points,
        "text": render_report(report, Style(), advice),
        "html": report_html(report, advice),
    }


def _next_step(report: Report) -> str:
    if report.outcome is Outcome.GRADER_ERROR:
        return "Your code was not judged, and no points were lost. Please report the line above."
    if report.outcome is Outcome.PASSED:
        return ""
    todo = "write" if report.outcome is Outcome.NOT_ATTEMPTED else "mend"
    again = f"Next: {todo} it, run its cell, and run this one again."
    return f"{again} Stuck? grader hint {report.exercise}"


def _keep(course: Course, report: Report) -> str:
    """Keep the outcome in the learner's record, or say why that cannot be done."""
    from grader.course.progress import Progress

    try:
        with Progress(course.root) as progress:
            progress.record(report)
    except UsageError as error:
        return str(error)
    return progress.notice


def _show(course: Course, found: Collected, sandbox: Sandbox) -> dict[str, Any]:
    from grader.grading.pictures import draw_pictures
    from grader.present.exhibition_text import panels_of, render_exhibition
    from grader.present.report_html import picture_html
    from grader.present.style import Style

    exhibition = draw_pictures(course, found.submission.exercise, found.submission, sandbox)
    text = render_exhibition(exhibition, Style())
    png = _png(panels_of(exhibition))
    return {"text": text, "html": picture_html(png, text) if png else None}


def _png(panels: Sequence[Panel]) -> str | None:
    """Return the picture as base64; None where nothing is installed that could draw it."""
    from grader.present.panels_png import write_png

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.png"
        try:
            write_png(panels, path, abreast=2)
        except UsageError:
            return None
        return b64encode(path.read_bytes()).decode()
