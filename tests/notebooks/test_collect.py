"""Notebooks in: whatever became of the cells, the answer is found, and nothing else is taken."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.course.course import Course
from grader.errors import RefusedError
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.notebooks.collect import Collected, collect
from grader.notebooks.reading import read_notebook
from grader.notebooks.write import notebook_of
from grader.records import Outcome, Report
from tests.conftest import Ended

Cells = list[dict[str, Any]]
Grader = Callable[..., Ended]

IMPORTS = "import numpy as np\nimport matplotlib.pyplot as plt"
HELPERS = """
LEAST = 0

def scaled(x, by):
    return x * np.asarray(by, dtype=x.dtype)
"""
DOUBLE = """
def double(x, times=2):
    if times < LEAST:
        raise ValueError("no")
    return scaled(x, times)
"""
QUADRUPLE = "def quadruple(x):\n    return double(double(x))"
TRIAL = "plt.plot(double(np.arange(3.0)))\n1 / 0"


def code(source: str, mark: str = "") -> dict[str, Any]:
    """Return a cell of code, tagged as an exercise's if it is."""
    metadata = {"tags": ["exercise", mark]} if mark else {}
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": []}


def filled() -> Cells:
    """Return a notebook that is right, with a trial of the learner's own that fails."""
    cells = [code(IMPORTS), code(HELPERS), code(DOUBLE, "double"), code(TRIAL)]
    return [*cells, code("import grader\n\ngrader.check('double')"), code(QUADRUPLE, "quadruple")]


def save(course: Course, cells: Cells, **fields: Any) -> Path:
    """Write cells as a notebook in the course's folder."""
    path = course.root / "student.ipynb"
    path.write_text(json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5} | fields))
    return path


def found(course: Course, cells: Cells, *names: str) -> list[Collected]:
    """Return the answers in a notebook of these cells."""
    return collect(course, read_notebook(course, save(course, cells)), names)


@pytest.fixture
def reports(tiny: Course, sandbox: Sandbox) -> Callable[..., dict[str, Report]]:
    """Return a function that grades all that is found in some cells."""

    def graded(cells: Cells, *names: str) -> dict[str, Report]:
        answers = [each.submission for each in found(tiny, cells, *names)]
        return {a.exercise: grade(tiny, a.exercise, a, sandbox=sandbox, seed=1) for a in answers}

    return graded


Reports = Callable[..., dict[str, Report]]


def test_only_what_is_needed_is_taken(tiny: Course) -> None:
    """Imports and helpers come along; plots, trials and checks stay where they are."""
    double, quadruple = found(tiny, filled())
    source = double.submission.source.decode()
    assert "import numpy as np" in source
    assert "plt" not in source
    assert "1 / 0" not in source
    assert "grader" not in source
    assert double.where == "cell 1, cell 2 and cell 3"
    assert quadruple.submission.source.startswith(b"from exercises.numbers.double import double\n")


def test_a_broken_earlier_exercise_costs_nothing_in_a_later_one(reports: Reports) -> None:
    """It stands in the same notebook, and the reference stands in for it all the same."""
    cells = [code("def double(x, times=2):\n    return x", "double"), code(QUADRUPLE, "quadruple")]
    graded = reports(cells)
    assert graded["double"].outcome is Outcome.FAILED
    assert graded["quadruple"].outcome is Outcome.PASSED
    message = str(graded["quadruple"].diagnosis[0].message)
    assert message.startswith(
        "No fault was found here, but double in student.ipynb does not work yet."
    )


def test_a_traceback_names_the_cell(reports: Reports) -> None:
    """With the line's number in there."""
    wrong = "import math\n\ndef double(x, times=2):\n    y = x * times\n    return y.nothing"
    graded = reports([code("# first"), code(wrong, "double")])["double"]
    assert "student.ipynb, cell 2, line 5 in double" in str(graded.checks[0].message)
    assert "return y.nothing" in str(graded.checks[0].message)


def test_every_line_has_its_place(tiny: Course) -> None:
    """What was put in between is only known to be of the notebook."""
    cells = [*filled()[:2], code(f"{DOUBLE}\nquadruple = double; at = '''\n'''", "double")]
    (double,) = found(tiny, cells, "double")
    (quadruple,) = found(tiny, filled(), "quadruple")
    for answer, used in ((double.submission, cells), (quadruple.submission, filled())):
        for number, line in enumerate(answer.source.decode().split("\n"), start=1):
            name, _, place = answer.place(number).partition(", cell ")
            assert name == "student.ipynb" and bool(place) == bool(
                line and "exercises." not in line
            )
            if place:
                cell, _, own = place.partition(", line ")
                assert used[int(cell) - 1]["source"].split("\n")[int(own) - 1] == line


def test_an_earlier_exercise_of_the_course_can_be_imported(tiny: Course, reports: Reports) -> None:
    """What is not in the notebook is the learner's file, as it is for files."""
    tiny.exercise_path("double").write_text(f"import numpy as np\n{HELPERS}{DOUBLE}")
    imports = "from exercises.numbers.double import double\n"
    assert reports([code(imports + QUADRUPLE)])["quadruple"].outcome is Outcome.PASSED


def test_the_last_that_is_written_counts(reports: Reports) -> None:
    """Neither a stub below an answer nor one above it is in its way, tagged or not."""
    stub = code("def double(x, times=2):\n    raise NotImplementedError", "double")
    for cells in ([stub, *filled()], [*filled(), stub], [stub, code(HELPERS), code(DOUBLE)]):
        assert reports([code(IMPORTS), *cells])["double"].outcome is Outcome.PASSED


def test_another_name_is_asked_about(reports: Reports) -> None:
    """A marked cell whose function was renamed is graded, and the message names the function."""
    graded = reports([code(DOUBLE.replace("def double", "def twice"), "double")])["double"]
    assert "It defines twice: is it one of these, renamed?" in str(graded.diagnosis[0].message)


def test_nothing_of_an_exercise_is_not_attempted(reports: Reports) -> None:
    """An exercise that is named gets its report, whatever the notebook holds."""
    graded = reports([code("x = 1")], "double")["double"]
    assert graded.outcome is Outcome.NOT_ATTEMPTED
    assert str(graded.diagnosis[0].message) == (
        "There is nothing of double in student.ipynb. Write `double` in a cell of code."
    )


def not_code(source: str, kind: str = "markdown", mark: str = "") -> dict[str, Any]:
    """Return a cell that is not code."""
    return {**code(source, mark), "cell_type": kind}


CHECK = code("import grader\n\ngrader.check('double')")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (not_code(DOUBLE, mark="double"), "Cell 1 holds `def double`, and is Markdown, not code."),
        (
            not_code(f"```python{DOUBLE}```"),
            "Cell 1 holds `def double`, and is Markdown, not code.",
        ),
        (not_code(DOUBLE, "raw"), "Cell 1 holds `def double`, and is raw text, not code."),
        (
            not_code(DOUBLE, "heading", "double"),
            "Cell 1 holds `def double`, and is a cell of the kind",
        ),
        (
            not_code("later", mark="double"),
            "Cell 1 is marked for double, and is Markdown, not code.",
        ),
        (code(f"%%writefile double.py{DOUBLE}", "double"), "Cell 1 begins with `%%writefile"),
        (code(f"%%writefile double.py{DOUBLE}"), "Cell 1 begins with `%%writefile"),
        (code("print('mine')", "double"), "Cell 1 was for it, and holds something else now."),
        (code("  ", "double"), "Cell 1 was for it, and is empty. Write `double` there."),
        (code("x = 1"), "Write `double` in a cell of code."),
    ],
)
def test_what_became_of_a_cell_is_told(reports: Reports, cell: dict[str, Any], told: str) -> None:
    """Retyped, overwritten or deleted: it counts as not attempted, named or not."""
    for names in ((), ("double",)):
        graded = reports([cell, CHECK], *names)["double"]
        assert graded.outcome is Outcome.NOT_ATTEMPTED
        assert told in str(graded.diagnosis[0].message)


@pytest.mark.parametrize("lost", ["metadata", "ids", "checks"])
def test_totals_do_not_shrink(tiny: Course, lost: str) -> None:
    """Which exercises a notebook is about is known by whatever is left of them."""
    notebook = json.loads(notebook_of(tiny, tiny.exercises))
    stub = next(cell for cell in notebook["cells"] if cell["id"] == "double-stub")
    notebook["cells"].remove(stub)
    if lost == "metadata":
        del notebook["metadata"]
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"c{number}" if lost == "ids" else cell["id"]
    if lost == "checks":
        notebook["cells"] = [c for c in notebook["cells"] if "double" not in "".join(c["source"])]
    path = tiny.root / "student.ipynb"
    path.write_text(json.dumps(notebook))
    answers = collect(tiny, read_notebook(tiny, path))
    assert [each.submission.exercise for each in answers] == ["double", "quadruple"]


@pytest.mark.parametrize(
    "helper",
    [
        "double = lambda x, f: f(f(x))",
        "def double(x, f):\n    return f(f(x))",
    ],
)
@pytest.mark.parametrize("own", ["raise NotImplementedError", "return x * x.dtype.type(times)"])
@pytest.mark.parametrize("marked", [True, False])
def test_a_helper_may_bear_the_name_of_another_exercise(
    reports: Reports, helper: str, own: str, marked: bool
) -> None:
    """What stands in the same cell is taken, as it is where that cell is a file."""
    marks = ("double", "quadruple") if marked else ("", "")
    source = f"{helper}\ndef quadruple(x):\n    return double(x, lambda y: y + y)"
    cells = [code(f"def double(x, times=2):\n    {own}", marks[0]), code(source, marks[1])]
    graded = reports(cells)
    assert graded["quadruple"].outcome is Outcome.PASSED
    alone = reports([cells[1], code("import grader\ngrader.check('quadruple')")])
    assert {name: report.outcome for name, report in alone.items()} == {"quadruple": Outcome.PASSED}
    if "lambda x" in helper:
        unwritten = own.startswith("raise")
        assert (graded["double"].outcome is Outcome.NOT_ATTEMPTED) == unwritten


@pytest.mark.parametrize(
    "line", ["y = !ls -l", "%timeit x * 2", "    !ls 'it", "y = %time x * 2", "?x", "x.shape?"]
)
def test_a_magic_in_a_function_is_named_as_what_is_wrong(reports: Reports, line: str) -> None:
    """The message quotes the line that is no Python."""
    text = f"def double(x, times=2):\n    {line.strip()}\n    return x * times"
    graded = reports([code(text, "double")])["double"]
    assert graded.outcome is Outcome.CRASHED
    advice = f"`{line.strip()}` is for a notebook alone, not Python: take it out"
    assert advice in str(graded.diagnosis[0].message)
    assert "cell 1, line 2" in str(graded.diagnosis[0].message)


def test_a_magic_beside_an_answer_is_named_and_left_out(tiny: Course, reports: Reports) -> None:
    """A line that nothing depends on costs nothing."""
    cells = filled()
    cells[2]["source"] = f"%%time\n%matplotlib inline\n{DOUBLE}\n!echo done"
    notes = found(tiny, cells)[0].notes
    assert [note.split(" is for")[0] for note in notes] == [
        "cell 3, line 1: `%%time`",
        "cell 3, line 2: `%matplotlib inline`",
        "cell 3, line 9: `!echo done`",
    ]
    assert reports(cells)["double"].outcome is Outcome.PASSED


SETUPS = {
    "a package is installed where it lacks": """
try:
    import numpy as np
except ImportError:
    !pip install numpy
    import numpy as np
""",
    "on Colab, and elsewhere": """
import sys
if "google.colab" in sys.modules:
    %pip install -q numpy
    import numpy as np
else:
    import numpy as np
""",
    "a magic goes on in the next line": "!pip install \\\n    numpy \\\n  six\nimport numpy as np",
    "where it runs": "import numpy as np\nLEAST = 7 * ('colab' in str(get_ipython().x()))",
    "lines that begin with a comparison": "%ls\nimport numpy as np\nB = (7\n    != 2)",
    "a text beside a statement": "%ls\nimport numpy as np\nA = '''\n%x\n'''; LEAST = len(A) - 4",
    "a remainder is no magic": "%matplotlib inline\nimport numpy as np\nLEFT = (7\n%2)",
    "what Python does not know": "import numpy as np\nfrom __future__ import braces",
    "a type, and no value": "import numpy as np\nLEAST = 0\nLEAST: int",
    "indented as a whole": "    import numpy as np\n    LEAST = 0",
    "bound again, perhaps": "import numpy as np\nLEAST = 0\nif LEAST > 1:\n    LEAST = 9",
    "another library, perhaps": """
import numpy as np
try:
    import cupy as np
except ImportError:
    print("on a CPU")
""",
    "summed up in a loop": "import numpy as np\nLEAST = -3\nfor n in range(3):\n    LEAST += n",
    "both ways": "import numpy as np\nif np:\n    LEAST = 0\nelse:\n    LEAST = 1",
    "everything of others": """
import numpy as np
from math import *
from torch import *
LEAST = floor(0.5)
""",
    "shown": """
import numpy as np
from IPython.display import display
LEAST = display(1, x=2) or 0
""",
    "asked of IPython": """
import numpy as np
from IPython import get_ipython
LEAST = int("IPKernelApp" in get_ipython().config)
""",
    "what may fail is suppressed": """
import contextlib
import numpy as np
LEAST = 0
with contextlib.suppress(ImportError):
    import cupy
    LEAST = 9
""",
    "with IPython's prompts": "In [1]: import numpy as np\nIn [2]: if 1:\n   ...:     LEAST = 0",
    "with Python's prompts": ">>> import numpy as np\n>>> for LEAST in [0]:\n...     pass",
    "a program's own part": "if __name__ == '__main__':\n    import numpy as np\n    LEAST = 0",
    "a page's end": "import numpy as np\n\f\nLEAST = 0\n  \fAGAIN = 1",
}


@pytest.mark.parametrize("setup", SETUPS.values(), ids=SETUPS)
def test_what_notebooks_begin_with_costs_no_points(setup: str, reports: Reports) -> None:
    """In a cell by itself, and in the answer's own."""
    helpers = HELPERS if "LEAST" not in setup else HELPERS.replace("LEAST = 0", "")
    apart = [code(setup), code(helpers + DOUBLE)]
    if (
        not setup.startswith((" ", ">>>", "In")) and "braces" not in setup
    ):  # an error in its own cell
        assert reports([code(setup + helpers + DOUBLE)])["double"].outcome is Outcome.PASSED
    assert reports(apart)["double"].outcome is Outcome.PASSED


def test_a_cell_may_be_indented_or_have_prompts(reports: Reports) -> None:
    """A kernel takes both away; lines are counted as they stand in the cell."""
    lines = f"{IMPORTS}\n{HELPERS}\n{DOUBLE}".split("\n")
    for begun in ("  ", ">>> "):
        cells = [code("\n".join(begun + line for line in lines))]
        assert reports(cells)["double"].outcome is Outcome.PASSED
        cells = [code("\n".join(begun + line for line in [*lines, "    return (", "\n"]))]
        assert "cell 1, line 15" in str(reports(cells)["double"].diagnosis[0].message)


def test_what_a_kernel_could_not_read_it_has_not_run(tiny: Course) -> None:
    """The function that it holds counts, whatever was typed later."""
    cells = [code(IMPORTS), code(HELPERS), code(DOUBLE), code("def double(x, times=2:\n    pass")]
    notebook = read_notebook(tiny, save(tiny, cells))._replace(has_run=True)
    (answer,) = collect(tiny, notebook, ["double"])
    assert DOUBLE.strip() in answer.submission.source.decode()


def test_what_is_timed_leaves_nothing_behind(reports: Reports) -> None:
    """`%%timeit` runs its cell in a function: another version of the answer there is a trial."""
    trial = code("%%timeit\nLEAST = 9\ndef double(x, times=2):\n    return x")
    cells = [code(IMPORTS), code(HELPERS), code(DOUBLE), trial]
    assert reports(cells)["double"].outcome is Outcome.PASSED


def test_a_later_change_may_fail(reports: Reports) -> None:
    """It was made to what a trial had filled, which is not run again."""
    kept = DOUBLE.replace("    return", "    CACHE['x'] = x\n    return")
    later = [code("double(np.ones(2))"), code("CACHE['y'] = CACHE['x'] * 2")]
    cells = [code(IMPORTS + "\nCACHE = {}"), code(HELPERS + kept), *later]
    assert reports(cells)["double"].outcome is Outcome.PASSED


def test_entries_may_be_set_several_at_once(reports: Reports) -> None:
    """In a cell of their own; that counts as one by one does."""
    least = [code("LEAST = [9, 9]"), code("LEAST[0], (LEAST[1], FEW) = 0, (0, 1)")]
    used = DOUBLE.replace("< LEAST", "< LEAST[0] + LEAST[1]")
    cells = [code(IMPORTS), *least, code(HELPERS.replace("LEAST = 0", "") + used)]
    assert reports(cells)["double"].outcome is Outcome.PASSED


def test_a_table_may_be_filled_in_a_cell_of_its_own(reports: Reports) -> None:
    """In a loop, or under a condition there."""
    fill = "for k in range(3):\n    if k != 1:\n        row = [k]\n        LEAST[k] = row"
    used = HELPERS.replace("LEAST = 0", "") + DOUBLE.replace(
        "< LEAST", "< LEAST[2][0] - len(LEAST)"
    )
    graded = reports([code(IMPORTS), code("LEAST = {}"), code(fill), code(used)])["double"]
    assert graded.outcome is Outcome.PASSED


def test_what_a_kernel_shows_is_printed(reports: Reports) -> None:
    """`display` is there without an import."""
    shown = DOUBLE.replace("    return", "    display(x)\n    return")
    graded = reports([code(IMPORTS + HELPERS + shown)])["double"]
    assert graded.outcome is Outcome.PASSED and graded.printed


def test_what_is_named_is_no_helper_of_anothers(reports: Reports) -> None:
    """Whatever became of the marks: its function may stand in the cell of another exercise."""
    cells = [code(IMPORTS), code(f"{HELPERS}\n{DOUBLE}\n{QUADRUPLE}", "quadruple")]
    assert [*reports(cells)] == ["quadruple"]
    both = reports(cells, "double", "quadruple")
    assert [each.outcome for each in both.values()] == [Outcome.PASSED] * 2


def test_a_text_within_a_statement_is_no_magic(tiny: Course, reports: Reports) -> None:
    """Where the statement has a true one, too."""
    text = """if True:
    !ls \\
      -l
    NOTE = '''
%timeit x
!ls
'''
"""
    used = DOUBLE.replace("    return", "    assert NOTE.count('%timeit x\\n!ls') == 1\n    return")
    cells = [code(IMPORTS + "\n" + text + HELPERS + used)]
    assert reports(cells)["double"].outcome is Outcome.PASSED
    assert [note.split(" is for")[0] for note in found(tiny, cells)[0].notes] == [
        "cell 1, line 4: `!ls \\`"
    ]


def test_each_part_of_a_package_that_was_imported_is_there(reports: Reports) -> None:
    """All of them bind the package's name, and the last one alone is not what ran."""
    imports = "import xml.dom.minidom\nimport xml.sax, os\nimport xml"
    used = DOUBLE.replace("    return", "    assert xml.dom.minidom and xml.sax\n    return")
    cells = [code(IMPORTS), code(imports), code(HELPERS + used)]
    assert reports(cells)["double"].outcome is Outcome.PASSED


def test_what_is_said_of_many_cells_is_bounded(tiny: Course) -> None:
    """Nobody reads a list of thousands: of cells, of lines left out, of cells that are no code."""
    cells = [code("%time\n" * 90 + f"def f{n}():\n    f{n + 1}()", "double") for n in range(99)]
    cells += [code("def double(x):\n    f0()", "double")]
    cells += [not_code("def double(x): pass", mark="double") for _ in range(900)]
    (answer,) = found(tiny, cells, "double")
    assert answer.where.endswith(", cell 10 and 90 others")
    assert answer.notes[-1] == "so were 8,900 other lines"
    (absent,) = found(tiny, cells[100:], "double")
    assert len("".join((*answer.notes, *absent.notes))) < 5_000


def test_what_only_looks_like_a_magic_is_left_in_peace(tiny: Course, reports: Reports) -> None:
    """Lines of strings and wrapped expressions may begin like one, beside any number of others."""
    lines = ["NOTE = '''", "%timeit x", "'''", "LEAST = (3", "    % 3)", "", *["!ls"] * 60]
    helpers = HELPERS.replace("LEAST = 0", "")
    cells = [code(IMPORTS), code("\n".join([*lines, helpers, DOUBLE]))]
    assert found(tiny, cells)[0].notes[-1] == "so were 50 other lines"
    assert reports(cells)["double"].outcome is Outcome.PASSED


@pytest.mark.parametrize("above", ["import numpy as np", "%%time"])
def test_a_cell_that_does_not_parse_is_found_by_its_names(reports: Reports, above: str) -> None:
    """Without a mark, and whatever it begins with; the message is about the fault itself."""
    graded = reports([code(f"{above}\n\ndef double(x, times=2:\n    return x")])["double"]
    assert graded.outcome is Outcome.CRASHED
    assert "SyntaxError" in str(graded.diagnosis[0].message)
    assert "cell 1, line 3" in str(graded.diagnosis[0].message)


def test_nothing_runs_before_what_it_calls(reports: Reports) -> None:
    """However the cells lie, what is called while they run is there, with all that it needs."""
    double = """
def double(x, times=BY):
    if times < 0: raise ValueError("no")
    return x * x.dtype.type(times)
"""
    cells = [code(text) for text in ("def by(): return FEW + 1", "BY = by()", "FEW = 1", double)]
    for moved in (cells, cells[::-1]):
        assert reports(moved)["double"].outcome is Outcome.PASSED


def test_what_runs_at_once_has_what_it_needs(reports: Reports) -> None:
    """Constants that are computed, changed and given anew come in the order that they ran in."""
    text = """
def tabled(entries):
    return dict(entries)
TABLE = tabled([(1, 1)])
TABLE[2] = TABLE[1] + 1
BY = 3
BY -= 1
def double(x, times=TABLE[2]):
    if times < 0: raise ValueError("no")
    return x * x.dtype.type(times * BY / 2)
"""
    assert reports([code(text)])["double"].outcome is Outcome.PASSED


# What becomes of a notebook on its way. None of it changes what it means.


def _convert(cells: Cells, _: random.Random) -> Cells:
    """Convert to format 3, which had neither ids nor `source`."""
    whole = {"cells": cells, "nbformat": 4, "nbformat_minor": 4, "metadata": {}}
    for cell in cells:
        cell |= {"execution_count": None} | {"metadata": cell.get("metadata", {})}
        cell.pop("id", None)
    old = nbformat.convert(nbformat.from_dict(whole), 3)  # type: ignore[no-untyped-call]
    return [json.loads(json.dumps(cell)) for cell in old.worksheets[0].cells]


def _without_marks(cells: Cells, _: random.Random) -> Cells:
    return [cell | {"metadata": {}} for cell in cells]


def _duplicated(cells: Cells, rng: random.Random) -> Cells:
    number = rng.randrange(len(cells))
    return [*cells[: number + 1], copy.deepcopy(cells[number]), *cells[number + 1 :]]


def _reordered(cells: Cells, rng: random.Random) -> Cells:
    return rng.sample(cells, len(cells))


def _split(cells: Cells, rng: random.Random) -> Cells:
    """Split a cell at an empty line that is followed by a definition."""
    able = [n for n, cell in enumerate(cells) if "\n\ndef " in text(cell)]
    if not able:
        return cells
    number = rng.choice(able)
    above, below = text(cells[number]).split("\n\ndef ", 1)
    return [*cells[:number], code(above), code(f"def {below}"), *cells[number + 1 :]]


def _merged(cells: Cells, rng: random.Random) -> Cells:
    if len(cells) < 2:
        return cells
    number = rng.randrange(len(cells) - 1)
    first, second = cells[number : number + 2]
    both = first | {"source": f"{text(first)}\n\n{text(second)}"}
    return [*cells[:number], both, *cells[number + 2 :]]


def _as_lines(cells: Cells, _: random.Random) -> Cells:
    return [cell | {"source": text(cell).splitlines(keepends=True)} for cell in cells]


def _noisy(cells: Cells, _: random.Random) -> Cells:
    noise = [{"output_type": "stream", "name": "stdout", "text": ["y"] * 9}, None, 3]
    return [*(cell | {"outputs": noise, "id": None} for cell in cells), code("for"), code("%%html")]


def text(cell: dict[str, Any]) -> str:
    """Return a cell's source, in whichever format it is."""
    source = cell.get("source", cell.get("input", ""))
    return source if isinstance(source, str) else "".join(source)


FATES = (_without_marks, _duplicated, _reordered, _split, _merged, _as_lines)
fates = st.lists(st.sampled_from(FATES), max_size=5)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fates=fates, seed=st.integers(0, 2**16), last=st.sampled_from([_noisy, _convert]))
def test_the_grade_survives_what_editors_do(
    reports: Reports, fates: list[Any], seed: int, last: Any
) -> None:
    """Split, merged, doubled, shuffled, stripped or converted: the same points.

    The cells that check, one for each exercise, say what it is about where marks were lost.
    """
    cells = [*filled(), code("grader.check('quadruple')")]
    for fate in [*fates, last]:
        cells = fate(cells, random.Random(seed))
    graded = reports(cells, "double", "quadruple")
    assert {name: report.outcome for name, report in graded.items()} == {
        "double": Outcome.PASSED,
        "quadruple": Outcome.PASSED,
    }


keys = st.sampled_from(
    ["cells", "worksheets", "cell_type", "source", "input", "metadata", "tags", "grader", "role"]
)
words = st.sampled_from(["code", "double", "stub", "def double(x):\n", "x = 1\n", "%%", "\ud800"])
values = st.recursive(
    st.none() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=values, cut=st.none() | st.integers(0, 200))
def test_nonsense_is_a_message_or_an_answer(tiny: Course, body: Any, cut: int | None) -> None:
    """Whatever JSON holds, and wherever it breaks off, nothing is raised but a refusal."""
    path = tiny.root / "nonsense.ipynb"
    path.write_text(json.dumps({"cells": body} if cut is None else body)[:cut])
    try:
        notebook = read_notebook(tiny, path)
    except RefusedError as error:
        assert "nonsense.ipynb" in str(error)
        return
    assert [each.submission.exercise for each in collect(tiny, notebook, ["double"])] == ["double"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the file is empty"),
        (b'{"cells": [', "this notebook breaks off or is damaged here"),
        (b"[1, 2]", "this is JSON, but not a notebook"),
        (b"\xff\xfe\x00", "this is not a notebook"),
        (b'{"cells": ' + b"[" * 100_000, "this is not a notebook"),
        (b'{"cells": []}', "no cell of this notebook belongs to an exercise of the course"),
        (json.dumps({"cells": [code("x=1\n" * 300_000)]}).encode(), "characters of code"),
    ],
)
def test_what_is_no_notebook_is_said_in_one_message(
    tiny: Course, grader: Grader, body: bytes, message: str
) -> None:
    """Exit 2, where and why, and nothing on standard output."""
    (tiny.root / "student.ipynb").write_bytes(body)
    ended = grader("grade", "--file", "student.ipynb", "--json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("grader: student.ipynb:")
    assert message in ended.err


def test_a_link_is_not_followed(tiny: Course) -> None:
    """A notebook is read as every answer is: of its own, and nothing behind it."""
    path = save(tiny, filled())
    link = path.with_name("link.ipynb")
    link.symlink_to(path)
    with pytest.raises(RefusedError, match="it is a link"):
        read_notebook(tiny, link)


def test_the_command_grades_all_that_is_found(tiny: Course, grader: Grader) -> None:
    """Without a name all exercises of a notebook, with names these; it says which cells."""
    save(tiny, filled(), metadata={"x": "y" * 1_000_000})
    ended = grader("grade", "--file", "student.ipynb", "--json")
    assert ended.code == 0
    named = [report["exercise"] for report in json.loads(ended.out)["reports"]]
    assert named == ["double", "quadruple"]
    assert "quadruple: taken from cell 6 of student.ipynb" in ended.err
    ended = grader("grade", "quadruple", "--file", "student.ipynb")
    assert "double: taken" not in ended.err
    assert ended.out.startswith("quadruple  PASSED")


def test_a_notebook_that_was_not_touched_is_not_attempted(tiny: Course, grader: Grader) -> None:
    """What was exported comes back as it went."""
    (tiny.root / "new.ipynb").write_text(notebook_of(tiny, tiny.exercises))
    ended = grader("grade", "--file", "new.ipynb")
    assert ended.code == 1
    assert ended.out.count("NOT ATTEMPTED") == 4
