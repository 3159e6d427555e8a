"""What one person hands in changes nothing about anybody else: not whose, not when, not how read."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom.hand_ins.entries import Download, Entry, open_download
from grader.classroom.hand_ins.forms import FORMS, form_of
from grader.classroom.hand_ins.record import Clue
from grader.course.course import Course
from grader.errors import UsageError


def download(*paths: str, name: str = "class.zip") -> Download:
    """Return a zip that holds these files, of a line each."""
    return Download(name, tuple(Entry(path, lambda most: b"x = 1\n") for path in paths))


def whose(files: Download, form: str) -> dict[str, tuple[Clue, ...]]:
    """Return who is said to have handed in each file."""
    return {
        entry.path: tuple(clue for clues in each.submitters for clue in clues)
        for each in FORMS[form].hand_ins(files)
        for entry in each.files
    }


MOODLE = [f"P{n}_{n}_assignsubmission_file_/softmax.py" for n in (101, 102)]
CANVAS = [f"p{n}_{n}_5{n}_softmax.py" for n in (101, 102)]
FOLDERS = ["ada/softmax.py", "bob/softmax.py"]
GRADESCOPE = [f"assignment_7_export/{n}" for n in ("submission_metadata.yml", "submission_1/a.py")]
NBGRADER = ["ada/lab/timestamp.txt", "bob/lab/timestamp.txt", "bob/lab/softmax.py"]


@pytest.mark.parametrize(
    ("form", "paths", "strange"),
    [
        ("moodle", MOODLE, ["P103_103_assignsubmission_file_/submission_metadata.yml"]),
        ("moodle", MOODLE, ["P103_103_assignsubmission_file_/a/timestamp.txt"] * 9),
        ("canvas", CANVAS, ["p103_103_503_submission_metadata.yml", "p103_103_504_timestamp.txt"]),
        ("folders", FOLDERS, ["eve/timestamp.txt", "eve/lab/timestamp.txt"]),
        ("folders", FOLDERS, ["eve/submission_metadata.yml", "eve/submission_1/softmax.py"]),
        ("folders", FOLDERS, [f"eve/x_9_assignsubmission_file_/{n}.txt" for n in range(9)]),
        ("folders", FOLDERS, [f"eve/x_1_2_{n}.txt" for n in range(9)]),
        ("folders", FOLDERS, ["a+b+c@x.edu/softmax.py", "eve/submitted/x/softmax.py"]),
        ("gradescope", GRADESCOPE, ["assignment_7_export/submission_2/timestamp.txt"]),
        ("nbgrader", NBGRADER, [f"ada/lab/x_9_assignsubmission_file_{n}" for n in range(9)]),
    ],
)
def test_no_file_of_one_says_how_all_are_read(
    form: str, paths: list[str], strange: list[str]
) -> None:
    """What is below a person's own folder is theirs, whatever it is called and however much."""
    assert form_of(download(*paths)) == form
    assert form_of(download(*paths, *strange)) == form


def test_a_repository_in_one_folder_is_one_persons(untouched: Course, tmp_path: Path) -> None:
    """A folder of clones has one for nearly everybody."""
    for path in (*FOLDERS, "eve/softmax.py", "eve/.git/HEAD"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    with open_download(untouched, tmp_path) as opened:
        assert form_of(opened) == "folders"


@pytest.mark.parametrize(
    "paths",
    [
        ["eve/submission_metadata.yml", "eve/submission_1/softmax.py"],
        ["eve/x_102_assignsubmission_file_/softmax.py"],
        ["eve/bobneil_12_502_softmax.py"],
        [*NBGRADER, "eve/softmax.py"],
    ],
)
def test_where_it_is_unclear_the_form_is_asked_for(paths: list[str]) -> None:
    """The one folder may be the only student's; some have time stamps, and others have not."""
    with pytest.raises(UsageError) as raised:
        form_of(download(*paths))
    assert "--from folders" in str(raised.value)


def test_metadata_below_a_students_folder_says_nothing_of_others() -> None:
    """Gradescope's own is at the top; another one is a file that somebody handed in."""
    theirs = "assignment_7_export/submission_1/submission_metadata.yml"
    assert "submission_metadata.yml" in whose(download(*GRADESCOPE, theirs), "gradescope")
    with pytest.raises(UsageError):
        whose(download(*FOLDERS, "eve/submission_metadata.yml"), "gradescope")


def test_a_files_name_says_nothing_of_whose_it_is() -> None:
    """Names are read from the left, where the platform writes."""
    eves = "Eve_103_assignsubmission_file_x_102_assignsubmission_file_centre.py"
    found = whose(download(eves, "Bob_102_assignsubmission_file_centre.py"), "moodle")
    assert found["x_102_assignsubmission_file_centre.py"][0] == Clue("participant", "103")
    found = whose(download("maleve_13_503_LATE_12_text.html", "maleve_13_503_a_1_2_b"), "canvas")
    assert {clues[0] for clues in found.values()} == {Clue("canvas", "13")}
    assert {*found} == {"LATE_12_text.html", "a_1_2_b"}


def test_a_number_in_a_chosen_name_is_nobodys() -> None:
    """Somebody called mal_12_502_x would hand in for user 12."""
    found = whose(download("neilbob_12_502_a.py", "mal_12_502_x_13_503_b.py"), "canvas")
    assert not {clue.kind for clues in found.values() for clue in clues} & {"canvas"}
