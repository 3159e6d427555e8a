"""Posts a report on GitHub: `python -m grader.classroom.platforms.github_points report.json`.

Runs in a job of GitHub Actions, after `grader grade --json`: two notices, a summary of the job, and
the outputs `state` and `description` for a commit status.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader.present.prose_markdown import prose_markdown, words_markdown
from grader.present.readable import all_readable
from grader.present.style import points

_ROW = "| {} | {} | {} of {} |"


def main(path: Path) -> int:
    """Post the points; return 0 where all is passed, 1 where it is not, 3 for a fault of ours."""
    reports = all_readable(json.loads(path.read_text("utf-8"))["reports"])
    outcomes = {report["outcome"] for report in reports}
    gained = sum(report["points"] for report in reports)
    total = sum(report["max_points"] for report in reports)
    _append("GITHUB_STEP_SUMMARY", _summary(reports))
    if "grader_error" in outcomes:
        _append("GITHUB_OUTPUT", "state=error\ndescription=The grader failed: nothing was judged")
        return 3
    score = f"Points {points(gained)}/{points(total)}"
    print(f"::notice title=Autograding complete::{score}")
    print(f"::notice title=Autograding report::{_totals(gained, total)}")
    passed = outcomes == {"passed"}
    state = "success" if passed else "failure"
    _append("GITHUB_OUTPUT", f"state={state}\ndescription={score}")
    return 0 if passed else 1


def _totals(gained: float, total: float) -> str:
    return json.dumps({"totalPoints": round(gained, 4), "maxPoints": round(total, 4)})


def _summary(reports: Sequence[dict[str, Any]]) -> str:
    """Return the reports as Markdown: a table, and why each exercise is not passed yet."""
    lines = ["| exercise | outcome | points |", "|---|---|---|"]
    for report in reports:
        outcome = report["outcome"].replace("_", " ")
        gained, total = points(report["points"]), points(report["max_points"])
        lines.append(_ROW.format(words_markdown(report["exercise"]), outcome, gained, total))
    for report in reports:
        if report["diagnosis"] and report["outcome"] not in ("passed", "not_attempted"):
            lines += ["", f"#### {words_markdown(report['exercise'])}"]
            for each in report["diagnosis"]:
                lines += ["", prose_markdown(each["message"])]
    return "\n".join(lines)


def _append(variable: str, text: str) -> None:
    """Write to the file that GitHub names in a variable; elsewhere, print."""
    if path := os.environ.get(variable):
        with open(path, "a", encoding="utf-8") as file:
            file.write(f"{text}\n")
    else:
        print(text)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
