"""A learner's course takes a new release over, and nothing that was written is lost."""

from __future__ import annotations

import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.release import release
from grader.authoring.release_hashes import hash_of_file
from grader.authoring.stubs import stub_of
from grader.authoring.update import update
from grader.course.course import Course, read_course
from grader.errors import UsageError
from grader.present.style import Style
from grader.present.update_text import render_update
from tests.conftest import QUADRUPLE, TINY, Ended

Grader = Callable[..., Ended]

RIGHT = """import numpy as np
def double(x, times=2):
    if times < 0: raise ValueError
    return x * x.dtype.type(times)
"""
HALVE = QUADRUPLE.replace("quadruple", "halve").replace("double(double(x))", "x / 2")
HALVE = HALVE.replace("return double(x)", "return x").replace(
    "from solutions.numbers.double import double\n", ""
)


@pytest.fixture
def mine(tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Give the first release of the tiny course to a learner, who is there."""
    release(tiny, tmp_path / "mine", range(1))
    monkeypatch.chdir(tmp_path / "mine")
    return read_course(tmp_path / "mine")


def rewrite(path: Path, old: str, new: str) -> None:
    """Change a text in a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.fixture
def theirs(tiny: Course) -> Path:
    """Give the author's course as it is worked on further, in another folder."""
    folder = tiny.root / "theirs"
    for part in ("solutions", "quizzes"):
        shutil.copytree(tiny.root / part, folder / part)
    shutil.copy(tiny.root / "course.yaml", folder)
    return folder


def released(author: Path, *extras: Path) -> Path:
    """Release a course into a folder beside it, and return that."""
    folder = author.with_name(f"{author.name}-released")
    release(read_course(author), folder, range(1), extras)
    return folder


def second(author: Path) -> Path:
    """Release the course with other checks, other words, and another exercise."""
    solutions = author / "solutions/numbers"
    (solutions / "halve.py").write_text(HALVE)
    rewrite(solutions / "double.py", "rng.normal(size=2).round(1)", "rng.normal(size=4).round(1)")
    rewrite(solutions / "quadruple.py", "Quadruple: double, twice.", "Quadruple, in new words.")
    rewrite(author / "course.yaml", "[double, quadruple]", "[double, quadruple, halve]")
    return released(author)


def zipped(folder: Path) -> Path:
    """Zip a folder as people do: with it in the zip, and what a Mac puts beside it."""
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"__MACOSX/{folder.name}/._course.yaml", b"\0")
        for each in sorted(folder.rglob("*")):
            archive.write(each, Path(folder.name, each.relative_to(folder)))
    return path


@pytest.mark.parametrize("as_zip", [True, False])
def test_a_new_release_is_taken_over_around_what_was_written(
    mine: Course, theirs: Path, grader: Grader, as_zip: bool
) -> None:
    """Keys and untouched stubs are new, work and progress stay, changed checks are marked."""
    mine.exercise_path("double").write_text(RIGHT)
    assert grader("grade", "double", "--seed", "0").code == 0
    folder = second(theirs)
    ended = grader("update", str(zipped(folder) if as_zip else folder))
    assert ended.code == 0
    course = read_course(mine.root)
    assert course.exercises == ("double", "quadruple", "halve")
    assert course.release == read_course(folder).release != mine.release
    assert course.exercise_path("double").read_text() == RIGHT
    for name in ("quadruple", "halve"):
        assert course.exercise_path(name).read_text() == stub_of(course, name)
    assert "new words" in course.exercise_path("quadruple").read_text()
    assert "New exercises: halve." in ended.out
    assert "you had written nothing: quadruple." in ended.out
    assert "Passed, but by other checks than there are now: double." in ended.out
    assert "1 of 3 exercises passed" in grader().out
    assert "double     passed     7 of 7 points, by other checks: grade again" in grader().out
    assert grader("grade", "double", "--seed", "0").code == 0
    assert "again" not in grader().out
    assert "already" in grader("update", str(folder)).out
    assert {path.name for path in mine.root.iterdir()} - {".grader"} == {
        path.name for path in folder.iterdir()
    } - {".grader"}


def test_a_stub_that_became_another_is_told_and_not_written(mine: Course, theirs: Path) -> None:
    """Whoever works in a file finds it as it was; a note in a stub is kept at least."""
    worked = "from exercises.numbers.double import double\ndef quadruple(x): return 1\n"
    mine.exercise_path("quadruple").write_text(worked)
    rewrite(theirs / "solutions/numbers/double.py", "Multiply.\n\n    Ret", "Times.\n\n    Ret")
    with mine.exercise_path("double").open("a") as file:
        file.write("# a thought\n")
    updated = update(mine, second(theirs))
    assert (updated.changed, updated.renewed) == (("quadruple",), ("double",))
    assert mine.exercise_path("quadruple").read_text() == worked
    assert "Times." in mine.exercise_path("double").read_text()
    assert "# a thought" in (mine.root / updated.kept / "exercises/numbers/double.py").read_text()


def test_an_exercise_that_was_removed_or_moved(mine: Course, theirs: Path) -> None:
    """What was written goes along to another unit, and stays where the exercise has gone."""
    mine.exercise_path("double").write_text(RIGHT)
    contents = TINY.replace("[double, quadruple]", "[]").replace("[sums]", "[]")
    contents += "  sums: {title: Sums, exercises: [double]}\n"
    (theirs / "course.yaml").write_text(contents)
    (theirs / "solutions/sums").mkdir()
    (theirs / "solutions/numbers/double.py").rename(theirs / "solutions/sums/double.py")
    shutil.rmtree(theirs / "quizzes")
    updated = update(mine, released(theirs))
    assert (updated.moved, updated.removed) == (("double",), ("quadruple",))
    assert read_course(mine.root).exercise_path("double").read_text() == RIGHT
    assert not mine.exercise_path("quadruple").exists()
    assert not mine.key_path("quadruple").exists()
    assert not mine.quiz_path("sums").exists()


@pytest.mark.parametrize("work", ["# a thought\n", "quadruple = lambda x: 4 * x\n"])
def test_work_beside_the_stub_of_a_removed_exercise_stays(
    mine: Course, theirs: Path, work: str
) -> None:
    """Its functions still raise, which says nothing of what else stands in the file."""
    path = mine.exercise_path("quadruple")
    path.write_text(written := path.read_text() + work)
    rewrite(theirs / "course.yaml", "[double, quadruple]", "[double]")
    assert update(mine, released(theirs)).removed == ("quadruple",)
    assert path.read_text() == written


def test_what_else_was_handed_out_is_the_learners(
    tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file beside the exercises is renewed while nobody changed it; of ours, a copy is kept."""
    for name in ("notes.txt", "data.txt"):
        (tiny.root / name).write_text("first")
    extras = [tiny.root / "notes.txt", tiny.root / "data.txt"]
    release(tiny, tmp_path / "mine", range(1), extras)
    mine = read_course(tmp_path / "mine")
    (mine.root / "notes.txt").write_text("my thoughts")
    (mine.root / "README.md").write_text("my own words")
    for name in ("notes.txt", "data.txt"):
        (tiny.root / name).write_text("second")
    release(tiny, tmp_path / "second", range(1), extras)
    updated = update(mine, tmp_path / "second")
    assert updated.left == ("notes.txt",)
    assert (mine.root / "notes.txt").read_text() == "my thoughts"
    assert (mine.root / "data.txt").read_text() == "second"
    assert (mine.root / "README.md").read_text() != "my own words"
    assert (mine.root / updated.kept / "README.md").read_text() == "my own words"
    said = " ".join(render_update(updated, Style()).split())
    assert f"with a copy in {updated.kept}: README.md." in said


def test_words_are_no_other_checks(mine: Course, theirs: Path) -> None:
    """A message that changes asks nobody to grade again; points that change do."""
    checks = checks_of(mine.root)
    words = theirs.rename(theirs.with_name("words"))
    rewrite(words / "solutions/numbers/double.py", "You square.", "You take the square.")
    assert checks_of(released(words)) == checks
    other = words.rename(words.with_name("points"))
    rewrite(other / "solutions/numbers/double.py", "@exercise.case(points=2)", "@exercise.case")
    changed = checks_of(released(other))
    assert changed["double"] != checks["double"]
    assert changed["quadruple"] == checks["quadruple"]


def checks_of(folder: Path) -> dict[str, str]:
    """Return what a release says of its checks."""
    return dict(json.loads((folder / "release.json").read_text())["checks"])


def test_a_release_from_before_is_updated_too(mine: Course, theirs: Path, grader: Grader) -> None:
    """What it did not say of its checks is worked out from its keys."""
    contents = json.loads((mine.root / "release.json").read_text())
    del contents["checks"], contents["files"]
    (mine.root / "release.json").write_text(json.dumps(contents))
    mine.exercise_path("double").write_text(RIGHT)
    grader("grade", "double", "--seed", "0")
    assert update(mine, second(theirs)).again == ("double",)


@pytest.mark.parametrize("kind", ["missing", "a folder", "a pipe"])
def test_a_check_that_cannot_be_read_keeps_no_release_away(
    mine: Course, theirs: Path, kind: str
) -> None:
    """What a release from before does not say of its checks is then left open."""
    said, key = mine.root / "release.json", mine.key_path("double")
    contents = json.loads(said.read_text())
    del contents["checks"], contents["files"]
    said.write_text(json.dumps(contents))
    key.write_text(json.dumps(json.loads(key.read_text()) | {"checks": {"double": "near"}}))
    path = key.with_name("double.checks.py")
    if kind == "a folder":
        path.mkdir()
    elif kind == "a pipe" and sys.platform != "win32":
        os.mkfifo(path)
    assert update(read_course(mine.root), second(theirs)).after


def test_no_copy_takes_the_place_of_another(mine: Course, theirs: Path) -> None:
    """Whoever updates to the same release again finds what both times was in the way."""
    again, path = second(theirs), mine.exercise_path("double")
    for thought in ("first", "second", "third"):
        path.write_text(f"{path.read_text()}# {thought}\n")
        updated = update(read_course(mine.root), again)
        assert thought in (mine.root / updated.kept / "exercises/numbers/double.py").read_text()
    kept = (mine.root / ".grader/kept").rglob("double.py")
    assert sorted(each.read_text().split()[-1] for each in kept) == ["first", "second", "third"]


@pytest.mark.wide
def test_a_course_of_the_installed_grader_needs_no_file(
    tmp_path: Path, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is brought up to what is installed now."""
    assert grader("init", str(tmp_path / "course")).code == 0
    monkeypatch.chdir(tmp_path / "course")
    stub = tmp_path / "course/exercises/attention/softmax.py"
    written, text = stub.with_name("masking.py"), stub.read_text()
    stub.write_text(text.replace("weights", "shares"))
    written.write_text("def causal_mask(n): return n\n")
    assert grader("update").code == 0
    assert stub.read_text() == text
    assert written.read_text() == "def causal_mask(n): return n\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("words.txt", "neither a folder nor a zip"),
        ("empty", "this is no release"),
        ("evil.zip", "leads out of it"),
        ("newer", "made for a newer grader"),
        ("other", "a release of another course"),
        (None, "name the new release"),
    ],
)
def test_what_is_no_release_changes_nothing(
    mine: Course, tmp_path: Path, name: str | None, message: str
) -> None:
    """One sentence says why."""
    (tmp_path / "words.txt").write_text("words")
    (tmp_path / "empty").mkdir()
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("../mine/course.yaml", "title: Evil")
    for folder in ("newer", "other"):
        shutil.copytree(mine.root, tmp_path / folder)
    (tmp_path / "newer/release.json").write_text('{"format": 99, "version": "x"}')
    (tmp_path / "other/course.yaml").write_text(
        "title: O\nunits: {u: {title: U, exercises: [another]}}"
    )
    before = {path: path.read_bytes() for path in mine.root.rglob("*.*") if path.is_file()}
    with pytest.raises(UsageError, match=message):
        update(mine, tmp_path / name if name else None)
    assert before == {path: path.read_bytes() for path in before}


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs rights there")
def test_no_link_is_followed(mine: Course, theirs: Path, tmp_path: Path) -> None:
    """What a learner keeps elsewhere is left alone, file or folder, and told."""
    for name in ("quizzes", "exercises/numbers"):
        (mine.root / name).rename(elsewhere := tmp_path / f"my-{name.replace('/', '-')}")
        (mine.root / name).symlink_to(elsewhere)
    rewrite(theirs / "quizzes/sums.yaml", "title: Sums", "title: More sums")
    updated = update(mine, second(theirs))
    assert {"quizzes/sums.yaml", "exercises/numbers/double.py"} <= {*updated.left}
    assert "title: Sums" in (tmp_path / "my-quizzes/sums.yaml").read_text()
    assert not (tmp_path / "my-exercises-numbers/halve.py").exists()


def test_a_course_with_definitions_is_not_updated(tiny: Course, mine: Course) -> None:
    """Releases come from there."""
    with pytest.raises(UsageError, match="this course has its definitions in it"):
        update(tiny, mine.root)


def test_a_release_copied_over_work_loses_nothing(
    mine: Course, theirs: Path, grader: Grader
) -> None:
    """What was graded last is kept, and told of once; a reset is told of by itself."""
    mine.exercise_path("double").write_text(RIGHT)
    grader("grade", "double")
    shutil.copytree(second(theirs), mine.root, dirs_exist_ok=True)
    said = grader().err
    assert "exercises/numbers/double.py is a stub again, and you had written it." in said
    kept = next((mine.root / ".grader/kept").glob("double-*-graded.py"))
    assert kept.read_text() == RIGHT and kept.name in said
    assert "by other checks" in grader().out
    assert not grader().err
    path = mine.exercise_path("double")
    path.write_text(path.read_text().replace("raise NotImplementedError", "return x"))
    assert grader("grade", "double").code == 1
    assert kept.with_name("double-passed.py").read_text() == RIGHT
    kept.replace(mine.exercise_path("double"))
    grader("grade", "double")
    grader("reset", "double")
    assert not grader().err


def test_nothing_hidden_is_deleted(mine: Course, theirs: Path) -> None:
    """No release writes there, whatever its list of files says: a repository stays one."""
    listed = {}
    for name in (".git/HEAD", "notes/.env", "notes/plain.txt"):
        path = mine.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("ref: refs/heads/main\n")
        listed[name] = hash_of_file(path)
    contents = json.loads((mine.root / "release.json").read_text())
    contents["files"] |= listed | {"a" * 5_000: "", "/".join("a" * 2_000): ""}  # nor are there such
    (mine.root / "release.json").write_text(json.dumps(contents))
    update(read_course(mine.root), released(theirs))
    assert [name for name in listed if (mine.root / name).exists()] == [".git/HEAD", "notes/.env"]
