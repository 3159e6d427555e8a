"""Writing a definition: what belongs to what, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.errors import CourseError
from grader.exercise import Exercise, inputs
from grader.exercise.docstrings import docstring_of
from grader.records import Inputs, Value


def identity(x: Value) -> Value:
    """Return x."""
    return x


def one(rng: Value) -> Inputs:
    """Draw one number."""
    return inputs(rng.random())


def begun() -> Exercise:
    """Return an exercise with a reference and a case."""
    exercise = Exercise(hints=["Look at it."])
    exercise.reference(identity)
    exercise.case(one)
    return exercise


def test_cases_and_mistakes_belong_to_the_reference_above_them() -> None:
    """Nothing is named twice: the place in the file says what checks what."""
    exercise = begun()

    @exercise.reference
    def second(x: Value) -> Value:
        return x

    @exercise.case(points=2, hidden=True)
    def another(rng: Value) -> Inputs:
        return inputs(1)

    @exercise.mistake
    def forgets(x: Value) -> None:
        """You forget."""

    @exercise.picture
    def drawn() -> list[Value]:
        """See."""
        return []

    definition = exercise.define("name", "unit", "path", "lesson")
    assert [case.function for case in definition.cases] == ["identity", "second"]
    assert definition.cases[1].points == 2
    assert [mistake.function for mistake in definition.mistakes] == ["second"]
    assert [picture.function for picture in definition.pictures] == ["second"]


def test_a_case_above_every_reference_is_refused() -> None:
    """An author who begins with a case is told where and what to do."""
    with pytest.raises(CourseError, match=r"(?s)test_exercise.py:\d+: one stands above.*Move it"):
        Exercise().case(one)


def test_a_definition_without_cases_is_refused() -> None:
    """A reference that nothing checks is no exercise."""
    exercise = Exercise()
    exercise.reference(identity)
    with pytest.raises(CourseError, match=r"test_exercise.py:\d+: identity has no cases"):
        exercise.define("name", "unit", "path", "lesson")


def test_a_definition_without_reference_or_lesson_is_refused() -> None:
    """Each lack has a message of its own."""
    with pytest.raises(CourseError, match="path: this definition has no reference"):
        Exercise().define("name", "unit", "path", "lesson")
    with pytest.raises(CourseError, match="path:1: this definition has no lesson"):
        begun().define("name", "unit", "path", " ")


def test_a_mistake_and_a_picture_need_a_message() -> None:
    """Without a docstring they could tell nobody anything."""
    with pytest.raises(CourseError, match=r"test_exercise.py:\d+: this mistake has no message"):
        begun().mistake(lambda x: x)
    with pytest.raises(CourseError, match="has no docstring"):
        begun().picture(lambda: [])


@pytest.mark.parametrize("decorate", [lambda e: e.case, lambda e: e.mistake, lambda e: e.picture])
def test_a_name_is_used_once(decorate: Callable[[Exercise], Callable[..., Value]]) -> None:
    """Two cases, mistakes or pictures of one name could not be told apart."""
    exercise = begun()
    decorate(exercise)(identity)
    with pytest.raises(CourseError, match="the name identity is used twice"):
        decorate(exercise)(identity)


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        (None, r"test_exercise.py:\d+: the case one has an unknown tag: empty\nThere are: batch, "),
        ({"full": "unless it is full"}, r"unknown tag: empty\nThere are: .*, full, .*, small\."),
    ],
)
def test_an_unknown_tag_is_refused(tags: dict[str, str] | None, told: str) -> None:
    """Who mistypes one is told which there are, and how to add one."""
    exercise = Exercise(hints=["Look at it."], tags=tags)
    exercise.reference(identity)
    exercise.case(tags=["mask", "empty"])(one)
    with pytest.raises(CourseError, match=told) as refused:
        exercise.define("name", "unit", "path", "lesson")
    assert 'Exercise(tags={"empty": "unless ..."})' in str(refused.value)


def test_an_author_may_add_a_tag() -> None:
    """It comes first: it says more than the tags that all courses have."""
    exercise = Exercise(hints=["Look at it."], tags={"empty": "unless a list is empty"})
    exercise.reference(identity)
    exercise.case(tags=["mask", "empty"])(one)
    definition = exercise.define("name", "unit", "path", "lesson")
    assert list(definition.all_tags)[:2] == ["empty", "mask"]
    assert definition.all_tags["empty"].right == "unless a list is empty"


@pytest.mark.parametrize("points", [-1, 2_000_000, float("nan")])
def test_a_case_takes_no_points_away(points: float) -> None:
    """Less than nothing is refused, with its place, and so is more than a release may have."""
    exercise, said = begun(), rf"test_exercise.py:\d+: the case other is worth {points}"
    with pytest.raises(CourseError, match=said):

        @exercise.case(points=points)
        def other(rng: Value) -> Inputs:
            return inputs(1)


def test_a_docstring_gives_results_and_sizes() -> None:
    """Returns has each result's name and shape, Parameters where to find each size."""

    def attend(query: Value, key: Value, mask: Value = None) -> Value:
        """Attend.

        Parameters
        ----------
        query : (..., n_query, d)
            What asks.
        key : (..., n_key, d)
            What is found.
        mask : bool (..., n_query, n_key) or None
            Who may look.

        Returns
        -------
        output : (..., n_query, d_v)
            Weighted values.
        weights : array of bool, (..., n_query, n_key)
            Weights.
        count : int
            How many.

        Notes
        -----
        ids : (n,)
        """

    said = docstring_of(attend)
    assert said.results == (
        ("output", "(..., n_query, d_v)"),
        ("weights", "(..., n_query, n_key)"),
        ("count", ""),
    )
    assert said.sizes == {"n_query": ("query", -2), "d": ("query", -1), "n_key": ("key", -2)}
    assert said.shapes["mask"] == ("...", "n_query", "n_key")
    assert docstring_of(one) == ((), {}, {})
    one.__doc__, wanted = f" \n{attend.__doc__}", docstring_of(attend)
    assert docstring_of(one) == wanted
    one.__doc__ = " \n" * 300_000 + str(attend.__doc__)  # a line off the front at a time is slow
    assert docstring_of(one) == wanted


def f(x: float) -> float:
    """Return it."""
    return x


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (lambda e: Exercise(hints="Add."), r"hints is one text.*\n.*hints=\['Add.'\]"),
        (lambda e: Exercise(without="numpy.power"), r"without=\['numpy.power'\]"),
        (lambda e: Exercise(rtol="1e-3"), "rtol is '1e-3', which is no number"),
        (lambda e: e.case(tags="option")(f), r"tags is one text.*\n.*tags=\['option'\]"),
        (lambda e: e.case(raises="KeyError")(f), "exception itself: raises=KeyError"),
        (lambda e: e.case(memory=2**20)(f), "memory is 1048576, and is to be bytes with words"),
        (lambda e: e.case(points="2")(f), "points is '2', which is no number"),
        (lambda e: e.case("three"), "@exercise.case is given 'three', and takes the function"),
        (lambda e: e.reference(print=True)(f), r"knows no print\n.*changes, prints, yields"),
    ],
)
def test_what_is_given_is_of_the_right_kind(slip: Any, told: str) -> None:
    """In words of ours, with the line of whoever gave it, and not Python's about our code."""
    exercise = Exercise(hints=["?"])
    exercise.reference(f)
    with pytest.raises(CourseError, match=told) as failure:
        slip(exercise)
    assert Path(str(failure.value.where).rpartition(":")[0]).name == "test_exercise.py"
