"""Byte pair encoding once more: slow and plain, to hold other implementations against.

Written from the rule in the stub of `tokenization` and from nothing else:

*   A text is its UTF-8 bytes, as ids from 0 to 255. Merge k, counted from 0, makes the id 256 + k.
*   Training counts the pairs of neighbours at EVERY place, so that aaa holds (a, a) twice; takes
    the pair that is there most often, and of equals the smallest, as Python compares tuples;
    replaces it, and starts again from nothing. A pair that is there only once is merged too. It
    ends after num_merges merges, or as soon as fewer than two tokens are left.
*   Replacing goes from the left, and what has been merged is not looked at again: aaa -> X a.
*   Encoding makes the same merges in the order in which they were learned, each over all the text.
*   Decoding writes out every id as its bytes, joins all the bytes, and only then reads them as
    UTF-8, with errors="replace".

Nothing is kept from one round to the next: every round counts all pairs again. That is quadratic,
and on purpose. Use it for short texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

Pair = tuple[int, int]


def bytes_as_ids(text: str) -> list[int]:
    """Return the UTF-8 bytes of the text, as a list of int from 0 to 255."""
    ids = []
    for byte in text.encode("utf-8"):
        ids.append(byte)
    return ids


def count_pairs(ids: Sequence[int]) -> Counter[Pair]:
    """Count all pairs of neighbours, at every place, those that overlap too.

    (7, 7, 7) has the pairs (7, 7) at place 0 and (7, 7) at place 1: two.
    """
    counts: Counter[Pair] = Counter()
    for place in range(len(ids) - 1):
        left = ids[place]
        right = ids[place + 1]
        counts[(left, right)] += 1
    return counts


def replace_pair(ids: Sequence[int], pair: Pair, new_id: int) -> list[int]:
    """Return a new list, in which new_id stands for each `pair`, found from left to right.

    A token that has gone into a merge is used up: (7, 7, 7) becomes (new, 7), not (new, new).
    """
    result: list[int] = []
    place = 0
    while place < len(ids):
        # A slice that begins at the last token has one element only, and is equal to no pair.
        if [*ids[place : place + 2]] == [pair[0], pair[1]]:
            result.append(new_id)
            place += 2
        else:
            result.append(ids[place])
            place += 1
    return result


def train_merges(text: str, num_merges: int) -> list[Pair]:
    """Return the first num_merges merges that the text asks for, fewer if it has not as many."""
    ids = bytes_as_ids(text)
    merges: list[Pair] = []
    while len(merges) < num_merges and len(ids) >= 2:
        counts = count_pairs(ids)

        # First how often the most frequent pairs are there, then all pairs that are there as often,
        # then the smallest of these. Three steps, so that no order of a dict can play a part.
        most = max(counts.values())
        most_frequent = [pair for pair, count in counts.items() if count == most]
        best = min(most_frequent)

        ids = replace_pair(ids, best, 256 + len(merges))
        merges.append(best)
    return merges


def encode(text: str, merges: Sequence[Pair]) -> list[int]:
    """Return the ids of the text: its bytes, after one merge after the other."""
    ids = bytes_as_ids(text)
    for k in range(len(merges)):
        ids = replace_pair(ids, merges[k], 256 + k)
    return ids


def bytes_of_ids(merges: Sequence[Pair]) -> list[bytes]:
    """Return a list of the bytes of all ids there are, that of id i at place i.

    The first 256 ids are bytes. Merge k was made of two ids below 256 + k, which are in the list
    by then. (A function that calls itself would do, but for a thousand merges it goes too deep.)
    """
    meaning = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        meaning.append(meaning[left] + meaning[right])
    return meaning


def decode(ids: Sequence[int], merges: Sequence[Pair]) -> str:
    """Return the text of the ids: all bytes first, and the text of all of them together."""
    meaning = bytes_of_ids(merges)
    data = b""
    for token in ids:
        data = data + meaning[token]
    return data.decode("utf-8", errors="replace")
