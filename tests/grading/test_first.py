"""Which function of a file is to be mended first, and that nobody gets answers by that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from grader.authoring.release import release
from grader.course.course import Course, read_course
from grader.grading.examiner import draw_paper
from grader.grading.grade import grade
from grader.grading.stand_ins import StandIns
from grader.learner.outside.process import LearnerProcess
from grader.learner.outside.sandbox import Sandbox, possible_tiers
from grader.present.report_text import render_report
from grader.present.style import Style
from grader.records import Call, Limits, Outcome, Report, Submission

Graded = Callable[..., Report]

# Three functions in one file, each of which may call the one before.
STEPS = '''"""Steps: one more, two more, three times as much."""

from grader.exercise import Exercise, inputs

exercise = Exercise(hints=["Add.", "Twice."])


@exercise.reference
def one_more(x):
    """Add one.

    Returns
    -------
    more : (n,)
        One more.
    """
    return x + 1


@exercise.case
def one(rng):
    return inputs(rng.normal(size=3))


@exercise.mistake
def adds_a_half(x):
    """You add a half."""
    return x + 0.5


@exercise.reference
def two_more(x):
    """Add two.

    Returns
    -------
    more : (n,)
        Two more.
    """
    return x + 2


@exercise.case
def two(rng):
    return inputs(rng.normal(size=4))


@exercise.reference
def far_more(x):
    """Add two, three times.

    Returns
    -------
    more : (n,)
        Six more.
    """
    return two_more(x) + 4


@exercise.case
def three(rng):
    return inputs(rng.normal(size=5))


'''
ONE = "def one_more(x):\n    return x + 1\n"
TWO = "def two_more(x):\n    return one_more(one_more(x))\n"
FAR = "def far_more(x):\n    return two_more(two_more(two_more(x)))\n"


@pytest.fixture
def steps(tiny: Course, sandbox: Sandbox) -> Graded:
    """Return a function that grades an answer to an exercise of three functions."""
    tiny.solution_path("quadruple").write_text(STEPS)

    def answer(source: str, course: Course = tiny, **options: object) -> Report:
        course.exercise_path("quadruple").write_text(source)
        return grade(course, "quadruple", seed=1, **({"sandbox": sandbox} | options))  # type: ignore[arg-type]

    return answer


def failing(report: Report) -> set[str]:
    """Return the functions that have a check which did not pass."""
    return {check.function for check in report.checks if not check.passed}


def said(report: Report) -> list[tuple[str, str]]:
    """Return what the diagnosis says, each with the function that it is about."""
    return [(each.function, str(each.message)) for each in report.diagnosis]


def test_a_right_file_passes(steps: Graded) -> None:
    """Functions may call each other."""
    assert steps(ONE + TWO + FAR).outcome is Outcome.PASSED


@pytest.mark.parametrize("tier", possible_tiers())
def test_only_the_first_is_the_trouble(steps: Graded, tier: str) -> None:
    """What is right but for a function that it calls gets its points, and is not accused."""
    with Sandbox(tier) as sandbox:
        report = steps(ONE.replace("+ 1", "+ 0.5") + TWO + FAR, sandbox=sandbox)
    assert failing(report) == {"one_more"}
    assert said(report) == [
        ("one_more", "You add a half."),
        ("one_more", "Mend `one_more` first: `two_more` is right once `one_more` is."),
        ("one_more", "Mend `one_more` first: `far_more` is right once `one_more` is."),
    ]
    assert "something to say" not in render_report(report, Style())


@pytest.mark.parametrize(
    ("broken", "verb"),
    [
        ("", "Write"),
        ("def one_more(x):\n    raise NotImplementedError\n", "Write"),
        ("def one_more(x):\n    raise KeyError\n", "Mend"),
        ("def one_more(x):\n    import os\n    os._exit(0)\n", "Mend"),
        ("def one_more(x):\n    while True: pass\n", "Mend"),
    ],
)
def test_however_a_function_is_broken_others_are_judged(
    steps: Graded, broken: str, verb: str
) -> None:
    """A function that is missing, unwritten, crashes or hangs takes no other one with it."""
    report = steps(broken + TWO + FAR, limits=Limits(seconds=1.6))
    assert failing(report) == {"one_more"}
    notes = [text for function, text in said(report) if "once" in text and function == "one_more"]
    assert notes[0] == f"{verb} `one_more` first: `two_more` is right once `one_more` is."


def test_two_that_are_broken_independently_are_both_to_mend(steps: Graded) -> None:
    """Functions that do not call each other keep what was found of them."""
    report = steps(ONE.replace("+ 1", "- 7") + "def two_more(x):\n    return x.two\n" + FAR)
    assert failing(report) == {"one_more", "two_more"}
    assert [function for function, _ in said(report)] == ["two_more", "two_more"]
    assert said(report)[1][1].endswith("`far_more` is right once `two_more` is.")


def test_a_fault_of_its_own_stays(steps: Graded) -> None:
    """A function that calls a broken one and is broken itself is wrong with the reference, too."""
    report = steps(
        ONE.replace("+ 1", "+ 0.5") + TWO.replace("one_more(x)", "one_more(x) * 2") + FAR
    )
    assert failing(report) == {"one_more", "two_more"}
    assert said(report)[1] == (
        "one_more",
        "Mend `one_more` first: `two_more` calls it, and is not right either.",
    )


@pytest.mark.parametrize("two_more", ["2", "x.two", "x + 17", "None", "one_more(x)"])
def test_nothing_is_answered_by_a_function_below(steps: Graded, two_more: str) -> None:
    """That may be made of it, and wrong on purpose: its reference would give the answer away."""
    report = steps(
        "def one_more(x):\n    return two_more(x) - 1\n"
        f"def two_more(x):\n    return {two_more}\n" + FAR
    )
    assert "one_more" in failing(report)


def test_functions_that_only_call_each_other_do_not_pass(steps: Graded) -> None:
    """Two that lean on each other are not both right: nobody has done the work of the first."""
    source = "def one_more(x):\n    return two_more(x) - 1\n" + TWO.replace(
        "one_more(one_more(x))", "one_more(x) + 1"
    )
    report = steps(source + "def far_more(x):\n    return two_more(x) + 4\n")
    assert failing(report) == {"one_more"}


@pytest.mark.parametrize(
    "way",
    [
        "two_more(x)",
        "thief(x)",
        "sys.modules[__name__].two_more(x)",
        "__import__('exercises.numbers.quadruple', fromlist=['x']).two_more(x)",
        "ask('exercises.numbers.quadruple', 'two_more', x)",
        "ask('exercises.numbers.quadruple', 'one_more', x) + 1",
    ],
)
def test_no_function_gets_the_answer_that_is_wanted_of_it(steps: Graded, way: str) -> None:
    """By recursion, through another function, by import or by hand: its own reference is silent.

    The last asks for that of another broken one, which it may: this is what the others are not.
    """
    source = f"""
import sys
channel = sys.meta_path[0]._channel
def ask(module, function, x):
    question = {{"kind": "call", "module": module, "function": function}}
    reply = channel.ask(question | {{"args": (x,), "kwargs": {{}}}})
    return reply["value"]
def thief(x):
    return two_more(x)
def one_more(x):
    return x - 1
def two_more(x):
    sys.setrecursionlimit(100)
    return {way}
def far_more(x):
    return x - 1
"""
    report = steps(source)
    gained = {check.function for check in report.checks if check.points}
    assert gained == ({"two_more"} if "+ 1" in way else set())


def test_the_server_answers_for_nobody_but_those_that_stand_in(steps: Graded, tiny: Course) -> None:
    """Of the exercise's own functions it knows those that it was given, and no others."""
    paper = draw_paper(tiny, "quadruple", 0)
    call = {"kind": "call", "module": "exercises.numbers.quadruple", "args": (1.0,), "kwargs": {}}
    for own in ((), ("one_more",)):
        stand_ins = StandIns(tiny, paper, frozenset(tiny.exercises), own)
        assert stand_ins.serve(call | {"function": "two_more"}) is None
        assert bool(stand_ins.serve(call | {"function": "one_more"})) is bool(own)


def test_what_passes_is_run_once(
    steps: Graded, monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    """A right file costs one process; a single function that fails is asked again, and probes."""
    started = []
    original = sandbox.process_for

    def noted(submission: Submission, calls: Sequence[Call], *rest: Any) -> LearnerProcess:
        started.append([call.function for call in calls])
        return original(submission, calls, *rest)

    monkeypatch.setattr(sandbox, "process_for", noted)
    everything = ["one_more", "two_more", "far_more"]
    steps(ONE + TWO + FAR)
    assert started == [everything]
    steps(ONE + TWO + "def far_more(x):\n    return 1\n")
    assert started[1] == everything
    assert {name for names in started[2:] for name in names} == {"far_more"}


LEFT = "is right by itself, and wrong when other functions of your file were called before"


@pytest.mark.parametrize(
    "damage",
    [
        "OFFSET = 7",
        "far_more = x",
        "np.seterr(all='raise')",
        "np.add = np.subtract",
        "KEPT.append(np.ones(2 * 10**7))",
    ],
    ids=["a name", "the function", "errors", "NumPy itself", "memory"],
)
def test_what_a_function_leaves_behind_is_told(steps: Graded, damage: str) -> None:
    """Functions share a process, and one that is wrong for another one's sake is not accused."""
    report = steps(
        "import numpy as np\nOFFSET = 0\nKEPT = []\n"
        f"def one_more(x):\n    global OFFSET, far_more\n    {damage}\n    return x + 1\n"
        "def two_more(x):\n    return x + 2\n"
        "def far_more(x):\n    np.ones(2 * 10**7)\n"
        "    np.divide(x, x * 0)\n    return np.add(x, 6) + OFFSET\n",
        limits=Limits(seconds=4, memory=3 * 10**8),
    )
    assert failing(report) == {"far_more"}
    *of_the_file, (function, words) = said(report)
    assert function == "far_more"
    assert f"Your `far_more` {LEFT}" in words
    assert ["no longer there" in text for _, text in of_the_file] == [True] * ("= x" in damage)


@pytest.mark.parametrize("broken", ["x + 5", "x.far", "far_more(x)"])
def test_what_is_wrong_by_itself_stays_so(steps: Graded, broken: str) -> None:
    """It is not put down to others, whatever those leave behind."""
    report = steps(f"KEPT = []\n{ONE}{TWO}def far_more(x):\n    return {broken}\n")
    assert failing(report) == {"far_more"}
    assert not any(LEFT in words for _, words in said(report))


def test_calls_that_tell_an_answer_are_made_elsewhere(
    steps: Graded, tiny: Course, sandbox: Sandbox
) -> None:
    """Where one function is given what another one has to find, the two share no process."""
    there_and_back = (
        STEPS.replace("from", "import numpy as np\nfrom", 1)
        .replace("rng.normal(size=3)", "np.array([1.0, 2.0])")
        .replace("rng.normal(size=4)", "one_more(np.array([1.0, 2.0]))[::-1]")
    )
    thief = """
import gc
def find(x):
    return [v for v in gc.get_objects() if isinstance(v, dict) and v.get("function") == "two_more"]
def one_more(x):
    return find(x)[0]["args"][0][::-1]
"""
    tiny.solution_path("quadruple").write_text(there_and_back)
    tiny.exercise_path("quadruple").write_text(thief + TWO + FAR)
    report = grade(tiny, "quadruple", sandbox=sandbox, seed=1)
    assert "one_more" in failing(report)


THIEF = """
import gc
import numpy as np
def calls():
    every = [v for v in gc.get_objects() if isinstance(v, dict) and "args" in v]
    return [(v["function"], np.asarray(a)) for v in every for a in v["args"]]
"""


@pytest.mark.parametrize(
    ("given", "stolen"),
    [
        ("np.stack([X, one_more(X)])", "a[1]"),
        ("np.stack([one_more(X), X], axis=1)", "a[:, 0]"),
        ("np.append(X, one_more(X))", "a[3:]"),
    ],
)
def test_no_part_of_an_answer_is_there_to_be_found(
    steps: Graded, tiny: Course, sandbox: Sandbox, given: str, stolen: str
) -> None:
    """Where another function is given a row of it, or some numbers among others."""
    rows = STEPS.replace("from", "import numpy as np\n\nX = np.arange(3) / 7\n\nfrom", 1)
    rows = rows.replace("rng.normal(size=3)", "X").replace("rng.normal(size=4)", given)
    thief = "def one_more(x):\n    (a,) = [a for f, a in calls() if f == 'two_more']\n"
    tiny.solution_path("quadruple").write_text(rows)
    tiny.exercise_path("quadruple").write_text(f"{THIEF}{thief}    return {stolen}\n{TWO}{FAR}")
    report = grade(tiny, "quadruple", sandbox=sandbox, seed=1)
    assert "one_more" in failing(report)


def test_a_function_is_not_given_its_own_answer(tiny: Course, sandbox: Sandbox) -> None:
    """What undoes itself is asked for the way there and the way back in two processes."""
    undone = STEPS[: STEPS.index("@exercise.reference\ndef two_more")].replace("x + 1", "1 - x")
    case = "\n\n@exercise.case(hidden=True)\ndef back(rng):\n    return inputs(1 - X)\n\n"
    undone = undone.replace("from", "import numpy as np\n\nX = np.arange(3.0) / 7\n\nfrom", 1)
    undone = undone.replace("rng.normal(size=3)", "X").replace(
        "\n\n@exercise.mis", f"{case}@exercise.mis"
    )
    tiny.solution_path("quadruple").write_text(undone)
    keeps = "KEPT = []\ndef one_more(x):\n    KEPT.append(x)\n    return KEPT[0]\n"
    finds = "def one_more(x):\n    return next((a for _, a in calls() if not np.all(a == x)), x)\n"
    for source in (keeps, f"{THIEF}{finds}"):
        tiny.exercise_path("quadruple").write_text(source)
        report = grade(tiny, "quadruple", sandbox=sandbox, seed=1)
        assert not any(check.passed for check in report.checks if check.name in ("one", "back"))


def test_where_an_answer_is_missing_nothing_changes(
    steps: Graded, tiny: Course, tmp_path: Path
) -> None:
    """A released course knows what its references asked of each other, and nothing else."""
    there = tmp_path / "released"
    release(tiny, there, [1])
    calls_once = FAR.replace("two_more(two_more(two_more(x)))", "two_more(x) + 4")
    report = steps(
        "def two_more(x):\n    return x\n"
        + TWO.replace("two_more(x):", "one_more(x):").replace(
            "one_more(one_more(x))", "two_more(x) - 1"
        )
        + calls_once,
        read_course(there),
    )
    assert failing(report) == {"one_more", "two_more"}
    assert said(report) == [
        ("two_more", "Mend `two_more` first: `far_more` is right once `two_more` is.")
    ]
    assert all(check.outcome is Outcome.FAILED for check in report.checks if check.name == "one")


def test_a_type_that_an_earlier_exercise_loses_costs_no_point(
    tiny: Course, sandbox: Sandbox
) -> None:
    """The values are right either way; what changes is a point for the type."""
    path = tiny.solution_path("quadruple")
    case = "@exercise.case\ndef single(rng):\n    return inputs(np.ones(2, np.float32))\n\n\n"
    text = path.read_text().replace("from grader", "import numpy as np\n\nfrom grader", 1)
    path.write_text(text.replace("@exercise.mistake", f"{case}@exercise.mistake", 1))
    wide = "import numpy as np\ndef double(x, times=2):\n    return x.astype(float) * times\n"
    tiny.exercise_path("double").write_text(wide)
    own = "def quadruple(x):\n    return double(double(x))"
    text = f"from exercises.numbers.double import double\n{own}"
    tiny.exercise_path("quadruple").write_text(text)
    report = grade(tiny, "quadruple", sandbox=sandbox, seed=1)
    assert report.outcome is Outcome.PASSED, report.checks
    assert "double.py does not work yet" in str(report.diagnosis[0].message)
