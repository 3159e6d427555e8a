"""What the grader says of the attempts in this folder: `make attempts` writes it to the docs.

`# names:` in an attempt is what it does wrong, as its author knows it, and `# names-both:` two
things that are found together. What is named and is neither is misnamed. An attempt with several
slips has a line for each, `# slip: in words -> names`: mistakes, or words of a report.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from grader.authoring.stubs import solution_text
from grader.course.course import Course, read_course
from grader.grading.batch import Job
from grader.grading.forked import graded_at_once
from grader.learner.outside.sandbox import Sandbox
from grader.learner.outside.submission import read_submission
from grader.records import Outcome, Report, Submission

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
PAGE = ROOT / "docs/diagnosis.md"
FEW_OR_MANY = ("attempts", "slips", "slips named", "attempts with all named", "no word")
COLUMNS = ("right", "accepted", "wrong", "rejected", "named", "explained", "misnamed", "no word")


def main() -> None:
    """Grade all attempts, and write the tables in the places of those on the page."""
    with Sandbox(warm=True) as sandbox, tempfile.TemporaryDirectory() as folder:
        reports = reports_of(lay_out(ROOT, Path(folder)), sandbox)
    page = PAGE.read_text("utf-8")
    tables = {"exercise": render(reports), "with several slips": render_several(reports)}
    for heading, table in tables.items():
        page = re.sub(rf"\| {heading} \|(.*\n\|)*.*", lambda _, table=table: table, page)
    PAGE.write_text(page, "utf-8")
    print(f"{PAGE.relative_to(ROOT)}: written")


def reports_of(course: Course, sandbox: Sandbox) -> dict[Path, Report]:
    """Grade all attempts, all with the same seed."""
    paths = [path for name in course.exercises for path in attempts(name)]
    jobs = [Job(path.parent.name, submitted(course, path)) for path in paths]
    graded = graded_at_once(course, sandbox, jobs, os.cpu_count() or 1, seed=1)
    return {path: report for path, (_, report) in zip(paths, graded, strict=True)}


def submitted(course: Course, path: Path) -> Submission:
    """Read an attempt as if it lay in the course, with the answers that are there."""
    return read_submission(course, path.parent.name, path)._replace(beside=None)


def without_seconds(report: Report) -> Report:
    """Return a report as it is on any machine."""
    return replace(report, seconds=0.0)


def attempts(exercise: str) -> list[Path]:
    """Return the attempts at an exercise."""
    return sorted((FOLDER / exercise).glob("*.py"))


def lay_out(root: Path, folder: Path) -> Course:
    """Copy the course, with every exercise solved, so that an attempt may build on any."""
    shutil.copy(root / "course.yaml", folder)
    shutil.copytree(root / "solutions", folder / "solutions")
    course = read_course(folder)
    for name in course.exercises:
        path = course.exercise_path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(solution_text(course, name), "utf-8")
    return course


def expected(path: Path, header: str = "names") -> set[str]:
    """Return the mistakes that an attempt makes, as its author knows them."""
    lines = re.findall(rf"^# {header}: (.+)", path.read_text("utf-8"), re.MULTILINE)
    return {name for line in lines for name in line.split()}


def names_in(report: Report) -> set[str]:
    """Return all mistakes that a report names, alone or with another one."""
    named = (diagnosis.mistake for diagnosis in report.diagnosis if diagnosis.mistake)
    return {name for names in named for name in names.split(" + ")}


def judged(path: Path, report: Report) -> Iterator[str]:
    """Yield the columns that an attempt counts in."""
    if path.name.startswith("right"):
        yield "right"
        if report.outcome is Outcome.PASSED:
            yield "accepted"
        return
    yield "wrong"
    if report.outcome is not Outcome.PASSED:
        yield "rejected"
    named = names_in(report)
    known = expected(path) | expected(path, "names-both")
    if named & known or any(slip.is_named(report) for slip in slips_of(path)):
        yield "named"
    elif named:
        yield "misnamed"
    else:
        yield "explained" if report.diagnosis else "no word"


class Slip(NamedTuple):
    """One of several things that an attempt does wrong, and what a report may name it by."""

    words: str
    names: tuple[str, ...]

    def is_named(self, report: Report) -> bool:
        """Tell whether a report names it: by a mistake's name, or in these words."""
        said = " ".join(str(each.message) for each in report.diagnosis).split()
        return any(n in names_in(report) or n in " ".join(said) for n in self.names)


def slips_of(path: Path) -> tuple[Slip, ...]:
    """Return the slips of an attempt that has several."""
    lines = re.findall(r"^# slip: (.*?)(?: -> (.*))?$", path.read_text("utf-8"), re.MULTILINE)
    return tuple(Slip(words, tuple(filter(None, names.split("; ")))) for words, names in lines)


def counted(path: Path, report: Report) -> Counter[str]:
    """Return what an attempt with several slips adds to the columns."""
    slips = slips_of(path)
    named = sum(slip.is_named(report) for slip in slips)
    return Counter(
        {
            "attempts": 1,
            "slips": len(slips),
            "slips named": named,
            "attempts with all named": int(named == len(slips)),
            "no word": int(not report.diagnosis),
        }
    )


def render_several(reports: dict[Path, Report]) -> str:
    """Return what is named of attempts with several slips, as a table in Markdown."""
    counts: dict[str, Counter[str]] = {}
    for path, report in reports.items():
        if slips_of(path):
            counts.setdefault(path.parent.name, Counter()).update(counted(path, report))
    rows = [*counts.items(), ("all", sum(counts.values(), Counter()))]
    lines = [f"| with several slips | {' | '.join(FEW_OR_MANY)} |", "|---|" + "---:|" * 5]
    lines += [f"| {n} | {' | '.join(str(f[c]) for c in FEW_OR_MANY)} |" for n, f in rows]
    return "\n".join(lines)


def render(reports: dict[Path, Report]) -> str:
    """Return the counts for every exercise as a table in Markdown, with their sum."""
    counts: dict[str, Counter[str]] = {}
    for path, report in reports.items():
        counts.setdefault(path.parent.name, Counter()).update(judged(path, report))
    rows = [*counts.items(), ("all", sum(counts.values(), Counter()))]
    lines = [f"| exercise | {' | '.join(COLUMNS)} |", "|---|" + "---:|" * len(COLUMNS)]
    for name, found in rows:
        lines.append(f"| {name} | {' | '.join(str(found[column]) for column in COLUMNS)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
