"""What `grader watch` shows besides reports: the keys, and one page of what is longer."""

from __future__ import annotations

from grader.present.fitting import Form, Loss, fitted
from grader.present.prose_text import packed
from grader.present.report_outline import IN_THE_TABLE, failing_case
from grader.present.style import Style
from grader.records import Report

KEYS = ("n next", "h hint", "s failing case", "c all checks", "l list", "q quit")


def render_foot(style: Style) -> str:
    """Return the line that says which keys do what, or two where it does not fit."""
    return "\n".join(style.paint(line, "faint") for line in packed(KEYS, style.width))


def render_case(report: Report, style: Style, height: int) -> str:
    """Return the smallest failing case, as much of it as so many lines hold."""
    case = failing_case(report)
    if case is None:
        return "\n".join(style.wrap("There is no failing case that could be shown."))
    title = [style.paint(line, "bold") for line in style.fold(case.name)]
    found = case.evidence.difference
    message = [] if found.kind in IN_THE_TABLE else style.wrap(found.message)
    forms = [Form(lines, Loss.EVIDENCE) for lines in case.forms(style.width)]
    return fitted([[Form(title)], [Form(message)], forms], height, style.width)


def render_page(text: str, number: int, height: int) -> str:
    """Return one page of a text, or all where it fits; after the last page comes the first."""
    lines = text.split("\n")
    if len(lines) <= height:
        return text
    size = height - 2
    pages = [lines[start : start + size] for start in range(0, len(lines), size)]
    place = number % len(pages)
    again = f"Page {place + 1} of {len(pages)}: c shows the next."
    return "\n".join([*pages[place], "", again])
