"""Runs on the learner's side: trains a bigram model with their functions, and lets it write.

This file is sent across the border as if it were a learner's. It imports what is theirs by the
names that they import it by, and holds nothing that they are asked to write.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np

tokenization = import_module("exercises.text.tokenization")
embedding = import_module("exercises.text.embedding")
next_token = import_module("exercises.text.next_token")
decoding = import_module("exercises.text.decoding")

Array = np.ndarray[Any, Any]
MEASURED = 5  # steps from one measurement of the loss to the next


def run(
    sentences: list[str],
    merges: int,
    steps: int,
    rate: float,
    prompts: list[str],
    draws: Array,
    temperature: float,
    k: int,
    together: int,
) -> dict[str, Any]:
    """Learn from sentences, so many tokens `together`; then continue prompts."""
    pairs = tokenization.train_merges("\n".join(sentences), merges)
    raw = sorted(set("".join(sentences).encode("utf-8")))
    known = [*raw, *range(256, 256 + len(pairs))]  # the ids that there are; behind them, the stop
    place, stop = {each: i for i, each in enumerate(known)}, len(known)
    texts = [
        [*(place[each] for each in tokenization.encode(line, pairs)), stop] for line in sentences
    ]
    table, losses = _trained(texts, stop + 1, steps, rate, together)
    rows = decoding.top_k_filter(table / temperature, k)
    written, ends = [], []
    for prompt, some in zip(prompts, draws, strict=True):
        begun = [place[each] for each in tokenization.encode(prompt, pairs)]
        ids = decoding.generate(rows, begun, len(some), stop, draws=some)
        written.append(
            tokenization.decode([known[each] for each in map(int, ids) if each != stop], pairs)
        )
        ends.append(begun[-1])
    signs = [tokenization.decode([each], pairs) for each in known] + ["(end)"]
    return {"texts": written, "losses": np.array(losses), "row": table[ends[0]], "signs": signs}


def _trained(
    texts: list[list[int]], size: int, steps: int, rate: float, together: int
) -> tuple[Array, list[float]]:
    """Return a table of logits (size, size) that predicts the texts, and its loss now and then.

    It begins with how frequent each token is. Then every row takes steps down the slope of its own
    loss: what it gives each token, less how often that token really came behind it.
    """
    now = np.array([each for text in texts for each in text[:-1]])
    then = np.array([each for text in texts for each in text[1:]])
    pairs = np.zeros((size, size))
    np.add.at(pairs, (now, then), 1.0)
    came = pairs / np.maximum(pairs.sum(axis=1, keepdims=True), 1.0)
    table = np.tile(np.log(1.0 + pairs.sum(axis=0)), (size, 1))
    rows, losses = np.unique(now), [_loss(table, now, then, together)]
    for step in range(1, steps + 1):
        given = np.exp(next_token.log_probabilities(embedding.embed(rows, table)))
        table[rows] -= rate * (given - came[rows])
        if step % MEASURED == 0:
            losses.append(_loss(table, now, then, together))
    return table, losses


def _loss(table: Array, now: Array, then: Array, together: int) -> float:
    """Return the mean loss over all pairs, so many at once."""
    total = 0.0
    for begin in range(0, now.size, together):
        some = np.s_[begin : begin + together]
        total += (
            float(next_token.cross_entropy(embedding.embed(now[some], table), then[some]))
            * then[some].size
        )
    return total / now.size
