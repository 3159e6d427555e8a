"""A report as a piece of HTML for notebooks: readable on light and on dark, with nothing to load.

Colours are only for signs that have words as well, and lie midway between black and white;
everything else has the colour of the page around it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from html import escape

from grader.present.arrays import beside, describe_argument
from grader.present.report_text import (
    CHECK_WORDS,
    WORDS,
    explanations,
    headed,
    smallest_evidence,
    worth_listing,
)
from grader.present.style import points, readable
from grader.records import CaseResult, Outcome, Report

_GOOD, _BAD, _OTHER = "#1a8f4a", "#d0413a", "#a8790a"
_COLOURS = {
    Outcome.PASSED: _GOOD,
    Outcome.SKIPPED: _OTHER,
    Outcome.NOT_ATTEMPTED: _OTHER,
}
_EDGE = "rgba(128,128,128,.35)"
_TABLE = "border-collapse:collapse;margin:.4em 0;color:inherit"
_WIDTH = 76
_CODE = re.compile(r"`([^`\n]+)`")


def report_html(report: Report, next_step: str = "") -> str:
    """Return the report as one `div`: verdict, diagnosis, checks, one failing case, next step."""
    colour = _COLOURS.get(report.outcome, _BAD)
    style = f"border-left:4px solid {colour};padding:2px 0 2px 14px;max-width:52em"
    parts = [_headline(report), *_explained(report), *_details(report), *_footer(report, next_step)]
    return f'<div style="{style}">\n' + "\n".join(parts) + "\n</div>"


def picture_html(png: bytes, text: str) -> str:
    """Return a PNG, and below it the same as text, folded."""
    data = b64encode(png).decode()
    image = f'<img alt="{_safe(text)}" src="data:image/png;base64,{data}">'
    return image + _folded("The same in words", _pre(text))


def _headline(report: Report) -> str:
    score = f"{points(report.points)} of {points(report.max_points)} points"
    right = f'<span style="float:right;opacity:.8">{score}</span>' if report.checks else ""
    word = _word(WORDS[report.outcome], report.outcome)
    where = f'<span style="opacity:.7">{_safe(report.path)}</span>'
    return _paragraph(f"{right}<strong>{_safe(report.exercise)}</strong> &nbsp;{word}<br>{where}")


def _explained(report: Report) -> Iterator[str]:
    told, more = explanations(report)
    for diagnosis in told:
        for number, block in enumerate(diagnosis.message.strip().split("\n\n")):
            text = f"<strong>{_prose(block)}</strong>" if number == 0 else _prose(block)
            yield _paragraph(text)
    if more:
        yield _paragraph(_safe(more))


def _details(report: Report) -> Iterator[str]:
    if worth_listing(report):
        yield _checks(report)
        yield from _evidence(report)
    if report.printed.strip() and report.outcome is not Outcome.PASSED:
        yield _folded("Your code printed", _pre(report.printed.rstrip()))


def _checks(report: Report) -> str:
    """Return the checks as a table, folded where all of them passed."""
    functions = list(dict.fromkeys(check.function for check in report.checks))
    rows = []
    for function in functions:
        if len(functions) > 1:
            head = f'colspan="3" style="{_cell()}"'
            rows.append(f"<tr><td {head}><code>{_safe(function)}</code></td></tr>")
        rows += [_row(check) for check in report.checks if check.function == function]
    table = f'<table style="{_TABLE}">{"".join(rows)}</table>'
    passed = sum(check.passed for check in report.checks)
    title = f"{passed} of {len(report.checks)} checks passed"
    return _folded(title, table, is_open=report.outcome is not Outcome.PASSED)


def _row(check: CaseResult) -> str:
    word = _word(CHECK_WORDS[check.outcome], check.outcome)
    score = f"{points(check.points)} / {points(check.max_points)}"
    name = _safe(check.name.replace("_", " "))
    told = f'<div style="opacity:.85">{_prose(check.message)}</div>' if check.message else ""
    cells = "".join(f'<td style="{_cell()}">{text}</td>' for text in (word, name + told, score))
    return f"<tr>{cells}</tr>"


def _evidence(report: Report) -> Iterator[str]:
    found = smallest_evidence(report.checks, headed(report))
    if found:
        name, evidence = found
        lines = [f"{evidence.function}({', '.join(evidence.inputs)})"]
        for argument, value in evidence.inputs.items():
            lines += describe_argument(argument, value)
        table = beside(evidence, _WIDTH)
        title = f"The smallest failing check: {name.replace('_', ' ')}"
        text = "\n".join([*lines, "", *table] if table else lines)
        yield _folded(title, _pre(text), is_open=True)


def _footer(report: Report, next_step: str) -> Iterator[str]:
    if next_step:
        yield _paragraph(_safe(next_step))
    again = f"seed {report.seed}, tier {report.tier}"
    yield f'<p style="margin:.4em 0;opacity:.6;font-size:90%">{_safe(again)}</p>'


def _word(word: str, outcome: Outcome) -> str:
    colour = _COLOURS.get(outcome, _BAD)
    return f'<strong style="color:{colour}">{word}</strong>'


def _prose(text: str) -> str:
    """Return text as it is wrapped by the page; lines that are indented keep their shape."""
    lines = text.split("\n")
    if any(line.startswith(" ") for line in lines):
        first = [_safe(lines[0])] if not lines[0].startswith(" ") else []
        return "".join([*first, _pre("\n".join(lines[len(first) :]))])
    return _CODE.sub(r"<code>\1</code>", _safe(text))


def _safe(text: str) -> str:
    return escape(readable(text))


def _paragraph(html: str) -> str:
    return f'<p style="margin:.4em 0">{html}</p>'


def _pre(text: str) -> str:
    style = f"margin:.3em 0;padding:.4em .6em;border:1px solid {_EDGE};overflow-x:auto"
    return f'<pre style="{style}">{_safe(text)}</pre>'


def _folded(title: str, html: str, is_open: bool = False) -> str:
    state = " open" if is_open else ""
    return f"<details{state}><summary>{_safe(title)}</summary>{html}</details>"


def _cell() -> str:
    shape = "text-align:left;vertical-align:top;padding:2px 12px 2px 0"
    return f"{shape};border-bottom:1px solid {_EDGE}"
