"""Moodle's "Download all submissions": NAME_NUMBER_assignsubmission_PLUGIN, in its three forms.

The number is a participant's in one assignment; the grading worksheet says whose it is. The names
of folders and plugins are those of Moodle's `mod/assign`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.classroom.hand_ins.entries import Download, Entry
from grader.classroom.hand_ins.record import Clue, HandIn

_PLACE = re.compile(r"(.*)_(\d+)_assign(?:submission|feedback)_([a-z]+)(?:_(.*))?", re.DOTALL)
_TYPED = "it was typed into Moodle's text box: a file is wanted"


def fits(download: Download) -> bool:
    """Tell whether most files lie where Moodle puts them."""
    found = [_find(entry) for entry in download.entries]
    return 2 * len([each for each in found if each]) > len(found)


def hand_ins(download: Download) -> Iterator[HandIn]:
    """Yield a hand-in for each participant, and one of nobody for what lies elsewhere."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in download.entries:
        name, number, inside = _find(entry) or ("", "", entry)
        groups.setdefault((name, number), []).append(inside)
    for (name, number), files in groups.items():
        if not number:
            yield HandIn("", (), tuple(files))
            continue
        clues = [Clue("participant", number)]
        if name not in ("", "Participant"):
            clues += [Clue("name", name), Clue("group", name)]
        yield HandIn(f"{name}_{number}", (tuple(clues),), tuple(files))


def _find(entry: Entry) -> tuple[str, str, Entry] | None:
    """Return the name and the number on the way to a file, and the file as it was handed in."""
    for depth, part in enumerate(entry.parts[:3]):
        if found := _PLACE.fullmatch(part):
            name, number, plugin, rest = found.groups()
            parts = [*([rest] if rest else []), *entry.parts[depth + 1 :]]
            refused = _TYPED if plugin == "onlinetext" else entry.refused
            path = "/".join(parts) or entry.name
            return name, number, entry._replace(path=path, refused=refused)
    return None
