"""A bigram model that learns a page: what it is, what it is given, and what it wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from grader.errors import UsageError
from grader.exercise.model import Job, Model, Output
from grader.exercise.pictures import Panel

PAGE = Path(__file__).with_name("page.txt").read_text("utf-8")
MERGES, STEPS, RATE = 120, 40, 4.0
NEW, TEMPERATURE, K = 16, 0.8, 4
TOGETHER = 128  # tokens: no array in a call of a reference may be large
SHOWN = 8  # tokens in the picture
LESSON = f"""\
A page about a fox and an owl, and the smallest language model there is: a table that says what
comes after each token. All of it is made now, from the page, by these functions. train_merges makes
{MERGES} tokens of what is often there. encode turns every sentence into ids. For {STEPS} steps,
embed looks up a row of logits for each token, cross_entropy says how wrong they are, and the rows
move a little towards what really came. Then it continues what you type: top_k_filter leaves {K}
tokens in each row, generate draws among them, and decode makes text of the ids.

It sees one token back, no more. So each pair of neighbours reads well and the whole makes no sense.
To look further back is what attention is for.
"""


def sentences() -> list[str]:
    """Return the page, cut behind every full stop and question mark."""
    marked = PAGE.replace("\n", " ").replace(". ", ".\n").replace("? ", "?\n")
    return [line.strip() for line in marked.splitlines() if line.strip()]


def send(job: Job) -> dict[str, Any]:
    """Return the page, the prompts, and a row of draws for each."""
    rng = np.random.default_rng(len(job.texts))
    return {
        "sentences": sentences(),
        "merges": MERGES,
        "steps": STEPS,
        "rate": RATE,
        "prompts": list(job.texts),
        "draws": rng.random((len(job.texts), NEW)),
        "temperature": TEMPERATURE,
        "k": K,
        "together": TOGETHER,
    }


def read(value: Any, job: Job) -> Output:
    """Return what was written, how the loss fell, and what may come after the prompt."""
    match value:
        case {
            "texts": [*texts],
            "losses": np.ndarray() as losses,
            "row": np.ndarray() as row,
            "signs": [*signs],
        }:
            written = tuple(each for each in texts if isinstance(each, str))
            are_rows = losses.ndim == row.ndim == 1 and losses.dtype.kind == row.dtype.kind == "f"
            are_texts = len(written) == len(job.texts) and all(isinstance(s, str) for s in signs)
            if are_rows and are_texts and losses.size <= STEPS + 1 and row.size == len(signs):
                panels = (_falling(losses), _next(row, signs)) if job.watched else ()
                return Output(written, panels)
    raise UsageError("what came back was not a text for every prompt")


def _falling(losses: Any) -> Panel:
    labels = [str(step) for step in np.linspace(0, STEPS, losses.size, dtype=int)]
    return Panel("after so many steps", losses, columns=tuple(labels), group="the mean loss")


def _next(row: Any, signs: list[Any]) -> Panel:
    """Return the likeliest tokens behind a prompt, with their probabilities at temperature 1."""
    shares = np.exp(row - row.max())
    best = np.argsort(-shares, kind="stable")[:SHOWN]
    labels = tuple(repr(str(signs[each]))[1:-1].replace(" ", "_") for each in best)
    group = "what may come next (_ is a space)"
    return Panel("probability", (shares / shares.sum())[best], columns=labels, group=group)


def normalise(text: str) -> str:
    """Return a prompt of characters that are on the page."""
    unknown = next((sign for sign in text if sign not in PAGE), None)
    if unknown is not None or not text.strip():
        what = f"the page has no {unknown!r}" if unknown else "there is nothing to continue"
        raise UsageError(what, next="Begin with words of the page, such as: The fox")
    return text.replace("\n", " ")


model = Model(
    title="A page, learned token by token",
    lesson=LESSON,
    sample=("The fox", "The owl said", "One morning", "Why did the"),
    send=send,
    read=read,
    normalise=normalise,
    called="bigram model",
    texts="beginnings",
    prompt="A beginning, or nothing to end: ",
)
