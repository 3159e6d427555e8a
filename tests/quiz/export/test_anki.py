"""What Anki makes of the notes: its own importer puts them into a collection."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from grader.course.course import Course
from grader.quiz.export.anki import write_anki
from grader.quiz.model import Quiz
from grader.quiz.reading.load import read_quizzes
from tests.quiz.export.samples import NEEDS, sample


@pytest.fixture
def collection(tmp_path: Path) -> Any:
    """Return an empty collection of Anki's."""
    anki = pytest.importorskip("anki.collection", reason=NEEDS)
    opened = anki.Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def imported(collection: Any, folder: Path, *quizzes: Quiz) -> Any:
    """Import quizzes as a person would, by the file's own headers; return what Anki says of it."""
    from anki.collection import ImportCsvRequest

    path = folder / "notes.txt"
    path.write_bytes(write_anki(quizzes).content)
    metadata = collection.get_csv_metadata(path=str(path), delimiter=None)
    return collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log


def card(collection: Any, question: str) -> Any:
    """Return the one card of a question."""
    for note in map(collection.get_note, collection.find_notes("")):
        if note.guid == f"grader:{question}":
            (found,) = note.cards()
            return found
    raise AssertionError(f"no note of {question}")


def text_of(page: str) -> str:
    """Return what stands on a side of a card, in one line."""
    import html

    bare = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(bare).split())


def test_every_question_becomes_a_note_once(
    collection: Any, course: Course, tmp_path: Path
) -> None:
    """All quizzes arrive, each in its deck with its tags; the same file again adds nothing."""
    quizzes = read_quizzes(course)
    total = sum(len(quiz.questions) for quiz in quizzes)
    first, again = (imported(collection, tmp_path, *quizzes) for _ in range(2))
    assert (len(first.new), len(again.new), collection.note_count()) == (total, 0, total)
    for quiz in quizzes:
        assert len(collection.find_notes(f'deck:"{quiz.title}"')) == len(quiz.questions)
    tagged = [q for quiz in quizzes for q in quiz.questions if "softmax" in q.tags]
    assert len(collection.find_notes("tag:softmax")) == len(tagged) > 0


def test_a_note_is_updated_and_its_history_stays(collection: Any, tmp_path: Path) -> None:
    """A reworded question is the same card, with the learner's reviews on it."""
    quiz = sample(tmp_path)
    imported(collection, tmp_path, quiz)
    before = card(collection, "single")
    before.ivl, before.reps, before.type, before.queue = 30, 5, 2, 2
    collection.update_card(before)
    first, *rest = quiz.questions
    changed = quiz._replace(questions=(first._replace(ask="Softmax: along what?"), *rest))
    log = imported(collection, tmp_path, changed)
    after = card(collection, "single")
    assert (len(log.new), len(log.updated)) == (0, 1)
    assert "Softmax: along what?" in after.question()
    assert (after.id, after.ivl, after.reps) == (before.id, 30, 5)
    assert collection.note_count() == len(quiz.questions)


def test_both_sides_of_a_card_say_what_the_quiz_says(collection: Any, tmp_path: Path) -> None:
    """In front what is asked and offered; behind it the answer, and why each choice is so."""
    quiz = sample(tmp_path)
    imported(collection, tmp_path, quiz)
    for question in quiz.drawn(None).questions:
        shown = card(collection, question.id)
        front, back = text_of(shown.question()), text_of(shown.answer())
        for text in (question.ask, question.code, question.hint):
            assert " ".join(text.split()) in front
        assert " ".join(question.because.split()) in back
    assert "a: keys is right. Each query's weights sum to 1." in text_of(
        card(collection, "single").answer()
    )
    assert "query: what am I looking for?" in text_of(card(collection, "match").answer())
    assert "d_model = 256 and 4 heads" in card(collection, "number").question()
    assert "Anything from 332.333 to 334.333" in card(collection, "rounded").answer()


def test_the_text_has_what_anki_needs_to_know_a_note_again(tmp_path: Path) -> None:
    """A guid for each question that depends on nothing but its id, and as many columns in each."""
    text = write_anki([sample(tmp_path)]).content.decode()
    head = [line for line in text.split("\n") if line.startswith("#")]
    assert {"#guid column:1", "#notetype:Basic", "#html:true"} <= set(head)
    rows = list(csv.reader(text.split("\n", len(head))[-1].splitlines(True), delimiter="\t"))
    assert [row[0] for row in rows] == [f"grader:{q.id}" for q in sample(tmp_path).questions]
    assert {len(row) for row in rows} == {5}
