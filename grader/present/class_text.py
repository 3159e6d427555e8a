"""What a class's grading says in a terminal: how far it is, how it ended, what has changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from grader.present.style import Style, points

# Outcomes in the order of a table, with its headings; what none is in has no column.
HEADINGS = {
    "passed": "passed",
    "failed": "not yet",
    "crashed": "crashed",
    "timed_out": "time-out",
    "out_of_memory": "memory",
    "refused": "not run",
    "not_attempted": "untouched",
    "not_understood": "unclear",
    "not_handed_in": "no file",
    "grader_error": "our fault",
    "not_graded": "to do",
}
# How a question of a quiz was answered.
ANSWER_WORDS = {"right": "Right", "partly": "Partly right", "wrong": "Wrong", "skipped": "Skipped"}
_REASON = re.compile(r"\n(?=Right is |[a-i]: )")
_BAR = 20  # columns
_WIDE = 60  # columns from which on there is room for it


def progress_line(
    done: int, total: int, seconds: float, not_read: int, style: Style, what: str = "graded"
) -> str:
    """Return how far it is: a bar, the rate, the time left, and how many could not be read."""
    filled = _BAR * done // max(total, 1)
    rate = done / seconds if seconds > 0 else 0.0
    bar = f"[{'#' * filled}{'.' * (_BAR - filled)}] " if style.width >= _WIDE else ""
    parts = [f"{bar}{done} of {total} {what}"]
    if done and rate:
        parts += [f"{rate:.1f} a second", f"{duration((total - done) / rate)} left"]
    if not_read:
        parts.append(f"{not_read} not read")
    while len(line := ", ".join(parts)) > style.width - 1 and len(parts) > 1:
        parts.pop()
    return line


def duration(seconds: float) -> str:
    """Return seconds as a person says them."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def render_outcomes(outcomes: Mapping[str, Counter[str]], style: Style) -> str:
    """Return how many ended how, an exercise a line."""
    used = [each for each in HEADINGS if any(counts[each] for counts in outcomes.values())]
    label = max(map(len, [*outcomes, "exercise"]))
    widths = {each: max(len(HEADINGS[each]), 4) for each in used}
    while used and label + sum(2 + widths[each] for each in used) + 2 > style.width:
        label -= 1
        if label < len("exercise"):
            return _in_words(outcomes, style)
    rows = [["exercise", *(HEADINGS[each] for each in used)]]
    rows += [[name, *(str(c[each] or "") for each in used)] for name, c in outcomes.items()]
    lines = []
    for name, *cells in rows:
        row = (f"{cell:>{widths[each]}}" for cell, each in zip(cells, used, strict=True))
        lines.append("  ".join([f"  {name[:label]:<{label}}", *row]).rstrip())
    return "\n".join(lines)


def _in_words(outcomes: Mapping[str, Counter[str]], style: Style) -> str:
    """Return the same for a terminal that is too narrow for a table."""
    lines = []
    for name, counts in outcomes.items():
        said = ", ".join(
            f"{counts[each]} {words}" for each, words in HEADINGS.items() if counts[each]
        )
        lines += style.wrap(f"{name}: {said}", "  ")
    return "\n".join(lines)


def counted(number: int, thing: str, things: str = "") -> str:
    """Return a number of things in words."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def in_words(given: str | list[str] | dict[str, str] | None) -> str:
    """Return an answer to a question as people read it."""
    if isinstance(given, dict):
        return "; ".join(f"{thing}: {fitting}" for thing, fitting in given.items())
    return "; ".join(given) if isinstance(given, list) else given or "nothing"


def reasons(because: str) -> str:
    """Return what is said of an answer, a paragraph for each reason."""
    return _REASON.sub("\n\n", because)


def render_change(
    student: str, exercise: str, before: tuple[str, float | None], after: tuple[str, float | None]
) -> str:
    """Return what a mark was and what it is, in a line."""
    (old, had), (new, has) = before, after
    words = HEADINGS[new] if old == new else f"{HEADINGS[old]}, now {HEADINGS[new]}"
    return f"  {student}, {exercise}: {_points(had)} → {_points(has)} points ({words})"


def _points(value: float | None) -> str:
    return "?" if value is None else points(value)
