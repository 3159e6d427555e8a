"""Gradescope's "Export submissions": a folder for each, and submission_metadata.yml for all.

The metadata may be large, because the results of every attempt are in it. They are left out line by
line, before anything is kept or parsed, and each submission is parsed by itself.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from grader.classroom.hand_ins.entries import Download, Entry, whole_characters
from grader.classroom.hand_ins.layout import UNCLEAR, is_one_folder
from grader.classroom.hand_ins.record import Clue, Clues, HandIn
from grader.classroom.hand_ins.times import read_stamp
from grader.errors import RefusedError, UsageError, in_one_line
from grader.files import NotYaml, yaml_of

METADATA = "submission_metadata.yml"
MAX_METADATA = 2_000_000_000  # bytes, read line by line: half a minute
MAX_ABOUT = 50_000  # bytes that are said of one submission, without its results
_BEGINNING = 1_000  # bytes of a line that say what it is
_EXPORT = re.compile(r"assignment_\d+_export")
_OF_ONE = re.compile(r"submission_\d+|\d+\.pdf")
_RESULTS = re.compile(rb"( *):?(?:results|history):")
_SAID = (":submitters", ":created_at")
_KEY = re.compile(rb"""["']?(submission_\d+|\d+\.pdf)["']?:\s*""")


def fits(download: Download) -> float:
    """Return how sure it is that Gradescope wrote the metadata: below a student it is theirs.

    Nor has it written them where much else lies beside them.
    """
    metadata = _metadata_of(download)
    if metadata is None:
        return 0
    depth = len(metadata.parts) - 1
    beside = {each.parts[depth] for each in download.entries if len(each.parts) > depth}
    beside.discard(METADATA)
    share = sum(bool(_OF_ONE.fullmatch(name)) for name in beside) / len(beside) if beside else 1
    is_sure = not depth or _EXPORT.fullmatch(metadata.parts[0])
    return share if is_sure else min(share, UNCLEAR)


def hand_ins(download: Download) -> Iterator[HandIn]:
    """Yield a hand-in for each submission; without metadata for it, nobody knows whose it is."""
    metadata = _metadata_of(download)
    if metadata is None:
        raise UsageError(
            f"there is no {METADATA} in it",
            where=in_one_line(download.name),
            next="Gradescope's export has one: download it again, or leave out --from.",
        )
    known = _read(metadata, download)
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


def _read(metadata: Entry, download: Download) -> dict[str, dict[str, Any]]:
    try:
        if metadata.refused:
            raise RefusedError(metadata.refused)
        return dict(_metadata(metadata.lines(MAX_METADATA, MAX_ABOUT + 1)))
    except RefusedError as error:
        raise UsageError(
            f"its {METADATA} cannot be read: {error.what}",
            where=in_one_line(download.name),
            next="Download it again; or take --from folders, with folders called by people.",
        ) from error


def _metadata_of(download: Download) -> Entry | None:
    """Return the metadata, at the top or in the one folder that there is, and from nowhere else."""
    depth = 2 if is_one_folder(download) else 1
    found = (e for e in download.entries if e.name == METADATA and len(e.parts) <= depth)
    return min(found, key=lambda entry: len(entry.parts), default=None)


def _metadata(lines: Iterable[bytes]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is said of each submission, results left out; nothing of what cannot be read."""
    for key, text in _pieces(lines):
        with contextlib.suppress(NotYaml):  # that one is nobody's then, and listed as that
            whole = text.decode("utf-8", "replace").encode()
            about = yaml_of(whole) if len(text) <= MAX_ABOUT else None
            if isinstance(about, dict):
                yield key, {name: about[name] for name in _SAID if name in about}


def _pieces(lines: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the lines about each submission, of one that has too many a few too many."""
    key, kept, left_out = "", bytearray(), -1
    for line in lines:
        if left_out >= 0 and _is_inside(line, left_out):
            continue
        left_out = -1
        if found := _KEY.fullmatch(line[:_BEGINNING].rstrip()):
            yield from [(key, bytes(kept))] if key else []
            key, kept = found[1].decode(), bytearray()
        elif found := _RESULTS.match(line):
            left_out = len(found[1])
        elif key and len(kept) <= MAX_ABOUT:
            kept += line
    yield from [(key, bytes(kept))] if key else []


def _is_inside(line: bytes, indent: int) -> bool:
    """Tell whether a line belongs to a key that stands so far in: an item may stand as far."""
    line = line[:_BEGINNING]
    begins = line.lstrip()
    own = len(line) - len(begins)
    return not begins or own > indent or (own == indent and begins.startswith(b"- "))


def _listed(value: Any) -> list[dict[str, str]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _clues(submitter: dict[str, str]) -> Clues:
    kinds = {":email": "email", ":sid": "number", ":name": "name"}
    said = ((kind, submitter.get(key)) for key, kind in kinds.items())
    found = ((kind, value) for kind, value in said if isinstance(value, str) and value)
    return tuple(Clue(kind, whole_characters(value)) for kind, value in found)
