"""Tags that an author adds: what is said where the cases that have one fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.release import release
from grader.course.course import Course, read_course
from grader.exercise.tags import TAGS, tried
from grader.grading.examiner import load_definition
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.records import Report
from tests.conftest import ROOT

# Right for two numbers, and in no way that is known for more.
WRONG = """
import numpy as np

def double(x, times=2):
    if times < 0:
        raise ValueError("negative")
    return (x * times + (x.size > 2) * np.cos(37 * x)).astype(x.dtype)
"""


@pytest.fixture
def tagged(tiny: Course) -> Course:
    """Give a tag of its own to the cases of `double` that have more than two numbers."""
    path = tiny.solution_path("double")
    text = path.read_text().replace('"Multiply."])', '"Multiply."], tags={"many": "for a few"})')
    for case in ("three_times", "single_precision"):
        text = text.replace(
            f"@exercise.case\ndef {case}", f"@exercise.case(tags=['many'])\ndef {case}"
        )
    path.write_text(text.replace("(hidden=True)\ndef many", "(tags=['many'])\ndef many"))
    return tiny


def test_the_words_of_an_author_are_said(tagged: Course, graded: Callable[..., Report]) -> None:
    """Where all cases with the tag fail and no others, they say where it goes wrong."""
    assert load_definition(tagged, "double").tags == {"many": "for a few"}
    (diagnosis,) = graded(WRONG).diagnosis
    assert (diagnosis.kind, str(diagnosis.message)) == (
        "damage",
        "Your `double` is right for a few.",
    )


def test_the_words_of_an_author_go_along_in_a_release(
    tagged: Course, tmp_path: Path, sandbox: Sandbox
) -> None:
    """Who learns from frozen answers is told the same."""
    release(tagged, tmp_path / "released", [1])
    course = read_course(tmp_path / "released")
    course.exercise_path("double").write_text(WRONG)
    (diagnosis,) = grade(course, "double", sandbox=sandbox, seed=1).diagnosis
    assert str(diagnosis.message) == "Your `double` is right for a few."


def test_every_known_tag_but_one_has_words() -> None:
    """A case that wants an exception says so itself."""
    assert [name for name, tag in TAGS.items() if not tag.right] == ["refusal"]


def test_what_a_hidden_check_tries_is_said_in_words() -> None:
    """Every tag has some; those of an author are read as they are."""
    assert tried({"batch", "mask", "two_words"}) == "a mask, batch axes, two words"
    assert all(tag.tries for tag in TAGS.values())


def test_the_page_lists_every_tag_with_its_words() -> None:
    """An author finds there what is said for each."""
    page = (ROOT / "docs/asking.md").read_text("utf-8")
    for name, tag in TAGS.items():
        assert f"| `{name}` | {tag.right or tag.fails or 'never'}" in page


def test_no_word_of_a_tag_supposes_a_subject() -> None:
    """Of a graph, of points and of text, the words for what is long are true as well."""
    tag = TAGS["long"]
    assert not [words for words in tag if words and "sequence" in words]
