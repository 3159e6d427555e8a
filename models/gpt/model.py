"""A GPT that writes like the King James Bible: what it is, what it is given, what it wrote."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from grader.errors import UsageError, in_one_line
from grader.exercise.model import Job, Model, Output, Setting
from grader.exercise.pictures import Panel
from models.gpt import weights

PAGE = Path(__file__).with_name("page.txt")
# So many tokens are seen at once. It learned with 128, but in calls of references no array may be
# large, and so fewer fit.
WINDOW = 96
MAX_PROMPT = 2_000  # characters
LAYER, HEAD = 0, 0  # of the picture
MAX_SHOWN = 24  # tokens of the prompt in it
FEWEST = 16  # tokens of which a rate is told
SAME = 1e-3  # logits that differ by more than this are told apart
TOKENS, SECONDS = 80, 60.0  # by default, and how long these may take
FORGETTING = (
    f" This text is longer than the {WINDOW} tokens that it sees at once. Each time these are"
    " full, it forgets the older half and reads the other half again, so the cache helps less."
)
LESSON = """\
A small GPT goes on with what you type. encode makes tokens of it. gpt gives each token of a
vocabulary of 512 a logit, top_k_filter leaves a few of them, sample draws one, decode makes text of
it, and the next round begins.

gpt is given one token at a time. While it works, your decode_step stands in the place of
multi_head_attention, for all heads side by side: what is in its cache is not worked out again.
Below the text you find how much faster that is.

Only the weights come from elsewhere: 875,264 numbers that PyTorch found on one core, in half an
hour of computing, from the King James Bible. It was given bare text, and was to guess each next
token. One chapter in twenty was kept from it.

It has read one book, of 1611, and has no idea what it is saying. The lines that it ends are verses.
"""
WITHOUT = {
    "positions": (
        "Without positions, all rows of the position table are zero. The causal mask still tells it"
        " what came before, but not in which order: it knows the words and not the sentence."
    ),
    "mask": (
        "Without a mask, every token sees those after it. In training that would be the answer"
        " itself, so a model would learn to copy. This one never saw the future, and what flows in"
        " from there is nothing that it can read."
    ),
    "norm": (
        "Without norms, each part is given the stream as it is. The weights were found for vectors"
        " of one size, and nothing keeps them at that size."
    ),
}


def send(job: Job) -> dict[str, Any]:
    """Return what the driver needs to go on with the text of a job."""
    learned = weights.load()
    params = learned.params
    if job.without == "positions":
        params = params | {"position_embedding": np.zeros_like(params["position_embedding"])}
    count = 0 if job.watched else min(int(job.settings["tokens"]), 30 if job.measured else 1000)
    return {
        "text": job.texts[0],
        "page": PAGE.read_text("utf-8") if job.measured else "",
        "merges": learned.merges,
        "params": params,
        "num_heads": weights.HEADS,
        "window": WINDOW,
        "draws": np.random.default_rng(int(job.settings["seed"])).random(count),
        "temperature": float(job.settings["temperature"]),
        "top_k": int(job.settings["top-k"]),
        "without": job.without,
        "watched": job.watched,
    }


def read(value: Any, job: Job) -> Output:
    """Return what was written and how fast, or one head's attention in the prompt."""
    match value:
        case {"nan": str(name)}:
            raise UsageError(
                f"the logits are nan, and the first to return nan is {in_one_line(name[:80])}"
            )
        case {
            "text": str(text),
            "prompt": [*prompt],
            "attention": [*seen],
            "seconds": float(seconds),
            "seconds_anew": float(anew),
            "gap": float(gap),
            "has_forgotten": bool(has_forgotten),
            "loss": float() | None as loss,
            "is_cached": bool(is_cached),
            "is_whole": bool(is_whole),
        } if all(isinstance(each, str) for each in prompt):
            panels = _panels(seen, prompt) if job.watched else ()
            count = int(job.settings["tokens"])
            note = "" if job.watched else _rates(count, seconds, anew, is_cached)
            if is_cached and not job.watched:
                note += (FORGETTING if has_forgotten else "") + _difference(gap)
            note += f" This was --seed {int(job.settings['seed'])}."
            is_seen = bool(panels) == job.watched
            return Output((text,), panels, is_whole and is_seen, loss=loss, note=note)
    raise UsageError("what came back was not a text")


def _panels(seen: list[Any], prompt: list[str]) -> tuple[Panel, ...]:
    """Return one head's attention in the prompt, a row for each token that looks back."""
    n = len(prompt)
    arrays = [each for each in seen if isinstance(each, np.ndarray)]
    arrays = [each for each in arrays if each.shape[-3:] == (weights.HEADS, n, n)]
    if len(arrays) <= LAYER or arrays[LAYER].dtype.kind != "f":
        return ()
    shares = arrays[LAYER].reshape(weights.HEADS, n, n)[HEAD, -MAX_SHOWN:, -MAX_SHOWN:]
    labels = tuple(repr(each)[1:-1].replace(" ", "·") for each in prompt[-MAX_SHOWN:])
    title = f"block {LAYER + 1}, head {HEAD + 1}, looking back"
    return (Panel(title, shares, labels, labels),)


def _rates(count: int, seconds: float, anew: float, is_cached: bool) -> str:
    """Say how fast it was, and would be without the cache.

    Both are of all tokens but the first, for that waits for the prompt.
    """
    rate, slow = (f"{(count - 1) / max(each, 1e-9):,.0f}" for each in (seconds, anew))
    said = f"{count} token{'s' * (count > 1)}"
    if count >= FEWEST:
        said += f", {rate} a second"
    if not is_cached:
        return (
            f"{said}, without the cache: gpt calls no multi_head_attention in whose place"
            " decode_step could stand."
        )
    if count < FEWEST:
        return f"{said} with the cache. How fast it is can be told from {FEWEST} on."
    return f"{said} with the cache; reading the whole text anew for each token, it would be {slow}."


def _difference(gap: float) -> str:
    """Say where the logits with the cache are not the same as without it."""
    if gap <= SAME:
        return ""
    how = f"they differ by up to {gap:.2g}" if math.isfinite(gap) else "some are not finite"
    return f" With the cache the logits are not those without it: {how}."


def _seconds(job: Job) -> float:
    """Return how long a job may take: longer for more tokens, and where calls cross the border."""
    more = 2.0 if job.is_mixed or job.measured else 1.0
    return SECONDS * more * max(1.0, job.settings["tokens"] / TOKENS)


def normalise(text: str) -> str:
    """Return a prompt as it is, if it is one."""
    if not text.strip():
        raise UsageError("there is nothing to go on with", next="Try: In the beginning")
    if len(text) > MAX_PROMPT:
        what = f"the prompt has {len(text):,} characters, and may have {MAX_PROMPT:,}"
        raise UsageError(what, next=f"It sees {WINDOW} tokens at once: the end of yours will do.")
    return text


model = Model(
    title="The second finale: a GPT",
    lesson=LESSON,
    sample=("In the beginning", "And Jesus said unto them,", "Behold, the teacher"),
    send=send,
    read=read,
    normalise=normalise,
    without=WITHOUT,
    page=(
        "The loss on a page that was kept from it, the beginning of John 3, in nats a token."
        f" Guessing evenly among all tokens would be {math.log(512):.2f}."
    ),
    replaces={
        "": "multi_head_attention",
        "mask": "multi_head_attention",
        "norm": "layer_norm",
    },
    watches="attention",
    settings={
        "temperature": Setting(0.7, 0.0, 100.0),
        "top-k": Setting(40, 1, 512),
        "seed": Setting(0, 0, 2**32 - 1),
        "tokens": Setting(TOKENS, 1, 1000),
    },
    streams=True,
    seconds=_seconds,
    called="GPT",
    texts="prompts",
    prompt="A beginning, or nothing to end: ",
)
