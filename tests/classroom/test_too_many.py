"""Who hands in too many files for everybody's to be read is refused, and nobody else is."""

from __future__ import annotations

import errno
import os
import zipfile
from datetime import timezone
from pathlib import Path
from typing import Any

import pytest

from grader.classroom import bounds, few_of_each
from grader.classroom.hand_ins import folders, nbgrader, too_many
from grader.classroom.hand_ins.entries import Download, Entry, open_download
from grader.classroom.hand_ins.forms import FORMS, form_of
from grader.classroom.hand_ins.record import Clue, HandIn
from grader.classroom.intake import read_downloads
from grader.classroom.marks.store import Store
from grader.classroom.people.roster import Person
from grader.course.course import Course
from grader.errors import UsageError

DATA = "submission_metadata.yml"
STAMP = "timestamp.txt"
# The form, files of Ada and Bob, where Eve has many, and what her hand-in is called.
DOWNLOADS = [
    ("folders", ["ada/a.py", "bob/a.py", "eve/a.py"], "eve/d/{}", "eve"),
    ("folders", ["ada/a.py", "bob/a.py", "eve/a.py"], "eve/d{0}/{0}", "eve"),
    ("folders", ["lab/ada/b/a.py", "lab/bob/b/a.py"], "lab/eve/d/{}", "eve"),
    ("gradescope", [f"e/{DATA}", "e/submission_1/a.py"], "e/submission_2/d/{}", "submission_2"),
    ("canvas", ["ada_1_11_a.py", "bob_2_12_a.py"], "eve_3_13_{}.py", "eve_3"),
    ("canvas", ["ada_1_11_a.py", "bob_LATE_2_12_a.py"], "eve_LATE_3_13_{}.py", "eve_3"),
    ("moodle", [f"{n}_assignsubmission_file_/a.py" for n in ("Ada_1", "Bob_2")]
     , "Eve_3_assignsubmission_file_/{}", "Eve_3"),
    ("nbgrader", [f"submitted/{n}/lab/{STAMP}" for n in ("ada", "bob", "eve")]
     , "submitted/eve/lab/{}", "eve/lab"),
]  # fmt: skip


def hand_ins(download: Download, form: str) -> dict[str, list[str]]:
    """Return why files are refused, by the hand-in, as the form has them."""
    if form not in ("gradescope", "canvas"):  # in one folder it is asked for
        assert form_of(download) == form
    return {h.place: [e.refused for e in h.files] for h in FORMS[form].hand_ins(download)}


@pytest.mark.parametrize(("form", "paths", "many", "place"), DOWNLOADS)
@pytest.mark.parametrize("is_first", [False, True])
@pytest.mark.parametrize("is_folder", [False, True])
def test_who_has_too_many_files_is_refused_alone(
    untouched: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    form: str, paths: list[str], many: str, place: str, is_first: bool, is_folder: bool,
) -> None:  # fmt: skip
    """Everybody else's are read, wherever the platform puts them."""
    monkeypatch.setattr(too_many, "MAX_ENTRIES", 30)
    monkeypatch.setattr(too_many, "MAX_OF_ONE", 10)
    of_eve = [many.format(n) for n in range(40)]
    if is_folder and len({path.split("/")[0] for path in paths}) == 1 and form != "nbgrader":
        paths, of_eve = ([p.partition("/")[2] for p in each] for each in (paths, of_eve))
    name = tmp_path / ("class" if is_folder else "class.zip")
    files = [*of_eve, *paths] if is_first else [*paths, *of_eve]
    if is_folder:
        for path in files:
            (name / path).parent.mkdir(parents=True, exist_ok=True)
            (name / path).write_text("")
    else:
        with zipfile.ZipFile(name, "w") as archive:
            for path in files:
                archive.writestr(path, "")
    with open_download(untouched, name) as download:
        found = hand_ins(download, form)
    why, *_ = found.pop(place)
    assert "10 files" in why and "30 in all" in why
    assert found and not any("".join(each) for each in found.values())


ATTEMPT = "{}+lab+2026-05-03 19:15:{:02}.043103 UTC+Jx0Zr3"


def test_who_has_too_many_files_in_all_attempts_is_refused_alone(
    untouched: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them is a folder of its own in nbgrader's `inbound`."""
    monkeypatch.setattr(too_many, "MAX_ENTRIES", 30)
    monkeypatch.setattr(too_many, "MAX_OF_ONE", 10)
    for student, count in (("ada", 3), ("eve", 40)):
        for n in range(count):
            place = tmp_path / "inbound" / ATTEMPT.format(student, n)
            place.mkdir(parents=True)
            (place / "a.py").write_text("")
    with open_download(untouched, tmp_path / "inbound") as download:
        found = hand_ins(download, "nbgrader")
    assert {place.partition("+")[0] for place, why in found.items() if any(why)} == {"eve"}
    assert sum(place.startswith("ada+") for place in found) == 3


def test_a_zip_of_attempts_is_read(untouched: Course, tmp_path: Path) -> None:
    """Their times have colons, and are no drives for that."""
    with zipfile.ZipFile(tmp_path / "inbound.zip", "w") as archive:
        archive.writestr(f"{ATTEMPT.format('ada', 1)}/a.py", "x = 1\n")
        archive.writestr("c:/a.py", "x = 1\n")
    with open_download(untouched, tmp_path / "inbound.zip") as download:
        found = hand_ins(download, "nbgrader")
        assert [entry.path for entry in download.outside] == ["c:/a.py"]
    assert [*found] == [ATTEMPT.format("ada", 1)]


def test_of_very_many_attempts_the_last_are_taken(untouched: Course, tmp_path: Path) -> None:
    """Each may be an endless loop, and others wait for it."""
    for n in range(nbgrader.MAX_ATTEMPTS + 5):
        place = tmp_path / "inbound" / ATTEMPT.format("eve", n)
        place.mkdir(parents=True)
        (place / "a.py").write_text("")
    with open_download(untouched, tmp_path / "inbound") as download:
        found = hand_ins(download, "nbgrader")
    assert [place for place, (why, *_) in found.items() if why] == [*found][:5]


def test_of_files_that_are_called_alike_the_first_are_taken(
    untouched: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is a hand-in of its own, with bounds of its own; and folders beside them say nothing."""
    monkeypatch.setattr(folders, "MAX_OF_A_NAME", 2)
    monkeypatch.setattr(folders, "MAX_TOLD", 1)
    with zipfile.ZipFile(tmp_path / "answers.zip", "w") as archive:
        for name in ("ada", "bob", *(f"eve ({n})" for n in range(9)), *"abc"):
            archive.writestr(f"answers/{name}.yaml", "")
        for n in range(30):
            archive.writestr(f"answers/eve{n}/means/means.yaml", "")
    with open_download(untouched, tmp_path / "answers.zip") as download:
        found = [*folders.hand_ins_of_files(["means"], download)]
    loose = [each.files[0] for each in found if not each.place]
    assert [entry.path for entry in loose if not entry.refused and "eve" in entry.path] == [
        "eve (0).yaml",
        "eve (1).yaml",
    ]
    assert len(loose) == 8 and {each.place for each in found if each.place} >= {"eve0", "eve29"}


@pytest.mark.parametrize("has_roster", [True, False])
def test_who_hands_in_very_often_is_one_person_under_any_name(
    monkeypatch: pytest.MonkeyPatch, has_roster: bool
) -> None:
    """A login may be written in many ways; some of what is beyond is listed."""
    monkeypatch.setattr(few_of_each, "MAX_OF_ONE", 3)
    monkeypatch.setattr(few_of_each, "MAX_TOLD", 2)
    people = [("Ada", "7"), ("Eve Evil", "35")] if has_roster else []
    roster = [Person(name, (Clue("name", name), Clue("number", id))) for name, id in people]
    numbers = ["0035", "35", "Evil Eve"] if has_roster else []
    spelled = ["Eve Evil", "EVE.EVIL", "eve-evil", "Êve Evil", "eve evil ", "Eve__Evil", *numbers]
    file = Entry("a.py", lambda most: b"")
    every = [
        HandIn(name, ((Clue("folder", name),),), (file._replace(refused=why),))
        for name, why in [*((each, "") for each in spelled), *[("ada", "a link")] * 9, ("ada", "")]
    ]
    found = [hand_in for hand_in, _ in few_of_each.few_of_each(every, roster)]
    why = [each.files[0].refused for each in found]
    assert why[:3] == [""] * 3 and all("of this person" in each for each in why[3:5])
    assert why[5:] == ["a link"] * 9 + [""]


def test_what_is_parsed_of_one_person_is_bounded(
    tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many hand-ins it is in; it costs nobody else anything."""
    monkeypatch.setattr(bounds, "MAX_PARSED", 100)
    for n in range(9):
        for name in ("ada", "eve"):
            place = tmp_path / "inbound" / ATTEMPT.format(name, n)
            place.mkdir(parents=True)
            (place / "double.py").write_text(f"# {n}\n" + "#" * (90 if name == "eve" else 9))
    with Store(tmp_path / "marks", make=True) as store:
        [*read_downloads(tiny, store, [tmp_path / "inbound"], timezone.utc)]
        refused = store.rows(
            "SELECT place, why FROM files JOIN hand_ins ON hand_ins.id = hand_in WHERE why != ''"
        )
    assert len(refused) == 5 and all(place.startswith("eve") for place, _ in refused)
    assert {why for _, why in refused} == {
        "all hand-ins of this person hold more than 400 bytes of code"
    }


def test_attempts_that_are_not_taken_are_listed_by_a_file_each(
    untouched: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not all of them: whoever made thousands, each of many files, costs nobody any marks."""
    monkeypatch.setattr(nbgrader, "MAX_ATTEMPTS", 2)
    monkeypatch.setattr(nbgrader, "MAX_TOLD", 3)
    for n in range(9):
        place = tmp_path / "inbound" / ATTEMPT.format("eve", n)
        place.mkdir(parents=True)
        for name in "abc":
            (place / f"{name}.py").write_text("")
    with open_download(untouched, tmp_path / "inbound") as download:
        found = hand_ins(download, "nbgrader")
    assert [len(why) for why in found.values()] == [1, 1, 1, 3, 3]
    why = "its student handed in 9 times, and the last 2 are taken"
    assert [each for whys in found.values() for each in whys if each] == [why] * 3


@pytest.mark.parametrize(
    ("users", "nobodys"),
    [
        ({"ada 0": "ada", "ada 1": "eve", "eve 0": "eve"}, ["ada 1"]),
        ({"ada 1": "eve", "eve 0": "eve", "bob 0": "bob"}, ["ada 1"]),
        ({"ada 0": "2001", "ada 1": "2666", "eve 0": "2666"}, ["ada 0", "ada 1", "eve 0"]),
        ({"ada 0": "2001", "ada 1": "2001", "eve 0": "2666"}, []),
        ({"ada 0": "eve", "eve 0": "eve"}, ["ada 0"]),
        ({"ada 0": "jovyan", "ada 1": "jovyan", "eve 0": "jovyan"}, []),
        ({"ada 0": "", "ada 1": "", "eve 0": ""}, []),
    ],
)
def test_a_folder_in_inbound_is_whose_the_system_says(
    untouched: Course,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    users: dict[str, str],
    nobodys: list[str],
) -> None:
    """Whoever may write there may call one by anybody; if all are one user's, nothing follows."""
    places = {each: ATTEMPT.format(each.split()[0], int(each[-1])) for each in users}
    for place in places.values():
        (tmp_path / "inbound" / place).mkdir(parents=True)
        (tmp_path / "inbound" / place / "a.py").write_text("")
    owner = {places[each]: user for each, user in users.items()}
    monkeypatch.setattr(nbgrader, "_owner", lambda folder, name: owner[name])
    with open_download(untouched, tmp_path / "inbound") as download:
        found = {h.place: h.submitters[0][0].kind for h in FORMS["nbgrader"].hand_ins(download)}
    assert sorted(e for e in users if found[places[e]] == "unclear") == nobodys


@pytest.mark.parametrize(
    "made",
    [
        ["submission_metadata.yml", "submission_1/a.py"],
        [f"clone-{n}/.git/HEAD" for n in range(9)],
        [f"X_{n}_assignsubmission_file/a.py" for n in range(9)],
        [f"{n}.txt" for n in range(9)],
        ["submitted/ada/lab/a.py", "submitted/ada/lab/timestamp.txt"],
        [f"inbound/{ATTEMPT.format('ada', 1)}/b.py"],
        [".git/HEAD"],
    ],
)
@pytest.mark.parametrize("named", ["inbound", "."])
def test_whatever_lies_in_inbound_it_is_nbgraders(
    untouched: Course, tmp_path: Path, made: list[str], named: str
) -> None:
    """All students write there, so what one of them makes says nothing of the others' attempts."""
    own = [ATTEMPT.format(name, 1) for name in ("ada", "bob")]
    for path in (*(f"{each}/a.py" for each in own), *made):
        (tmp_path / "inbound" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "inbound" / path).write_text("")
    with open_download(untouched, tmp_path / named) as download:
        assert form_of(download) == "nbgrader"
        found = [each for each in FORMS["nbgrader"].hand_ins(download) if each.submitters]
    assert sorted(each.place for each in found) == own
    assert all([entry.path for entry in each.files] == ["a.py"] for each in found)


def test_a_folder_that_is_closed_costs_nobody_else_anything(
    untouched: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever grades may not look into it, and it is listed."""
    for name in ("ada", "eve"):
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "a.py").write_text("")
    plain = os.scandir

    def closed(path: Any) -> Any:
        if Path(path).name == "eve":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return plain(path)

    monkeypatch.setattr(os, "scandir", closed)
    with open_download(untouched, tmp_path / "class") as download:
        found = {entry.path: entry.refused for entry in download.entries}
    assert found == {"ada/a.py": "", "eve": "it cannot be looked into: Permission denied"}


def test_what_is_called_otherwise_in_inbound_is_nobodys(untouched: Course, tmp_path: Path) -> None:
    """As nbgrader calls nothing there: anybody may have put it there."""
    for place in ("ada/lab", ATTEMPT.format("bob", 1), ATTEMPT.format("eve", 1)):
        (tmp_path / "inbound" / place).mkdir(parents=True)
        (tmp_path / "inbound" / place / "a.py").write_text("")
    with open_download(untouched, tmp_path / "inbound") as download:
        found = {h.place: h.submitters for h in FORMS["nbgrader"].hand_ins(download)}
    assert [place for place, whose in found.items() if not whose] == ["ada"]


def test_a_class_that_is_too_large_is_told(
    untouched: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody of it has too many."""
    monkeypatch.setattr(too_many, "MAX_ENTRIES", 30)
    for n in range(31):
        (tmp_path / f"class/{n}").mkdir(parents=True)
        (tmp_path / f"class/{n}/a.py").write_text("")
    with (
        pytest.raises(UsageError, match="more than 30 files"),
        open_download(untouched, tmp_path / "class"),
    ):
        pass
