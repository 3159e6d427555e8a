"""Downloads of every form become the same class; nothing in them is followed, run or dropped."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from grader.classroom.answers import AnswerReader
from grader.classroom.export import csv_of, unmatched_csv
from grader.classroom.hand_ins.entries import Entry, open_download
from grader.classroom.hand_ins.forms import form_of
from grader.classroom.hand_ins.record import Clue
from grader.classroom.hand_ins.times import read_amount, read_stamp, read_words
from grader.classroom.intake import match_all, read_downloads
from grader.classroom.marks.reading import (
    answer_of,
    assigned,
    attempts_of,
    marks,
    students,
    unmatched,
)
from grader.classroom.marks.store import Store, Terms
from grader.classroom.packets import packed, unpacked
from grader.classroom.people.matching import Matcher
from grader.classroom.people.roster import Person, read_people
from grader.classroom.people.tables import read_table
from grader.classroom.which_exercise import exercise_called
from grader.course.course import Course, read_course
from grader.errors import UsageError
from tests.classroom import made_up
from tests.classroom.made_up import Pupil

EXERCISES = ("softmax", "attention_scores")
ZONE = timezone(timedelta(hours=2))
LATE = 93600
FORMS: dict[str, Callable[[list[Pupil], Path], Path]] = {
    "moodle": made_up.write_moodle,
    "moodle of 3.1": lambda pupils, path: made_up.write_moodle(pupils, path, "_/"),
    "moodle, flat": lambda pupils, path: made_up.write_moodle(pupils, path, "_"),
    "canvas": made_up.write_canvas,
    "gradescope": made_up.write_gradescope,
    "nbgrader": made_up.write_nbgrader,
    "git": made_up.write_clones,
    "folders": made_up.write_folders,
}
# What a download says of being late: how much, only that it is, or nothing.
SAID = {"canvas": None, "gradescope": LATE, "nbgrader": LATE, "git": LATE}


@pytest.fixture(scope="module")
def pupils(untouched: Course) -> list[Pupil]:
    """Make a class up: two of each kind."""
    return made_up.made_up(untouched, 20, EXERCISES)


@pytest.fixture
def store(untouched: Course, tmp_path: Path) -> Iterator[Store]:
    """Open marks in which two exercises count."""
    with Store(tmp_path / "marks", make=True) as opened:
        terms = Terms(due="2026-05-05T21:59:59Z")
        opened.assign(EXERCISES, untouched.exercises, terms)
        yield opened


def take(course: Course, store: Store, *paths: Path, form: str | None = None) -> list[str]:
    """Read downloads, and return the forms that they were taken for."""
    found = [read.form for read in read_downloads(course, store, paths, ZONE, form)]
    match_all(store)
    return found


def answers(store: Store) -> dict[tuple[str, str], str]:
    """Return the answer of each person to each exercise, or why there is none."""
    return {
        (mark.student.person.student, mark.exercise.name): mark.attempt.answer
        if mark.attempt
        else mark.outcome
        for mark in marks(store)
    }


def expected(course: Course, pupils: list[Pupil]) -> dict[tuple[str, str], bool]:
    """Return for whom and what there is an answer."""
    return {(p.login, name): bool(p.files) for p in pupils for name in EXERCISES}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_class(
    untouched: Course, pupils: list[Pupil], store: Store, tmp_path: Path, name: str
) -> None:
    """Whose, which exercise, how late: recognised by itself, by ids or by names with accents."""
    store.save_roster(read_people(read_table(made_up.write_roster(pupils, tmp_path / "r.csv"))))
    download = FORMS[name](pupils, tmp_path / "lab-submissions")
    assert take(untouched, store, download) == [name.partition(" ")[0].strip(",")]
    found = answers(store)
    assert {key: len(hash) == 64 for key, hash in found.items()} == expected(untouched, pupils)
    same = {hash for (student, _), hash in found.items() if student in ("u007", "u017")}
    assert len(same) == len(EXERCISES)  # from two people, and each kept once
    late = {m.attempt.lateness for m in marks(store) if m.attempt and m.student.id in (2, 12)}
    if name in SAID:
        assert late == {(True, SAID[name])}
    else:
        assert late == {(None, None)}  # nobody knows, and nobody is said to be late
    kinds = {each.kind for each in unmatched(store)}
    assert kinds == {"file not understood", "person without a file"}


def test_moodles_worksheet_says_whose_and_how_late(
    untouched: Course, pupils: list[Pupil], store: Store, tmp_path: Path
) -> None:
    """It links numbers to ids, as a roster's, and has times, in the zone of the due date."""
    store.save_roster(read_people(read_table(made_up.write_roster(pupils, tmp_path / "r.csv"))))
    anonymous = [Pupil(p.number, p.files, p.late) for p in pupils]
    path = made_up.write_moodle(anonymous, tmp_path / "m.zip")
    worksheet = made_up.write_worksheet(pupils, tmp_path / "w.csv")
    assert take(untouched, store, path, worksheet) == ["moodle"]
    late = [m.attempt.lateness.seconds for m in marks(store) if m.attempt]
    assert sorted({*late} - {None}) == [0, LATE - 59]


def test_reading_again_adds_nothing(
    untouched: Course, pupils: list[Pupil], store: Store, tmp_path: Path
) -> None:
    """The same download is known; a later one adds an attempt where something else is in it."""
    path = made_up.write_folders(pupils[:3], tmp_path / "folders")
    for _ in range(2):
        take(untouched, store, path)
    assert len(store.rows("SELECT 1 FROM hand_ins")) == 3
    before = answers(store)
    (path / "u001@example.edu/softmax.py").write_text("def softmax(x, axis=-1):\n    return 3\n")
    take(untouched, store, path)
    numbers = {m.attempt.number for m in marks(store) if m.attempt}
    assert numbers == {1} and answers(store) == before  # of equals the first counts
    assert len(store.rows("SELECT 1 FROM hand_ins")) == 4


def test_what_was_read_is_read_again_for_an_exercise_that_is_new(
    tiny: Course, tmp_path: Path
) -> None:
    """Then it is an answer, and still one hand-in."""
    folder = tmp_path / "class"
    made_up.write_folders(
        [Pupil(0, {"quadruple.py": b"def quadruple(x):\n    return 4\n"})], folder
    )
    contents = tiny.root / "course.yaml"
    whole = contents.read_text()
    with Store(tmp_path / "marks", make=True) as store:
        for text in (whole.replace("[double, quadruple]", "[double]"), whole):
            contents.write_text(text)
            course = read_course(tiny.root)
            store.assign(course.exercises, course.exercises, Terms())
            take(course, store, folder)
        assert len(answers(store)[Pupil(0).email, "quadruple"]) == 64
        assert len(store.rows("SELECT 1 FROM hand_ins")) == 1
        assert not list(unmatched(store))


@pytest.mark.parametrize("name", ["moodle", "moodle, flat", "canvas", "gradescope"])
def test_what_was_unpacked_is_read_as_well(
    untouched: Course, pupils: list[Pupil], store: Store, tmp_path: Path, name: str
) -> None:
    """Browsers of some systems unpack what they download."""
    with zipfile.ZipFile(FORMS[name](pupils, tmp_path / "all.zip")) as archive:
        for info in archive.infolist():
            info.filename = info.filename.replace("/", os.sep)
            archive.extract(info, tmp_path / "unpacked")
    store.save_roster(read_people(read_table(made_up.write_gradebook(pupils, tmp_path / "g.csv"))))
    take(untouched, store, tmp_path / "unpacked")
    found = [mark.attempt is not None for mark in marks(store)]
    assert (len(found), sum(found)) == (40, 36)


def test_each_attempt_in_nbgraders_inbound_counts(
    untouched: Course, store: Store, tmp_path: Path
) -> None:
    """Whose and when is in the folder's name."""
    for day in (3, 4):
        folder = tmp_path / f"inbound/ada+lab+2026-05-0{day} 19:15:33.043103 UTC+Jx0Zr3"
        folder.mkdir(parents=True)
        (folder / "softmax.py").write_text(f"def softmax(scores):\n    return {day}\n")
    assert take(untouched, store, tmp_path / "inbound") == ["nbgrader"]
    (student,) = students(store)
    found = attempts_of(store, student, assigned(store)[0])
    assert [each.submitted_at[:10] for each in found] == ["2026-05-03", "2026-05-04"]
    assert answer_of(store, found[1].answer).source.endswith(b"4\n")


@pytest.mark.skipif(sys.platform != "linux", reason="names files as only Linux can")
def test_odd_names_are_kept_as_far_as_they_are_text(
    untouched: Course, store: Store, tmp_path: Path
) -> None:
    """Halves of characters, line ends, what drives a terminal, in paths and in metadata."""
    odd = "a\udcff\x1b[31m\n\u202e"
    folder = tmp_path / "class" / odd
    folder.mkdir(parents=True)
    (folder / "softmax.py").write_text("def softmax(scores):\n    return 1\n")
    (folder / f"{odd}.pdf").write_text("")
    take(untouched, store, tmp_path / "class")
    metadata = 'submission_1:\n  :submitters:\n  - :name: "\\ud800x"\n  :created_at: never\n'
    metadata += 'submission_2:\n  :submitters:\n  - :name: "\\e[31mx"\n    :email: "a@x"\n'
    files = {
        f"assignment_1_export/submission_{number}/softmax.py": f"x = {number}" for number in (1, 2)
    }
    files["assignment_1_export/submission_metadata.yml"] = metadata
    take(untouched, store, zipped(tmp_path / "g.zip", files))
    assert {student for student, _ in answers(store)} > {"a@x"}
    assert [each.file for each in unmatched(store) if each.kind == "file without a person"] == [
        "submission_1/softmax.py"
    ]
    body = csv_of([*marks(store)]).body + unmatched_csv(unmatched(store))
    assert all(char.isprintable() or char == "\n" for char in body.decode())


def zipped(path: Path, files: dict[str, bytes | str]) -> Path:
    """Write a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return path


def test_a_zip_is_read_and_never_obeyed(untouched: Course, store: Store, tmp_path: Path) -> None:
    """Paths outside, links, bombs and broken archives are listed; what is sound is read."""
    link = zipfile.ZipInfo("ada/attention_scores.py")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/softmax.py", b"def softmax(scores, axis=-1):\n    return 1\n")
        archive.writestr("../../escaped/softmax.py", b"x = 1")
        archive.writestr("/etc/softmax.py", b"x = 1")
        archive.writestr(link, b"/etc/passwd")
        archive.writestr("bob/softmax.py", b"#" * 50_000_000)
        archive.writestr("bob/more.zip", b"PK\x03\x04 no zip")
        archive.writestr("__MACOSX/ada/._softmax.py", b"\0\5\x16\7")
    take(untouched, store, path)
    found = {each.file: each.why for each in unmatched(store) if each.kind.startswith("file")}
    assert found == {
        "../../escaped/softmax.py": "its path leads out of the zip",
        "etc/softmax.py": "its path leads out of the zip",
        "ada/attention_scores.py": "it is a link",
        "bob/softmax.py": "it is larger than 1,000,000 bytes",
        "bob/more.zip": "it is no zip that can be read: File is not a zip file",
    }
    assert len(answers(store)["ada", "softmax"]) == 64
    assert answers(store)["bob", "softmax"] == "not_understood"
    assert {student for student, _ in answers(store)} == {"ada", "bob"}
    assert not list(tmp_path.rglob("escaped"))


def test_a_zip_of_a_folder_that_is_called_by_a_dot_is_read(
    untouched: Course, store: Store, tmp_path: Path
) -> None:
    """As `tar -a` writes it, be it the download or what one person packed."""
    inner = zipped(tmp_path / "inner.zip", {"./": "", "./softmax.py": "y = 1\n"}).read_bytes()
    files = {"./": "", "./ada/softmax.py": "x = 1\n", "./bob/./lab.zip": inner, "./.git/a": "z"}
    take(untouched, store, zipped(tmp_path / "all.zip", files))
    found = answers(store)
    assert [len(found[student, "softmax"]) for student in ("ada", "bob")] == [64, 64]
    assert len(found) == 4  # of two people
    assert not [each for each in unmatched(store) if each.kind.startswith("file")]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_folders_links_are_not_followed(untouched: Course, store: Store, tmp_path: Path) -> None:
    """A link to the solutions is no answer."""
    folder = tmp_path / "class"
    (folder / "ada").mkdir(parents=True)
    (folder / "ada/softmax.py").symlink_to(untouched.solution_path("softmax"))
    (folder / "bob").symlink_to(untouched.root / "solutions/attention")
    take(untouched, store, folder)
    assert {each.why for each in unmatched(store)} >= {"it is a link"}
    assert not store.rows("SELECT 1 FROM answers")


@pytest.mark.skipif(sys.platform == "win32", reason="runs a script of a shell")
def test_a_clones_settings_run_nothing(untouched: Course, store: Store, tmp_path: Path) -> None:
    """Programs that a clone names are not started when its last commit is looked up."""
    pupil = Pupil(0, {"softmax.py": b"def softmax(scores, axis=-1):\n    return 1\n"})
    folder = made_up.write_clones([pupil], tmp_path / "clones")
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    program.chmod(0o755)
    config = folder / "lab-u000/.git/config"
    settings = f"[core]\nfsmonitor = {program}\npager = {program}\n[log]\nshowSignature = true\n"
    config.write_text(config.read_text() + f"{settings}[gpg]\nprogram = {program}\n")
    subprocess.run(["git", "-C", str(config.parents[1]), "status"], capture_output=True)
    assert (tmp_path / "ran").exists()  # it would have been
    (tmp_path / "ran").unlink()
    take(untouched, store, folder)
    (mark, *_) = marks(store)
    assert mark.attempt and mark.attempt.submitted_at == "2026-05-05T20:59:59Z"
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("name", "exercise"),
    [
        ("softmax.py", "softmax"),
        ("Softmax.py", "softmax"),
        ("softmax (1).py", "softmax"),
        ("softmax-2.py", "softmax"),
        ("softmax - Copy.py", "softmax"),
        ("softmax.py.txt", "softmax"),
        ("Copy of layer norm.py", "layer_norm"),
        ("homework.py", ""),
        ("softmaxi.py", ""),
    ],
)
def test_a_files_name_says_which_exercise_it_is(
    untouched: Course, name: str, exercise: str
) -> None:
    """Whatever a browser, a platform or a system added to it."""
    assert exercise_called(untouched, name) == exercise


def entry(path: str, body: bytes) -> Entry:
    """Return a file that was handed in."""
    return Entry(path, lambda most: body[:most])


def test_one_file_is_taken_and_the_others_are_told(untouched: Course) -> None:
    """What is written goes before a stub, and the right name before another one."""
    stub = untouched.exercise_path("softmax").read_bytes()
    first, second = (f"def softmax(scores):\n    return {n}\n".encode() for n in (1, 2))
    files = [entry("softmax.py", stub), entry("a/softmax.py", first), entry("hw.py", second)]
    found = AnswerReader(untouched).read(files)
    assert found.found["softmax"].source == first
    assert found.found["softmax"].path == "softmax.py"  # it says nothing of whose it is
    assert [(n.path, n.why) for n in found.notes] == [
        ("a/softmax.py", ""),
        ("hw.py", "left aside: a/softmax.py is taken for softmax"),
    ]


@pytest.mark.parametrize(
    ("begin", "end"), [(b"", b"\n"), (b"\xef\xbb\xbf", b"\r\n"), (b"import math\r", b"\r")]
)
def test_a_file_answers_what_it_defines_however_an_editor_saved_it(
    untouched: Course, begin: bytes, end: bytes
) -> None:
    """With a mark of its encoding in front, or with line ends that no system has any more."""
    body = begin + b"def softmax(scores):" + end + b"    return scores" + end
    assert AnswerReader(untouched).read([entry("hw.py", body)]).found["softmax"].source == body


def test_a_renamed_file_that_is_no_text_says_what_it_is(untouched: Course) -> None:
    """So its author knows what to save anew."""
    body = "def softmax(scores):\n    return scores\n".encode("utf-16")
    notes = AnswerReader(untouched).read([entry("hw.py", body)]).notes
    assert [note.why for note in notes] == ["the file is UTF-16 text"]


def test_of_a_whole_course_answers_are_what_is_in_its_exercises(untouched: Course) -> None:
    """Its definitions, should somebody have them, are nobody's answer; nor is the rest listed.

    But for what an answer is called, where a course has none: somebody may have put theirs there.
    """
    solution = untouched.solution_path("softmax").read_bytes()
    stub = untouched.exercise_path("softmax").read_bytes()
    files = {
        "mine/course.yaml": b"title: x",
        "mine/README.md": b"# x",
        "mine/solutions/attention/softmax.py": solution,
        "mine/exercises/attention/softmax.py": stub,
        "mine/masking.py": b"def masked_softmax(s, m): return s\n",
        "mine/grader/files.py": b"x = 1\n",
        "mine/lab/attention_scores.py": b"x = 1\n",
    }
    found = AnswerReader(untouched).read([entry(path, body) for path, body in files.items()])
    assert found.found["softmax"].source == stub
    told = {note.path: note.why for note in found.notes}
    assert told.pop("mine/lab/attention_scores.py").startswith("it lies in a folder of a course")
    assert told == {"mine/exercises/attention/softmax.py": "", "mine/masking.py": ""}


def test_a_file_outside_of_folders_is_listed_and_nobodys(
    untouched: Course, store: Store, tmp_path: Path
) -> None:
    """It is read, should somebody be found for it, and in nobody's marks."""
    folder = tmp_path / "class"
    (folder / "ada").mkdir(parents=True)
    for name in ("ada/softmax.py", "softmax.py"):
        (folder / name).write_text("def softmax(scores):\n    return 1\n")
    take(untouched, store, folder)
    assert [(each.kind, each.file) for each in unmatched(store)] == [
        ("file without a person", "softmax.py")
    ]
    assert {student for student, _ in answers(store)} == {"ada"}


def test_an_answer_takes_along_what_it_names_and_no_more(untouched: Course) -> None:
    """So the same answer of two people is the same, whatever else they handed in."""
    uses = (
        b"from exercises.attention.softmax import softmax\ndef attention(q, k, v): return softmax"
    )
    softmax = b"def softmax(scores): return scores\n"
    files = [entry("attention.py", uses), entry("softmax.py", softmax)]
    reader = AnswerReader(untouched)
    alone = reader.read(files).found
    more = reader.read([*files, entry("axes.py", b"def rows_sum_to_one(x): return 1\n")]).found
    assert packed(alone["attention"]) == packed(more["attention"])
    assert [*(alone["attention"].beside or {})] == ["softmax"]
    assert alone["softmax"].beside == {}
    assert unpacked(packed(alone["attention"])) == alone["attention"]


def test_an_answer_that_an_earlier_grader_packed_can_be_read(untouched: Course) -> None:
    """It has a text for each line, and for those beside it as well."""
    cells = ["import math\n", "def softmax(scores):\n    return scores\n", "attention = softmax\n"]
    every = [{"cell_type": "code", "source": cell} for cell in cells]
    book = entry("a.ipynb", json.dumps({"cells": every, "nbformat": 4}).encode())
    answer = AnswerReader(untouched).read([book]).found["softmax"]
    other = answer._replace(exercise="attention", unit="attention", beside=None)
    fields = json.loads(packed(answer._replace(beside={"attention": other})))
    assert fields["places"] == [[1, 2, "notebook.ipynb, cell 2", 1]]
    old = ["notebook.ipynb, cell 2, line 1", "notebook.ipynb, cell 2, line 2", ""]
    fields["places"] = fields["beside"]["attention"]["places"] = old
    opened = unpacked(json.dumps(fields).encode())
    for each in (opened, *(opened.beside or {}).values()):
        assert [each.place(n) for n in (1, 2)] == old[:2] and each.source == answer.source


PEOPLE = [
    Person(
        "1", (Clue("name", "O'Hara, Máire"), Clue("email", "Maire@X.edu"), Clue("number", "0042"))
    ),
    Person("2", (Clue("name", "Amina"), Clue("login", "amina1"))),
    Person("3", (Clue("name", "Amina"), Clue("login", "amina2"))),
]


@pytest.mark.parametrize(
    ("clue", "student"),
    [
        (Clue("name", unicodedata.normalize("NFD", "Máire OHara")), "1"),
        (Clue("name", "oharamáire"), "1"),
        (Clue("name", "Maire O’Hara"), "1"),
        (Clue("email", "maire@x.EDU"), "1"),
        (Clue("number", "42"), "1"),
        (Clue("folder", "maire"), "1"),
        (Clue("folder", "amina2"), "3"),
        (Clue("name", "Amina"), ""),
        (Clue("name", "Ohara"), ""),
    ],
)
def test_people_are_known_by_ids_and_by_a_name_that_one_has(clue: Clue, student: str) -> None:
    """Accents, cases, zeros and left-out signs do not matter; between two, nobody guesses."""
    found = Matcher(PEOPLE).match((clue,))
    assert [person.student for person in found.people] == ([student] if student else [])
    assert bool(found.why) != bool(found.people)


def test_two_numbers_with_one_persons_name_are_nobodys(
    untouched: Course, store: Store, tmp_path: Path
) -> None:
    """On the roster there is one Amina, and Moodle has two."""
    store.save_roster([Person("amina", (Clue("name", "Amina"),))])
    body = b"def softmax(scores): return scores\n"
    files = {f"Amina_{n}_assignsubmission_file/softmax.py": body for n in (7, 8)}
    take(untouched, store, zipped(tmp_path / "m.zip", files))
    assert answers(store)["amina", "softmax"] == "not_handed_in"
    assert sum("nothing else tells" in each.why for each in unmatched(store)) == 2


def test_a_hand_in_of_several_is_everybodys(
    untouched: Course, store: Store, tmp_path: Path
) -> None:
    """A group is a column of the roster, or Gradescope's list of submitters."""
    people = [Person(n, (Clue("folder", n), Clue("group", "Team Blue"))) for n in ("ada", "bob")]
    store.save_roster(people)
    body = b"def softmax(scores): return scores\n"
    name = "Team Blue_57_assignsubmission_file/softmax.py"
    take(untouched, store, zipped(tmp_path / "m.zip", {name: body}))
    found = answers(store)
    assert found["ada", "softmax"] == found["bob", "softmax"] != "not_handed_in"


TABLE = "Name;Matrikelnummer;E-Mail\r\nZoë;0042;Z@X.edu\r\n\r\n;;\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_roster_is_read_whatever_wrote_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """Semicolons, tabs and commas; with a mark, without, or of Windows."""
    path = tmp_path / "roster.csv"
    path.write_bytes(TABLE.replace(";", delimiter).encode(encoding))
    (person,) = read_people(read_table(path))
    assert person.student == "Zoë"
    assert (person.first("number"), person.first("email")) == ("0042", "Z@X.edu")


@pytest.mark.parametrize("body", [b"", b"\0\1\2\0", b"name\n"])
def test_what_is_no_roster_is_refused_in_a_sentence(tmp_path: Path, body: bytes) -> None:
    """Nothing, bytes, nobody."""
    path = tmp_path / "roster.csv"
    path.write_bytes(body)
    with pytest.raises(UsageError) as raised:
        read_people(read_table(path))
    assert "roster.csv" in str(raised.value)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes there")
@pytest.mark.parametrize("name", ["empty", "file.py", "pipe"])
def test_what_is_no_download_is_refused_in_a_sentence(
    untouched: Course, tmp_path: Path, name: str
) -> None:
    """An empty folder, a single file, something that is waited for."""
    path = tmp_path / name
    if name == "empty":
        path.mkdir()
    elif name == "pipe":
        os.mkfifo(path)
    else:
        path.write_text("x = 1")
    with pytest.raises(UsageError) as raised, open_download(untouched, path) as download:
        form_of(download)
    assert name in str(raised.value)


def test_a_zip_in_a_hand_in_is_bounded(untouched: Course) -> None:
    """One that holds very many files is listed, not read."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(2_001):
            archive.writestr(f"{number}.py", "")
    found = AnswerReader(untouched).read([entry("work.zip", stream.getvalue())])
    assert [note.why for note in found.notes] == ["it holds more than 2,000 files"]


def test_what_is_read_of_a_hand_in_is_bounded(
    untouched: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of its files together, and the zips in it; what is beyond is listed."""
    monkeypatch.setattr("grader.classroom.bounds.MAX_READ", 100)
    files = [entry(f"{n}/softmax.py", b"def softmax(s):\n    return 1\n" * 2) for n in range(4)]
    found = AnswerReader(untouched).read(files)
    assert [note.why for note in found.notes].count("the hand-in holds more than 100 bytes") == 2
    assert found.found["softmax"].source == files[0].read(1_000)
    many = [entry(f"{number}.zip", b"PK") for number in range(22)]
    notes = AnswerReader(untouched).read(many).notes
    assert [note.why for note in notes].count("there are more than 20 zips") == 2


def test_times_are_read_as_they_are_written() -> None:
    """With their zones; what cannot be read is not known."""
    assert read_stamp("2026-05-05 19:15:33.043103000 Z") == "2026-05-05T19:15:33Z"
    assert read_stamp("2026-05-05 00:40:00 +02:00") == "2026-05-04T22:40:00Z"
    assert read_stamp("2026-02-02 14:58:23.9 -0800") == "2026-02-02T22:58:23Z"
    if sys.platform != "win32":  # which has no list of zones
        assert read_stamp("2026-02-02 14:58:23.9 America/Los_Angeles") == "2026-02-02T22:58:23Z"
    assert read_stamp("2026-05-05 19:15:33") == "2026-05-05T19:15:33Z"
    assert read_words("Thursday, 7 May 2026, 2:02 AM", ZONE) == "2026-05-07T00:02:00Z"
    assert read_words("Dienstag, 2. Dezember 2025, 10:37", ZONE) == "2025-12-02T08:37:00Z"
    assert read_words("Freitag, 6. M\u00e4rz 2026, 9:05", ZONE) == "2026-03-06T07:05:00Z"
    for odd in (
        "",
        "soon",
        "Dienstag, 32. Mai 2026, 10:37",
        "Mardi, 2. mai 2026, 10:37",
        "2026-13-05 19:15:33",
        "2026-05-05 19:15:33 Nowhere",
        "9" * 99,
    ):
        assert read_stamp(odd) == read_words(odd, ZONE) == ""
    assert (read_amount("1 day 2 hours"), read_amount("26:03:00")) == (LATE, 93780)
    assert read_amount("1 Tag 2 Stunden") == LATE and read_amount("-") is None
