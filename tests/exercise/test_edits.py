"""A mistake as one edit of the reference: what it does, and what is refused."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable

import pytest

from grader.authoring.prove import prove
from grader.course.course import Course
from grader.errors import CourseError
from grader.exercise import Exercise, inputs
from grader.exercise.definition import Definition, Mistake
from grader.grading.examiner import load_definition
from grader.records import Inputs, Report, Value


def halved(x: Value) -> Value:
    """Return half of x."""
    return x / 2


def scaled(x: Value, by: Value = 3) -> Value:
    """Halve and multiply by `by`, which is 3 if nobody says more."""
    half = halved(x)  # by calling another one
    return half * by


def one(rng: Value) -> Inputs:
    """Draw one number."""
    return inputs(rng.random())


def begun() -> Exercise:
    """Return an exercise with a reference and a case."""
    exercise = Exercise(hints=["Look at it."])
    exercise.reference(scaled)
    exercise.case(one)
    return exercise


def line() -> int:
    """Return the number of the line that calls this."""
    frame = inspect.currentframe()
    assert frame
    assert frame.f_back
    return frame.f_back.f_lineno


def only_mistake(exercise: Exercise) -> Mistake:
    """Return the one mistake of an exercise."""
    (mistake,) = exercise.define("name", "unit", "path", "lesson").mistakes
    return mistake


def test_an_edit_takes_name_and_message_of_the_function_below() -> None:
    """It is a mistake like any other, and its place is that of the edit."""
    exercise, before = begun(), line()

    @exercise.edit("half * by", "half + by")
    def adds() -> None:
        """You add.

        Multiply.
        """

    mistake = only_mistake(exercise)
    assert (mistake.name, mistake.function) == ("adds", "scaled")
    assert mistake.message == "You add.\n\nMultiply."
    assert mistake.where == f"{__file__}:{before + 2}"
    assert mistake.implementation(4, by=5) == 7


def test_an_edit_may_be_given_its_message() -> None:
    """A name is made of its first sentence, six words of it at most."""
    exercise, before = begun(), line()
    exercise.edit(
        "half * by",
        "half + by",
        """You add `by`. That

        is all.
        """,
    )
    exercise.edit(" * by", "", "You never look at what it is multiplied by, do you?")
    exercise.edit("* by", "* 3", "Three, always.", name="takes_three")
    first, *others = exercise.define("name", "unit", "path", "lesson").mistakes
    assert first.message == "You add `by`. That\n\nis all."
    assert first.where == f"{__file__}:{before + 1}"
    assert [m.name for m in (first, *others)] == [
        "you_add_by",
        "you_never_look_at_what_it",
        "takes_three",
    ]
    assert [m.implementation(4, by=5) for m in (first, *others)] == [7, 2, 6]


def test_an_edited_function_lives_in_the_module_of_its_reference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It has the line numbers of the file, finds names as they are now, and leaves none there."""
    exercise = begun()
    exercise.edit("half * by", "half - by", "You subtract.")
    function = inspect.unwrap(only_mistake(exercise).implementation)
    assert function.__code__.co_filename == __file__
    assert function.__code__.co_firstlineno == scaled.__code__.co_firstlineno
    assert scaled(4) == 6
    monkeypatch.setitem(globals(), "halved", lambda x: 10 * x)
    assert function(4) == 37


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("half / by", "half", "'half / by' stands 0 times in the body of scaled"),
        ("half", "whole", "'half' stands 2 times in the body of scaled"),
        ("by` is", "x", "stands 0 times"),  # the docstring has it
        ("= 3", "= 4", "stands 0 times"),  # the signature has it
        ("half * by", "half * (by", r"does not compile with 'half \* \(by' in the place of"),
        ("half * by", "half\n\n\nby = 3", "does not compile .*: it goes on below the function"),
        ("half * by", "(half  *  by)", "scaled is the same code"),
        ("by calling another one", "itself", "scaled is the same code"),
    ],
)
def test_an_edit_that_makes_no_mistake_is_refused(old: str, new: str, told: str) -> None:
    """The piece is there once, and what comes of it is another function.

    Whoever is right waits for none of this: it is looked at when mistakes are made.
    """
    exercise, before = begun(), line()
    exercise.edit(old, new, "You ...")
    definition = exercise.define("name", "unit", "path", "lesson")
    with pytest.raises(CourseError, match=told) as refused:
        definition.make_mistakes()
    assert str(refused.value).startswith(f"{__file__}:{before + 1}: ")


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda e: e.edit("half *", "half +", "  "), "this mistake has no message"),
        (lambda e: e.edit("half *", "half +", "You add.", name="two words"), "cannot be the name"),
        (lambda e: e.edit("half *", "half +", "2 are added."), "'2_are_added' cannot be the name"),
        (lambda e: e.edit("half *", "half +", "You add.", name="taken"), "taken is used twice"),
        (lambda e: Exercise().edit("a", "b", "You ..."), "you stands above every reference"),
    ],
)
def test_an_edit_needs_a_message_and_a_name_of_its_own(
    edit: Callable[[Exercise], None], told: str
) -> None:
    """As a mistake does that is written out."""
    exercise = begun()
    exercise.edit("half *", "half -", "You subtract.", name="taken")
    with pytest.raises(CourseError, match=rf"{re.escape(__file__)}:\d+: .*{told}"):
        edit(exercise)


def test_an_edit_that_nobody_explains_is_refused() -> None:
    """Without a function below and without a message it would be no mistake at all."""
    exercise, before = begun(), line()
    exercise.edit("half *", "half +")
    with pytest.raises(CourseError, match=f":{before + 1}: this edit has no message"):
        exercise.define("name", "unit", "path", "lesson")


EDITED = """@exercise.edit("dtype.type(times)", "dtype.type(abs(times) + 1)")
def adds_one_to_times():
    \"\"\"You count one too many.\"\"\"


@exercise.mistake
def ignores_times("""


@pytest.fixture
def edited(tiny: Course) -> Definition:
    """Let `double` have a mistake that is an edit."""
    path = tiny.solution_path("double")
    text = path.read_text()
    path.write_text(text.replace("@exercise.mistake\ndef ignores_times(", EDITED))
    return load_definition(tiny, "double")


def test_an_edit_is_proved_and_named_like_any_mistake(
    edited: Definition, tiny: Course, graded: Callable[..., Report]
) -> None:
    """Whoever makes it is told so, here and where a later exercise builds on it."""
    assert prove(tiny, "double").is_sound
    report = graded("def quadruple(x):\n    return 9 * x", "quadruple")
    assert [d.mistake for d in report.diagnosis] == ["double.adds_one_to_times"]
    report = graded(
        "def double(x, times=2):\n"
        "    if times < 0:\n        raise ValueError\n"
        "    return (x * (times + 1)).astype(x.dtype)"
    )
    assert [d.mistake for d in report.diagnosis] == ["double.adds_one_to_times"]


def test_a_part_of_an_edit_may_have_a_mistake_too(
    tiny: Course, graded: Callable[..., Report]
) -> None:
    """What an edited function calls is replaced as it is in the reference."""
    path = tiny.solution_path("quadruple")
    path.write_text(
        path.read_text()
        + """

exercise.edit("double(double(x))", "double(double(x)) + 1", "You add one.", name="adds_one")
"""
    )
    report = graded("def quadruple(x):\n    return 8 * x**4 + 1", "quadruple")
    assert [d.mistake for d in report.diagnosis] == ["quadruple.adds_one + double.squares"]
