"""A report as a piece of HTML for notebooks: readable on light and on dark, with nothing to load.

Colours are only for signs that have words as well, and lie midway between black and white;
everything else has the colour of the page around it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

from grader.present.failing_case import FailingCase
from grader.present.fitting import Form, Loss, fitted
from grader.present.printed_text import printed_text
from grader.present.prose_html import EDGE, paragraph, pre, prose_html, safe
from grader.present.report_outline import (
    CHECK_WORDS,
    MAX_FAILED,
    WORDS,
    Example,
    Row,
    count_of,
    example_of,
    rows_of,
    score_of,
    spoken,
    trouble_of,
    worth_listing,
)
from grader.records import Outcome, Report

_GOOD, _BAD, _OTHER = "#1a8f4a", "#d0413a", "#a8790a"
_COLOURS = {
    Outcome.PASSED: _GOOD,
    Outcome.SKIPPED: _OTHER,
    Outcome.NOT_ATTEMPTED: _OTHER,
}
# Its columns have fixed widths, so that a long line of code scrolls where it stands.
_TABLE = (
    '<table style="border-collapse:collapse;margin:.4em 0;color:inherit;width:100%;'
    'table-layout:fixed"><col style="width:9em"><col><col style="width:5em">'
)
_CELL = "text-align:left;vertical-align:top;padding:2px 12px 2px 0;border-bottom:1px solid " + EDGE
_WIDTH = 76
_CASE_LINES = 12


def report_html(report: Report, next_step: str = "") -> str:
    """Return the report as one `div`: verdict, what to mend, one failing case, a count, next step.

    What else there is lies folded below the count: every check, the case whole, what was printed.
    """
    colour = _COLOURS.get(report.outcome, _BAD)
    style = f"border-left:4px solid {colour};padding:2px 0 2px 14px;max-width:52em"
    parts = [_headline(report), *_trouble(report), *_details(report), *_footer(report, next_step)]
    return f'<div style="{style}">\n' + "\n".join(parts) + "\n</div>"


def picture_html(png: bytes, text: str) -> str:
    """Return a PNG, and below it the same as text, folded."""
    data = b64encode(png).decode()
    image = f'<img alt="{safe(text)}" src="data:image/png;base64,{data}">'
    return image + _folded("The same in words", pre(text))


def _headline(report: Report) -> str:
    score = f'<span style="float:right;opacity:.8">{score_of(report)} points</span>'
    word = _word(WORDS[report.outcome], report.outcome)
    name = f"{score if report.checks else ''}<strong>{safe(report.exercise)}</strong> &nbsp;{word}"
    return paragraph(f'{name}<br><span style="opacity:.7">{safe(report.path)}</span>')


def _trouble(report: Report) -> Iterator[str]:
    for number, text in enumerate(trouble_of(report)):
        yield prose_html(text, is_headed=not number)


def _details(report: Report) -> Iterator[str]:
    example = example_of(report)
    if example:
        yield from _example(example)
    if worth_listing(report):
        yield _checks(report)
    if example and example.case:
        whole = "\n".join(example.case.lines(_WIDTH))
        if whole != _cut(example.case):
            yield _folded("The failing case whole", pre(whole))
    if (printed := printed_text(report)).strip():
        yield _folded("Your code printed", pre(printed.rstrip()))


def _example(example: Example) -> Iterator[str]:
    yield paragraph(f"The smallest failing check: <strong>{safe(example.name)}</strong>")
    if not (example.case and example.is_in_the_table):
        yield prose_html(example.message)
    if example.case:
        yield pre(_cut(example.case))


def _cut(case: FailingCase) -> str:
    """Return a failing case, as much of it as a few lines hold."""
    forms = [Form(lines, Loss.EVIDENCE) for lines in case.forms(_WIDTH)]
    return fitted([forms], _CASE_LINES, _WIDTH)


def _checks(report: Report) -> str:
    """Return the checks as a table, folded under the line that counts them."""
    rows_by_function = rows_of(report)
    rows = []
    for function, of_function in rows_by_function.items():
        if len(rows_by_function) > 1:
            head = f'colspan="3" style="{_CELL}"'
            rows.append(f"<tr><td {head}><code>{safe(function)}</code></td></tr>")
        rows += map(_row, of_function)
    return _folded(count_of(report, MAX_FAILED), f"{_TABLE}{''.join(rows)}</table>")


def _row(row: Row) -> str:
    check = row.check
    message = "<i>as above</i>" if row.is_above else prose_html(row.message)
    cells = [
        _word(CHECK_WORDS[check.outcome], check.outcome),
        f"{safe(spoken(check.name))} {message}",
        score_of(check, "/"),
    ]
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>"


def _footer(report: Report, next_step: str) -> Iterator[str]:
    yield prose_html(next_step)
    again = f"seed {report.seed}, tier {report.tier}"
    if report.imports:
        again += f"; imported: {', '.join(report.imports)}"
    yield f'<p style="margin:.4em 0;opacity:.6;font-size:90%">{safe(again)}</p>'


def _word(word: str, outcome: Outcome) -> str:
    return f'<strong style="color:{_COLOURS.get(outcome, _BAD)}">{word}</strong>'


def _folded(title: str, html: str) -> str:
    return f"<details><summary>{safe(title)}</summary>{html}</details>"
