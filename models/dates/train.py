"""Trains the translator of dates, with PyTorch on the CPU, in a few minutes.

    pip install torch==2.13.0
    python models/dates/train.py

It writes `dates.npz` beside this file: the weights in float16, by the names that the course's
`transformer` gives them. The same version of PyTorch on the same kind of machine writes the same.
"""

from __future__ import annotations

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

sys.path.insert(0, str(Path(__file__).parents[2]))  # the course's folder, for what is imported here

from models.dates import dates  # noqa: E402
from models.dates.weights import HEADS, flat, save  # noqa: E402

D_MODEL, D_WIDE, DEPTH = 64, 256, 2
STEPS, BATCH, WARM_UP, PEAK, SEED = 1000, 128, 150, 2e-3, 1


class Translator(nn.Module):
    """PyTorch's own layers, put together as the course's `transformer`: post-norm, no dropout."""

    def __init__(self) -> None:
        super().__init__()
        self.source_embedding = nn.Embedding(len(dates.READS), D_MODEL)
        self.target_embedding = nn.Embedding(len(dates.WRITES) + 2, D_MODEL)
        for embedding in (self.source_embedding, self.target_embedding):
            nn.init.normal_(embedding.weight, std=D_MODEL**-0.5)
        options: dict[str, Any] = {"dropout": 0.0, "batch_first": True}
        shape = (D_MODEL, HEADS, D_WIDE)
        self.encoder = nn.ModuleList(
            nn.TransformerEncoderLayer(*shape, **options) for _ in range(DEPTH)
        )
        self.decoder = nn.ModuleList(
            nn.TransformerDecoderLayer(*shape, **options) for _ in range(DEPTH)
        )
        self.logits = nn.Linear(D_MODEL, len(dates.WRITES) + 2)

    def forward(
        self, source: torch.Tensor, lengths: torch.Tensor, target: torch.Tensor
    ) -> torch.Tensor:
        """Return logits: (batch, n_target, V)."""
        padding = torch.arange(source.shape[1]) >= lengths[:, None]  # True hides, in PyTorch
        memory = _enter(source, self.source_embedding)
        for layer in self.encoder:
            memory = layer(memory, src_key_padding_mask=padding)
        y, n = _enter(target, self.target_embedding), target.shape[1]
        future = torch.ones(n, n, dtype=torch.bool).triu(1)
        for layer in self.decoder:
            y = layer(y, memory, tgt_mask=future, memory_key_padding_mask=padding)
        logits: torch.Tensor = self.logits(y)
        return logits


def _enter(ids: torch.Tensor, embedding: nn.Embedding) -> torch.Tensor:
    x: torch.Tensor = embedding(ids) * math.sqrt(D_MODEL)
    return x + _positions(ids.shape[1])


def _positions(n: int) -> torch.Tensor:
    angle = torch.arange(n)[:, None] / 10_000 ** (torch.arange(0, D_MODEL, 2) / D_MODEL)
    return torch.stack([angle.sin(), angle.cos()], dim=-1).flatten(1)


def train(steps: int = STEPS, seed: int = SEED) -> Translator:
    """Train a translator on the days that are not held out, and say how it goes."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # the order of additions, and so the weights, stay the same
    rng, (days, _) = np.random.default_rng(seed), dates.split()
    model = Translator()
    optimiser = torch.optim.Adam(model.parameters(), lr=PEAK, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
    began = time.monotonic()
    for step in range(1, steps + 1):
        loss = _loss(model, dates.draw(rng, days, BATCH))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 100 == 0:
            print(f"step {step}: loss {loss:.5f}, {time.monotonic() - began:.0f} s", flush=True)
    return model.eval()


def _rate(step: int, steps: int) -> float:
    """Warm up in a straight line, then fall as half a cosine does."""
    if step < WARM_UP:
        return (step + 1) / WARM_UP
    return 0.5 * (1 + math.cos(math.pi * (step - WARM_UP) / (steps - WARM_UP)))


def _loss(model: Translator, pairs: list[dates.Pair]) -> torch.Tensor:
    source, lengths = map(torch.from_numpy, dates.read_ids([pair.text for pair in pairs]))
    target = torch.from_numpy(dates.written_ids([pair.iso for pair in pairs]))
    logits = model(source, lengths, target[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten())


def course_params(model: Translator) -> dict[str, Any]:
    """Return the weights as the course's `transformer` takes them; a layer is x w + b there."""
    return {
        "source_embedding": _array(model.source_embedding.weight),
        "target_embedding": _array(model.target_embedding.weight),
        "encoder": [_encoder_block(layer) for layer in model.encoder],
        "decoder": [_decoder_block(layer) for layer in model.decoder],
        "w_logits": _array(model.logits.weight.T),
        "b_logits": _array(model.logits.bias),
    }


def _encoder_block(layer: Any) -> dict[str, Any]:
    return {
        "attention": _attention(layer.self_attn),
        "norm_1": _norm(layer.norm1),
        "feed_forward": _feed_forward(layer),
        "norm_2": _norm(layer.norm2),
    }


def _decoder_block(layer: Any) -> dict[str, Any]:
    return {
        "self_attention": _attention(layer.self_attn),
        "norm_1": _norm(layer.norm1),
        "cross_attention": _attention(layer.multihead_attn),
        "norm_2": _norm(layer.norm2),
        "feed_forward": _feed_forward(layer),
        "norm_3": _norm(layer.norm3),
    }


def _attention(layer: Any) -> dict[str, Any]:
    """Take the three projections apart, which PyTorch keeps in one array: (3 d, d)."""
    params = {"w_output": _array(layer.out_proj.weight.T), "b_output": _array(layer.out_proj.bias)}
    weights, biases = layer.in_proj_weight.chunk(3), layer.in_proj_bias.chunk(3)
    for part, weight, bias in zip(("query", "key", "value"), weights, biases, strict=True):
        params |= {f"w_{part}": _array(weight.T), f"b_{part}": _array(bias)}
    return params


def _feed_forward(layer: Any) -> dict[str, Any]:
    return {
        "w_in": _array(layer.linear1.weight.T),
        "b_in": _array(layer.linear1.bias),
        "w_out": _array(layer.linear2.weight.T),
        "b_out": _array(layer.linear2.bias),
    }


def _norm(layer: Any) -> dict[str, Any]:
    return {"gain": _array(layer.weight), "bias": _array(layer.bias)}


def _array(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().numpy().astype(np.float16)


def main() -> None:
    """Train, and write the weights beside this file."""
    params = course_params(train())
    count = sum(array.size for array in flat(params).values())
    path = save(params)
    print(f"{path}: {count:,} parameters, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
