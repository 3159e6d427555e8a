"""A report that fits a screen: what to mend, one failing check, a count, and what comes next.

Its blocks have forms that lose more and more; see `grader.present.fitting` for which goes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.present.fitting import Block, Form, Loss, fitted
from grader.present.printed_text import printed_text
from grader.present.prose_text import cut
from grader.present.report_outline import (
    MAX_FAILED,
    Example,
    count_of,
    example_of,
    of_one_check,
    trouble_of,
    worth_listing,
)
from grader.present.report_text import (
    again,
    head,
    headline,
    joined,
    printed,
    render_summary,
    same_inputs,
    steps,
)
from grader.present.style import Style
from grader.records import CaseResult, Outcome, Report
from grader.records.text import Lines, Points, Text, parse

_TITLE = "The smallest failing check: "
SCREEN = 24
MAX_POINTS = 3  # things to mend that are told at once
PROMPT = 2  # lines of a terminal that a report leaves to the prompt below it
WIDE = 60  # columns from which on two lines name enough checks
PASSED = 8  # lines of a report where there is nothing to mend
WHOLE = "--checks"  # how `grader grade` is asked for everything


def short_report(
    report: Report,
    style: Style,
    next_step: str = "",
    height: int = SCREEN - PROMPT,
    whole: str = WHOLE,
) -> str:
    """Return what matters of a report, in at most so many lines: fewer where it is passed.

    `whole` is what to type to read all of it, where there is something.
    """
    if style.height is not None:
        height = min(height, style.height - PROMPT)
    if report.outcome is Outcome.PASSED:
        height = min(height, PASSED)
    blocks = [*_body(report, style, whole), _steps(report, style, next_step, whole)]
    return fitted(blocks, height, style.width)


def in_passing(report: Report, style: Style) -> str:
    """Return one of several reports: a line where there is nothing to mend, else all but its end.

    What comes next, and how to see the same inputs again, is said once for all of them.
    """
    if report.outcome in (Outcome.PASSED, Outcome.NOT_ATTEMPTED):
        return "\n".join(headline(report, style))
    return f"\n{fitted(_body(report, style, WHOLE), SCREEN - PROMPT, style.width)}\n"


def render_end(reports: Sequence[Report], style: Style, next_step: str = "") -> str:
    """Return what ends several reports: those that are not passed, the sum, and what is next."""
    open_ones = [report for report in reports if report.outcome is not Outcome.PASSED]
    summary = [render_summary(reports, style, open_ones)]
    return joined([summary, [*steps(next_step, style), *again(reports[-1], style)]])


def short_check(report: Report, check: CaseResult, style: Style, is_first: bool) -> str:
    """Return one check that did not pass, by itself; the first says what there is to mend, too."""
    alone = of_one_check(report, check)
    if not is_first and not worth_listing(alone):
        return "Not run: the first check that failed says why."
    blocks = [_trouble(alone, style, ""), _example(alone, style, "")]
    return fitted(blocks if is_first else blocks[1:], SCREEN - 2 * PROMPT, style.width)


def _body(report: Report, style: Style, whole: str) -> list[Block]:
    if report.outcome is Outcome.PASSED:
        return [_head(report, style), _trouble(report, style, whole), _prints(report, style)]
    return [
        _head(report, style),
        _trouble(report, style, whole),
        _example(report, style),
        _count(report, style),
        _prints(report, style),
    ]


def _head(report: Report, style: Style) -> Block:
    first = headline(report, style)
    *_, end = style.fold(f"  {report.path}")
    tail = [*first, style.paint(f"  ...{end.strip()}", "faint")]
    return [Form(head(report, style)), Form(tail, Loss.WORDS), Form(first, Loss.WORDS)]


def _trouble(report: Report, style: Style, whole: str) -> Block:
    """Return what to mend: whole, then how it begins, then fewer and fewer lines of the first."""
    texts = trouble_of(report)
    if not texts:
        return [Form(())]
    openings = [_opening(text) for text in texts]
    more = [f"  More: {whole}" if whole else "  ..."] if openings != texts else []
    forms = [Form(_texts(texts, style)), Form([*_texts(openings, style), *more], Loss.EXPLANATION)]
    cuts = [_cut(openings[0], most, style) for most in (12, 8, 5, 3)]
    return [*forms, *(Form(_headed(lines, style), Loss.WORDS) for lines in cuts)]


def _texts(texts: Sequence[Text], style: Style) -> list[str]:
    return _headed(joined([style.wrap(text, "  ") for text in texts]).split("\n"), style)


def _headed(lines: Sequence[str], style: Style) -> list[str]:
    return [style.paint(lines[0], "bold"), *lines[1:]] if lines else []


def _opening(text: Text) -> Text:
    """Return the first paragraph of a text, with the lines that are quoted below it.

    Of a list that belongs to it, the first points are cut in the same way.
    """
    first, *others = text.groups or ((),)
    blocks = (
        Points(tuple(map(_opening, b.points[:MAX_POINTS]))) if isinstance(b, Points) else b
        for b in first
    )
    quoted = [group for group in others[:1] if isinstance(group[0], Lines)]
    return Text((tuple(blocks), *quoted))


def _cut(text: Text, most: int, style: Style, indent: str = "  ") -> list[str]:
    """Return the beginning of a text, and where its last quotation ends, in so many lines."""
    words = style.wrap(Text.of(*(b for b in text.blocks if not isinstance(b, Lines))), indent)
    quoted = [line for b in text.blocks if isinstance(b, Lines) for line in b.lines]
    place = style.wrap(Text.of(Lines(_last_place(quoted))), indent)[: most // 2] if quoted else []
    room = most - len(place)
    return [*(words if len(words) <= room else [*words[: room - 1], f"{indent}..."]), *place]


def _last_place(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the end of a quotation: from its last line that is not further in than any other."""
    inwards = {at: len(line) - len(line.lstrip()) for at, line in enumerate(lines) if line.strip()}
    least = min(inwards.values(), default=0)
    start = max((at for at, depth in inwards.items() if depth == least), default=0)
    return tuple(lines[start:])


def _example(report: Report, style: Style, title: str = _TITLE) -> Block:
    example = example_of(report)
    if example is None:
        return [Form(())]
    return [*_example_forms(example, style, title), Form((), Loss.EXAMPLE)]


def _example_forms(example: Example, style: Style, title: str) -> Iterator[Form]:
    lines = style.fold(f"  {title}{example.name}")
    titles = [style.paint(line, "bold") for line in lines]
    message = style.wrap(example.message, "    ")
    for number, case in enumerate(example.case.forms(style.width - 4) if example.case else ()):
        lines = [f"    {line}".rstrip() for line in case]
        said = [] if number and example.is_in_the_table else message
        yield Form([*titles, *said, *lines], Loss.EVIDENCE)
    if message:
        loss = Loss.EXAMPLE if example.case else Loss.EVIDENCE
        yield Form([*titles, *message], loss)
        for most in (6, 4):
            yield Form([*titles, *_cut(example.message, most, style, "    ")], loss)


def _count(report: Report, style: Style) -> Block:
    """Return the count of checks, with as many that failed as two lines name, then one line."""
    if not worth_listing(report):
        return [Form(())]
    lines = [style.wrap(count_of(report, most), "  ") for most in range(MAX_FAILED, -1, -1)]
    three, two, one = (
        next((each for each in lines if len(each) <= most), lines[-1]) for most in (3, 2, 1)
    )
    wider = [] if style.width >= WIDE else [Form(three)]
    return [*wider, Form(two, Loss.PRINTS), Form(one, Loss.NAMES)]


def _prints(report: Report, style: Style) -> Block:
    """Return what the code printed, then fewer lines of it; where it is passed, one line stays."""
    text = printed_text(report)
    lines = text.strip("\n").split("\n")
    if not text.strip():
        return [Form(())]
    forms = [Form(printed(text, style, most), Loss.PRINTS) for most in (10, 6, 3)]
    about = "" if len(lines) == 1 else f" {len(lines)} lines"
    line = cut(f"  Your code printed{about}: {lines[0].strip()}", style.width)
    forms.append(Form([line], Loss.PRINTS))
    return forms if report.outcome is Outcome.PASSED else [*forms, Form((), Loss.NAMES)]


def _steps(report: Report, style: Style, next_step: str, whole: str) -> Block:
    """Return what to do next, and how to see this again; the last step is what stays."""
    is_passed = report.outcome is Outcome.PASSED
    if whole == WHOLE and worth_listing(report) and not is_passed:
        next_step = f"{next_step}\n\nAll checks: {whole}".strip()
    others = len(parse(next_step).groups) - 1
    fewer = [Form(steps(next_step, style, most), Loss.WORDS) for most in range(others, -1, -1)]
    full = [*steps(next_step, style), *again(report, style)]
    if is_passed:
        return [Form(full), Form(steps(next_step, style), Loss.SEED), *fewer]
    seeded = steps(f"{next_step}\n\n{same_inputs(report)}".strip(), style)
    return [Form(full), Form(seeded, Loss.EXPLANATION), *fewer]
