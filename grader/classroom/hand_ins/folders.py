"""A folder for each student, whoever made them: clones of repositories, or any other."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain, islice
from pathlib import Path

from grader.classroom.bounds import MAX_TOLD
from grader.classroom.hand_ins.entries import Download, Entry
from grader.classroom.hand_ins.git import CommitTimes
from grader.classroom.hand_ins.layout import is_one_folder
from grader.classroom.hand_ins.record import Clue, HandIn
from grader.classroom.which_exercise import without_additions
from grader.errors import UsageError, in_one_line

_DASHES = re.compile("-")
_NEARLY_ALL = 2 / 3  # of the clones: one that was called otherwise is no reason to know nobody
_MOST_ADDED = 4  # to a name, by programs one after the other
MAX_OF_A_NAME = 50  # files that are called alike, but for what programs add; more are listed, some
_MANY = f"there are more than {MAX_OF_A_NAME} files of this name"
_ANSWERS = (".yaml", ".yml", ".json", ".txt")  # what answers to quizzes are written in
_TEACHERS = ("exercises", "solutions", "quizzes", "models", "tests")  # of a course, no student's


def fits_clones(download: Download) -> float:
    """Return the share of folders that are repositories."""
    names = {entry.parts[0] for entry in download.entries if len(entry.parts) > 1}
    clones = {*_clones(download.folder)} if download.folder else set[str]()
    return len(clones) / len(names | clones) if clones else 0


def fits_any(download: Download) -> float:
    """Tell whether there are folders at all."""
    return any(len(entry.parts) > 1 for entry in download.entries)


def fits_files(quizzes: Collection[str], download: Download) -> float:
    """Tell whether some files lie in no folder of a student, and so may be called by one."""
    return any(len(entry.parts) == 1 for entry in _out_of_the_one(quizzes, download))


def hand_ins_of_clones(download: Download) -> Iterator[HandIn]:
    """Yield a hand-in for each repository, of the time of its last commit."""
    if download.folder is None:
        raise UsageError(
            "repositories are read from a folder of clones, and this is none",
            where=in_one_line(download.name),
            next="Name the folder that they were cloned into, or leave out --from.",
        )
    root, clones = download.folder, list(_clones(download.folder))
    slugs = _slugs(root.name, clones)

    with CommitTimes() as times:
        for each in _by_folder(download.entries):
            if each.place:
                found = [each.place.removeprefix(s) for s in slugs if each.place.startswith(s)]
                names = found or [each.place]
                kinds = ("github", "folder", "group")
                clues = tuple(Clue(kind, name) for kind in kinds for name in names)
                at = times.of(root / each.place / ".git") if each.place in clones else ""
                each = each._replace(submitters=(clues,), submitted_at=at)
            yield each


def hand_ins_of_any(download: Download) -> Iterator[HandIn]:
    """Yield a hand-in for each folder; when it came, nothing says."""
    yield from _by_folder(_below_the_one(download))


def hand_ins_of_files(quizzes: Collection[str], download: Download) -> Iterator[HandIn]:
    """Yield a hand-in for each file, called by who it is from: ada.yaml, or ada-QUIZ.yaml.

    Whatever a program added to that name, as a browser does: ada-QUIZ (1).yaml.
    What lies in folders is of whom these are called by.
    """
    entries = _out_of_the_one(quizzes, download)
    behind = re.compile(rf"(?<=[^-_ .])[-_ .]+({_any_of(quizzes)})$", re.I)
    ahead = re.compile(rf"^({_any_of(quizzes)})[-_ .]+(?=.)", re.I)
    loose = [
        (entry, [*islice(without_additions(_stem(entry)), _MOST_ADDED)])
        for entry in entries
        if not entry.parts[1:]
    ]
    count = Counter[str]()  # by what they are called without all that was added
    for entry, shorter in sorted(loose, key=lambda each: bool(each[1])):  # a copy is the later one
        stems = (_stem(entry), *shorter)
        names = dict.fromkeys(chain.from_iterable(_bare(stem, behind, ahead) for stem in stems))
        bare = ahead.sub("", behind.sub("", stems[-1])).casefold()
        count[bare] += 1
        if count[bare] > MAX_OF_A_NAME + MAX_TOLD:
            continue
        if count[bare] > MAX_OF_A_NAME:
            entry = entry._replace(refused=_MANY)
        clues = tuple(Clue("folder", name) for name in names if name)
        yield HandIn("", (clues,), (entry,))
    yield from _by_folder(tuple(entry for entry in entries if len(entry.parts) > 1))


def _out_of_the_one(quizzes: Collection[str], download: Download) -> tuple[Entry, ...]:
    """Return the files of a zip from the one folder on that holds most students' files.

    Nobody's file in it decides that alone; a teacher's may lie beside it.
    """
    entries = download.entries
    named = re.compile(_any_of(quizzes), re.I)
    is_one = not download.folder and not download.is_persons and is_one_folder(download)
    files = [entry for entry in entries if len(entry.parts) == 2]
    is_flat = is_one and len(files) > 1  # whatever somebody has in folders beside them
    answers = [entry for entry in files if entry.suffix in _ANSWERS]
    by_quizzes = sum(bool(named.fullmatch(_stem(entry))) for entry in answers)
    if not is_flat or 2 * by_quizzes > len(answers):
        return entries  # a student's, who called files by the quizzes, as one alone in a class may
    return tuple(e._replace(path="/".join(e.parts[1:]) or e.path) for e in entries)


def _bare(stem: str, behind: re.Pattern[str], ahead: re.Pattern[str]) -> list[str]:
    """Return what a file is called without a quiz's name, the likeliest first, and with it last.

    Behind a name is where our own sheets have it: a login may begin as a quiz is called.
    """
    ways = (behind.sub("", stem), ahead.sub("", stem), ahead.sub("", behind.sub("", stem)))
    return [*(way for way in ways if way != stem), stem]


def _any_of(quizzes: Collection[str]) -> str:
    return "|".join(map(re.escape, sorted(quizzes, key=len, reverse=True))) or "(?!)"


def _stem(entry: Entry) -> str:
    return entry.name[: -len(entry.suffix)] if entry.suffix else entry.name


def _by_folder(entries: tuple[Entry, ...]) -> Iterator[HandIn]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        folder, *inside = entry.parts
        name = folder if inside else ""
        groups.setdefault(name, []).append(entry._replace(path="/".join(inside or [folder])))
    for name, files in groups.items():
        whose = ((Clue("folder", name), Clue("group", name)),) if name else ()
        yield HandIn(name, whose, tuple(files))


def _below_the_one(download: Download) -> tuple[Entry, ...]:
    """Return the files of a zip from the one folder on that it holds, if that is no student's.

    It is one where most in it is files, or folders of a course: one of them says nothing.
    """
    parts = [entry.parts for entry in download.entries]
    folders = {each[1] for each in parts if len(each) > 2}
    files = {each[1] for each in parts if len(each) == 2}
    of_people = folders - {*_TEACHERS}
    is_students = download.is_persons or 2 * len(of_people) <= len(folders | files)
    if download.folder or not is_one_folder(download) or is_students:
        return download.entries
    return tuple(e._replace(path="/".join(e.parts[1:]) or e.path) for e in download.entries)


def _clones(folder: Path) -> Iterator[str]:
    names = sorted(os.listdir(folder))
    return (name for name in names if os.path.isdir(folder / name / ".git"))  # if it may be seen


def _slugs(folder: str, clones: list[str]) -> list[str]:
    """Return what GitHub Classroom may put in front of each name, that of the assignment.

    The longest comes first: one repository that begins otherwise is no reason to know nobody.
    """
    slug = folder.removesuffix("-submissions")
    if slug != folder:
        return [f"{slug}-"]
    starts = Counter(name[: dash.end()] for name in clones for dash in _DASHES.finditer(name))
    most = max(starts.values(), default=0)
    longest = max((len(start) for start in starts if starts[start] == most), default=0)
    common = [s for s in starts if starts[s] > _NEARLY_ALL * len(clones) and len(s) >= longest]
    return sorted(common, key=len, reverse=True) if len(clones) > 1 else []
