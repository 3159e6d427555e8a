"""The numbers that options take: what is infinite, or none at all, is never in a range."""

from __future__ import annotations

import math
from typing import Any

import click


class Number(click.FloatRange):
    """A number in a range; click alone lets "nan" through whatever the range is."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number; end with what is wrong with it where it is none."""
        found = float(super().convert(value, param, ctx))
        if not math.isfinite(found):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return found


SECONDS = Number(0, 86_400, min_open=True)  # of a time limit: a day at most
