"""Names that are paths, and links that lead elsewhere: nothing out of the course is touched."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.authoring.release import release
from grader.course.course import Course, read_course
from grader.errors import CourseError
from tests.attacks.arena import snapshot
from tests.conftest import Ended

pytestmark = pytest.mark.skipif(os.name != "posix", reason="makes links")

Grader = Callable[..., Ended]
NO_NAMES = [
    "../../x", "/tmp/x", "a/b", "..", ".", "", "x.py", "-x", "x y", "x\0", "x\n", "a\\b", "C:x",
    "\x1b[2J", "\u202ex", "~", "$HOME", "x" * 101, 3, None, True, ["a"],
]  # fmt: skip
COMMANDS = [
    ["grade", "double"],
    ["grade", "--all"],
    ["grade", "double", "--json"],
    ["reset", "double"],
    ["run", "double"],
    ["hint", "double"],
    ["show", "double"],
    ["quiz", "sums"],
    [],
]


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder out of the course, which has to stay as it is."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "double.py").write_text("SECRET = 'what is here is nobody's business'")
    before = snapshot(folder)
    yield folder
    assert snapshot(folder) == before, "something was written out of the course"


def contents(**unit: object) -> str:
    """Return a course.yaml with one unit; JSON is YAML."""
    name = unit.pop("name", "numbers")
    whole = {"title": "Unit", "exercises": ["double"]} | unit
    return json.dumps({"title": "Numbers", "units": {str(name): whole}})


@pytest.mark.parametrize("where", ["exercises", "quizzes", "name", "models"])
@pytest.mark.parametrize("name", NO_NAMES, ids=ascii)
def test_a_name_that_is_none_is_refused(tiny: Course, where: str, name: object) -> None:
    """In a message of one line that names the file, before anything is made of it."""
    if where == "name":
        if not isinstance(name, str):
            pytest.skip("a key of JSON is text")
        text = contents(name=name)
    elif where == "models":
        text = json.dumps(json.loads(contents()) | {"models": {str(name): {"exercise": "double"}}})
        if isinstance(name, (int, bool)) or name is None:
            pytest.skip("as text it is a name")
    else:
        text = contents(**{where: [name]})
    (tiny.root / "course.yaml").write_text(text)
    with pytest.raises(CourseError) as refused:
        read_course(tiny.root)
    assert refused.value.where == str(tiny.root / "course.yaml")
    assert "\n" not in refused.value.what
    assert refused.value.what.isprintable()


def test_a_name_is_no_longer_than_one_of_a_file(tiny: Course) -> None:
    """A letter may be several bytes, and something is written behind the name."""
    path = tiny.root / "course.yaml"
    path.write_text(contents(name="क" * 90))
    with pytest.raises(CourseError, match="cannot be the name of a unit"):
        read_course(tiny.root)


@pytest.mark.parametrize("command", ["reset", "grade", "hint", "run"])
def test_a_release_cannot_name_a_place_to_write_to(
    tiny: Course,
    elsewhere: Path,
    grader: Grader,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    """An exercise called by a path, with a key for it, is no exercise."""
    folder = tiny.root / "released"
    release(tiny, folder, range(1))
    name = os.path.relpath(elsewhere / "planted", folder / "exercises" / "numbers")
    path = folder / "course.yaml"
    path.write_text(path.read_text().replace("[double, quadruple]", f"['{name}', double]"))
    monkeypatch.chdir(folder)
    ended = grader(command, name)
    assert ended.code == 2
    assert "cannot be the name of an exercise" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    "place",
    ["exercises", "exercises/numbers", ".grader", ".grader/kept", ".grader/progress.db"],
)
def test_a_link_in_the_course_leads_nowhere(
    tiny: Course, elsewhere: Path, grader: Grader, place: str, command: list[str]
) -> None:
    """Whatever is asked for, nothing is read or written where it points."""
    path = tiny.root / place
    if path.is_dir():
        path.rename(tiny.root / "moved")
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(elsewhere / "double.py" if path.suffix else elsewhere)
    ended = grader(*command)
    assert "SECRET" not in ended.out + ended.err
    assert ended.code != 3 and "Traceback" not in ended.err
    if command[:1] in (["reset"], ["run"]) and place.startswith("exercises"):
        assert ended.code == 2
        assert "is a link" in ended.err


def test_a_reset_goes_through_no_link_that_is_left_for_it(
    tiny: Course, elsewhere: Path, grader: Grader
) -> None:
    """Neither in the place of what is written first, nor of the signpost or of what is kept."""
    path = tiny.exercise_path("double")
    path.write_text("my own work")
    path.with_name(".double.py.new").symlink_to(elsewhere / "double.py")
    assert grader("reset", "double").code == 0
    path.write_text("my own work")
    kept = tiny.root / ".grader" / "kept"
    kept.rename(tiny.root / "aside")
    kept.symlink_to(elsewhere)
    assert "is a link" in grader("reset", "double").err
    assert path.read_text() == "my own work"
    kept.unlink()
    signpost = path.parent / "exercises"
    (signpost / "__init__.py").unlink()
    signpost.rmdir()
    signpost.symlink_to(elsewhere)
    assert "is a link" in grader("reset", "double").err


EXPORTS = {
    "sums.gift.txt": ["export", "quiz", "--format", "gift"],
    "book.ipynb": ["export", "notebook", "-o", "book.ipynb"],
    "here/book.ipynb": ["export", "notebook", "-o", "here/book.ipynb"],
    "sums.qti.zip": ["export", "quiz", "--format", "qti"],
}


@pytest.mark.parametrize("name", EXPORTS)
def test_what_is_exported_goes_through_no_link_that_is_left_for_it(
    tiny: Course, elsewhere: Path, grader: Grader, name: str
) -> None:
    """Whoever made the course chose its name, or the folder's; nor does anybody wait at a pipe."""
    path = tiny.root / name
    link = path.parent if path.parent != tiny.root else path
    link.symlink_to(elsewhere if link != path else elsewhere / "new")
    before = sorted(elsewhere.iterdir())
    ended = grader(*EXPORTS[name])
    assert ended.code == 2 and "is a link" in ended.err
    assert sorted(elsewhere.iterdir()) == before
    if link == path:
        path.unlink()
        os.mkfifo(path)
        ended = grader(*EXPORTS[name])
        assert ended.code == 2 and name in ended.err


@pytest.mark.parametrize("start", ["", "here/", "../"])
def test_no_link_is_followed_on_the_way_to_a_submission(
    tiny: Course,
    elsewhere: Path,
    grader: Grader,
    monkeypatch: pytest.MonkeyPatch,
    start: str,
) -> None:
    """Wherever the file lies that `--file` names, and however it is spelled."""
    (tiny.root / "here" / "inner").mkdir(parents=True)
    (tiny.root / "here" / "linked").symlink_to(elsewhere)
    (tiny.root / "here" / "inner" / "linked").symlink_to(elsewhere.parent)
    monkeypatch.chdir({"": "here", "here/": ".", "../": "here/inner"}[start])
    whole = tiny.root / "here"
    for way in ("linked/double.py", f"inner/linked/{elsewhere.name}/double.py"):
        for path in (f"{start}{way}", str(whole / way), f"./{start}{way}"):
            ended = grader("grade", "double", "--file", path)
            assert ended.code == 1 and "is a link" in " ".join(ended.out.split()), ended
            assert "SECRET" not in ended.out


def test_a_link_outside_of_all_that_is_ones_own_is_none_to_follow(
    tiny: Course, elsewhere: Path, grader: Grader
) -> None:
    """A path that begins at the root is looked at from there on."""
    link = Path("/var/tmp") / f"attacked-{os.getpid()}"
    link.symlink_to(elsewhere)
    try:
        ended = grader("grade", "double", "--file", str(link / "double.py"))
    finally:
        link.unlink()
    assert "is a link" in ended.out
