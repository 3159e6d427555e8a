"""What a reference does with a stranger's values: no more than it would with anybody's.

References that stand in run on the trusted side, where a submission chooses what they are given.
"""

from __future__ import annotations

import sys

import pytest

from grader.course.course import Course
from grader.present.report_text import render_report
from grader.present.style import Style
from grader.present.values_python import render_values
from grader.records import Outcome
from tests.attacks.arena import TIERS, Arena, graded
from tests.attacks.bounds import Bounded, bounded

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="attacks Linux")

# As merges of tokens do, of which each may be twice as long as the one before.
GROWING = """

def grown(steps):
    text = "a"
    for _ in steps:
        text += text
    return text
"""
ASKS = """
from exercises.numbers.double import double

for steps in (20, 30, 40, 60):
    try:
        print(len(double([1] * steps)))
    except (MemoryError, ValueError) as error:
        print("kept from it by", type(error).__name__)

def quadruple(x):
    return double(double(x))
"""


@pytest.fixture(params=TIERS)
def tier(request: pytest.FixtureRequest) -> str:
    """Return each of this machine's tiers."""
    return str(request.param)


def test_what_doubles_at_every_step_is_stopped(arena: Arena, tier: str) -> None:
    """And what the reference is there for, it does afterwards as before."""
    solution = arena.course.solution_path("double")
    whole = "    return x * x.dtype.type(times)"
    doubling = f"    if isinstance(x, list):\n        return grown(x)\n{whole}"
    solution.write_text(solution.read_text().replace(whole, doubling) + GROWING)
    handed_in = arena.course.root / "handed/in/quadruple.py"
    handed_in.parent.mkdir(parents=True)
    handed_in.write_text(ASKS)
    with arena.watched(tier):
        report = graded(arena.course, handed_in, tier, "quadruple")
    assert report.printed.splitlines()[0] in ("1048576", "kept from it by ValueError")
    assert report.printed.count("kept from it by") >= 3
    assert report.outcome is Outcome.PASSED, report


# What a case's `result_of` is spelled as: in a stranger's hands, a call of anything at all.
CALL = '{{"result of": {name!r}, "in": {module!r}, "args": {args}, "part": {part}}}'
TOUCHED = "touch.txt"
WAYS = {
    "by place": "double({call})",
    "by keyword": "double(x={call})",
    "as another argument": "double(np.ones(2), {call})",
    "in a list": "double([{call}])",
    "in a dict": "double({{'a': {call}}})",
    "of what it needs": "double({call}, {call})",
}
CALLS = {
    "a program": ("os", "system", 'f"touch {place}"', 0),
    "a builtin": ("builtins", "exec", '"open(" + repr(place) + ", \'w\')"', 0),
    "a module of ours": ("grader.files", "replace_file", "place, b''", 0),
    "a definition": ("solutions.numbers.double", "double", "np.ones(2), 3", 0),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("called", CALLS)
def test_nothing_is_called_for_a_stranger(arena: Arena, way: str, called: str) -> None:
    """A dict is a dict, whatever its keys are called: only what a case drew is a call."""
    module, name, args, part = CALLS[called]
    place = arena.course.root / TOUCHED
    call = CALL.format(name=name, module=module, args=f"({args},)", part=part)
    handed_in = arena.course.root / "handed/in/quadruple.py"
    handed_in.parent.mkdir(parents=True)
    handed_in.write_text(
        f"import numpy as np\nfrom exercises.numbers.double import double\nplace = {str(place)!r}\n"
        f"def quadruple(x):\n    return {WAYS[way].format(call=call)}\n"
    )
    report = graded(arena.course, handed_in, TIERS[0], "quadruple")
    assert not place.exists()
    assert report.outcome in (Outcome.CRASHED, Outcome.FAILED), report


@pytest.mark.parametrize(
    "spelled",
    [
        '{"result of": 3}',
        '{"result of": "x\\n\\ndouble  PASSED", "in": "a", "args": (), "part": 0}',
        '{"result of": "f", "in": "a", "args": (), "part": None}',
        '[{"result of": "f", "part": 0}]',
        '{"result of": {}, "in": 1, "args": 2, "part": 3}',
    ],
)
def test_an_answer_that_is_spelled_as_a_call_is_a_dict(arena: Arena, spelled: str) -> None:
    """It is shown as what it is, and ends no line of ours."""
    path = arena.course.root / "double.py"
    path.write_text(f"def double(x, times=2):\n    return {spelled}\n")
    report = graded(arena.course, path, TIERS[0])
    shown = render_report(report, Style(width=80)) + render_values(report)
    assert "(...)[" not in shown and "result of" in shown
    assert not any(line.startswith("double  PASSED") for line in shown.split("\n"))


LONG = {
    "in a tuple in a set": "frozenset({('\\\\' * 1_900_000,)})",
    "in a key": "{'\\\\' * 1_900_000: 1}",
    "in a key that is a tuple": "{('\\\\' * 1_900_000, 1): 1}",
    "in a key within": "[{'a': {'\\\\' * 1_900_000: 1}}]",
    "in bytes in a set": "{b'\\\\' * 1_900_000}",
}


@pytest.mark.parametrize("where", LONG)
def test_what_a_reference_says_of_a_long_text_is_short(arena: Arena, where: str) -> None:
    """It is not asked, or says so much as can cross; either way the fault is the learner's."""
    solution = arena.course.solution_path("double")
    whole = "    return x * x.dtype.type(times)"
    says = f"    if not hasattr(x, 'dtype'):\n        raise TypeError(f'what is {{x!r}}?')\n{whole}"
    solution.write_text(solution.read_text().replace(whole, says))
    handed_in = arena.course.root / "handed/in/quadruple.py"
    handed_in.parent.mkdir(parents=True)
    handed_in.write_text(
        "from exercises.numbers.double import double\n"
        f"def quadruple(x):\n    return double({LONG[where]})\n"
    )
    report = graded(arena.course, handed_in, TIERS[0], "quadruple")
    assert report.outcome in (Outcome.CRASHED, Outcome.FAILED), report


# What a reference does where a stranger gives it whole numbers: much, with little given.
HEAVY = {
    "looks up": "y = np.ones(x.shape, np.float16)[x]\n        [y @ y[0] for _ in range(500)]",
    "has many layers": "y = x\n        for _ in range(10**6): y = y @ y",
    "counts in C": "sum(range(10**15))",
    "takes a power": "3 ** 10**9",
    "sorts": "for _ in range(10**6): np.sort(np.tile(x, 99), axis=None)",
}
LOST = {
    "leaves": "__import__('os')._exit(1)",
    "leaves as if all were well": "__import__('os')._exit(0)",
    "is killed": "__import__('os').kill(__import__('os').getpid(), 9)",
    "has a fault of memory": "__import__('ctypes').string_at(1)",
    "fills memory": "np.ones(2**28)",
    "doubles": "y = x\n        while True: y = np.r_[y, y]",
}


def ended(course: Course, does: str) -> Bounded:
    """Grade a file that gives whole numbers to a reference that does this and that with them."""
    solution = course.solution_path("double")
    whole = "    return x * x.dtype.type(times)"
    heavy = f"    if x.dtype == int:\n        {does}\n{whole}"
    solution.write_text(solution.read_text().replace(whole, heavy))
    handed_in = course.root / "handed/in/quadruple.py"
    handed_in.parent.mkdir(parents=True)
    handed_in.write_text(
        "import numpy as np\nfrom exercises.numbers.double import double\n"
        "def quadruple(x):\n    double(np.zeros((128, 128), int))\n    return double(double(x))\n"
    )
    command = ["grade", "quadruple", "--file", str(handed_in), "--timeout", "1"]
    return bounded(course.root, command)[0]


@pytest.mark.parametrize("does", HEAVY)
def test_what_takes_a_reference_for_ever_is_out_of_time(tiny: Course, does: str) -> None:
    """It has the time of whoever called it, and is theirs to answer for."""
    code, out, err, _ = ended(tiny, HEAVY[does])
    assert code == 1, err
    assert out.startswith("quadruple  TIMED OUT"), out


@pytest.mark.parametrize("does", LOST)
def test_what_ends_a_reference_does_not_end_the_grader(tiny: Course, does: str) -> None:
    """A library that cannot have its memory leaves with exit code 1: that is no verdict."""
    code, out, err, _ = ended(tiny, LOST[does])
    assert code == 1, err
    assert out.startswith(("quadruple  OUT OF MEMORY", "quadruple  TIMED OUT")), out


# References whose loops end; with a slip in the first line of one, the second grows for ever.
ENDING = {
    "blocks": ("np.ones((1, 1))", "np.block([[h, h], [h, -h]])", "h"),
    "a row": ("np.ones(1)", "np.concatenate([h, h])", "np.concatenate([k, k])"),
    "tiles": ("np.ones(1)", "np.tile(h, 2)", "np.tile(k, 2)"),
    "a list": ("[1.0]", "h + h", "k + k"),
    "text": ("'1'", "h + h", "k + k"),
    "bytes": ("b'1'", "h * 2", "k * 2"),
}


@pytest.mark.parametrize("grows", ENDING)
def test_a_slip_in_a_reference_takes_no_memory_of_the_graders(tiny: Course, grows: str) -> None:
    """Neither where an answer is wrong, nor in a proof."""
    text = tiny.solution_path("double").read_text()
    opening = text[: text.index("@exercise.reference")]
    start, first, second = ENDING[grows]
    tiny.solution_path("double").write_text(
        f'{opening}@exercise.reference\ndef double(x):\n    """Multiply.\n\n    Returns\n'
        "    -------\n    doubled : (..., n)\n        As much as asked for.\n"
        f'    """\n    h = k = {start}\n    while len(h) < len(x):\n        h = {first}\n'
        f"        k = {second}\n    return x * len(h)\n\n\n"
        "@exercise.case\ndef four(rng):\n    return inputs(rng.normal(size=4))\n"
    )
    answer = tiny.exercise_path("double")
    answer.write_text("def double(x):\n    return x + 0.123\n")
    graded, proved = bounded(tiny.root, ["grade", "double"], ["prove", "double"])
    assert graded.code == 1 and "The smallest failing check: four" in graded.out, graded
    assert proved.code in (0, 1) and "double" in proved.out, proved
