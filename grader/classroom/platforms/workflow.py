"""The workflow that grades a student's repository on GitHub at every push, and posts the points.

It needs nothing but GitHub Actions. Its name, its one job's name and its two notices are those that
GitHub Classroom's own reporter had, so that programs which gather points by them still do.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from grader.authoring.wheel import DISTRIBUTION, wheel_name
from grader.course.course import Course

FOLDER = ".github/workflows"  # where GitHub looks for workflows
_WORKFLOW = """\
# Written by `grader export github-classroom`: grades on push and posts the points.
name: Autograding Tests
on: [push, workflow_dispatch]

permissions:
  contents: read
  statuses: write

jobs:
  run-autograding-tests:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    if: github.actor != 'github-classroom[bot]'
    steps:
      - uses: actions/checkout@v6
        with:
          persist-credentials: false
{fetch}\
      - uses: actions/setup-python@v6
        with:
          python-version: "3.12"
      - name: Install the grader
        run: |
          python -m pip install {requirements}
      - name: Grade
        run: |
{grade}
      - name: Say the points
        id: points
        run: python -I -m grader.classroom.platforms.github_points "$RUNNER_TEMP/report.json"
      - name: Post the points on the commit
        if: ${{{{ !cancelled() && steps.points.outputs.description }}}}
        env:
          GH_TOKEN: ${{{{ github.token }}}}
          STATE: ${{{{ steps.points.outputs.state }}}}
          DESCRIPTION: ${{{{ steps.points.outputs.description }}}}
        run: >
          gh api "repos/$GITHUB_REPOSITORY/statuses/$GITHUB_SHA"
          -f context=grader -f state="$STATE" -f description="$DESCRIPTION"
"""

_FETCH = """\
      - name: Fetch the course
        uses: actions/checkout@v6
        with:
          repository: {repository}
          token: ${{{{ secrets.COURSE_TOKEN }}}}
          path: .course
          persist-credentials: false
"""

# The answers are copied into the course that was fetched; links stay links, and are refused.
_TAKE_OVER = (
    "rm -rf .course/exercises",
    "cp -RP exercises .course/exercises",
    "cd .course",
)


def workflow_of(
    exercises: Sequence[str], requirements: Sequence[str], repository: str | None = None
) -> str:
    """Return the workflow as YAML; without `exercises`, it grades all there are.

    `requirements` are what pip installs: the grader, and the packages of the course. This is
    fetched from `repository`, which the secret COURSE_TOKEN may read; without one, the own
    repository of the student holds it.
    """
    # Exit code 2 is a slip in this command: there is no report, and its message is in the log.
    grade = f"""\
grader grade {" ".join(exercises) or "--all"} --json > "$RUNNER_TEMP/report.json" || [ $? -ne 2 ]"""
    lines = [*(_TAKE_OVER if repository else ()), grade]
    return _WORKFLOW.format(
        fetch=_FETCH.format(repository=repository) if repository else "",
        requirements=shlex.join(requirements),
        grade="\n".join(f"          {line}" for line in lines),
    )


def grader_of(course: Course, repository: str | None) -> str:
    """Return what pip installs: the grader in the course's folder, or a wheel at the workflow.

    It is never a name alone: what an index has under that name may be somebody else's.
    """
    folder = "./.course" if repository else "."
    if wheels := _wheels(course):  # a course that was released carries its grader along
        return f"{folder}/{wheels[-1]}"
    return folder if _is_source(course) else f"./{FOLDER}/{wheel_name()}"


def lacks_grader(course: Course) -> bool:
    """Tell whether nothing in a course's folder can be installed to grade it."""
    return not _is_source(course) and not _wheels(course)


def _is_source(course: Course) -> bool:
    return (course.root / "grader" / "classroom").is_dir()


def _wheels(course: Course) -> list[str]:
    found = course.root.glob(f"{DISTRIBUTION.replace('-', '_')}-*.whl")
    return sorted(path.name for path in found if re.fullmatch(r"[\w.+-]+", path.name))
