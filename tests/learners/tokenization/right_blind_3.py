"""Ids live in a str, one character each: str.replace merges from the left, and never overlaps."""

from collections import Counter
from functools import reduce


def _as_chars(text):
    return text.encode("utf-8").decode("latin-1")


def _merge(chars, step):
    k, (left, right) = step
    return chars.replace(chr(left) + chr(right), chr(256 + k))


def train_merges(text, num_merges):
    chars, merges = _as_chars(text), []
    while len(chars) > 1 and len(merges) < num_merges:
        counts = Counter(zip(chars, chars[1:]))
        top = max(counts.values())
        left, right = min(pair for pair, c in counts.items() if c == top)
        merges.append((ord(left), ord(right)))
        chars = _merge(chars, (len(merges) - 1, merges[-1]))
    return merges


def encode(text, merges):
    return [ord(c) for c in reduce(_merge, enumerate(merges), _as_chars(text))]


def decode(ids, merges):
    chars = "".join(map(chr, ids))
    for k in reversed(range(len(merges))):
        left, right = merges[k]
        chars = chars.replace(chr(256 + k), chr(left) + chr(right))
    return chars.encode("latin-1").decode("utf-8", errors="replace")
