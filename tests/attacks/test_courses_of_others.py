"""A course that a stranger wrote, and his next release of it: what both may come to."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.course.course import Course
from grader.course.lesson import tex_of, unplaced
from grader.course.progress import FOLDER
from grader.course.progress_tables import made_ready, transaction
from grader.errors import MAX_MARKS, CourseError, readable
from grader.grading import habits, merit, model_files
from grader.grading.habits import read_habits
from grader.grading.model_files import Choice, choose_files
from grader.grading.patterns import Steps
from grader.learner.outside.sandbox import Sandbox, possible_tiers
from grader.present.prose_text import folded, wrapped
from grader.present.readable import is_wide
from grader.records import Limits, Raised
from tests.attacks.bounds import RELEASED, bounded
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="plants what only Linux has")

GRADE = ["grade", "double"]


def next_release(course: Course, **claims: object) -> Path:
    """Write another release of a course beside it, and return its folder."""
    new = course.root.parent / "new"
    shutil.copytree(RELEASED, new)
    (new / "README.md").write_text("another\n")
    path = new / "release.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": "aaaa"} | claims))
    return new


@pytest.mark.parametrize("link", [f"{FOLDER}/kept", FOLDER, f"{FOLDER}/kept/version"])
def test_no_copy_is_kept_through_a_link(released: Course, link: str) -> None:
    """What an update replaces goes into the course's own folder, or it stops."""
    elsewhere = released.root.parent / "elsewhere"
    elsewhere.mkdir()
    new = next_release(released)
    (released.root / "README.md").write_text("mine\n")
    link = link.replace("version", json.loads((RELEASED / "release.json").read_text())["version"])
    shutil.rmtree(released.root / FOLDER, ignore_errors=True)
    path = released.root / link
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(elsewhere)
    bounded(released.root, ["update", str(new)])
    assert not [*elsewhere.rglob("*.md")]


def test_nothing_is_moved_out_of_a_folder_elsewhere(released: Course) -> None:
    """A unit may be a link, and be called otherwise in the next release."""
    elsewhere = released.root.parent / "elsewhere"
    os.replace(released.root / "exercises/numbers", elsewhere)
    (released.root / "exercises/numbers").symlink_to(elsewhere)
    (elsewhere / "double.py").write_text("print('of another project')\n")
    new = next_release(released)
    contents = (new / "course.yaml").read_text().replace("numbers:", "digits:")
    (new / "course.yaml").write_text(contents)
    os.replace(new / "keys/numbers", new / "keys/digits")
    (ended,) = bounded(released.root, ["update", str(new)])
    assert ended.code == 0, ended.err
    assert (elsewhere / "double.py").read_text() == "print('of another project')\n"


def test_what_is_hidden_in_a_release_is_not_read(released: Course) -> None:
    """However large it is, whatever it is, and wherever a link leads."""
    new = next_release(released)
    (new / ".hidden").mkdir()
    for name in ("a", "b", "c"):
        (new / ".hidden" / name).touch()
        os.truncate(new / ".hidden" / name, 10**9)
    (new / ".hidden/link").symlink_to("/dev/zero")
    os.mkfifo(new / ".pipe")
    (ended,) = bounded(released.root, ["update", str(new)])
    assert ended.code == 0, ended.err


VERDICT = "double  PASSED                     6 of 6 points"
NAMES = {
    "version": ("release.json", "version"),
    "case": ("keys/numbers/double.json", "cases"),
    "tag": ("keys/numbers/double.json", "tags"),
    "exception": ("keys/numbers/double.json", "raises"),
    "function of a case": ("keys/numbers/double.json", "function"),
}


@pytest.mark.parametrize("kind", NAMES)
def test_no_name_in_a_release_has_a_line_of_its_own(released: Course, kind: str) -> None:
    """A name is a word: it cannot end the line that it stands in, and begin one as we do."""
    name, field = NAMES[kind]
    path = released.root / name
    contents = json.loads(path.read_text())
    odd = f"1)\n\n{VERDICT}"
    if field == "version":
        contents[field] = odd
    else:
        change = {"cases": {"name": odd}, "tags": {"tags": [odd]}}.get(field, {field: odd})
        contents["cases"][0] |= change
    path.write_text(json.dumps(contents))
    for ended in bounded(released.root, GRADE, ["lesson", "double"], [*GRADE, "--checks"]):
        assert not any(line.startswith("double  PASSED") for line in ended.out.split("\n"))


PILE = "\u0300" * 9_000 + "\u0327" * 9_000  # which Python would put in order


@pytest.mark.parametrize(
    "stub", ["def f(:", "[" * 100_000, "\0", "x = 1\n y = 2", "🙂", f"a{PILE}"]
)
def test_a_stub_that_is_no_python_is_the_keys_damage(released: Course, stub: str) -> None:
    """Every command says so, in one sentence that names the key."""
    path = released.root / "keys/numbers/double.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"stub": stub}))
    for ended in bounded(released.root, ["lesson", "double"], ["reset", "double"]):
        assert ended.code == 2 and "double.json" in ended.err


REPEATED = {
    "three of each": ["[a-z]+[a-z]+[a-z]+7$"] * 200,
    "with stars": [".*a.*b.*7"] * 200,
    "groups": ["((a+)+b?)*7"] * 200,
    "in two ways": ["(a|aa|aaa)*7"] * 200,
    "written out": ["a{1,30}7", "(a?){40}7", "(a{3}){1,9}7"] * 30,
}
TOO_MUCH = {
    "habits": ["a"] * 301,
    "characters": [f"{n:03}" + "a" * 400 for n in range(60)],
    "repeats": [f"{n:03}a{{300}}" for n in range(80)],
    "repeats of repeats": [f"(a{{30}}b){{30}}{n:03}" for n in range(80)],
}


def habits_of(course: Course, patterns: list[str]) -> None:
    """Give a course a habit for each pattern."""
    listed = {
        f"h{n}": {"raises": "ValueError", "say": "x", "message": pattern, "line": pattern}
        for n, pattern in enumerate(patterns)
    }
    course.habits_path.write_text(json.dumps(listed))


@pytest.mark.parametrize("kind", REPEATED)
def test_habits_do_not_take_long_together(
    tiny: Course, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are tried of every exception, with so many steps for all that a file raises."""
    made: list[Steps] = []

    def counted(most: int) -> Steps:
        assert most <= 1_000_000
        made.append(Steps(most // 10))
        return made[-1]

    monkeypatch.setattr(habits, "Steps", counted)
    habits_of(tiny, REPEATED[kind])
    own = read_habits(tiny)[: len(REPEATED[kind])]
    for number in range(1000):
        raised = Raised("ValueError", ("ValueError",), "a" * 290 + f"{number}!")
        assert not any(habit.advice_for(raised, "a" * 300) for habit in own)
    assert [steps.left for steps in made] == [0]


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_a_course_has_so_many_habits_and_no_more(tiny: Course, kind: str) -> None:
    """They are counted before any is searched for, what is repeated too."""
    habits_of(tiny, TOO_MUCH[kind])
    with pytest.raises(CourseError, match="more than 300 habits|too much repeated"):
        read_habits(tiny)


# ---- earlier files


def test_earlier_files_have_one_time_together(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each may take as long as it is allowed; of those that nobody came to nothing is said."""
    clock, asked = [0.0], []

    def hangs(room: Any, submission: Any, name: str) -> bool:
        asked.append(name)
        clock[0] += 4.0
        return False

    monkeypatch.setattr(merit, "_file_passes", hangs)
    monkeypatch.setattr(merit, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    room: Any = SimpleNamespace(limits=Limits(seconds=10.0), end=99.0)
    names = [f"e{n}" for n in range(42)]
    judged = merit.on_their_own_merit(room, None, names)  # type: ignore[arg-type]
    assert judged == dict.fromkeys(names[:3], False)
    assert asked == names[:3]


def test_what_nobody_came_to_is_not_called_wrong(
    tiny: Course, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model then runs on references, and says nothing of the files that were not judged."""
    for name in tiny.exercises:
        tiny.exercise_path(name).write_text(f"def {name}(x, times=2):\n    return x\n")
    monkeypatch.setattr(model_files, "_SECONDS", -1.0)
    found = choose_files(tiny, "quadruple", None, Choice.PASSING, sandbox)
    assert (found.own, found.wrong) == ({}, frozenset())
    monkeypatch.undo()
    found = choose_files(tiny, "quadruple", None, Choice.PASSING, sandbox)
    assert found.wrong == {"double", "quadruple"}


@pytest.mark.parametrize("ban", ["unittest.__main__.main", "this.d", "os.system", "no.such", "x"])
def test_a_key_has_nothing_imported(released: Course, ban: str) -> None:
    """What it says is to be done without may be the name of a program."""
    path = released.root / "keys/numbers/double.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"without": [ban]}))
    program = (
        f"import sys; from grader.course.released import *; from grader.terminal.app import run;"
        f" run(['lesson', 'double']); sys.exit({ban.partition('.')[0]!r} in sys.modules)"
    )
    before = subprocess.run(
        [sys.executable, "-c", program],
        cwd=released.root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert before.returncode == (ban.startswith("os.")), before.stderr


# ---- the machine


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    """Whoever is in a folder that was deleted learns that, whatever they type."""
    for command in (["grade"], ["hint"], [], ["quiz"], ["run"]):
        gone = tmp_path / "gone"
        gone.mkdir()
        program = (
            "import os, sys; os.rmdir(os.getcwd());"
            f" from grader.terminal.app import run; sys.exit(run({command!r}))"
        )
        ended = subprocess.run(
            [sys.executable, "-c", program],
            cwd=gone,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 2 and "not there any more" in ended.stderr, ended.stderr


def test_a_full_disk_is_told_for_what_it_is(tmp_path: Path) -> None:
    """SQLite has gone back to the beginning by itself: that there is nothing to undo is no news."""
    database = made_ready(sqlite3.connect(tmp_path / "progress.db", isolation_level=None))
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    database.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(sqlite3.OperationalError, match="full"), transaction(database):
        database.execute("INSERT INTO hints VALUES (?, 1)", ("x" * 100_000,))
    database.close()


# ---- letters

BLANK = "\u3164\u115f\uffa0\u2800\u034f\u17b4"


@pytest.mark.parametrize("letter", BLANK)
def test_what_looks_like_nothing_is_spelled_out(letter: str) -> None:
    """A row of it would be room in which a line of ours can be forged."""
    assert readable(f"a{letter}b") == f"a\\u{ord(letter):04x}b"


@pytest.mark.parametrize("mark", ["\u0301", "\u20dd", "\u0489", "\ufe0f", "\u0e31"])
def test_marks_do_not_pile_up(mark: str) -> None:
    """A letter has a few of them in every language."""
    assert readable(f"e{mark * MAX_MARKS}") == f"e{mark * MAX_MARKS}"
    assert readable(f"e{mark * 3000}").count(mark) == MAX_MARKS


@pytest.mark.parametrize(
    "text", ["注意" * 90, "注 意 " * 90, "ｗｉｄｅ " * 40, "🙂" * 200, "한글" * 99]
)
def test_no_line_is_wider_than_it_looks(text: str) -> None:
    """A terminal would break it, and the rest would begin in the first column."""
    for line in (*wrapped(text, 40, "  "), *folded(text, 40)):
        assert len(line) + sum(map(is_wide, line)) <= 40
    assert "".join("".join(wrapped(text, 40)).split()) == "".join(text.split())


PRINTED = {
    "tabs": "'\\t' * 9 + 'x' + 'double  PASSED   7 of 7'",
    "wide letters": "'漢' * 37 + 'xdouble  PASSED   7 of 7'",
    "tabs within": "'a\\tb' * 19 + 'double  PASSED   7 of 7'",
    "both": "'漢\\t' * 8 + 'x' * 8 + 'double  PASSED   7 of 7'",
    "a long word": "'x' * 78 + 'double  PASSED   7 of 7'",
}
WAYS = {
    "printed": "print({0})\nprint(1)\ndef double(x, times=2):\n    return x\n",
    "raised": "def double(x, times=2):\n    raise ValueError({0})\n",
    "returned": "def double(x, times=2):\n    return {0}\n",
}


@pytest.mark.parametrize("kind", PRINTED)
@pytest.mark.parametrize("way", WAYS)
def test_a_terminal_breaks_no_line_of_a_report(tiny: Course, kind: str, way: str) -> None:
    """What it broke would go on in the first column, where verdicts stand."""
    tiny.exercise_path("double").write_text(WAYS[way].format(PRINTED[kind]))
    for command in (GRADE, [*GRADE, "--checks"], [*GRADE, "--checks", "--values"]):
        (ended,) = bounded(tiny.root, command)
        for line in ended.out.split("\n"):
            assert "\t" not in line
            assert len(line) + sum(map(is_wide, line)) <= 80, (command, line)


def test_descriptors_that_the_grader_was_given_stay_with_it(tiny: Course, tmp_path: Path) -> None:
    """A secret that whoever calls it holds open is no file of the learner's, in any tier."""
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    tiny.exercise_path("double").write_text(
        "import os\nfor number in range(3, 60):\n    try:\n        print(os.pread(number, 9, 0))\n"
        "    except OSError:\n        pass\ndef double(x, times=2):\n    return x\n"
    )
    held = os.open(secret, os.O_RDONLY)
    given = os.dup2(held, 50, inheritable=True)
    try:
        for tier in possible_tiers():
            ended = subprocess.run(
                [sys.executable, "-m", "grader", *GRADE, "--tier", tier],
                cwd=tiny.root,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                pass_fds=[given],
                capture_output=True,
                text=True,
                check=False,
            )
            assert ended.returncode == 1 and "hunter2" not in ended.stdout, ended.stderr
    finally:
        os.close(held)
        os.close(given)


TEXTS = {
    "blocks": "    a\nb\n",
    "lists": "- a\nb\n",
    "empty lines": "a\n   \n\n \n- b\n   \n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_lesson_twice_as_long_takes_twice_the_time(released: Course, name: str) -> None:
    """Whatever its lines are, and as a hint: no block is copied for each that follows it."""
    path = released.root / "keys/numbers/double.json"
    text = TEXTS[name] * (940_000 // len(json.dumps(TEXTS[name])))
    fields = {"hints": [text]} if name == "lists" else {"lesson": f"A title.\n\n{text}"}
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))
    command = "hint" if name == "lists" else "lesson"
    (ended,) = bounded(released.root, [command, "double"])
    assert ended.code == 0 and len(ended.out) > len(text) // 3


class Formulas(dict[str, str]):
    """Formulas that count how often somebody looks for one, or goes through all of them."""

    asked = 0

    def __contains__(self, name: object) -> bool:
        self.asked += 1
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self.asked += len(self)
        return super().__iter__()


@pytest.mark.parametrize("count", [10, 1_000, 100_000])
def test_a_line_is_not_compared_with_every_formula(count: int) -> None:
    """Its beginnings are looked up, the longest first: so many as it has letters, and not more."""
    formulas = Formulas({f"a{number}": "x" for number in range(count)} | {"a b c": "long"})
    assert tex_of("    a  b c = d", formulas) == "long"
    assert tex_of("    a7: what", formulas) == "x"
    assert tex_of("a7", formulas) is None is tex_of("    a7a", formulas)
    assert tex_of(f"    {'a' * 10_000}", formulas) is None
    assert formulas.asked < 300


def test_formulas_stand_for_one_line_each() -> None:
    """A shorter one that another begins with counts in its lines, too."""
    lesson = "A title.\n\n    a = b\n    a = b + c\n    d\n    e1\n"
    formulas = {"a": "", "a = b + c": "", "d": "", "e": "", "a =": ""}
    definition: Any = SimpleNamespace(lesson=lesson, formulas=formulas)
    assert [*unplaced(definition)] == ["a", "e", "a ="]
