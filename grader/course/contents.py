"""course.yaml as plain texts, from a copy in JSON while that is in step."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader.course.places import require_no_link
from grader.errors import CourseError, UsageError, in_one_line
from grader.files import NotYaml, json_of, read_regular, replace_file, yaml_of

_FORMAT = 2  # of the copy: before, its values had other types than texts
MAX_BYTES = 200_000
MAX_LISTED = 500  # exercises of a course, or quizzes
_KEYS = ("title", "units", "models", "packages", "definitions")
_KEYS_OF_UNIT = ("title", "exercises", "quizzes")
NO_TEXTS = ("null", "true", "false")  # in YAML


def read_contents(path: Path, *, keep: bool = True) -> dict[str, Any]:
    """Return what is in course.yaml: a title, `units` and `models`, and what else there is.

    Every command reads this file, and importing PyYAML alone takes longer than judging an answer.
    So a copy is kept, unless nothing is to be written.

    Raises
    ------
    CourseError
        It cannot be read, is not YAML, or is no table of contents.
    """
    try:
        status = path.stat()
        stamp = [_FORMAT, status.st_mtime_ns, status.st_size]
        copy = _place_of_copy(path)
        saved = _saved(copy) if copy else {}
        contents = saved["contents"] if saved.get("stamp") == stamp else None
        if contents is None:
            contents = yaml_of(read_regular(path, MAX_BYTES))
            if copy and keep:
                _save(copy, {"stamp": stamp, "contents": contents})
    except OSError as error:
        reason = error.strerror or str(error)
        raise CourseError(f"it cannot be read: {reason}", where=str(path)) from error
    except NotYaml as error:
        where = f"{path}{error.place}"
        raise CourseError(f"this is not YAML: {error}", where=where) from error
    return _checked(contents, path)


def _place_of_copy(path: Path) -> Path | None:
    """Return where the copy is; none behind a link, of which others tell who keep things there."""
    copy = path.parent / ".grader" / "course.json"
    try:
        require_no_link(path.parent, copy)
    except UsageError:
        return None
    return copy


def _saved(copy: Path) -> dict[str, Any]:
    try:
        saved = json_of(read_regular(copy, 10 * MAX_BYTES))
    except (OSError, ValueError):
        return {}
    return saved if isinstance(saved, dict) and "contents" in saved else {}


def _save(copy: Path, saved: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):  # without a copy, the next command parses again
        copy.parent.mkdir(exist_ok=True)
        replace_file(copy, json.dumps(saved).encode())


def _checked(contents: Any, path: Path) -> dict[str, Any]:
    """Return contents whose every title and name is a text, where they are such."""
    _refuse_unknown(contents, _KEYS, "", path)
    try:
        units = {_text(name): _unit(name, body, path) for name, body in contents["units"].items()}
        checked = {**contents, "title": in_one_line(_text(contents["title"])), "units": units}
        for kind in ("exercises", "quizzes"):
            if sum(len(unit[kind]) for unit in units.values()) > MAX_LISTED:
                raise CourseError(f"it lists more than {MAX_LISTED} {kind}", where=str(path))
    except (KeyError, TypeError, AttributeError) as error:
        raise CourseError(
            "a course needs a title and units, each with a title and a list of exercises",
            where=str(path),
            next="To see one that is right: grader init DIR --empty",
        ) from error
    return checked


def _unit(unit: str, body: dict[str, Any], path: Path) -> dict[str, Any]:
    _refuse_unknown(body, _KEYS_OF_UNIT, f" of the unit {unit!r}", path)
    exercises, quizzes = body["exercises"], body.get("quizzes", [])
    _require_names("exercises", exercises, unit, path)
    _require_names("quizzes", quizzes, unit, path)
    title = in_one_line(_text(body["title"]))
    return {"title": title, "exercises": exercises, "quizzes": quizzes}


def _refuse_unknown(body: Any, known: Sequence[str], where: str, path: Path) -> None:
    """Raise where a key is none: what it was to say would go unheard."""
    for key in body if isinstance(body, dict) else ():
        if key not in known:
            from difflib import get_close_matches  # who writes it right does not wait for it

            near = get_close_matches(str(key), known, 1)
            meant = f"Did you mean {near[0]}? " if near else ""
            raise CourseError(
                f"there is no key {in_one_line(str(key))!r}{where}",
                where=str(path),
                next=f"{meant}There are: {', '.join(known)}.",
            )


def _require_names(kind: str, names: Any, unit: str, path: Path) -> None:
    """Raise where what a unit lists are no names: a text would be taken letter by letter."""
    if isinstance(names, list) and all(map(_is_name, names)):
        return
    odd = [each for each in names if not _is_name(each)] if isinstance(names, list) else []
    if odd and not isinstance(odd[0], (list, dict)):
        raise CourseError(
            f"{in_one_line(str(odd[0]))!r} is no name, among the {kind} of the unit {unit!r}",
            where=str(path),
            next="YAML has another meaning for it: call it otherwise.",
        )
    listed = names if isinstance(names, (list, dict)) else [names] if names else []
    raise CourseError(
        f"the {kind} of the unit {unit!r} are to be a list of names",
        where=str(path),
        next=f"Write them in brackets: `{kind}: [{', '.join(map(str, listed))}]`",
    )


def _is_name(value: Any) -> bool:
    """Tell whether this is a text, and would be one for any other reader of YAML."""
    return isinstance(value, str) and not (value.isnumeric() or value in NO_TEXTS)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
