"""Lessons and hints as Markdown, for notebooks: prose, blocks of code, and formulas as TeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby

from grader.course.formulas import beyond_formulas
from grader.course.lesson import tex_of, unplaced
from grader.exercise.definition import Definition
from grader.present.prose_markdown import prose_markdown
from grader.present.readable import readable
from grader.records.text import Block, Lines, Text, parse


def lesson_markdown(definition: Definition) -> str:
    """Return the lesson under a heading, with TeX for those lines that have some.

    A formula that stands for more lines than one, leaves a brace open, or does more than to set
    signs is shown as it stands: its TeX is not to be repeated without end, nor read as anything but
    TeX, nor to lead anywhere.
    """
    title, _, lesson = definition.lesson.strip("\n").partition("\n")
    heading = f"## {prose_markdown(title.removesuffix('.'))}"
    formulas = _formulas(definition)
    parts = [_part(block, formulas) for block in parse(lesson).blocks]
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


def _formulas(definition: Definition) -> Mapping[str, str]:
    others = {*unplaced(definition)}
    kept = {name: tex for name, tex in definition.formulas.items() if name not in others}
    return {name: _in_one_line(tex) for name, tex in kept.items() if _is_plain(tex)}


def _is_plain(tex: str) -> bool:
    """Tell whether every brace is closed, and nothing is done but to set signs.

    At an open brace, Markdown would not see where the TeX ends.
    """
    if beyond_formulas(tex):
        return False
    braces = re.findall("[{}]", re.sub(r"\\.", "", tex, flags=re.DOTALL))
    depths = [0, *accumulate(1 if brace == "{" else -1 for brace in braces)]
    return min(depths) == depths[-1] == 0


def _in_one_line(tex: str) -> str:
    """Return TeX that means the same, and does not end what is set, nor begin a tag of HTML."""
    return re.sub(r"<(?=\S)|\$(?=\$)", r"\g<0> ", readable(" ".join(tex.split())))


def _display(formulas: Sequence[str]) -> str:
    around = "aligned" if any("&" in line for line in formulas) else "gathered"
    lines = " \\\\\n".join(formulas)
    return f"$$\n\\begin{{{around}}}\n{lines}\n\\end{{{around}}}\n$$"
