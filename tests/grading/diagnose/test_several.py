"""Several mistakes in one function, told together: on checks, and on probes made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

import numpy as np
import pytest

from grader.course.course import Course
from grader.course.sketches import sketch
from grader.exercise import Exercise, inputs
from grader.exercise.edits import are_apart, edit_of, edited
from grader.grading.compare import Tolerance
from grader.grading.diagnose.composed import Put, compose
from grader.grading.diagnose.constants import guesses
from grader.grading.diagnose.digits import lost_digits
from grader.grading.diagnose.evidence import agree, evidence, fingerprint
from grader.grading.diagnose.explain import diagnose
from grader.grading.diagnose.features import features_of
from grader.grading.diagnose.hypotheses import BOTH
from grader.grading.diagnose.probes import MOST_BYTES, drawn_probes
from grader.grading.examiner import draw_paper
from grader.grading.trials import Paper, Trial, bind, call_trusted
from grader.records import Answer, Diagnosis, Inputs, Returned, Value
from tests.conftest import paper_of


def told(course: Course, name: str, function: str, *mistakes: str) -> tuple[Diagnosis, ...]:
    """Return the diagnosis of whoever makes known mistakes, all of them at once."""
    paper = draw_paper(course, name, 1)
    reference = paper.definition.references[function]
    known = paper.examiner.hypotheses
    every = [h for kind in ("mistake", "inherited") for h in known(paper, function, kind)]
    puts = [next(h.put for h in every if h.name == mistake) for mistake in mistakes]
    run = compose(reference, puts)
    assert run is not None

    def ask(asked: str, trials: Sequence[Trial]) -> Sequence[Answer]:
        return [run(trial) for trial in trials]

    return diagnose(paper, answers_of(paper, function, run), ask=ask)


def answers_of(paper: Paper, function: str, run: Callable[[Trial], Answer]) -> list[Answer]:
    """Return answers to a paper that are right but for one function's."""
    return [run(t) if t.case.function == function else t.wanted for t in paper.trials]


@pytest.mark.parametrize(
    ("name", "mistakes"),
    [
        ("layer_norm", ("layer_norm.divides_by_d_minus_one", "layer_norm.multiplies_the_bias_too")),
        (
            "encoder_block",
            (
                "encoder_block.exchanges_the_norms",
                "multi_head_attention.forgets_all_biases",
                "encoder_block.keeps_the_mask_to_itself",
            ),
        ),
        (
            "decoder_block",
            (
                "decoder_block.asks_with_x",
                "attention.does_not_scale",
                "decoder_block.ignores_the_memory_mask",
            ),
        ),
    ],
)
def test_mistakes_made_at_once_are_all_named(
    course: Course, name: str, mistakes: tuple[str, ...]
) -> None:
    """However many they are, in one function or in its parts."""
    (only,) = told(course, name, name, *mistakes)
    assert only.mistake is not None
    assert set(only.mistake.split(BOTH)) == set(mistakes)
    assert "at once" in str(only.message)
    assert "not explained" not in str(only.message)


def test_a_constant_of_ones_own_is_told_with_its_value(course: Course) -> None:
    """No author is needed for another eps, or for a number that should be minus infinity."""
    paper = draw_paper(course, "layer_norm", 1)
    reference = paper.definition.references["layer_norm"]

    def own_eps(x: Value, gain: Value, bias: Value, eps: float = 1e-5) -> Value:
        return reference(x, gain, bias, 1e-3)

    answers = answers_of(paper, "layer_norm", lambda t: call_trusted(own_eps, t.inputs))
    (only,) = diagnose(paper, answers)
    assert only.kind == "relation"
    assert "`eps` were always 0.001" in str(only.message)


def test_guesses_are_about_numbers_options_and_sizes(course: Course) -> None:
    """They are found in signatures and sources, and each can be put in place."""
    paper = draw_paper(course, "attention_scores", 1)
    reference = paper.definition.references["scaled_dot_scores"]
    words = [guess.words for guess in guesses(reference)]
    assert "the root of `n_query` stood where that of `d_k` does" in words
    assert all(compose(reference, [guess.put]) for guess in guesses(reference))


def test_edits_of_one_function_are_made_together_unless_they_meet(course: Course) -> None:
    """What two edits have in common with the reference is in no edit's way."""

    def double(x: Value, times: Value = 2) -> Value:
        """Double."""
        return (x * times, x + times)

    one = edit_of(double, "x * times, x", "x / times, x", "here")
    other = edit_of(double, "times, x + times", "times, x - times", "here")
    assert are_apart([one, other])
    assert edited(double, one, other)(6, 2) == (3, 4)
    assert not are_apart([one, edit_of(double, "x * times", "x ** times", "here")])
    whole = Put(double, implementation=lambda x, times=2: x)
    assert compose(double, [whole, Put(double, edit=one)]) is None


def test_probes_are_plain_and_all_answered(course: Course) -> None:
    """The first has no feature left; the checks have many."""
    paper = draw_paper(course, "encoder_block", 1)
    reference = paper.definition.references["encoder_block"]
    probes = paper.examiner.probes(paper, "encoder_block")
    assert not features_of(reference, bind(reference, probes[0].inputs))
    names = {
        f.name for t in paper.trials for f in features_of(reference, bind(reference, t.inputs))
    }
    assert {"mask", "activation", "attention bias", "norm_2 gain", "batch axes"} <= names
    assert all(isinstance(probe.wanted, Returned) for probe in probes)
    assert all(probe.case.points == 0 for probe in probes)


@pytest.mark.parametrize(
    ("parts", "most"),
    [
        ({f"layer_{n}": {"w": np.zeros(2)} for n in range(40)}, 300),
        ({f"layer_{n}": {"w": np.zeros(2), "gain": np.zeros(2)} for n in range(400)}, 700),
        ({f"layer_{n}": {"w": np.zeros(2)} for n in range(1001)}, 0),
    ],
    ids=["switches", "features", "parts"],
)
def test_not_all_subsets_of_what_may_be_left_out_are_tried(
    monkeypatch: pytest.MonkeyPatch, parts: dict[str, Value], most: int
) -> None:
    """Zeros without zeros are the same call: none of these is a probe more."""
    tried: list[bytes] = []
    monkeypatch.setattr(
        "grader.grading.diagnose.probes._fingerprint",
        lambda arguments: tried.append(b"") or _no_more_than(most, tried),
    )
    exercise = Exercise(hints=["Add."])

    @exercise.reference
    def total(parts: Value) -> float:
        return 0.0

    @exercise.case
    def all_zeros(rng: np.random.Generator) -> Inputs:
        return inputs(parts)

    drawn_probes(paper_of(exercise.define("total", "u", "total.py", "Total."), 1), "total")
    assert len(tried) <= most


def paper_with(weights: Value) -> Paper:
    """Return a paper of a function that is given a dict in a dict."""
    exercise = Exercise(hints=["Add."])

    @exercise.reference
    def total(parts: Value) -> float:
        return 0.0

    @exercise.case
    def some(rng: np.random.Generator) -> Inputs:
        return inputs({"layer": {"w": weights}})

    return paper_of(exercise.define("total", "u", "total.py", "Total."), 1)


def test_no_probes_are_made_of_large_arguments() -> None:
    """Up to so many of them are kept at once."""
    assert drawn_probes(paper_with(np.ones(MOST_BYTES // 8 - 100)), "total")
    assert not drawn_probes(paper_with(np.ones(MOST_BYTES // 8)), "total")


def test_of_the_bytes_of_probes_hashes_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tells them apart does not take their place once more."""
    hashed: list[int] = []

    def sha(body: bytes) -> Any:
        hashed.append(len(body))
        return sha256(body)

    monkeypatch.setattr("grader.grading.diagnose.probes.sha256", sha)
    assert 1 < len(drawn_probes(paper_with(np.ones(9)), "total")) <= len(hashed)


def _no_more_than(most: int, tried: list[bytes]) -> bytes:
    assert len(tried) <= most
    return b"the same"


@pytest.mark.parametrize("step", [1e-12, 1e-3])
def test_a_sketch_is_recognised_by_what_is_near(step: float) -> None:
    """It knows an answer that differs by rounding, and none that differs in one entry."""
    rng = np.random.default_rng(5)
    value = (rng.normal(size=(3, 4)), np.array([np.nan, 1.0, -np.inf]), {"a": 1})
    other = (value[0].copy(), value[1].copy(), {"a": 1})
    other[0][1, 2] += step
    inputs = Inputs((), {})
    near = agree(Returned(other, inputs), Returned(sketch(value), inputs), Tolerance())
    assert near is (step < 1e-8)
    moved = (value[0], value[1][::-1].copy(), {"a": 1})
    assert not agree(Returned(moved, inputs), Returned(sketch(value), inputs), Tolerance())
    assert sketch(value) == sketch(value)
    assert sketch((value[0][None], *value[1:])).outline != sketch(value).outline


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda x: x.astype(np.float16), "as many digits as float16 has"),
        (lambda x: x.round(3), "to 3 digits after the point"),
        (lambda x: (10 * x).astype(int) // 10, None),
        (lambda x: x.astype(int), "cuts its results to whole numbers"),
    ],
)
def test_lost_digits_are_told(
    course: Course, change: Callable[[Value], Value], words: str | None
) -> None:
    """What is right but for its digits is told as that."""
    paper = draw_paper(course, "layer_norm", 1)
    reference = paper.definition.references["layer_norm"]

    def narrow(x: Value, gain: Value, bias: Value, eps: float = 1e-5) -> Value:
        return change(reference(x, gain, bias, eps))

    found = diagnose(paper, [call_trusted(narrow, trial.inputs) for trial in paper.trials])
    said = " ".join(str(each.message) for each in found)
    assert (words or "") in said


def test_numbers_too_large_for_a_narrow_float_have_lost_no_digits() -> None:
    """They are compared without a word of NumPy's about what overflows."""
    assert lost_digits(np.array([1e39, 2.0]), np.array([1e39, 2.5])) is None


def test_numbers_too_large_to_be_rounded_are_evidence() -> None:
    """Their fingerprint is that of infinity, and there is no word of NumPy's about it."""
    inputs = Inputs((), {})
    large, infinite = (Returned(np.array([1.0, each]), inputs) for each in (1e305, np.inf))
    assert fingerprint(large) == fingerprint(infinite)
    assert evidence(large, infinite, Tolerance()) > 0


def test_a_list_of_truths_says_as_much_as_an_array_of_them() -> None:
    """Each by itself is nothing; which are true, and which are not, is no accident."""
    yours, right = [True, False, True, True], [True, False, False, True]
    for make in (list, tuple, np.array):
        theirs, wanted = (Returned(make(each), Inputs((), {})) for each in (yours, right))
        assert evidence(theirs, wanted, Tolerance()) >= 2, make
        assert evidence(theirs, theirs, Tolerance()) == 0
    every = Returned([True] * 4, Inputs((), {}))
    assert evidence(every, Returned(right, Inputs((), {})), Tolerance()) == 0


def test_an_order_that_an_author_does_not_mind_hides_no_mistake() -> None:
    """What the check allows of the right answer's order, it is of a mistake's: and no other one."""

    def two_first(answer: Value, *_: Value) -> str | None:
        return None if sorted(answer[:2]) == [1, 2] and answer[2:] == [3] else "no"

    near = Tolerance(allows=two_first, right=[1, 2, 3])
    ours = Returned([1.5, 2.5, 3.5], Inputs((), {}))
    assert agree(Returned([2.5, 1.5, 3.5], Inputs((), {})), ours, near)
    assert not agree(Returned([1.5, 3.5, 2.5], Inputs((), {})), ours, near)
    assert not agree(Returned([2.5, 1.5, 3.5], Inputs((), {})), ours, Tolerance())


def squares(numbers: list[int]) -> list[int]:
    """Square numbers."""
    return [n * n for n in numbers]


def doubles(numbers: list[int]) -> list[int]:
    """You double."""
    return [2 * n for n in numbers]


@pytest.mark.parametrize(("explained", "is_told"), [(1, False), (2, True), (4, True)])
def test_what_most_checks_speak_against_is_no_fact(explained: int, is_told: bool) -> None:
    """A number or two may be those of a mistake by chance, where it explains hardly anything."""
    exercise = Exercise(hints=["?"])
    exercise.reference(squares)
    for number in range(3, 7):

        def draw(rng: object, number: int = number) -> Inputs:
            return inputs([number, number + 1])

        draw.__name__ = f"case_{number}"
        exercise.case(draw)
    exercise.mistake(doubles)
    paper = paper_of(exercise.define("e", "u", "e.py", "A lesson."), 1)
    answers: list[Answer] = [Returned([0.25, 0.75], trial.inputs) for trial in paper.trials]
    for n, trial in enumerate(paper.trials[:explained]):
        answers[n] = Returned(doubles(*trial.inputs.args), trial.inputs)
    assert [each.mistake for each in diagnose(paper, answers)] == ["e.doubles"] * is_told


def test_one_entry_of_another_list_is_an_accident() -> None:
    """Two are none: as it is with numbers."""
    short, longer = Returned(["a"], Inputs((), {})), Returned(["a", "c"], Inputs((), {}))
    wanted = Returned(["a", "b", "c"], Inputs((), {}))
    assert evidence(short, wanted, Tolerance()) == 1
    assert evidence(longer, wanted, Tolerance()) == 2
