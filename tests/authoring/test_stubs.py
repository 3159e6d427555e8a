"""Stubs are written from definitions, and a definition is proved by its own mistakes."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.authoring.prove import prove
from grader.authoring.release import release
from grader.authoring.stubs import StubState, solution_text, stub_of, stub_state, write_stub
from grader.course.course import Course
from grader.course.kept_work import keep_work
from grader.course.progress import Progress
from grader.errors import CourseError
from grader.exercise.stub_text import DefinitionSource, stub_text
from grader.exercise.unwritten import is_untouched
from grader.grading.examiner import draw_paper
from grader.records import Outcome
from grader.terminal.grading_session import record


def change(course: Course, old: str, new: str) -> None:
    """Change the definition of `double`."""
    path = course.solution_path("double")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_stub_holds_lesson_signature_and_docstring(tiny: Course) -> None:
    """Everything a learner needs is in the stub, and nothing of the answer."""
    stub = stub_of(tiny, "double")
    assert stub.startswith('"""Double: twice as much.\n\nThe lesson')
    assert "import numpy as np\n\n\ndef double(x, times=2):\n" in stub
    assert stub.endswith('        As much as asked for.\n    """\n    raise NotImplementedError\n')
    for secret in ("times < 0", "Exercise", "squares", "rng", "hints"):
        assert secret not in stub


def test_a_stub_imports_the_learners_own_earlier_exercises(tiny: Course) -> None:
    """A solution's import of a solution becomes an exercise's import of an exercise."""
    stub = stub_of(tiny, "quadruple")
    assert "from exercises.numbers.double import double" in stub
    assert "solutions" not in stub


def test_a_stub_imports_what_is_needed_and_no_more(tiny: Course) -> None:
    """What helps of Python's own modules is for the learner to find; a solution has it."""
    change(
        tiny,
        "import numpy as np\n",
        "import math\nfrom time import sleep, time\n\nimport click\nimport numpy as np\n",
    )
    helper = (
        "LATE = EARLY + 1\n\n\ndef seconds():\n    return math.floor(time()) < LATE, click\n\n\n"
    )
    change(tiny, "@exercise.reference", f"EARLY = 0\n{helper}@exercise.reference")
    change(tiny, "    if times < 0:\n", "    seconds()\n    if times < 0:\n")
    stub, solution = stub_of(tiny, "double"), solution_text(tiny, "double")
    assert ".\n\nimport click\nimport numpy as np\n\n\ndef double" in stub
    assert solution.startswith(
        "import math\nfrom time import time\n\nimport click\n\nEARLY = 0\nLATE ="
    )
    change(tiny, "def double(x, times=2)", "def double(x, times=math.floor(LATE) + 1)")
    stub = stub_of(tiny, "double")
    assert (
        ".\n\nimport math\n\nimport click\nimport numpy as np\n\nEARLY = 0\nLATE = EARLY + 1\n"
        in stub
    )
    assert "sleep" not in stub + solution


def test_a_definition_that_does_not_compile_has_no_stub(tiny: Course, tmp_path: Path) -> None:
    """It is told with its line, to its author, by whatever needs the stub."""
    change(tiny, "import numpy as np\n", "import numpy as np\ndef (\n")
    for needs in (stub_of, lambda course, _: release(course, tmp_path / "out", range(1))):
        with pytest.raises(CourseError, match="this definition does not compile") as refused:
            needs(tiny, "double")
        assert "double.py:7" in str(refused.value.where)


@pytest.fixture
def shared(tiny: Course) -> Course:
    """Let both definitions draw with a module that they share."""
    (tiny.root / "solutions/drawing.py").write_text(
        "def draw(rng):\n    return rng.normal(size=2).round(1)\n"
    )
    for name in tiny.exercises:
        path = tiny.solution_path(name)
        text = path.read_text().replace("inputs(rng.normal(size=2).round(1))", "inputs(draw(rng))")
        above = "from grader.exercise import Exercise, inputs\n"
        path.write_text(text.replace(above, f"{above}from solutions.drawing import draw\n"))
    return tiny


def test_definitions_may_share_a_module_to_draw_with(shared: Course) -> None:
    """They are proved as before, and neither a stub nor a solution has heard of it."""
    for name in shared.exercises:
        assert prove(shared, name).is_sound
        assert "draw" not in stub_of(shared, name) + solution_text(shared, name)


@pytest.mark.parametrize("write", [stub_of, solution_text])
@pytest.mark.parametrize(
    ("line", "use"),
    [
        ("from solutions.drawing import draw", "draw(x)"),
        ("import solutions.drawing", "solutions.drawing.draw(x)"),
        ("from solutions import drawing", "drawing.draw(x)"),
    ],
)
def test_a_reference_uses_nothing_that_a_learner_lacks(
    shared: Course, write: Callable[[Course, str], str], line: str, use: str
) -> None:
    """What definitions share is not handed out, so it is no place for what a reference calls."""
    change(shared, "from solutions.drawing import draw\n", f"{line}\n")
    change(shared, "    return x * x.dtype", f"    x = {use}\n    return x * x.dtype")
    with pytest.raises(CourseError, match=rf"double.py:9: a reference cannot use what `{line}`"):
        write(shared, "double")


def test_a_solution_is_shown_without_cases_and_mistakes(tiny: Course) -> None:
    """What `grader solution` shows is the references and their imports."""
    text = solution_text(tiny, "quadruple")
    assert text.startswith("from exercises.numbers.double import double\n\n\ndef quadruple(x):")
    assert text.endswith("return double(double(x))\n")


def test_a_stub_knows_its_state(tiny: Course) -> None:
    """Current, outdated, somebody's work and missing are told apart."""
    path = tiny.exercise_path("double")
    assert stub_state(tiny, "double") is StubState.CURRENT
    change(tiny, "The lesson of", "A lesson of")
    assert stub_state(tiny, "double") is StubState.OUTDATED
    path.write_text(path.read_text().replace("raise NotImplementedError", "return x"))
    assert stub_state(tiny, "double") is StubState.WORKED_ON
    path.unlink()
    assert stub_state(tiny, "double") is StubState.MISSING


BESIDE = [
    "double = lambda x, times=2: x * times\n",
    "globals()['double'] = max\n",
    "if True:\n    def double(x, times=2): return x * times\n",
    "print(double(3))\n",
]


@pytest.mark.parametrize("work", BESIDE)
def test_work_beside_a_stub_is_work(tiny: Course, work: str) -> None:
    """A function that still raises says nothing of what stands below it."""
    path = tiny.exercise_path("double")
    path.write_text(f"{path.read_text()}\n\n{work}")
    assert stub_state(tiny, "double") is StubState.WORKED_ON
    path.write_text(stub_of(tiny, "double").replace("def double", "@max\ndef double"))
    assert stub_state(tiny, "double") is StubState.WORKED_ON


@pytest.mark.parametrize("work", ["partial(scaled, times=2)", "np.vectorize(abs)", "np.negative"])
def test_work_above_what_is_left_of_a_stub_is_work(tiny: Course, work: str) -> None:
    """Something may be bound that is called as a function is, and needs no `def` of its own."""
    left = stub_of(tiny, "double").replace("def double", "def doubled")
    path = tiny.exercise_path("double")
    path.write_text(left.replace("def doubled", f"double = {work}\n\n\ndef doubled"))
    assert stub_state(tiny, "double") is StubState.WORKED_ON
    path.write_text(left)
    assert stub_state(tiny, "double") is StubState.OUTDATED


def test_a_stub_has_the_constants_that_its_signatures_need(tiny: Course) -> None:
    """With what they are made of, and a function too, it is a stub still, and no more than that."""
    change(tiny, "times=2", "times=TIMES")
    change(
        tiny,
        "@exercise.reference",
        "ONE = 1\nTIMES = (lambda: ONE + ONE)()\n\n\n@exercise.reference",
    )
    assert "ONE = 1\nTIMES = " in stub_of(tiny, "double")
    assert is_untouched(stub_of(tiny, "double").encode())
    many = 'HOW = f"{}"\n'.format("{x}" * 2_000)  # which Python takes long to parse
    assert not is_untouched(many.encode() + stub_of(tiny, "double").encode())


def test_what_only_a_helping_method_needs_is_not_in_a_stub(tiny: Course) -> None:
    """A stub has neither the method nor the constants of its signature."""
    definition = tiny.solution_path("double")
    body = "HOW = 2\n\n\n@exercise.reference\nclass Doubler:\n"
    body += "    def of(self, x):\n        return x\n\n"
    body += "    def _by(self, x, how=HOW):\n        return x\n"
    definition.write_text(f"{definition.read_text()}\n\n{body}")
    stub = stub_text(DefinitionSource(definition, ()))
    assert "class Doubler" in stub and "HOW" not in stub and is_untouched(stub.encode())


@pytest.mark.parametrize(
    ("place", "thought"),
    [
        (r"\Z", "# x + x, so it is linear\n"),
        ("(?=# )", "# x + x, so it is linear\n"),
        ('(?=""")', "It is linear: x + x.\n"),
        ("(?=def )", "TWICE = 'x + x'\n"),
    ],
)
def test_words_in_a_stub_are_kept_when_it_is_written_again(
    tiny: Course, place: str, thought: str
) -> None:
    """Whoever works something out in comments has written something; white space is nothing."""
    path = tiny.exercise_path("double")
    path.write_text(thoughts := re.sub(place, thought, path.read_text(), count=1))
    (kept,) = write_stub(tiny, "double")
    assert kept.read_text() == thoughts != stub_of(tiny, "double")
    path.write_text(path.read_text() + "\n\n")
    assert not write_stub(tiny, "double")
    assert stub_state(tiny, "double") is StubState.CURRENT


def test_a_stub_of_ours_is_not_kept_when_the_definition_is_another(tiny: Course) -> None:
    """It is known for the one that was written, unless somebody wrote into it meanwhile."""
    path, definition = tiny.exercise_path("double"), tiny.solution_path("double")
    path.unlink()
    write_stub(tiny, "double")
    definition.write_text(definition.read_text().replace("times=2", "times=3", 1))
    assert stub_state(tiny, "double") is StubState.OUTDATED
    assert not write_stub(tiny, "double")
    path.write_text(f"{path.read_text()}# mine\n")
    definition.write_text(definition.read_text().replace("times=3", "times=4", 1))
    assert write_stub(tiny, "double")


@pytest.mark.parametrize("work", [b"def double(x): return 2 * x", b"broken (", b"\xff\xfe\0"])
def test_work_is_kept_when_a_stub_is_written(tiny: Course, work: bytes) -> None:
    """Whatever stood in the file is found again, byte for byte."""
    path = tiny.exercise_path("double")
    path.write_bytes(work)
    (kept,) = write_stub(tiny, "double")
    assert kept.read_bytes() == work
    assert stub_state(tiny, "double") is StubState.CURRENT
    assert not write_stub(tiny, "double")


def test_a_link_in_the_place_of_a_file_is_not_written_through(tiny: Course) -> None:
    """What a link points to stays as it is, even if that is nothing yet."""
    path = tiny.exercise_path("double")
    path.unlink()
    path.symlink_to(tiny.root / "elsewhere.py")
    (kept,) = write_stub(tiny, "double")
    assert kept.is_symlink()
    assert not (tiny.root / "elsewhere.py").exists()
    assert stub_state(tiny, "double") is StubState.CURRENT


def test_a_sound_definition_is_proved(tiny: Course) -> None:
    """No problems is the proof."""
    assert prove(tiny, "double").is_sound


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("return double(x, times) * x", "return double(x, times)", "squares fails no visible"),
        (
            "double(x, times) * x",
            "double(x) if times >= 0 else double(x, -1)",
            "gives what ignores_times gives in every case",
        ),
        ("return double(x, times) * x", "return duoble(x) * x", "squares does not run: name 'duo"),
        ("@exercise.case\ndef three_times", "@exercise.case(hidden=True)\ndef three_times",
         "ignores_times fails no visible check"),
        ("Returns\n    -------", "Result", "does not state its results"),
        ('["What is x + x?", "Multiply."]', '["What is x + x?", " "]', "hints"),
        ('Exercise(hints', 'Exercise(formulas={"2x": "2x"}, hints', "'2x' has to be the beginning"),
    ],
)  # fmt: skip
def test_an_unsound_definition_is_told_why(tiny: Course, old: str, new: str, told: str) -> None:
    """Each fault has its line and a sentence."""
    change(tiny, old, new)
    problems = [str(problem) for problem in prove(tiny, "double", seeds=[1]).problems]
    assert any(told in problem for problem in problems), problems
    assert all("double.py" in problem for problem in problems)


BIASED = '''

@exercise.reference
def shift(x, weight, bias=0.0):
    """Stretch and move.

    Returns
    -------
    shifted : (n,)
        Stretched first.
    """
    return x * weight + bias


@exercise.case
def both(rng):
    return inputs(rng.normal(size=3), rng.normal(size=3), bias=rng.normal(size=3))


exercise.edit("x * weight", "x", "You forget the weight.", name="weight")
exercise.edit("x * weight", "x / weight", "You divide by the weight.", name="divide")
exercise.edit(" + bias", "", "You forget the bias.", name="bias")
'''


PLAIN = """

@exercise.case
def plain(rng):
    return inputs(*rng.normal(size=(2, 3)))
"""


@pytest.mark.parametrize(
    ("cases", "alike", "told"),
    [
        (BIASED, ("weight", "divide", "bias"),
         ["weight and bias fail the same checks: add a case without `bias`"]),
        (BIASED + PLAIN, ("weight", "divide"), []),
        (BIASED.replace("+ bias\n", '+ bias, {"said": "a word", "of": [None]}\n'),
         ("weight", "divide", "bias"),
         ["weight and bias fail the same checks: add a case without `bias`"]),
    ],
)  # fmt: skip
def test_mistakes_about_different_things_are_told_apart(
    tiny: Course, cases: str, alike: tuple[str, ...], told: list[str]
) -> None:
    """A missing case is named, by what has to be less in it; two forms of one slip need none."""
    path = tiny.solution_path("double")
    path.write_text(path.read_text() + cases)
    proof = prove(tiny, "double", seeds=[1])
    assert proof.alike == (alike,)
    told = [f"the mistakes {what}" for what in told]
    assert [problem.what for problem in proof.problems] == told


PRICES = """

@exercise.reference
def total(prices):
    \"\"\"Add up prices; what costs nothing is counted as one.\"\"\"
    return sum(price or 1.0 for price in prices.values())


@exercise.case
def three_prices(rng):
    return inputs({"tea": float(rng.integers(0, 2)), "bread": 0.0, "jam": 2.0})


@exercise.case
def two_prices(rng):
    return inputs({"tea": float(rng.integers(0, 2)), "bread": 3.0})


@exercise.mistake
def forgets_the_last(prices):
    \"\"\"You leave out the last.\"\"\"
    return total(dict([*prices.items()][:-1]))


@exercise.mistake
def nothing_is_nothing(prices):
    \"\"\"You count nothing as nothing.\"\"\"
    return float(sum(prices.values()))
"""


def test_no_case_is_asked_for_that_cannot_be(tiny: Course) -> None:
    """A dict of numbers has no zero to be, and one draw is no other: nothing is advised then."""
    path = tiny.solution_path("double")
    path.write_text(path.read_text() + PRICES)
    drawn = [draw_paper(tiny, "double", n).trials[-1].inputs.args[0]["tea"] for n in range(20)]
    seeds = [drawn.index(1), drawn.index(0)]  # of which the first does not show one of them
    proof = prove(tiny, "double", seeds=seeds)
    assert ("forgets_the_last", "nothing_is_nothing") in proof.alike
    told = [problem.what for problem in proof.problems]
    assert not [what for what in told if "add a case" in what or "finds nothing" in what]


def draw(tiny: Course, views: str) -> None:
    """Give the exercise a picture."""
    picture = f'@exercise.picture\ndef p():\n    """See."""\n    return {views}\n\n\n'
    change(tiny, "@exercise.case(points=2)", f"{picture}@exercise.case(points=2)")
    change(tiny, "import Exercise, inputs", "import Exercise, inputs, view")


def test_a_picture_changes_nothing_else(tiny: Course) -> None:
    """The stub and the proof are as they were."""
    before = stub_of(tiny, "double")
    draw(tiny, '[view("a", inputs(np.ones(2)), columns="ab")]')
    assert stub_of(tiny, "double") == before
    assert prove(tiny, "double", seeds=[1]).is_sound


@pytest.mark.parametrize(
    ("views", "told"),
    [
        ("[]", "returns no views"),
        ("1 / 0", "cannot be drawn: ZeroDivisionError"),
        ('[view("a", inputs(np.ones(2)), of="triple")]', "cannot be drawn: KeyError: 'triple'"),
        ('[view("a", inputs(np.ones(2), -1))]', "the reference fails"),
        ('[view("a", inputs(np.ones((2, 2, 2))))]', "is of shape (2, 2, 2): choose a `part`"),
        ('[view("a", inputs(np.ones(2) * np.inf))]', "an infinity"),
        ('[view("a", inputs(np.ones(2)), columns="abc")]', "3 labels for 2 columns"),
        ('[view("a", inputs(np.random.default_rng().normal(size=2)))]', "another one every time"),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_shown_is_no_proof(tiny: Course, views: str, told: str) -> None:
    """What is wrong with it is told, at its line."""
    draw(tiny, views)
    (problem,) = prove(tiny, "double", seeds=[1]).problems
    assert told in problem.what
    assert "double.py:" in problem.where


def test_work_that_a_stub_took_the_place_of_is_kept(tiny: Course) -> None:
    """The copy of what was last graded is the only one then; and so is a file of another name."""
    path, work = tiny.exercise_path("double"), "def double(x, times=2):\n    return x * times\n"
    path.write_text(work)
    keep_work(tiny, "double")
    path.write_text(stub_of(tiny, "double"), newline="\r\n")
    path.with_suffix(".new").write_text("mine")
    (kept,) = write_stub(tiny, "double")
    assert kept.read_text() == work
    assert path.with_suffix(".new").read_text() == "mine"
    assert not write_stub(tiny, "double")


def test_work_that_was_graded_is_kept_beside_what_was_begun_in_its_place(tiny: Course) -> None:
    """A stub with a line of the learner's is kept, and so is what it took the place of."""
    path, work = tiny.exercise_path("double"), "def double(x, times=2):\n    return x * times\n"
    path.write_text(work)
    keep_work(tiny, "double")
    path.write_text(begun := f"{stub_of(tiny, 'double')}# begin again\n")
    assert [each.read_text() for each in write_stub(tiny, "double")] == [begun, work]
    path.write_text(work)
    keep_work(tiny, "double")
    assert [each.read_text() for each in write_stub(tiny, "double")] == [work]


def test_no_work_that_is_kept_takes_the_place_of_another(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two copies may be put aside in the same second."""
    monkeypatch.setattr(time, "strftime", lambda _: "now")
    path, works, kept = tiny.exercise_path("double"), ["DOUBLE = 1\n", "DOUBLE = 2\n"], list[Path]()
    for work in works:
        path.write_text(work)
        keep_work(tiny, "double")
        path.write_text(stub_of(tiny, "double") + "\n")
        kept += write_stub(tiny, "double")
    assert [each.read_text() for each in kept] == works


def test_what_has_passed_is_kept_whatever_is_graded_later(tiny: Course) -> None:
    """What was written into a stub that took its place may be graded before anybody notices."""
    path, work = tiny.exercise_path("double"), "def double(x, times=2):\n    return x * times\n"
    for text, has_passed in ((work, True), (work.replace("*", "+"), False)):
        path.write_text(text)
        keep_work(tiny, "double", has_passed)
    kept = tiny.root / ".grader/kept"
    assert (kept / "double.py").read_text() == text
    assert (kept / "double-passed.py").read_text() == work


def test_what_was_saved_while_it_was_graded_is_not_what_passed(tiny: Course) -> None:
    """The copy of what passed is left as it was: nobody knows which of the two texts that is."""
    path, work = tiny.exercise_path("double"), "def double(x, times=2):\n    return x * times\n"
    numbers = {"points": 8.0, "max_points": 8.0, "seed": 0}
    report: Any = SimpleNamespace(exercise="double", outcome=Outcome.PASSED, **numbers)
    with Progress(tiny.root) as progress:
        for text, is_later in ((work, False), (work[:30], True)):
            path.write_text(text)
            began = path.stat().st_mtime_ns
            record(tiny, progress, report, began - is_later)
    kept = tiny.root / ".grader/kept"
    assert (kept / "double-passed.py").read_text() == work
    assert (kept / "double.py").read_text() == work[:30]


@pytest.mark.skipif(os.name != "posix", reason="makes links")
def test_nothing_is_kept_of_what_lies_behind_a_link(tiny: Course, tmp_path: Path) -> None:
    """It was refused, so it is nobody's answer."""
    folder = tiny.exercise_path("double").parent
    shutil.rmtree(folder)
    elsewhere = tmp_path.with_name(f"{tmp_path.name}-elsewhere")
    elsewhere.mkdir()
    (elsewhere / "double.py").write_text("SECRET = 1\n")
    folder.symlink_to(elsewhere)
    keep_work(tiny, "double")
    assert not (tiny.root / ".grader/kept/double.py").exists()
