"""An exception in words, with the learner's own lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby

from grader.records import Frame, Raised, Submission
from grader.records.text import Code, Lines, Paragraph, Span, Text, spans_of

# The learner's files, by the path that tracebacks name.
Sources = Mapping[str, Submission]
# Where Python ends a line; `splitlines` knows more ends.
_LINE_END = re.compile(r"\r\n|\r|\n")
# A line of theirs that is longer is shown up to here.
MAX_LINE = 200
# A magic, a line for the shell, or a call for help, as IPython reads them.
NOTEBOOK_LINE = re.compile(r"\s*(?:\w[\w., ]*=\s*)?(?:%%?\w|!)|\s*\?|\s*[\w.]+\?+\s*$")


def say_raised(raised: Raised, sources: Sources) -> Text:
    """Return the exception and the learner's own lines that it passed through."""
    text = f"{raised.type}: {raised.message.rstrip()}" if raised.message else raised.type
    if raised.refused:
        text = f"{raised.refused} is not allowed here ({text})"
    advice = _advice(raised, sources)
    if advice and not text.endswith((".", "?", "!")):
        text += "."
    sentence = Paragraph((text, *advice))
    lines = []
    for frame, group in groupby(raised.frames):
        times = len(list(group))
        within = f" in {frame.function}" if frame.function else ""
        again = f", {times} times" if times > 1 else ""
        lines.append(f"  {place(frame, sources)}{within}{again}")
        lines += _quote(sources, frame, raised.column)
    return Text.of(sentence, Lines(tuple(lines))) if lines else Text.of(sentence)


def _advice(raised: Raised, sources: Sources) -> tuple[Span, ...]:
    """Return a word on the exceptions whose own words help least."""
    if raised.column is not None and raised.frames:
        line = line_of(sources, raised.frames[-1]) or ""
        if NOTEBOOK_LINE.match(line):
            why = " is for a notebook alone, not Python: take it out"
            return " ", Code(line.strip()[:MAX_LINE]), why
    if raised.advice:
        return spans_of(f" {raised.advice}")
    if "TypeError" in raised.types and "argument" in raised.message and not raised.frames:
        return (" Keep the parameters as they are in the stub: their names and their order",)
    return ()


def line_of(sources: Sources, frame: Frame) -> str | None:
    """Return the line of source that a frame stands for, as far as we have it."""
    lines = lines_of(sources.get(frame.path))
    return lines[frame.line - 1] if 1 <= frame.line <= len(lines) else None


def lines_of(file: Submission | None) -> list[str]:
    """Return the lines of a file as Python counts them; none where there is no file."""
    return _LINE_END.split(file.source.decode("utf-8-sig", "replace")) if file else []


def place(frame: Frame, sources: Sources) -> str:
    """Return where a person finds the line that a frame stands for."""
    file = sources.get(frame.path)
    return file.place(frame.line) if file else f"{frame.path}:{frame.line}"


def _quote(sources: Sources, frame: Frame, column: int | None) -> list[str]:
    """Return a line of source, and under it a caret where a syntax error stands."""
    text = line_of(sources, frame)
    if text is None:
        return []
    lines = [f"      {text.strip()[:MAX_LINE]}"]
    if column and column <= MAX_LINE:
        indent = len(text) - len(text.lstrip())
        lines.append(" " * (6 + max(column - 1 - indent, 0)) + "^")
    return lines
