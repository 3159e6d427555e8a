"""Names as people type them: paths, abbreviations, functions, words of a lesson, slips."""

from __future__ import annotations

import pytest

from grader.authoring.release import release
from grader.course.course import Course, read_course
from grader.course.names import Subject, meant
from grader.errors import UsageError

SUBJECTS = {
    "softmax": Subject(("softmax",)),
    "masking": Subject(("causal_mask", "padding_mask", "masked_softmax")),
    "attention": Subject(("attention",)),
    "self_attention": Subject(),
    "multi_head": Subject(("split_heads", "merge_heads")),
    "multi_head_attention": Subject(),
    "positional_encoding": Subject(("sinusoidal_encoding",)),
    "layer_norm": Subject(),
    "add_norm": Subject((), "Add and norm: a residual connection. What is residual?"),
    "feed_forward": Subject(("relu",), "The residual comes later."),
}


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("attn", ["attention", "self_attention", "multi_head_attention"]),
        ("self_attn", ["self_attention"]),
        ("multihead", ["multi_head", "multi_head_attention"]),
        ("mha", ["multi_head_attention", "multi_head"]),
        ("MultiHeadAttention", ["multi_head_attention"]),
        ("layernorm", ["layer_norm"]),
        ("layer-norm", ["layer_norm"]),
        ("pos_encoding", ["positional_encoding"]),
        ("causal_mask", ["masking"]),
        ("casual_mask", ["masking"]),
        ("masked_softmax", ["masking"]),
        ("sinusoidal", ["positional_encoding"]),
        ("sofmax", ["softmax"]),
        ("residual", ["add_norm"]),
        ("ReLU", ["feed_forward"]),
        ("a", []),
        ("frobnicate", []),
        ("", []),
    ],
)
def test_what_is_meant_goes_before_what_is_near(word: str, names: list[str]) -> None:
    """Letters left out on purpose, and what a file is for, say more than a distance."""
    assert meant(word, SUBJECTS) == names


@pytest.mark.parametrize(
    ("here", "word"),
    [
        (".", "exercises/numbers/double.py"),
        (".", "./exercises/numbers/double.py"),
        (".", "solutions/numbers/double.py"),
        (".", r"exercises\numbers\double.py"),
        (".", "double.py"),
        ("exercises/numbers", "double.py"),
        ("exercises/numbers", "exercises/numbers/double.py"),
        ("quizzes", "../exercises/numbers/../numbers/double.py"),
    ],
)
def test_a_path_is_a_name(
    tiny: Course, monkeypatch: pytest.MonkeyPatch, here: str, word: str
) -> None:
    """From any folder, as a report writes it or as a shell completes it, and whole."""
    monkeypatch.chdir(tiny.root / here)
    assert tiny.require_exercise(word) == "double"
    assert tiny.require_exercise(str(tiny.exercise_path("double"))) == "double"


def test_a_path_through_a_link_is_a_name(
    tiny: Course, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Where somebody came to the course's folder by another name."""
    link = tmp_path_factory.mktemp("elsewhere") / "course"
    link.symlink_to(tiny.root)
    assert tiny.require_exercise(str(link / "exercises/numbers/double.py")) == "double"
    assert tiny.require_quiz(str(link / "quizzes/sums.yaml")) == "sums"


@pytest.mark.parametrize(
    ("word", "what", "next"),
    [
        ("duble", "there is no exercise called 'duble'", "Did you mean double?"),
        ("exercises/numbers/dubel.py", "'exercises/numbers/dubel.py'", "Did you mean double?"),
        ("x", "there is no exercise called 'x'", "There are: double, quadruple."),
        ("sums", "there is no exercise called 'sums'", "It is a quiz: grader quiz sums"),
        ("numbers", "called 'numbers'", "It is a unit. Its exercises: double, quadruple."),
        ("exercises/numbers", "this is a folder", "grader grade --all"),
        ("mine.py", "this is not the file of an exercise", "grader grade NAME --file mine.py"),
        ("other/double.py", "this is not the file", "grade double --file other/double.py"),
        ("./course.yaml", "this is not the file of an exercise", "To see them all, run: grader"),
    ],
)
def test_what_is_no_name_says_what_may_be_meant(
    tiny: Course, word: str, what: str, next: str
) -> None:
    """One sentence on what it is, and one on what to type."""
    (tiny.root / "other").mkdir()
    for path in ("mine.py", "other/double.py"):
        (tiny.root / path).touch()
    with pytest.raises(UsageError) as raised:
        tiny.require_exercise(word)
    assert what in str(raised.value)
    assert next in str(raised.value.next)


def test_a_quiz_is_no_exercise(tiny: Course) -> None:
    """Each says where the other is."""
    with pytest.raises(UsageError, match="It is an exercise: grader grade double"):
        tiny.require_quiz("double")
    with pytest.raises(UsageError, match="Did you mean sums"):
        tiny.require_quiz("sum")


def test_functions_are_known_in_a_release(tiny: Course) -> None:
    """Where there is only a key, and where a definition cannot be read at all."""
    folder = tiny.root.parent / f"{tiny.root.name}-class"
    source = tiny.solution_path("double")
    source.write_text(
        source.read_text().replace("def double", "def twice").replace("double(", "twice(")
    )
    stub = tiny.solution_path("quadruple")
    stub.write_text(stub.read_text().replace("import double", "import twice as double"))
    release(tiny, folder, [0])
    for course in (tiny, read_course(folder)):
        with pytest.raises(UsageError, match="Did you mean double\\? It asks for twice."):
            course.require_exercise("twice")
    source.write_text("def twice(")
    with pytest.raises(UsageError, match="Did you mean quadruple"):  # whose lesson has the word
        tiny.require_exercise("twice")
