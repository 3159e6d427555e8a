"""Nothing of a quiz is dropped in silence: it is in the file, or it is listed."""

from __future__ import annotations

import io
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
  source: {document: paper, section: Attention}
  practise: masking
- id: several
  ask: Which?
  choices: [right: one, right: two, wrong: three]
  partial: all-or-nothing
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
    "because": ("The-reason.", "reason"),
    "hint": ("The-hint.", "hint"),
    "weight": ("<fieldentry>3</fieldentry>", "weight, 3"),
    "tags": ("the-tag", "tags"),
    "source": ('"A paper", section "Attention"', "source"),
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
        return exported.content.decode().replace('""', '"').replace("\\:", ":")
    with zipfile.ZipFile(io.BytesIO(exported.content)) as package:
        return "\n".join(package.read(name).decode() for name in package.namelist())


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
        "number": 5,  # values, hint, weight, proof, and only a plain number counts
        "several": 1,
        "numbers": 1,
        "order": 2,
        "match": 1,
        "words": 1,
        "shape": 1,
        "prints": 1,
    },
    "anki": {"number": 3, "several": 1, "order": 1, "match": 1},
    "qti": {"": 1, "number": 4, "numbers": 1, "order": 2, "match": 1, "words": 1, "shape": 1,
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
