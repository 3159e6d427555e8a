"""All that is read of one hand-in is charged to one budget, whoever reads it."""

from __future__ import annotations

import io
import shutil
import sqlite3
import struct
import zipfile
from collections.abc import Iterable
from contextlib import closing
from datetime import timezone
from pathlib import Path

import pytest

from grader.classroom import answers, bounds
from grader.classroom.answers import AnswerReader
from grader.classroom.bounds import Work
from grader.classroom.hand_ins.entries import Entry, inner_entries, open_download
from grader.classroom.intake import match_all, read_downloads
from grader.classroom.marks.reading import unmatched
from grader.classroom.marks.store import File, Store, Terms
from grader.classroom.pages.feedback import feedback_of, markdown_of
from grader.classroom.people.roster import Person
from grader.classroom.quizzes.asked import asked_of
from grader.classroom.quizzes.reader import QuizReader, unpack
from grader.classroom.readers import Reader
from grader.course.course import Course
from grader.course.progress import Progress
from grader.errors import RefusedError, UsageError
from grader.exercise import unwritten
from grader.quiz.sittings.record import Mode, QuizRecord, Round
from tests.classroom.test_quizzes import SUMS, Command

MORE = SUMS.replace("quiz: sums", "quiz: more").replace("- id: ", "- id: more-")


@pytest.fixture
def quizzes(tiny: Course) -> QuizReader:
    """Return what reads answers to two quizzes."""
    (tiny.root / "quizzes/sums.yaml").write_text(SUMS)
    paths = [tiny.root / "more.yaml"]
    paths[0].write_text(MORE)
    with Store(tiny.root / "marks", make=True) as store:
        return QuizReader(asked_of(tiny, store, paths))


def entry(path: str, body: bytes) -> Entry:
    """Return a file that was handed in."""

    def read(most: int) -> bytes:
        if len(body) > most:
            raise RefusedError(f"it is larger than {most:,} bytes")
        return body

    return Entry(path, read)


def zipped(path: str, files: Iterable[tuple[str, bytes]]) -> Entry:
    """Return a zip that was handed in."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files:
            archive.writestr(name, body)
    return entry(path, stream.getvalue())


def record_of(folder: Path, exams: int) -> bytes:
    """Return a record with exams, each with an answer to each of two quizzes."""
    folder.mkdir(exist_ok=True)
    with Progress(folder) as progress:
        record = QuizRecord(progress)
        for seed in range(exams):
            sitting = record.begin(Round("sums", "sums", Mode.EXAM, seed, ("word",)))
            for question in ("word", "more-word"):
                progress.write(
                    "INSERT INTO replies (sitting, question, key, given, mark, at)"
                    " VALUES (?, ?, 'k', '\"more\"', 'right', 1)",
                    *(sitting.id, question),
                )
    path = folder / ".grader/progress.db"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode = DELETE")
    body = path.read_bytes()
    shutil.rmtree(path.parent)
    return body


def taken(files: Iterable[File]) -> list[File]:
    """Return the files that are answers."""
    return [file for file in files if file.body]


def test_answers_to_quizzes_are_parsed_within_bounds(
    quizzes: QuizReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many files there are, in zips too; what has a quiz's name is read before others."""
    monkeypatch.setattr("grader.classroom.bounds.MAX_ANSWERS", 100)
    junk = [(f"{n}.yaml", b"x: [" + b"a," * 20 + b"a]\n") for n in range(5)]
    own = [("sums.yaml", b"word: more\n")]
    for files in ([entry(*each) for each in junk + own], [zipped("all.zip", junk + own)]):
        found = quizzes.files(files)
        assert sum("100 bytes" in file.why for file in found) == 4
        assert [file.path.rpartition("/")[2] for file in taken(found)] == ["sums.yaml"]


def test_an_answer_among_thousands_of_files_is_found(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An environment came along, or a folder of pictures; that there are too many is told first."""
    monkeypatch.setattr(bounds, "MAX_FILES", 5)
    monkeypatch.setattr(answers, "MAX_FILES", 5)
    many = [entry(f"env/{n}.py", b"x = 1\n") for n in range(9)]
    right = entry("zz/double.py", b"def double(x, times=2):\n    return x\n")
    found = AnswerReader(tiny).read((*many, right))
    assert [*found.found] == ["double"]
    assert "more than 5 files" in found.notes[0].why


def test_exams_are_taken_within_bounds(
    quizzes: QuizReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of all records together, for each quiz that they answer: each has its report."""
    monkeypatch.setattr("grader.classroom.quizzes.reader.MAX_EXAMS", 7)
    monkeypatch.setattr("grader.classroom.bounds.MAX_EXAMS", 7)
    body = record_of(tmp_path / "record", 3)
    found = quizzes.files([entry(f"{n}.db", body) for n in range(4)])
    assert len(taken(found)) == 7
    assert [file.path for file in taken(found)][-1] == "1.db, exam 3"  # the newest
    assert [file.why.partition(":")[0] for file in found if not file.body] == [
        "the hand-in has more than 7 exams"
    ] * 3
    monkeypatch.setattr("grader.classroom.bounds.MAX_RECORDS", 2)
    found = quizzes.files([entry(f"{n}.db", body) for n in range(4)])
    assert sum("2 records" in file.why for file in found) == 2
    monkeypatch.setattr("grader.classroom.bounds.MAX_RECORDED", len(body))
    found = quizzes.files([entry(f"{n}.db", body) for n in range(4)])
    assert sum("the records of the hand-in hold" in file.why for file in found) == 1


def test_of_many_answers_to_one_quiz_one_is_kept(quizzes: QuizReader) -> None:
    """In memory as well; of what answers nothing as much as is told, once for each quiz."""
    both = b"word: more\nmore-word: more\n" + b"".join(b"k%d: 1\n" % n for n in range(500))
    found = quizzes.files([entry(f"{n}.yaml", both) for n in range(9)])
    assert len(taken(found)) == 2 and len(found) == 18
    assert {len(unpack(file.body).entries) for file in taken(found)} == {101}


def test_what_is_kept_of_answers_is_bounded(
    quizzes: QuizReader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file's long name is not kept with each of its answers."""
    body = b"word: more\n" + b"".join(b"k%d: 1\n" % n for n in range(90))
    (file,) = taken(quizzes.files([entry("a" * 4000 + ".yaml", body)]))
    assert len(file.body) < 30_000
    monkeypatch.setattr("grader.classroom.bounds.MAX_KEPT", 300)
    files = quizzes.files([entry("a.yaml", b"word: more\nmore-word: " + b"m" * 200)])
    assert [bool(file.body) for file in files] == [True, False]
    assert "300 bytes" in files[1].why
    files = quizzes.files([entry("a.db", record_of(tmp_path / "record", 9))])
    assert 0 < len(taken(files)) < 18 and "300 bytes" in files[-1].why + files[0].why


def test_what_is_too_large_is_charged_as_well(
    tiny: Course, quizzes: QuizReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To find that out, so much of it was unpacked."""
    monkeypatch.setattr("grader.classroom.bounds.MAX_READ", 1_500_000)
    readers: tuple[Reader, ...] = (AnswerReader(tiny), quizzes)
    for reader, suffix in zip(readers, (".py", ".yaml"), strict=True):
        large = [entry(f"{n}{suffix}", b" " * 2_000_000) for n in range(9)]
        why = [file.why for file in reader.files(large)]
        assert "larger than" in why[0] and "1,500,000 bytes" in why[-1]


def test_what_is_looked_through_is_charged(tiny: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is not called by an exercise may define one; what is called by one is read."""
    monkeypatch.setattr("grader.classroom.bounds.MAX_SEARCHED", 1_000)
    bodies = {"a.py": b"\r" * 900, "b.py": b"\r" * 900, "c.py": b"\r", "double.py": b"\r" * 900}
    files = AnswerReader(tiny).files([entry(name, body) for name, body in bodies.items()])
    why = {file.path: file.why for file in files}
    assert [name for name in why if "1,000 bytes" in why[name]] == ["b.py", "c.py"]
    assert not why["double.py"]


def listing(*names: bytes, offset: int = 0) -> bytes:
    """Return a zip of one empty file that lists it under several names, `offset` bytes away."""
    first = struct.pack("<4s5H3L2H", b"PK\3\4", *(20, 0, 0, 0, 0), *(0, 0, 0), *(1, 0)) + b"a"
    extra = struct.pack("<HHQ", 1, 8, offset) if offset else b""
    found = b""
    for name in names:
        sizes = len(name), len(extra), 0, 0, 0
        place = 0, 0xFFFFFFFF if offset else 0
        head = b"PK\1\2", *(20, 3, 20, 0), *(0, 0, 0, 0), *(0, 0, 0), *sizes, *place
        found += struct.pack("<4s4B4H3L5H2L", *head) + name + extra
    count = min(len(names), 0xFFFF)
    end = struct.pack("<4s4H2LH", b"PK\5\6", *(0, 0, count, count), *(len(found), len(first)), 0)
    return first + found + end


ODD = {
    "no name": listing(b"", b"a.py"),
    "a name that ends at once": listing(b"\0a.py"),
    "far away": listing(b"a.py", offset=2**64 - 1),
    "a bit less far": listing(b"a.py", offset=2**63 + 5),
    "a folder": listing(b"/", b"\\", b"a\\"),
    "up": listing(b"..", b".", b"//a.py"),
    "half of it": listing(b"a.py")[:-30],
    "nothing": b"",
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_zip_is_refused_with_what_is_in_it(
    tiny: Course, quizzes: QuizReader, tmp_path: Path, name: str
) -> None:
    """Whatever `zipfile` raises of it; as a download, it is read or told in one sentence."""
    readers: tuple[Reader, ...] = (AnswerReader(tiny), quizzes)
    for reader in readers:
        ours = entry("double.py", b"def double(x, times=2):\n    return x\n")
        files = list(reader.files([entry("odd.zip", ODD[name]), ours]))
        assert all(file.body or file.why for file in files)
        assert not any("grader itself" in file.why for file in files)
    path = tmp_path / "class.zip"
    path.write_bytes(ODD[name])
    try:
        with open_download(tiny, path) as opened:
            for each in opened.entries:
                with pytest.raises(RefusedError):
                    raise RefusedError(each.refused) if each.refused else each.read(1)
    except UsageError as error:
        assert "zip" in str(error)


def test_a_zip_that_lists_too_much_is_not_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it lists is counted before anything is made of it; what it holds is not counted."""
    made: list[str] = []
    real = zipfile.ZipInfo

    def counted(*args: object) -> zipfile.ZipInfo:
        made.append("")
        return real(*args)  # type: ignore[arg-type]

    held = zipped("held.zip", [(f"{n}.py", b"") for n in range(30)]).read(10**6)
    few = zipped("few.zip", [("a.py", b"PK\1\2" * 50), ("held.zip", held)])
    monkeypatch.setattr("grader.classroom.hand_ins.entries.MAX_INNER", 20)
    assert len(inner_entries(few)) == 2
    monkeypatch.setattr(zipfile, "ZipInfo", counted)
    with pytest.raises(RefusedError, match="more than 20 files"):
        inner_entries(entry("many.zip", listing(*[b"a.py"] * 21)))
    assert not made


def test_long_names_of_files_are_bounded_together(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A zip packs them to next to nothing, and all of a hand-in are held at once."""
    monkeypatch.setattr("grader.classroom.bounds.MAX_NAMED", 1_000)
    zips = [zipped(f"{n}.zip", [(f"{'a' * 400}.py", b"")]) for n in range(4)]
    files = [*AnswerReader(tiny).files([entry("double.py", b"def double(): 1\n"), *zips])]
    assert [file.path for file in files if "1,000 characters" in file.why] == ["2.zip", "3.zip"]
    assert len(taken(files)) == 1


def test_a_hand_in_that_nobody_thought_of_costs_nobody_else(
    tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault is told with it, and the others are read."""
    for name in ("ada", "eve"):
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / f"{name}.py").write_text("")
    read = AnswerReader.read

    def odd(reader: AnswerReader, files: Iterable[Entry], work: Work) -> object:
        files = list(files)
        if files[0].name == "ada.py":
            raise IndexError("out of range")
        return read(reader, files, work)

    monkeypatch.setattr(AnswerReader, "read", odd)
    with Store(tiny.root / "marks", make=True) as store:
        (done,) = read_downloads(tiny, store, [tmp_path / "class"], timezone.utc)
        assert done.new == 2
        assert len(store.rows("SELECT why FROM files WHERE why LIKE '%IndexError%'")) == 1
        assert len(store.rows("SELECT why FROM files")) == 2


def test_what_is_told_of_a_hand_in_is_bounded(
    tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many files there are, of whatever names, for however many exercises."""
    monkeypatch.setattr("grader.classroom.intake.MAX_TOLD", 20)
    for zip_ in range(3):
        body = zipped("", ((f"{n}{'<' * 3_900}.docx", b"") for n in range(30))).read(10**6)
        (tmp_path / "class/eve").mkdir(parents=True, exist_ok=True)
        (tmp_path / f"class/eve/{zip_}.zip").write_bytes(body)
    (tmp_path / "class/eve/double.py").write_text("def double(x, times=2):\n    return x\n")
    with Store(tiny.root / "marks", make=True) as store:
        store.assign([*tiny.exercises], [*tiny.exercises], Terms(None, None, None, None))
        list(read_downloads(tiny, store, [tmp_path / "class"], timezone.utc))
        match_all(store)
        found = [each.why for each in unmatched(store)]
        assert len(found) == 21 and found[-1] == "and 70 more files that are no answers"
        assert len(store.rows("SELECT * FROM answers")) == 1
        (feedback,) = feedback_of(store, "Course")
        assert max(len(part.sentences) for part in feedback.parts) < 15
        assert len(markdown_of(feedback)) < 20_000


def test_half_a_character_is_told_and_not_kept(tiny: Course, grader: Command) -> None:
    """From a terminal in another encoding, say."""
    with Store(tiny.root / "marks", make=True) as store:
        store.assign(["double"], ["double"], Terms(None, None, None, None))
        store.save_roster([Person("ada", ())])
    ended = grader("class", "mark", "ada", "double", "--comment", "\udcff")
    assert ended.code == 2 and "half of a character" in ended.err


def interior(child: int, cell: bytes, kind: int) -> bytes:
    """Return a page of SQLite's that names another page as often as there is room for."""
    cell = struct.pack(">I", child) + cell
    count = (4096 - 12) // (len(cell) + 2)
    head = struct.pack(">BHHHBI", kind, 0, count, 4096 - count * len(cell), 0, child)
    places = (4096 - n * len(cell) for n in range(count, 0, -1))
    body = head + b"".join(struct.pack(">H", place) for place in places)
    return body.ljust(4096 - count * len(cell), b"\0") + count * cell


# What a page of a table has besides the page that it names, and one of an index.
TREES = {"replies": (5, b"\1"), "sqlite_autoindex_replies_1": (2, b"\7\4\1\x0f\1\1q\1")}


@pytest.mark.parametrize("levels", [1, 2, 3])
@pytest.mark.parametrize("tree", TREES)
def test_a_record_whose_pages_name_each_other_is_refused(
    quizzes: QuizReader, tmp_path: Path, tree: str, levels: int
) -> None:
    """Forty kilobytes are as many rows as fill the machine; a learner's own is put aside."""
    body = bytearray(record_of(tmp_path / "record", 3))
    (tmp_path / "whole.db").write_bytes(body)
    with closing(sqlite3.connect(tmp_path / "whole.db")) as database:
        roots = dict(database.execute("SELECT name, rootpage FROM sqlite_master"))
    root, (kind, cell) = roots[tree] - 1, TREES[tree]
    pages = len(body) // 4096
    body += body[root * 4096 : (root + 1) * 4096]
    for level in range(1, levels):
        body += interior(pages + level, cell, kind)
    body[root * 4096 : (root + 1) * 4096] = interior(pages + levels, cell, kind)
    struct.pack_into(">I", body, 28, pages + levels)
    (file,) = quizzes.files([entry("a.db", bytes(body))])
    assert "it is not whole" in file.why
    own = tmp_path / "own/.grader/progress.db"
    own.parent.mkdir(parents=True)
    own.write_bytes(body)
    with Progress(tmp_path / "own") as progress:
        assert "damaged" in progress.notice and not QuizRecord(progress).history()


@pytest.mark.parametrize("fill", [b"a;", b"-1;", b"a()();", b"[a for a in a];", b"'';"])
@pytest.mark.parametrize("size", [60_000, 990_000])
def test_no_tree_is_made_of_a_large_file(
    tiny: Course, monkeypatch: pytest.MonkeyPatch, fill: bytes, size: int
) -> None:
    """Python takes a kilobyte for each byte of it; it is an answer all the same."""
    monkeypatch.setattr(unwritten.ast, "parse", lambda source: pytest.fail(f"{len(source)} bytes"))
    source = b"def double(x, times=2):\n    raise NotImplementedError\n" + fill * (
        size // len(fill)
    )
    found = AnswerReader(tiny).read([entry("double.py", source)]).found
    assert found["double"].source == source
