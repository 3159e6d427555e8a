"""What is drawn: the pictures of an exercise, and panels, which are small arrays with labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from grader.errors import in_one_line
from grader.records import Inputs, Value

MAX_VALUES = 10_000  # of a panel
MAX_PICTURES = 10  # of an exercise
MAX_VIEWS = 60  # of a picture
MAX_TEXT = 200  # characters of a title, a label or a word
_LARGEST = 1e100  # whatever draws it multiplies


class View(NamedTuple):
    """A call whose result is drawn.

    It is a call of `function`, or of the picture's own where that is empty. `part` are the indices
    that lead to what is drawn. With `products`, the dot products between its rows are drawn. With
    `words`, it is a row of ids, and each is drawn as its word.
    """

    title: str
    inputs: Inputs
    function: str = ""
    part: tuple[int | str, ...] = ()
    products: bool = False
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def panel(self, result: Value) -> Panel:
        """Return what is drawn of a result.

        Raises `ValueError` where products are asked for of what is no number, row or table, or of
        so many rows that their products are not drawn: then they are not worked out either.
        """
        for index in self.part:
            result = result[index]
        values = np.asarray(result)
        if self.products:
            if not _are_numbers(values) or (values.ndim == 2 and len(values) ** 2 > MAX_VALUES):
                raise ValueError(f"there are no products of {values.dtype} {values.shape} to draw")
            with np.errstate(all="ignore"):
                values = values @ values.T
        return Panel(self.title, values, self.rows, self.columns, words=self.words)


def require_few(views: Sequence[View]) -> None:
    """Raise `ValueError` where views are more, or say more, than anybody looks at."""
    if len(views) > MAX_VIEWS:
        raise ValueError(f"it has {len(views):,} views, and at most {MAX_VIEWS} are drawn")
    for view in views:
        labels = (view.rows, view.columns, view.words)
        if any(len(texts) > MAX_VALUES for texts in labels):
            raise ValueError(f"it has a view with more than {MAX_VALUES:,} labels or words")
        if any(len(text) > MAX_TEXT for texts in ((view.title,), *labels) for text in texts):
            raise ValueError(f"it has a title, label or word of more than {MAX_TEXT} characters")


class Picture(NamedTuple):
    """Some views on one scale. `caption` is what a learner reads beside them."""

    name: str
    function: str
    draw: Callable[[], Sequence[View]]
    caption: str
    where: str = ""

    @property
    def title(self) -> str:
        """The name as people read it."""
        return self.name.replace("_", " ")


class Panel(NamedTuple):
    """A row of values, drawn as bars, or a table of them, drawn as a heat map.

    `rows` and `columns` are labels; a row of values is labelled by `columns`. Panels of one
    `group` are drawn on one scale, below the group's name. Where there are `words`, the values are
    ids, and drawn as the words that they stand for.
    """

    title: str
    values: np.ndarray[Any, Any]
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    group: str = ""
    words: tuple[str, ...] = ()

    @property
    def written(self) -> Iterator[str]:
        """The words that the values stand for; what stands for none is a question mark."""
        known = dict(enumerate(self.words))
        return (_plain(known.get(each, "?")) for each in self.values.ravel().tolist())

    @property
    def plain(self) -> Panel:
        """The panel with texts of one line each, and no more labels than it has values."""
        height = len(self.values) if self.is_table else 0
        length = self.values.shape[-1] if self.values.ndim else 1
        rows, columns = map(_plain, self.rows[:height]), map(_plain, self.columns[:length])
        title, group = _plain(self.title), _plain(self.group)
        return self._replace(title=title, rows=(*rows,), columns=(*columns,), group=group)

    @property
    def can_be_drawn(self) -> bool:
        """Whether it is a number, a row or a table of numbers, and of not too many."""
        return _are_numbers(self.values) and self.values.size <= MAX_VALUES

    @property
    def is_table(self) -> bool:
        """Whether it is drawn as a heat map."""
        return self.values.ndim == 2

    @property
    def numbers(self) -> np.ndarray[Any, Any]:
        """The values as float64: True is 1, and what no scale has room for is infinite.

        A single one is a row of one.
        """
        numbers = np.atleast_1d(np.asarray(np.real(self.values), dtype=np.float64))
        return np.where(np.abs(numbers) > _LARGEST, np.copysign(np.inf, numbers), numbers)


def _are_numbers(values: np.ndarray[Any, Any]) -> bool:
    """Tell whether it is a number, a row or a table of numbers."""
    return values.dtype.kind in "biufc" and values.ndim <= 2


def _plain(text: str) -> str:
    """Return a text in one line, cut where it is longer than anybody reads."""
    return in_one_line(text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}…")


def grouped(panels: Sequence[Panel]) -> dict[str, list[Panel]]:
    """Return panels as they are drawn, by their group, in the order that they came in."""
    groups: dict[str, list[Panel]] = {}
    for panel in (each.plain for each in panels):
        groups.setdefault(panel.group, []).append(panel)
    return groups


class Scale(NamedTuple):
    """The lowest and the highest value that the panels of a group show; zero is between them."""

    lowest: float
    highest: float

    @classmethod
    def of(cls, panels: Sequence[Panel]) -> Scale:
        """Return a scale that holds zero and every finite value of some panels."""
        numbers = [panel.numbers.ravel() for panel in panels if not panel.words]
        values = np.concatenate([np.zeros(1), *numbers])
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
