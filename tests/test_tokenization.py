"""Byte pair encoding against a second one, written from the rule: tokens are characters of a text.

Token k is the character chr(k), so that a merge is a replacement in a string.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solutions.text.tokenization import decode, encode, train_merges
from tests import plain_bpe

unicode = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
repetitive = st.text("ab \N{LATIN SMALL LETTER E WITH ACUTE}\N{SNOWMAN}", max_size=40)
texts = unicode | repetitive
counts = st.integers(0, 30)


def as_row(text: str) -> str:
    """Return a text with a character for each of its bytes."""
    return text.encode("utf-8").decode("latin-1")


def second_train(text: str, num_merges: int) -> list[tuple[int, int]]:
    """Learn merges: of the pairs at every place, the most frequent; of equals, the smallest."""
    row, merges = as_row(text), []
    for new in range(256, 256 + num_merges):
        seen = Counter(re.findall("(?=(..))", row, re.DOTALL))
        if not seen:
            break
        most = max(seen.values())
        pair = sorted(each for each in seen if seen[each] == most)[0]
        row = row.replace(pair, chr(new))
        merges.append((ord(pair[0]), ord(pair[1])))
    return merges


def second_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """Of all pairs that are there, merge the one learned first, until none is known."""
    row = as_row(text)
    ranks = {chr(one) + chr(other): chr(256 + k) for k, (one, other) in enumerate(merges)}
    while known := [pair for pair in ranks if pair in row]:
        row = row.replace(known[0], ranks[known[0]])
    return [ord(sign) for sign in row]


@given(texts, counts)
def test_merges_are_those_of_a_second_implementation(text: str, num_merges: int) -> None:
    """On any text, every merge is the same."""
    assert train_merges(text, num_merges) == second_train(text, num_merges)


@given(texts, texts, counts)
def test_ids_are_those_of_a_second_implementation(
    text: str, learned_from: str, num_merges: int
) -> None:
    """On any text, with merges from any other."""
    merges = train_merges(learned_from, num_merges)
    assert encode(text, merges) == second_encode(text, merges)


@given(texts, texts, counts)
def test_what_is_encoded_is_decoded(text: str, learned_from: str, num_merges: int) -> None:
    """All of Unicode but surrogates comes back as it was, in tokens that never need more bytes."""
    merges = train_merges(learned_from, num_merges)
    ids = encode(text, merges)
    assert decode(ids, merges) == text
    assert len(ids) <= len(text.encode("utf-8"))


@given(texts, texts, counts)
def test_a_third_one_that_keeps_nothing_says_the_same(
    text: str, learned_from: str, num_merges: int
) -> None:
    """Written from the stub alone, it counts all pairs anew for every merge."""
    merges = train_merges(learned_from, num_merges)
    assert merges == plain_bpe.train_merges(learned_from, num_merges)
    ids = encode(text, merges)
    assert ids == plain_bpe.encode(text, merges)
    assert decode(ids, merges) == plain_bpe.decode(ids, merges)


@given(st.data())
def test_any_ids_become_text(data: st.DataObject) -> None:
    """Whatever a model writes can be read: what is no UTF-8 is replaced as Python replaces it."""
    merges = train_merges(data.draw(texts), data.draw(counts))
    ids = data.draw(st.lists(st.integers(0, 255 + len(merges)), max_size=20))
    raw = list(ids)
    while any(each > 255 for each in raw):
        raw = [part for each in raw for part in (merges[each - 256] if each > 255 else [each])]
    assert decode(ids, merges) == bytes(raw).decode("utf-8", "replace")


@pytest.mark.parametrize("text", ["", "a"])
def test_there_is_nothing_to_merge_in_fewer_than_two_bytes(text: str) -> None:
    """Nothing is learned from them, and they are encoded as what they are."""
    assert train_merges(text, 5) == []
    assert encode(text, [(97, 98)]) == list(text.encode())
