"""How long the reference takes to learn 100 merges from 20,000 characters.

`python benchmarks/tokenization.py` prints the median, beside that of splitting the same text into
bytes and counting its pairs once. Nothing here fails on a slow machine.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from solutions.text.tokenization import train_merges

ROUNDS, MERGES, CHARACTERS = 5, 100, 20_000


def main() -> None:
    """Measure and print."""
    text = a_text()
    count = median(lambda: Counter(pairwise(text.encode("utf-8"))))
    learn = median(lambda: train_merges(text, MERGES))
    print(f"count all pairs once      {count * 1000:8.1f} ms")
    print(f"learn {MERGES} merges          {learn * 1000:8.1f} ms   (aim: below 1000)")
    print(f"a merge / a count         {learn / MERGES / count:8.2f}      (aim: at most 5)")


def a_text() -> str:
    """Return words in the proportions of a language: few are frequent, most are rare."""
    rng = np.random.default_rng(0)
    letters = list("eeeeettttaaaooiinnsshrrdlu")
    words = ["".join(rng.choice(letters, rng.integers(1, 9))) for _ in range(2000)]
    shares = 1 / np.arange(1.0, len(words) + 1)
    chosen = rng.choice(words, CHARACTERS, p=shares / shares.sum())
    return " ".join(chosen)[:CHARACTERS]


def median(action: Callable[[], object]) -> float:
    """Return the median seconds of an action."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        action()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
