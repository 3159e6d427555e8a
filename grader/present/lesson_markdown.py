"""Lessons and hints as Markdown, for notebooks: prose, blocks of code, and formulas as TeX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby

from grader.course.lesson import tex_of
from grader.exercise.definition import Definition
from grader.present.prose_markdown import prose_markdown
from grader.records.text import Block, Lines, Text, parse


def lesson_markdown(definition: Definition) -> str:
    """Return the lesson under a heading, with TeX for those lines that have some."""
    title, _, lesson = definition.lesson.strip("\n").partition("\n")
    heading = f"## {prose_markdown(title.removesuffix('.'))}"
    parts = [_part(block, definition.formulas) for block in parse(lesson).blocks]
    return "\n\n".join([heading, *chain.from_iterable(parts)])


def hints_markdown(definition: Definition) -> str:
    """Return the hints, each folded, from a nudge to nearly there."""
    count = len(definition.hints)
    return "\n\n".join(
        f"<details><summary>Hint {number} of {count}</summary>"
        f"\n\n{prose_markdown(hint)}\n\n</details>"
        for number, hint in enumerate(definition.hints, start=1)
    )


def _part(block: Block, formulas: Mapping[str, str]) -> Iterator[str]:
    if not isinstance(block, Lines):
        yield prose_markdown(Text.of(block))
        return
    for has_tex, group in groupby(block.lines, lambda line: tex_of(line, formulas) is not None):
        lines = tuple(group)
        if has_tex:
            yield _display([tex_of(line, formulas) or "" for line in lines])
        elif any(lines):
            yield prose_markdown(Text.of(Lines(lines)))


def _display(formulas: Sequence[str]) -> str:
    around = "aligned" if any("&" in line for line in formulas) else "gathered"
    lines = " \\\\\n".join(formulas)
    return f"$$\n\\begin{{{around}}}\n{lines}\n\\end{{{around}}}\n$$"
