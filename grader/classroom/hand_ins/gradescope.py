"""Gradescope's "Export submissions": a folder for each, and submission_metadata.yml for all.

The metadata may be large, because the results of every attempt are in it. They are left out before
anything is parsed, and each submission is parsed by itself.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

from grader.classroom.hand_ins.entries import Download, Entry, whole_characters
from grader.classroom.hand_ins.layout import UNCLEAR, is_one_folder
from grader.classroom.hand_ins.record import Clue, Clues, HandIn
from grader.classroom.hand_ins.times import read_stamp
from grader.errors import UsageError, in_one_line
from grader.files import MAX_YAML, NotYaml, yaml_of

METADATA = "submission_metadata.yml"
MAX_METADATA = 500_000_000  # bytes
_EXPORT = re.compile(r"assignment_\d+_export")
_RESULTS = re.compile(r"( *):?results:")
_KEY = re.compile(r"""["']?(submission_\d+|\d+\.pdf)["']?:\s*""")


def fits(download: Download) -> float:
    """Return how sure it is that Gradescope wrote the metadata: below a student it is theirs."""
    metadata = _metadata_of(download)
    if metadata is None:
        return 0
    return 1 if len(metadata.parts) == 1 or _EXPORT.fullmatch(metadata.parts[0]) else UNCLEAR


def hand_ins(download: Download) -> Iterator[HandIn]:
    """Yield a hand-in for each submission; without metadata for it, nobody knows whose it is."""
    metadata = _metadata_of(download)
    if metadata is None:
        raise UsageError(
            f"there is no {METADATA} in it",
            where=in_one_line(download.name),
            next="Gradescope's export has one: download it again, or leave out --from.",
        )
    known = dict(_metadata(metadata.read(MAX_METADATA)))
    depth = len(metadata.parts)
    groups: dict[str, list[Entry]] = {}
    for entry in download.entries:
        if entry.path != metadata.path:
            inside = entry.parts[depth:]
            folder = entry.parts[depth - 1] if inside else ""
            files = groups.setdefault(folder, [])
            files.append(entry._replace(path="/".join(inside or entry.parts)))
    for folder, files in groups.items():
        about = known.get(folder, {})
        submitters = tuple(filter(None, map(_clues, _listed(about.get(":submitters")))))
        at = read_stamp(str(about.get(":created_at", "")))
        yield HandIn(folder, submitters, tuple(files), at)


def _metadata_of(download: Download) -> Entry | None:
    """Return the metadata, at the top or in the one folder that there is, and from nowhere else."""
    depth = 2 if is_one_folder(download) else 1
    found = (e for e in download.entries if e.name == METADATA and len(e.parts) <= depth)
    return min(found, key=lambda entry: len(entry.parts), default=None)


def _metadata(body: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is said of each submission, results left out; nothing of what cannot be read."""
    for key, lines in _pieces(body.decode("utf-8", "replace")):
        text = "\n".join(lines).encode()
        with contextlib.suppress(NotYaml):  # that one is nobody's then, and listed as that
            about = yaml_of(text) if len(text) <= MAX_YAML else None
            if isinstance(about, dict):
                yield key, about


def _pieces(text: str) -> Iterator[tuple[str, list[str]]]:
    key, lines, left_out = "", list[str](), -1
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip())
        if left_out >= 0 and (indent > left_out or not line.strip()):
            continue
        left_out = -1
        if found := _KEY.fullmatch(line):
            yield from [(key, lines)] if key else []
            key, lines = found[1], []
        elif found := _RESULTS.match(line):
            left_out = len(found[1])
        elif key:
            lines.append(line)
    yield from [(key, lines)] if key else []


def _listed(value: Any) -> list[dict[str, str]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _clues(submitter: dict[str, str]) -> Clues:
    kinds = {":email": "email", ":sid": "number", ":name": "name"}
    said = ((kind, submitter.get(key)) for key, kind in kinds.items())
    found = ((kind, value) for kind, value in said if isinstance(value, str) and value)
    return tuple(Clue(kind, whole_characters(value)) for kind, value in found)
