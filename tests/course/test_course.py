"""Finding a course and loading what it lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.course import Course, find_course, read_course
from grader.errors import BrokenGraderError, CourseError, UsageError
from grader.grading.examiner import load_definition


def test_a_course_is_found_from_any_folder_below_it(tiny: Course) -> None:
    """Commands work wherever in the course one stands."""
    assert find_course(tiny.root / "solutions" / "numbers") == tiny


def test_no_course_is_a_message(tmp_path: Path) -> None:
    """Outside of every course one is told so, and where to go."""
    with pytest.raises(CourseError, match=r"(?s)no course\.yaml in .*grader init DIR"):
        find_course(tmp_path)


def test_an_unknown_name_meets_its_neighbours(tiny: Course) -> None:
    """A typing slip is answered with the nearest names."""
    with pytest.raises(UsageError, match=r"(?s)'duble'.*Did you mean double"):
        tiny.require_exercise("duble")
    with pytest.raises(UsageError, match=r"(?s)no quiz called 'xyz'.*There are: sums"):
        tiny.require_quiz("xyz")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: [", r"course\.yaml:\d+:\d+: this is not YAML"),
        ("title: A", "needs a title and units"),
        ("- a", "needs a title and units"),
        (
            "title: A\nunits: {u: {title: U, exercises: [a, a]}}",
            r"course\.yaml:2: a is listed twice",
        ),
        (
            "title: A\nunits:\n  u: {title: U, exercises: [], quizzes: [sum, sums]}\n"
            "  v:\n    title: V\n    exercises: []\n    quizzes:\n    - sum\n    - more\n",
            r"course\.yaml:8: sum is listed twice\n.*A quiz's name is unique",
        ),
        (
            "title: A\nunits: {u: {title: U, exercises: roots}}",
            r"the exercises of the unit 'u' .* list of names\n.*`exercises: \[roots\]`",
        ),
        ("title: A\nunits: {u: {title: U, exercises: [1]}}", "'1' is no name, among the exercises"),
        (
            "title: A\nunits: {u: {title: U, exercises: [], quizzes: [true]}}",
            "is no name, .*quizzes",
        ),
        ("title: A\nunits: {u: {title: U, exercises: }}", "the exercises of the unit 'u'"),
        (
            "title: A\nunits: {u: {title: U, exercises: [a], quizzes: warm}}",
            r"`quizzes: \[warm\]`",
        ),
        ("title: A\npackage: [scipy]\nunits: {}", "'package'\n.*Did you mean packages"),
        (
            "title: A\nunits: {u: {title: U, exercise: [a]}}",
            "no key 'exercise' of the unit 'u'\n.*Did you mean exercises",
        ),
        ("title: A\nunits: {}\npackages: [os]", "'os' is no package .* a part of Python"),
        ("title: A\nunits: {}\npackages: [grader]", "'grader' is no package"),
        ("title: A\nunits: {u: {title: U, exercises: [random]}}", "'random' is a module of Python"),
        ("title: A\nunits: {u: {title: U, exercises: [numpy]}}", "'numpy' is a package"),
        ("title: A\nunits: {u: {title: U, exercises: [class]}}", "'class' is a word of Python"),
        (
            "title: A\npackages: [scipy>=1.1]\nunits: {u: {title: U, exercises: [scipy]}}",
            "'scipy' is a package that exercises import",
        ),
    ],
)
def test_a_broken_table_of_contents_is_located(tmp_path: Path, text: str, told: str) -> None:
    """What is wrong with course.yaml is said with the file's name."""
    (tmp_path / "course.yaml").write_text(text)
    with pytest.raises(CourseError, match=told):
        read_course(tmp_path)


def test_the_table_of_contents_is_read_again_when_it_changes(tiny: Course) -> None:
    """The copy that makes commands fast is never older than course.yaml, nor believed blindly."""
    path = tiny.root / "course.yaml"
    assert read_course(tiny.root) == tiny
    path.write_text(path.read_text().replace("title: Numbers", "title: Some numbers"))
    assert read_course(tiny.root).title == "Some numbers"
    (tiny.root / ".grader/course.json").write_text("[]")
    assert read_course(tiny.root).title == "Some numbers"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("def f(:", r"double\.py:1: this definition does not compile"),
        ("x = 1", "has no `exercise`"),
    ],
)
def test_a_broken_definition_is_located(tiny: Course, text: str, told: str) -> None:
    """What is wrong with a definition is said with its file."""
    tiny.solution_path("double").write_text(text)
    with pytest.raises(CourseError, match=told):
        load_definition(tiny, "double")


def test_a_definition_that_fails_is_the_courses_fault(tiny: Course) -> None:
    """An exception in a definition never looks like the learner's."""
    tiny.solution_path("double").write_text("1 / 0")
    with pytest.raises(BrokenGraderError, match="ZeroDivisionError"):
        load_definition(tiny, "double")


def test_a_listed_exercise_needs_its_definition(tiny: Course) -> None:
    """A name in course.yaml without a file says which file is missing."""
    tiny.solution_path("double").unlink()
    with pytest.raises(CourseError, match=r"double\.py: course.yaml lists double"):
        load_definition(tiny, "double")


def test_each_course_has_its_own_definitions(course: Course, tiny: Course) -> None:
    """Two courses in one process do not lend each other their solutions."""
    assert list(load_definition(tiny, "double").references) == ["double"]
    assert list(load_definition(course, "softmax").references) == ["softmax"]
    assert list(load_definition(tiny, "quadruple").references) == ["quadruple"]
