"""Hand-ins that somebody made to hang the grader or to fill it: each costs who handed it in."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest

from grader.classroom.answers import AnswerReader
from grader.classroom.hand_ins.entries import MAX_DEPTH, MAX_PATH, Download, Entry, open_download
from grader.classroom.hand_ins.forms import FORMS
from grader.classroom.hand_ins.git import CommitTimes
from grader.classroom.packets import packed, unpacked
from grader.classroom.platforms.assignment import Assignment
from grader.classroom.platforms.gradescope import results_of
from grader.classroom.platforms.uploads import lay_out
from grader.classroom.which_exercise import exercise_called
from grader.course.course import Course
from grader.errors import CourseError, RefusedError
from grader.quiz.reading import nodes
from grader.quiz.reading.load import load_quiz
from grader.quiz.sittings.handed_in import read_handed_in
from grader.records import CaseResult, Difference, Evidence, Outcome, Report
from tests.attacks.arena import forget_peak, peak_memory
from tests.attacks.bounds import MAX_GROWTH

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="plants what only Linux has")

COMMIT = b"tree %s\nauthor a <a@x> 1780000000 +0000\ncommitter a <a@x> 1780000000 +0000\n\n"
EMPTY = b"4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def commit(path: Path, megabytes: int) -> Path:
    """Write a repository of one commit, whose message has so many megabytes, and return `.git`."""
    subprocess.run(["git", "init", "-q", str(path)], check=True)
    begins, part = COMMIT % EMPTY, b"a" * 10**6
    head = b"commit %d\0" % (len(begins) + megabytes * len(part)) + begins
    digest, packer = hashlib.sha1(head), zlib.compressobj(9)
    packed = [packer.compress(head)]
    for _ in range(megabytes):
        digest.update(part)
        packed.append(packer.compress(part))
    name = digest.hexdigest()
    place = path / ".git/objects" / name[:2] / name[2:]
    place.parent.mkdir()
    place.write_bytes(b"".join([*packed, packer.flush()]))
    (path / ".git/HEAD").write_text(f"{name}\n")
    return path / ".git"


def alternates(clone: Path) -> None:
    """Name objects elsewhere, without end."""
    (clone / "objects/info").mkdir(exist_ok=True)
    (clone / "objects/info/alternates").symlink_to("/dev/zero")


def pipe(clone: Path) -> None:
    """Put a pipe among the objects."""
    os.mkfifo(next((clone / "objects").glob("??")) / ("a" * 38))


def elsewhere(clone: Path) -> None:
    """Have the objects somewhere else."""
    (clone / "objects").rename(clone / "others")
    (clone / "objects").symlink_to(clone / "others")


@pytest.mark.parametrize("change", [alternates, pipe, elsewhere])
def test_of_a_clone_git_reads_what_is_its_own(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    """Anything else is followed to nowhere, and waited for by nobody."""
    clone = commit(tmp_path, 0)
    with CommitTimes() as times:
        assert times.of(clone) == "2026-05-28T20:26:40Z"
        change(clone)
        assert times.of(clone) == ""


def test_a_commit_that_unfolds_to_very_much_has_no_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git reads an object whole, within the memory that it is given."""
    monkeypatch.setattr("grader.classroom.hand_ins.git._MEMORY", 60_000_000)
    with CommitTimes() as times:
        assert times.of(commit(tmp_path / "small", 1))
        assert times.of(commit(tmp_path / "large", 80)) == ""


def test_a_deep_folder_is_told_and_the_others_are_read(tiny: Course, tmp_path: Path) -> None:
    """Deeper than Python calls itself."""
    (tmp_path / "class/bob").mkdir(parents=True)
    (tmp_path / "class/bob/softmax.py").write_text("")
    place = tmp_path / "class"
    folder = os.open(place, os.O_RDONLY)
    for name in ["eve", *["a"] * 1200]:
        os.mkdir(name, dir_fd=folder)
        inner = os.open(name, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    with open_download(tiny, place) as opened:
        found = {entry.parts[0]: entry for entry in opened.entries}
    subprocess.run(["rm", "-r", place], check=True)  # nor does what clears up after us
    assert not found["bob"].refused
    assert "folders" in found["eve"].refused and len(found["eve"].parts) == MAX_DEPTH + 1


def entry(path: str, body: bytes) -> Entry:
    """Return a file that was handed in."""
    return Entry(path, lambda most: body)


def notes(course: Course, *entries: Entry) -> list[str]:
    """Return what is said of the files of a hand-in that are not taken."""
    return [note.why for note in AnswerReader(course).read(entries).notes if note.why]


def zipped(path: str, names: Iterable[str], body: str) -> Entry:
    """Return a zip that was handed in, of files that are the same."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, body)
    return entry(path, stream.getvalue())


def test_files_are_looked_at_one_by_one(tiny: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many folders of a hand-in look like a course, a file is held against its own."""
    count = [0]
    monkeypatch.setattr(Entry, "parts", property(_counted(Entry.parts, count)))
    zips = [zipped(f"{n}.zip", (f"{m}/course.yaml" for m in range(500)), "") for n in range(2)]
    assert notes(tiny, *zips) == []
    assert count[0] < 10 * 1000


def test_what_is_parsed_of_a_hand_in_is_bounded(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All files and cells together; the first are read, and of the rest that is told."""
    monkeypatch.setattr("grader.classroom.bounds.MAX_PARSED", 100)
    monkeypatch.setattr("grader.classroom.bounds.MAX_CELLS", 20)
    double = b"def double(x, times=2):\n    return x\n"
    files = [entry(f"{n}.py", double) for n in range(5)]
    assert sum("100 bytes of code" in why for why in notes(tiny, *files)) == 3
    cells = [{"cell_type": "code", "source": "x"}] * 9
    book = json.dumps({"cells": cells, "nbformat": 4}).encode()
    books = [entry(f"{n}.ipynb", book) for n in range(5)]
    assert sum("20 cells" in why for why in notes(tiny, *books)) == 3
    monkeypatch.setattr("grader.classroom.bounds.MAX_OBJECTS", 10)
    assert sum("10 parts" in why for why in notes(tiny, *books)) == 4
    monkeypatch.setattr("grader.classroom.bounds.MAX_PARTS", 100)
    for empty in (b"[]", b'""', b"0", b"{}", b"[0]"):
        large = b'{"cells": [], "metadata": [' + b",".join([empty] * 60) + b"]}"
        books = [entry(f"{n}.ipynb", large) for n in range(5)]
        assert sum("100 values" in why or "10 parts" in why for why in notes(tiny, *books)) >= 4


def test_answers_of_notebooks_are_charged_as_they_are_made(
    tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What each of them leans on counts for each, in a class and on Gradescope, from one budget."""
    helper = "def help(x):\n" + "    x\n" * 100
    both = [f"def {name}(x):\n    return help(x)\n" for name in ("double", "quadruple")]
    cells = [{"cell_type": "code", "source": each} for each in [helper, *both]]
    book = json.dumps({"cells": cells, "nbformat": 4}).encode()
    monkeypatch.setattr("grader.classroom.bounds.MAX_PARSED", 2_000)
    why = notes(tiny, *(entry(f"{n}.ipynb", book) for n in range(5)))
    assert sum("2,000 bytes of code" in each for each in why) == 4
    (tmp_path / "uploaded").mkdir()
    for number in range(5):
        (tmp_path / f"uploaded/{number}.ipynb").write_bytes(book)
    found = lay_out(tiny.root, tmp_path / "uploaded", tmp_path / "laid")
    assert sum("2,000 bytes of code" in note for note in found.notes) == 4
    assert {*found.answers} == {"double", "quadruple"}


def test_what_is_listed_of_a_hand_in_is_bounded(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is compared or read, be they in zips or not."""
    monkeypatch.setattr("grader.classroom.bounds.MAX_LISTED", 3)
    files = [entry(f"{n}.png", b"") for n in range(9)]
    assert notes(tiny, *files)[0] == "there are more than 3 files"
    assert len(notes(tiny, *files)) == 4
    zips = [zipped(f"{n}.zip", (f"{m}.png" for m in range(9)), "") for n in range(9)]
    assert notes(tiny, *zips).count("it is neither a Python file nor a notebook") == 2
    assert len(notes(tiny, *zips)) == 4


def test_answers_that_name_each_other_take_little_along(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is too much stays behind, which is told; what is in the same file is kept once."""
    monkeypatch.setattr("grader.classroom.beside.MAX_BESIDE", 200)
    double = b"def double(x, times=2):\n    return x\n#" + b"a" * 1_000
    quadruple = b"from exercises.numbers.double import double\ndef quadruple(x):\n    return x\n"
    files = [entry("double.py", double), entry("quadruple.py", quadruple)]
    found = AnswerReader(tiny).read(files)
    assert found.found["quadruple"].beside == {}
    assert found.notes[-1].exercise == "quadruple" and "references of double" in found.notes[-1].why
    answer = AnswerReader(tiny).read([entry("all.py", double + b"\n" + quadruple)])
    both = answer.found["quadruple"]
    assert [*(both.beside or {})] == ["double"] and not any(n.why for n in answer.notes)
    assert len(packed(both)) < 2 * len(both.source) and unpacked(packed(both)) == both


def test_what_is_kept_of_a_hand_in_is_bounded(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file may answer every exercise."""
    monkeypatch.setattr("grader.classroom.bounds.MAX_KEPT", 100)
    both = b"def double(x, times=2):\n    return x\ndef quadruple(x):\n    return x\n"
    found = AnswerReader(tiny).read([entry("all.py", both)])
    assert [*found.found] == ["double"]
    assert [note.why for note in found.notes if note.why] == [
        "the answers of the hand-in hold more than 100 bytes"
    ]


def test_a_long_path_in_a_zip_is_cut(tiny: Course, tmp_path: Path) -> None:
    """It is listed, and whose it is is still seen."""
    path = tmp_path / "class.zip"
    path.write_bytes(zipped("", ["eve/" + "a/" * 9_000 + "b.py", "eve/" + "-1" * 150], "").read(0))
    with open_download(tiny, path) as opened:
        first, second = opened.entries
    assert "characters" in first.refused and len(first.path) == MAX_PATH
    assert exercise_called(tiny, second.name) == ""


def _counted(parts: property, count: list[int]) -> Callable[[Entry], object]:
    def counted(entry: Entry) -> object:
        count[0] += 1
        return parts.__get__(entry)

    return counted


def test_what_metadata_says_at_length_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results and earlier attempts are never parsed; of one submission there is little else."""
    parsed: list[int] = []
    monkeypatch.setattr("grader.classroom.hand_ins.gradescope.yaml_of", _counting(parsed))
    about = b"submission_%d:\n  :submitters:\n  - :name: Eve\n  :created_at: 2026-01-01 00:00:00\n"
    history = b"  :history:\n" + b"  - :score: 1\n    :results:\n      output: x\n" * 9_000
    odd = b"submission_3:\n" + b" a: b\n" * 100_000
    body = about % 1 + history + about % 2 + odd
    paths = [f"submission_{number}/a.py" for number in (1, 2, 3)]
    entries = [Entry(path, lambda most: b"") for path in paths]
    metadata = Entry("submission_metadata.yml", lambda most: b"", open=lambda: io.BytesIO(body))
    found = [*FORMS["gradescope"].hand_ins(Download("g", (metadata, *entries)))]
    assert [bool(each.submitters) for each in found] == [True, True, False]
    assert [bool(each.submitted_at) for each in found] == [True, True, False]
    assert len(parsed) == 2 and max(parsed) < 200


def test_metadata_is_read_line_by_line_however_large(tmp_path: Path, course: Course) -> None:
    """Results of many attempts cost nobody theirs, nor much memory; a line's end begins none."""
    about = "submission_%d:\n  :submitters:\n  - :name: Eve\n  :created_at: 2026-01-01 00:00:00\n"
    attempts = "  :history:\n" + "  - :results:\n      output: x\n" * 100_000
    long = f"  :odd: {'x' * 30_000_000}submission_3:\n  :submitters:\n  - :name: Mallory\n"
    with zipfile.ZipFile(tmp_path / "g.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("submission_metadata.yml", about % 1 + attempts + long + about % 2)
        for number in (1, 2, 3):
            archive.writestr(f"submission_{number}/a.py", "x = 1\n")
    tracemalloc.start()
    with open_download(course, tmp_path / "g.zip") as download:
        found = [*FORMS["gradescope"].hand_ins(download)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [len(each.submitters) for each in found] == [0, 1, 0]
    assert peak < 5_000_000


DENSE = {
    "a_list": f"z: [{'a,' * 9_000}a]\n",
    "a_list_of_lists": f"z: [{'[],' * 6_000}a]\n",
    "mappings": f"z: [{'{},' * 6_000}a]\n",
    "keys": "".join(f"{n:x}: 1\n" for n in range(2_500)),
    "a_long_text": f"z: {'a ' * 9_000}\n",
}


@pytest.mark.parametrize("name", DENSE)
@pytest.mark.parametrize("slip", ["@x", "b: c", "`x"])
def test_a_file_that_yaml_stumbles_over_is_read_a_few_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, slip: str
) -> None:
    """What is large and dense is not parsed anew for each of a hundred slips below it."""
    counted: list[int] = []
    compose = nodes.yaml.compose

    def counting(text: str, **options: object) -> object:
        counted.append(len(text))
        return compose(text, **options)

    monkeypatch.setattr(nodes.yaml, "compose", counting)
    text = DENSE[name] + "".join(f"a{n}: {slip}\n" for n in range(99))
    with pytest.raises(RefusedError, match="file of answers cannot be read"):
        read_handed_in(text.encode(), "eve.yaml")
    assert sum(counted) < 4 * len(text)
    counted.clear()
    path = tmp_path / "sums.yaml"
    path.write_text(text)
    with pytest.raises(CourseError, match=r"sums.yaml:\d+"):
        load_quiz(path, (), {})
    assert sum(counted) < nodes.MAX_REREAD + 2 * len(text)


@pytest.mark.parametrize("visibility", ["visible", "after_due_date"])
def test_what_answers_return_is_not_kept_for_all_of_them(visibility: str) -> None:
    """Gradescope's results name what is wrong with each file; its arrays go as the next is made."""

    def report(number: int) -> Report:
        value = np.full(2 * 2**20, float(number))  # 16 MB, and as much is wanted
        compared = Evidence("f", {"x": 1.0}, value, value + 1, Difference("values", "It differs."))
        checks = (
            CaseResult(name, "f", Outcome.FAILED, 0.0, 1.0, "It differs.", hidden, compared)
            for name, hidden in (("one", False), ("two", True))
        )
        return Report(f"e{number}", f"e{number}.py", Outcome.FAILED, tuple(checks))

    before = forget_peak()
    results = results_of(map(report, range(20)), Assignment(("e",), visibility))
    assert peak_memory() - before < MAX_GROWTH
    assert len(results["tests"]) == 40 and results["output"].count("It differs.") >= 20


def _counting(parsed: list[int]) -> Callable[[bytes], object]:
    from grader.files import yaml_of

    def counted(body: bytes) -> object:
        parsed.append(len(body))
        return yaml_of(body)

    return counted
