"""Files that others wrote: none hangs the grader, blows it up, or is told as its own fault."""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import sqlite3
import struct
import sys
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from grader.authoring.stubs import reference_names
from grader.course.course import Course, read_course
from grader.course.progress import FOLDER, Progress
from grader.notebooks.statements import Kind, statements_of
from tests.attacks.bounds import Bounded, bounded
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="plants what only Linux has")

DOUBLE = "def double(x, times=2):\n    return x * times\n"
GRADE = ["grade", "double"]
NAMES = ",".join("abcdefghijklmnopqrstuvwxy")


def notebook(course: Course, *cells: str) -> list[str]:
    """Write a notebook of these cells, and return the command that grades it."""
    plain = [{"cell_type": "code", "source": cell, "metadata": {}} for cell in cells]
    path = course.root / "student.ipynb"
    path.write_text(json.dumps({"cells": plain, "nbformat": 4}))
    return ["grade", "double", "--file", path.name]


# ---- files that are none


def pipe(path: Path) -> None:
    """Put a pipe there, which nobody will ever write to."""
    os.mkfifo(path)


def listening(path: Path) -> None:
    """Put a socket there."""
    short = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"/proc/self/fd/{short}/{path.name}")  # a path of its own may be too long
    os.close(short)


def endless(path: Path) -> None:
    """Put a link to a device that never ends there."""
    path.symlink_to("/dev/zero")


def memory(path: Path) -> None:
    """Put a link to the grader's own memory there."""
    path.symlink_to("/proc/self/mem")


def made_when_read(path: Path) -> None:
    """Put a link to a file without a size there."""
    path.symlink_to("/proc/self/maps")


def vast(path: Path) -> None:
    """Put a file of ten gigabytes there, which takes no room on the disk."""
    path.touch()
    os.truncate(path, 10 * 10**9)


PUT = [pipe, listening, endless, memory, made_when_read, vast, Path.mkdir]


@pytest.mark.parametrize("put", PUT)
def test_what_is_no_file_is_not_read(tiny: Course, put: Callable[[Path], None]) -> None:
    """Neither waited for nor drained, wherever a file belongs; each is one sentence."""
    with Progress(tiny.root):  # the folder of the record is there
        pass
    own = tiny.root / FOLDER
    places = [own / "course.json", own / "progress.db", tiny.habits_path]
    places += [tiny.exercise_path("double"), tiny.root / "answers.json", tiny.root / "s.ipynb"]
    for place in places:
        place.unlink(missing_ok=True)
        put(place)
    answers, cells = ["quiz", "sums", "--answers", "answers.json"], [*GRADE, "--file", "s.ipynb"]
    shown, graded, marked, taken = bounded(tiny.root, [], GRADE, answers, cells)
    assert shown.code == 0 and "progress" in shown.err
    assert graded.code == 1 and "exercises/numbers/double.py: cannot be read" not in graded.err
    assert marked.code == 2 and "answers.json" in marked.err
    assert taken.code == 2 and "s.ipynb" in taken.err
    tiny.quiz_path("sums").unlink()
    put(tiny.quiz_path("sums"))
    (quiz,) = bounded(tiny.root, ["quiz", "sums"])
    assert quiz.code == 2 and "quizzes/sums.yaml" in quiz.err


@pytest.mark.parametrize("name", ["double.json", "double.0.npz", "quadruple.json"])
@pytest.mark.parametrize("put", [pipe, memory, vast, Path.mkdir])
def test_a_key_that_is_no_file_is_not_read(
    released: Course, name: str, put: Callable[[Path], None]
) -> None:
    """So it is with what a release consists of."""
    path = released.key_path("double").with_name(name)
    path.unlink()
    put(path)
    ended = bounded(released.root, GRADE, ["hint", "double"], ["hint", "quadruple"], [])
    assert any(name in each.out + each.err for each in ended)


@pytest.mark.parametrize("path", ["/proc/self/mem", "/proc/self/maps", "/dev/zero", "/dev/stdin"])
def test_a_file_of_the_system_is_no_answer(tiny: Course, path: str) -> None:
    """What is named on the command line is a file, or it is refused."""
    (ended,) = bounded(tiny.root, [*GRADE, "--file", path])
    assert ended.code in (1, 2) and path in ended.out + ended.err


# ---- long lines, and statements without end

SPACES = " " * 300_000
SLIPS = [
    f"{SPACES}x y",
    f"    y = {SPACES}x y",
    f"    {'a ' * 150_000}x",
    f"    {'a.' * 150_000}?x",
    f"    {'a,' * 5_000}= %",
]


UNCLOSED = [
    "\\'''\n" * 45_000 + "\\",
    '\\"""\n' * 45_000 + "\\",
    "'''\\" * 80_000,
]


@pytest.mark.parametrize("text", UNCLOSED, ids=range(len(UNCLOSED)))
def test_texts_that_are_not_closed_are_looked_through_once(tiny: Course, text: str) -> None:
    """Where a file lacks a function, what else it defines is looked for outside of its texts."""
    tiny.exercise_path("double").write_text(text)
    (ended,) = bounded(tiny.root, GRADE)
    assert ended.code == 1 and "could not be loaded" in ended.out


@pytest.mark.parametrize("slip", SLIPS, ids=range(len(SLIPS)))
def test_a_slip_far_to_the_right_is_found_at_once(tiny: Course, slip: str) -> None:
    """In a file, and in a cell of a notebook."""
    tiny.exercise_path("double").write_text(f"def double(x, times=2):\n{slip}\n")
    cells = notebook(tiny, f"def double(x, times=2):\n{slip}\n")
    ended = bounded(tiny.root, GRADE, cells)
    for each in ended:
        assert each.code == 1 and "could not be loaded" in each.out, each


ASKED = """
quiz: sums
title: Sums
questions:
- {id: match, ask: Which?, match: {one: a, two: b, three: c}}
- {id: words, ask: Who?, accept: [me and you]}
- {id: number, ask: How much?, answer: 3}
- {id: shape, ask: Which?, shape: "(2, 3)"}
- {id: prints, ask: What?, code: print(1), prints: "1"}
- {id: choice, ask: Which?, choices: [{right: a}, {wrong: b}]}
- {id: order, ask: Which?, order: [a, b, c]}
"""
REPLIES = {
    "match": [
        "1  a  " * 16 + "!",
        " 1 a ," * 300 + ".",
        {"one": " " * 2000},
        [[["a"]]],
        "1=" * 900,
    ],
    "words": ["me" + " " * 1900 + "x", "- " * 900, " " * 400_000, "a-" * 900, {"a": {"b": "c"}}],
    "number": ["9**" * 60 + "9", "1," * 900, "-" * 150 + "1", "(" * 150, "9" * 1900, "1e999999"],
    "shape": [
        "2 x " * 400,
        " " * 1900 + "x 3",
        ["9**9**9", "3"],
        "(" * 1900,
        "2" + " " * 1900 + "3",
    ],
    "prints": [" " * 1900 + "1 x", "[" * 1900, "1 " * 900, "1e9999", "\u00a0" * 1900 + "2"],
    "choice": ["0019", "9" * 1900, "a" * 1900, "a," * 900, ["a"] * 90_000, "\u0131" * 1900],
    "order": ["1" * 1900, "a b c " * 300, "123" + " " * 1900, ["a", 3, None, True], "abc" * 600],
}


@pytest.mark.parametrize("question", REPLIES)
def test_no_reply_takes_for_ever(tiny: Course, question: str) -> None:
    """What a reply may mean is tried in a time that grows with its length."""
    tiny.quiz_path("sums").write_text(ASKED)
    names = [f"{n}.json" for n in range(len(REPLIES[question]))]
    for name, reply in zip(names, REPLIES[question], strict=True):
        (tiny.root / name).write_text(json.dumps({question: reply}))
    for ended in bounded(tiny.root, *(["quiz", "sums", "--answers", name] for name in names)):
        assert ended.code in (1, 2) and len(ended.out + ended.err) < 10_000


FINALLY = "".join(
    f"{' ' * n}try:\n{' ' * n} one\n{' ' * n}finally:\n" for n in range(19)
) + " " * 19 + "one = one\n"  # fmt: skip
CELLS = {
    "needing_each_other": [f"{NAMES} = {NAMES}"] * 5700,
    "in_large_cells": ["\n".join([f"{NAMES} = {NAMES}"] * 950)] * 8,
    "magics": [DOUBLE + f"y = [{'1,' * 180_000}]\n" + "%time x\n" * 49],
    "tiny_statements": ["\n".join(["a"] * 1999)] * 90,
    "on_one_line": ["a=1;" * 90_000],
    "names_of_an_import": [f"import {','.join(f'a{n}' for n in range(40_000))}"],
    "empty_lines": ["x = 1" + "\n" * 390_000],
    "both_names": ["double = quadruple = 1\n" * 1900] * 4,
    "minus_signs": [f"def double(x, times=2):\n    return {'-' * 400}x * times"],
    "more_minus_signs": [f"def double(x, times=2):\n    return {'-' * 90_000}x * times"],
    "attributes": [f"y = 1\nx = 1; z = y{'.T' * 20_000}"],
    "brackets": [f"x = 1; y = {'[' * 150}{']' * 150}", f"x = 1; y = {'(' * 90_000}"],
    "prompts": [f">>> 1\n{' ' * 90_000}x", f">>> 1\n{'.' * 90_000}x", f"... 1\n{' .' * 45_000}"],
    # Made into code, each of the inner blocks would be there twice as often as that around it.
    "ends_in_ends": [f"one = 1\n{DOUBLE.replace('times', 'one')}\n{FINALLY}"],
}


@pytest.mark.parametrize("name", CELLS)
def test_no_cell_takes_for_ever(tiny: Course, name: str) -> None:
    """Whatever statements are in a notebook, the answer beside them is graded."""
    cells = CELLS[name]
    own = [] if any("def double" in cell for cell in cells) else [DOUBLE]
    (ended,) = bounded(tiny.root, notebook(tiny, *cells, *own))
    assert ended.code == (2 if "holds more" in ended.err or "hold more" in ended.err else 1)


SIGNS = [chr(0x4E00 + n) for n in range(20_000)]  # each of them a name
MANY, SOME = ",".join(SIGNS), ",".join(SIGNS[:480])
COMPOSED = ",".join(f"{a}\u00b7{b}" for a in SIGNS[:130] for b in SIGNS[:130])
LAMBDAS = "".join(f"lambda {','.join(SIGNS[n::900])}:" for n in range(900))
SCOPES = {
    "nested_lambdas": f"x = {LAMBDAS}0",
    "lambdas_around_names": f"def f({MANY}):\n return {'lambda:' * 900}({MANY})",
    "lambdas_side_by_side": f"def f({MANY}):\n return {','.join(['lambda:0'] * 6_000)}",
    "comprehensions": f"def f({MANY}):\n {';'.join(['[0for a in a]'] * 4_000)}",
    "functions": "".join(f"{' ' * n}def a({SOME}):\n" for n in range(90)) + f"{' ' * 90}0",
    "classes": "".join(
        f"{' ' * n}class a:\n {' ' * n}{'='.join(SIGNS[:480])}=0\n" for n in range(90)
    ),
    "names_of_many_parts": f"def f({COMPOSED}):\n return {','.join(['lambda:0'] * 2_500)}",
}


@pytest.mark.parametrize("name", SCOPES)
def test_no_scopes_are_looked_through_name_by_name(tiny: Course, name: str) -> None:
    """What tells the names of a statement apart takes levels times names: so these are counted."""
    assert len(SCOPES[name]) < 100_000
    cells = [f"{SCOPES[name]}\n#{number}" for number in range(3)]
    (ended,) = bounded(tiny.root, notebook(tiny, *cells, DOUBLE))
    assert ended.code == 1 and "double: taken from cell 4" in ended.err


DENSE = {
    "names": "a;" * 480_000,
    "lists": f"x = [{'[],' * 320_000}]",
    "numbers": f"x = [{'1,' * 480_000}]",
    "calls": "f()\n" * 240_000,
    "sums": "\n".join([f"x = 1{'+1' * 400}"] * 1_100),
}


@pytest.mark.parametrize("name", DENSE)
def test_source_that_takes_a_thousand_times_its_size_is_not_parsed(
    tiny: Course, released: Course, name: str
) -> None:
    """By whoever asks whether it is a stub, or only defines: in an answer, a key, a whole model."""
    stub = "def double(x, times=2):\n    raise NotImplementedError\n"
    key = json.loads(released.key_path("double").read_text())
    released.key_path("double").write_text(json.dumps(key | {"stub": f"{stub}{DENSE[name]}"}))
    (ended, _) = bounded(released.root, ["lesson", "double"], ["reset", "double"])
    assert ended.code == 2 and "double.json" in ended.err
    tiny.exercise_path("double").write_text(f"{stub}{DENSE[name]}")
    run = [["run", "double"]] if name == "lists" else []
    bounded(tiny.root, ["stub"], *run, ["reset", "double"])


def leaning(course: Course, helpers: list[str], call: str) -> list[str]:
    """Return cells in which each exercise of a course has an answer that calls helpers."""
    names = (name for each in course.exercises for name in reference_names(course, each))
    return [*helpers, *(f"def {name}(*given):\n    return {call}" for name in dict.fromkeys(names))]


HELPERS = {
    "naming_each_other": [f"def {a}():{';'.join(SIGNS[:300])}\n" for a in SIGNS[:300]],
    "of_many_lines": ["def 一():\n" + "    0\n" * 16_000],
    "of_empty_lines": ["def 一():\n    0" + "\n" * 90_000 + "    0"],
    "a_long_text": [f"一 = '{'a' * 90_000}'"],
    "a_chain": [f"{a} = lambda: {b} or '{'a' * 300}'" for a, b in pairwise(SIGNS[:900])],
}


@pytest.mark.parametrize("name", HELPERS)
def test_what_every_answer_leans_on_is_taken_within_bounds(tmp_path: Path, name: str) -> None:
    """It is in each of them, and looked up for each."""
    shutil.copy(ROOT / "course.yaml", tmp_path)
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")
    course = read_course(tmp_path)
    command = notebook(course, *leaning(course, HELPERS[name], "一()"))
    (ended,) = bounded(tmp_path, ["grade", *command[2:]])
    assert ended.code == 2 and "answers, each with what it needs, hold more than" in ended.err


TEXTS = {
    "line_ends": "\n" * 99_000,
    "definitions": "def a\n" * 16_000,
    "indented": ("\t" * 90 + "\n") * 1000,
    "asynchronous": "async " * 16_000,
    "one_line": " " * 99_000 + "def a",
}


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_of_a_notebook_is_looked_through_for_every_exercise(
    tmp_path: Path, name: str
) -> None:
    """However many cells of it there are, and exercises that the notebook speaks of."""
    shutil.copy(ROOT / "course.yaml", tmp_path)
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")
    course = read_course(tmp_path)
    cells = [{"cell_type": "markdown", "source": TEXTS[name], "metadata": {}}] * 90
    metadata = {"grader": {"exercises": course.exercises}}
    path = tmp_path / "student.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4}))
    (ended,) = bounded(tmp_path, ["grade", "--file", path.name])
    assert ended.code == 1, ended.err


def test_a_cell_of_very_many_braces_is_left_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them in an f-string is parsed by itself, and slowly so by Python 3.11."""
    parsed: list[str] = []
    monkeypatch.setattr("grader.notebooks.statements._parse", lambda text: parsed.append(text))
    (whole,) = statements_of(f"first = 1\nlast = f'{'{a}' * 30_000}'", 0)
    assert whole.kind is Kind.BROKEN and whole.binds == {"first", "last"} and not parsed


def test_minus_signs_are_no_hindrance_to_reset(tiny: Course, released: Course) -> None:
    """A file that is deeper than Python can take apart is somebody's work, and is kept."""
    for course in (tiny, released):
        source = f"def double(x, times=2):\n    return {'-' * 400}x\n"
        course.exercise_path("double").write_text(source)
        ended = bounded(course.root, ["reset", "double"], ["stub"], [])
        assert ended[0].code == 0
        kept = [*(course.root / FOLDER / "kept").iterdir()]
        assert source in [path.read_text() for path in kept]


# ---- memory

BRACES = {
    "braces": '{"":{}},' * 1_500_000,
    "lists": "[],[[]]," * 1_500_000,
    "numbers": "1," * 6_000_000,
    "keys": "".join(f'{{"{n}":0}},' for n in range(700_000)),
    "deep": "[" * 5_000_000,
}


@pytest.mark.parametrize("name", BRACES)
def test_a_notebook_of_braces_is_refused_unparsed(tiny: Course, name: str) -> None:
    """What would take a hundred times its size is counted first."""
    path = tiny.root / "student.ipynb"
    path.write_text(f'{{"cells": [{BRACES[name]}{{}}]}}')
    (ended,) = bounded(tiny.root, ["grade", "double", "--file", path.name])
    assert ended.code == 2 and "student.ipynb" in ended.err
    (ended,) = bounded(tiny.root, ["quiz", "sums", "--answers", path.name])
    assert ended.code == 2 and "student.ipynb" in ended.err


def zeros(count: int, body: int) -> bytes:
    """Return an array of NumPy's whose header promises `count` entries, with `body` bytes of it."""
    file = io.BytesIO()
    header = {"descr": "<f8", "fortran_order": False, "shape": (count,)}
    np.lib.format.write_array_header_1_0(file, header)
    return file.getvalue() + bytes(body)


def packed(path: Path, name: str, body: bytes, method: int = zipfile.ZIP_DEFLATED) -> None:
    """Replace one array of a key."""
    with zipfile.ZipFile(path) as whole:
        others = {each: whole.read(each) for each in whole.namelist()}
    with zipfile.ZipFile(path, "w", method, compresslevel=1) as whole:
        for each, content in (others | {name: body}).items():
            whole.writestr(each, content)


def unpacks_to_much(path: Path) -> None:
    """Put an array of 240 MB there, which takes next to nothing."""
    packed(path, "cases-float64.npy", zeros(30_000_000, 240_000_000))


def hides_its_size(path: Path) -> None:
    """Say of such an array that it is small."""
    unpacks_to_much(path)
    body, size = path.read_bytes(), struct.pack("<I", len(zeros(30_000_000, 240_000_000)))
    path.write_bytes(body.replace(size, struct.pack("<I", 1000)))


def promises_much(path: Path) -> None:
    """Let an array's header speak of gigabytes."""
    packed(path, "cases-float64.npy", zeros(10**10, 80))


def repeats_itself(path: Path) -> None:
    """Let a thousand inputs be made of the same megabytes."""
    packed(path, "cases-float64.npy", zeros(1_000_000, 8_000_000))
    node = {"array": ["float64", [1_000_000], "float64", 0]}
    inputs = {"tuple": [{"tuple": [node] * 1000}, {"dict": []}]}
    index = json.dumps([[inputs, ["returned", 1]]] * 5).encode()
    file = io.BytesIO()
    np.lib.format.write_array(file, np.frombuffer(index, np.uint8))
    packed(path, "cases-index.npy", file.getvalue())


def with_argument(path: Path, node: str) -> None:
    """Put a node of JSON in the place of the first argument of a key's first case."""
    with np.load(path) as saved:
        index = json.loads(saved["cases-index"].tobytes())
    index[0][0]["tuple"][0]["tuple"][0] = "ARGUMENT"
    file = io.BytesIO()
    changed = json.dumps(index).replace('"ARGUMENT"', node).encode()
    np.lib.format.write_array(file, np.frombuffer(changed, np.uint8))
    packed(path, "cases-index.npy", file.getvalue())


def grows_in_type(path: Path) -> None:
    """Let a number become a text of a gigabyte."""
    with_argument(path, '{"array": ["U250000000", [1], "float64", 0]}')


def nests(path: Path) -> None:
    """Let a value be deeper than the border lets through."""
    with_argument(path, '{"list":[' * 200 + "]}" * 200)


def has_many_parts(path: Path) -> None:
    """Let an argument have more parts than may come back from a call."""
    with_argument(path, json.dumps({"list": [0] * 20_000}))


def has_a_long_text(path: Path) -> None:
    """Let an argument be a text that no frame has room for."""
    with_argument(path, json.dumps("a" * 5_000_000))


def is_packed_otherwise(path: Path) -> None:
    """Pack a key in a way whose reader takes what memory it is told to."""
    packed(path, "cases-float64.npy", zeros(10, 80), zipfile.ZIP_LZMA)


@pytest.mark.parametrize(
    "change",
    [unpacks_to_much, hides_its_size, promises_much, repeats_itself, grows_in_type, nests]
    + [has_many_parts, has_a_long_text, is_packed_otherwise],
)
def test_a_key_unpacks_to_no_more_than_a_key_has(
    released: Course, change: Callable[[Path], None]
) -> None:
    """It is one sentence that names the file, and the learner is told whose fault it is."""
    released.exercise_path("double").write_text(DOUBLE)
    change(released.key_path("double").with_name("double.0.npz"))
    (ended,) = bounded(released.root, [*GRADE, "--checks"])
    assert "double.0.npz: the answer key cannot be read" in " ".join(ended.out.split())
    assert "Your code is not at fault" in " ".join(ended.out.split())


def unfolding(levels: int = 9, width: int = 9) -> str:
    """Return YAML of a few lines in which lists are named that name lists."""
    lines = ["a0: &a0 [x, x, x]"]
    for n in range(1, levels):
        lines.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]")
    return "\n".join([*lines, ""])


BOMBS = {
    "unfolding": unfolding(),
    "wide": f"a: &a [{'x,' * 1000}]\nb: &b [{'*a,' * 1000}]\nc: [{'*b,' * 1000}]\n",
    "itself": "a: &a [*a, *a]\nb: *a\n",
    "keys": "{" + "? {} : {}, " * 30_000 + "}",
    "deep": "[" * 100_000,
    "long": "a: " + "x" * 3_000_000,
    "items": "[" + "a," * 110_000 + "]",
    "dashes": "- a\n" * 160_000,
    "stumbles": "- a\n" * 100_000 + "- a: b: c\n" * 99,
}


SLOW = pytest.param("stumbles", marks=pytest.mark.wide)


@pytest.mark.parametrize("name", [SLOW if name == "stumbles" else name for name in BOMBS])
def test_yaml_that_unfolds_is_refused(tiny: Course, name: str) -> None:
    """Whichever of a course's files it is in, and in a file of answers."""
    bomb = BOMBS[name]
    for path in (tiny.habits_path, tiny.quiz_path("sums"), tiny.root / "answers.yaml"):
        path.write_text(bomb)
    tiny.exercise_path("double").write_text("def double(x, times=2):\n    return x.nothing\n")
    asked = [GRADE, ["quiz", "sums"], ["prove", "sums"]]
    for ended, path in zip(bounded(tiny.root, *asked), ["habits", "sums", "sums"], strict=True):
        assert f"{path}.yaml" in ended.out + ended.err
    shutil.copy(ROOT / "tests/authoring/released_0_1/quizzes/sums.yaml", tiny.quiz_path("sums"))
    (ended,) = bounded(tiny.root, ["quiz", "sums", "--answers", "answers.yaml"])
    assert ended.code == 2 and "answers.yaml" in ended.err
    (tiny.root / "course.yaml").write_text(bomb)
    (ended,) = bounded(tiny.root, [])
    assert ended.code == 2 and "course.yaml" in ended.err


# ---- the record

VIEW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id"
ODD = {
    "view_without_end": f"""DROP TABLE grades; CREATE VIEW grades AS {VIEW},
        'double' AS exercise, 'passed' AS outcome, 1.0 AS points, 1.0 AS max_points, 1 AS seed,
        1.0 AS at FROM n""",
    "another_view": f"CREATE VIEW extra AS {VIEW} FROM n",
    "trigger": """CREATE TRIGGER t AFTER INSERT ON grades BEGIN INSERT INTO grades
        SELECT NULL, 'double', 'passed', 1, 1, 1, 1, '' FROM grades, grades, grades; END""",
    "computed_column": """DROP TABLE hints; CREATE TABLE hints (exercise TEXT PRIMARY KEY,
        shown INTEGER NOT NULL AS (length(zeroblob(900000000))))""",
    "index": "CREATE INDEX slow ON grades (length(zeroblob(900000000 + points)))",
    "search": "CREATE VIRTUAL TABLE found USING fts5(words)",
    "text_for_points": "INSERT INTO grades VALUES (1, 'double', 'passed', 'many', 1, 1, 1, '')",
    "bytes_for_a_name": "INSERT INTO grades VALUES (1, x'ff00', 'passed', 1, 1, 1, 1, '')",
    "endless_points": "INSERT INTO grades VALUES (1, 'double', 'failed', 9e999, 9e999, 1, 1, '')",
    "times_out_of_mind": "INSERT INTO grades VALUES (1, 'double', 'passed', 1, 1, 1, 1e300, '')",
    "less_than_no_hint": "INSERT INTO hints VALUES ('double', -5)",
    "half_a_hint": "INSERT INTO hints VALUES ('double', 1.5)",
    "questions_that_are_none": """INSERT INTO sittings (quiz, seed, at, is_open, questions)
        VALUES ('sums', 1, 1, 1, '{"a": 1}')""",
    "no_json": """INSERT INTO sittings (quiz, seed, at, is_open, questions)
        VALUES ('sums', 1, 1, 1, '[[[')""",
    "another_mode": """INSERT INTO sittings (quiz, seed, at, is_open, mode)
        VALUES ('sums', 1, 1, 1, 'x')""",
    "a_mark_that_is_none": """INSERT INTO sittings (id, quiz, seed, at) VALUES (1, 'sums', 1, 1);
        INSERT INTO replies VALUES (1, 1, 'one-and-one', '', '"a"', 'splendid', 1, 1)""",
    "an_answer_that_is_none": """INSERT INTO sittings (id, quiz, seed, at)
        VALUES (1, 'sums', 1, 1);
        INSERT INTO replies VALUES (1, 1, 'one-and-one', '', '[[1]]', 'wrong', 1, 1)""",
    "an_answer_of_many_parts": """INSERT INTO sittings (id, quiz, seed, at)
        VALUES (1, 'sums', 1, 1); INSERT INTO replies SELECT 1, 1, 'one-and-one', '',
        '["a"' || replace(hex(zeroblob(500)), '00', ',"b"') || ']', 'wrong', 1, 1""",
    "endless_minutes": """INSERT INTO sittings (quiz, seed, at, is_open, minutes)
        VALUES ('sums', 1, 1, 1, 9e999)""",
    "before_the_first": "PRAGMA user_version = -1",
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_record_is_set_aside(tiny: Course, odd: str) -> None:
    """As it is for other damage: all commands work, and one says where it is now."""
    with Progress(tiny.root) as progress:
        path = progress.path
    with sqlite3.connect(path) as database:
        database.executescript(ODD[odd])
    database.close()
    tiny.exercise_path("double").write_text(DOUBLE)
    asked = [[], GRADE, ["hint", "double"], ["review"], ["quiz", "sums"]]
    first, *others = bounded(tiny.root, *asked)
    assert first.code == 0 and "progress-damaged" in first.err
    assert not any("damaged" in each.err for each in others)
    assert list(path.parent.glob("progress-damaged-*.db"))


# ---- what is shown of answers


def graded(course: Course, source: str, *options: str) -> Bounded:
    """Grade an answer to `double`."""
    course.exercise_path("double").write_text(source)
    (ended,) = bounded(course.root, [*GRADE, *options])
    return ended


ANSWERS = {
    "truth_values": "import numpy as np\ndef double(x, times=2):\n"
    "    return np.zeros(15_000_000, dtype=bool)",
    "lines_in_a_name": "import sys\ndef double(x, **options):\n"
    "    sys._getframe(1).f_locals['kwargs']['a\\n' * 1_300_000] = 1\n    return x * 2",
    "a_list_of_lists": "def double(x, times=2):\n    return [[1] * 90_000, ['x' * 1_000_000]]",
    "keys": "def double(x, times=2):\n"
    "    return {'k\\n' * 1_000_000: x, **{str(n): n for n in range(30_000)}}",
    "bytes": "def double(x, times=2):\n    return b'\\x1b' * 15_000_000",
    "lines": "def double(x, times=2):\n    return 'a\\n' * 1_000_000",
    "texts_in_a_set": "def double(x, times=2):\n    return {'a' * n for n in range(9_000)}",
    "a_message": "def double(x, times=2):\n    raise ValueError((' ' * 60 + '\\n') * 100_000)",
    "a_class": "def double(x, times=2):\n    raise type('E\\n' * 500_000, (Exception,), {})",
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_is_told_of_an_answer_is_bounded(tiny: Course, answer: str) -> None:
    """Seconds for the call say nothing of what is done with its result, so that is small too."""
    for options in (["--values"], ["--checks"], ["--json"]):
        ended = graded(tiny, ANSWERS[answer], *options)
        assert ended.code == 1 and len(ended.out) < 60_000
