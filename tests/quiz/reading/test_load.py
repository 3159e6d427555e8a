"""Reading a quiz: as its author meant it, or refused with line, column and cure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grader.course.course import Course
from grader.errors import CourseError
from grader.quiz.kinds.base import Partial
from grader.quiz.kinds.choice import Choices, Truth
from grader.quiz.kinds.typed import Shape, Words
from grader.quiz.model import Document
from grader.quiz.reading import faults, nodes
from grader.quiz.reading.load import load_quiz, read_documents, read_quizzes
from tests.quiz.samples import DOCUMENTS, EXERCISES, SAMPLE, load

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


def test_everything_that_an_author_may_write_is_read(tmp_path: Path) -> None:
    """Each kind of question, with every option, comes out as it was written."""
    quiz = load(tmp_path, SAMPLE)
    kinds = [question.kind.name for question in quiz.questions]
    assert kinds == [
        *("choice", "choice", "truth", "number", "number"),
        *("words", "shape", "order", "match", "prints"),
    ]
    first, second, *_ = quiz.questions
    assert (quiz.name, quiz.title, first.id) == ("sample", "Sample", "single")
    assert [str(source) for source in first.sources] == ['"A paper", section "Attention"']
    assert (first.practise, first.topics, first.weight) == ("softmax", ("softmax",), 1.0)
    assert second.topics == ("sample",)
    assert first.where == "sample.yaml:4"
    assert quiz.questions[4].weight == 2.0


def test_texts_stay_as_they_were_typed(tmp_path: Path) -> None:
    """None of YAML's guesses at truth values, numbers and times is taken."""
    typed = ["no", "2:30", "012", "1e-5", "~", "null", "2001-01-01", "0x1f", "1_000", ".5"]
    choices = "".join(f"  - wrong: {text}\n" for text in typed[:8])
    text = f"quiz: sample\ntitle: on\nquestions:\n- id: 010\n  ask: yes\n  choices:\n{choices}"
    quiz = load(tmp_path, text + "  - right: 1_000\n")
    (question,) = quiz.questions
    assert isinstance(question.kind, Choices)
    assert [choice.text for choice in question.kind.choices] == typed[:9]
    assert (quiz.title, question.id, question.ask) == ("on", "010", "yes")


def test_what_may_be_written_in_more_than_one_way(tmp_path: Path) -> None:
    """Yes and no are truths, one word needs no list, a shape may be one, comments may stand."""
    text = (
        "quiz: sample  # a comment\ntitle: T\nquestions:\n"
        "- {id: a, ask: Is it?, answer: No}  # another\n"
        "- {id: b, ask: Which?, accept: softmax}\n"
        "- {id: c, ask: Which (B) shape?, shape: [B, 2]}\n"
        "- {id: d, ask: Which?, choices: [{right: x}, {right: y}, {wrong: z}],"
        " partial: per choice, tags: [one, two]}\n"
    )
    a, b, c, d = load(tmp_path, text).questions
    assert a.kind == Truth(False)
    assert b.kind == Words(("softmax",))
    assert isinstance(c.kind, Shape)
    assert c.kind.right == "(B, 2)"
    assert isinstance(d.kind, Choices)
    assert (d.kind.partial, d.topics) == (Partial.EACH, ("one", "two"))


def test_a_question_may_rest_on_several_sections(tmp_path: Path) -> None:
    """A list of sources is read in its order, in either notation, and a single one as before."""
    text = (
        "quiz: sample\ntitle: T\nquestions:\n- id: a\n  ask: Is it?\n  answer: true\n  source:\n"
        "  - {document: paper, section: Attention}\n"
        "  - document: paper\n    section: Introduction\n"
    )
    (question,) = load(tmp_path, text).questions
    assert [source.section for source in question.sources] == ["Attention", "Introduction"]
    assert {source.document for source in question.sources} == {"paper"}


def faults_of(path: Path) -> list[str]:
    """Return the faults of a quiz that cannot be read."""
    with pytest.raises(CourseError) as raised:
        load_quiz(path, EXERCISES, DOCUMENTS, path.name)
    return str(raised.value).splitlines()[1:]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_gets_exactly_these_messages(path: Path) -> None:
    """The comments at the end of each file in `broken/` are its faults, and there are no others."""
    lines = path.read_text("utf-8").splitlines()
    assert faults_of(path) == [
        f"{path.name}:{line[3:]}" for line in lines if line.startswith("#= ")
    ]


def test_without_libyaml_the_same_faults_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PyYAML's own parser words some of them in another way, and finds all in the same places."""

    def places() -> list[list[str]]:
        return [[line.split(": ")[0] for line in faults_of(path)] for path in BROKEN]

    with_it = places()
    monkeypatch.setattr(nodes, "Loader", yaml.BaseLoader)
    monkeypatch.setattr(faults, "Loader", yaml.BaseLoader)
    assert places() == with_it
    deep = tmp_path / "deep.yaml"
    deep.write_text("[" * 5000)
    assert faults_of(deep)[0].startswith("deep.yaml:1:1: the brackets of this file are nested too")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "1:1: the file cannot be read: No such file or directory. Write it, or take it out"),
        (b"quiz: q\ntitle: \xff\n", "2:8: the character '\\udcff' is not text in UTF-8. Take it"),
        (b"quiz: q\ntitle: 'T\n", '2:8: the quote that opens "\'T" is not closed where its text'),
        (b"[" * 5000, "1:1001: '[[[["),
    ],
)
def test_a_file_that_is_no_text_is_a_message(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    """Missing, in another encoding, or made to break the parser: each has its place."""
    path = tmp_path / "q.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CourseError) as raised:
        load_quiz(path, [], {}, "q.yaml")
    assert str(raised.value).splitlines()[1].startswith(f"q.yaml:{message}")


def test_faults_come_at_once_from_top_to_bottom(tmp_path: Path) -> None:
    """An author mends a file in one go, even where YAML itself stumbles several times."""
    text = (Path(__file__).parent / "broken/many_at_once.yaml").read_text("utf-8")
    with pytest.raises(CourseError) as raised:
        load(tmp_path, text)
    lines = [int(line.split(":")[1]) for line in str(raised.value).splitlines()[1:]]
    assert len(lines) > 6
    assert lines == sorted(lines)


def test_a_bank_of_5000_questions_is_read(tmp_path: Path) -> None:
    """What bounds a stranger's file leaves room for whatever a course may have."""
    ask = "With a causal mask, position 3 attends to position 4. " * 6
    questions = "".join(f"- id: q{n}\n  ask: {ask}\n  answer: no\n" for n in range(5000))
    quiz = load(tmp_path, f"quiz: sample\ntitle: T\nquestions:\n{questions}")
    assert len(quiz.questions) == 5000


def test_an_id_is_used_once_in_a_course(tiny: Course) -> None:
    """What is remembered of a question goes by its id, so two quizzes cannot share one."""
    contents = tiny.root / "course.yaml"
    contents.write_text(contents.read_text().replace("[sums]", "[sums, more]"))
    more = (tiny.root / "quizzes/sums.yaml").read_text().replace("quiz: sums", "quiz: more")
    (tiny.root / "quizzes/more.yaml").write_text(more)
    course = tiny._replace(units=(tiny.units[0]._replace(quizzes=("sums", "more")),))
    with pytest.raises(CourseError, match=r"more.yaml:5: the id 'one-and-one' is used twice"):
        read_quizzes(course)


def test_the_key_changes_with_the_answer_and_with_nothing_else(tmp_path: Path) -> None:
    """Rewording keeps what is remembered of a question; another right answer does not."""

    def keys(text: str) -> list[str]:
        return [question.key for question in load(tmp_path, text).questions]

    before = keys(SAMPLE)
    assert keys(SAMPLE.replace("Over which axis", "Along which axis")) == before
    assert keys(SAMPLE.replace("wrong: queries", "wrong: the queries")) == before
    assert keys(SAMPLE.replace("[softmax, soft-max]", "[softmax, Softmax function]")) == before
    assert keys(SAMPLE.replace("right: keys", "right: values"))[0] != before[0]
    assert keys(SAMPLE.replace("answer: false", "answer: true"))[2] != before[2]
    assert keys(SAMPLE.replace("{d} / {h}", "{d} * {h}"))[3] != before[3]
    assert keys(SAMPLE.replace("[scores, mask,", "[mask, scores,"))[7] != before[7]
    assert keys(SAMPLE.replace("d: [256, 512]", "d: [128, 256, 512]"))[3] != before[3]


def test_documents_are_read_in_the_same_way(tiny: Course) -> None:
    """The list of documents gives each one's sections; without the file there are none."""
    assert read_documents(tiny) == {}
    path = tiny.root / "quizzes/documents.yaml"
    path.write_text("paper:\n  title: T\n  sections: [One, 2]\n")
    assert read_documents(tiny) == {"paper": Document("T", ("One", "2"))}
    path.write_text("paper:\n  sections: [One]\n")
    with pytest.raises(CourseError, match="2:3: a document needs the key 'title'"):
        read_documents(tiny)


SIGNS = (*"\t\n:#'\"`{}[]&*!|>?-", "  ", ": ", " #", "- ", "\n---\n", "&a ", "!!int ")


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.sampled_from(SIGNS)), max_size=4))
def test_whatever_is_typed_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, typed: list[tuple[int, str]]
) -> None:
    """A sign anywhere in a file ends in a quiz, or in lines with place, fault and cure."""
    text = SAMPLE
    for place, sign in typed:
        text = text[:place] + sign + text[place:]
    try:
        load(tmp_path_factory.getbasetemp(), text)
    except CourseError as error:
        lines = str(error).splitlines()[1:]
        assert lines
        assert all(re.fullmatch(r"sample\.yaml:\d+:\d+: .+\. .+\.", line) for line in lines)
