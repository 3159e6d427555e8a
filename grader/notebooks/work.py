"""The process that works for a notebook: reads what was run, grades or draws it, and answers."""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

from grader.learner.sandbox import Sandbox


def main() -> None:
    """Read one request from standard input and write its answer to standard output."""
    from grader.errors import GraderError, say_fault

    request = json.loads(sys.stdin.buffer.read())
    try:
        with Sandbox() as sandbox:
            work = {"check": _check, "show": _show}[request["kind"]]
            answer = work(request, sandbox)
    except GraderError as error:
        answer = {"error": str(error)}
    except Exception as error:
        answer = {"error": say_fault(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _check(request: dict[str, Any], sandbox: Sandbox) -> dict[str, Any]:
    from grader.course import read_course
    from grader.grade import grade
    from grader.present.as_html import report_html
    from grader.present.report import render_report
    from grader.present.style import Style

    course, name = read_course(Path(request["root"])), request["name"]
    submission = _collect(course, request)
    report = grade(course, name, submission, sandbox=sandbox)
    notice = _keep(course, report)
    advice = f"{_advice(report.outcome.value, name)} {notice}".strip()
    return {
        "exercise": name,
        "outcome": report.outcome.value,
        "points": report.points,
        "max_points": report.max_points,
        "text": render_report(report, Style(), advice),
        "html": report_html(report, advice),
    }
