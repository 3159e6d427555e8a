"""Beyond a function's own mistakes: those of its parts, two at once, relations, and damage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.course.course import Course
from grader.exercise import Exercise, inputs
from grader.exercise.definition import Definition
from grader.grading.diagnose.explain import diagnose
from grader.grading.diagnose.outputs import MOST_SIZES, output_changes
from grader.grading.diagnose.parts import parts_of
from grader.grading.examiner import draw_paper, load_definition
from grader.grading.trials import call_trusted, replaced
from grader.records import Diagnosis, Inputs, Value
from tests.conftest import paper_of


def explained(
    definition: Definition, function: Callable[..., Value], course: Course | None = None
) -> tuple[Diagnosis, ...]:
    """Return the diagnosis of an implementation of the definition's last function."""
    paper = paper_of(definition, 1, course)
    name = list(definition.references)[-1]
    answers = [
        call_trusted(function, trial.inputs) if trial.case.function == name else trial.wanted
        for trial in paper.trials
    ]
    return diagnose(paper, answers)


@pytest.fixture(scope="module")
def scores() -> Definition:
    """Return an exercise about scaled products of two sequences, with a mask."""
    exercise = Exercise(hints=["Multiply."])

    @exercise.reference
    def products(query: Any, key: Any, mask: Any = None) -> Any:
        """Multiply.

        Parameters
        ----------
        query : (..., n, d)
            One.
        key : (..., m, d)
            The other.

        Returns
        -------
        products : (..., n, m)
            All.
        """
        found = query @ key.swapaxes(-1, -2) / query.shape[-1]
        return found if mask is None else np.where(mask, found, 0.0)

    def pair(rng: np.random.Generator, *shape: int) -> tuple[Any, Any]:
        return rng.normal(size=shape), rng.normal(size=shape)

    @exercise.case
    def plain(rng: np.random.Generator) -> Inputs:
        return inputs(*pair(rng, 4, 3))

    @exercise.case
    def wider(rng: np.random.Generator) -> Inputs:
        return inputs(*pair(rng, 4, 6))

    @exercise.case(tags=("batch",))
    def batches(rng: np.random.Generator) -> Inputs:
        return inputs(*pair(rng, 2, 4, 5))

    @exercise.case(tags=("mask",))
    def masked(rng: np.random.Generator) -> Inputs:
        return inputs(*pair(rng, 4, 3), mask=rng.random((4, 4)) < 0.7)

    return exercise.define("products", "unit", "path", "lesson")


def right(query: Any, key: Any, mask: Any = None) -> Any:
    """Do it right, for wrong ones to be made of."""
    found = query @ key.swapaxes(-1, -2) / query.shape[-1]
    return found if mask is None else np.where(mask, found, 0.0)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda q, k, mask=None: right(q, k), "without `mask`"),
        (lambda q, k, mask=None: right(q, k, None if mask is None else ~mask), "is inverted"),
        (lambda q, k, mask=None: right(q, k, None if mask is None else mask.T), "transposed"),
        (lambda q, k, mask=None: right(k, q, mask), "`query` and `key` are exchanged"),
        (lambda q, k, mask=None: right(q, q, mask), "`query` is used in the place of `key`"),
        (lambda q, k, mask=None: right(q, k, mask) * q.shape[-1], "d times the right result"),
        (lambda q, k, mask=None: right(q, k, mask) * q.shape[-1] ** 0.5, "√d times the right"),
        (lambda q, k, mask=None: -right(q, k, mask), "with its sign changed"),
        (lambda q, k, mask=None: right(q, k, mask)[..., ::-1], "its last axis reversed"),
        (lambda q, k, mask=None: np.roll(right(q, k, mask), 1, -1), "one place later"),
        (lambda q, k, mask=None: right(q, k, mask)[None], "too many in front"),
        (lambda q, k, mask=None: np.exp(right(q, k, mask)), "the exponential of the right"),
    ],
)
def test_a_relation_is_recognised(
    scores: Definition, wrong: Callable[..., Value], told: str
) -> None:
    """The right function of something else is told as that, without an author."""
    messages = [str(each.message) for each in explained(scores, wrong) if each.kind == "relation"]
    assert any(told in message for message in messages), messages


def test_a_size_that_is_always_the_same_is_no_factor() -> None:
    """One and a half is 3 / (3 - 1), and anything else: nobody can tell which was meant."""
    exercise = Exercise(hints=["Add."])

    @exercise.reference
    def total(x: Any) -> Any:
        """Add.

        Parameters
        ----------
        x : (n,)
            Numbers.

        Returns
        -------
        total : ()
            All of them.
        """
        return np.asarray(x.sum())

    @exercise.case
    def three(rng: np.random.Generator) -> Inputs:
        return inputs(rng.normal(size=3))

    @exercise.case
    def another_three(rng: np.random.Generator) -> Inputs:
        return inputs(rng.normal(size=3))

    definition = exercise.define("total", "unit", "path", "lesson")
    assert not explained(definition, lambda x: np.asarray(1.5 * x.sum()))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            lambda q, k, mask=None: right(q, k, mask) + (mask is not None),
            "without a mask and wrong",
        ),
        (lambda q, k, mask=None: right(q, k, mask) + (q.ndim > 2), "wrong with batch axes"),
        (lambda q, k, mask=None: right(q, k, mask).tolist(), "returns a list where an array"),
        (lambda q, k, mask=None: {"w": right(q, k, mask)}, "returns a dict where an array"),
        (lambda q, k, mask=None: None, "returns nothing"),
        (lambda q, k, mask=None: q[0, "x"], "IndexError: only integers, slices"),
        (
            lambda q, k, mask=None: np.sort(right(q, k, mask), None).reshape(right(q, k).shape),
            "holds the right numbers at other places",
        ),
    ],
)
def test_damage_is_described_where_nothing_explains_it(
    scores: Definition, wrong: Callable[..., Value], told: str
) -> None:
    """What the failing cases share is said, as a description and not as a cause."""
    (only,) = explained(scores, wrong)
    assert only.kind == "damage"
    assert told in str(only.message)


def test_a_right_answer_is_explained_by_nothing(scores: Definition) -> None:
    """There is nothing to say on what is right."""
    assert explained(scores, right) == ()


def test_a_part_with_a_mistake_is_named(course: Course) -> None:
    """An encoder block with a layer norm that divides by d - 1 is told so, unwritten."""
    block, norm = (load_definition(course, name) for name in ("encoder_block", "layer_norm"))
    (mistake,) = [m for m in norm.mistakes if m.name == "leaves_eps_out"]

    def wrong(*args: Value, **kwargs: Value) -> Value:
        with replaced(norm.references["layer_norm"], mistake.implementation):
            return block.references["encoder_block"](*args, **kwargs)

    named = [each for each in explained(block, wrong, course) if each.kind == "inherited"]
    assert any(each.mistake and each.mistake.endswith(".leaves_eps_out") for each in named), named


def test_two_at_once_are_both_named(course: Course) -> None:
    """A mistake of one part and one of another are found together."""
    attention = load_definition(course, "attention")
    block = load_definition(course, "multi_head_attention")
    heads = load_definition(course, "multi_head")
    (unscaled,) = [m for m in attention.mistakes if m.name == "does_not_scale"]
    (refilled,) = [m for m in heads.mistakes if m.name == "merges_without_transposing"]

    def wrong(*args: Value, **kwargs: Value) -> Value:
        with (
            replaced(attention.references["attention"], unscaled.implementation),
            replaced(heads.references["merge_heads"], refilled.implementation),
        ):
            return block.references["multi_head_attention"](*args, **kwargs)

    found = [each.mistake or "" for each in explained(block, wrong, course)]
    assert any(" + " in name for name in found), found


def test_a_part_is_not_blamed_for_what_it_was_not_given(course: Course) -> None:
    """Keeping eps from the norm looks like a norm that ignores it, and is told as what it is."""
    definition = load_definition(course, "add_norm")
    norm = load_definition(course, "layer_norm").references["layer_norm"]

    def wrong(x: Any, output: Any, gain: Any, bias: Any, eps: float = 1e-5) -> Any:
        return x + norm(output, gain, bias)

    (told,) = explained(definition, wrong, course)
    assert told.mistake == "add_norm.normalises_before_adding + add_norm.keeps_eps_to_itself"
    assert told.kind == "mistake"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            lambda weights, scores: weights + 0.1 * (scores.min() < -5000),
            "`masked_softmax` fails only where numbers are very large or very low",
        ),
        (
            lambda weights, scores: np.concatenate([weights[..., :1], weights[..., 1:] + 1], -1),
            "right at some keys",
        ),
    ],
)
def test_damage_is_told_in_the_words_of_the_exercise(
    course: Course, wrong: Callable[..., Value], told: str
) -> None:
    """What cases share comes first, and an axis is called what the docstring calls it."""
    definition = load_definition(course, "masking")
    masked_softmax = definition.references["masked_softmax"]
    answer = lambda scores, mask=None: wrong(masked_softmax(scores, mask), scores)  # noqa: E731
    (only,) = explained(definition, answer)
    assert (only.kind, told in str(only.message)) == ("damage", True), str(only.message)


def test_a_replaced_part_is_put_back(course: Course) -> None:
    """Whatever happens meanwhile, the references are themselves again afterwards."""
    softmax = load_definition(course, "softmax").references["softmax"]
    masking = load_definition(course, "masking").references["masked_softmax"]
    before = masking(np.eye(3))
    with pytest.raises(ZeroDivisionError), replaced(softmax, lambda *a, **k: 1 / 0):
        masking(np.eye(3))
    np.testing.assert_array_equal(masking(np.eye(3)), before)


def test_only_parts_that_are_called_are_tried(course: Course) -> None:
    """A feed-forward layer is no part of attention."""
    paper = draw_paper(course, "attention", seed=1)
    exercises = {part.exercise for part in parts_of(paper, "attention", course)}
    assert "masking" in exercises
    assert "feed_forward" not in exercises


def test_few_of_the_sizes_that_a_docstring_names_are_tried() -> None:
    """Each of them makes relations that are tried on every trial."""
    exercise = Exercise(hints=["Add."])

    @exercise.reference
    def total(x: Value) -> float:
        return 0.0

    @exercise.case
    def short(rng: np.random.Generator) -> Inputs:
        return inputs(np.zeros([1] * (MOST_SIZES + 1), np.int8))

    @exercise.case
    def longer(rng: np.random.Generator) -> Inputs:
        return inputs(np.zeros([2] * (MOST_SIZES + 1), np.int8))

    def changes(sizes: int) -> int:
        symbols = ", ".join(f"n{n}" for n in range(sizes))
        total.__doc__ = f"Add.\n\nParameters\n----------\nx : array, ({symbols})\n    The numbers."
        paper = paper_of(exercise.define("total", "u", "total.py", "Total."), 1)
        return sum(1 for _ in output_changes(paper, "total"))

    assert changes(1) < changes(MOST_SIZES) == changes(MOST_SIZES + 1)
