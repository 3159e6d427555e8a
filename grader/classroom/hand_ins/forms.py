"""Which form a download has, and its hand-ins whatever it is.

A new platform is a module with `fits` and `hand_ins`, and its line here, before the more general.

No file that somebody handed in may decide how everybody's are read. So a form is told by what only
a platform writes, or by what is in nearly everybody's folder; where that is not enough, it is asked
for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from grader.classroom.hand_ins import canvas, folders, gradescope, moodle, nbgrader
from grader.classroom.hand_ins.entries import Download
from grader.classroom.hand_ins.layout import MOST_BESIDE
from grader.classroom.hand_ins.record import HandIn
from grader.errors import UsageError, in_one_line


class Form(NamedTuple):
    """How hand-ins are laid out: for which share of people that is seen, and how it is read."""

    fits: Callable[[Download], float]
    hand_ins: Callable[[Download], Iterator[HandIn]]


FILES, FOLDERS = GENERAL = "files", "folders"
MOODLE = "moodle"
FORMS = {
    "gradescope": Form(gradescope.fits, gradescope.hand_ins),
    MOODLE: Form(moodle.fits, moodle.hand_ins),
    "git": Form(folders.fits_clones, folders.hand_ins_of_clones),
    "nbgrader": Form(nbgrader.fits, nbgrader.hand_ins),
    "canvas": Form(canvas.fits, canvas.hand_ins),
    FOLDERS: Form(folders.fits_any, folders.hand_ins_of_any),
}
NEARLY_ALL, HALF = 0.9, 0.5  # shares: from the first on a form is taken, above the other asked for


def forms_of_quizzes(names: Collection[str]) -> dict[str, Form]:
    """Return the forms that answers to quizzes of some names have: a file each as well."""
    files = Form(partial(folders.fits_files, names), partial(folders.hand_ins_of_files, names))
    platforms = {name: form for name, form in FORMS.items() if name != FOLDERS}
    return {**platforms, FILES: files, FOLDERS: FORMS[FOLDERS]}


def form_of(download: Download, forms: Mapping[str, Form] = FORMS) -> str:
    """Return the name of the form that a download has.

    Raises
    ------
    UsageError
        It has none, or nobody can tell.
    """
    if not download.entries:
        raise _unknown(download, "there is no file in it")
    if nbgrader.is_inbound(download):  # to which everybody writes: no share says anything
        return "nbgrader"
    shares = {name: form.fits(download) for name, form in forms.items() if name not in GENERAL}
    # Where each file may be somebody's, whoever hands in many has a large share of them.
    enough = 1 if FILES in forms and _has_loose_files(download) else NEARLY_ALL
    for name, share in shares.items():
        if share >= enough:
            return name
    maybe = [name for name, share in shares.items() if share > HALF]
    if maybe:
        raise _unclear(download, [*maybe, *(name for name in GENERAL if name in forms)])
    for name in GENERAL:
        if name in forms and forms[name].fits(download):
            return name
    raise _unknown(download, "nothing in it says whose the files are")


def _has_loose_files(download: Download) -> bool:
    """Tell whether more files lie in no folder than a teacher may have put beside them."""
    return sum(len(entry.parts) == 1 for entry in download.entries) > MOST_BESIDE


def _unclear(download: Download, maybe: Sequence[str]) -> UsageError:
    of_platforms = " or ".join(name for name in maybe if name not in GENERAL)
    general = "file or a folder" if FILES in maybe else "folder"
    return UsageError(
        f"this may have the form of {of_platforms}, or be a {general} for each student:"
        " not all that is in it is laid out in one way",
        where=in_one_line(download.name),
        next=f"Say which: {', '.join(f'--from {name}' for name in maybe)}.",
    )


def _unknown(download: Download, why: str) -> UsageError:
    return UsageError(
        f"this holds no hand-ins: {why}",
        where=in_one_line(download.name),
        next="Name what the platform gave you, or a folder with a folder for each student in it."
        f" Known are: {', '.join(FORMS)}; --from names one.",
    )
