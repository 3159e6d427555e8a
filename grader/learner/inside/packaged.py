"""Imports of a course's packages, and of nothing else that is installed beside them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from importlib.metadata import PathDistribution


def offer(paths: Sequence[str]) -> None:
    """Let the modules and packages at `paths` be imported, where there are any."""
    if any(paths):
        sys.meta_path.append(cast(Any, PackageFinder(paths)))


class PackageFinder:
    """Finds the modules and packages at `paths`, and what they say of themselves there."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._folders = {os.path.basename(p).split(".")[0]: os.path.dirname(p) for p in paths}
        self._about = [path for path in paths if path.endswith(".dist-info")]

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Find one by its name; what is inside of it, Python finds itself."""
        folder = self._folders.get(name)
        return PathFinder.find_spec(name, [folder]) if folder else None

    def find_distributions(self, context: Any) -> Iterator[PathDistribution]:
        """Yield what tells a package's version: some ask for their own as they are imported."""
        from importlib.metadata import PathDistribution, Prepared  # type: ignore[attr-defined]
        from pathlib import Path

        wanted = Prepared(context.name).normalized
        for about in (PathDistribution(Path(path)) for path in self._about):
            if context.name is None or Prepared(about.metadata["Name"]).normalized == wanted:
                yield about
