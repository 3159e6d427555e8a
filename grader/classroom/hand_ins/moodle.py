"""Moodle's "Download all submissions": NAME_NUMBER_assignsubmission_PLUGIN, in its three forms.

The number is a participant's in one assignment; the grading worksheet says whose it is. The names
of folders and plugins are those of Moodle's `mod/assign`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.classroom.hand_ins.entries import Download, Entry
from grader.classroom.hand_ins.layout import depth_of, share_of
from grader.classroom.hand_ins.record import Clue, HandIn

# Moodle takes underscores out of names: from the left, what it writes itself ends at the plugin.
_PLACE = re.compile(r"([^_]*)_(\d+)_assign(?:submission|feedback)_([a-z]+)(?:_(.*))?", re.DOTALL)
_TYPED = "it was typed into Moodle's text box: a file is wanted"


def fits(download: Download) -> float:
    """Return the share of names that are Moodle's."""
    return share_of(download, _find)


def hand_ins(download: Download) -> Iterator[HandIn]:
    """Yield a hand-in for each participant, and one of nobody for what lies elsewhere."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    depth = depth_of(download, _find)
    for entry in download.entries:
        name, number, inside = _find(entry, depth) or ("", "", entry)
        groups.setdefault((name, number), []).append(inside)
    for (name, number), files in groups.items():
        if not number:
            yield HandIn("", (), tuple(files))
            continue
        clues = [Clue("participant", number)]
        if name not in ("", "Participant"):
            clues += [Clue("name", name), Clue("group", name)]
        yield HandIn(f"{name}_{number}", (tuple(clues),), tuple(files))


def _find(entry: Entry, depth: int) -> tuple[str, str, Entry] | None:
    """Return the name and the number on the way to a file, and the file as it was handed in."""
    found = _PLACE.fullmatch(entry.parts[depth]) if len(entry.parts) > depth else None
    if not found:
        return None
    name, number, plugin, rest = found.groups()
    parts = [*([rest] if rest else []), *entry.parts[depth + 1 :]]
    refused = _TYPED if plugin == "onlinetext" else entry.refused
    path = "/".join(parts) or entry.name
    return name, number, entry._replace(path=path, refused=refused)
