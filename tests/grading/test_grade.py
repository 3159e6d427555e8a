"""The whole story on a small course: verdicts, blame, points and the mistakes named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.stubs import solution_text
from grader.course.course import Course, find_course
from grader.grading import merit
from grader.grading.batch import Job, Pool
from grader.grading.grade import exit_code, grade
from grader.learner.outside.sandbox import Sandbox
from grader.present.report_text import render_report
from grader.present.style import Style
from grader.records import Limits, Outcome, Report

Graded = Callable[..., Report]

RIGHT = """
def double(x, times=2):
    if times < 0:
        raise ValueError("no")
    return x + x * x.dtype.type(times - 1)
"""
LEANS = """
from exercises.numbers.double import double

def quadruple(x):
    return double(double(x))
"""


def checks(report: Report) -> dict[str, str]:
    """Return the outcome of every check by its name."""
    return {check.name: check.outcome.value for check in report.checks}


def message(report: Report, name: str) -> str:
    """Return what a check has to say."""
    return next(str(check.message) for check in report.checks if check.name == name)


def test_a_right_answer_gets_every_point(graded: Graded) -> None:
    """Another way of writing it is as good as the reference."""
    report = graded(RIGHT)
    assert report.outcome is Outcome.PASSED
    assert (report.points, report.max_points) == (8.0, 8.0)
    assert report.diagnosis == ()


def test_the_stub_is_not_attempted(tiny: Course, sandbox: Sandbox) -> None:
    """Whoever has not begun is told so, and nothing is held against them."""
    report = grade(tiny, "double", seed=1, sandbox=sandbox)
    assert report.outcome is Outcome.NOT_ATTEMPTED
    assert set(checks(report).values()) == {"skipped"}
    assert str(report.diagnosis[0].message) == (
        "Not attempted yet: write double in exercises/numbers/double.py."
    )


def test_a_mistake_is_named_with_its_message(graded: Graded) -> None:
    """Results that equal a known mistake's on every case are called by its name."""
    report = graded(RIGHT.replace("times - 1", "1").replace("times <", "0 * times <"))
    assert report.outcome is Outcome.FAILED
    assert checks(report)["two_numbers"] == "passed"
    report = graded(RIGHT.replace("(times - 1)", "(1)"))
    (named,) = report.diagnosis
    assert (named.kind, named.mistake) == ("mistake", "double.ignores_times")
    assert str(named.message) == "You always double.\n\nWhat is `times` for?"


def test_a_mistake_of_nobodys_is_not_named(graded: Graded) -> None:
    """A wrong answer that is no known mistake is told by its values alone."""
    report = graded("def double(x, times=2):\n    return x - times")
    assert report.outcome is Outcome.FAILED
    assert report.diagnosis == ()
    assert "2 of 2 entries differ" in message(report, "two_numbers")


def test_right_values_in_the_wrong_dtype_cost_one_check(graded: Graded) -> None:
    """The dtype is judged apart, with the usual cause in words, and its mistake is named."""
    report = graded(RIGHT.replace("x.dtype.type", "__import__('numpy').float64"))
    failed = [name for name, outcome in checks(report).items() if outcome != "passed"]
    assert failed == ["keeps_the_dtype"]
    assert "is float64 unless told otherwise" in message(report, "keeps_the_dtype")
    assert [d.mistake for d in report.diagnosis] == ["double.always_double_precision"]


def test_a_changed_input_costs_one_check(graded: Graded) -> None:
    """Writing into an argument is judged apart, and the argument is named."""
    source = RIGHT.replace("    return", "    x *= x.dtype.type(times)\n    return x\n    return")
    report = graded(source)
    failed = [name for name, outcome in checks(report).items() if outcome != "passed"]
    assert failed == ["leaves_its_inputs_alone"]
    assert "the call changed `x` of its caller" in message(report, "leaves_its_inputs_alone")
    assert [d.mistake for d in report.diagnosis] == ["double.works_in_place"]


def test_lists_belong_to_the_caller_too(course: Course, sandbox: Sandbox, tmp_path: Path) -> None:
    """Where there is no array among the arguments, a list that was emptied is still noticed."""
    path = tmp_path / "tokenization.py"
    solved = solution_text(course, "tokenization")
    path.write_text(solved.replace("    return ids", "    merges.clear()\n    return ids"))
    report = grade(course, "tokenization", path, seed=1, sandbox=sandbox)
    failed = [check.name for check in report.checks if not check.passed]
    assert failed == ["leaves_its_inputs_alone"]
    assert "the call changed `merges` of its caller" in message(report, failed[0])


def test_what_cannot_come_back_is_said(graded: Graded) -> None:
    """A value that is none of the course is described, and so is the trouble."""
    report = graded("def double(x, times=2):\n    return {object(): 3}")
    assert checks(report)["two_numbers"] == "failed"
    assert [str(d.message) for d in report.diagnosis] == [
        "Your `double` returns a dict or a set with an object in the place of a key, which is not a"
        " value of this course."
    ]


def test_a_mistake_with_right_values_is_not_named_for_wrong_ones(graded: Graded) -> None:
    """Wrong values and a lost dtype: the first is named, the second told by its own check."""
    source = "import numpy as np\ndef double(x, times=2):\n"
    source += "    if times < 0: raise ValueError\n    return x.astype(np.float64) * 2"
    report = graded(source)
    assert [d.mistake for d in report.diagnosis] == ["double.ignores_times"]
    assert checks(report)["keeps_the_dtype"] == "failed"


def test_a_crash_shows_the_learners_own_line(graded: Graded) -> None:
    """The message holds the exception, the place and the line itself; nothing of ours."""
    report = graded("def double(x, times=2):\n    return x @ x @ x")
    assert report.outcome is Outcome.CRASHED
    told = message(report, "two_numbers")
    assert told.startswith("ValueError, line 2: matmul")
    assert told.endswith("exercises/numbers/double.py:2 in double\n      return x @ x @ x")


@pytest.mark.parametrize(
    "words", ["no answer is kept for this call of anything", "no answer is known for double"]
)
def test_a_learners_words_are_not_taken_for_ours(graded: Graded, words: str) -> None:
    """Whatever an exception says, it is a crash in the learner's own line."""
    report = graded(f"def double(x, times=2):\n    raise RuntimeError({words!r})\n", "double")
    assert checks(report)["two_numbers"] == "crashed"
    assert f"RuntimeError, line 2: {words}" in message(report, "two_numbers")
    assert "double.py:2 in double" in message(report, "two_numbers")


def test_what_is_starred_is_what_was_counted(tiny: Course, graded: Graded) -> None:
    """In float32 an entry may be off by rounding; what the judge allows has no star."""
    source = (
        "import numpy as np\n"
        "def double(x, times=2):\n"
        "    if times < 0: raise ValueError\n"
        "    doubled = x * np.float32(times) if x.dtype == np.float32 else x * times\n"
        "    if x.dtype == np.float32:\n"
        "        doubled[1:] *= np.float32(1 + 5e-5)\n"
        "        doubled[0] += 1\n"
        "    return doubled\n"
    )
    report = graded(source, "double")
    assert "1 of 3 entries differ" in message(report, "single_precision")
    rendered = render_report(report, Style())
    assert rendered.count("*") == 1, rendered


def test_a_changed_signature_is_told_to_keep_to_the_stub(graded: Graded) -> None:
    """A parameter renamed has no line of the learner's to show, so the way out is said."""
    report = graded("def double(x, factor=2):\n    return x * factor")
    assert "Keep the parameters as they are in the stub" in message(report, "three_times")


def test_recursion_is_shown_once(graded: Graded) -> None:
    """Twenty equal frames are one line."""
    told = message(graded("def double(*given):\n    return double(*given)"), "two_numbers")
    assert told.count("double.py:2") == 1


def test_a_recursion_of_two_is_shown_once(graded: Graded) -> None:
    """Functions that call each other are two lines, whichever of them the limit is hit in."""
    source = (
        "def other(x):\n    return double(x)\ndef double(*given):\n    return other(*given[:1])"
    )
    told = message(graded(source), "two_numbers")
    assert told.count("double.py:2") == told.count("double.py:4") == 1


def test_the_same_error_in_the_same_line_is_what_is_diagnosed(graded: Graded) -> None:
    """Where all checks fail of one cause, that is what there is to say, with the line itself."""
    report = graded("import numpy as np\ndef double(x, times=2):\n    return np.add(x, [0] * 7)")
    (only,) = report.diagnosis
    assert (only.kind, only.function) == ("damage", "double")
    assert str(only.message).startswith("ValueError, line 3: operands could not be broadcast")
    assert str(only.message).endswith("return np.add(x, [0] * 7)")
    crashed = [check for check in report.checks if check.outcome is Outcome.CRASHED]
    causes = {check.cause for check in crashed if not check.hidden}
    assert causes == {("ValueError", "exercises/numbers/double.py", 3)}
    assert len({str(check.message) for check in report.checks}) > 2  # the shapes differ


def test_errors_of_several_causes_are_not_diagnosed_as_one(graded: Graded) -> None:
    """Two lines that fail are two causes, and neither explains all."""
    source = "def double(x, times=2):\n    if x.ndim == 2: return x.a\n    return x.b"
    assert graded(source).diagnosis == ()


def test_an_exception_of_another_type_than_wanted_is_no_crash(graded: Graded) -> None:
    """Where it should be refused and is, but in another way, that is what there is to say."""
    report = graded(RIGHT.replace("ValueError", "KeyError"))
    assert [str(each.message) for each in report.diagnosis] == [
        "Your `double` does not raise ValueError where it should."
    ]


def test_where_an_error_comes_is_said_with_it(graded: Graded) -> None:
    """A crash of some checks only is told with what these have in common, if there is that."""
    source = RIGHT.replace(
        "    return", '    if x.dtype == "float32": return x.nothing\n    return'
    )
    (only,) = graded(source).diagnosis
    assert str(only.message).startswith("AttributeError, line 5: 'numpy.ndarray' object has no")
    assert "float32" in str(only.message).rpartition("\n")[2]


def test_an_error_without_a_message_says_so(graded: Graded) -> None:
    """A failed assertion has nothing but its line."""
    report = graded("def double(x, times=2):\n    assert x is None")
    assert message(report, "two_numbers").startswith("AssertionError, line 2, without a message\n")


def test_what_takes_too_long_is_diagnosed_with_its_loop(graded: Graded) -> None:
    """The line that the loop begins with is named, wherever in it the clock ran out."""
    source = """
def double(x, times=2):
    n = 0
    while n < 5:
        for _ in range(3):
            n = min(n + 1,
                2)
    return x
"""
    report = graded(source, limits=Limits(seconds=0.8))
    (only,) = report.diagnosis
    assert str(only.message) == (
        "Your `double` takes too long: no answer within 0.4 seconds; it was still in the loop that"
        " begins in line 4\n  exercises/numbers/double.py:4 in double\n      while n < 5:"
    )
    hung = [check.cause for check in report.checks if check.outcome is Outcome.TIMED_OUT]
    assert hung == [("timed_out", "exercises/numbers/double.py", 4)] * 2


def test_a_wrong_answer_outweighs_a_crash(graded: Graded) -> None:
    """A file that is wrong here and crashes there is first of all wrong."""
    report = graded("def double(x, times=2):\n    return x * 3 if times == 2 else x / [][0]")
    assert report.outcome is Outcome.FAILED
    assert checks(report)["three_times"] == "crashed"


def test_an_error_that_is_wanted_must_come(graded: Graded) -> None:
    """A case that asks for an exception fails when a value comes, and says which it wants."""
    report = graded("def double(x, times=2):\n    return x * x.dtype.type(times)")
    assert checks(report)["refuses_less_than_nothing"] == "failed"
    told = message(report, "refuses_less_than_nothing")
    assert (
        told == "it returned an array of shape (2,); wanted a ValueError, in words of your own"
        " (the reference says: times must not be negative)"
    )


def test_a_hidden_case_tells_nothing_but_its_name(graded: Graded) -> None:
    """Inputs and values of a hidden case are not in the report."""
    report = graded("def double(x, times=2):\n    return x - times")
    hidden = next(check for check in report.checks if check.name == "many")
    assert hidden.evidence is None
    assert str(hidden.message) == "this check is hidden: its inputs are not shown"


def test_an_exception_in_a_hidden_case_rules_no_mistake_out(tiny: Course, graded: Graded) -> None:
    """Its words are taken away, and it speaks for the mistake all the same."""
    mistake = '''

@exercise.mistake
def adds_up_along_an_axis_that_is_not_there(x, times=2):
    """You add up along an axis that is not there."""
    return x.sum(axis=3)
'''
    path = tiny.solution_path("double")
    path.write_text(path.read_text() + mistake)
    report = graded("def double(x, times=2):\n    return x.sum(axis=3)")
    named = [each.mistake for each in report.diagnosis]
    assert named == ["double.adds_up_along_an_axis_that_is_not_there"]


@pytest.mark.parametrize(
    ("source", "outcome", "told"),
    [
        ("def double(x:\n", Outcome.CRASHED, "SyntaxError"),
        ("import nowhere", Outcome.CRASHED, "this course's exercises are all"),
        ("assert 1 == 2", Outcome.CRASHED, "Put trials of your own under `if __name__ =="),
        ("x = '\0'", Outcome.REFUSED, "py:1: the file holds a zero byte"),
        ("raise NotImplementedError", Outcome.NOT_ATTEMPTED, "Not attempted yet"),
        ("", Outcome.NOT_ATTEMPTED, "is empty"),
        ("def twice(x): pass", Outcome.FAILED, "no function called double. It defines twice"),
        ("#" * 2_000_000, Outcome.REFUSED, "larger than"),
    ],
)
def test_a_file_that_cannot_be_judged_says_why(
    graded: Graded, source: str, outcome: Outcome, told: str
) -> None:
    """Each way of not being an answer has its own outcome and message."""
    report = graded(source)
    assert report.outcome is outcome
    assert told in str(report.diagnosis[0].message)
    assert report.points == 0
    assert report.max_points == 8


def test_a_missing_file_is_not_attempted(tiny: Course, sandbox: Sandbox) -> None:
    """A deleted stub is named with its path and the command that brings it back."""
    tiny.exercise_path("double").unlink()
    report = grade(tiny, "double", sandbox=sandbox)
    assert report.outcome is Outcome.NOT_ATTEMPTED
    assert "no file exercises/numbers/double.py" in str(report.diagnosis[0].message)


def test_a_file_that_loads_for_ever_times_out(graded: Graded) -> None:
    """An endless loop outside of every function is a time-out as well."""
    report = graded("while True: pass", limits=Limits(seconds=0.3))
    assert report.outcome is Outcome.TIMED_OUT


def test_an_earlier_exercise_that_works_is_used(tiny: Course, graded: Graded) -> None:
    """A later exercise may lean on the learner's own earlier one."""
    tiny.exercise_path("double").write_text(RIGHT)
    report = graded(LEANS, "quadruple")
    assert report.outcome is Outcome.PASSED
    assert report.diagnosis == ()


@pytest.mark.parametrize(
    "earlier",
    [
        None,
        "def double(x, times=2):\n    raise NotImplementedError",
        "def double(x, times=2):\n    return x * 3",
        "def double(x",
        "import os\ndef double(x, times=2):\n    os._exit(1)",
    ],
)
def test_a_broken_earlier_exercise_costs_nothing(
    tiny: Course, graded: Graded, earlier: str | None
) -> None:
    """The reference stands in, the points are the exercise's own, and the blame is said."""
    if earlier is None:
        tiny.exercise_path("double").unlink()
    else:
        tiny.exercise_path("double").write_text(earlier)
    report = graded(LEANS, "quadruple")
    assert report.outcome is Outcome.PASSED
    (blame,) = report.diagnosis
    assert blame.kind == "blame"
    assert str(blame.message).startswith(
        "No fault was found here, but exercises/numbers/double.py does"
    )


@pytest.mark.parametrize(
    "slow",
    [
        "import time\ndef double(x, times=2):\n    time.sleep(9)\n    return x * times",
        "def double(x, times=2):\n    while True:\n        pass",
        "import time\ntime.sleep(9)\ndef double(x, times=2):\n    return x * times",
    ],
    ids=["slow", "endless", "slow to load"],
)
def test_a_slow_earlier_exercise_is_not_called_broken(
    tiny: Course, sandbox: Sandbox, slow: str
) -> None:
    """There was no time to find out, and nobody loses a point by it."""
    tiny.exercise_path("double").write_text(slow)
    tiny.exercise_path("quadruple").write_text(LEANS)
    report = grade(tiny, "quadruple", seed=1, limits=Limits(seconds=0.8), sandbox=sandbox)
    assert report.outcome is Outcome.PASSED
    (blame,) = report.diagnosis
    assert "with exercises/numbers/double.py the time ran out" in str(blame.message)
    assert "does not work" not in str(blame.message)
    assert "so you lose no points for it here" in str(blame.message)


@pytest.mark.parametrize("judged", [True, None])
def test_what_passes_and_takes_the_time_of_others_is_not_called_broken(
    tiny: Course, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, judged: bool | None
) -> None:
    """It may be quick enough for its own checks, and not for all calls of a later exercise."""
    slow = "import time\ndef double(x, times=2):\n    time.sleep(9)\n    return x * times"
    monkeypatch.setattr(merit, "_file_passes", lambda *_: judged)
    tiny.exercise_path("double").write_text(slow)
    tiny.exercise_path("quadruple").write_text(LEANS)
    report = grade(tiny, "quadruple", seed=1, limits=Limits(seconds=0.8), sandbox=sandbox)
    assert report.outcome is Outcome.PASSED
    assert "what is slow may still be right" in str(report.diagnosis[0].message)


def test_what_is_slow_and_wrong_is_called_wrong(tiny: Course, sandbox: Sandbox) -> None:
    """One answer that is wrong says enough."""
    wrong = "def double(x, times=2):\n    while x.ndim > 1: pass\n    return x * 3"
    tiny.exercise_path("double").write_text(wrong)
    tiny.exercise_path("quadruple").write_text(LEANS)
    report = grade(tiny, "quadruple", seed=1, limits=Limits(seconds=2), sandbox=sandbox)
    assert "exercises/numbers/double.py does not work yet" in str(report.diagnosis[0].message)


def test_both_to_blame_are_both_named(tiny: Course, graded: Graded) -> None:
    """With the earlier one broken, the later one's own mistake is still found."""
    tiny.exercise_path("double").write_text("def double(x, times=2):\n    return x * 3")
    report = graded(LEANS.replace("double(double(x))", "double(x)"), "quadruple")
    assert report.outcome is Outcome.FAILED
    blame, named = report.diagnosis
    assert "exercises/numbers/double.py does not work yet" in str(blame.message)
    assert named.mistake == "quadruple.doubles_once"


def test_blame_survives_when_no_point_is_left(tiny: Course, graded: Graded) -> None:
    """A broken earlier exercise is named even if the later one gains nothing by the stand-in."""
    tiny.exercise_path("double").write_text("def double(x, times=2):\n    raise KeyError")
    report = graded(LEANS.replace("double(double(x))", "double(x) * 0"), "quadruple")
    assert report.points == 0
    assert report.diagnosis[0].kind == "blame"


def test_an_innocent_earlier_exercise_is_not_blamed(tiny: Course, graded: Graded) -> None:
    """Calling a right exercise wrongly is one's own fault, and keeps the exception's own type."""
    tiny.exercise_path("double").write_text(RIGHT)
    report = graded(LEANS.replace("double(x)", "double(x, 2, 3)"), "quadruple")
    assert [diagnosis.kind for diagnosis in report.diagnosis] == ["damage"]
    assert message(report, "two_numbers").startswith("TypeError, line 5: double() takes")


def test_a_right_exercise_that_is_called_wrongly_is_not_where_to_look(
    tiny: Course, graded: Graded
) -> None:
    """An error that comes up in an earlier file is told with the line that called into it."""
    tiny.exercise_path("double").write_text(RIGHT)
    report = graded(LEANS.replace("double(double(x))", "double(x.tolist())"), "quadruple")
    (only,) = report.diagnosis
    assert str(only.message).splitlines() == [
        "AttributeError, line 5: 'list' object has no attribute 'dtype'",
        "  exercises/numbers/quadruple.py:5 in quadruple",
        "      return double(x.tolist())",
        "  exercises/numbers/double.py:5 in double: raised there",
    ]
    assert {check.cause[-1] for check in report.checks if check.cause} == {5}


@pytest.mark.parametrize("giant", ["np.zeros(2000)", "np.zeros((300, 300))", "x, 10**9"])
def test_a_stand_in_makes_nothing_large(tiny: Course, graded: Graded, giant: str) -> None:
    """What a learner's code asks of a reference cannot use up the trusted side's memory."""
    source = LEANS.replace("double(double(x))", f"double({giant})")
    report = graded(f"import numpy as np\n{source}", "quadruple")
    assert report.outcome is Outcome.CRASHED
    assert "double was given something too large" in message(report, "two_numbers")


def test_a_later_exercise_never_stands_in(tiny: Course, graded: Graded) -> None:
    """An exercise cannot borrow the reference of itself or of a later one."""
    source = "from exercises.numbers.quadruple import quadruple\n"
    source += "def double(x, times=2):\n    return quadruple(x) / 2"
    report = graded(source)
    assert report.outcome is Outcome.CRASHED
    assert report.points == 0


def test_the_graders_own_fault_is_told_apart(tiny: Course, sandbox: Sandbox) -> None:
    """A reference that fails costs the learner nothing and is reported as ours."""
    path = tiny.solution_path("double")
    path.write_text(path.read_text().replace("return x * x", "return x * y"))
    report = grade(tiny, "double", sandbox=sandbox)
    assert report.outcome is Outcome.GRADER_ERROR
    assert "the reference fails on the case two_numbers: NameError" in str(
        report.diagnosis[0].message
    )
    assert exit_code([report]) == 3


def test_one_broken_definition_does_not_stop_the_others(tiny: Course, sandbox: Sandbox) -> None:
    """Of several exercises each has its report, whatever happens to another."""
    tiny.solution_path("double").write_text("1 / 0")
    tiny.exercise_path("quadruple").write_text("def quadruple(x):\n    return 4 * x")
    jobs = [Job("double"), Job("quadruple")]
    outcomes = [report.outcome for _, report in Pool(tiny, sandbox).grade(jobs)]
    assert outcomes[0] is Outcome.GRADER_ERROR
    assert len(outcomes) == 2


def test_a_seed_repeats_the_inputs(graded: Graded, sandbox: Sandbox) -> None:
    """The same seed gives the same report; another one other inputs."""
    source = "def double(x, times=2):\n    return x - times"
    first, again = graded(source), graded(source)
    assert message(first, "three_times") == message(again, "three_times")
    other = grade(find_course(Path.cwd()), "double", seed=2, sandbox=sandbox)
    assert message(first, "three_times") != message(other, "three_times")


def test_exit_codes() -> None:
    """Nothing left to do is 0; anything else is not yet."""
    assert exit_code([]) == 0


@pytest.mark.parametrize("body", ['raise ValueError("TODO")', "pass", "a, b = ()"])
def test_a_refusal_alone_gets_no_point(graded: Graded, body: str) -> None:
    """Points are for what was shown: without a right value, nothing was refused."""
    report = graded(f"def double(x, times=2):\n    {body}\n", "double")
    assert report.points == 0, report.checks


@pytest.mark.parametrize(
    "refusal",
    ["if times < 0 or times == 3: raise ValueError", "if times != 2:\n        raise ValueError"],
)
def test_a_refusal_of_too_much_is_a_refusal(graded: Graded, refusal: str) -> None:
    """What it refuses by mistake costs its own check, and no other."""
    source = f"def double(x, times=2):\n    {refusal}\n    return x * x.dtype.type(times)\n"
    found = checks(graded(source, "double"))
    assert found["three_times"] == "crashed"
    assert found["refuses_less_than_nothing"] == "passed"


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\ndef double(x, times=2):\n    return x * np.random.normal()\n",
        "seen = []\ndef double(x, times=2):\n    seen.append(1)\n    return x * len(seen) * 7\n",
    ],
)
def test_what_changes_by_itself_is_told(graded: Graded, source: str) -> None:
    """Whatever else fits by chance, it is not said."""
    (diagnosis,) = graded(source, "double").diagnosis
    assert "gives something else when it is called again" in str(diagnosis.message)


def test_chance_accuses_no_earlier_exercise(tiny: Course, graded: Graded) -> None:
    """An answer that is never the same differs with references in place of imports, too."""
    tiny.exercise_path("double").write_text(RIGHT)
    source = (
        "import numpy as np\nfrom exercises.numbers.double import double\n"
        "def quadruple(x):\n    chance, noise = np.random.rand(), np.random.normal()\n"
        "    return double(double(x)) * (1 if chance < 0.5 else noise)\n"
    )
    for _ in range(8):
        said = " ".join(str(each.message) for each in graded(source, "quadruple").diagnosis)
        assert "double.py" not in said


def test_an_accident_is_no_refusal(graded: Graded) -> None:
    """The exception that a check wants does not count if it comes where a value is wanted."""
    source = (
        "import numpy as np\n"
        "def double(x, times=2):\n"
        "    if times == 2: return x * x.dtype.type(times)\n"
        "    a, b = x[:, 0] if x.ndim > 2 else x[:0]\n"
    )
    report = graded(source, "double")
    assert checks(report)["two_numbers"] == "passed"
    assert checks(report)["refuses_less_than_nothing"] == "crashed"
