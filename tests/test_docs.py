"""The documents say what is so: commands exist, the example works, the picture is real."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.course import Course
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.present.next_step_text import GradedBy, say_after
from grader.present.short_report_text import short_report
from grader.present.style import Style
from grader.quiz.mark import mark
from grader.quiz.proving.proof import key_problems
from grader.quiz.reading.answer_keys import KEYS
from grader.quiz.reading.load import load_quiz, read_documents
from grader.quiz.reading.question import OPTIONS
from grader.quiz.sittings.answers_file import read_answers
from grader.terminal.app import COMMANDS
from grader.terminal.commands.class_ import CLASS
from grader.terminal.commands.export import EXPORTS
from tests.conftest import ROOT, Ended
from tests.pages import programs, walk
from tests.test_architecture import PACKAGE, ROOMS

# What these show is run; in tests/models models.md is, and finale.md's commands with fewer dates.
IN_THE_COURSE = [
    "README.md",
    "docs/learning.md",
    "docs/notebooks.md",
    "docs/platforms.md",
    "docs/quizzes.md",
]
FROM_NOTHING = ["docs/asking.md", "docs/authoring.md", "docs/classroom.md", "docs/teaching.md"]
DOCUMENTS = [
    path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))
]
SAMPLE = ROOT / "tests/learners/softmax/wrong_no_max.py"


def blocks(name: str) -> list[str]:
    """Return the YAML that a document shows."""
    return re.findall(r"```yaml\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)


def squeezed(text: str) -> str:
    """Return text without any white space."""
    return "".join(text.replace("\xa0", " ").split())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_that_is_named_exists(name: str) -> None:
    """A document names no command that is not there."""
    code = re.findall(r"```.*?```|`[^`]+`", (ROOT / name).read_text("utf-8"), re.S)
    named = set(re.findall(r"\bgrader ([a-z]+)\b", "\n".join(code)))
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_is_named_exists(name: str) -> None:
    """Links and paths lead somewhere, and links to a heading to one that is there."""
    text, here = (ROOT / name).read_text("utf-8"), (ROOT / name).parent
    links = re.findall(r"\]\(([^):#]+)(?:#([^)]*))?\)", text)
    paths = [path for path, _ in links] + re.findall(r"`((?:tests|docs|grader)/[^\s`]+)`", text)
    places = (here, ROOT, PACKAGE.parent)
    assert not [path for path in paths if not any((place / path).exists() for place in places)]
    for path, heading in links:
        assert not heading or heading in headings(here / path), (path, heading)


def headings(path: Path) -> list[str]:
    """Return what a link to each heading of a page has behind its #."""
    found = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.M)
    return [re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in found]


@pytest.mark.parametrize("page", IN_THE_COURSE)
def test_what_a_page_shows_works(
    page: str, scratch: Course, grader: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commands can be typed in the course's folder as they stand, and print what is shown."""
    sample = scratch.root / SAMPLE.relative_to(ROOT)
    sample.parent.mkdir(parents=True)
    shutil.copy(SAMPLE, sample)
    assert walk(page, grader, monkeypatch) >= 3


def test_every_command_is_shown_and_run() -> None:
    """A page that is walked through has it, but for `watch`, which ends with a key."""
    ran = set().union(*(programs(page) for page in (*IN_THE_COURSE, *FROM_NOTHING)))
    commands = {words[1] for words in ran if words[0] == "grader" and words[1:]}
    assert commands == {*COMMANDS} - {"watch"}
    assert {words[2] for words in ran if words[1:2] == ("export",)} == {*EXPORTS}
    assert {words[2] for words in ran if words[1:2] == ("class",)} == {*CLASS}


@pytest.mark.parametrize("page", FROM_NOTHING)
def test_what_a_page_begins_works(
    page: str, tmp_path: Path, grader: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that begins in an empty folder leads all the way from there."""
    monkeypatch.chdir(tmp_path)
    assert walk(page, grader, monkeypatch) >= 6


def test_the_example_of_a_quiz_is_sound(course: Course, tmp_path: Path, sandbox: Sandbox) -> None:
    """What authors are shown loads, has right keys, and is answered as learners are shown."""
    quiz_text, answers_text = blocks("docs/quizzes.md")
    (tmp_path / "attention.yaml").write_text(quiz_text)
    quiz = load_quiz(tmp_path / "attention.yaml", course.exercises, read_documents(course))
    assert key_problems(quiz, sandbox) == ()
    (tmp_path / "answers.yaml").write_text(answers_text)
    asked = quiz.drawn(None)
    assert mark(asked, read_answers(tmp_path / "answers.yaml", asked).replies).score == 5


def test_the_example_of_a_question_is_sound(course: Course, tmp_path: Path) -> None:
    """The question shown to maintainers loads."""
    (question,) = blocks("CONTRIBUTING.md")
    (tmp_path / "q.yaml").write_text(f"quiz: q\ntitle: Q\nquestions:\n{question}")
    quiz = load_quiz(tmp_path / "q.yaml", course.exercises, read_documents(course))
    assert len(quiz.questions) == 1


def test_every_key_of_a_question_is_described() -> None:
    """The reference names each answer and each option that is read."""
    text = (ROOT / "docs/quizzes.md").read_text("utf-8")
    assert all(f"| `{key}` |" in text for key in KEYS)
    assert all(f"`{option}`" in text for option in OPTIONS)


def test_the_map_of_rooms_is_complete() -> None:
    """The table for maintainers names every room that the architecture test knows."""
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    assert all(re.search(rf"`{room}/?`", text) for room in ROOMS)


def test_the_picture_shows_the_report_of_today(course: Course) -> None:
    """What the README's picture says is what the sample's report says now: `make picture`."""
    svg = html.unescape((ROOT / "docs/failing-report.svg").read_text("utf-8"))
    shown = squeezed(re.sub(r"<[^>]*>", "", svg[svg.index("</defs>") :]))
    with Sandbox("process") as sandbox:
        graded = grade(course, "softmax", SAMPLE, seed=1, sandbox=sandbox)
    report = short_report(graded, Style(), say_after(graded, GradedBy.COMMAND))
    for line in report.splitlines():
        assert squeezed(line) in shown, line
