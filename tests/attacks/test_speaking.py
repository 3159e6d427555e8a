"""Text of others': whatever it is shown by, it drives no terminal and says nothing in our name."""

from __future__ import annotations

import ast
import json
import re
import shutil
import sqlite3
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.authoring.stubs import stub_code, write_stub
from grader.classroom.platforms import github_points
from grader.classroom.platforms.assignment import Assignment
from grader.classroom.platforms.gradescope import results_of
from grader.course.course import Course, read_course
from grader.course.progress import FOLDER
from grader.errors import MAX_SHOWN, UsageError
from grader.exercise.unwritten import is_untouched
from grader.learner.outside.sandbox import Sandbox
from grader.notebooks.collect import collect
from grader.notebooks.exchange import Request
from grader.notebooks.reading import read_notebook
from grader.notebooks.tasks import check
from grader.present.readable import on_terminal
from grader.present.report_html import report_html
from grader.present.report_json import report_fields, reports_json
from grader.present.style import Style
from grader.records import Outcome
from grader.terminal.commands.common import complain, remark, say
from tests.attacks.arena import TIERS, graded
from tests.attacks.bounds import bounded
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names files as only Linux can")

# A bell and colours, a line that is cleared, another direction, half a character, another line.
SIGNS = ["\x1b[31m\x07", "\x9b2J\r", "\u202e\u2066", "\ud800", "\u2028\x85\x0b", "\x1b]0;t\x07"]
VERDICT = "double  PASSED                                          8 of 8 points"
RIGHT = "def double(x, times=2):\n    return x * times\n"
WRONG = "def double(x, times=2):\n    return x\n"


def assert_silent(text: str) -> None:
    """Complain of whatever is not a letter or sign that everybody sees, or a plain line end."""
    assert not [c for c in text if not (c.isprintable() or c in "\n\t")], text
    assert VERDICT not in text.split("\n")


@pytest.mark.parametrize("sign", SIGNS, ids=range(len(SIGNS)))
def test_a_file_is_called_by_its_name_in_one_line(tiny: Course, sign: str) -> None:
    """In reports, refusals, slips, notebooks and files of answers."""
    name = f"a{sign}\n{VERDICT}\n.py".replace("\ud800", "\udcff")
    paths = [tiny.root / name, tiny.root / f"{name}.ipynb"]
    paths[0].write_text(WRONG)
    cell = {"cell_type": "code", "metadata": {}, "source": f"{WRONG}\n%time{sign} \x1b[1mdouble"}
    paths[1].write_text(json.dumps({"cells": [cell], "nbformat": 4}))
    asked = [["grade", "double", "--file", str(path)] for path in paths]
    asked += [[*asked[0], "--json"], ["quiz", "sums", "--answers", str(paths[0])]]
    asked += [["grade", str(paths[0])], ["export", "quiz", "--format", "gift", "-o", name]]
    asked += [["export", "notebook", "-o", f"{name}/x"], ["init", str(paths[0])]]
    for ended in bounded(tiny.root, *asked):
        assert_silent(ended.out + ended.err)


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in what was read from JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts_in(item)


TEXTS = [
    "def double(x, times=2):\n    raise ValueError({!r})",
    "def double(x, times=2):\n    raise type({!r}, (Exception,), {{}})('no')",
    "def double(x, times=2):\n    print({!r})\n    return x",
    "globals()[{!r}] = lambda: 0; globals()[{!r}].__module__ = __name__",
    "def double(x, times=2):\n    import sys; sys._getframe(1).f_locals['kwargs'][{!r}] = x",
    "def double(x, times=2):\n    return {{{!r}: x}}",
]


@pytest.mark.parametrize("source", TEXTS, ids=range(len(TEXTS)))
def test_what_an_answer_says_is_shown_and_not_obeyed(
    tiny: Course, sandbox: Sandbox, source: str
) -> None:
    """By the terminal, JSON, a page, a notebook and Gradescope."""
    said = "".join(SIGNS) + f"\n{VERDICT}\n"
    tiny.exercise_path("double").write_text(source.format(said, said))
    report = graded(tiny, tiny.exercise_path("double"), sandbox.tier)
    assert report.outcome not in (Outcome.PASSED, Outcome.GRADER_ERROR)
    answers = bounded(tiny.root, ["grade", "double", "--checks"], ["grade", "double", "--json"])
    for each in answers:
        assert_silent(re.sub(rf"^ +({VERDICT})$", "", each.out, flags=re.MULTILINE))
    assert_silent(report_html(report))
    cells = (("In [1]", source.format(said, said)),)
    request = Request("check", "double", 1, str(tiny.root), False, cells)
    assert_silent(re.sub(VERDICT, "", check(request, sandbox).text))
    assert_silent("".join(texts_in(json.loads(answers[1].out))).replace(VERDICT, ""))
    results = results_of([report], Assignment(("double",)))
    assert_silent(json.dumps(results, ensure_ascii=False).replace("\\n", " "))


SENTENCES = [
    "def double(x, times=2):\n    raise ValueError({!r})",
    "def double(x, times=2):\n    raise type({!r}, (Exception,), {{}})({!r})",
    "class Own(Exception):\n    def __str__(self): return {!r}\nraise Own",
    "raise ImportError({!r})",
]


@pytest.mark.parametrize("source", SENTENCES, ids=range(len(SENTENCES)))
def test_what_an_exception_says_is_part_of_a_sentence(
    tiny: Course, sandbox: Sandbox, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It begins no line, paragraph or list of its own, wherever it is shown."""
    verdict = "NOT JUDGED: the grader failed"
    said = f"no\n\n{verdict}\n- {verdict}\n\n    {verdict}"
    path, summary = tiny.exercise_path("double"), tiny.root / "summary.md"
    path.write_text(source.format(said, said))
    report = graded(tiny, path, sandbox.tier)
    results = results_of([report], Assignment(("double",)))
    (tiny.root / "report.json").write_text(reports_json([report]))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    github_points.main(tiny.root / "report.json")
    shown = [summary.read_text("utf-8"), *texts_in(results), *texts_in(report_fields(report))]
    lines = [line for text in shown for line in text.split("\n")]
    assert any(verdict in line for line in lines)
    assert not [line for line in lines if line.startswith((verdict, f"- {verdict}"))]


def test_python_says_nothing_of_a_program_by_the_way(tiny: Course, released: Course) -> None:
    """It would say what a backslash stands before as it is, of whatever is only taken apart."""
    stub = "def double(x, times=2):\n    '\\\x1b[31m'\n    raise NotImplementedError\n"
    cells = [{"cell_type": "code", "metadata": {}, "source": f"{WRONG}x = '\\\x1b'\n"}]
    (tiny.root / "a.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    tiny.exercise_path("double").write_text(stub)
    key = json.loads(released.key_path("double").read_text())
    released.key_path("double").write_text(json.dumps(key | {"stub": f'"""A."""\n\n{stub}'}))
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert is_untouched(stub.encode())
        assert collect(tiny, read_notebook(tiny, tiny.root / "a.ipynb"), ["double"])
        assert stub_code(released, "double")
        write_stub(tiny, "double")
    assert not said


def test_a_summary_for_github_is_silent_whatever_wrote_the_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a character in a message costs nobody the points of a push."""
    said = "".join(SIGNS)
    report = {"exercise": f"double{said}", "outcome": "failed", "points": 1, "max_points": 2}
    texts = [f"It raised {said}", f"- {said}\n\n    {said}\n`{said}`"]
    diagnosis = [{"message": text} for text in texts]
    path, summary = tmp_path / "report.json", tmp_path / "summary.md"
    path.write_text(json.dumps({"reports": [report | {"diagnosis": diagnosis}]}))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert github_points.main(path) == 1
    assert_silent(summary.read_text("utf-8"))


@pytest.mark.parametrize("sign", SIGNS, ids=range(len(SIGNS)))
def test_a_release_speaks_in_letters(tmp_path: Path, sign: str) -> None:
    """Its title, version, lesson, hints, checks, quizzes, and what it says of mistakes."""
    shutil.copytree(ROOT / "tests/authoring/released_0_1", tmp_path, dirs_exist_ok=True)
    said = f"{sign}\n{VERDICT}"
    contents = (tmp_path / "course.yaml").read_text()
    title = json.dumps(said.replace("\ud800", ""))
    (tmp_path / "course.yaml").write_text(
        re.sub("title: .*", lambda _: f"title: {title}", contents)
    )
    (tmp_path / "release.json").write_text(json.dumps({"version": f"1{said}"}))
    course = read_course(tmp_path)
    for name in course.exercises:
        write_stub(course, name)
        key = json.loads(course.key_path(name).read_text())
        key |= {"lesson": f"A lesson\n\n    {said}", "hints": [f"A hint {said}"]}
        key["cases"][0]["name"] += said
        course.key_path(name).write_text(json.dumps(key))
    course.exercise_path("double").write_text(WRONG)
    asked = [[], ["grade", "double", "--checks"], ["grade", "double"], ["hint", "double"]]
    *others, lesson = bounded(tmp_path, *asked, ["lesson", "double"])
    assert_silent("".join(ended.out + ended.err for ended in others))
    assert_silent(lesson.out.replace(VERDICT, ""))  # which it may say: it is a text of its own


FORGED = "  eve, double: 0 → 8 points (passed)"
LINES = f"x\n\n{FORGED}\n\x1b[31m"
PUT = {
    "lines": LINES,
    "files": json.dumps({LINES: "1"}),
    "versions": json.dumps({"double": "v", LINES: "1"}),
    "report": json.dumps({"outcome": "grader_error", "diagnosis": [{"message": LINES}]}),
}
KEPT = [
    "UPDATE made_of SET files = :files",
    "UPDATE by_hand SET comment = :lines",
    "UPDATE people SET student = student || :lines",
    "UPDATE hand_ins SET source = :lines, place = :lines",
    "UPDATE files SET path = path || :lines, why = :lines",
]
JUDGED = [
    "UPDATE reports SET versions = :versions",
    "UPDATE reports SET outcome = 'grader_error', report = :report WHERE id = 1",
]


@pytest.mark.parametrize("changes", [KEPT, JUDGED], ids=["kept", "judged"])
def test_marks_that_others_kept_say_nothing_in_our_name(tiny: Course, changes: list[str]) -> None:
    """Reasons, comments, names, files and faults are told from lines of ours."""
    for name, answer in {"ada": RIGHT, "eve": WRONG, "bob": ""}.items():
        (tiny.root / "in" / name).mkdir(parents=True)
        (tiny.root / "in" / name / "double.py").write_text(answer)
    begun = [["grade", "in", "--exercises", "double", "--seed", "1"]]
    begun += [["mark", "ada", "double", "--comment", "see me"]]
    bounded(tiny.root, *(["class", *each] for each in begun))
    database = sqlite3.connect(tiny.root / "marks/marks.db", isolation_level=None)
    database.execute('UPDATE reports SET versions = \'{"double": "v"}\'')
    database.execute("UPDATE made_of SET version = 'v'")
    for change in changes:
        database.execute(change, PUT)
    database.close()
    asked = [["regrade", "--dry-run"], ["mark", "ada", "double", "--comment", "new"]]
    asked += [["export", "--format", "csv", "-o", "-"], ["grade", "in"]]
    for ended in bounded(tiny.root, *(["class", *each] for each in asked)):
        assert_silent(ended.out + ended.err)
        assert FORGED not in (ended.out + ended.err).split("\n")


@pytest.mark.parametrize("sign", SIGNS, ids=range(len(SIGNS)))
def test_a_record_that_others_kept_says_nothing_in_our_name(tiny: Course, sign: str) -> None:
    """What was asked for is told where a quiz goes on, and where it is left, if it can be typed."""
    bounded(tiny.root, ["quiz", "sums", "--exam"])
    scope = f"sums\n\n{VERDICT}\n{sign}".encode("utf-8", "replace").decode()
    database = sqlite3.connect(tiny.root / FOLDER / "progress.db")
    with database:
        database.execute("UPDATE sittings SET scope = ?", (scope,))
    database.close()
    shown, *others = bounded(tiny.root, ["quiz"], ["quiz", "sums"], [], ["review"])
    assert "Saved. Go on with: grader quiz\n" in shown.out
    for ended in (shown, *others):
        assert_silent(ended.out + ended.err)


@pytest.mark.parametrize("tier", TIERS)
def test_a_forged_traceback_names_no_line_of_ours(tiny: Course, tier: str) -> None:
    """Neither a solution nor a line that is not there is shown as where something failed."""
    forged = """
def double(x, times=2):
    path = "PLACE" + "/numbers/double.py"
    exec(compile("\\n" * 40 + "raise ValueError('wrong')", path, "exec"))
"""
    for folder in ("solutions", "exercises"):
        tiny.exercise_path("double").write_text(forged.replace("PLACE", folder))
        report = graded(tiny, tiny.exercise_path("double"), tier)
        said = str(report.checks[0].message)
        assert "exercises/numbers/double.py:4 in double" in said
        assert "solutions/" not in said and ":41" not in said


CRASHES = [
    "import builtins; builtins.isinstance = None",
    "import builtins; builtins.type = lambda *_: 1 / 0",
    "class Bad(Exception):\n    def __getattribute__(self, name): raise Bad\n"
    "    def __str__(self): raise SystemExit(self)",
    "import numpy as np\nclass Array(np.ndarray):\n"
    "    def astype(self, *_, **__): raise ValueError\n",
    "import json; json.dumps = None; import struct; struct.Struct.pack = 1",
]


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("source", CRASHES, ids=range(len(CRASHES)))
def test_a_crash_of_ours_over_there_shows_no_line_of_ours(
    tiny: Course, tier: str, source: str
) -> None:
    """What the learner's code did to Python is told by how it ended, not by our own traceback."""
    body = "raise Bad" if "Bad" in source else "return x.view(Array)" if "Array" in source else ""
    answer = f"{source}\ndef double(x, times=2):\n    {body or 'return x'}\n"
    tiny.exercise_path("double").write_text(answer)
    report = graded(tiny, tiny.exercise_path("double"), tier)
    assert report.outcome is not Outcome.GRADER_ERROR
    assert "grader/learner" not in report.printed and "child.py" not in report.printed


def test_colours_are_ours_or_none() -> None:
    """What a style put in is kept where there is colour; all else that begins so is spelled out."""
    painted = Style(colour=True).paint("bad \x1b[2J\x1b[31m", "bad")
    assert on_terminal(painted, True) == "\x1b[1;31mbad \\x1b[2J\\x1b[31m\x1b[0m"
    assert on_terminal(painted, False) == "bad \\x1b[2J\\x1b[31m"
    for sign in (*SIGNS, "\x1b[32mPASSED\x1b[0m", "\x1b[1;32m", "\x1b[0;32m"):
        assert on_terminal(sign, True).isprintable()


def test_the_ways_out_of_commands_let_nothing_through(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever reaches them: a name, a title or a message that nobody looked at before."""
    for sign in SIGNS:
        for way in (say, remark, complain):
            way(f"a {sign} b")
    printed = capsys.readouterr()
    assert_silent(printed.out + printed.err)


def printing(path: Path) -> list[str]:
    """Return the places in a module that print, or write to a standard stream."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if re.fullmatch(r"print|click\.s?echo|.*std(out|err).*write(lines)?", name):
                found.append(f"{path.relative_to(ROOT).as_posix()}:{node.lineno}: {name}")
    return found


# What prints, and why it may: all of it passes `readable`, or is nobody's text.
PRINT = {
    "grader/terminal/commands/common.py",  # what every command says
    "grader/terminal/commands/export_quiz.py",  # the bytes of a file that was asked for
    "grader/classroom/platforms/gradescope.py",  # the staff's log
    "grader/classroom/platforms/github_points.py",  # numbers
    "grader/notebooks/work.py",  # JSON, to a notebook's kernel
    "grader/authoring/bounded_child.py",  # JSON, to the process that started it
    "grader/learner/inside/raised.py",  # to the learner's own output, which is taken
    "grader/learner/inside/zygote.py",  # why nothing can be started
}


def test_nobody_prints_around_the_one_way_out() -> None:
    """A command says what it has to say with `say`, `remark` or `complain`."""
    places = [place for path in (ROOT / "grader").rglob("*.py") for place in printing(path)]
    assert {place.split(":")[0] for place in places} == PRINT, "\n".join(places)
    assert len([place for place in places if "export_quiz" in place]) == 1


def test_a_way_around_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above sees each of the ways in which a module can print."""
    path = tmp_path / "module.py"
    path.write_text("print(1)\nclick.echo(2)\nsys.stdout.write('')\nsys.stderr.buffer.write(b'')\n")
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    assert len(printing(path)) == 4


# ---- names that a course or a release brings along


def assert_says_no_verdict(text: str) -> None:
    """Complain of a line that is nothing but a verdict, however far in."""
    assert_silent(text)
    assert VERDICT not in [line.strip() for line in text.split("\n")], text


SAID = f"x\n\n  {VERDICT}\n"
CONTENTS = {
    "a text for exercises": {"units": {"u": {"title": "U", "exercises": SAID}}},
    "names of exercises": {"units": {"u": {"title": "U", "exercises": ["1", SAID]}}},
    "an exercise": {"units": {"u": {"title": "U", "exercises": [SAID]}}},
    "an exercise, twice": {"units": {"u": {"title": "U", "exercises": [SAID, SAID]}}},
    "a quiz": {"units": {"u": {"title": "U", "exercises": [], "quizzes": [SAID]}}},
    "a text for quizzes": {"units": {"u": {"title": "U", "exercises": [], "quizzes": SAID}}},
    "a unit": {"units": {SAID: {"title": "U", "exercises": []}}},
    "a key": {"units": {}, SAID: "x"},
    "a model": {"units": {}, "models": {SAID: {"exercise": "double"}}},
    "packages": {"units": {}, "packages": SAID},
    "a package": {"units": {}, "packages": [SAID]},
    "definitions": {"units": {}, "definitions": SAID},
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_course_is_told_of_in_our_lines(tiny: Course, kind: str) -> None:
    """What is wrong with its names is said with them, and in no line of theirs."""
    contents = {"title": "T", **CONTENTS[kind]}
    (tiny.root / "course.yaml").write_text(json.dumps(contents))
    for ended in bounded(tiny.root, [], ["grade", "double"], ["quiz"], ["stub"]):
        assert_says_no_verdict(ended.out + ended.err)


HABITS = {
    "a name": {SAID: {"raises": "E", "say": "s", "line": "("}},
    "another name": {SAID: 3},
    "a pattern": {"x": {"raises": "E", "say": "s", "line": f"(?i){SAID}"}},
    "a field": {"x": {"raises": "E", "say": "s", SAID: "x"}},
    "what it says": {"x": {"raises": "ValueError", "say": SAID}},
    "what it found": {"x": {"raises": "ValueError", "say": "{a}", "message": "(?P<a>[^!]+)"}},
}


@pytest.mark.parametrize("kind", HABITS)
def test_a_habit_says_one_line(tiny: Course, kind: str) -> None:
    """So does what is wrong with it."""
    tiny.habits_path.write_text(json.dumps(HABITS[kind]))
    raises = f"def double(x, times=2):\n    raise ValueError({SAID!r})\n"
    tiny.exercise_path("double").write_text(raises)
    for ended in bounded(tiny.root, ["grade", "double"], ["grade", "double", "--json"]):
        assert_says_no_verdict(ended.out + ended.err)


@pytest.mark.parametrize("name", ["notes{}", "models/double/{}.py", "{}.whl", "quizzes/{}.yaml"])
def test_an_update_is_told_of_in_our_lines(released: Course, name: str) -> None:
    """Files of a release are called as they like, changed by the learner or not."""
    new = released.root.parent / "new"
    shutil.copytree(released.root, new)
    for root, body in ((new, "theirs"), (released.root, "mine")):
        path = root / name.format(f"x\n\n  {VERDICT}\n")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body)
    (ended,) = bounded(released.root, ["update", str(new)])
    assert ended.code == 0
    assert_says_no_verdict(ended.out + ended.err)


KEYS: dict[str, Any] = {
    "words on memory": {"memory": [1, SAID]},
    "a name that is not to be used": {"without": [SAID]},
    "another name that is not to be used": {"without": ["numpy", f"numpy.{SAID}"]},
    "a method": {"manner": {"methods": [SAID]}},
    "a case": {"name": SAID},
    "a tag": {"tags": [SAID]},
    "what a tag means": {"without": [], "tags": {"two_numbers": SAID}},
    "an exception": {"raises": SAID},
}


@pytest.mark.parametrize("kind", KEYS)
def test_what_a_key_puts_into_sentences_is_one_line(released: Course, kind: str) -> None:
    """It is refused where it is more."""
    path = released.key_path("double")
    key = json.loads(path.read_text())
    for part in (key, key["cases"][0], key["functions"][0]):
        part.update(KEYS[kind] if part is not key or "without" in KEYS[kind] else {})
    path.write_text(json.dumps(key))
    (ended,) = bounded(released.root, ["grade", "double"])
    assert ended.code in (2, 3) and "cannot be read" in ended.err + ended.out
    assert_says_no_verdict(ended.out + ended.err)


def test_an_error_is_one_line_for_each_thing_that_it_says() -> None:
    """Whoever raises it: what, where and what next come from strangers too."""
    error = UsageError(SAID, where=SAID, next=SAID, lines=[SAID, SAID])
    assert len(str(error).split("\n")) == 4
    assert_says_no_verdict(str(error))


def test_an_error_is_as_long_as_somebody_reads() -> None:
    """A course.yaml may have a name of megabytes."""
    long = "a" * 1_000_000
    error = UsageError(long, where=long, next=long, lines=[long])
    assert len(str(error)) < 5 * MAX_SHOWN
