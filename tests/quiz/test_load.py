"""Reading a quiz: as its author meant it, or refused with line, column and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import CourseError
from grader.quiz.load import load_documents, load_quiz
from grader.quiz.model import Document, Quiz

DOCUMENTS = {"paper": Document("A paper", ("Introduction", "Attention"))}
GOOD = """\
quiz: q
title: A quiz
questions:
- id: one
  ask: |
    What does this print?

      print(1)
  choices:
  - right: 1e-5
    because: Yes.
  - wrong: no
    because: 012
  source: {document: paper, section: Attention}
  practise: softmax
"""


def load(folder: Path, text: str) -> Quiz:
    """Write a quiz and read it."""
    path = folder / "q.yaml"
    path.write_text(text, "utf-8")
    return load_quiz(path, ["softmax", "masking"], DOCUMENTS)


def test_texts_stay_as_they_were_typed(tmp_path: Path) -> None:
    """YAML's guesses at numbers and truth values are not taken."""
    (question,) = load(tmp_path, GOOD).questions
    assert [choice.text for choice in question.choices] == ["1e-5", "no"]
    assert question.choices[1].because == "012"
    assert question.ask == "What does this print?\n\n  print(1)"
    assert str(question.source) == '"A paper", section "Attention"'
    assert question.right.text == "1e-5"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- right: 1e-5", "- rigth: 1e-5", "10:12: a choice has no key 'rigth'. Write 'right'."),
        ("- right: 1e-5", "- wrong: 1e-5", "10:3: none of the choices is right. Mark exactly one"),
        ("- wrong: no", "- right: no", "10:3: 2 of the choices are right. Mark exactly one"),
        ("- wrong: no", "- wrong: 1e-5", "10:3: the choice '1e-5' is offered twice. Change one"),
        ("    because: Yes.\n", "", "10:5: a choice needs the key 'because'. Add `because: …`."),
        ("because: Yes.", "because:", "11:13: because is empty. Write something"),
        ("because: Yes.", "because: [Yes]", '11:14: because is not a text. Put it in quotes'),
        ("because: Yes.", "because: Yes: no", "11:17: this is not YAML: mapping values are not"),
        ("because: Yes.", "because: `Yes`", "11:14: this is not YAML: found character"),
        ("section: Attention", "section: Atention", "14:38: paper has no section 'Atention'. Wri"),
        ("document: paper", "document: papers", "14:22: documents.yaml has no document 'papers'."),
        ("practise: softmax", "practise: sofmax", "15:13: there is no exercise 'sofmax'. Write "),
        ("practise: softmax", "id: two", "15:3: the key 'id' stands here twice. Take one out."),
        ("quiz: q", "quiz: other", "1:7: the quiz is called 'other'. Write q."),
        ("title: A quiz\n", "", "1:1: a quiz needs the key 'title'. Add `title: …`."),
        (GOOD[GOOD.index("- id") :], "  none", "4:3: this is not a list. Begin each item with"),
        (GOOD, "", "1:1: the file is empty. Begin it with `quiz: NAME`."),
        (GOOD, "- a", "1:1: a quiz is not `key: value` lines. Write it so."),
    ],
)  # fmt: skip
def test_a_fault_has_its_place_and_its_cure(tmp_path: Path, old: str, new: str, told: str) -> None:
    """Every complaint is `file:line:column: what. What to write instead`."""
    assert old in GOOD
    with pytest.raises(CourseError) as raised:
        load(tmp_path, GOOD.replace(old, new))
    assert f"q.yaml:{told}" in str(raised.value)


def test_all_faults_come_at_once_from_top_to_bottom(tmp_path: Path) -> None:
    """An author mends a file in one go."""
    broken = GOOD.replace("title: A quiz\n", "").replace("softmax", "sofmax")
    with pytest.raises(CourseError) as raised:
        load(tmp_path, broken.replace("because: Yes.", "because: ''"))
    lines = [line.split(":")[1] for line in str(raised.value).splitlines()[1:]]
    assert lines == ["1", "10", "14"]


def test_an_id_is_used_once(tmp_path: Path) -> None:
    """Two questions of one id could not be told apart in the record."""
    with pytest.raises(CourseError, match=r"16:3: the id 'one' is used twice"):
        load(tmp_path, GOOD + GOOD[GOOD.index("- id") :])


def test_a_missing_file_is_a_message(tmp_path: Path) -> None:
    """A quiz that is listed but not written says so."""
    with pytest.raises(CourseError, match="there is no such file"):
        load_quiz(tmp_path / "none.yaml", [], {})


def test_documents_are_read_in_the_same_way(tmp_path: Path) -> None:
    """The list of documents gives each one's sections; without the file there are none."""
    assert load_documents(tmp_path) == {}
    path = tmp_path / "documents.yaml"
    path.write_text("paper:\n  title: T\n  sections: [One, 2]\n")
    assert load_documents(tmp_path) == {"paper": Document("T", ("One", "2"))}
    path.write_text("paper:\n  sections: [One]\n")
    with pytest.raises(CourseError, match="2:3: the document paper needs the key 'title'"):
        load_documents(tmp_path)
