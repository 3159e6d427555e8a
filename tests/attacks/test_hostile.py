"""What lies in a submission's place or beside it: none of it is run, followed or waited for."""

from __future__ import annotations

import os
import py_compile
import socket
import stat
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from grader.records import Outcome, Report
from tests.attacks.arena import TIERS, Arena, died_of_a_mistake, graded, inspect, spoken
from tests.conftest import DOUBLE, ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="attacks Linux")

RIGHT = """
def double(x, times=2):
    if times < 0:
        raise ValueError("negative")
    return (x * times).astype(x.dtype)
"""
LEANS = """
from exercises.numbers.double import double

def quadruple(x):
    return double(double(x))
"""
ASKS = """
import sys

def quadruple(x):
    question = {"kind": "import", "module": "exercises.numbers.double"}
    if sys.meta_path[0]._channel.ask(question):
        print("gained: what lies there")
"""
BESIDE = ["numpy.py", "json.py", "struct.py", "gc.py", "yaml.py", "click.py"]
BESIDE += ["sitecustomize.py", "usercustomize.py", "conftest.py", "__init__.py", "__main__.py"]
BESIDE += ["solutions/__init__.py", "numpy/__init__.py", "exercises/__init__.py", "numbers.py"]


@pytest.fixture(params=TIERS)
def tier(request: pytest.FixtureRequest) -> str:
    """Return each of this machine's tiers."""
    return str(request.param)


def refused(arena: Arena, path: Path | None = None, exercise: str = "double") -> Report:
    """Grade what lies in the exercise's place, which must be refused unread."""
    report = graded(arena.course, path or place(arena), TIERS[0], exercise)
    inspect(report)
    assert report.outcome is Outcome.REFUSED
    return report


def place(arena: Arena, exercise: str = "double") -> Path:
    """Return where an exercise's file belongs."""
    return arena.course.exercise_path(exercise)


def write(arena: Arena, source: str | bytes, exercise: str = "double") -> Path:
    """Write a submission."""
    path = place(arena, exercise)
    path.write_bytes(source.encode() if isinstance(source, str) else source)
    return path


def planting(arena: Arena) -> str:
    """Return source that leaves a file behind when it is run, whoever runs it."""
    return f"import os\nos.mkdir({str(arena.marker)!r} + f'/{{os.getpid()}}')\n"


def test_what_lies_beside_a_submission_takes_no_part(arena: Arena, tier: str) -> None:
    """No module, package, hook or path file in its folders is imported by anybody."""
    for folder in (place(arena).parent, place(arena).parents[1]):
        for name in BESIDE:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(planting(arena))
        (folder / "attacked.pth").write_text(planting(arena).replace("\n", ";"))
    write(arena, RIGHT)
    with arena.watched(tier):
        report = graded(arena.course, place(arena), tier)
    assert report.outcome is Outcome.PASSED, report


@pytest.mark.parametrize("start", [".", "exercises", "exercises/numbers"])
@pytest.mark.parametrize("command", [["grade", "double"], ["hint", "double"], []])
def test_the_command_imports_nothing_from_where_it_stands(
    arena: Arena, start: str, command: list[str]
) -> None:
    """`python -m grader` in a learner's folder runs nothing of what lies there.

    But for a package called grader, and what Python itself needs to find that: `python -m` looks
    for those where it stands. The command `grader` does not.
    """
    folder = arena.course.root / start
    for name in BESIDE:
        if name != "solutions/__init__.py":  # in the course's folder, that is the course's own
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(planting(arena))
    write(arena, RIGHT)
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-m", "grader", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert not list(arena.marker.iterdir())
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_a_compiled_answer_is_not_taken_for_the_file(arena: Arena, tier: str) -> None:
    """What Python would run in the file's place, with its date and size, counts for nothing."""
    path = write(arena, RIGHT)
    py_compile.compile(str(path), cache_from_source(str(path)), doraise=True)
    date = path.stat().st_mtime_ns
    write(arena, "def double(x, times=2):\n    return x".ljust(len(RIGHT)))
    os.utime(path, ns=(date, date))
    with arena.watched(tier):
        inspect(graded(arena.course, path, tier))


def test_a_link_to_the_solution_is_refused(arena: Arena) -> None:
    """Neither a symbolic link nor a second name of the solution is read."""
    solution = arena.course.solution_path("double")
    for link in (os.symlink, os.link):
        place(arena).unlink()
        link(solution, place(arena))
        refused(arena)


def test_a_folder_that_is_a_link_is_refused(arena: Arena) -> None:
    """The solutions' folder in the place of the exercises' is not entered."""
    folder = place(arena).parent
    folder.rename(arena.marker / "exercises")
    folder.symlink_to(arena.course.solution_path("double").parent)
    refused(arena)


def test_a_path_that_leads_back_is_refused(arena: Arena) -> None:
    """A path through a folder above does not lead from the exercises to the solutions."""
    path = place(arena).parent / ".." / ".." / "solutions" / "numbers" / "double.py"
    refused(arena, path)


def test_nothing_is_waited_for(arena: Arena) -> None:
    """A pipe, a socket, a folder and a device in the file's place are refused at once."""
    path = place(arena)
    path.unlink()
    os.mkfifo(path)
    refused(arena)
    path.unlink()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        refused(arena)
    path.unlink()
    path.mkdir()
    refused(arena)
    for device in ("/dev/zero", "/dev/tty", "/dev/stdin"):
        refused(arena, Path(device))
    if os.geteuid() == 0:
        path.rmdir()
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
        refused(arena)


@pytest.mark.parametrize(
    "source",
    [b"#" * 2 * 10**6, b"x = '\xff'", RIGHT.encode("utf-16"), b"\xff\xfe" + RIGHT.encode()],
    ids=["two megabytes", "no UTF-8", "UTF-16", "a mark of UTF-16"],
)
def test_what_is_no_text_is_refused(arena: Arena, source: bytes) -> None:
    """Too many bytes, or bytes that mean nothing, go no further than to be read."""
    write(arena, source)
    refused(arena)


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "(" * 10**5 + ")" * 10**5,
        "x = " + "-" * 4 * 10**5 + "1",
        "x = y" + ".y" * 10**5,
        "x = " + "lambda: " * 10**5 + "1",
        "if 1:\n" + "".join(" " * n + "if 1:\n" for n in range(1, 900)),
        "x = f'" + "{f'" * 10**4,
        "x = " + "9" * 9 * 10**5,
        "x = " + "1 + " * 10**5 + "1",
        "x\0 = 1",
        "\0" * 10**5,
        "x = '" + "a" * 999_000 + "' + 1",
        "\n" * 990_000 + "x = y",
        "\ufeff# coding: latin-1\nx = 1",
        "\x1a\x0c\r\rx = $",
    ],
    ids=lambda source: ascii(source[:20]),
)
def test_what_overflows_a_parser_ends_the_learners_side_only(
    arena: Arena, tier: str, source: str
) -> None:
    """However a file fails to compile, the report says so and is short."""
    write(arena, source + "\nraise RuntimeError('the end of the file')\n" + RIGHT)
    with arena.watched(tier):
        inspect(graded(arena.course, place(arena), tier))


def test_a_mark_of_bytes_is_no_offence(arena: Arena, tier: str) -> None:
    """An editor that begins files with a mark is as good as any."""
    report = graded(arena.course, write(arena, "\ufeff" + RIGHT), tier)
    assert report.outcome is Outcome.PASSED


def test_a_name_made_of_escapes_is_shown_as_text(arena: Arena, tier: str) -> None:
    """The name of a submission cannot repaint the terminal that its report is shown in."""
    path = arena.marker / "\x1b[2J\x1b]0;passed\x07\u202e.py"
    path.write_text("raise RuntimeError('here')")
    inspect(graded(arena.course, path, tier))


def test_a_sibling_that_is_no_file_of_its_own_is_not_served(arena: Arena, tier: str) -> None:
    """A link, a pipe, a folder or two megabytes in a neighbour's place are not handed over."""
    path, solution = place(arena), arena.course.solution_path("double")
    makers = [lambda: path.symlink_to(solution), lambda: os.link(solution, path)]
    makers += [lambda: os.mkfifo(path), lambda: path.write_bytes(b"#" * 2 * 10**6), path.mkdir]
    for make in makers:
        path.unlink()
        make()
        inspect(graded(arena.course, write(arena, ASKS, "quadruple"), tier, "quadruple"))


def test_siblings_in_a_circle_come_to_an_end(arena: Arena, tier: str) -> None:
    """Two files that import each other fail as they do in Python, and nobody waits."""
    write(arena, "from exercises.numbers.quadruple import quadruple as double\n")
    path = write(arena, "from exercises.numbers.double import double as quadruple\n", "quadruple")
    report = graded(arena.course, path, tier, "quadruple")
    inspect(report)
    assert any("circular import" in said or "does not work" in said for said in spoken(report))


@pytest.mark.parametrize(
    "hostile",
    [
        "while True: pass",
        "import os; os._exit(0)",
        "import sys; sys.meta_path.clear(); sys.modules.clear()",
        "import numpy; numpy.ndarray.__mul__ = None; del numpy.ndarray",
        "def double(x):\n    raise SystemExit(0)",
        DOUBLE,
    ],
    ids=["loops", "leaves", "clears", "fails", "raises", "solution"],
)
def test_a_hostile_sibling_costs_nobody_a_point(arena: Arena, tier: str, hostile: str) -> None:
    """Whoever leans on an exercise that attacks is judged with its reference in its place."""
    write(arena, hostile)
    path = write(arena, LEANS, "quadruple")
    with arena.watched(tier):
        report = graded(arena.course, path, tier, "quadruple", seconds=1)
    assert report.outcome is Outcome.PASSED, report


def test_replies_that_nobody_reads_do_not_pile_up(arena: Arena, tier: str) -> None:
    """Asking for a megabyte thousands of times, and reading none, fills only the asker's pipe."""
    flood = """
import os, sys
channel = sys.meta_path[0]._channel
wire = channel.send.__globals__["wire"]
question = wire.pack({"kind": "import", "module": "exercises.numbers.double"})

def double(x, times=2):
    while True:
        os.write(channel._outgoing, question * 500)
"""
    path = write(arena, flood + "#" * 990_000)
    with arena.watched(tier):
        report = graded(arena.course, path, tier, seconds=2)
    inspect(report)
    assert report.outcome in (Outcome.TIMED_OUT, Outcome.CRASHED)
    assert not died_of_a_mistake(report)
