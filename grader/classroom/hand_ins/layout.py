"""How far a platform's names are where that platform puts them, and no student can."""

from __future__ import annotations

from collections.abc import Callable

from grader.classroom.hand_ins.entries import Download, Entry

# How far a form fits where it may be, and where the files of one person can make it seem so.
UNCLEAR = 0.75

MOST_BESIDE = 3  # files beside the one folder that there is

Find = Callable[[Entry, int], object]  # what a platform's name says so many folders deep, or None


def depth_of(download: Download, find: Find) -> int:
    """Return how many folders a platform's names lie in: none, or that which they were put into.

    Further down everything is what somebody handed in.
    """
    inside = [entry for entry in download.entries if len(entry.parts) > 1]
    # What a student calls a file may part it into folders, of which the first begins with a name.
    starts = (entry._replace(path=f"{entry.parts[0]}_") for entry in inside)
    is_theirs = any(find(entry, 0) for entry in (*inside, *starts))
    if is_one_folder(download) and not is_theirs and any(find(entry, 1) for entry in inside):
        return 1
    return 0 if any(find(entry, 0) for entry in download.entries) else 1


def share_of(download: Download, find: Find) -> float:
    """Return the share of what lies there that is called as a platform calls it."""
    depth = depth_of(download, find)
    every = {entry.parts[: depth + 1] for entry in download.entries}
    found = {entry.parts[: depth + 1] for entry in download.entries if find(entry, depth)}
    share = len(found) / len(every)
    if depth == 0:
        return share
    return min(share, UNCLEAR) if is_one_folder(download) else 0


def is_one_folder(download: Download) -> bool:
    """Tell whether there is one folder: one that was made for it, or the only student's.

    A few files may lie beside it, such as a teacher's; more would be people's.
    """
    inside = [entry.parts[0] for entry in download.entries if len(entry.parts) > 1]
    beside = len(download.entries) - len(inside)
    return len({*inside}) == 1 and beside <= MOST_BESIDE and beside < len(inside)
