"""A panel: one small array with what there is to read beside it, to be drawn as text or as PNG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np


class Panel(NamedTuple):
    """A row of values, drawn as bars, or a table of them, drawn as a heat map.

    `rows` and `columns` are labels; a row of values is labelled by `columns`. Panels of one
    `group` are drawn on one scale, below the group's name.
    """

    title: str
    values: np.ndarray[Any, Any]
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    group: str = ""

    @property
    def is_table(self) -> bool:
        """Whether it is drawn as a heat map."""
        return self.values.ndim == 2

    @property
    def numbers(self) -> np.ndarray[Any, Any]:
        """The values as float64: True is 1."""
        return np.asarray(self.values, dtype=np.float64)


def grouped(panels: Sequence[Panel]) -> dict[str, list[Panel]]:
    """Return panels by their group, in the order that they came in."""
    groups: dict[str, list[Panel]] = {}
    for panel in panels:
        groups.setdefault(panel.group, []).append(panel)
    return groups


class Scale(NamedTuple):
    """The lowest and the highest value that the panels of a group show; zero is between them."""

    lowest: float
    highest: float

    @classmethod
    def of(cls, panels: Sequence[Panel]) -> Scale:
        """Return a scale that holds zero and every finite value of some panels."""
        values = np.concatenate([panel.numbers.ravel() for panel in panels])
        finite = values[np.isfinite(values)]
        lowest, highest = float(finite.min(initial=0.0)), float(finite.max(initial=0.0))
        return cls(lowest, highest if lowest or highest else 1.0)

    @property
    def largest(self) -> float:
        """The largest magnitude: what is drawn strongest."""
        return max(-self.lowest, self.highest)

    @property
    def has_negative(self) -> bool:
        """Whether something is below zero."""
        return self.lowest < 0
