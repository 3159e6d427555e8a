"""The translator of dates: what it is, what it is given, and how to read what it wrote."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.errors import UsageError
from grader.exercise.model import Job, Model, Output
from grader.exercise.pictures import Panel
from models.dates import dates, weights

Array = np.ndarray[Any, Any]

# Dates at once; the smaller where no array in a call may be large.
BATCH, BATCH_MIXED = 100, 16
SAMPLE = (
    "the 3rd of March, 2021",
    "December 25, 1999",
    "Monday, 20 July 1969",
    "29 Feb 2024",
    "3/4/2021",
    "2017-06-12",
)
LESSON = f"""\
All that the first two units are about, at work: a transformer that translates dates. It reads a
date as people write it, character by character, and writes it as 2021-03-03, one character at a
time. At every step it is given what it has written so far, and the likeliest next character is
taken.

Only the weights come from elsewhere. PyTorch found these 238,000 numbers in some minutes on one
processor: two encoder blocks and two decoder blocks, 64 wide, with 4 heads each. It was shown
128,000 dates in {len(dates.FORMATS)} ways of writing them. Nobody told it what a month is. A tenth
of all days from 1900 to 2099 was kept from it; of a thousand of those, it translates every one.

In the picture, each row is a character that it writes, each column one that it reads. The darker,
the more attention goes there: the mean of the heads of the last decoder block. Follow the digits
of the year, then see from which letters it takes the month. Write the same day another way: the
rows stay what they are, and what they look at moves.

An all-digit date is day first, unless it begins with the year: 3/4/2021 is in April.
"""
WITHOUT = {
    "positions": (
        "Without positions, all encodings are zero. What it reads is then a bag of characters: it"
        " can see which ones there are, and not which stands behind which, nor how far it has come"
        " with its own writing."
    ),
    "scaling": (
        "Without scaling, scores are not divided by the root of the heads' width, 16, so they are"
        " 4 times as large as they were in training. Softmax then gives nearly all weight to one"
        " place, where the model had learned to weigh several."
    ),
    "masks": (
        "Without masks, everything may be seen: the future, and the padding after a date, up to"
        f" {dates.MAX_READ} characters. It is the padding that does the harm, because it is read as"
        " if it had been written. The causal mask is hardly missed here: the last place, which"
        " writes, has no future. Earlier places do see theirs, and dates come out right all the"
        " same. In training the answer itself would be seen."
    ),
}


def send(job: Job) -> dict[str, Any]:
    """Return what the driver needs to translate the texts of a job."""
    source, lengths = dates.read_ids(job.texts, dates.MAX_READ)
    return {
        "source": source,
        "lengths": lengths,
        "params": weights.unscaled() if job.without == "scaling" else weights.load(),
        "num_heads": weights.HEADS,
        "start": dates.START,
        "steps": dates.MAX_WRITTEN,
        "batch": BATCH_MIXED if job.is_mixed else BATCH,
        "without": job.without,
        "watched": job.watched,
    }


def read(value: Any, job: Job) -> Output:
    """Return translations, and what was looked at to write the one that is watched."""
    match value:
        case {"ids": np.ndarray() as ids, "attention": list(seen), "is_whole": bool(is_whole)}:
            if ids.shape == (len(job.texts), dates.MAX_WRITTEN) and ids.dtype.kind == "i":
                written = tuple(map(dates.written, ids))
                panels = _panels(seen, job.texts[0], written[0]) if job.watched else ()
                return Output(written, panels, is_whole and bool(panels) == job.watched)
    raise UsageError("what came back was not a translation")


def _panels(seen: list[Any], source: str, target: str) -> tuple[Panel, ...]:
    """Return the last cross-attention, with a row for each character written and for the stop."""
    shape = (1, weights.HEADS, dates.MAX_WRITTEN, dates.MAX_READ)
    arrays = [each for each in seen if isinstance(each, np.ndarray) and each.shape == shape]
    if not arrays or arrays[-1].dtype.kind != "f":
        return ()
    rows, columns = (*target, "stop")[: dates.MAX_WRITTEN], tuple(source.replace(" ", "·"))
    shares = arrays[-1][0].mean(axis=0)[: len(rows), : len(columns)]
    return (Panel("written, looking at what is read", shares, rows, columns),)


model = Model(
    title="The finale: a translator of dates",
    lesson=LESSON,
    sample=SAMPLE,
    send=send,
    read=read,
    normalise=dates.normalised,
    without=WITHOUT,
    held_out=dates.held_out_pairs,
    replaces={"positions": "positional_encoding", "masks": "decoder_block"},
    watches="attention",
    unseen=(
        "Your functions do not pass through your attention where the decoder reads, so its weights"
        " cannot be seen."
    ),
    called="translator",
    texts="dates",
    prompt="A date, or nothing to end: ",
)
