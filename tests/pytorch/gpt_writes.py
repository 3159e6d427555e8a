"""The GPT in PyTorch, with the shipped weights: its logits, and what it writes greedily."""

from pathlib import Path

import numpy as np

from models.gpt import weights
from models.gpt.model import WINDOW

PATH = Path(__file__).parent / "recorded" / "gpt_writes.npz"
PROMPT, COUNT = "In the beginning", 200
SHOWN = (0, 1, 31, 94, 127)  # positions whose logits are kept


def windows():
    """Return ids (3, 128): two of any tokens there are, one of bytes of the same letter."""
    drawn = np.random.default_rng(0).integers(0, 512, (2, weights.POSITIONS))
    return np.concatenate([drawn, np.full((1, weights.POSITIONS), ord("a"))])


def logits():
    """Return PyTorch's logits of the windows, at the positions that are shown: (3, 5, 512)."""
    import torch

    with torch.no_grad():
        return _model()(torch.from_numpy(windows()))[:, SHOWN].numpy()


def greedy(prompt_ids, count=COUNT):
    """Return the ids that follow, each the likeliest after the whole window is read anew."""
    import torch

    model, ids = _model(), list(prompt_ids)
    for _ in range(count):
        begin = 0
        while len(ids) - begin > WINDOW:
            begin += WINDOW // 2
        with torch.no_grad():
            ids.append(int(model(torch.tensor([ids[begin:]]))[0, -1].argmax()))
    return np.array(ids[len(prompt_ids) :])


def _model():
    import torch

    from models.gpt.train import rounded

    torch.set_num_threads(1)
    return rounded(weights.load().params)


def write():
    """Record it; return the file's path."""
    from solutions.text.tokenization import encode

    ids = greedy(encode(PROMPT, weights.load().merges))
    np.savez_compressed(PATH, logits=logits(), greedy=ids.astype(np.int16))
    return PATH


def read():
    """Return what was recorded: logits, and ids."""
    with np.load(PATH) as file:
        return file["logits"], file["greedy"].astype(np.int64)
