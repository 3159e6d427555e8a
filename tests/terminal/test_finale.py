"""`grader show transformer`: translations, the picture, what breaks, and whose functions ran."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.stubs import solution_text
from grader.course.course import Course
from grader.grading import models
from tests.conftest import Ended

Grader = Callable[..., Ended]


@pytest.fixture(autouse=True)
def _in_the_course(untouched: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(untouched.root)


def test_a_date_is_translated_by_the_file_that_is_named(
    grader: Grader, course: Course, tmp_path: Path
) -> None:
    """One date, its picture within 80 columns, and the learner's function among the workers."""
    path = tmp_path / "mine.py"
    path.write_text(solution_text(course, "transformer"))
    text = "the 3rd of March, 2021"
    ended = grader("show", "transformer", "--file", str(path), "--text", text)
    assert ended.code == 0
    assert "the 3rd of march, 2021  ->  2021-03-03" in ended.out
    assert "      t h e · 3 r d" in ended.out and "stop │" in ended.out
    assert "Yours: transformer." in ended.out
    assert "The reference stood in for: softmax," in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80


def test_the_lesson_and_a_sample_come_where_nobody_types(grader: Grader) -> None:
    """Without a terminal it tells what it is in 25 lines, and translates some dates."""
    ended = grader("show", "transformer", "--reference")
    assert ended.code == 0
    lesson = ended.out[: ended.out.index("the 3rd of march, 2021  ->")]
    assert len(lesson.splitlines()) <= 25
    assert "3/4/2021                ->  2021-04-03" in ended.out
    assert "As you asked, the reference did all of it: " in ended.out


def test_a_table_shows_what_is_missed(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole model stands first, then what was taken away, then why it matters."""
    monkeypatch.setattr(models, "HELD_OUT", 4)
    ended = grader("show", "transformer", "--reference", "--without", "positions")
    assert ended.code == 0
    whole, without = (line for line in ended.out.splitlines() if " %" in line)
    assert whole.split()[:4] == ["the", "whole", "model", "100.0"]
    assert without.split()[:3] == ["without", "positions", "0.0"]
    assert "a bag of characters" in " ".join(ended.out.split())


def test_all_that_can_be_taken_away_is_offered(grader: Grader) -> None:
    """Anything else is refused, and the model's own list is told."""
    ended = grader("show", "transformer", "--without", "masks", "--without", "everything")
    assert (ended.code, ended.out) == (2, "")
    assert "the translator without 'everything'" in ended.err
    assert "What can be taken away: positions, scaling, masks." in ended.err


@pytest.mark.parametrize(
    "options", [("--text", "1 May 2020"), ("--reference",), ("--without", "masks")]
)
def test_other_exercises_have_no_model(grader: Grader, options: tuple[str, ...]) -> None:
    """Its options with another exercise are a slip, and told as one."""
    ended = grader("show", "softmax", *options)
    assert ended.code == 2
    assert "grader show transformer" in ended.err


def test_what_the_model_cannot_read_is_a_slip(grader: Grader) -> None:
    """A character that it never saw is named."""
    ended = grader("show", "transformer", "--reference", "--text", "3 März 2021")
    assert ended.code == 2
    assert "'ä'" in ended.err
