"""Accents that are piled on a letter: cut where a text is normalized, refused in a program."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from grader.accents import normalized, require_few_accents
from grader.exercise.unwritten import is_untouched
from grader.notebooks.statements import Kind, statements_of
from grader.quiz.characters import plain_characters
from grader.quiz.kinds.typed import Words

# In the order of a normal form, those below come first: each is brought past all others.
PILES = {
    "two accents": "a" + "\u0300" * 500 + "\u0327" * 500,
    "signs that are two accents each": "a" + "\u0f73\u0300" * 500,
    "on nothing": "\u0327\u0300" * 500,
    "half as wide": "a" + "\uff9e\u0327" * 500,
}


@pytest.fixture
def lengths(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many accents in a row are brought into order, each time."""
    found: list[int] = []
    plain = unicodedata.normalize

    def counted(form: Any, text: str) -> str:
        run = longest = 0
        for character in plain("NFKD", text):
            run = run + 1 if unicodedata.combining(character) else 0
            longest = max(longest, run)
        found.append(longest)
        return plain(form, text)

    monkeypatch.setattr(unicodedata, "normalize", counted)
    return found


@pytest.mark.parametrize("pile", PILES.values(), ids=PILES)
def test_no_pile_is_brought_into_order(pile: str, lengths: list[int]) -> None:
    """Wherever a text of others' is normalized: to do that takes the number of accents squared."""
    normalized("NFC", pile)
    plain_characters(pile)
    Words((pile,)).share(pile)
    assert max(lengths) < 100


@pytest.mark.parametrize("pile", PILES.values(), ids=PILES)
def test_no_program_with_a_pile_is_parsed(pile: str) -> None:
    """Python normalizes its names. A cell is left whole, and the file is no stub."""
    source = f"def f(x, a{pile}):\n    raise NotImplementedError\n"
    with pytest.raises(ValueError, match="more than 32 accents"):
        require_few_accents(source)
    assert not is_untouched(source.encode())
    assert not is_untouched(b"# coding: utf-7\n" + source.encode("utf-7"))  # it is no UTF-7
    assert [each.kind for each in statements_of(source, 0)] == [Kind.BROKEN]


@pytest.mark.parametrize(
    "text",
    ["nai\u0308ve", "\u0928\u093f\u0930\u094d\u0926\u0947\u0936" * 40, "中文" * 40, "e\u0301" * 90],
)
def test_what_people_write_stays(text: str) -> None:
    """In any writing; few letters have more than two."""
    assert normalized("NFC", text) == unicodedata.normalize("NFC", text)
    require_few_accents(f"# {text}")
