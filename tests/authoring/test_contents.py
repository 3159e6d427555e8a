"""A name is added to course.yaml, and nothing else changes in it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from grader.authoring.contents import add_name, rewrite
from grader.errors import CourseError
from tests.conftest import ROOT

IN_BRACKETS = "title: T\nunits:\n  one:\n    title: One  # first\n    exercises: [a, b]  # two\n"
EMPTY = "title: T\nunits:\n  one: {title: One, exercises: []}\n\n# the end\ndefinitions: bundled\n"
IN_LINES = """\
title: T
units:
  one:
    title: One
    exercises:
    - a
    # the last one
    - b  # really

    quizzes:
      - q
  # now the second
  "on": {title: Two, exercises: []}"""
QUIZ = "\n    quizzes: [c]"
UNIT = "  two:\n    title: "


@pytest.mark.parametrize(
    ("text", "unit", "kind", "old", "new"),
    [
        (IN_BRACKETS, "one", "exercises", "[a, b]", "[a, b, c]"),
        (IN_BRACKETS, "one", "quizzes", "# two", f"# two{QUIZ}"),
        (IN_BRACKETS, "two", "exercises", "# two", f"# two\n{UNIT}Two\n    exercises: [c]"),
        (EMPTY, "one", "exercises", "[]", "[c]"),
        (EMPTY, "one", "quizzes", "[]", "[], quizzes: [c]"),
        (IN_LINES, "one", "exercises", "# really", "# really\n    - c"),
        (IN_LINES, "one", "quizzes", "- q", "- q\n      - c"),
        (IN_LINES, "on", "exercises", "[]", "[c]"),
        (IN_LINES, "two", "quizzes", "[]}", f"[]}}\n{UNIT}Two\n    exercises: []{QUIZ}"),
        ("title: T\nunits: {}", "on", "exercises", "{}", '{"on": {title: "On", exercises: [c]}}'),
    ],
)  # fmt: skip
def test_a_name_is_added_where_it_belongs(
    tmp_path: Path, text: str, unit: str, kind: str, old: str, new: str
) -> None:
    """Lists in brackets and in lines, empty ones, and units that are not there yet."""
    path = tmp_path / "course.yaml"
    path.write_text(text)
    assert add_name(path, unit, kind, "c") == text.replace(old, new)


def test_a_long_list_goes_on_in_the_next_line() -> None:
    """As the course's own does."""
    path = ROOT / "course.yaml"
    text = path.read_text("utf-8")
    names = yaml.safe_load(text)["units"]["attention"]["exercises"]
    changed = add_name(path, "attention", "exercises", "a" * 90)
    assert changed == text.replace(names[-1] + "]", f"{names[-1]},\n       {'a' * 90}]")


def test_what_cannot_be_added_is_left_to_the_author(tmp_path: Path) -> None:
    """Where the line would mean something else as well, one is told what to write and where."""
    path = tmp_path / "course.yaml"
    path.write_text("title: T\nunits:\n  one: &u {title: U, exercises: [a]}\n  two: *u\n")
    with pytest.raises(CourseError, match="Write c among the quizzes of the unit one yourself"):
        add_name(path, "one", "quizzes", "c")


def test_a_file_in_another_encoding_is_left_to_the_author(tmp_path: Path) -> None:
    """YAML may be in UTF-16, and an editor on Windows writes that."""
    path = tmp_path / "course.yaml"
    path.write_text(EMPTY, "utf-16")
    with pytest.raises(CourseError, match="not in UTF-8"):
        add_name(path, "one", "exercises", "c")


def test_ends_of_line_stay_as_they_were(tmp_path: Path) -> None:
    """A file that was written on Windows is one that was written on Windows."""
    path = tmp_path / "course.yaml"
    path.write_bytes(EMPTY.replace("\n", "\r\n").encode())
    rewrite(path, add_name(path, "one", "exercises", "c"))
    assert path.read_bytes() == EMPTY.replace("[]", "[c]").replace("\n", "\r\n").encode()
