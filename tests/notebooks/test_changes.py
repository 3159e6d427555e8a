"""What a notebook changes, by whichever statement, is as changed in the answer; trials stay out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from grader.course.course import Course
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.notebooks import collect as module
from grader.notebooks.collect import _Answer, collect
from grader.notebooks.reading import Cell, Notebook
from grader.notebooks.statements import Statement
from grader.records import Outcome

# What stands beside an answer, and what is 2 then, but not before all of that has run.
FORMS = {
    "append in a loop": ("ALL = []\nfor _ in range(2):\n    ALL.append(1)", "sum(ALL)"),
    "append in while": ("ALL = []\nwhile len(ALL) < 2:\n    ALL.append(1)", "len(ALL)"),
    "fill": ("ALL = np.zeros(1, int)\nALL.fill(2)", "ALL[0]"),
    "sort": ("ALL = [3, 2]\nALL.sort()", "ALL[0]"),
    "update": ("ALL = {}\nALL.update(by=2)", "ALL['by']"),
    "attribute": ("class Config: pass\nconfig = Config()\nconfig.by = 2", "config.by"),
    "attribute of a class": (
        "class Config: pass\ndef _by(self): return 2\nConfig.by = _by",
        "Config().by()",
    ),
    "attribute of a part": (
        "class Config: pass\nconfig = Config()\nconfig.parts = [Config()]\nconfig.parts[0].by = 2",
        "config.parts[0].by",
    ),
    "setattr": ("class Config: pass\nsetattr(Config, 'by', 2)", "Config.by"),
    "vars": ("class Config: pass\nc = Config()\nvars(c).update(by=2)", "c.by"),
    "entry in if": ("ALL = {}\nif True:\n    ALL['by'] = 2", "ALL['by']"),
    "entry in for": ("ALL = {}\nfor n in range(3):\n    ALL['by'] = n", "ALL['by']"),
    "entry in try": ("ALL = {}\ntry:\n    ALL['by'] = 2\nfinally:\n    pass", "ALL['by']"),
    "entry in with": (
        "ALL = {}\nwith np.errstate(all='ignore'):\n    ALL['by'] = 2",
        "ALL['by']",
    ),
    "entry in a tuple": ("ALL = {}\nALL['by'], ALL['of'] = 2, 3", "ALL['by']"),
    "entry as a target": ("ALL = {}\nfor ALL['by'] in range(3): pass", "ALL['by']"),
    "entry deleted": ("ALL = {'by': 2, 'of': 3}\ndel ALL['of']", "sum(ALL.values())"),
    "changed in a branch": ("BY = 1\nif BY:\n    BY += 1", "BY"),
    "bound in a branch that is not taken": ("BY = 2\nif BY > 2:\n    BY = 9", "BY"),
    "a decorator": (
        "ALL = {}\ndef register(f):\n    ALL[f.__name__] = f\n    return f\n"
        "@register\ndef by():\n    return 2",
        "ALL['by']()",
    ),
    "a decorator that is called": (
        "ALL = {}\ndef register(name):\n    def keep(f):\n        ALL[name] = f\n        return f\n"
        "    return keep\n@register('by')\ndef _two():\n    return 2",
        "ALL['by']()",
    ),
    "a decorator that is a method": (
        "class Table(dict):\n    def keep(self, f):\n        self[f.__name__] = f\n"
        "        return f\nALL = Table()\n@ALL.keep\ndef by():\n    return 2",
        "ALL['by']()",
    ),
    "a class that is told of": (
        "ALL = []\nclass Op:\n    def __init_subclass__(cls):\n        ALL.append(cls)\n"
        "class Two(Op):\n    by = 2",
        "ALL[0].by",
    ),
    "an object that is told of": (
        "ALL = []\nclass By:\n    def __init__(self, n):\n        ALL.append(n)\none = By(2)",
        "ALL[0]",
    ),
    "a function called for its effect": (
        "ALL = []\ndef init():\n    ALL.append(2)\ninit()",
        "ALL[0]",
    ),
    "by way of another": (
        "ALL = []\ndef fill():\n    ALL.append(2)\ndef init():\n    fill()\ninit()",
        "ALL[0]",
    ),
    "handed over": ("ALL = []\ndef init(all):\n    all.append(2)\ninit(ALL)", "ALL[0]"),
    "handed to a function of NumPy": ("ALL = np.zeros(1, int)\nnp.put(ALL, [0], 2)", "ALL[0]"),
    "handed as out": ("ALL = np.ones(1, int)\nnp.add(ALL, 1, out=ALL)", "ALL[0]"),
    "a method": (
        "class By:\n    by = 1\n    def fit(self):\n        self.by = 2\n        return 0\n"
        "by = By()\nloss = by.fit()",
        "by.by",
    ),
    "in order": ("ALL = []\ndef one(n):\n    ALL.append(n)\none(2)\nALL.append(3)", "ALL[0]"),
}
# What functions change as they are called counts in the cell of the answer alone.
BY_CALL = {"a function called for its effect", "by way of another", "a decorator", "in order"}
BY_CALL |= {"a decorator that is called", "a class that is told of", "an object that is told of"}
DOUBLE = "def double(x, times=2):\n    return x * {by}"
SETTING = "import numpy as np"


def answer(course: Course, cells: Sequence[str], has_run: bool = False) -> str:
    """Return the source of the answer to `double` in some cells, the last that defines it."""
    named = tuple(Cell(f"cell {n}", cell) for n, cell in enumerate(cells, start=1))
    (found,) = collect(course, Notebook("n.ipynb", named, has_run), ["double"])
    return found.submission.source.decode()


def doubled(source: str) -> Any:
    """Run an answer, and return what it makes of 21."""
    names: dict[str, Any] = {"__name__": "double"}
    exec(compile(source, "answer", "exec", dont_inherit=True), names)
    return names["double"](21)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_changed_is_as_changed_as_in_a_file(tiny: Course, form: str) -> None:
    """In the cell of the answer, above or below it, in cells of their own, and in a kernel."""
    change, by = FORMS[form]
    double = DOUBLE.format(by=by)
    above = "\n".join([SETTING, change, double])
    assert doubled(above) == 42
    assert doubled(answer(tiny, [above])) == 42
    assert doubled(answer(tiny, ["\n".join([SETTING, double, change])])) == 42
    if form in BY_CALL:
        return
    for cells in ([SETTING, change, double], [SETTING, double, change]):
        assert doubled(answer(tiny, cells)) == 42
        assert doubled(answer(tiny, cells, has_run=True)) == 42


def test_an_answer_may_change_itself(tiny: Course) -> None:
    """An attribute of a function is part of it, where it is given in the function's own cell."""
    double = "def double(x):\n    double.calls += 1\n    return 2 * x"
    assert doubled(answer(tiny, [f"{double}\ndouble.calls = 0"])) == 42
    given = "def double(x, by):\n    return by * x"
    assert doubled(answer(tiny, [f"{given}\ndouble.__defaults__ = (2,)"])) == 42


def test_what_is_done_to_a_module_elsewhere_counts_nowhere(tiny: Course) -> None:
    """It would spoil what is right."""
    spoilt = "np.add = np.subtract\nnp.seterr(all='raise')"
    source = answer(tiny, [SETTING, spoilt, "def double(x):\n    return np.add(x, x)"])
    assert doubled(source) == 42
    assert "seterr" not in source


MEMO = """
TABLE = {}
SCALE = [2]
def by(n):
    if n not in TABLE:
        TABLE[n] = SCALE[0]
    return TABLE[n]
"""
TRIALS = [
    "by(0)\n1 / 0",
    "print(by(1) / 0)",
    "assert by(2) == 3",
    "y = by(by)[1 / 0]",
    "import absent_package\nabsent_package.look(SCALE)",
    "from absent_package import *\nclass Net(Module):\n    '''A\nb.'''\nfit(SCALE, Net)",
    "data = np.load('absent.npy')\nfit(SCALE, data)",
    "SCALE.mean()",
    "by(1, 2, 3, 4)",
    "np.testing.assert_allclose(SCALE, 3)",
    "plt.plot(SCALE)\ndisplay(SCALE)\ngrader.check('double')",
    "for step in range(10 ** 12):\n    loss = by(0)",
    "for step in range(10 ** 12):\n    double(step)",
    "for step in range(10 ** 12):\n    print(SCALE, TABLE)",
    "double(SCALE)\ndouble(x=nothing)",
    "%timeit SCALE.append(1)",
    "for step in range(3):\n    %time SCALE.append(1)",
    "def test_double():\n    assert double(SCALE) == 1\ntest_double()",
    "with open('/absent/x', 'w') as f:\n    f.write(SCALE)",
    "np.save('/absent/x', SCALE)\nnp.savetxt('/absent/x', SCALE)",
    "await by(SCALE)",
    "async with SCALE: pass",
    "return SCALE",
    "raise SystemExit(SCALE)",
    "y = await by(0)\nfit(SCALE, y)",
]


@pytest.mark.parametrize("trial", TRIALS)
@pytest.mark.parametrize("has_run", [False, True])
def test_no_trial_costs_anything(tiny: Course, trial: str, has_run: bool) -> None:
    """Neither one that fails nor one that takes long, nor what only that one needs."""
    double = DOUBLE.format(by="by(0)")
    for cells in ([SETTING, MEMO, trial, double, trial], [SETTING, MEMO, double, trial]):
        assert doubled(answer(tiny, cells, has_run)) == 42


ENDING = [t for t in TRIALS if "range(10 ** 12)" not in t]


@pytest.mark.parametrize("trial", ENDING)
def test_a_trial_in_the_cell_of_the_answer_costs_nothing_either(tiny: Course, trial: str) -> None:
    """But for a loop without end that touches what the answer uses."""
    own = "\n".join([SETTING, MEMO, DOUBLE.format(by="by(0)"), trial])
    assert doubled(answer(tiny, [own])) == 42


def test_a_draft_beside_a_constant_is_no_answer(tiny: Course) -> None:
    """It binds what is asked for, where that is already taken from elsewhere."""
    draft = "ONE = 2\ndef double(x, s=ONE):\n    return 0"
    found = answer(tiny, [SETTING, draft, DOUBLE.format(by="ONE")])
    assert doubled(found) == 42


@pytest.mark.parametrize("reset", ["STEPS = []", "STEPS.clear()"])
def test_what_is_reset_stays_reset(tiny: Course, reset: str) -> None:
    """A trial of a helper comes before the line that takes back what it did, or not at all."""
    helper = "STEPS = []\ndef add(step):\n    STEPS.append(step)\nadd('x')"
    double = DOUBLE.format(by="(2 + len(STEPS))")
    for cells in (
        [f"{helper}\n{reset}\n{double}"],
        [helper, reset, double],
        [double, helper, reset],
    ):
        assert doubled(answer(tiny, [SETTING, *cells])) == 42


def test_changes_of_a_play_elsewhere_stay_there(tiny: Course) -> None:
    """What is changed and not needed is not taken, in a loop of the same name neither."""
    play = "for n in range(3):\n    OTHER[n] = 1 / 0\nOTHER.append(np.nothing)"
    change = "ALL = {}\nfor n in range(3):\n    ALL[n] = n"
    source = answer(tiny, [SETTING, play, change, DOUBLE.format(by="ALL[2]")])
    assert doubled(source) == 42
    assert "OTHER" not in source


def test_a_trial_that_the_sandbox_refuses_is_one_that_fails(tiny: Course, sandbox: Sandbox) -> None:
    """The answer beside it passes, however it was set up."""
    setting = f"{SETTING}\nSCALE = []\nSCALE.append(1)"
    trial = "with open('x.txt', 'w') as f:\n    f.write(SCALE)\nimport absent\nabsent.fit(SCALE)"
    double = "def double(x, times=2):\n    if times < 0: raise ValueError('no')\n"
    double += "    return x * x.dtype.type(times * SCALE[0])"
    cells = tuple(Cell(f"cell {n}", text) for n, text in enumerate((setting, trial, double)))
    (found,) = collect(tiny, Notebook("n.ipynb", cells), ["double"])
    report = grade(tiny, "double", found.submission, sandbox=sandbox, seed=1)
    assert report.outcome is Outcome.PASSED


def test_what_may_stand_beside_is_looked_at_within_bounds(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of many cells may lead to one more, and each time all that is there is looked at."""
    looked_at: list[object] = []
    real = _Answer._is_beside

    def counted(answer: _Answer, statement: Statement) -> bool:
        looked_at.append(statement)
        return real(answer, statement)

    monkeypatch.setattr(_Answer, "_is_beside", counted)
    monkeypatch.setattr(module, "_MAX_LOOKED_AT", 2_000)
    chain = ["B0 = []", *(f"B{n} = []\nB{n}.append(B{n - 1})" for n in range(1, 40))]
    answer = "def double(x, times=2):\n    B39\n    return x * times\n" + "import numpy\n" * 500
    cells = tuple(Cell(f"cell {n}", text) for n, text in enumerate([*chain, answer], 1))
    (found,) = collect(tiny, Notebook("n.ipynb", cells), ["double"])
    assert found.submission.source and len(looked_at) < 4_000
