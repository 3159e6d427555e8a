"""The map of the course: what is passed, tried and untouched, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping

from grader.course import Course
from grader.present.style import Style, columns, points
from grader.progress import QuizStanding, Standing


def render_map(
    course: Course,
    standings: Mapping[str, Standing],
    quizzes: Mapping[str, QuizStanding],
    next_step: str,
    style: Style,
) -> str:
    """Return the whole course as text, unit by unit."""
    passed = sum(standings[name].passed for name in course.exercises if name in standings)
    gained = sum(standings[name].points for name in course.exercises if name in standings)
    score = f"{passed} of {len(course.exercises)} exercises passed, {points(gained)} points"
    blocks = [[style.paint(course.title, "bold"), score]]
    width = max(len(name) for name in (*course.exercises, *course.quizzes)) + len("quiz ")
    for unit in course.units:
        rows = [_exercise_row(name, standings.get(name), width, style) for name in unit.exercises]
        rows += [_quiz_row(name, quizzes.get(name), width, style) for name in unit.quizzes]
        title = f"{style.paint(unit.name, 'name')}: {unit.title}"
        blocks.append([title, *(f"  {line}" for line in columns(rows))])
    blocks.append(style.wrap(next_step))
    return "\n\n".join("\n".join(block) for block in blocks)


def say_next(course: Course, step: tuple[str, str] | None) -> str:
    """Return the one thing to do next as a sentence."""
    if step is None:
        return "You have done all of it. grader quiz NAME asks a quiz again."
    kind, name = step
    if kind == "quiz":
        return f"Next: take the quiz: grader quiz {name}"
    path = course.shown(course.exercise_path(name))
    return f"Next: write {path}, then run: grader grade {name}"


def _exercise_row(
    name: str, standing: Standing | None, width: int, style: Style
) -> tuple[str, ...]:
    if standing is None:
        return name.ljust(width), "untouched", ""
    score = f"{points(standing.points)} of {points(standing.max_points)} points"
    word = ("passed", "good") if standing.passed else ("tried", "warn")
    return name.ljust(width), style.paint(f"{word[0]:<9}", word[1]), score


def _quiz_row(
    name: str, standing: QuizStanding | None, width: int, style: Style
) -> tuple[str, ...]:
    label = f"quiz {name}".ljust(width)
    if standing is None:
        return label, "untouched", ""
    score = f"best {points(standing.best)}, last {points(standing.last)}"
    return label, style.paint(f"{'taken':<9}", "good"), f"{score} of {points(standing.max_score)}"
