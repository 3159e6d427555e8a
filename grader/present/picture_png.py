"""Panels as a PNG, drawn by matplotlib, which the extra `plot` brings."""

from __future__ import annotations

import io
import math
import textwrap
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.errors import UsageError
from grader.exercise.pictures import Panel, Scale, grouped
from grader.present.picture_text import Array, pieces

WIDTH, HEIGHT = 3.2, 2.6  # of a panel, in inches
ABREAST = 4
DPI = 120
LETTERS = 38  # in a line of words
MAX_LINES = 7  # of words, of which few have room
MAX_LABEL = 24  # letters
WORDS_HEIGHT = 1.0
MAX_PANELS = 80  # each takes a tenth of a second, and a megabyte
MAX_BARS = 100  # above it, values are drawn in one stroke
# What stands where a value has no colour and no height, and how large.
_SIGNS = (("$?$", 36, np.isnan), (r"$+\infty$", 120, np.isposinf), (r"$-\infty$", 120, np.isneginf))


def panels_png(panels: Sequence[Panel], abreast: int = ABREAST) -> bytes:
    """Return panels as a PNG, each group in rows of at most `abreast`, on one scale.

    Raises
    ------
    UsageError
        matplotlib is not installed, or the panels are too many for one page.
    """
    if len(panels) > MAX_PANELS:
        raise UsageError(
            f"a PNG has room for {MAX_PANELS} panels, and these are {len(panels):,}",
            next="Leave out the PNG: they are all in the text.",
        )
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError(
            "a PNG is drawn by matplotlib, which is not installed",
            next="Install it: pip install 'attention-course[plot]'",
        ) from error
    groups = grouped(panels)
    across = min(abreast, max(map(len, groups.values())))
    rows = [math.ceil(len(members) / across) for members in groups.values()]
    heights = [
        count * _height(members) for count, members in zip(rows, groups.values(), strict=True)
    ]
    figure = Figure(figsize=(WIDTH * across + 0.6, sum(heights)), layout="constrained")
    FigureCanvasAgg(figure)
    parts = figure.subfigures(len(groups), 1, height_ratios=heights, squeeze=False)[:, 0]
    for part, height, (group, members) in zip(parts, rows, groups.items(), strict=True):
        part.suptitle(group, fontweight="bold", parse_math=False)
        _draw_group(part, members, height, across)
    png = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of long texts, for whoever made the figure
        figure.savefig(png, format="png", dpi=DPI)
    return png.getvalue()


def _height(panels: Sequence[Panel]) -> float:
    """Return the height of a row of panels; words alone need little."""
    return HEIGHT if any(not panel.words for panel in panels) else WORDS_HEIGHT


def _draw_group(figure: Any, panels: Sequence[Panel], height: int, across: int) -> None:
    scale = Scale.of(panels)
    places = figure.subplots(height, across, squeeze=False).ravel()
    images = []
    for place, panel in zip(places, panels, strict=False):
        place.set_title("\n".join(textwrap.wrap(panel.title, 40)), fontsize=9, parse_math=False)
        if panel.words:
            _write_words(place, panel)
        elif panel.is_table:
            images.append(_draw_table(place, panel, scale))
        else:
            _draw_bars(place, panel, scale)
    for place in places[len(panels) :]:
        place.set_axis_off()
    if images:
        figure.colorbar(images[0], ax=list(places))


def _draw_table(place: Any, panel: Panel, scale: Scale) -> Any:
    """Draw a heat map; red and blue part at zero where there is something below it."""
    numbers = panel.numbers
    image = place.imshow(
        np.ma.masked_invalid(numbers),
        cmap="RdBu_r" if scale.has_negative else "Blues",
        vmin=-scale.largest if scale.has_negative else 0.0,
        vmax=scale.largest,
        aspect="equal",
    )
    for sign, size, has_it in _SIGNS:
        rows, columns = np.nonzero(has_it(numbers))
        _mark(place, columns, rows, sign, size)
    _label(place, "y", panel.rows)
    _label(place, "x", panel.columns)
    return image


def _write_words(place: Any, panel: Panel) -> None:
    """Write the words that ids stand for, with a stroke between them."""
    lines = [line[: LETTERS + 10] for line in pieces(panel, LETTERS, MAX_LINES)]
    style = {"ha": "left", "va": "top", "fontsize": 8, "family": "monospace"}
    place.text(0.0, 1.0, "\n".join(lines), parse_math=False, **style)
    place.set_axis_off()


def _draw_bars(place: Any, panel: Panel, scale: Scale) -> None:
    numbers = panel.numbers
    heights = np.where(np.isfinite(numbers), numbers, 0.0)
    if len(heights) <= MAX_BARS:
        place.bar(range(len(heights)), heights)
    else:
        place.fill_between(range(len(heights)), heights, step="mid")
    for sign, size, has_it in _SIGNS:
        places = np.flatnonzero(has_it(numbers))
        _mark(place, places, np.zeros(len(places)), sign, size)
    place.axhline(0, color="black", linewidth=0.8)
    room = 0.05 * (scale.highest - scale.lowest)
    place.set_ylim(scale.lowest - room * scale.has_negative, scale.highest + room)
    _label(place, "x", panel.columns)


def _mark(place: Any, x: Array, y: Array, sign: str, size: int) -> None:
    """Write a sign at some places: as one thing, for they may be very many."""
    if len(x):
        place.scatter(x, y, s=size, marker=sign, color="black", linewidths=0)


def _label(place: Any, axis: str, labels: Sequence[str]) -> None:
    """Write labels along an axis, and of many only so many as have room."""
    step = max(1, math.ceil(len(labels) / 12))
    written = [label[:MAX_LABEL] for label in labels[::step]]
    long = axis == "x" and sum(map(len, written)) > 32
    getattr(place, f"set_{axis}ticks")(
        range(0, len(labels), step),
        written,
        fontsize=7,
        parse_math=False,
        rotation=90 if long else 0,
    )
