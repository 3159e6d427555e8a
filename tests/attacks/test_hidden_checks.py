"""Telling what a hidden check is given: nothing that is printed, raised or returned does."""

from __future__ import annotations

import re
import sys
from dataclasses import replace

import pytest

from grader.classroom.platforms.assignment import Assignment
from grader.classroom.platforms.gradescope import results_of
from grader.grading.examiner import draw_paper
from grader.learner.outside.run import veiled
from grader.present.report_html import report_html
from grader.present.report_json import reports_json
from grader.present.report_text import render_report
from grader.present.short_report_text import short_report
from grader.present.style import Style
from grader.records import Outcome, Report, Stopped
from tests.attacks.arena import SEED, TIERS, Arena, graded

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="attacks Linux")

# The check of a hundred numbers is hidden. Whatever tells them, does so with six digits.
ASKS = "def told(x):\n    return '#' + ' #'.join(f'{n:.6f}' for n in list(x.ravel())[:40])\n"
RIGHT = "(x * x.dtype.type(times))"
TELLS = {
    "prints": "def double(x, times=2):\n    print(told(x))\n    return x",
    "prints and is right": f"def double(x, times=2):\n    print(told(x))\n    return {RIGHT}",
    "prints an error": """
import sys
def double(x, times=2):
    sys.stderr.write(told(x))
    return x
""",
    "prints past Python": """
import os
def double(x, times=2):
    os.write(1, told(x).encode())
    os.write(2, told(x).encode())
    return x
""",
    "prints later": """
kept = []
def double(x, times=2):
    kept.append(told(x))
    print(*kept)
    return x
""",
    "prints at its end": """
import atexit
def double(x, times=2):
    atexit.register(print, told(x))
    if x.size == 100:
        raise SystemExit
    return x
""",
    "a thread prints": """
import threading, time
seen = []
def watch():
    while True:
        if seen:
            print(*seen, flush=True)
        time.sleep(0.001)
threading.Thread(target=watch, daemon=True).start()
def double(x, times=2):
    seen[:] = [told(x)]
    time.sleep(0.05)
    return x * 0
""",
    "a thread reads what is sent": """
import os, threading
import numpy as np
def read(number):
    while piece := os.read(number, 2**16):
        for at in range(8):
            numbers = np.frombuffer(piece[at:len(piece) - (len(piece) - at) % 8])
            print(told(numbers[np.abs(numbers) < 9]), flush=True)
for number in range(3, 12):
    threading.Thread(target=read, args=[number], daemon=True).start()
def double(x, times=2):
    return x
""",
    "answers with what came before": """
before = []
def double(x, times=2):
    before.append(told(x))
    return before[0] if len(before) > 1 else x
""",
    "raises": "def double(x, times=2):\n    raise ValueError(told(x))",
    "raises its name": """
def double(x, times=2):
    raise type(told(x)[:190], (Exception,), {})
""",
    "raises in a function of that name": """
def double(x, times=2):
    names = {}
    name = "told_" + str(x.ravel()[0])[-6:]
    exec(compile(f"def {name}(): raise ValueError", __file__, "exec"), names)
    names[name]()
""",
    "is refused": "def double(x, times=2):\n    open('/' + told(x)[:150], 'w')",
    "leaves with a code": "import os\ndef double(x, times=2):\n    os._exit(int(abs(x[0]) * 99))",
    "returns an object of that name": """
def double(x, times=2):
    return type(told(x)[:190], (), {})()
""",
    "lacks it": """
import sys
for number in range(3):
    frame = sys._getframe(number + 1) if number < 3 else None
    for call in (frame.f_locals.get("calls") or []) if frame else []:
        for name in told(call["args"][0]).split():
            exec(f"def told_{abs(hash(name))}(): pass")
            globals()[f"#{name}"] = told
""",
    "fails to load": """
import sys
frame = sys._getframe()
while frame:
    calls = frame.f_locals.get("calls")
    if calls:
        raise ValueError(told(max((call["args"][0] for call in calls), key=len)))
    frame = frame.f_back
def double(x, times=2):
    return x
""",
    "adds an argument": """
import sys
def double(x, times=2):
    frame = sys._getframe()
    while frame:
        if "kwargs" in frame.f_locals:
            frame.f_locals["kwargs"][told(x)] = 1
        frame = frame.f_back
    return x * times
""",
    "changes the type": "def double(x, times=2):\n    return [told(x)]",
    "stands in a line": """
def double(x, times=2):
    number = int(abs(x[0]) * 1e6) % 900 + 100
    exec(compile("\\n" * number + "raise ValueError", __file__, "exec"))
""",
}


@pytest.fixture(params=TIERS)
def tier(request: pytest.FixtureRequest) -> str:
    """Return each of this machine's tiers."""
    return str(request.param)


def shown(report: Report) -> str:
    """Return all that a report shows, in every form."""
    gradescope = results_of([report], Assignment(("double",), "visible"))
    forms = [render_report(report, Style()), short_report(report, Style()), report_html(report, "")]
    return "\n".join([*forms, reports_json([report]), str(gradescope), repr(report)])


def hidden_inputs(arena: Arena) -> list[str]:
    """Return what of the hidden check's inputs nobody may see, as it would be told."""
    (trial,) = [t for t in draw_paper(arena.course, "double", SEED).trials if t.case.hidden]
    return [f"{number:.6f}" for number in list(trial.inputs.args[0].ravel())[:40]]


@pytest.mark.parametrize("tells", TELLS.values(), ids=TELLS)
def test_nothing_of_a_hidden_check_is_told(arena: Arena, tier: str, tells: str) -> None:
    """In no form of the report, on no platform; and the report says that it is not shown."""
    path = arena.course.exercise_path("double")
    path.write_text(ASKS + tells)
    report = graded(arena.course, path, tier)
    secrets, text = hidden_inputs(arena), shown(report)
    assert not [number for number in secrets if number in text]
    (check,) = [check for check in report.checks if check.hidden]
    if not check.passed:
        assert re.search(r"this check is hidden: .* not shown|not run", str(check.message))


def test_what_a_hidden_check_came_to_is_no_way_to_tell(arena: Arena, tier: str) -> None:
    """Neither its line nor its exit code stands anywhere: two inputs give one report."""
    for tells in ("leaves with a code", "stands in a line", "raises in a function of that name"):
        path = arena.course.exercise_path("double")
        told = TELLS[tells].replace("def double(x, times=2):", GUARD)
        path.write_text(ASKS + told)
        first = graded(arena.course, path, tier)
        path.write_text(ASKS + told.replace("99", "98").replace("1e6", "1e5").replace("[0]", "[1]"))
        second = graded(arena.course, path, tier)
        assert [replace(c, evidence=None) for c in first.checks] == [
            replace(c, evidence=None) for c in second.checks
        ]
        assert [str(d.message) for d in first.diagnosis] == [
            str(d.message) for d in second.diagnosis
        ]


GUARD = "def double(x, times=2):\n    if x.size != 100: return x"


ASKS_FOR_ANOTHER = """
def quadruple(x):
    if x.ndim == 2:
        from exercises.numbers.double import double
        return double(double(x))
    return RESULT
"""


@pytest.mark.parametrize("result", ["x * 4", "x"])
@pytest.mark.parametrize("place", ["exercises/numbers/quadruple.py", "handed_in/quadruple.py"])
def test_what_a_hidden_check_imports_is_not_told(
    arena: Arena, tier: str, result: str, place: str
) -> None:
    """It may be all that there is to tell: a number is as many exercises, imported or not."""
    solution = arena.course.solution_path("quadruple")
    hiding = "@exercise.case(hidden=True)\ndef a_table"
    solution.write_text(solution.read_text().replace("@exercise.case\ndef a_table", hiding))
    arena.course.exercise_path("double").write_text("def double(x, times=2):\n    return x\n")
    path = arena.course.root / place
    path.parent.mkdir(exist_ok=True)
    path.write_text(ASKS_FOR_ANOTHER.replace("RESULT", result))
    report = graded(arena.course, path, tier, "quadruple")
    assert report.imports == ()
    assert not re.search(r"\bdouble\b", " ".join(str(each.message) for each in report.diagnosis))
    assert (report.outcome is Outcome.PASSED) is (result == "x * 4")


LOOKS = ["x * 2j", "(x * 2).tolist()", "(x * 2).round(2)", "(x * 2)[::-1]", "None"]


def test_what_a_hidden_answer_looks_like_is_not_told(arena: Arena, tier: str) -> None:
    """A digit of the input may choose among all the sentences that there are about answers."""
    path = arena.course.exercise_path("double")
    said = set()
    for look in LOOKS:
        path.write_text(
            "import numpy as np\ndef double(x, times=2):\n"
            "    if times < 0:\n        raise ValueError\n"
            f"    return x * x.dtype.type(times) if x.size != 100 else {look}\n"
        )
        report = graded(arena.course, path, tier)
        hidden = [check for check in report.checks if check.hidden]
        said.add(tuple(str(each.message) for each in (*hidden, *report.diagnosis)))
    assert len(said) == 1


def test_what_a_hidden_call_lacked_is_not_named() -> None:
    """Which of the functions it asks for has no answer may be chosen by what it is given."""
    lacked = (Stopped(Outcome.SKIPPED, f"no answer is kept for this call of {f}") for f in "abc")
    assert len({veiled(each) for each in lacked}) == 1


def test_what_visible_checks_print_is_still_shown(arena: Arena, tier: str) -> None:
    """And where hidden ones print as well, one line says that this is left out."""
    path = arena.course.exercise_path("double")
    path.write_text("def double(x, times=2):\n    print('size', x.size)\n    return x")
    report = graded(arena.course, path, tier)
    assert report.printed.count("size 2\n") == 2
    assert "size 100" not in report.printed
    assert report.printed.endswith("[what hidden checks print is not shown]\n")
    path.write_text("print('loaded')\ndef double(x, times=2):\n    return x")
    assert graded(arena.course, path, tier).printed == "loaded\n"


def test_a_fault_is_shown_where_all_checks_are_hidden(arena: Arena, tier: str) -> None:
    """The file is loaded once without any inputs, so that its author may read what is wrong."""
    solution = arena.course.solution_path("double")
    source = solution.read_text().replace("raises=ValueError", "raises=ValueError, hidden=True")
    source = source.replace("exercise.case(points=2)", "exercise.case")
    source = source.replace("exercise.case\n", "exercise.case(hidden=True)\n")
    solution.write_text(source)
    path = arena.course.exercise_path("double")
    path.write_text("import nonsense_of_mine\n" + ASKS)
    report = graded(arena.course, path, tier)
    assert report.outcome is Outcome.CRASHED
    assert "nonsense_of_mine" in str(report.diagnosis[0].message)
    path.write_text(ASKS + TELLS["raises"])
    report = graded(arena.course, path, tier)
    assert report.outcome is Outcome.CRASHED
    assert not report.diagnosis
