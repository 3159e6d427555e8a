"""Small changes of a reference, and whether a definition's cases notice them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from grader.authoring import bounded
from grader.authoring.mutants import Score, score_mutants
from grader.authoring.prove import prove
from grader.course.course import Course
from grader.errors import CourseError
from grader.exercise import Exercise
from tests.conftest import Ended
from tests.test_content import COURSE

SHIFT = '''"""Shift: add a bias to each feature."""

import numpy as np

from grader.exercise import Exercise, inputs

exercise = Exercise(hints=["Add."])


@exercise.reference
def double(x, bias=None):
    """Shift.

    Returns
    -------
    shifted : (..., n)
        As much as asked for.
    """
    if bias is None:
        return x
    return np.add(x, bias)


@exercise.case
def no_bias(rng):
    return inputs(rng.normal(size=2))
'''
BIAS = """

@exercise.case
def a_bias(rng):
    return inputs(rng.normal(size=2), bias=rng.normal(size=2))
"""
EQUAL = '\n\nexercise.equivalent("x, bias", "bias, x", "A sum is the same both ways round.")\n'
SMALL = ("softmax", "add_norm")


def scored(course: Course, text: str, seeds: Sequence[int] = range(2)) -> Score:
    """Return the score of a definition in the place of `double`."""
    course.solution_path("double").write_text(text)
    return score_mutants(course, "double", seeds)


def test_a_case_that_is_missing_is_asked_for(tiny: Course, grader: Callable[..., Ended]) -> None:
    """What no check notices is told with its line and in words, in 80 columns, exit 1."""
    tiny.solution_path("double").write_text(SHIFT)
    ended = grader("prove", "--mutants", "double")
    assert ended.code == 1
    line = SHIFT[: SHIFT.index("np.add(x")].count("\n") + 1
    told = " ".join(ended.out.split())
    place = f"solutions/numbers/double.py:{line}"
    assert f"{place}: a version without `bias` passes every check: is a case missing?" in told
    assert f"{place}: a version with `x` in the place of `np.add(x, bias)` passes" in told
    assert max(map(len, ended.out.splitlines())) <= 80
    assert "100 %" not in ended.out


def test_a_case_more_catches_them(tiny: Course, grader: Callable[..., Ended]) -> None:
    """Only what is equal in effect is left, and an annotation takes that out."""
    (left,) = scored(tiny, SHIFT + BIAS).survivors
    assert "`bias, x` in the place of `x, bias`" in left.what
    score = scored(tiny, SHIFT + EQUAL + BIAS)
    assert score.is_full and score.equivalent == 1
    ended = grader("prove", "--mutants", "double")
    assert ended.code == 0
    assert ended.out == "double: 100 % of 11 mutants caught, and 1 equal in effect\n"


def test_all_exercises_get_one_score_together(tiny: Course, grader: Callable[..., Ended]) -> None:
    """Without a name all are asked, one after the other; a quiz has nothing to ask."""
    ended = grader("prove", "--mutants")
    assert ended.code == 1
    first, *_, last, total = ended.out.splitlines()
    assert first == "double: 86 % of 23 mutants caught"
    assert last == "quadruple: 100 % of 1 mutant caught"
    assert total == "2 exercises: 87 % of 24 mutants caught"
    ended = grader("prove", "--mutants", "sums")
    assert ended.code == 2 and "a quiz has no mutants" in ended.err


def test_a_terminal_shows_how_far_it_is(
    tiny: Course, grader: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line, which is empty at the end; a file gets nothing of it."""
    assert grader("prove", "--mutants", "double").err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    lines = grader("prove", "--mutants", "double").err.split("\r\x1b[K")
    assert lines[1] == "double: 1 of 23 mutants"
    assert lines[-1] == ""


def test_any_change_of_a_piece_may_be_equal_in_effect(tiny: Course) -> None:
    """Without a `new`, an annotation is of all that is changed within it, and of nothing else."""
    whole = '\n\nexercise.equivalent("x, bias)", None, "Why not.")\n'
    assert scored(tiny, SHIFT + whole + BIAS).is_full
    less = '\n\nexercise.equivalent("(x,", None, "Why not.")\n'
    score = scored(tiny, SHIFT + less + BIAS)
    assert len(score.survivors) == len(score.problems) == 1


def test_a_default_may_be_equal_in_effect(tiny: Course) -> None:
    """What stands in the signature, and not in the body, is spoken of in the same way."""
    text = (SHIFT + EQUAL + BIAS).replace("bias=None):", "bias=None, longest=9):")
    text = text.replace("return x\n", "return x[..., :longest]\n")
    score = scored(tiny, text)
    changed = [each for each in score.survivors if "in the place of `9`" in each.what]
    assert changed
    annotation = '\n\nexercise.equivalent("longest=9", None, "Rows are shorter.")\n'
    better = scored(tiny, text + annotation)
    assert better.equivalent == score.equivalent + len(changed)
    assert {*better.survivors} == {*score.survivors} - {*changed}


@pytest.mark.parametrize(
    ("annotation", "told"),
    [
        ('"x, bias", "x, x", "Why not."', "is no version that passes every check: take it out"),
        ('"None", None, "Why not."', "is no version that passes every check: take it out"),
        ('"x - bias", "bias - x", "Why not."', "'x - bias' stands 0 times in the body of double"),
        ('"bias", "x", "Why not."', "'bias' stands 2 times in the body of double"),
        ('"x, bias", "x, (bias", "Why not."', "does not compile with 'x, (bias' in the place"),
        ('"x, bias", "x, (bias)", "Why not."', "double is the same code with"),
    ],
)
def test_an_annotation_that_matches_nothing_is_refused(
    tiny: Course, annotation: str, told: str
) -> None:
    """With its line; where it cannot even be made, by `prove` alone as well."""
    text = SHIFT + f"\n\nexercise.equivalent({annotation})\n" + BIAS
    score = scored(tiny, text)
    (problem,) = score.problems
    line = text[: text.index("exercise.equivalent")].count("\n") + 1
    assert problem.where == f"solutions/numbers/double.py:{line}"
    assert told in problem.what
    cannot_be = "cannot be" in problem.what
    assert cannot_be == any(told in each.what for each in prove(tiny, "double").problems)


def test_an_annotation_says_why_and_stands_below_a_reference() -> None:
    """As a mistake does, it belongs to the reference above."""
    exercise = Exercise(hints=["Look."])
    with pytest.raises(CourseError, match="stands above every reference"):
        exercise.equivalent("x", "y", "Why not.")
    exercise.reference(scored)
    with pytest.raises(CourseError, match="does not say why"):
        exercise.equivalent("x", "y", " ")


LOOP = """    n = 0
    while n < len(x):
        n += 1
    return x * n
"""
LISTED = """    found = []
    for each in x.tolist():
        found.append(each)
    return found
"""
LOOP_OF_C = "    return x * sum(itertools.repeat(1, len(x)))\n"


def with_body(body: str) -> str:
    """Return the definition with another body of its reference."""
    head, rest = SHIFT[: SHIFT.index("    if bias")], SHIFT[SHIFT.index("\n\n@exercise.case") :]
    return (head + body + rest).replace("import numpy", "import itertools\n\nimport numpy")


def test_a_mutant_that_loops_counts_as_caught(tiny: Course) -> None:
    """It is given up after so many steps of Python, and the others are run as well."""
    score = scored(tiny, with_body(LOOP))
    assert score.mutants > 20
    # One round more or less, and two at a time, are the same for the two numbers of the case.
    assert sorted(each.what.partition(" passes")[0] for each in score.survivors) == [
        "a version with `-1` in the place of `0`",
        "a version with `1` in the place of `0`",
        "a version with `2` in the place of `1`",
    ]


def test_a_mutant_that_puts_a_list_into_itself_counts_as_caught(tiny: Course) -> None:
    """Nothing can be compared with it, and nobody could hand it in."""
    score = scored(tiny, with_body(LISTED))
    assert score.mutants
    assert not [each for each in score.survivors if "`found`" in each.what]


def test_a_mutant_that_loops_in_c_is_ended_with_its_process(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an end, `repeat` takes no steps of Python; another process goes on behind it."""
    monkeypatch.setattr(bounded, "SECONDS", 1.0)
    tiny.solution_path("double").write_text(with_body(LOOP_OF_C))
    runs = list(bounded.run_bounded(tiny, "double", "mutants", [0]))
    assert any(run.stopped == "it takes more than 1 seconds" for run in runs)
    assert [run.number for run in runs] == list(range(runs[0].of))


def test_what_only_some_seeds_catch_is_a_survivor_under_the_others(tiny: Course) -> None:
    """Whoever is graded has one seed; an annotation that it is equal in effect is not true."""
    sometimes = BIAS.replace("bias=rng.normal(size=2)", "bias=rng.integers(2, size=1) * 1.0")
    score = scored(tiny, SHIFT + EQUAL + sometimes, range(8))
    (seeds,) = {each.seeds for each in score.survivors}
    assert 0 < len(seeds) < 8
    assert str(score.survivors[0]).endswith(f"(seed {', '.join(map(str, seeds))})")
    never = '\n\nexercise.equivalent("np.add(x, bias)", "x", "Not true.")\n'
    (problem,) = scored(tiny, SHIFT + never + sometimes, range(8)).problems
    assert "is no version that passes every check" in problem.what


def test_memory_that_is_not_filled_is_no_right_answer(tiny: Course) -> None:
    """What `np.empty` returns may be an earlier right answer; here it never is."""
    body = "    y = np.empty(x.shape)\n    y[:] = 3 * x\n    return y\n"
    score = scored(tiny, with_body(body), range(20))
    assert not [each for each in score.survivors if "without `y[:] = 3 * x`" in each.what]


@pytest.mark.parametrize("name", SMALL)
def test_small_exercises_catch_every_mutant(course: Course, name: str) -> None:
    """No slip in their references would go unnoticed."""
    assert score_mutants(course, name).is_full


@pytest.mark.wide
@pytest.mark.parametrize("name", COURSE.exercises)
def test_every_exercise_catches_every_mutant(course: Course, name: str) -> None:
    """No slip in a reference of the course would go unnoticed."""
    score = score_mutants(course, name)
    assert score.mutants >= 20
    assert (score.survivors, score.problems) == ((), ())
