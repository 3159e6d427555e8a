"""What a player of QTI makes of the packages, and whether they are QTI at all.

pyslet reads QTI 1.2, makes 2.1 of it and plays that: it is by the author of the tool with which
Canvas begins its own import. The DTD is the standard's, and text2qti a writer whose packages Canvas
is known to import.
"""

from __future__ import annotations

import copy
import io
import logging
import os
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from grader.course.course import Course
from grader.quiz.export.qti import write_qti
from grader.quiz.kinds.arranged import Match, Order
from grader.quiz.kinds.choice import Choices, Truth
from grader.quiz.kinds.typed import Number
from grader.quiz.model import Question, Quiz
from grader.quiz.reading.load import read_quizzes
from tests.quiz.export.samples import CONSUMERS, NEEDS, sample

QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
DTD = next(CONSUMERS.glob("pyslet-*/unittests/data_imsqtiv1p2p1/ims_qtiasiv1p2p1.dtd"), None)


def assessments(quizzes: list[Quiz]) -> list[Element]:
    """Return the roots of the questions in a package, found by its manifest."""
    with zipfile.ZipFile(io.BytesIO(write_qti(quizzes).content)) as package:
        manifest = ElementTree.fromstring(package.read("imsmanifest.xml"))
        resources = [node for node in manifest.iter() if node.tag.endswith("}resource")]
        paths = [resource[0].get("href") for resource in resources]
        assert set(package.namelist()) == {"imsmanifest.xml", *paths}
        quizzes_in_it = [r for r in resources if r.get("type") == "imsqti_xmlv1p2"]
        return [bare(package.read(r[0].get("href", ""))) for r in quizzes_in_it]


def bare(text: bytes) -> Element:
    """Return a document of QTI, its names without their namespace, and without indentation."""
    root = ElementTree.fromstring(text)
    for node in root.iter():
        assert node.tag.startswith(QTI)
        node.tag = node.tag.removeprefix(QTI)
        node.tail = None
        node.text = node.text if (node.text or "").strip() else None
    return root


def items(quizzes: list[Quiz]) -> list[tuple[Question, Element]]:
    """Return each question, with its first values, beside its item."""
    questions = [question for quiz in quizzes for question in quiz.drawn(None).questions]
    found = [item for root in assessments(quizzes) for item in root.iter("item")]
    return list(zip(questions, found, strict=True))


class Played(NamedTuple):
    """What a player gives for an answer: points out of 100, and what is shown."""

    score: float
    shown: str


class Player:
    """Plays one item with pyslet."""

    def __init__(self, item: Element) -> None:
        from pyslet.qtiv1.xml import QTIDocument

        self._names = {
            label.findtext(".//mattext", ""): label.get("ident", "")
            for label in item.iter("response_label")
        }
        self._responses = {
            response.findtext("material/mattext", ""): response.get("ident", "")
            for response in item.iter("response_lid")
        }
        root = Element("questestinterop", xmlns=QTI[1:-1])
        root.append(self._with_numbers(item))
        document = QTIDocument()
        document.read(src=io.BytesIO(ElementTree.tostring(root)))
        ((migrated, _, _),) = document.root.migrate_to_v2()
        self._item = migrated.root
        children = self._item.get_children()
        texts = [child for child in children if type(child).__name__ == "QTIModalFeedback"]
        self._feedback = {text.identifier: str(text) for text in texts}

    @staticmethod
    def _with_numbers(item: Element) -> Element:
        """Return an item whose numbers are the standard's: Canvas has them as texts of a kind."""
        item = copy.deepcopy(item)
        for response in item.iter("response_str"):
            if response[0].get("fibtype") == "Decimal":
                response.tag, response.attrib["numtype"] = "response_num", "Decimal"
        return item

    def play(self, given: Any) -> Played:
        """Return what an answer earns, given as the grader's own kinds give them."""
        from pyslet.qtiv2.variables import FloatValue, ItemSessionState, Value

        session = ItemSessionState(self._item)
        session.begin_session()
        for declared in self._item.ResponseDeclaration:
            value = Value.new_value(declared.cardinality, declared.baseType)
            session.map[declared.identifier] = value
        for response, answer in self._answers(given).items():
            number = session.map[response]
            number.set_value(float(answer) if isinstance(number, FloatValue) else answer)
        session.end_attempt()
        shown = session["FEEDBACK"].value if "FEEDBACK" in session else None
        said = [text for name, text in self._feedback.items() if name in (shown or ())]
        return Played(session["SCORE"].value, " ".join(said))

    def _answers(self, given: Any) -> dict[str, Any]:
        if isinstance(given, dict):
            return {self._responses[one]: self._names[two] for one, two in given.items()}
        if isinstance(given, list):
            return {"response1": [self._names[text] for text in given]}
        return {"response1": self._names.get(given, given)}


@pytest.fixture(autouse=True)
def _quietly() -> Iterator[None]:
    """Keep to ourselves what an old package says of being old."""
    logging.disable(logging.WARNING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    logging.disable(logging.NOTSET)


def answers(question: Question) -> tuple[Any, list[Any]]:
    """Return the right answer and some that are wrong, as the player takes them."""
    kind = question.kind
    if isinstance(kind, Choices):
        wrong = [c.text for c in kind.choices if not c.right]
        if not kind.several:
            return kind.right, wrong
        right = list(kind.right)
        return right, [[*right, wrong[0]], right[1:], wrong]
    if isinstance(kind, Truth):
        return str(kind.is_true), [str(not kind.is_true)]
    if isinstance(kind, Order):
        places = {step: str(place) for place, step in enumerate(kind.steps, 1)}
        return places, [dict(zip(places, reversed(places.values()), strict=True))]
    if isinstance(kind, Match):
        turned = [*list(kind.right.values())[1:], list(kind.right.values())[0]]
        return kind.right, [dict(zip(kind.right, turned, strict=True))]
    if isinstance(kind, Number):
        off = kind.margin + 1e-3 * abs(kind.value) + 1e-9
        return kind.value, [kind.value + 1.01 * off, kind.value - 1.01 * off]
    return kind.say(kind.right), ["something else"]


def check_played(question: Question, item: Element) -> None:
    """Check that a player marks a question as the grader does, and shows the same reasons."""
    player, (right, wrong) = Player(item), answers(question)
    played = player.play(right)
    assert played.score == pytest.approx(100, abs=0.1), question.id
    assert squeezed(question.because) in squeezed(played.shown)
    for given in wrong:
        assert player.play(given).score < 99, (question.id, given)
    if isinstance(question.kind, Choices):
        for choice in question.kind.choices:
            one = [choice.text] if question.kind.several else choice.text
            assert squeezed(choice.because) in squeezed(player.play(one).shown)


def squeezed(text: str) -> str:
    """Return a text without white space and as XML has it."""
    import html

    return "".join(html.unescape(html.unescape(text)).split())


def test_every_question_of_the_sample_is_played_as_it_is_marked_here(tmp_path: Path) -> None:
    """Every kind, and texts with every sign in them."""
    pytest.importorskip("pyslet", reason=NEEDS)
    for question, item in items([sample(tmp_path)]):
        check_played(question, item)


def test_every_question_of_the_course_is_played_as_it_is_marked_here(course: Course) -> None:
    """Right answers earn all, wrong ones do not, and each has its reason."""
    pytest.importorskip("pyslet", reason=NEEDS)
    for question, item in items(list(read_quizzes(course))):
        check_played(question, item)


def test_the_packages_are_valid(course: Course, tmp_path: Path) -> None:
    """They keep to the standard's own document type."""
    etree = pytest.importorskip("lxml.etree", reason=NEEDS)
    if DTD is None:
        pytest.skip(NEEDS)
    dtd = etree.DTD(str(DTD))
    for root in assessments([sample(tmp_path), *read_quizzes(course)]):
        assert dtd.validate(etree.fromstring(ElementTree.tostring(root))), dtd.error_log


# What text2qti does not write: the standard's word for how many may be chosen, and our topics.
OURS = {"render_choice@maxnumber", "itemmetadata/qmd_topic"}


def test_the_structure_is_the_one_that_canvas_is_known_to_import(tmp_path: Path) -> None:
    """Elements and attributes are those of text2qti, for all kinds that it has."""
    pytest.importorskip("text2qti", reason=NEEDS)
    source = (
        "1. Single?\n... why\n*a) keys\n... yes\nb) queries\n... no\n\n"
        "2. Several?\n... why\n[*] a\n... yes\n[ ] b\n[*] c\n\n"
        "3. Number?\n... why\n+ good\n= 333 +- 1\n\n4. Words?\n+ good\n* softmax\n* soft-max\n"
    )
    (tmp_path / "q.txt").write_text(source)
    command = [sys.executable, "-c", "from text2qti.cmdline import main; main()", "q.txt"]
    home = {**os.environ, "HOME": str(tmp_path)}  # it may leave its settings there
    subprocess.run(command, cwd=tmp_path, check=True, env=home)
    with zipfile.ZipFile(tmp_path / "q.zip") as package:
        (name,) = (n for n in package.namelist() if n.split("/")[-1].startswith("text2qti"))
        known = structure(bare(package.read(name)))
    wanted = ("single", "several", "rounded", "words", "signs", "three")
    ours = [item for question, item in items([sample(tmp_path)]) if question.id in wanted]
    assert set().union(*map(structure, ours)) - known == OURS


def structure(root: Element) -> set[str]:
    """Return which elements stand in which, and their attributes."""
    found = set()
    for node in root.iter():
        found |= {f"{node.tag}@{name}" for name in node.attrib}
        found |= {f"{node.tag}/{child.tag}" for child in node}
    return found


def test_the_same_quiz_makes_the_same_bytes(tmp_path: Path) -> None:
    """Nothing of the day or the machine is in a package."""
    first, again = (write_qti([sample(tmp_path)]).content for _ in range(2))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}


def test_canvas_is_told_the_kind_and_the_points_of_each_question(tmp_path: Path) -> None:
    """By the names that it has for them."""
    types = {}
    for question, item in items([sample(tmp_path)]):
        entries = {
            field.findtext("fieldlabel"): field.findtext("fieldentry")
            for field in item.iter("qtimetadatafield")
        }
        types[question.id] = (entries["question_type"], entries["points_possible"])
    assert types["single"] == ("multiple_choice_question", "1")
    assert types["several"] == ("multiple_answers_question", "1")
    assert types["truth"] == ("true_false_question", "1")
    assert types["rounded"] == ("numerical_question", "2")
    assert types["words"] == types["shape"] == types["prints"] == ("short_answer_question", "1")
    assert types["order"] == types["match"] == ("matching_question", "1")
