"""Lessons and hints as Markdown, for notebooks: prose, blocks of code, and formulas as TeX."""

from __future__ import annotations

import re

from grader.course.lesson import FORMULAS, PROSE, Part, parts_of
from grader.exercise.definition import Definition

# What Markdown or MathJax would take for a sign of theirs, outside of `code`.
_SIGNS = re.compile(r"[\\*$<\[\]|~]|(?<!\w)_|_(?!\w)")


def lesson_markdown(definition: Definition) -> str:
    """Return the lesson under a heading, with TeX for those lines that have some."""
    title, parts = parts_of(definition)
    heading = f"## {plain(title.removesuffix('.'))}"
    return "\n\n".join([heading, *(_part(part) for part in parts)])


def hints_markdown(definition: Definition) -> str:
    """Return the hints, each folded, from a nudge to nearly there."""
    count = len(definition.hints)
    return "\n\n".join(
        f"<details><summary>Hint {number} of {count}</summary>\n\n{plain(hint)}\n\n</details>"
        for number, hint in enumerate(definition.hints, start=1)
    )


def plain(text: str) -> str:
    """Return text that shows as it stands; what stands between backticks is code and stays so."""
    pieces = " ".join(text.split()).split("`")
    if len(pieces) % 2 == 0:  # a backtick without a partner is none of Markdown's
        pieces = ["\\`".join(pieces)]
    pieces[::2] = [_SIGNS.sub(r"\\\g<0>", piece) for piece in pieces[::2]]
    return "`".join(pieces)


def _part(part: Part) -> str:
    if part.kind == PROSE:
        return plain(" ".join(part.lines))
    if part.kind == FORMULAS:
        around = "aligned" if any("&" in line for line in part.lines) else "gathered"
        lines = " \\\\\n".join(part.lines)
        return f"$$\n\\begin{{{around}}}\n{lines}\n\\end{{{around}}}\n$$"
    return "\n".join(["```text", *(line.removeprefix("    ") for line in part.lines), "```"])
