"""What the docstring of a reference promises."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

_RESULTS = re.compile(r"^Returns\n-{3,}\n(?P<body>.*?)(?:\n\n|\Z)", re.MULTILINE | re.DOTALL)
_RESULT = re.compile(r"^(?P<name>\w+) : .*?(?P<shape>\([^()]*\))?$", re.MULTILINE)


def promised_results(function: Callable[..., Any]) -> tuple[tuple[str, str], ...]:
    """Return the name and symbolic shape of each result, from the docstring's Returns section.

    A line such as ``weights : (..., n_query, n_key)`` gives both; a result without a shape gives
    an empty one, and a docstring without the section gives no results.
    """
    section = _RESULTS.search(inspect.getdoc(function) or "")
    if not section:
        return ()
    return tuple((m["name"], m["shape"] or "") for m in _RESULT.finditer(section["body"]))
