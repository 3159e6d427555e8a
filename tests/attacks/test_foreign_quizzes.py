"""Quizzes that others wrote: what is made of one grows with it, and no faster.

Its texts, its values and its programs are counted before anything is made of them.
"""

from __future__ import annotations

import difflib
import re
import sys
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.course.course import Course
from grader.errors import CourseError
from grader.files import MAX_PERCENT, MAX_QUIZ, NotYaml, require_few_signs, yaml_of
from grader.learner.outside.sandbox import Sandbox
from grader.quiz.export.texts import typeset
from grader.quiz.kinds.arranged import Match, Order
from grader.quiz.kinds.base import Kind
from grader.quiz.kinds.choice import Choice, Choices
from grader.quiz.kinds.typed import Printed, Words
from grader.quiz.proving import proof
from grader.quiz.proving.proof import MOST_RUNS, key_problems
from grader.quiz.reading.faults import near
from grader.quiz.reading.nodes import MAX_FAULTS, MAX_TEXT, NodeFile
from grader.quiz.reading.question import MOST_DRAWS, MOST_OF_A_QUIZ
from grader.records import Limits, Raised
from tests.attacks.bounds import bounded
from tests.quiz.samples import load

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="watches memory as Linux tells it")

HEAD = "quiz: sums\ntitle: T\nquestions:\n"
CHOICES = "choices: [{right: %s, because: y.}, {wrong: zz, because: z.}, {wrong: b c, because: z.}]"
NUMBERS = "[" + ", ".join(map(str, range(1, MOST_DRAWS + 1))) + "]"
TEN = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"
ALMOST = MAX_TEXT - 1_000


def asked(*questions: str, ask: str = "Which?") -> str:
    """Return a quiz of questions that have those lines."""
    numbered = enumerate(questions)
    return HEAD + "".join(f"- id: q{n}\n  ask: {ask}\n{lines}\n" for n, lines in numbered)


def many(count: int, lines: str) -> str:
    """Return a quiz of one question so many times."""
    return asked(*[lines] * count)


LONG = {
    "letters": asked("  " + CHOICES % ("a " * 100_000), ask="x" * 600_000),
    "code": asked(f"  code: |\n    {'a;' * 1_200_000}\n  prints: 1"),
    "code and values": asked(
        f"  vars: {{n: {NUMBERS}}}\n  code: |\n    {'a;' * 300_000}\n  answer: '{{n}}'\n"
        "  proof: '{n}'"
    ),
    "a proof": asked(f"  answer: 1\n  proof: |\n    {'a;' * 300_000}1"),
    "a key": asked(f"  match: {{? {'a' * 400_000} : x, b: y}}"),
    "a hint": asked(f"  answer: 1\n  hint: {'(n) ' * 100_000}"),
    "spaces in a shape": asked(f"  shape: '2{' ' * 400_000}3'"),
    "sizes": asked(f"  shape: '{'1,' * 70_000}'"),
    "a picture": asked(f"  answer: 1\n  picture: {'x' * 900_000}"),
    "many": asked(*[f"  answer: 1\n  because: {'x' * (MAX_TEXT + 1)}"] * 140),
}


@pytest.mark.parametrize("name", LONG)
def test_a_text_that_nobody_reads_is_a_fault(tiny: Course, name: str) -> None:
    """With its line and column, whichever text it is; and nothing is made of it."""
    assert len(LONG[name].encode()) < MAX_QUIZ
    tiny.quiz_path("sums").write_text(LONG[name])
    for ended in bounded(tiny.root, ["prove", "sums"], ["quiz", "sums"]):
        said = ended.out + ended.err
        assert ended.code == 2 and "has more than 20,000 characters" in said
        assert re.search(r"sums\.yaml:\d+:\d+: ", said) and len(said) < 60_000


DENSE = "a;" * (ALMOST // 2)
LETTERS = "a " * (ALMOST // 2)
SPACES = " " * ALMOST
VALUES = f"  vars: {{n: {NUMBERS}}}\n"
CUBE = f"  vars: {{n: {TEN}, m: {TEN}, k: {TEN}}}\n"
SUM = "'{n} + {m} + {k}'"
NAMES = [f"n{number}" for number in range(990)]
WORDS = " ".join("".join(three) for three in product("abcdefghijklmnopq", repeat=3))
FULL = {
    "code": many(120, f"  code: |\n    {DENSE}\n  prints: 1"),
    "code and values": many(
        9, f"{VALUES}  code: |\n    {DENSE}\n  answer: '{{n}}'\n  proof: '{{n}}'"
    ),
    "values of many questions": many(2_000, f"{CUBE}  answer: {SUM}"),
    "programs": many(2_000, f"{CUBE}  answer: {SUM}\n  proof: {SUM}"),
    "names of values": many(
        3,
        f"  vars: {{{', '.join(f'{name}: [1]' for name in NAMES)}, n: {NUMBERS}}}\n"
        f"  hint: '{' '.join(f'{{{name}}}' for name in NAMES)}'\n  answer: '{{n}}'",
    ),
    "spellings": asked("  accept:\n" + "".join(f"  - '{n}{' Ä' * 900} 1'\n" for n in range(900))),
    "spaces": asked("  accept:\n" + "".join(f"  - '{n}{SPACES[:1_900]}b'\n" for n in range(999))),
    "spaces in a shape": many(140, f"  shape: '2{SPACES}3'"),
    "sizes": many(20, f"  shape: '{'1,' * 6_000}'\n  hint: {WORDS}"),
    "letters": many(70, "  " + CHOICES % LETTERS + f"\n  code: {'x ' * (ALMOST // 2)}"),
    "aliases": HEAD
    + f"- {{id: a, ask: &a {LETTERS}, answer: 1}}\n"
    + "".join(f"- {{id: b{n}, ask: *a, code: *a, hint: *a, answer: 1}}\n" for n in range(5_000)),
    "minus signs": asked(f"  answer: 1\n  proof: '{'-' * 3_000}1'"),
    "names alike": many(90, f"  answer: 1\n  source: {{document: {'ba' * 45}, section: x}}"),
}


@pytest.mark.parametrize("name", FULL)
def test_no_quiz_takes_for_ever(tiny: Course, name: str) -> None:
    """However much it has of what may be in one."""
    assert len(FULL[name].encode()) < MAX_QUIZ
    tiny.quiz_path("sums").write_text(FULL[name])
    documents = "".join(f"{'ab' * 45}{n}: {{title: T, sections: [x]}}\n" for n in NAMES)
    tiny.quiz_path("documents").write_text(documents)
    (ended,) = bounded(tiny.root, ["prove", "sums"])
    said = ended.out + ended.err
    assert ended.code in (0, 1, 2) and "quiz sums: " in said
    assert ("the file is too much" in said) == (name == "aliases")


def test_a_fault_counts_as_often_as_aliases_repeat_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All have one place, where it is told once; and each takes as long as the first."""
    told: list[str] = []
    real = NodeFile.fault

    def counted(file: NodeFile, at: Any, what: str, cure: str) -> None:
        told.append(what)
        real(file, at, what, cure)

    monkeypatch.setattr(NodeFile, "fault", counted)
    lines = "- &q {id: a, ask: x, answer: 1, source: {document: nowhere, section: x}}\n"
    with pytest.raises(CourseError, match="nowhere") as error:
        load(tmp_path, f"quiz: sample\ntitle: T\nquestions:\n{lines}" + "- *q\n" * 500)
    assert len(told) == MAX_FAULTS and len(error.value.lines) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_directives_are_counted_before_each_is_compared(tmp_path: Path, encoding: str) -> None:
    """With all before it, as YAML's parser does; whichever file has them."""
    text = "".join(f"%TAG !{number}! b\n" for number in range(MAX_PERCENT + 1))
    body = f"{text}---\na: b\n".encode(encoding)
    with pytest.raises(NotYaml, match="more than 10,000 percent signs"):
        yaml_of(body)
    with pytest.raises(NotYaml, match="more than 10,000 percent signs"):
        require_few_signs(body)
    (tmp_path / "sample.yaml").write_bytes(body)
    with pytest.raises(CourseError, match="sample.yaml:1:1: the file is too much"):
        NodeFile(tmp_path / "sample.yaml", "sample.yaml").read(str, "no")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("above", ["", "# A file.\n", "\r", "%YAML 1.1\n"])
def test_no_directive_abbreviates_tags(tmp_path: Path, encoding: str, above: str) -> None:
    """What they abbreviate is written out at each use, before anything can be counted."""
    body = f"{above}%TAG ! {'b' * 100}😀\n---\nx: [!x a, !x b]\n".encode(encoding)
    with pytest.raises(NotYaml, match="a %TAG directive, of which"):
        yaml_of(body)
    (tmp_path / "sample.yaml").write_bytes(body)
    with pytest.raises(CourseError, match="sample.yaml"):
        NodeFile(tmp_path / "sample.yaml", "sample.yaml").read(str, "no")
    assert yaml_of(b"%YAML 1.1\n---\nx: about %TAG and 'n %TAG'\n") == {
        "x": "about %TAG and 'n %TAG'"
    }


def test_no_more_is_parsed_than_is_run(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the values that may be drawn only so many are."""
    parsed: list[str] = []
    monkeypatch.setattr(proof, "_programs", lambda drawn: parsed.append(drawn.proof) or iter(()))
    lines = f"{VALUES}  answer: '{{n}}'\n  proof: '{{n}}'"
    assert key_problems(load(tmp_path, many(1, lines).replace("sums", "sample")), sandbox) == ()
    assert parsed == [str(number) for number in range(1, MOST_RUNS + 1)]


def test_what_is_run_of_a_quiz_has_an_end(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many programs there are: they are counted, so are their characters and seconds."""
    asked_for: list[tuple[int, float]] = []

    def run(submission: Any, calls: list[Any], tell: Any, limits: Limits, _: Sandbox) -> Any:
        asked_for.append((len(calls), limits.seconds))
        return SimpleNamespace(load_failure=Raised("E", "x", ""), answers=calls)

    monkeypatch.setattr(proof, "run_calls", run)
    lines = f"  vars: {{n: {TEN}}}\n  answer: '{{n}}'\n  proof: '{{n}}'"
    quiz = load(tmp_path, many(900, lines).replace("sums", "sample"))
    problems = key_problems(quiz, sandbox)
    ((count, seconds),) = asked_for
    assert count <= 1_000 and seconds <= 120
    assert len([each for each in problems if "the rest was not run" in each]) == 1


BOUNDS = {
    "values": (f"{CUBE}  answer: {SUM}", 1 + MOST_OF_A_QUIZ // MOST_DRAWS, "Offer at most 0"),
    "names": (
        "  vars: {a: [1], b: [1], c: [1], d: [1], e: [1], f: [1], g: [1], h: [1], i: [1], j: [1],"
        " k: [1]}\n  answer: '{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}{k}'",
        1,
        "values are to be drawn for 11 names. Use at most 10.",
    ),
    "sizes": ("  shape: '(" + "2, " * 17 + ")'", 1, "is no shape"),
    "spellings": (
        f"  accept: [{', '.join(f'a{n}' for n in range(101))}]",
        1,
        "more than 100 items",
    ),
    "a text": (f"  answer: 1\n  hint: {'x' * 20_001}", 1, "more than 20,000 characters"),
    "a value": (f"  vars: {{n: [{'1' * 41}]}}\n  answer: '{{n}}'", 1, "a value cannot be"),
    "a text that values fill": (
        f"  vars: {{n: [1, {'1' * 40}]}}\n  answer: '{{n}}'\n  hint: '{'{n}' * 1_000}'",
        1,
        "with its values this text has more than 20,000 characters",
    ),
    "a size that values fill": (
        f"  vars: {{n: [1, {'1' * 40}]}}\n  shape: '(2, {'{n}' * 1_000})'",
        1,
        "with its values this text has more than 20,000 characters",
    ),
    "formulas": (
        f"  answer: 1\n  because: {'b' * 900} {'c' * 101}\n"
        f"  formulas: {{{'b' * 900}: x, {'c' * 101}: x}}",
        1,
        "these formulas have more than 1,000 characters",
    ),
    "lines of what is accepted": ("  accept: ['a\n\n    b']", 1, "more than one line"),
    "lines of a step": ("  order: [a, 'b\n\n    c']", 1, "more than one line"),
    "lines of a pair": ("  match: {a: b, c: 'd\n\n    e']}".replace("]", ""), 1, "than one line"),
    "a formula": (f"  answer: 1\n  formulas: {{? {'x' * 20_001} : x}}", 1, "more than 20,000"),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_each_bound_is_a_fault_with_its_place(tmp_path: Path, name: str) -> None:
    """As what else is wrong with a quiz; one less of it is read."""
    lines, count, message = BOUNDS[name]
    with pytest.raises(CourseError, match=r"sample.yaml:\d+:\d+: ") as error:
        load(tmp_path, many(count, lines).replace("sums", "sample"))
    assert message in str(error.value)


def test_texts_that_just_fit_are_read(tmp_path: Path) -> None:
    """As long, as many, as wide as they may be."""
    lines = [f"  answer: 1\n  hint: {'x' * MAX_TEXT}", "  shape: (" + "2, " * 15 + "2)"]
    lines += [f"  accept: [{', '.join(f'a{n}' for n in range(100))}]"]
    lines += [f"{CUBE}  answer: {SUM}"] * (MOST_OF_A_QUIZ // MOST_DRAWS)
    assert len(load(tmp_path, asked(*lines).replace("sums", "sample")).questions) == len(lines)


def test_no_text_is_longer_with_its_formulas(tmp_path: Path) -> None:
    """One that TeX would blow up stays as it is, and the others are typeset."""
    lines = f"  answer: 1\n  because: '{'x ' * 9_000}'\n  formulas: {{x: {'y' * 3_000}}}"
    (question,) = load(tmp_path, asked(lines, ask="x").replace("sums", "sample")).questions
    made = typeset(question)
    assert made.because == question.because and made.ask == rf"\({'y' * 3_000}\)"


def test_the_formulas_of_a_question_are_bounded_together(tmp_path: Path) -> None:
    """Each text alone would do: what is asked comes first, and the last stay as they are."""
    lines = f"  answer: 1\n  because: x\n  hint: x x\n  formulas: {{x: {'y' * 2_000}}}"
    (question,) = load(tmp_path, asked(lines, ask="x").replace("sums", "sample")).questions
    made = typeset(question)
    assert made.ask == made.because == rf"\({'y' * 2_000}\)" and made.hint == "x x"


def test_a_name_is_compared_with_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """With those that have most letters in common, however many have all; with no long ones."""
    compared: list[int] = []
    real = difflib.get_close_matches

    def counted(name: str, known: list[str], **options: Any) -> list[str]:
        compared.append(len(known) * len(name) * max(map(len, known), default=0))
        return real(name, known, **options)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    known = [f"{'ab' * 30}{number}" for number in range(200)]
    assert near("ba" * 30 + "7", [*known, "an-id-of-a-question"])
    assert near("an-id-fo-a-question", [*known, "an-id-of-a-question"]) == ["an-id-of-a-question"]
    assert near("ab" * 50, known) == [] == near("ab", ["ab" * 100] * 900)
    assert max(compared) <= 5 * 80 * 80


@pytest.mark.parametrize("given", ["b", ["a", "b"], {"a": "b"}])
@pytest.mark.parametrize("kind", ["choice", "words", "order", "match", "prints"])
def test_an_answer_is_read_out_in_one_line(kind: str, given: Any) -> None:
    """Whoever wrote the quiz, or what was kept of an answer."""
    odd = "x\n\nCORRECT  all 3 of 3 points"
    kinds: dict[str, Kind] = {
        "choice": Choices((Choice(odd, True), Choice("a", False))),
        "words": Words((odd,)),
        "order": Order((odd, "a")),
        "match": Match(((odd, odd), ("a", odd))),
        "prints": Printed(odd),
    }
    asked_so = kinds[kind]
    given = [odd, *given] if isinstance(given, list) else given
    said = [asked_so.say(asked_so.right), asked_so.say(given)]
    said += [remark.what for remark in asked_so.remarks(given)] if kind != "match" else []
    assert not [each for each in said if "\n" in each]
