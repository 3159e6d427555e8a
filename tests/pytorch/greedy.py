"""The translator of dates in PyTorch: what it writes, greedily, with the shipped weights."""

from pathlib import Path

import numpy as np

from models.dates import dates, weights

PATH = Path(__file__).parent / "recorded" / "greedy_dates.npz"
COUNT = 1000


def greedy(count=COUNT):
    """Return what PyTorch writes for the first of the dates that were held out."""
    import oracles
    import torch

    torch.set_num_threads(1)  # so small a model gains nothing by more

    pairs = dates.held_out_pairs(COUNT)[:count]
    source, lengths = dates.read_ids([pair.text for pair in pairs], dates.MAX_READ)
    target = np.full((count, 1), dates.START)
    for _ in range(dates.MAX_WRITTEN):
        given = (source, target, weights.load(), weights.HEADS, lengths)
        following = oracles.oracle("transformer", given, {})[:, -1:].argmax(axis=-1)
        target = np.concatenate([target, following], axis=1)
    return tuple(map(dates.written, target[:, 1:]))


def write():
    """Record it; return the file's path."""
    np.savez_compressed(PATH, written=np.array(greedy()))
    return PATH


def read():
    """Return what was recorded."""
    with np.load(PATH) as file:
        return tuple(map(str, file["written"]))
