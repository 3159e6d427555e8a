"""Trains the GPT on the King James Bible, with PyTorch on one core of a CPU, in half an hour.

    apt-get install bible-kjv-text
    pip install torch==2.13.0
    python models/gpt/train.py

It writes `gpt.npz` beside this file, by the names that the course's `gpt` gives the weights, and
`page.txt`, a page that was held out. Now and then it writes a checkpoint into `build/gpt`, and goes
on from there when it is started again. The same version of PyTorch on the same kind of machine
writes the same.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

try:
    import torch
    from torch import nn
    from torch.nn import functional as F  # noqa: N812
except ImportError:
    raise SystemExit("Training needs PyTorch: pip install torch==2.13.0") from None

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # the course's folder, for what is imported here

from models.dates.weights import flat  # noqa: E402
from models.gpt import corpus, weights  # noqa: E402
from solutions.text import tokenization  # noqa: E402

MERGES, LEARNED_FROM = 256, 300_000
VOCABULARY, D_MODEL, DEPTH = 256 + MERGES, 128, 4
HEADS, POSITIONS = weights.HEADS, weights.POSITIONS
STEPS, BATCH, WARM_UP, PEAK, SEED = 5_200, 16, 200, 2e-3, 1
REPORTED, KEPT = 100, 250  # steps from a line to the next, and from a checkpoint to the next
BUILD = ROOT / "build" / "gpt"


class GPT(nn.Module):
    """PyTorch's own layers, put together as the course's `gpt`: pre-norm, exact gelu, tied."""

    def __init__(self) -> None:
        super().__init__()
        self.token_embedding = nn.Embedding(VOCABULARY, D_MODEL)
        self.position_embedding = nn.Embedding(POSITIONS, D_MODEL)
        options: dict[str, Any] = {"activation": "gelu", "norm_first": True, "batch_first": True}
        self.blocks = nn.ModuleList(
            nn.TransformerEncoderLayer(D_MODEL, HEADS, 4 * D_MODEL, 0.0, **options)
            for _ in range(DEPTH)
        )
        self.final_norm = nn.LayerNorm(D_MODEL)
        for name, weight in self.named_parameters():
            if weight.dim() == 2:  # GPT-2's start: what is added to the stream begins smaller
                is_added = name.endswith(("out_proj.weight", "linear2.weight"))
                nn.init.normal_(weight, std=0.02 / (math.sqrt(2 * DEPTH) if is_added else 1))
            elif name.endswith("bias"):
                nn.init.zeros_(weight)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Return logits: (batch, n, V)."""
        n = ids.shape[1]
        x = self.token_embedding(ids) + self.position_embedding.weight[:n]
        future = nn.Transformer.generate_square_subsequent_mask(n)
        for block in self.blocks:
            x = block(x, src_mask=future, is_causal=True)
        logits: torch.Tensor = self.final_norm(x) @ self.token_embedding.weight.T
        return logits


def read() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the merges (k, 2) and the ids to learn from and held out; a minute when it is new."""
    path = BUILD / "ids.npz"
    if not path.exists():
        seen, held_out = ("".join(each.values()) for each in corpus.split())
        merges = tokenization.train_merges(seen[:LEARNED_FROM], MERGES)
        ids = [np.array(tokenization.encode(text, merges), np.int16) for text in (seen, held_out)]
        BUILD.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, merges=np.array(merges, np.int16), seen=ids[0], held_out=ids[1])
        print(f"{len(seen) / ids[0].size:.2f} characters a token, {ids[0].size:,} tokens")
    with np.load(path) as file:
        return file["merges"], file["seen"].astype(np.int64), file["held_out"].astype(np.int64)


def train(seen: np.ndarray, held_out: np.ndarray, steps: int) -> GPT:
    """Train from the last checkpoint, or from the start, and say how it goes."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # the order of additions, and so the weights, stay the same
    model = GPT()
    optimiser = _optimiser(model)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
    parts = {"model": model, "optimiser": optimiser, "schedule": schedule}
    first, began, losses = _resume(parts, steps), time.monotonic(), []
    for step in range(first + 1, steps + 1):
        loss = _loss(model, _draw(seen, step))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        if step % REPORTED == 0:
            rate = (step - first) / (time.monotonic() - began)
            left = (steps - step) / rate / 60
            mean = np.mean(losses[-REPORTED:])
            print(
                f"step {step}: loss {mean:.4f}, {rate:.2f} steps/s, {left:.0f} min left", flush=True
            )
        if step % KEPT == 0 or step == steps:
            print(f"step {step}: held out {evaluate(model, held_out):.4f}", flush=True)
            _keep(parts, step, steps)
    return model.eval()


def _optimiser(model: GPT) -> torch.optim.Optimizer:
    """Return AdamW, which lets matrices decay and leaves biases and gains alone."""
    weights = list(model.parameters())
    groups = [
        {"params": [each for each in weights if each.dim() == 2], "weight_decay": 0.1},
        {"params": [each for each in weights if each.dim() == 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=PEAK, betas=(0.9, 0.95))


def _rate(step: int, steps: int) -> float:
    """Warm up in a straight line, then fall as half a cosine does."""
    if step < WARM_UP:
        return (step + 1) / WARM_UP
    return 0.5 * (1 + math.cos(math.pi * (step - WARM_UP) / (steps - WARM_UP)))


def _draw(ids: np.ndarray, step: int) -> torch.Tensor:
    """Return the windows of a step: its own, whenever training was taken up again."""
    begins = np.random.default_rng((SEED, step)).integers(ids.size - POSITIONS, size=BATCH)
    return torch.from_numpy(ids[begins[:, None] + np.arange(POSITIONS + 1)])


def _loss(model: GPT, windows: torch.Tensor) -> torch.Tensor:
    logits = model(windows[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), windows[:, 1:].flatten())


@torch.no_grad()
def evaluate(model: GPT, ids: np.ndarray) -> float:
    """Return the mean loss over windows that lie end to end."""
    begins = np.arange(0, ids.size - POSITIONS - 1, POSITIONS)
    windows = torch.from_numpy(ids[begins[:, None] + np.arange(POSITIONS + 1)])
    losses = [_loss(model, some).item() * len(some) for some in windows.split(64)]
    return sum(losses) / len(windows)


def _keep(parts: dict[str, Any], step: int, steps: int) -> None:
    """Write a checkpoint beside the old one, then in its place: one of the two is always whole."""
    state = {name: part.state_dict() for name, part in parts.items()}
    fresh = BUILD / "checkpoint.new"
    torch.save(state | {"step": step, "steps": steps}, fresh)
    fresh.replace(BUILD / "checkpoint.pt")


def _resume(parts: dict[str, Any], steps: int) -> int:
    """Take up the last checkpoint, if there is one, and return its step, or else 0.

    Where it was made for another number of steps, the rate falls from now on as it does for these.
    """
    path = BUILD / "checkpoint.pt"
    if not path.exists():
        return 0
    state = torch.load(path)
    for name, part in parts.items():
        part.load_state_dict(state[name])
    planned = "" if state["steps"] == steps else f", now of {steps} and no longer {state['steps']}"
    print(f"goes on after step {state['step']}{planned}", flush=True)
    return int(state["step"])


def course_params(model: GPT) -> dict[str, Any]:
    """Return the weights as the course's `gpt` takes them; a layer is x w + b there."""
    return {
        "token_embedding": _array(model.token_embedding.weight),
        "position_embedding": _array(model.position_embedding.weight),
        "blocks": [_block(layer) for layer in model.blocks],
        "final_norm": _norm(model.final_norm),
    }


def _block(layer: Any) -> dict[str, Any]:
    return {
        "attention": _attention(layer.self_attn),
        "norm_1": _norm(layer.norm1),
        "feed_forward": {
            "w_in": _array(layer.linear1.weight.T),
            "b_in": _array(layer.linear1.bias),
            "w_out": _array(layer.linear2.weight.T),
            "b_out": _array(layer.linear2.bias),
        },
        "norm_2": _norm(layer.norm2),
    }


def _attention(layer: Any) -> dict[str, Any]:
    """Take the three projections apart, which PyTorch keeps in one array: (3 d, d)."""
    params = {"w_output": _array(layer.out_proj.weight.T), "b_output": _array(layer.out_proj.bias)}
    matrices, biases = layer.in_proj_weight.chunk(3), layer.in_proj_bias.chunk(3)
    for part, matrix, bias in zip(("query", "key", "value"), matrices, biases, strict=True):
        params |= {f"w_{part}": _array(matrix.T), f"b_{part}": _array(bias)}
    return params


def _norm(layer: Any) -> dict[str, Any]:
    return {"gain": _array(layer.weight), "bias": _array(layer.bias)}


def _array(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().numpy()


def rounded(params: dict[str, Any]) -> GPT:
    """Return a model with weights as they are in the file, to see what rounding them costs."""
    model = GPT()
    ours = flat(course_params(model))  # views of the model's own weights
    for name, array in flat(params).items():
        ours[name][...] = array
    return model.eval()


def main() -> None:
    """Train, and write the weights beside this file."""
    parser = argparse.ArgumentParser(description="Train the GPT on the King James Bible.")
    parser.add_argument("--steps", type=int, default=STEPS)
    steps = parser.parse_args().steps
    merges, seen, held_out = read()
    model = train(seen, held_out, steps)
    params = course_params(model)
    count = sum(array.size for array in flat(params).values())
    path = weights.save(params, merges)
    path.with_name("page.txt").write_text(corpus.page(corpus.split()[1]), "utf-8")
    before = evaluate(model, held_out)
    after = evaluate(rounded(weights.load().params), held_out)
    print(f"{path}: {count:,} parameters, {path.stat().st_size:,} bytes")
    print(f"held out {before:.4f}, and {after:.4f} as rounded in the file")


if __name__ == "__main__":
    main()
