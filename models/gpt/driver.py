"""Runs on the learner's side: lets their GPT write, one token after another.

This file is sent across the border as if it were a learner's. It imports what is theirs by the
names that they import it by. What it does itself is what stands between their functions.

Their `gpt` is asked for one token at a time. In the place of their `multi_head_attention` it then
finds their `decode_step`, for all heads side by side, so that nothing is worked out again for the
tokens that came before. Where their `gpt` calls no `multi_head_attention`, it reads the whole
text anew for each token.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Function = Callable[..., Any]
Params = dict[str, Any]
Cache = dict[str, Array] | None

ATTENTION = "exercises.attention.attention"
HEADS = "exercises.attention.multi_head_attention"
NORM = "exercises.transformer.layer_norm"
PARTS = ("query", "key", "value")
ROWS = 16  # of logits that are scored at once: no array in a call of a reference may be large
LONGEST = 4  # bytes of a letter: so many tokens may have to wait for one another

expected: set[str] = set()  # functions in whose place another was put, to be called
reached: set[str] = set()  # those of them that were called
seen: list[Array] = []  # the weights of each attention, in the order of the calls
steps: Iterator[Any] = iter(())


def run(**given: Any) -> Any:
    """Begin with what is given; without anything, go on. Return the next piece, a dict at last."""
    global steps
    if given:
        steps = _written(**given)
    return next(steps)


def _written(
    text: str,
    page: str,
    merges: list[tuple[int, int]],
    params: Params,
    num_heads: int,
    window: int,
    draws: Array,
    temperature: float,
    top_k: int,
    without: str,
    watched: bool,
) -> Iterator[Any]:
    """Yield the text that follows a text, piece by piece, and then what there is to say of it."""
    _take_away(without, watched)
    tokenization = importlib.import_module("exercises.text.tokenization")
    writer = Writer(params, num_heads, window, is_cached=without != "mask")
    ids = list(map(int, tokenization.encode(text, merges)))
    summary: dict[str, Any] = {"prompt": [], "attention": [], "loss": None}
    if watched:
        summary["prompt"] = [tokenization.decode([each], merges) for each in ids[-window:]]
        summary["attention"] = writer.looked_at(ids)
    pieces, new, unread = list[str](), list[int](), list[int]()
    took, in_gpt = list[float](), list[float]()  # seconds for each token
    for draw in draws:
        begun = time.perf_counter()
        logits = writer.logits([*ids, *new])
        read = time.perf_counter()
        if _has_nan(logits):
            yield {"nan": writer.first_with_nan([*ids, *new])}
        new.append(_chosen(logits, draw, temperature, top_k))
        unread.append(new[-1])
        piece = tokenization.decode(unread, merges)
        in_gpt.append(read - begun)
        took.append(time.perf_counter() - begun)
        if not piece.endswith("\ufffd") or len(unread) == LONGEST:
            pieces.append(piece)
            unread.clear()
            yield piece
    summary |= {"text": "".join(pieces), "is_cached": writer.is_cached}
    summary |= {"gap": writer.gap([*ids, *new[:-1]]) if new else 0.0}
    # The first token waits for the prompt, and for all that is called for the first time.
    anew = writer.seconds_anew([*ids, *new[:-1]], len(new) - 1) if len(new) > 1 else 0.0
    seconds = sum(took[1:], 0.0)
    summary |= {"seconds": seconds, "seconds_anew": seconds - sum(in_gpt[1:], 0.0) + anew}
    summary |= {"has_forgotten": writer.begin > 0}
    if page:
        summary["loss"] = _loss(writer, list(tokenization.encode(page, merges)), window)
    yield summary | {"is_whole": reached >= expected}


def _take_away(without: str, watched: bool) -> None:
    """Put functions of ours in the places of some; `expected` are those that have to be called."""
    if watched:
        _replace(ATTENTION, "attention", _watching)
    if without == "norm":
        _replace(NORM, "layer_norm", lambda _: lambda x, *args, **kwargs: x)
    _replace(HEADS, "multi_head_attention", _unmasked if without == "mask" else _stepping)
    if without != "mask":
        expected.remove("multi_head_attention")  # who never calls it has no use for the cache


def _has_nan(value: Any) -> bool:
    if isinstance(value, (tuple, list, dict)):
        return any(map(_has_nan, value.values() if isinstance(value, dict) else value))
    is_real = isinstance(value, (np.ndarray, np.floating)) and value.dtype.kind == "f"
    return is_real and bool(np.isnan(value).any())


def _chosen(logits: Array, draw: float, temperature: float, top_k: int) -> int:
    decoding = importlib.import_module("exercises.text.decoding")
    if not temperature:
        return int(decoding.greedy(logits))
    return int(decoding.sample(decoding.top_k_filter(logits, top_k), float(draw), temperature))


def _loss(writer: Writer, ids: list[int], window: int) -> float:
    """Return the mean loss over a page, read in windows that lie end to end."""
    cross_entropy = importlib.import_module("exercises.text.next_token").cross_entropy
    total = 0.0
    for begin in range(0, len(ids) - 1, window):
        targets = np.array(ids[begin + 1 : begin + 1 + window])
        logits = writer.read(ids[begin : begin + targets.size])
        for first in range(0, targets.size, ROWS):
            some = targets[first : first + ROWS]
            total += float(cross_entropy(logits[first : first + ROWS], some)) * some.size
    return total / (len(ids) - 1)


class Writer:
    """A model, and in the caches of its blocks the keys and values of what it has read.

    It sees `window` tokens at most. When they are full, the older half is forgotten and the rest is
    read again, for then each of them stands in another place.
    """

    def __init__(self, params: Params, num_heads: int, window: int, is_cached: bool) -> None:
        self.gpt = importlib.import_module("exercises.families.gpt").gpt
        self.params, self.num_heads, self.window = params, num_heads, window
        self.is_cached = is_cached
        self.begin, self.count = 0, 0  # of the window, and of the tokens that were read in it
        self.caches: list[Cache] = []
        self.last: Array = np.zeros(0)  # the logits after the last of those

    def logits(self, ids: list[int]) -> Array:
        """Return the logits (V,) of what comes after a text."""
        begin = self._begin_of(len(ids))
        if begin != self.begin or not self.caches:
            self.begin, self.count = begin, 0
            self.caches = [None] * len(self.params["blocks"])
        while self.is_cached and begin + self.count < len(ids):
            self.last = self._step(ids[begin + self.count])
        return self.last if self.is_cached else self.read(ids[begin:])[-1]

    def read(self, ids: list[int]) -> Array:
        """Return the logits (n, V) of a text that is read as a whole, without the caches."""
        logits: Array = self.gpt(np.array(ids), self.params, self.num_heads)
        return logits

    def looked_at(self, ids: list[int]) -> list[Array]:
        """Return the weights of each attention in a text that is read as a whole."""
        seen.clear()
        self.read(ids[-self.window :])
        return list(seen)

    def gap(self, ids: list[int]) -> float:
        """Return how far the logits are from those without the caches."""
        with_caches = self.logits(ids)
        return float(np.abs(with_caches - self.read(ids[self.begin :])[-1]).max())

    def seconds_anew(self, ids: list[int], count: int) -> float:
        """Return how long it would take to read anew for each of the last `count` tokens.

        The first, the middle and the last of these stand for all.
        """
        lengths = np.linspace(len(ids) - count + 1, len(ids), 3).astype(int).tolist()
        begun = time.perf_counter()
        for length in lengths:
            self.read(ids[self._begin_of(length) : length])
        return (time.perf_counter() - begun) / len(lengths) * count

    def first_with_nan(self, ids: list[int]) -> str:
        """Return the learner's function that is first to return nan when a text is read again.

        Where none of theirs is found, it is `gpt`.
        """
        again = Writer(self.params, self.num_heads, self.window, self.is_cached)
        found = list[str]()

        def note(frame: FrameType, event: str, value: Any) -> None:
            home, name = str(frame.f_globals.get("__name__")), frame.f_code.co_name
            is_theirs = home.startswith("exercises.") and not name.startswith("<")
            if event == "return" and is_theirs and not found and _has_nan(value):
                file = home.rpartition(".")[2]
                found.append(name if name == file else f"{name} of {file}")

        sys.setprofile(note)
        try:
            again.logits(ids)
        finally:
            sys.setprofile(None)
        return found[0] if found else "gpt"

    def _begin_of(self, length: int) -> int:
        """Return where the window begins in a text of so many tokens."""
        half = self.window // 2
        return max(0, -(-(length - self.window) // half) * half)

    def _step(self, token: int) -> Array:
        """Read one token, in its place in the window."""
        global stepping
        place = self.params["position_embedding"][self.count : self.count + 1]
        params = self.params | {"position_embedding": place}
        stepping = Step(self.caches, self.num_heads)
        try:
            row: Array = self.gpt(np.array([token]), params, self.num_heads)[-1]
        finally:
            self.is_cached, stepping = stepping.layer == len(self.caches), None
        self.count += 1
        return row


class Step:
    """One token on its way through the blocks, with the cache of each."""

    def __init__(self, caches: list[Cache], num_heads: int) -> None:
        self.caches, self.num_heads, self.layer = caches, num_heads, 0
        self.decode_step = importlib.import_module("exercises.text.kv_cache").decode_step

    def attend(self, x: Array, params: Params) -> Array:
        """Return what the heads of the next block find for x: (1, d).

        decode_step is one head's, without biases; axes in front hold separate problems. So each
        head's query, key and value are its x: (h, 1, 3 d_head). The weights pick one of the three.
        """
        parts = [x @ params[f"w_{name}"] + params[f"b_{name}"] for name in PARTS]
        split = [part.reshape(self.num_heads, 1, -1) for part in parts]
        pick = np.split(np.eye(3 * split[0].shape[-1], dtype=x.dtype), 3, axis=1)
        x, cache = np.concatenate(split, axis=-1), self.caches[self.layer]
        heads, self.caches[self.layer] = self.decode_step(x, cache, *pick)
        self.layer += 1
        attended: Array = heads.reshape(1, -1) @ params["w_output"] + params["b_output"]
        return attended


stepping: Step | None = None


def _replace(module: str, name: str, wrap: Callable[[Function], Function]) -> None:
    """Put a function of ours in the place of one, before anything else has imported that one."""
    home = importlib.import_module(module)
    wrapped = wrap(getattr(home, name))

    def noted(*args: Any, **kwargs: Any) -> Any:
        reached.add(name)
        return wrapped(*args, **kwargs)

    expected.add(name)
    setattr(home, name, noted)


def _watching(attention: Function) -> Function:
    def watching(*args: Any, **kwargs: Any) -> Any:
        output, weights = attention(*args, **kwargs)
        seen.append(weights)
        return output, weights

    return watching


def _stepping(multi_head_attention: Function) -> Function:
    def attending(
        query: Array,
        key: Array,
        value: Array,
        params: Params,
        num_heads: int,
        mask: Any = None,
    ) -> Any:
        if stepping:
            return stepping.attend(query, params)
        return multi_head_attention(query, key, value, params, num_heads, mask=mask)

    return attending


def _unmasked(multi_head_attention: Function) -> Function:
    def unmasked(
        query: Array,
        key: Array,
        value: Array,
        params: Params,
        num_heads: int,
        mask: Any = None,
    ) -> Any:
        return multi_head_attention(query, key, value, params, num_heads)

    return unmasked
