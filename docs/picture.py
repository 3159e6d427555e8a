"""Draw the terminal picture of the README from a real report: `python docs/picture.py`.

It grades the sample attempt that `make start` grades, with a fixed seed, and draws the report as it
is printed, in colour. Needs the extra `picture`.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from grader.course.course import read_course
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.present.next_step_text import GradedBy, say_after
from grader.present.short_report_text import short_report
from grader.present.style import Style

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests/learners/softmax/wrong_no_max.py"
PICTURE = Path(__file__).with_name("failing-report.svg")
SEED = 1


def report_text(style: Style) -> str:
    """Return the sample's report as text."""
    with Sandbox("process") as sandbox:
        report = grade(read_course(ROOT), "softmax", SAMPLE, seed=SEED, sandbox=sandbox)
    return short_report(report, style, say_after(report, GradedBy.COMMAND))


def main() -> None:
    """Write the picture."""
    try:
        from rich.console import Console
        from rich.text import Text
    except ImportError as error:
        raise SystemExit("The picture needs rich: pip install -e '.[picture]'") from error
    console = Console(record=True, width=82, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(report_text(Style(colour=True))))
    command = f"grader grade softmax --file {SAMPLE.relative_to(ROOT)}"
    svg = console.export_svg(title=command, unique_id="report")
    svg = re.sub(
        r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL
    )  # nothing is fetched to show it
    PICTURE.write_text("\n".join(line.rstrip() for line in svg.splitlines()) + "\n", "utf-8")
    print(f"wrote {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
