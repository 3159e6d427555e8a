"""Files that others wrote: what lies beside a record, releases and zips, patterns, whole uploads.

`test_foreign_files.py` has the others.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom.platforms.uploads import MAX_NOTES, lay_out
from grader.course.course import Course
from grader.course.progress import Progress
from tests.attacks.bounds import RELEASED, bounded

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="plants what only Linux has")

DOUBLE = "def double(x, times=2):\n    return x * x.dtype.type(times)\n"
GRADE = ["grade", "double"]


# ---- beside the record

INTERRUPTED = """
import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA cache_size = 1")
database.execute("BEGIN IMMEDIATE")
database.execute("CREATE TABLE large (part)")
for _ in range(200):
    database.execute("INSERT INTO large VALUES (randomblob(2000))")
os._exit(0)
"""


def names_a_file(journal: Path, victim: Path) -> None:
    """Interrupt a command, and let its journal say that it is one of several, which `victim` has.

    Whoever finishes what was interrupted deletes that file.
    """
    database = journal.with_name("progress.db")
    subprocess.run([sys.executable, "-c", INTERRUPTED, str(database)], check=True)
    (size,) = struct.unpack(">H", database.read_bytes()[16:18])
    name = str(victim).encode()
    page, length = struct.pack(">I", 2**30 // size + 1), struct.pack(">II", len(name), sum(name))
    with journal.open("ab") as file:
        file.write(page + name + length + b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")


def listens(path: Path, _: Path) -> None:
    """Put a socket there."""
    folder = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"/proc/self/fd/{folder}/{path.name}")
    os.close(folder)


def is_vast(path: Path, _: Path) -> None:
    """Put a file of ten gigabytes there, which takes no room on the disk."""
    path.touch()
    os.truncate(path, 10**10)


BESIDE: dict[str, Callable[[Path, Path], object]] = {
    "names a file": names_a_file,
    "pipe": lambda path, _: os.mkfifo(path),
    "socket": listens,
    "link": lambda path, victim: path.symlink_to(victim),
    "vast": is_vast,
}


@pytest.mark.parametrize("beside", BESIDE)
def test_what_lies_beside_a_record_is_one_of_ours(
    tiny: Course, beside: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Nothing is waited for, nothing else is deleted, and the record is set aside with it."""
    victim = tmp_path_factory.mktemp("home") / "thesis"
    victim.write_text("my thesis")
    with Progress(tiny.root) as progress:
        progress.take_hint("double")
    BESIDE[beside](progress.path.with_name("progress.db-journal"), victim)
    first, second = bounded(tiny.root, [], GRADE)
    assert victim.read_text() == "my thesis"
    assert first.code == 0 and "progress-damaged" in first.err
    assert second.code == 1 and "damaged" not in second.err


def test_what_a_command_was_in_the_middle_of_is_finished(tiny: Course) -> None:
    """A journal of ours is one that SQLite goes by: nothing of the record is lost."""
    with Progress(tiny.root) as progress:
        progress.take_hint("double")
    subprocess.run([sys.executable, "-c", INTERRUPTED, str(progress.path)], check=True)
    assert progress.path.with_name("progress.db-journal").stat().st_size
    (ended,) = bounded(tiny.root, [])
    assert ended.code == 0 and not ended.err
    with Progress(tiny.root) as progress:
        assert progress.take_hint("double") == 1


def test_a_text_of_megabytes_is_none_of_ours(tiny: Course) -> None:
    """All of them are read together, and again as Python's."""
    with Progress(tiny.root) as progress:
        path = progress.path
    with sqlite3.connect(path) as database:
        database.execute("INSERT INTO hints VALUES (?, 1)", ("a" * 40_000_000,))
    database.close()
    (ended,) = bounded(tiny.root, [])
    assert ended.code == 0 and "progress-damaged" in ended.err


# ---- releases

CLAIMS = {
    "endless_format": '{"version": "1", "format": Infinity}',
    "endless_format_in_digits": '{"version": "1", "format": 1e999}',
    "half_a_character": '{"version": "1", "checks": {"double": "\\ud800"}}',
    "half_a_version": '{"version": "\\ud800"}',
}


@pytest.mark.parametrize("claims", CLAIMS)
def test_an_odd_claim_is_no_hindrance(released: Course, claims: str) -> None:
    """Neither to grading, nor to an update to such a release or from one."""
    (released.root / "release.json").write_text(CLAIMS[claims])
    new = released.root.parent / "new"
    shutil.copytree(RELEASED, new)
    to_it = released.root.parent / "odd"
    shutil.copytree(RELEASED, to_it)
    (to_it / "release.json").write_text(CLAIMS[claims])
    (to_it / "course.yaml").write_text((to_it / "course.yaml").read_text() + "# another\n")
    commands = [[], GRADE, ["update", str(new)], ["update", str(to_it)], GRADE]
    for ended in bounded(released.root, *commands):
        assert ended.code in (0, 1)


@pytest.mark.parametrize(("part", "command"), [("lesson", "lesson"), ("hints", "hint")])
@pytest.mark.parametrize("size", [900_000, 9_000_000])
def test_a_word_without_end_is_shown_or_refused(
    released: Course, part: str, command: str, size: int
) -> None:
    """Each line that is cut off it takes no longer than the line before."""
    path = released.key_path("double")
    text = "a" * size
    key = json.loads(path.read_text()) | {part: text if part == "lesson" else [text]}
    path.write_text(json.dumps(key))
    (ended,) = bounded(released.root, [command, "double"])
    assert ended.code == (0 if size < 10**6 else 2)


def zeros(archive: zipfile.ZipFile) -> None:
    """Put a file into a zip that takes much more room than the zip."""
    with archive.open("keys/zeros", "w", force_zip64=True) as file:
        for _ in range(60):
            file.write(bytes(10**6))


ZIPS: dict[str, Callable[[zipfile.ZipFile], object]] = {
    "zeros": zeros,
    "many": lambda archive: [archive.writestr(f"keys/{n}", "") for n in range(6000)],
    "deep": lambda archive: archive.writestr("a/" * 1500 + "b", ""),
    "no text": lambda archive: archive.writestr("keys/é", ""),
    "damaged": lambda archive: archive.writestr("keys/damaged", bytes(range(256)) * 99),
    "long names": lambda archive: archive.writestr("keys/" + "a" * 300, ""),
}


WAYS = [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
PACKED = [*((kind, WAYS[0]) for kind in ZIPS), *(("damaged", way) for way in WAYS[1:])]


@pytest.mark.parametrize(("kind", "packing"), PACKED)
def test_a_zip_is_a_course_or_refused(released: Course, kind: str, packing: int) -> None:
    """However it is packed, whatever is in it, and whatever its names are."""
    path = released.root / "new.zip"
    with zipfile.ZipFile(path, "w", packing) as archive:
        ZIPS[kind](archive)
        for file in filter(Path.is_file, RELEASED.rglob("*")):
            archive.write(file, file.relative_to(RELEASED))
    body = bytearray(path.read_bytes().replace("é".encode(), b"\xff\xff"))
    if kind == "damaged":
        place = body.index(b"keys/damaged") + len("keys/damaged")
        body[place + 4 : place + 20] = b"\xff" * 16
    path.write_bytes(body)
    (ended,) = bounded(released.root, ["update", path.name])
    assert ended.code == 2 and "new.zip" in ended.err
    assert not (released.root / "keys/zeros").exists()


VAST = {
    "large": (60, 2**28 - 1, "z{}.npz"),
    "one": (1, 2**29, "z{}.npz"),
    "texts": (3, 2**27, "z{}.json"),
    "checks": (9, 2**25, "z{}.py"),
    "many": (10_001, 1, "z{}.npz"),
}


@pytest.mark.parametrize("kind", VAST)
def test_a_release_of_vast_files_is_a_changed_one(released: Course, kind: str) -> None:
    """What decides a verdict is hashed for every report: there is no more of it than there may."""
    count, size, name = VAST[kind]
    for number in range(count):
        path = released.root / "keys/numbers" / name.format(number)
        path.touch()
        os.truncate(path, size)
    released.exercise_path("double").write_text("def double(x, times=2):\n    return x * times\n")
    (ended,) = bounded(released.root, ["grade", "double", "--json"])
    assert ended.code in (0, 1) and ", changed" in ended.out


def test_a_release_is_no_pipe_and_no_vast_file(released: Course) -> None:
    """Neither in the place of a zip, nor in a folder."""
    os.mkfifo(released.root / "new.zip")
    new = released.root.parent / "new"
    shutil.copytree(RELEASED, new)
    (new / "keys/vast").touch()
    os.truncate(new / "keys/vast", 10**10)
    for ended in bounded(released.root, ["update", "new.zip"], ["update", str(new)]):
        assert ended.code == 2


def test_no_link_waits_for_what_is_written(
    released: Course, tiny: Course, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What is written under another name first is written anew there, or not at all."""
    victim = tmp_path_factory.mktemp("home") / "thesis"
    new = released.root.parent / "new"
    shutil.copytree(RELEASED, new)
    with (new / "course.yaml").open("a") as file:
        file.write("# another\n")
    (released.root / "course.yaml.part").symlink_to(victim)
    kept = released.root / ".grader/kept"
    kept.mkdir(parents=True)
    for number in range(3000):
        (kept / f"double.py.{os.getpid() + number}").symlink_to(victim)
    released.exercise_path("double").write_text(DOUBLE)
    updated, graded = bounded(released.root, ["update", str(new)], GRADE)
    assert updated.code == 0 and graded.code in (0, 1)
    assert (released.root / "course.yaml").read_text().endswith("# another\n")
    assert (kept / "double.py").read_text() == DOUBLE
    assert not victim.exists()


def test_work_that_was_kept_is_of_a_size_that_is_looked_at(tiny: Course) -> None:
    """What lies in its place may be anything."""
    kept = tiny.root / ".grader/kept/double.py"
    kept.parent.mkdir(parents=True)
    kept.touch()
    os.truncate(kept, 10**10)
    tiny.exercise_path("double").write_text(DOUBLE)
    (ended,) = bounded(tiny.root, GRADE)
    assert ended.code == 1 and kept.read_text() == DOUBLE


# ---- habits and quizzes

PATTERNS = {
    "white space before the star": r"(?x)(?:[\w' ]+) *!",
    "white space in a group": r"(?x:(?:[\w' ]+) *!)",
    "white space and other flags": r"(?xi)(?:[\w' ]+) *!",
    "a comment before the star": "(?x)(?:[\\w' ]+)#\n*!",
    "a backslash before the bracket": r"(?:[a\\]+\\?\\)*!",
    "backslashes that are repeated": r"\\*" * 12 + "!",
    "looking back": r"(a*)(a*)(a*)\1\2\3!",
    "looking back by name": r"(?P<a>a*)(?P<b>a*)(?P<c>a*)(?P=a)(?P=b)(?P=c)!",
    "one after the other": r"a*a*a*a?a?a?a?a?a?a?a?!",
    "anything after anything": r".*.*.*.?.?.?.?.?.?.?.?\n",
    "one inside the other": r"((a+)+)+!",
    "two ways to the same": r"(a|a|aa)*!",
    "counted, one inside the other": r"((a{1,9}){1,9}){1,9}!",
    "looking ahead": r"(?=(a+)+!)a",
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_pattern_takes_for_ever(tiny: Course, pattern: str) -> None:
    """It is refused, or no place of it is tried twice, however it is written."""
    habit = {"raises": "ValueError", "say": "Do not.", "message": PATTERNS[pattern]}
    (tiny.root / "habits.yaml").write_text(json.dumps({"odd": habit}))
    raises = "def double(x, times=2):\n    raise ValueError('a' * 150 + chr(92) * 150)\n"
    tiny.exercise_path("double").write_text(raises)
    (ended,) = bounded(tiny.root, GRADE)
    assert "Do not." not in ended.out
    assert ended.code == 1 or (ended.code == 3 and "habits.yaml" in ended.out)


def test_what_a_habit_says_is_bounded(tiny: Course) -> None:
    """A group may be put into it at many places."""
    say = {"raises": "ValueError", "say": "{a}" * 500, "message": "(?P<a>a+)"}
    (tiny.root / "habits.yaml").write_text(json.dumps({"odd": say}))
    tiny.exercise_path("double").write_text(
        "def double(x, times=2):\n    raise ValueError('a' * 250)\n"
    )
    (ended,) = bounded(tiny.root, GRADE)
    assert ended.code == 1 and len(ended.out) < 20_000


QUIZ = "quiz: sums\ntitle: Sums\nquestions:\n- id: a\n  ask: What?\n  answer: true\n"
COMMAS, DIGITS = "," * 100_000, "1" * 5000
QUIZZES = {
    "commas": f"choices: [{{right: '1{COMMAS}x1'}}, {{wrong: '2{COMMAS}x1'}}]",
    "digits": f"choices: [{{right: 'line {DIGITS}'}}, {{wrong: 'line 2{DIGITS}'}}]",
    "tolerance": f"answer: 3\n  tolerance: {DIGITS}",
    "endless tolerance": "answer: 3\n  tolerance: 1e999",
    "endless share": "answer: 9e99\n  tolerance: 9e307%",
    "prints": f"code: print(1)\n  prints: '{'[ ] ' * 60_000}'",
    "words": f"accept: ['{'word ' * 60_000}']",
    "spellings": f"accept: {[f'w{n}' for n in range(90_000)]}",
    "tags": f"answer: true\n  tags: {[f't{n}' for n in range(90_000)]}",
    "sources": f"answer: true\n  source: {['x'] * 90_000}",
    "values": f"answer: '{{a}}'\n  vars: {{a: {[*range(90_000)]}}}",
    "choices": f"choices: {[{'right': f'c{n}'} for n in range(30_000)]}",
    "order": f"order: {[f'o{n}' for n in range(90_000)]}",
}


@pytest.mark.parametrize("question", QUIZZES)
def test_an_odd_question_is_asked_or_told(tiny: Course, question: str) -> None:
    """Whatever its right answer is."""
    quiz = f"quiz: sums\ntitle: Sums\nquestions:\n- id: odd\n  ask: What?\n  {QUIZZES[question]}\n"
    tiny.quiz_path("sums").write_text(quiz)
    (tiny.root / "answers.json").write_text('{"odd": "a"}')
    asked = [["quiz", "sums"], ["quiz", "sums", "--answers", "answers.json"], ["prove", "sums"]]
    for ended in bounded(tiny.root, *asked):
        assert ended.code in (0, 1, 2)


LINES = {
    "lists": "w: [{}]".format(", ".join(["[a]"] * 100) + ", " + "x" * 490_000),
    "words": "quiz: sums\ntitle: [x" + "x" * 400_000 + "]",
    "keys": "{" + ", ".join(f"k{'y' * 900}{n}: 1" for n in range(400)) + "}",
    "quotes": "quiz: " + "%x" * 200_000,
    "colons": "quiz: a: " + "b: c " * 90_000,
}


@pytest.mark.parametrize("name", LINES)
def test_what_is_said_of_a_long_line_is_short(tiny: Course, name: str) -> None:
    """Whether it is a quiz or somebody's answers: its faults do not repeat all of it."""
    tiny.quiz_path("sums").write_text(LINES[name])
    (tiny.root / "answers.yaml").write_text(LINES[name])
    (quiz,) = bounded(tiny.root, ["quiz", "sums"])
    tiny.quiz_path("sums").write_text(QUIZ)
    (answers,) = bounded(tiny.root, ["quiz", "sums", "--answers", "answers.yaml"])
    for ended in (quiz, answers):
        assert ended.code and len(ended.out + ended.err) < 250_000


def test_a_course_has_no_more_quizzes_than_anybody_answers(tiny: Course) -> None:
    """Each is within bounds, and all are read by those who ask what was missed."""
    names = [f"q{n}" for n in range(30)]
    for name in names:
        question = f"- id: {name}\n  ask: '{'x' * 400_000}'\n  answer: true\n"
        text = f"quiz: {name}\ntitle: Q\nquestions:\n{question}"
        tiny.quiz_path(name).write_text(text)
    contents = (tiny.root / "course.yaml").read_text()
    (tiny.root / "course.yaml").write_text(contents.replace("[sums]", f"[{', '.join(names)}]"))
    for ended in bounded(tiny.root, ["quiz", "--missed"], ["review"]):
        assert ended.code == 2 and "the quizzes come to more" in ended.err


def test_tags_of_many_questions_are_counted_in_one_go(tiny: Course) -> None:
    """Each question is within bounds, and all have tags of their own."""
    one = "- id: q{0}\n  ask: x\n  answer: true\n  tags: {1}\n"
    tags = [[f"t{n}-{k}" for k in range(900)] for n in range(50)]
    questions = "".join(one.format(n, own) for n, own in enumerate(tags))
    tiny.quiz_path("sums").write_text(f"quiz: sums\ntitle: Sums\nquestions:\n{questions}")
    (tiny.root / "answers.json").write_text('{"q1": false}')
    (ended,) = bounded(tiny.root, ["quiz", "sums", "--answers", "answers.json"])
    assert ended.code == 1, ended.err


@pytest.mark.parametrize("packages", ["numpy, NumPy, numpy>=1" + ", numpy" * 300, "numpy, NUMPY"])
def test_a_package_is_looked_for_once(tiny: Course, packages: str) -> None:
    """However often a course names it, and however it is spelled."""
    with (tiny.root / "course.yaml").open("a") as file:
        file.write(f"packages: [{packages}]\n")
    tiny.exercise_path("double").write_text(DOUBLE)
    (ended,) = bounded(tiny.root, GRADE)
    assert ended.code == (1 if len(packages) < 30 else 2)


@pytest.mark.parametrize("seconds", ["inf", "1e300", "1e30"])
def test_no_time_is_allowed_that_the_system_cannot_count(tiny: Course, seconds: str) -> None:
    """Nor does it end in a tier that nobody asked for."""
    (ended,) = bounded(tiny.root, [*GRADE, "--timeout", seconds])
    assert ended.code == 2 and "--timeout" in ended.err


# ---- names that are too long

LONG = "a" * 300
IMPORTS = [f"import {LONG}", f"from {LONG} import x", f"from exercises.numbers.{LONG} import x"]


@pytest.mark.parametrize("statement", IMPORTS)
def test_an_import_of_a_long_name_is_one_that_fails(tiny: Course, statement: str) -> None:
    """No file can have such a name, so nobody has to look for one."""
    tiny.exercise_path("double").write_text(f"{statement}\n{DOUBLE}")
    (ended,) = bounded(tiny.root, GRADE)
    assert ended.code == 1 and "ModuleNotFoundError" in ended.out


WORDS = [
    ["grade", f"{LONG}/x.py"],
    ["hint", f"{LONG}.py"],
    ["reset", f"{LONG}/x.py"],
    ["prove", f"{LONG}/x"],
    ["export", "notebook", "-o", LONG],
]


@pytest.mark.parametrize("command", WORDS, ids=lambda words: words[0])
def test_a_long_name_is_told(tiny: Course, command: list[str]) -> None:
    """As a slip of whoever typed it."""
    (ended,) = bounded(tiny.root, command)
    assert ended.code == 2 and "too long" in ended.err


# ---- uploads


def test_a_folder_of_any_depth_is_looked_through(
    tiny: Course, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Deeper than Python calls itself."""
    place = tmp_path_factory.mktemp("class")
    folder = os.open(place, os.O_RDONLY)
    for name in ["uploaded", *["a"] * 1200]:
        os.mkdir(name, dir_fd=folder)
        inner = os.open(name, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    with open(os.open("double.py", os.O_WRONLY | os.O_CREAT, dir_fd=folder), "w") as file:
        file.write(DOUBLE)
    os.close(folder)
    uploads = lay_out(tiny.root, place / "uploaded", place / "laid")
    subprocess.run(["rm", "-r", place / "uploaded"], check=True)  # nor does what clears up after us
    assert uploads.course.exercise_path("double").read_text() == DOUBLE


def test_what_is_said_of_many_files_is_bounded(
    tiny: Course, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Copies, notebooks that are none, and files that nobody understands."""
    place = tmp_path_factory.mktemp("class")
    uploaded = place / "uploaded"
    for number in range(200):
        (uploaded / str(number)).mkdir(parents=True)
        (uploaded / str(number) / "double.py").write_text(DOUBLE)
        (uploaded / f"{number}.ipynb").write_text("{")
        (uploaded / f"{number}.png").write_text("")
    notes = lay_out(tiny.root, uploaded, place / "laid").notes
    assert len(notes) <= MAX_NOTES + 1 and all(len(note) < 1000 for note in notes)
