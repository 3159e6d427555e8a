"""Strings become blocks once, and give the same strings again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.records import CaseResult, Diagnosis, Outcome
from grader.records.text import Code, Lines, Paragraph, Points, Text, parse

LINES = st.sampled_from(
    ["", " ", "a `b` c", "`", "- a", "-", "- - a", "  b", "    c", "\x0b", "d "]
)


def test_a_docstring_becomes_blocks() -> None:
    """Code, a list with what belongs to its points, and lines that keep their shape."""
    text = parse(
        "Use `exp`,\nand:\n- one\n  more\n\n  apart\n- two\n    z\n\nSo:\n  x\n\n    y\nEnd."
    )
    one = Text(((Paragraph(("one\nmore",)),), (Paragraph(("apart",)),)))
    two = Text.of(Paragraph(("two",)), Lines(("  z",)))
    use = Paragraph(("Use ", Code("exp"), ",\nand:"))
    program = Lines(("  x", "", "    y"))
    assert text.groups == (
        (use, Points((one, two))),
        (Paragraph(("So:",)), program, Paragraph(("End.",))),
    )
    assert len({text, parse(str(text))}) == 1


@given(st.lists(LINES).map("\n".join))
def test_what_is_read_from_plain_sentences_is_written_so_again(source: str) -> None:
    """Whoever reads the JSON can have the blocks back."""
    text = parse(source)
    assert parse(str(text)) == text
    assert str(text).split() == source.split()


def test_a_list_has_a_bottom() -> None:
    """A learner's exception may begin with any number of hyphens."""
    assert str(parse("- " * 5000)) == "- " * 5000


def test_an_opening_joins_the_first_paragraph() -> None:
    """A list or a program that comes first is left as it is."""
    assert str(parse("You halve.\n\nWhy?").after("In `f`: ")) == "In `f`: You halve.\n\nWhy?"
    assert str(parse("  x = 1").after("Look:")) == "Look:\n  x = 1"
    assert str(Text().after("Nothing.")) == "Nothing."


def test_records_hold_texts() -> None:
    """They may be given strings; there is no diagnosis that says nothing."""
    check = CaseResult("sums", "f", Outcome.PASSED, 1, 1)
    assert not check.message
    assert Diagnosis("mistake", "You `halve`.") == Diagnosis("mistake", parse("You `halve`."))
    with pytest.raises(ValueError, match="say something"):
        Diagnosis("mistake", " \n")
