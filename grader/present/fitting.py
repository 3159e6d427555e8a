"""Blocks of lines that become shorter, in the order of what is lost by it, until they fit."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import click

from grader.present.prose_text import within
from grader.present.readable import is_wide


class Loss(IntEnum):
    """What is lost where a block becomes shorter; what matters least goes first."""

    NOTHING = 0
    SEED = 1  # where everything is passed
    PRINTS = 2
    EVIDENCE = 3
    EXPLANATION = 4
    NAMES = 5
    EXAMPLE = 6
    SPACE = 7  # the blank lines between blocks
    WORDS = 8


class Form(NamedTuple):
    """The lines of a block, and what is lost where they stand for those of the form before."""

    lines: Sequence[str]
    loss: Loss = Loss.NOTHING


Block = Sequence[Form]  # the fullest form first, and none loses less than the one before it


def fitted(blocks: Sequence[Block], height: int, width: int) -> str:
    """Return blocks, with blank lines between them, in the fullest forms that fit so many lines."""
    space = [Form(("",)), Form((), Loss.SPACE)]
    everything = [*blocks, space]
    chosen = [0] * len(everything)

    def text() -> str:
        shown = (
            within(block[at].lines, width) for block, at in zip(everything, chosen, strict=True)
        )
        return _joined(*shown)

    steps = sorted((f.loss, place) for place, block in enumerate(everything) for f in block[1:])
    done = []
    for _, place in steps:
        if rows_of(text(), width) <= height:
            break
        chosen[place] += 1
        done.append(place)
    for place in reversed(done):  # a block that went may have made room for what went before it
        chosen[place] -= 1
        chosen[place] += rows_of(text(), width) > height
    return text()


def _joined(*blocks: Sequence[str]) -> str:
    *shown, space = blocks
    return "\n".join(["", *space, ""]).join("\n".join(lines) for lines in shown if lines)


def rows_of(text: str, width: int) -> int:
    """Return how many rows of a terminal a text takes; some characters are two columns wide."""
    lengths = (_columns(click.unstyle(line)) for line in text.split("\n"))
    return sum(max(1, -(-length // width)) for length in lengths)


def _columns(line: str) -> int:
    if line.isascii():
        return len(line)
    return len(line) + sum(map(is_wide, line))
