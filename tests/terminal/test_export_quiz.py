"""`grader export quiz`: files for other programs, and what they lack on the error stream."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.course import Course
from grader.terminal.commands.export_quiz import ENDINGS
from tests.conftest import ROOT, Ended

Grader = Callable[..., Ended]


@pytest.mark.parametrize("form", ENDINGS)
def test_each_quiz_goes_to_a_file_of_its_own(tiny: Course, grader: Grader, form: str) -> None:
    """Without a name all quizzes are written; what is said of losses is not in the output."""
    ended = grader("export", "quiz", "--format", form)
    path = tiny.root / f"sums.{ENDINGS[form]}"
    assert (ended.code, ended.out) == (0, f"{path.name}: written\n")
    assert ended.err == f"{form} carries all of it.\n"
    assert path.stat().st_size > 0


def test_several_quizzes_in_one_file_or_in_the_output(scratch: Course, grader: Grader) -> None:
    """-o takes all of them; - prints them alone, with each loss on a line of the error stream."""
    names = ("attention", "text")
    assert grader("export", "quiz", *names, "--format", "gift", "-o", "both.txt").code == 0
    printed = grader("export", "quiz", *names, "--format", "gift", "-o", "-")
    assert printed.out == Path("both.txt").read_text("utf-8")
    assert printed.out.count("$CATEGORY: ") == 2
    *lines, count = printed.err.splitlines()
    place = re.compile(r"quizzes/(attention|text)\.yaml(:\d+: [\w.-]+)?: ")
    assert all(map(place.match, lines))
    assert count == f"gift leaves out or changes {len(lines)} things, listed above."


def test_what_cannot_be_done_is_one_message(tiny: Course, grader: Grader) -> None:
    """A wrong name, a missing format and a folder that is not there."""
    ended = grader("export", "quiz", "sum", "--format", "qti")
    assert (ended.code, "Did you mean sums?" in ended.err) == (2, True)
    assert grader("export", "quiz").code == 2
    ended = grader("export", "quiz", "--format", "qti", "-o", "nowhere/quiz.zip")
    assert ended.code == 2
    assert "nowhere/quiz.zip: the quiz cannot be written" in ended.err


def test_the_commands_of_the_documents_work(scratch: Course, grader: Grader) -> None:
    """What docs/quizzes.md tells to type writes the files that it names, and says what it shows."""
    text = (ROOT / "docs/quizzes.md").read_text("utf-8")
    commands = re.findall(r"^grader (export quiz .*?)(?: +# (\S+))?$", text, re.M)
    assert len(commands) == 3
    said = ""
    for command, file in commands:
        ended = grader(*command.split())
        assert (ended.code, Path(file).is_file()) == (0, True)
        said += re.sub(r":\d+: ", ": ", ended.err)  # questions move when others are written
    shown = re.findall(r"^quizzes/\S+?:\d+: .*$", text, re.M)
    assert len(shown) == 2
    assert all(re.sub(r":\d+: ", ": ", line) in said for line in shown)
