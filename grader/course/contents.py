"""course.yaml as plain values, from a copy in JSON while that is in step."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from grader.course.places import require_no_link
from grader.errors import CourseError, UsageError


def read_contents(path: Path) -> Any:
    """Return what is in course.yaml.

    Every command reads this file, and importing PyYAML alone takes longer than judging an answer.
    """
    status = path.stat()
    stamp = [status.st_mtime_ns, status.st_size]
    copy = path.parent / ".grader" / "course.json"
    try:
        require_no_link(path.parent, copy)
    except UsageError:  # whoever keeps something there says so
        return _parse(path)
    saved = _saved(copy)
    if saved.get("stamp") == stamp:
        return saved["contents"]
    contents = _parse(path)
    with contextlib.suppress(OSError, TypeError):  # without a copy, the next command parses again
        copy.parent.mkdir(exist_ok=True)
        whole = copy.with_name(f"course-{os.urandom(6).hex()}.json")
        whole.write_text(json.dumps({"stamp": stamp, "contents": contents}), "utf-8")
        os.replace(whole, copy)
    return contents


def _saved(copy: Path) -> dict[str, Any]:
    try:
        saved = json.loads(copy.read_bytes())
    except (OSError, ValueError):
        return {}
    return saved if isinstance(saved, dict) and "contents" in saved else {}


def _parse(path: Path) -> Any:
    import yaml

    try:
        return yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise CourseError(
            f"this is not YAML: {getattr(error, 'problem', error)}", where=place
        ) from error
