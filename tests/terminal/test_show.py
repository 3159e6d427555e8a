"""`grader show`: yours beside the reference's, whatever state yours is in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.stubs import solution_text
from grader.course.course import Course
from grader.grading.examiner import examiner_of
from grader.grading.pictures import draw_pictures, view_results
from grader.learner.outside.sandbox import Sandbox
from grader.present.pictures_text import AGREED
from tests.conftest import Ended

Grader = Callable[..., Ended]
HEAD = "def softmax(scores, axis=-1):\n    "


@pytest.fixture
def shown(
    untouched: Course, grader: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ended]:
    """Return a function that shows source as the answer to an exercise of this course."""
    monkeypatch.chdir(untouched.root)

    def show(name: str, source: str, *options: str) -> Ended:
        path = tmp_path / "mine.py"
        path.write_text(source)
        return grader("show", name, "--file", str(path), *options)

    return show


def test_a_right_answer_stands_beside_the_reference(
    course: Course, shown: Callable[..., Ended]
) -> None:
    """Both are drawn, alike, with a sentence on what there is to see and one that they agree."""
    ended = shown("softmax", solution_text(course, "softmax"))
    assert ended.code == 0
    assert "yours: temperature 0.25" in ended.out and "reference: temperature 0.25" in ended.out
    assert "A low one hands nearly everything to the largest score" in ended.out
    assert AGREED in ended.out
    first, second = next(line for line in ended.out.splitlines() if "█" in line).split("2.0 ")[1:]
    assert first.split() == second.split()


def test_what_is_drawn_is_the_learners_own_output(shown: Callable[..., Ended]) -> None:
    """A wrong answer is drawn as it is, and the first wrong entry is told."""
    all_see_all = "import numpy as np\n\ndef causal_mask(n):\n    return np.ones((n, n))"
    ended = shown("masking", all_see_all)
    assert ended.code == 0
    assert "0 │████████████████│    0 │██              │" in ended.out
    assert "Yours differs from the reference: 28 of 64 entries differ" in ended.out
    assert "has no functions called padding_mask and masked_softmax" in " ".join(ended.out.split())
    assert AGREED not in ended.out


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (f"{HEAD}return scores / 'a'", "in softmax return scores / 'a'"),
        (f"{HEAD}return None", "returned None (did you forget `return`?)"),
        (f"{HEAD}return scores[:2]", "the shape is (2,), wanted (4,)"),
        (f"{HEAD}raise NotImplementedError", "Not attempted yet: write softmax"),
        ("def softmax(scores axis=-1):", "The file could not be loaded. SyntaxError"),
        ("", "is empty. `grader reset softmax`"),
    ],
)
def test_an_answer_that_fails_leaves_the_reference(
    shown: Callable[..., Ended], source: str, message: str
) -> None:
    """Why there is no picture of it is said as in a report, and the reference's is there."""
    ended = shown("softmax", source)
    assert ended.code == 0
    assert message in " ".join(ended.out.split())
    assert "reference: temperature 0.25" in ended.out
    assert "yours: temperature" not in ended.out and AGREED not in ended.out


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("kv_cache", "def decode_step(x, cache, *w):\n    return 0 * x @ w[2], None"),
        ("tokenization", "def encode(text, merges):\n    return [0] * 36 + [{}]"),
        ("tokenization", "def encode(text, merges):\n    return [0] * 36 + [[1, 2]]"),
    ],
)
def test_what_has_no_part_to_draw_is_told(
    shown: Callable[..., Ended], name: str, source: str
) -> None:
    """A result may go wrong in one place and lack, in another, all that would be drawn."""
    ended = shown(name, source)
    assert ended.code == 0, ended.err
    assert "There is none of yours" in " ".join(ended.out.split())
    assert "yours: " not in ended.out


def test_ids_are_shown_as_their_words(course: Course, shown: Callable[..., Ended]) -> None:
    """Tokens stand between strokes, yours beside the reference's."""
    ended = shown("tokenization", solution_text(course, "tokenization"))
    assert "yours: merges made: 0" in ended.out
    assert "│s│h│e│_s│e│l│l│s│_s│e│a│_s│" in ended.out
    assert AGREED in ended.out


def test_a_broken_earlier_exercise_is_stood_in_for(scratch: Course, grader: Grader) -> None:
    """What is shown is the exercise asked for, and who is to blame is told."""
    for name in ("softmax", "attention_scores", "attention"):
        scratch.exercise_path(name).write_text(solution_text(scratch, name))
    broken = "def masked_softmax(scores, mask=None):\n    return scores"
    scratch.exercise_path("masking").write_text(broken)
    ended = grader("show", "attention")
    assert AGREED in ended.out
    assert "exercises/attention/masking.py does not work yet" in " ".join(ended.out.split())


def test_a_png_is_written_as_well(
    course: Course, shown: Callable[..., Ended], tmp_path: Path
) -> None:
    """Text and file show the same; a file that cannot be written is told."""
    answer = solution_text(course, "layer_norm")
    ended = shown("layer_norm", answer, "--png", str(tmp_path / "drawn.png"))
    assert ended.code == 0
    assert AGREED in ended.out and "drawn.png" in ended.out
    assert (tmp_path / "drawn.png").read_bytes().startswith(b"\x89PNG")
    ended = shown("layer_norm", answer, "--png", str(tmp_path / "nowhere/drawn.png"))
    assert ended.code == 2
    assert "the picture cannot be written: No such file" in ended.err


def test_an_exercise_without_pictures_names_those_that_have_some(
    tiny: Course, grader: Grader
) -> None:
    """That is a slip in the command."""
    path = tiny.solution_path("quadruple")
    picture = '@exercise.picture\ndef p():\n    """See."""\n    return []\n\n\n@exercise.mistake'
    path.write_text(path.read_text().replace("@exercise.mistake", picture))
    ended = grader("show", "double")
    assert (ended.code, ended.out) == (2, "")
    assert "there is no picture for double\nThere are pictures for: quadruple." in ended.err


def test_single_numbers_are_drawn_as_one_row(
    course: Course, sandbox: Sandbox, tmp_path: Path
) -> None:
    """A curve is made of many calls; where one of yours fails, the reference's stands alone."""
    right, broken = tmp_path / "right.py", tmp_path / "broken.py"
    right.write_text(solution_text(course, "warmup"))
    broken.write_text("def warmup_rate(step, d_model, warmup_steps):\n    return [1][step]\n")
    [picture] = draw_pictures(course, "warmup", right, sandbox).pictures
    [row] = picture.views
    assert row.yours and row.reference.columns[:2] == ("500", "1000")
    assert row.yours.values.tolist() == row.reference.values.tolist()
    [picture] = draw_pictures(course, "warmup", broken, sandbox).pictures
    assert picture.views[0].yours is None and "IndexError" in str(picture.views[0].trouble)


@pytest.mark.parametrize(
    "name", ["softmax", "masking", "attention", "positional_encoding", "multi_head_attention"]
)
def test_the_views_of_a_picture_differ(course: Course, name: str) -> None:
    """These exercises have pictures, and each view in them shows something else."""
    examiner = examiner_of(course, name)
    assert examiner.definition.pictures
    for picture in examiner.definition.pictures:
        results = view_results(examiner, picture)
        assert len({each.panel.values.tobytes() for each in results}) == len(results)
