"""What is done for a notebook: grading what it ran, or drawing what that returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from grader.backstop import within_bounds
from grader.course.course import Course, read_course
from grader.course.progress import Progress
from grader.errors import UsageError
from grader.grading.examiner import load_definition
from grader.grading.grade import grade
from grader.grading.pictures import draw_pictures
from grader.grading.stand_ins import earlier_answer
from grader.learner.outside.sandbox import Sandbox
from grader.notebooks.collect import Collected, collect
from grader.notebooks.exchange import Answer, CheckAnswer, Request
from grader.notebooks.reading import Cell, Notebook, plain_text
from grader.present.next_step_text import GradedBy, say_after
from grader.present.picture_png import panels_png
from grader.present.pictures_text import panels_of, render_pictures
from grader.present.report_html import picture_html, report_html
from grader.present.short_report_text import short_report
from grader.present.style import Style
from grader.records import Report


def check(request: Request, sandbox: Sandbox) -> CheckAnswer:
    """Grade the answer to an exercise that is among the cells."""
    course = read_course(Path(request.root))
    found = _collected(course, request)
    report = grade(course, request.exercise, found.submission, sandbox=sandbox, seed=request.seed)
    trouble = _record(course, report) if request.records_progress else ""
    step = say_after(report, GradedBy.CELL, _to_see(course, report.exercise))
    steps = [*found.notes, step, trouble]
    advice = "\n".join(step for step in steps if step)
    if found.cells:
        report = replace(report, path=f"{report.path}, {found.where}")
    return CheckAnswer(
        short_report(report, Style(), advice, whole=""),
        report_html(report, advice),
        request.exercise,
        report.outcome.value,
        report.points,
        report.max_points,
    )


def show(request: Request, sandbox: Sandbox) -> Answer:
    """Draw the pictures of an exercise, with what the functions among the cells return."""
    course = read_course(Path(request.root))
    found = _collected(course, request)
    drawn = draw_pictures(course, request.exercise, found.submission, sandbox)
    text = render_pictures(drawn, Style())
    try:
        png = panels_png(panels_of(drawn), abreast=2)
    except UsageError:  # matplotlib is not there: the text says the same
        return Answer(text, None)
    return Answer(text, picture_html(png, text))


TASKS: dict[str, Callable[[Request, Sandbox], Answer]] = {"check": check, "show": show}


def _collected(course: Course, request: Request) -> Collected:
    cells = tuple(Cell(place, plain_text(source)) for place, source in request.cells)
    notebook = Notebook("this notebook", cells, has_run=True)
    with within_bounds(notebook.path):
        (found,) = collect(course, notebook, [request.exercise])
    if not request.records_progress:
        return found
    # The course around the kernel is the learner's own, and so are the files in it.
    submission, earlier = found.submission, course.earlier(request.exercise)
    files = {name: file for name in earlier if (file := earlier_answer(course, None, name))}
    beside = files | dict(submission.beside or {})
    return found._replace(submission=submission._replace(beside=beside))


def _to_see(course: Course, name: str) -> str:
    """Return how to draw what a function returns, where there is a picture of it."""
    has_pictures = load_definition(course, name).pictures
    return f'See it work: grader.show("{name}")' if has_pictures else ""


def _record(course: Course, report: Report) -> str:
    """Record the outcome in the learner's progress; return what there is to say about that."""
    try:
        with Progress(course.root) as progress:
            progress.record(report)
    except UsageError as error:
        return str(error)
    return progress.notice
