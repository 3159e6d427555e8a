"""Answer keys are run, and warnings are given for what makes a question guessable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.course import Course
from grader.learner.outside.sandbox import Sandbox
from grader.quiz.proving import proof
from grader.quiz.proving.coverage import coverage
from grader.quiz.proving.lint import warnings_of
from grader.quiz.proving.proof import key_problems
from grader.quiz.reading import load as load_module
from tests.conftest import Ended
from tests.quiz.samples import DOCUMENTS, SAMPLE, load

Grader = Callable[..., Ended]
HEAD = "quiz: sample\ntitle: T\nquestions:\n"
SHAPE = """\
- id: one
  ask: Shape of Q @ K.T for Q (B, T, D)?
  shape: (B, T, T)
  proof: |
    B, T, D = 2, 3, 5
    np.ones((B, T, D)) @ np.ones((B, D, T))
"""
PRINTS = "- id: one\n  ask: What?\n  code: |\n    print(1 + 1)\n  prints: 2\n"
NUMBER = """\
- id: one
  vars: {d: [256, 512], h: [4, 8]}
  ask: How wide is each of {h} heads of {d}?
  answer: "{d} / {h}"
  proof: np.ones(({d}, 1)).reshape({h}, -1).shape[1]
"""


def test_right_keys_are_proved(tmp_path: Path, sandbox: Sandbox) -> None:
    """Of every kind: printed lines, shapes, numbers with all their values."""
    assert key_problems(load(tmp_path, SAMPLE), sandbox) == ()
    for text in (SHAPE, PRINTS, NUMBER):
        assert key_problems(load(tmp_path, HEAD + text), sandbox) == ()
    tuples = SHAPE.replace("@ np.ones((B, D, T))", "@ np.ones((B, D, T)), 1").replace(
        "np.ones((B, T, D)) @ np.ones((B, D, T)), 1", "np.ones((B, T, T)).shape"
    )
    assert key_problems(load(tmp_path, HEAD + tuples), sandbox) == ()
    batched = SHAPE.replace("(B, T, T)\n", "(..., T, T)\n")
    assert key_problems(load(tmp_path, HEAD + batched), sandbox) == ()


@pytest.mark.parametrize(
    ("text", "old", "new", "message"),
    [
        (PRINTS, "prints: 2", "prints: 3", "the code prints '2', and the key says '3'"),
        (PRINTS, "print(1 + 1)", "print(x)", "the code of one fails: NameError: name 'x' is not"),
        (PRINTS, "print(1 + 1)", "1 + 1", "the code of one fails: it prints nothing"),
        (PRINTS, "print(1 + 1)", "print(1 +", "the code is not Python: '(' was never closed"),
        (PRINTS, "print(1 + 1)", "raise SystemExit", "the code of one fails: SystemExit"),
        (PRINTS, "print(1 + 1)", 'exit("no\\nquiz x: proved")', "SystemExit: no quiz x: proved"),
        (
            SHAPE,
            "shape: (B, T, T)",
            "shape: (B, T, D)",
            "comes to the shape (2, 3, 3), and the key",
        ),
        (SHAPE, "shape: (B, T, T)", "shape: (T, T)", "comes to the shape (2, 3, 3), and the key"),
        (SHAPE, "np.ones((B, T, D)) @", "x =", "the last line of a proof is an expression"),
        (SHAPE, "B, T, D = 2, 3, 5", "T, D = 3, 5", "the code of one fails: NameError: name 'B'"),
        (NUMBER, '"{d} / {h}"', '"{d} * {h}"', "the proof comes to 64, and the answer '1,024'"),
    ],
)
def test_a_wrong_key_is_told(
    tmp_path: Path, text: str, old: str, new: str, message: str, sandbox: Sandbox
) -> None:
    """With the line of its question, what it comes to, and what the key says."""
    assert old in text
    problems = key_problems(load(tmp_path, HEAD + text.replace(old, new)), sandbox)
    assert problems
    assert problems[0].startswith("sample.yaml:4: ")
    assert message in problems[0]


def test_code_that_does_not_end_is_told(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is ended, and nobody waits as long as for code that takes its time."""
    monkeypatch.setattr(proof, "_SECONDS", 0)
    text = PRINTS.replace("print(1 + 1)", "while 1: 1")
    (problem,) = key_problems(load(tmp_path, HEAD + text), sandbox)
    assert "the code of one fails: no answer within" in problem


def test_a_size_must_be_whole(tmp_path: Path, sandbox: Sandbox) -> None:
    """Whatever values are drawn, there is an array of that shape."""
    text = "- id: one\n  vars: {d: [6, 7]}\n  ask: Which {d}?\n  shape: (2, {d} / 2)\n"
    (problem,) = key_problems(load(tmp_path, HEAD + text), sandbox)
    assert "comes to 3.5: no array has that" in problem


def test_prove_takes_quizzes_too(tiny: Course, grader: Grader) -> None:
    """By name, all with `quizzes`, and with everything else; a wrong key is exit 1, a fault 2."""
    assert grader("prove", "sums").out == "quiz sums: proved, 2 questions\n"
    assert grader("prove", "quizzes").code == 0
    assert grader("prove").out.splitlines()[-1] == "quiz sums: proved, 2 questions"
    path = tiny.root / "quizzes/sums.yaml"
    path.write_text(path.read_text() + PRINTS.replace("prints: 2", "prints: 3"))
    ended = grader("prove", "sums")
    assert ended.code == 1
    assert "quizzes/sums.yaml:20: the code prints '2', and the key says '3'" in ended.out
    path.write_text(path.read_text().replace("right: two", "rigth: two"))
    ended = grader("prove", "quizzes")
    assert ended.code == 2
    assert "quizzes/sums.yaml:8:5: a choice has no key 'rigth'. Write 'right'." in ended.out
    ended = grader("prove", "sum")
    assert ended.code == 2
    assert "there is no exercise or quiz called 'sum'\nDid you mean sums?" in ended.err


def test_coverage_counts_the_questions_of_each_section(tiny: Course, grader: Grader) -> None:
    """Every section of every document, those without a question as well."""
    (tiny.root / "quizzes/documents.yaml").write_text(
        "paper: {title: A paper, sections: [Introduction, Sums]}\n"
    )
    path = tiny.root / "quizzes/sums.yaml"
    cited = "practise: double\n  source: {document: paper, section: Sums}"
    path.write_text(path.read_text().replace("practise: double", cited))
    ended = grader("prove", "quizzes", "--coverage")
    assert ended.code == 0
    assert ended.out.splitlines()[2:] == [
        "    1  citations of paper",
        "    0  Introduction",
        "    1  Sums",
        "",
        "    1  citations in all; 1 of 2 sections have none",
    ]


def test_coverage_counts_a_question_on_each_of_its_sections(tmp_path: Path) -> None:
    """One that rests on two sections counts on both."""
    text = HEAD + PRINTS + "  source: [{document: paper, section: Introduction}, "
    quiz = load(tmp_path, text + "{document: paper, section: Attention}]\n")
    counts = [covered.questions for covered in coverage([quiz], DOCUMENTS)]
    assert counts == [1, 1]


CHOICES = """\
- id: one
  ask: Over which axis is softmax taken?
  choices:
  - right: keys
  - wrong: queries
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("right: keys", "right: the keys, since each query shares out its weight", "longest by"),
        ("  - wrong: queries", "".join(f"  - wrong: {i}\n" for i in range(5)), "there are 6 ch"),
        ("wrong: queries", "wrong: none of the above", "'none of the above' is shuffled among"),
        ("wrong: queries", "wrong: All of these.", "'All of these.' is shuffled among"),
        ("wrong: queries", "wrong: B", "'B' looks like the letter of a choice"),
        ("is softmax taken?", "is softmax not taken?", "asks for what is NOT so, in small letters"),
        ("taken?\n", "taken?\n  picture: " + "░" * 39 + "\n", "a picture is 39 columns wide"),
        ("taken?\n", "taken?\n  code: " + "a + " * 20 + "a\n", "a line of code is 81 columns wide"),
    ],
)  # fmt: skip
def test_what_makes_a_question_weak_is_a_warning(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    """The habits that research on writing questions warns of; the quiz can be used all the same."""
    (warning,) = warnings_of(load(tmp_path, HEAD + CHOICES.replace(old, new)))
    assert warning.startswith("sample.yaml:4: ")
    assert message in warning


@pytest.mark.parametrize("answer", ["order: [B, T, z]", "match: {batch: B, time: T}"])
def test_steps_and_pairs_that_look_like_letters_are_warned_of(tmp_path: Path, answer: str) -> None:
    """What is offered by letters has more than a letter, however it is asked for."""
    question = f"- id: one\n  ask: Which axes are these?\n  {answer}\n"
    (warning,) = warnings_of(load(tmp_path, HEAD + question))
    assert "'B' looks like the letter of a choice" in warning


def test_two_steps_to_be_put_in_order_are_warned_of(tmp_path: Path) -> None:
    """The right order is never offered, and there is only one other."""
    question = "- id: one\n  ask: What comes first?\n  order: [scores, softmax]\n"
    (warning,) = warnings_of(load(tmp_path, HEAD + question))
    assert "two steps are never offered in their order" in warning
    assert warnings_of(load(tmp_path, HEAD + question.replace("[", "[mask, "))) == ()


def test_a_good_question_is_not_warned_of(tmp_path: Path) -> None:
    """Neither is an emphasised NOT, nor one outside of what is asked."""
    assert warnings_of(load(tmp_path, HEAD + CHOICES)) == ()
    for ask in ("Which axis is it NOT?", "A mask is not given. Which axis is it?"):
        text = CHOICES.replace("Over which axis is softmax taken?", ask)
        assert warnings_of(load(tmp_path, HEAD + text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("Both A and B", "(a) and (b)", "Only a", "a only", "A, B and C", "neither a nor b"),
        *("neither of the two above", "Both of the above", "The first two", "the last two choices"),
        *("Either of these", "all these", "All of them", "None of these.", "Options 1 and 2"),
        *("All the above", "None of the others", "none of the choices is right", "Answer (b)"),
        *("None is correct", "everything above", "The first and the third", "Same as above"),
        *("the choices above", "1) and 2)"),
    ],
)
def test_a_choice_that_names_others_is_warned_of(tmp_path: Path, text: str) -> None:
    """In all usual wordings, for choices are shuffled; not where they keep their order."""
    choices = CHOICES + f"  - wrong: {text!r}\n  - wrong: none\n"
    (warning,) = warnings_of(load(tmp_path, HEAD + choices))
    assert f"{text!r} is shuffled among the others" in warning
    assert warnings_of(load(tmp_path, HEAD + choices + "  shuffle: false\n")) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("Both", "Both languages", "all of the tokens", "None of the weights", "1 and 100"),
        *("The first layer", "only the last row", "neither the keys nor the queries", "None"),
        *("all three heads", "2 and 3", "the first two layers", "any number", "B and D"),
    ],
)
def test_a_choice_that_means_something_else_is_not_warned_of(tmp_path: Path, text: str) -> None:
    """Words that stand in such choices stand in others, too."""
    asked = CHOICES.replace("is softmax taken?", "is softmax taken, for Q (B, T, D)?")
    choices = asked + f"  - wrong: {text!r}\n  - wrong: axes\n"
    assert warnings_of(load(tmp_path, HEAD + choices)) == ()


COMPARISON = PRINTS.replace("1 + 1", "2 > 1").replace("prints: 2", "prints: 'True'")
TRUTH = "- id: one\n  ask: Is it?\n  answer: false\n"
LINE = """\
- id: one
  ask: Which line is wrong?
  choices:
  - {}: Line 1
  - {}: Line 2
"""


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        ([COMPARISON] * 5, "5 questions print one comparison, and all print True"),
        ([TRUTH] * 4, "4 statements are to be judged, and all are false"),
        (
            [LINE.format("wrong", "right")] * 3 + [LINE.format("right", "wrong")] * 2,
            "of 5 questions about a line of a program, Line 2 is right in 3",
        ),
        (
            [LINE.format("wrong", "right").replace("Line", "Row") + "  shuffle: false\n"] * 3
            + [LINE.format("right", "wrong").replace("Line", "Row") + "  shuffle: false\n"],
            "of 4 questions whose choices keep their order, place 2 is right in 3",
        ),
    ],
)  # fmt: skip
def test_what_is_always_the_same_is_warned_of(
    tmp_path: Path, questions: list[str], message: str
) -> None:
    """Whoever notices it answers unread: across a file, with what to do."""
    named = "".join(text.replace("id: one", f"id: q{n}") for n, text in enumerate(questions))
    (warning,) = warnings_of(load(tmp_path, HEAD + named))
    assert warning.startswith("sample.yaml:4: ")
    assert message in warning
    few = "".join(text.replace("id: one", f"id: q{n}") for n, text in enumerate(questions[:3]))
    assert warnings_of(load(tmp_path, HEAD + few)) == ()


def test_habits_show_across_quizzes(tiny: Course, grader: Grader) -> None:
    """Two files may each look fair, and be the same answer together."""
    contents = tiny.root / "course.yaml"
    contents.write_text(contents.read_text().replace("[sums]", "[sums, more]"))
    truth = "- {{id: {0}, ask: Is {0} it?, answer: true}}\n"
    for name in ("sums", "more"):
        questions = "".join(truth.format(f"{name}-{n}") for n in range(3))
        text = f"quiz: {name}\ntitle: T\nquestions:\n{questions}"
        (tiny.root / f"quizzes/{name}.yaml").write_text(text)
    ended = grader("prove", "quizzes")
    assert ended.code == 0
    assert "all quizzes together\n  warning: quizzes/sums.yaml:4: 6 statements are" in ended.out
    assert "warning" not in grader("prove", "sums").out


def test_no_more_is_proved_than_may_be_drawn(
    tiny: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of all quizzes together: what is too much is told as soon as it was read."""
    contents = tiny.root / "course.yaml"
    contents.write_text(contents.read_text().replace("[sums]", "[sums, more, most]"))
    for name in ("sums", "more", "most"):
        text = HEAD.replace("sample", name) + NUMBER.replace("id: one", f"id: {name}")
        (tiny.root / f"quizzes/{name}.yaml").write_text(text)
    monkeypatch.setattr(load_module, "MOST_WAYS", 9)
    ended = grader("prove", "quizzes")
    assert ended.code == 2 and "can be drawn in more than 9 ways" in ended.err
    assert ended.out.count("proved, 1 questions") == 2


def test_the_right_choice_that_is_always_first_is_warned_of(tmp_path: Path) -> None:
    """From four questions on, for a file of answers does not shuffle."""
    four = "".join(CHOICES.replace("id: one", f"id: q{i}") for i in range(4))
    (warning,) = warnings_of(load(tmp_path, HEAD + four))
    assert "stands in place 1 of every question" in warning


def test_a_long_list_of_letters_is_read_once(tmp_path: Path) -> None:
    """What joins them can be read in one way each; else each would double the time."""
    choices = "- id: one\n  ask: Which?\n  choices:\n  - right: {}\n  - wrong: no\n"
    letters = " and ".join("A" * 60)
    few = warnings_of(load(tmp_path, HEAD + choices.format(f"{letters} and x")))
    assert not any("other" in warning for warning in few)
    assert warnings_of(load(tmp_path, HEAD + choices.format("A, and B")))


def test_a_size_has_a_value_for_each_that_may_be_drawn(tmp_path: Path, sandbox: Sandbox) -> None:
    """Else nobody can be right who draws another."""
    text = "- id: one\n  vars: {n: [2, 0]}\n  ask: What?\n  shape: (T // {n}, T)\n"
    (problem,) = key_problems(load(tmp_path, HEAD + text), sandbox)
    assert "the size 'T // 0' cannot be worked out" in problem


def test_sizes_are_worked_out_within_bounds(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They multiply with the values that may be drawn; the same size is worked out once."""
    shape = "- id: one\n  vars: {d: [4, 6, 8]}\n  ask: What?\n  shape: (%s)\n"
    monkeypatch.setattr(proof, "MAX_SIZES", 30)
    assert not key_problems(load(tmp_path, HEAD + shape % ", ".join(["2 * {d}"] * 9)), sandbox)
    sizes = ", ".join(f"{n} * {{d}}" for n in range(1, 9))
    (problem,) = key_problems(load(tmp_path, HEAD + shape % sizes), sandbox)
    assert "sample.yaml:4: the sizes of this quiz come to more than" in problem
