"""Nothing of a quiz is dropped in silence: it is in the file, or it is listed."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from grader.present.export_text import render_losses
from grader.quiz.export.anki import write_anki
from grader.quiz.export.exported import Exported
from grader.quiz.export.gift import write_gift
from grader.quiz.export.qti import write_qti
from grader.quiz.model import Quiz
from grader.quiz.reading.question import OPTIONS
from tests.quiz.samples import load

Writer = Callable[[Sequence[Quiz]], Exported]
WRITERS: dict[str, Writer] = {"gift": write_gift, "anki": write_anki, "qti": write_qti}

FULL = """\
quiz: full
title: Full
questions:
- id: number
  ask: How much is {d}?
  answer: "{d}"
  vars: {d: [7001, 7002]}
  tolerance: 13
  unit: furlongs
  because: The-reason.
  hint: The-hint.
  code: the_program()
  proof: np.full(1, {d})[0]
  weight: 3
  tags: [the-tag]
  source:
  - {document: paper, section: Attention}
  - {paper: The-paper, section: 3.2, arxiv: 1706.03762}
  practise: masking
  picture: the-picture
  formulas: {The-reason: the-tex}
- id: several
  ask: Which?
  choices: [right: one, right: two, wrong: three]
  partial: all-or-nothing
- id: ordered
  ask: Which is it?
  choices: [right: low, wrong: high]
  shuffle: false
- id: numbers
  ask: How many?
  choices: [right: Line 1, wrong: Line 2]
- {id: order, ask: Order., order: [p, q, r]}
- {id: match, ask: Match., match: {m: n, o: p}}
- {id: words, ask: Say., accept: [so]}
- {id: shape, ask: "Of (B, T)?", shape: "(B, T)"}
- {id: prints, ask: Prints?, code: "print(1)", prints: "1"}
"""

# How each option would be seen in a file, and what a loss says of it.
SEEN = {
    "because": (r"\(the-tex\).", "reason"),
    "hint": ("The-hint.", "hint"),
    "weight": ("<fieldentry>3</fieldentry>", "weight, 3"),
    "tags": ("the-tag", "tags"),
    "source": ('"The-paper", section 3.2, arXiv:1706.03762', "source"),
    "picture": ("<pre>the-picture</pre>", "picture"),
    "formulas": (r"\(the-tex\)", "formula"),
    "shuffle": ("low", "shuffled out of their order"),
    "practise": ("grader grade masking", "practise"),
    "code": ("the_program()", "program"),
    "vars": ("7002", "always asked with d = 7001"),
    "tolerance": ("13", "tolerance"),
    "unit": ("furlongs", "unit"),
    "partial": ("all-or-nothing", "instead of all-or-nothing"),
    "proof": ("np.full", "proof"),
}
IMPLIED = {("qti", "partial")}  # by its conditions; the player of QTI is asked for that
TOLERANCES = {"gift": "7001:13", "anki": "from 6988 to 7014", "qti": ">6988<"}


def text_of(exported: Exported) -> str:
    """Return all that is in a file."""
    if not exported.content.startswith(b"PK"):
        text = exported.content.decode().replace('""', '"')
        return re.sub(r"\\([:\\])", r"\1", text)
    with zipfile.ZipFile(io.BytesIO(exported.content)) as package:
        texts = [package.read(name).decode() for name in package.namelist()]
        return html.unescape("\n".join(texts))


@pytest.mark.parametrize("form", WRITERS)
def test_every_option_of_a_question_is_carried_or_told(form: str, tmp_path: Path) -> None:
    """Whatever an author can write is found in the file, or in the list of what is not."""
    exported = WRITERS[form]([load(tmp_path, FULL, "full")])
    content, listed = text_of(exported), "\n".join(map(str, exported.losses))
    assert set(SEEN) == set(OPTIONS)
    for option, (carried, lost) in SEEN.items():
        wanted = TOLERANCES[form] if option == "tolerance" else carried
        in_file = wanted in content or (form, option) in IMPLIED
        assert in_file or lost in listed, option


TOLD = {
    "gift": {
        "": 1,  # documents
        "ordered": 1,
        "number": 5,  # values, hint, weight, proof, and only a plain number counts
        "several": 1,
        "numbers": 1,
        "order": 2,
        "match": 1,
        "words": 1,
        "shape": 1,
        "prints": 1,
    },
    "anki": {"": 1, "number": 3, "several": 1, "order": 1, "match": 1},
    "qti": {"": 3, "number": 4, "order": 2, "match": 1, "words": 1, "shape": 1,
            "prints": 1},
}  # fmt: skip


@pytest.mark.parametrize("form", WRITERS)
def test_what_is_marked_in_another_way_is_told(form: str, tmp_path: Path) -> None:
    """Ways of asking and marking that the format lacks are listed, for each question."""
    exported = WRITERS[form]([load(tmp_path, FULL, "full")])
    counts: dict[str, int] = {}
    for loss in exported.losses:
        counts[loss.question] = counts.get(loss.question, 0) + 1
    assert counts == TOLD[form]
    assert all(loss.where.startswith("full.yaml") for loss in exported.losses)
    said = render_losses(exported, form).splitlines()
    assert said[-1] == f"{form} leaves out or changes {len(said) - 1} things, listed above."


def odd(folder: Path, questions: str) -> Quiz:
    """Return a quiz of those questions."""
    return load(folder, f"quiz: odd\ntitle: Odd\nquestions:\n{questions}", "odd")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("0.00001", ["Canvas rounds to four decimals: 0.00001 becomes 0"]),
        ("1.2345678901234\n  tolerance: 0", ["1.2345678901234 becomes 1.2346"]),
        ("2**60", ["whole numbers next to it are the same"]),
        ("1 / 3", []),
        ("0.25", []),
        ("2**50", []),
    ],
)
def test_what_canvas_rounds_is_told(tmp_path: Path, answer: str, told: list[str]) -> None:
    """Where an answer that counts here would not count there, and the other way round."""
    quiz = odd(tmp_path, f"- id: one\n  ask: How much?\n  answer: {answer}\n")
    every = [loss.what for loss in write_qti([quiz]).losses]
    losses = [what for what in every if not what.startswith("only a plain number counts")]
    assert len(losses) == len(told)
    assert all(text in what for text, what in zip(told, losses, strict=True))


def test_choices_that_keep_their_order_keep_it_everywhere(tmp_path: Path) -> None:
    """In Canvas none are shuffled then, so they are mixed beforehand; elsewhere it is told."""
    choices = "- id: {0}\n  ask: Which {0}?\n  choices: [right: p, wrong: q, wrong: r, wrong: s]\n"
    questions = choices.format("kept") + "  shuffle: false\n" + choices.format("mixed")
    quiz = odd(tmp_path, questions)
    package = text_of(write_qti([quiz]))
    assert "<shuffle_answers>false</shuffle_answers>" in package
    kept, _, mixed = package.partition("Which mixed?")
    assert re.findall(r">([p-s])</mattext>", kept) == ["p", "q", "r", "s"]
    assert sorted(re.findall(r">([p-s])</mattext>", mixed)) == ["p", "q", "r", "s"]
    assert re.findall(r">([p-s])</mattext>", mixed) != ["p", "q", "r", "s"]
    (loss,) = write_gift([quiz]).losses
    assert str(loss) == "odd.yaml:4: kept: its choices may be shuffled out of their order"


def test_formulas_are_typeset_where_there_is_tex(tmp_path: Path) -> None:
    """The longest that fits is taken; in Canvas the texts of choices are plain, which is told."""
    text = """\
- id: one
  ask: What is softmax(x / c) for x?
  choices:
  - right: softmax(x) too
    because: As x / c is x.
  - wrong: 1
  formulas:
    x / c: '\\frac{x}{c}'
    softmax(x / c): '\\sigma(x < c)'
    softmax(x): '\\sigma(x)'
"""
    quiz = odd(tmp_path, text)
    anki = write_anki([quiz]).content.decode()
    assert r"What is \(\sigma(x &lt; c)\) for x?" in anki
    assert r"\(\sigma(x)\) too" in anki
    package = text_of(write_qti([quiz]))
    assert r"As \(\frac{x}{c}\) is x." in package
    assert ">softmax(x) too<" in package
    assert [loss.what for loss in write_qti([quiz]).losses] == [
        "a formula in its choices is not typeset"
    ]


def test_anki_names_a_narrow_range_in_its_digits(tmp_path: Path) -> None:
    """Rounded off, it would say that what is right is wrong."""
    quiz = odd(tmp_path, "- {id: one, ask: How much?, answer: 1234567.5, tolerance: 0.25}\n")
    assert b"Anything from 1234567.25 to 1234567.75 is right." in write_anki([quiz]).content
