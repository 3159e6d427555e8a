"""Panels as text: tables in shades, values as bars, ids as words. All of it is readable uncoloured.

The shade tells how much, the pattern tells the sign: blocks above zero, strokes below. Zero itself
is blank, and everything else that is not quite zero has a sign of its own.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import click
import numpy as np

from grader.exercise.pictures import Panel, Scale, grouped
from grader.present.style import Style

Array = np.ndarray[Any, Any]
BLOCKS = " ·░▒▓█"
STROKES = " ,-+=#"
GAP = 4
CELL = 2  # characters of a cell, which make it about as wide as it is high
MAX_LABEL = 12
MAX_ROWS = 200
MAX_BARS = 12  # more values than these stand side by side, as columns
NUMBER = 9  # characters of the longest number
HEIGHT = 6  # of columns, in lines above zero and below

# What stands in for the signs above where an encoding has none of them.
PLAIN = str.maketrans("·░▒▓█▄▀│─∞", ".:oO@o'|-8")


def render_panels(panels: Sequence[Panel], style: Style, abreast: int = 0) -> str:
    """Return panels as text, side by side where they fit, each group with a legend of its scale.

    With `abreast`, at most so many stand side by side.
    """
    parts = []
    for group, members in grouped(panels).items():
        scale = Scale.of(members)
        heading = [style.paint(group, "bold"), ""] if group else []
        blocks = [_block(panel, scale, style) for panel in members]
        drawn = _laid_out(blocks, style.width, abreast)
        scaled = [panel for panel in members if not panel.words]
        legend = ["", *style.wrap(_legend(scaled, scale))] if scaled else []
        lines = [*heading, *drawn, *legend]
        parts.append("\n".join(line.rstrip() for line in lines))
    return "\n\n".join(parts)


def in_encoding(text: str, encoding: str) -> str:
    """Return a picture in signs that an encoding has."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAIN)
    return text


def _block(panel: Panel, scale: Scale, style: Style) -> list[str]:
    room = (style.width - GAP) // 2 if style.width >= 55 else style.width
    if not panel.values.size:
        body = ["(no values)"]
    elif panel.words:
        body = pieces(panel, room, MAX_ROWS)
    elif panel.is_table:
        body = _table(panel, scale, style)
    else:
        draw = _bars if panel.values.size <= MAX_BARS else _columns
        body = draw(panel, scale, room)
    title = textwrap.wrap(panel.title, max(room, *map(_length, body)))
    return [*(style.paint(line, "bold") for line in title), *body]


def _laid_out(blocks: Sequence[list[str]], width: int, abreast: int) -> list[str]:
    """Put blocks beside each other as long as they fit, and the next ones below."""
    lines: list[str] = []
    shelf: list[list[str]] = []
    for block in blocks:
        needed = sum(_width(b) + GAP for b in shelf) + _width(block)
        if shelf and (needed > width or len(shelf) == abreast):
            lines += [*_beside(shelf), ""]
            shelf = []
        shelf.append(block)
    return lines + _beside(shelf)


def _beside(shelf: Sequence[list[str]]) -> list[str]:
    widths = [_width(block) for block in shelf]
    return [
        (" " * GAP).join(
            line + " " * (w - _length(line)) for line, w in zip(row, widths, strict=True)
        )
        for row in zip_longest(*shelf, fillvalue="")
    ]


def _width(block: Sequence[str]) -> int:
    return max(map(_length, block), default=0)


def _length(line: str) -> int:
    return len(click.unstyle(line))


def pieces(panel: Panel, room: int, most: int) -> list[str]:
    """Return words between strokes, in as many lines as it takes, and the first ones in `most`."""
    lines = ["│"]
    for number, word in enumerate(panel.written):
        if len(lines[-1]) > 1 and len(lines[-1]) + len(word) + 1 > room:
            if len(lines) == most:
                return [*lines, f"(the first {number} of {panel.values.size} words)"]
            lines.append("│")
        lines[-1] += f"{word}│"
    return lines


def _table(panel: Panel, scale: Scale, style: Style) -> list[str]:
    """Return a heat map with its labels; what is too wide is cut off, and says so."""
    rows = [label[:MAX_LABEL] for label in panel.rows]
    margin = max(map(len, rows), default=0) + 1
    height, length = panel.values.shape
    room = style.width - margin - 2
    cell = CELL if length * CELL <= room else 1
    labels = panel.columns[:length]
    widest = max(map(len, labels), default=0)
    if widest >= cell and length * (widest + 1) <= min(room, (style.width - GAP) // 2 - margin - 2):
        cell = widest + 1
    fitting = min(length, room // cell)
    lines = [" " * (margin + 1) + line for line in _ruler(labels[:fitting], cell)]
    rows = (rows + [""] * height)[: min(height, MAX_ROWS)]
    for label, row in zip(rows, panel.numbers[:MAX_ROWS, :fitting], strict=True):
        drawn = "".join(_cell(value, scale, cell, style) for value in row)
        lines.append(f"{label:>{margin - 1}} │{drawn}│")
    if height > MAX_ROWS:
        lines.append(f"(the first {MAX_ROWS} of {height} rows)")
    if fitting < length:
        lines.append(f"(the first {fitting} of {length} columns)")
    return lines


def _cell(value: float, scale: Scale, width: int, style: Style) -> str:
    if math.isnan(value):
        return style.paint("?" * width, "warn")
    if math.isinf(value):
        return style.paint(("+∞" if value > 0 else "-∞")[-width:].ljust(width), "warn")
    ramp = BLOCKS if value >= 0 else STROKES
    drawn = ramp[_level(value, scale, len(ramp) - 1)] * width
    return drawn if value >= 0 else style.paint(drawn, "name")


def _level(value: float, scale: Scale, levels: int) -> int:
    """Return a step from 0 to `levels`; 0 is for zero alone."""
    share = abs(value) / scale.largest
    return 0 if share < 1e-9 else max(1, math.ceil(share * levels - 1e-9))


def _ruler(labels: Sequence[str], cell: int) -> list[str]:
    """Return labels above the cells: each over its own, upright, or where numbers have room."""
    labels = [label[:MAX_LABEL] for label in labels]
    widest = max(map(len, labels), default=0)
    if widest == 0:
        return []
    if widest < cell or widest == 1:
        return ["".join(f"{label:<{cell}}" for label in labels)]
    if all(label.lstrip("-").replace(".", "").isdigit() for label in labels if label):
        return [_sparse(labels, cell)]
    upright = zip_longest(*labels, fillvalue=" ")
    return ["".join(letter.ljust(cell) for letter in line) for line in upright]


def _sparse(labels: Sequence[str], cell: int) -> str:
    """Return those labels that have room, evenly spaced."""
    length = len(labels) * cell
    step = -(-(max(map(len, labels)) + 1) // cell)
    line = "".join(f"{label:<{cell * step}}" for label in labels[::step]).rstrip()
    return line if len(line) <= length else line.rpartition(" ")[0].rstrip()


def _bars(panel: Panel, scale: Scale, room: int) -> list[str]:
    """Return a line for each value: its label, a bar away from zero, and the number."""
    values = panel.numbers
    labels = [label[:MAX_LABEL] for label in panel.columns] + [""] * len(values)
    numbers = [_number(value) for value in values]
    margin = max(map(len, labels), default=0) + 1
    length = max(4, room - margin - 2 - NUMBER)
    left = length // 2 if scale.has_negative else 0
    return [
        f"{label:>{margin - 1}} {_bar(value, scale, left, length - left)} {number:<{NUMBER}}"
        for label, value, number in zip(labels, values, numbers, strict=False)
    ]


def _bar(value: float, scale: Scale, left: int, right: int) -> str:
    if not math.isfinite(value):
        return " " * left + "│" + ("?" if math.isnan(value) else "").ljust(right)
    share = value / scale.largest
    below = STROKES[-1] * round(max(-share, 0) * left)
    above = BLOCKS[-1] * round(max(share, 0) * right)
    return below.rjust(left) + "│" + above.ljust(right)


def _columns(panel: Panel, scale: Scale, room: int) -> list[str]:
    """Return values as columns above and below zero, half a line being the smallest step."""
    top, bottom = _height(scale.highest, scale), -_height(-scale.lowest, scale)
    labels = {top: _number(scale.highest), bottom: _number(scale.lowest), 0: "0"}
    margin = max(map(len, labels.values()))
    room -= margin + 2
    values = panel.numbers[:room]
    cell = room // len(values)
    lines = []
    for line in range(top, bottom - 1, -1):
        drawn = "".join(_part(value / scale.largest, line) * cell for value in values)
        lines.append(f"{labels.get(line, ''):>{margin}} │{drawn}")
    lines += [" " * (margin + 2) + line for line in _ruler(panel.columns[: len(values)], cell)]
    cut = len(values) < panel.values.size
    return lines + [f"(the first {room} of {panel.values.size} values)"] * cut


def _height(value: float, scale: Scale) -> int:
    return math.ceil(value / scale.largest * HEIGHT - 1e-9)


def _part(share: float, line: int) -> str:
    """Return what a column shows in one line; line 0 is the axis."""
    if not math.isfinite(share):
        return ("?" if math.isnan(share) else "∞") if line == 0 else " "
    if line == 0:
        return "─"
    halves = round(abs(share) * HEIGHT * 2) - 2 * (abs(line) - 1)
    if (share > 0) != (line > 0) or halves <= 0:
        return " "
    return "█" if halves > 1 else "▄" if line > 0 else "▀"


def _legend(panels: Sequence[Panel], scale: Scale) -> str:
    """Return what the signs mean, and how far the scale goes."""
    nan = ", ? is nan" if any(np.isnan(panel.numbers).any() for panel in panels) else ""
    if not any(panel.is_table for panel in panels):
        return f"scale: {_number(scale.lowest)} to {_number(scale.highest)}{nan}"
    if all(panel.values.dtype == bool for panel in panels):
        return f"scale: {BLOCKS[-1]} True, blank False"
    above = f"0 {BLOCKS[1:]} {_number(scale.largest)}"
    below = f"{_number(-scale.largest)} {STROKES[:0:-1]} " if scale.has_negative else ""
    return f"scale: {below}{above}{nan}"


def _number(value: float) -> str:
    """Return a number in at most `NUMBER` characters."""
    if math.isinf(value):
        return "-∞" if value < 0 else "+∞"
    text = f"{value + 0.0:.3g}"  # + 0.0 takes the sign off -0.0
    is_long = len(text) > NUMBER or 0 < abs(value) < 5e-4
    return f"{value:.0e}" if is_long else text
