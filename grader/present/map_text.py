"""The map of the course: what is passed, tried and untouched, and what comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from grader.course.course import Course, Unit
from grader.course.progress import QuizStanding, Standing
from grader.present.style import Style, points

_ROOM = 76  # columns that a row with word and scores may take; with fewer it has one of the two


class _Row(NamedTuple):
    """One exercise or quiz: how it stands in a word, in brief, and with all scores."""

    label: str
    word: str = "untouched"
    brief: str = "untouched"
    scores: str = ""
    role: str = ""


def render_map(
    course: Course,
    standings: Mapping[str, Standing],
    quizzes: Mapping[str, QuizStanding],
    next_step: str,
    style: Style,
    begun: Mapping[str, int] | None = None,
    again: Collection[str] = (),
) -> str:
    """Return the whole course as text, unit by unit.

    `begun` says how many questions were asked of the quizzes that were not taken to their end;
    `again` are the exercises whose checks have changed since they were passed.
    """
    passed = sum(standings[name].passed for name in course.exercises if name in standings)
    gained = sum(standings[name].points for name in course.exercises if name in standings)
    score = f"{passed} of {len(course.exercises)} exercises passed, {points(gained)} points"
    blocks = [[style.paint(course.title, "bold"), score]]
    units = [(unit, _rows(unit, standings, quizzes, begun or {}, again)) for unit in course.units]
    width = max((len(row.label) for _, rows in units for row in rows), default=0)
    for unit, rows in units:
        blocks.append([*_heading(unit, style), *(_line(row, width, style) for row in rows)])
    blocks.append(style.wrap(next_step))
    return "\n\n".join("\n".join(block) for block in blocks)


def _heading(unit: Unit, style: Style) -> list[str]:
    first, *rest = style.wrap(f"{unit.name}: {unit.title}")
    return [first.replace(unit.name, style.paint(unit.name, "name"), 1), *rest]


def _rows(
    unit: Unit,
    standings: Mapping[str, Standing],
    quizzes: Mapping[str, QuizStanding],
    begun: Mapping[str, int],
    again: Collection[str],
) -> list[_Row]:
    exercises = [_exercise_row(name, standings.get(name), name in again) for name in unit.exercises]
    return exercises + [
        _quiz_row(f"quiz {name}", quizzes.get(name), begun.get(name, 0)) for name in unit.quizzes
    ]


def _exercise_row(label: str, standing: Standing | None, again: bool) -> _Row:
    if standing is None:
        return _Row(label)
    score = f"{points(standing.points)} of {points(standing.max_points)}"
    if standing.passed and again:
        changed = f"{score} points, by other checks: grade again"
        return _Row(label, "passed", "grade again", changed, "warn")
    if standing.passed:
        return _Row(label, "passed", "passed", f"{score} points", "good")
    return _Row(label, "tried", score, f"{score} points", "warn")


def _quiz_row(label: str, standing: QuizStanding | None, asked: int) -> _Row:
    if standing is None and asked:
        return _Row(
            label,
            "begun",
            f"{asked} asked",
            f"{asked} question{'' if asked == 1 else 's'} asked",
            "warn",
        )
    if standing is None:
        return _Row(label)
    best, last, most = map(points, standing)
    return _Row(label, "taken", f"{best} of {most}", f"best {best}, last {last} of {most}", "good")


def _line(row: _Row, width: int, style: Style) -> str:
    """Return a row as it fits: in a narrow terminal a score says that something was tried."""
    is_wide = style.width >= _ROOM
    word = f"{row.word:<9}" if is_wide else row.brief
    painted = style.paint(word, row.role) if row.role else word
    return f"  {row.label:<{width}}  {painted}  {row.scores if is_wide else ''}".rstrip()
