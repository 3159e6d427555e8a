"""A class from hand-ins to marks, whatever happens on the way: one engine, and nothing lost."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timezone
from pathlib import Path

import pytest

from grader.classroom.hand_ins.record import Clue
from grader.classroom.intake import read_downloads
from grader.classroom.marks import schema
from grader.classroom.marks.outline import unread
from grader.classroom.marks.reading import assigned, kept_report, marks
from grader.classroom.marks.store import Store, Terms
from grader.classroom.packets import packed
from grader.classroom.people.roster import Person
from grader.classroom.readers import NotReadError
from grader.classroom.running.chunks import ChunkGrader, Setup, Task, chunk_of, result_of
from grader.classroom.running.workers import Workers
from grader.course.course import Course
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.learner.outside.submission import submission_of
from grader.present.report_json import report_fields
from grader.terminal import class_intake
from tests.classroom import made_up
from tests.conftest import ROOT, Ended

RIGHT = """
def double(x, times=2):
    if times < 0:
        raise ValueError("negative")
    return x * x.dtype.type(times)
"""
SQUARES = "def double(x, times=2):\n    return x * x\n"
ENDLESS = "def double(x, times=2):\n    while True:\n        pass\n"
QUADRUPLE = """
from exercises.numbers.double import double

def quadruple(x):
    return double(double(x))
"""
HAND_INS = {
    "ada/double.py": RIGHT,
    "ada/quadruple.py": QUADRUPLE,
    "bob/double.py": SQUARES,
    "bob/quadruple.py": QUADRUPLE,
    "cy/double.py": "def double(x, times=2)\n",
    "cy/results.json": '{"points": 99}',
    "dan/double (1).py": RIGHT,
    "eve/homework.pdf": "%PDF",
}
ROSTER = "login,name\nada,Ada\nbob,Bob\ncy,Cy\ndan,Dan\neve,Eve\nfay,Fay\n"


@pytest.fixture
def class_of_six(tiny: Course) -> Course:
    """Lay out a tiny course, and what six people handed in."""
    for name, text in HAND_INS.items():
        hand_in(tiny, name, text)
    (tiny.root / "roster.csv").write_text(ROSTER)
    return tiny


def interrupted(*_: object) -> None:
    """Stop, as Ctrl-C does."""
    raise KeyboardInterrupt


def hand_in(course: Course, name: str, text: str) -> None:
    """Put a file where somebody hands in."""
    path = course.root / "handed-in" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


GRADE = ("class", "grade", "handed-in", "--roster", "roster.csv", "--seed", "1", "--jobs", "1")


def rows_of(course: Course, *options: str) -> list[dict[str, str]]:
    """Export marks as CSV and return its rows."""
    text = (course.root / "marks/marks.csv").read_text()
    return list(csv.DictReader(io.StringIO(text)))


def test_the_csv_has_a_row_for_each_person_and_exercise(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """With the columns of the contract, in the order of the roster and of the course."""
    ended = grader(*GRADE)
    assert ended.code == 0, ended.err
    assert grader("class", "export", "marks").code == 0
    text = (class_of_six.root / "marks/marks.csv").read_text()
    assert text == (
        "student,exercise,outcome,points,max_points,late_seconds,attempt,submitted_at,source\n"
        "ada,double,passed,8,8,,1,,handed-in: ada/double.py\n"
        "ada,quadruple,passed,4,4,,1,,handed-in: ada/quadruple.py\n"
        "bob,double,failed,0,8,,1,,handed-in: bob/double.py\n"
        "bob,quadruple,passed,4,4,,1,,handed-in: bob/quadruple.py\n"
        "cy,double,crashed,0,8,,1,,handed-in: cy/double.py\n"
        "cy,quadruple,not_handed_in,0,4,,,,\n"
        "dan,double,passed,8,8,,1,,handed-in: dan/double (1).py\n"
        "dan,quadruple,not_handed_in,0,4,,,,\n"
        "eve,double,not_understood,0,8,,,,\n"
        "eve,quadruple,not_understood,0,4,,,,\n"
        "fay,double,not_handed_in,0,8,,,,\n"
        "fay,quadruple,not_handed_in,0,4,,,,\n"
    )
    assert grader("class", "export", "marks", "-o", "-").out == text
    left = (class_of_six.root / "marks/unmatched.csv").read_text()
    assert "cy/results.json" in left and "eve/homework.pdf" in left and "fay" in left


def test_a_report_is_what_grade_says(
    class_of_six: Course, grader: Callable[..., Ended], sandbox: Sandbox
) -> None:
    """One engine: the report kept is the JSON of `grader grade --file` in the hand-in's folder."""
    grader(*GRADE)
    folder = class_of_six.root / "handed-in/bob"
    with Store(class_of_six.root / "marks") as store:
        found = [m for m in marks(store) if m.student.person.student == "bob" and m.attempt]
        for mark in found:
            assert mark.attempt and mark.attempt.report
            kept = kept_report(store, mark.attempt.report)
            path = folder / f"{mark.exercise.name}.py"
            report = grade(class_of_six, mark.exercise.name, path, sandbox=sandbox, seed=1)
            same = json.loads(json.dumps(report_fields(report)).replace("handed-in/bob/", ""))
            assert kept | {"seconds": 0} == same | {"seconds": 0}
    assert len(found) == 2


def test_nothing_that_is_kept_or_sent_says_whose_it_is(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """Answers and reports hold no name; the folder and its files are for their owner alone."""
    grader(*GRADE)
    folder = class_of_six.root / "marks"
    with Store(folder) as store:
        bodies = store.rows("SELECT body FROM answers UNION ALL SELECT report FROM reports")
        assert not [b for (b,) in bodies if b"bob" in (b if isinstance(b, bytes) else b.encode())]
    assert (folder / ".gitignore").read_text() == "*\n"
    if os.name == "posix":
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        assert {*modes.values()} == {0o600}, modes
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def change(path: Path, old: str, new: str) -> None:
    """Change a definition; this process reads it anew, as a command of its own does."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    sys.modules.pop("solutions", None)


def graded_at(course: Course) -> dict[int, str]:
    """Return when each report was made."""
    with Store(course.root / "marks") as store:
        return dict(store.rows("SELECT id, graded_at || report FROM reports"))


def test_what_is_graded_is_not_graded_again(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """The same bytes, exercise, grader and seed: the second run starts nothing."""
    grader(*GRADE)
    before = graded_at(class_of_six)
    assert len(before) == 5  # Ada's and Dan's double are one
    ended = grader(*GRADE)
    assert "Nothing is left to be graded." in ended.out
    assert graded_at(class_of_six) == before
    hand_in(class_of_six, "fay/double.py", RIGHT)
    grader(*GRADE)
    assert graded_at(class_of_six) == before


def test_naming_exercises_says_which_count(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """Where all did because none was named, the others do not any more; then more are added."""
    counting = []
    for more in ((), ("--exercises", "double"), ("--exercises", "quadruple")):
        told = grader(*GRADE, *more).err
        assert ("since others were named: quadruple." in told) is ("double" in more)
        with Store(class_of_six.root / "marks") as store:
            counting.append([each.name for each in assigned(store)])
    assert counting == [["double", "quadruple"], ["double"], ["double", "quadruple"]]


def test_an_exercise_that_comes_later_has_the_terms_of_the_others(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """What the run says of when all is due holds of it as well."""
    contents = class_of_six.root / "course.yaml"
    whole = contents.read_text()
    contents.write_text(whole.replace("double, quadruple", "double"))
    grader(*GRADE, "--due", "2026-05-05 12:00", "--late", "10%", "--keep", "last")
    contents.write_text(whole)
    grader(*GRADE)
    with Store(class_of_six.root / "marks") as store:
        double, quadruple = assigned(store)
    assert double.due and double[2:] == quadruple[2:]


def test_what_counted_and_is_gone_is_told(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """A course that renamed all of it is not one without exercises; and no hand-in is missing."""
    grader(*GRADE, "--exercises", "quadruple")
    contents = class_of_six.root / "course.yaml"
    contents.write_text(contents.read_text().replace("double, quadruple", "double"))
    ended = grader(*GRADE)
    assert ended.code == 2 and "exercises that count here: quadruple" in ended.err
    assert "may be missing" not in grader("class", "export", "marks", "-o", "-").err


def test_an_exercise_that_comes_later_counts_where_none_was_named(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """All of the course do, whenever it was made; after some were named, these do."""
    contents = class_of_six.root / "course.yaml"
    whole, counting = contents.read_text(), []
    for text, more in (
        (whole.replace("double, quadruple", "double"), ()),
        (whole, ()),
        (whole, ("--exercises", "double")),
        (whole, ()),
    ):
        contents.write_text(text)
        grader(*GRADE, *more)
        with Store(class_of_six.root / "marks") as store:
            counting.append([each.name for each in assigned(store)])
    assert counting == [["double"], ["double", "quadruple"], ["double"], ["double"]]


def test_two_workers_find_what_one_does(class_of_six: Course, grader: Callable[..., Ended]) -> None:
    """Row by row."""
    assert grader(*GRADE).code == 0
    assert grader(*GRADE[:-1], "2", "-o", "other").code == 0
    tables = [grader("class", "export", name, "-o", f"{name}.csv") for name in ("marks", "other")]
    assert [ended.code for ended in tables] == [0, 0]
    first, second = ((class_of_six.root / f"{n}.csv").read_text() for n in ("marks", "other"))
    assert first == second


def started(course: Course, *words: str) -> subprocess.Popen[str]:
    """Start a command of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "grader", *words],
        cwd=course.root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for_reports(course: Course, count: int) -> None:
    """Wait until so many reports are in the database."""
    path = course.root / "marks/marks.db"
    for _ in range(600):
        if path.exists():
            with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
                tables = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'reports'")
                if tables.fetchone():
                    (found,) = database.execute("SELECT COUNT(*) FROM reports").fetchone()
                    if found >= count:
                        return
            database.close()
        time.sleep(0.05)
    raise AssertionError("no reports came")


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
@pytest.mark.parametrize(
    "sign",
    [signal.SIGKILL, pytest.param(signal.SIGINT, marks=pytest.mark.wide)],
    ids=lambda sign: sign.name,
)
def test_a_run_that_was_ended_goes_on(
    class_of_six: Course, grader: Callable[..., Ended], sign: signal.Signals
) -> None:
    """What was graded is kept, and is not graded again; the marks are those of a whole run."""
    for number in range(7):  # each takes its time
        hand_in(class_of_six, f"p{number}/double.py", f"# {number}\n{ENDLESS}")
    words = (*GRADE, "--timeout", "0.4")
    running = started(class_of_six, *words)
    wait_for_reports(class_of_six, 3)
    running.send_signal(sign)
    _, said = running.communicate()
    if sign == signal.SIGINT:
        assert running.returncode == 130 and "What was finished before is kept" in said
    kept = graded_at(class_of_six)
    assert 3 <= len(kept) < 12
    assert grader(*words).code == 0
    after = graded_at(class_of_six)
    assert len(after) == 12
    assert kept.items() <= after.items()


def test_a_full_disk_loses_nothing(
    class_of_six: Course, grader: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is one sentence, with what to do; with room again, the same command goes on."""
    whole = schema._made_ready

    def small(database: sqlite3.Connection, shown: str) -> sqlite3.Connection:
        made = whole(database, shown)
        (pages,) = made.execute("PRAGMA page_count").fetchone()
        made.execute(f"PRAGMA max_page_count = {pages + 1}")
        return made

    monkeypatch.setattr(schema, "_made_ready", small)
    for number in range(8):
        hand_in(class_of_six, f"p{number}/double.py", f"# {number}\n{RIGHT}")
    ended = grader(*GRADE)
    assert (ended.code, "Traceback" in ended.err) == (2, False)
    assert "disk is full" in ended.err and "goes on from there" in ended.err
    monkeypatch.undo()
    monkeypatch.chdir(class_of_six.root)
    assert grader(*GRADE).code == 0
    assert "to do" not in grader(*GRADE).out


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("tier", ["process", "landlock"])
def test_what_grades_ends_with_the_command(class_of_six: Course, tier: str) -> None:
    """Killed, it can end nothing any more; an endless loop would go on for as long as it may."""
    hand_in(class_of_six, "fay/double.py", ENDLESS)
    words = ("--exercises", "double", "--timeout", "600", "--tier", tier)
    running = started(class_of_six, *GRADE, *words)
    wait_for_reports(class_of_six, 3)
    below = descendants(running.pid)
    running.kill()
    running.communicate()
    assert below
    for _ in range(600):
        if not any(map(is_running, below)):
            return
        time.sleep(0.05)
    raise AssertionError("they go on")


def descendants(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that they have."""
    texts = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    own = [int(word) for text in texts for word in text.split()]
    return own + [each for child in own for each in descendants(child)]


def is_running(pid: int) -> bool:
    """Tell whether a process is there, and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


POISON = """
@exercise.check
def is_fine(doubled, wanted, x, times=2):
    if doubled.size and float(doubled.flat[0]) == 13.0:
        os._exit(9)
    return "it is not"


"""


def poison(course: Course) -> None:
    """Let an author's check end the process that grades, at one answer."""
    path = course.root / "solutions/numbers/double.py"
    first, mark, rest = path.read_text().partition("@exercise.case")
    first = first.replace("import numpy as np", "import os\n\nimport numpy as np")
    path.write_text(f"{first}{POISON.lstrip()}{mark}{rest}")


def test_our_own_fault_is_one_row(class_of_six: Course, grader: Callable[..., Ended]) -> None:
    """What ends the process that grades costs nobody else anything, and is tried again."""
    poison(class_of_six)
    hand_in(class_of_six, "fay/double.py", "def double(x, times=2):\n    return x * 0 + 13\n")
    for _ in range(2):
        ended = grader(*GRADE)
        assert ended.code == 3
        told = " ".join(ended.out.split())
        assert "Graded" in told and "Not judged: 1 answer, and that is no fault of theirs." in told
        assert told.count("1 answer: The process that grades died twice at this answer") == 1
    told = grader("class", "export", "marks", "--format", "canvas").err
    assert "Left empty, because not all was judged: fay" in told
    grader("class", "export", "marks")
    rows = {(r["student"], r["exercise"]): r for r in rows_of(class_of_six)}
    fay = rows["fay", "double"]
    assert (fay["outcome"], fay["points"], fay["max_points"]) == ("grader_error", "", "8")
    assert rows["ada", "double"]["outcome"] == "passed"
    with Store(class_of_six.root / "marks") as store:
        (mark,) = (m for m in marks(store) if m.outcome == "grader_error")
        assert mark.attempt and mark.attempt.report
        assert "not the learner's fault" in json.dumps(kept_report(store, mark.attempt.report))


def test_why_nothing_was_judged_is_said_once(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """With file and line, in the terminal and on the report's first page; points are unknown."""
    grader(*GRADE)
    path = class_of_six.root / "solutions/numbers/double.py"
    path.write_text(f"{path.read_text()}\ndef (:\n")
    sys.modules.pop("solutions", None)
    line = len(path.read_text().splitlines())
    ended = grader(*GRADE)
    assert ended.code == 3 and ended.out.count(f"double.py:{line}: ") == 1
    assert "ada, double: 8 → ? points (passed, now our fault)" in ended.out
    grader("class", "report", "marks")
    page = (class_of_six.root / "marks/report/index.html").read_text()
    assert page.count(f"double.py:{line}: ") == 1 and "Why answers were not judged" in page


def test_what_nobody_handed_in_is_left_out_and_told(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """Where nothing was named: of all but the plain table, whose rows are a contract."""
    shutil.rmtree(class_of_six.root / "handed-in")
    hand_in(class_of_six, "ada/double.py", RIGHT)
    ended = grader(*GRADE)
    assert "\n  double" in ended.out and "quadruple" not in ended.out
    assert "Left out here: 1 exercise that nobody, or hardly anybody, handed in." in ended.out
    told = grader("class", "export").err
    assert "There are rows for 1 exercise that nobody, or" in told
    assert len(rows_of(class_of_six)) == 12
    told = grader("class", "export", "--format", "canvas", "-o", "canvas.csv").err
    assert "Not added up: 1 exercise that nobody, or" in told
    table = (class_of_six.root / "canvas.csv").read_text()
    assert "Points Possible,,,,,8.00\n" in table
    grader("class", "feedback")
    assert "quadruple" not in (class_of_six.root / "marks/feedback/ada.md").read_text()
    assert "quadruple" in grader(*GRADE, "--exercises", "double,quadruple").out


def test_a_due_date_of_an_earlier_run_is_said(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """It holds for what was not handed in then as well, until another one is named."""
    shutil.rmtree(class_of_six.root / "handed-in")
    hand_in(class_of_six, "ada/double.py", RIGHT)
    named = (*GRADE, "--exercises", "double")
    before = "as an earlier run said"
    assert before not in grader(*GRADE).out
    assert before not in grader(*GRADE, "--due", "2026-05-05Z").out
    line = f"Due: 2026-05-05 23:59:59Z, {before}; --due says otherwise.\n"
    assert line in grader(*named).out
    assert before not in grader(*named, "--due", "2026-05-12Z").out
    assert line.replace("05 23", "12 23") in grader(*named).out


@pytest.mark.parametrize("stray", ["ada/quadruple.pdf", "zed/quadruple.py", "s0/quadruple.py"])
def test_a_file_of_one_changes_nobody_elses_total(
    class_of_six: Course, grader: Callable[..., Ended], stray: str
) -> None:
    """What nobody named counts where it is understood, of the roster, and of a tenth of a class."""
    shutil.rmtree(class_of_six.root / "handed-in")
    roster = class_of_six.root / "roster.csv"
    roster.write_text("login\nada\n" + "".join(f"s{n}\n" for n in range(11)))
    for student in ("ada", *(f"s{n}" for n in range(11))):
        hand_in(class_of_six, f"{student}/double.py", RIGHT)
    hand_in(class_of_six, stray, "def quadruple(x):\n    return x * 4\n")
    told = grader(*GRADE).out
    assert "\n  double" in told and "\n  quadruple" not in told and "Left out here" in told
    grader("class", "export", "--format", "canvas", "-o", "canvas.csv")
    assert "Points Possible,,,,,8.00\n" in (class_of_six.root / "canvas.csv").read_text()


def test_points_are_scaled_to_what_somebody_said_counts(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """And to nothing that depends on what people hand in."""
    grader(*GRADE)
    scaled = ("class", "export", "--format", "canvas", "--scale")
    ended = grader(*scaled)
    assert ended.code == 2 and "nobody said yet what counts" in ended.err
    assert "--exercises double,quadruple" in ended.err
    assert grader(*scaled, "--exercises", "double").code == 0
    grader(*GRADE, "--exercises", "double")
    assert grader(*scaled).code == 0


def tasks(course: Course, count: int) -> list[bytes]:
    """Return chunks of answers, each another one."""
    made = []
    for number in range(count):
        body = f"# {number}\n{RIGHT}".encode()
        answer = submission_of(course, "double", "double.py", body)._replace(beside={})
        made.append(chunk_of([Task(number, packed(answer))]))
    return made


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
def test_a_worker_that_is_killed_costs_nothing(tiny: Course) -> None:
    """Its answers are graded by the one that takes its place."""
    workers = Workers(Setup(str(tiny.root), 1, 10.0, None), 2)
    found = {}
    for result in workers.run(tasks(tiny, 12)):
        found[result.number] = result.outcome
        if len(found) in (2, 5):
            for worker in workers.processes[: len(found) // 2]:
                os.kill(worker, signal.SIGKILL)
    assert found == dict.fromkeys(range(12), "passed")


def test_chunks_and_results_are_bytes(tiny: Course, sandbox: Sandbox) -> None:
    """So whoever carries them may be another machine; to grade one twice changes nothing."""
    grading = ChunkGrader(Setup(str(tiny.root), 1, 10.0, None), sandbox)
    chunk = tasks(tiny, 1)[0]
    first, second = (result_of(*grading.grade(chunk)) for _ in range(2))
    assert first._replace(seconds=0, report="") == second._replace(seconds=0, report="")
    assert (first.number, first.outcome, first.points) == (0, "passed", 8.0)


def dump() -> list[str]:
    """Return all that is in the marks."""
    with contextlib.closing(sqlite3.connect("marks/marks.db")) as database:
        return list(database.iterdump())


def test_regrading_touches_what_a_change_can(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """By hashes of the exercise and of what it imports; who changed is told, and why."""
    grader(*GRADE)
    before = graded_at(class_of_six)
    path = class_of_six.root / "solutions/numbers/quadruple.py"
    change(path, "return double(double(x))", "return double(double(x)) + 1")
    kept = dump()
    dry = grader("class", "regrade", "marks", "--dry-run")
    assert dump() == kept
    assert "quadruple: 2 answers to be graded again, because quadruple changed." in dry.out
    assert "double: " not in dry.out.replace("quadruple: ", "")
    assert graded_at(class_of_six) == before
    ended = grader("class", "regrade", "marks", "--jobs", "1")
    assert "2 marks changed:" in ended.out
    assert "ada, quadruple: 4 → 0 points (passed, now not yet)" in ended.out
    again = grader("class", "regrade", "marks")
    assert "Nothing is to be graded" in again.out or "Nothing is left" in again.out
    # Taken back: the older reports hold again, and nothing is run.
    change(path, "return double(double(x)) + 1", "return double(double(x))")
    kept = dump()
    dry = grader("class", "regrade", "marks", "--dry-run").out
    assert "2 answers that an older report holds for again, because quadruple changed." in dry
    assert dump() == kept
    ended = grader("class", "regrade", "marks")
    assert "Nothing is left to be graded." in ended.out and "2 marks changed:" in ended.out


def test_looking_what_would_be_graded_again_changes_nothing(
    tiny: Course, grader: Callable[..., Ended]
) -> None:
    """The next run has the seed and the seconds that the last one had."""
    with Store(tiny.root / "marks", make=True) as store:
        store.set("seed", "1")
    asked = ("--dry-run", "--seed", "7", "--timeout", "3")
    assert grader("class", "regrade", "marks", *asked).code == 0
    with Store(tiny.root / "marks") as store:
        assert (store.setting("seed"), store.setting("seconds")) == ("1", "")


def test_grading_after_a_change_says_what_it_changed(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """As regrading does, in few lines; what is new is no change."""
    ended = grader(*GRADE)
    assert "Graded 5 answers" in ended.out and "6 were handed in; equal ones" in ended.out
    assert "changed" not in ended.out
    path = class_of_six.root / "solutions/numbers/quadruple.py"
    change(path, "return double(double(x))", "return double(double(x)) + 1")
    hand_in(class_of_six, "fay/double.py", "def double(x, times=2):\n    return x\n")
    ended = grader(*GRADE)
    assert "2 answers graded before, and again because quadruple changed." in ended.out
    assert "2 marks changed:\n  ada, quadruple: 4 → 0 points (passed, now not yet)" in ended.out
    assert "fay, double: " not in ended.out
    ended = grader(*GRADE)
    assert "changed" not in ended.out and "again" not in ended.out


def test_a_change_of_what_is_imported_is_one_of_the_exercise(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """Quadruple imports double."""
    grader(*GRADE)
    path = class_of_six.root / "solutions/numbers/double.py"
    change(path, "exercise = ", "# more\nexercise = ")
    dry = grader("class", "regrade", "marks", "--dry-run").out
    assert "double: 3 answers to be graded again, because double changed." in dry
    assert "quadruple: 2 answers to be graded again, because double changed." in dry
    with Store(class_of_six.root / "marks") as store:  # of marks that were kept without it
        store.database.execute("DELETE FROM made_of")
    dry = grader("class", "regrade", "marks", "--dry-run").out
    assert "quadruple: 2 answers to be graded again, because double, quadruple changed." in dry


def test_an_exercise_that_comes_before_another_has_its_answers_graded_again(
    tiny: Course, grader: Callable[..., Ended]
) -> None:
    """What it may import depends on where exercises stand, though its bytes stay the same."""
    (tiny.root / "roster.csv").write_text(ROSTER)
    hand_in(tiny, "ada/quadruple.py", QUADRUPLE)
    contents = tiny.root / "course.yaml"
    whole = contents.read_text()
    contents.write_text(whole.replace("[double, quadruple]", "[quadruple, double]"))
    grader(*GRADE)
    contents.write_text(whole)
    dry = grader("class", "regrade", "marks", "--dry-run").out
    assert "quadruple: 1 answer to be graded again, because double may be imported now." in dry
    ended = grader(*GRADE)
    assert "ada, quadruple: 0 → 4 points (crashed, now passed)" in ended.out
    contents.write_text(whole.replace("[double, quadruple]", "[quadruple]"))
    dry = grader("class", "regrade", "marks", "--dry-run").out
    assert "holds for again, because double may not be imported any more." in " ".join(dry.split())


def test_marks_of_a_run_that_stopped_while_it_read_are_none_yet(
    tiny: Course, grader: Callable[..., Ended]
) -> None:
    """Who was not read would look like who handed in nothing; beside other marks it is told."""
    (tiny.root / "roster.csv").write_text(ROSTER)
    hand_in(tiny, "eve/homework.pdf", "%PDF")
    (tiny.root / "broken.zip").write_bytes(b"PK")
    assert grader(*GRADE, "broken.zip").code == 2
    for command in ("export", "report", "feedback"):
        ended = grader("class", command, "marks")
        assert (ended.code, "there are no marks yet" in ended.err) == (2, True)
        assert "Run the same command again" in ended.err
    grader("class", "mark", "ada", "double", "--points", "0")
    ended = grader("class", "export", "marks")
    assert (ended.code, "some hand-ins may be missing" in ended.err) == (0, True)
    assert grader(*GRADE).code == 0
    assert "missing" not in grader("class", "export", "marks").err


def test_what_was_not_read_stays_so_whatever_else_is(
    tiny: Course, grader: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later run of other hand-ins has not read it either, and a slip writes no roster down."""
    (tiny.root / "roster.csv").write_text(ROSTER)
    hand_in(tiny, "ada/double.py", RIGHT)
    (tiny.root / "more/bob").mkdir(parents=True)
    (tiny.root / "more/bob/double.py").write_text(RIGHT)
    with monkeypatch.context() as patched:
        patched.setattr(class_intake, "read_downloads", interrupted)
        assert grader(*GRADE, "more").code == 130
    assert grader(*GRADE).code == 0
    more = os.path.realpath(tiny.root / "more")
    assert f"before it had read all of {more}" in grader("class", "export", "marks").err
    assert grader("class", "grade", "more", "--jobs", "1").code == 0
    assert "read all" not in grader("class", "export", "marks").err
    (tiny.root / "roster.csv").write_text("login\nnobody\n")
    assert grader(*GRADE, "--exercises", "none").code == 2
    assert "ada,double,passed" in grader("class", "export", "marks", "-o", "-").out


def test_what_was_not_read_is_known_by_where_it_is(tiny: Course) -> None:
    """Platforms call every download alike, and a name may stand in another one."""
    first, second = tiny.root / "week1/lab", tiny.root / "week2/lab"
    table = first.with_name("lab.csv")
    first.mkdir(parents=True)
    table.write_text("login,name\nbob,Young,Bob\n")
    with Store(tiny.root / "marks", make=True) as store:
        with pytest.raises(KeyboardInterrupt), class_intake.reading(store, [first]):
            interrupted()
        with class_intake.reading(store, [second]):
            pass
        assert unread(store) == {os.path.realpath(first)}
        slip = pytest.raises(NotReadError, match="lab.csv:2")
        with slip, class_intake.reading(store, [first, table]):
            [*read_downloads(tiny, store, [first, table], timezone.utc)]
        assert unread(store) == {os.path.realpath(first)}


def test_marks_by_hand_stay(class_of_six: Course, grader: Callable[..., Ended]) -> None:
    """Whatever is graded: they are shown as such, and can be taken back."""
    grader(*GRADE)
    mark = ("class", "mark", "bob", "double")
    assert "5.5 of 8 points (by hand)" in grader(*mark, "--points", "5.5").out
    assert "5.5 of 8" in grader(*mark, "--comment", "told me why").out
    told = grader(*mark, "--points", "6").out
    assert told == "bob, double: 6 of 8 points (by hand)\nBefore, 5.5 were given by hand.\n"
    told = grader(*mark, "--points", "5.5", "--comment", "more").out
    assert told.endswith("Before, 6 were given by hand.\nBefore, the comment was: told me why\n")
    path = class_of_six.root / "solutions/numbers/double.py"
    change(path, "points=2", "points=3")
    ended = grader("class", "regrade", "marks", "--jobs", "1")
    assert "ada, double: 8 → 9 points (passed)" in ended.out
    assert "Marked by hand: 1." in ended.out
    grader("class", "export", "marks")
    rows = {(r["student"], r["exercise"]): r for r in rows_of(class_of_six)}
    assert rows["bob", "double"]["points"] == "5.5"
    assert rows["bob", "double"]["source"] == "by hand, handed-in: bob/double.py"
    assert rows["bob", "double"]["max_points"] == "9"
    told = grader(*mark, "--clear").out
    assert "0 of 9 points\nBefore, 5.5 were given by hand.\nBefore, the comment was: more" in told
    grader(*mark, "--points", "9")
    change(path, "points=3", "points=1")
    told = " ".join(grader("class", "regrade", "marks", "--jobs", "1").out.split())
    assert "by hand, and more points than there are now: bob, double. `grader class mark`" in told


@pytest.mark.parametrize(("word", "marked"), [("bob", ""), ("b1", "Bob Lee"), ("eve", "bob")])
def test_a_name_that_is_anothers_id_is_nobodys_mark(
    tiny: Course, grader: Callable[..., Ended], word: str, marked: str
) -> None:
    """Where the roster begins with names, which people choose, one may be called as one logs in."""
    people = [
        Person(name, (Clue("login", login), Clue("number", number), Clue("name", name)))
        for name, login, number in (("Bob Lee", "bob", "b1"), ("bob", "eve", "e1"))
    ]
    with Store(tiny.root / "marks", make=True) as store:
        store.save_roster(people)
        store.assign(["double"], tiny.exercises, Terms())
    ended = grader("class", "mark", word, "double", "--points", "0")
    assert ended.out.startswith(f"{marked}, double" if marked else "")
    assert ("it may be that of Bob Lee and bob" in ended.err) is not bool(marked)


def test_from_a_zip_to_the_gradebook(
    scratch: Course, tmp_path: Path, grader: Callable[..., Ended]
) -> None:
    """A made-up class: late, misnamed, in a notebook, Latin-1, endless, forged, zipped, equal."""
    pupils = made_up.made_up(scratch, 10, ("softmax",))
    zipped = made_up.write_moodle(pupils, tmp_path / "moodle.zip", "_/")
    worksheet = made_up.write_worksheet(pupils, tmp_path / "worksheet.csv")
    roster = made_up.write_gradebook(pupils, tmp_path / "gradebook.csv")
    words = ("class", "grade", str(zipped), str(worksheet), "--roster", str(roster), "--seed", "1")
    more = ("--exercises", "softmax", "--due", "2026-05-05 23:59:59+02:00", "--late")
    assert grader(*words, *more, "10%/day", "--timeout", "2").code == 0
    grader("class", "export")
    label = {f"{p.family}, {p.given}": p.label for p in pupils}
    rows = {label[row["student"]]: row for row in rows_of(scratch)}
    outcomes = {name: row["outcome"] for name, row in rows.items()}
    known = {"endless": "timed_out", "latin-1": "refused", "forged": "crashed", "same": "passed"}
    assert outcomes.items() >= (known | {"nothing": "not_handed_in"}).items()
    assert all(
        outcomes[name] in ("passed", "failed") for name in outcomes.keys() - {*known, "nothing"}
    )
    assert rows["late"]["late_seconds"] == "93541" and rows["as it is"]["late_seconds"] == "0"
    assert "my work.ipynb" in rows["notebook"]["source"]
    ended = grader("class", "export", "--format", "canvas", "--column", "Lab (60310)")
    assert ended.code == 0 and "taken off already" in ended.err
    with (scratch.root / "marks/canvas.csv").open(encoding="utf-8") as stream:
        canvas = {row["Student"]: row for row in csv.DictReader(stream)}
    late = next(name for name, of in label.items() if of == "late")
    final = float(rows["late"]["points"]) * 0.8
    assert float(canvas[late]["Attention lab (60310)"]) == pytest.approx(final, abs=0.005)
    assert canvas[late]["ID"] == "17001" and canvas[late]["SIS User ID"] == "0031500001"


@pytest.mark.skipif(sys.platform != "linux", reason="it is never there elsewhere")
def test_a_tier_that_is_not_here_is_no_fault_of_the_graders(
    class_of_six: Course, grader: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is graded in a weaker one, and nothing is written down as ours."""
    monkeypatch.setenv("PATH", "/nowhere")
    ended = grader(*GRADE, "--tier", "bubblewrap")
    assert (ended.code, "not to be had on this machine" in ended.err) == (2, True)
    assert not graded_at(class_of_six)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mark", "nobody", "double", "--points", "1"], "nobody called 'nobody'"),
        (["mark", "bob", "double", "--points", "99"], "double has 8 points"),
        (["mark", "bob", "treble", "--points", "1"], "no exercise called 'treble'"),
        (["mark", "bob", "double"], "--points, --comment or both"),
        (["export", "nowhere"], "there are no marks here"),
        (["grade", "handed-in", "--late", "ten"], "nothing to take off"),
        (["grade", "handed-in", "--due", "soon"], "no date"),
        (["grade", "handed-in", "--grace", "long"], "no time to wait"),
        (["grade", "handed-in", "--exercises", "doubel"], "Did you mean double?"),
        (["grade", "roster.csv", "course.yaml"], "neither a folder nor a zip"),
        (["grade", "handed-in", "--from", "gradescope"], "submission_metadata.yml"),
        (["grade", "handed-in", "-o", "."], "file is not a database"),
    ],
)
def test_every_slip_is_one_sentence(
    class_of_six: Course, grader: Callable[..., Ended], words: list[str], said: str
) -> None:
    """What, where, and what to do next."""
    (class_of_six.root / "marks.db").write_bytes(b"another program's")
    if words[0] == "mark":
        grader(*GRADE)
    ended = grader("class", *words)
    assert (ended.code, said in ended.err) == (2, True), ended.err
    assert "Traceback" not in ended.err


def test_an_exercise_that_is_gone_keeps_its_marks(
    class_of_six: Course, grader: Callable[..., Ended]
) -> None:
    """It is no fault of the grader's; what imported it says why it is graded again."""
    grader(*GRADE)
    grader("class", "export", "marks")
    before = [row for row in rows_of(class_of_six) if row["exercise"] == "double"]
    contents = class_of_six.root / "course.yaml"
    whole = contents.read_text()
    contents.write_text(whole.replace("double, ", "").replace("- double\n", ""))
    assert contents.read_text() != whole
    dry = grader("class", "regrade", "marks", "--dry-run")
    assert dry.code == 0 and "Not in the course any more" in dry.out and "seed" not in dry.out
    again = grader("class", "regrade", "marks", "--jobs", "1")
    assert again.code == 0, again.err
    grader("class", "export", "marks")
    assert [row for row in rows_of(class_of_six) if row["exercise"] == "double"] == before
