"""The documents say what is so: commands exist, the example works, the picture is real."""

from __future__ import annotations

import html
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cli import COMMANDS
from grader.course import Course
from grader.grade import grade
from grader.learner.sandbox import Sandbox
from grader.present.report import render_report
from grader.present.style import Style
from grader.quiz.answer_keys import KEYS
from grader.quiz.filed import read_answers
from grader.quiz.load import load_quiz, read_documents
from grader.quiz.mark import mark
from grader.quiz.proof import key_problems
from grader.quiz.question import OPTIONS
from tests.conftest import ROOT, Ended
from tests.test_architecture import PACKAGE, ROOMS

DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/authoring.md",
    "docs/notebooks.md",
    "docs/finale.md",
    "docs/quizzes.md",
    "docs/platforms.md",
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
    named = set(re.findall(r"\bgrader ([a-z]+)\b", (ROOT / name).read_text("utf-8")))
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_is_named_exists(name: str) -> None:
    """Links and paths lead somewhere."""
    text = (ROOT / name).read_text("utf-8")
    paths = re.findall(r"\]\(([^):]+)\)", text) + re.findall(r"`((?:tests|docs|grader)/\S+)`", text)
    places = ((ROOT / name).parent, ROOT, PACKAGE.parent)
    lost = [path for path in paths if not any((place / path).exists() for place in places)]
    assert not lost


def test_every_export_that_is_shown_works(scratch: Course, grader: Callable[..., Ended]) -> None:
    """The exports in the guide to platforms can be typed as they stand."""
    text = (ROOT / "docs/platforms.md").read_text("utf-8")
    lines = re.findall(r"^grader (export .*)$", text, re.M)
    assert lines
    assert {line: grader(*line.split()).code for line in lines} == dict.fromkeys(lines, 0)


def follow(command: str, grader: Callable[..., Ended], here: pytest.MonkeyPatch) -> str:
    """Carry out one command of a document, and return what it printed."""
    program, *words = shlex.split(command)
    sys.modules.pop("solutions", None)  # as in a process of its own, definitions are read again
    if program == "grader":
        return grader(*words).out
    here.chdir(*words) if program == "cd" else shutil.copy(*words)
    return ""


def test_the_way_to_a_new_exercise_is_as_shown(
    tmp_path: Path, grader: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file of docs/authoring.md is written, every command run, and what it prints compared.

    A line `...` stands for whatever comes after it.
    """
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs/authoring.md").read_text("utf-8")
    steps = re.findall(r"(?:^(Add to )?`([^`\n]+)`:\n\n)?^```(?:\w+)\n(.*?)^```", text, re.S | re.M)
    for adds, path, body in steps:
        if path:
            before = Path(path).read_text("utf-8") + "\n\n" if adds else ""
            Path(path).write_text(before + body, "utf-8")
            continue
        for command, wanted in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", body, re.M):
            printed = follow(command, grader, monkeypatch)
            shown, rest, _ = wanted.partition("...\n")
            assert (printed[: len(shown)] if rest else printed) == shown, command
    assert len(re.findall(r"^\$ ", text, re.M)) >= 10


def test_the_example_of_a_quiz_is_sound(course: Course, tmp_path: Path, sandbox: Sandbox) -> None:
    """What authors are shown loads, has right keys, and is answered as learners are shown."""
    quiz_text, answers_text = blocks("docs/quizzes.md")
    (tmp_path / "attention.yaml").write_text(quiz_text)
    quiz = load_quiz(tmp_path / "attention.yaml", course.exercises, read_documents(course))
    assert key_problems(quiz, sandbox) == ()
    (tmp_path / "answers.yaml").write_text(answers_text)
    asked = quiz.drawn(None)
    assert mark(asked, read_answers(tmp_path / "answers.yaml", asked)).score == 5


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


def test_the_commands_on_notebooks_work(scratch: Course, grader: Callable[..., Ended]) -> None:
    """Every command that is shown can be typed as it stands, in that order."""
    shown = re.findall(r"```sh\n(.*?)```", (ROOT / "docs/notebooks.md").read_text("utf-8"), re.S)
    commands = [line.partition("#")[0].split() for line in "".join(shown).splitlines()]
    for _, *arguments in commands:
        ended = grader(*arguments)
        assert ended.code == (1 if arguments[0] == "grade" else 0), ended.err
        assert "grader:" not in ended.err


def test_the_map_of_rooms_is_complete() -> None:
    """The table for maintainers names every room that the architecture test knows."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert all(re.search(rf"`{room}/?`", text) for room in ROOMS if room != "__main__")


def test_the_picture_shows_the_report_of_today(course: Course) -> None:
    """What the README's picture says is what the sample's report says now: `make picture`."""
    svg = html.unescape((ROOT / "docs/failing-report.svg").read_text("utf-8"))
    shown = squeezed(re.sub(r"<[^>]*>", "", svg[svg.index("</defs>") :]))
    with Sandbox("process") as sandbox:
        graded = grade(course, "softmax", SAMPLE, seed=1, sandbox=sandbox)
    report = render_report(graded, Style())
    for line in report.splitlines():
        assert squeezed(line) in shown, line
