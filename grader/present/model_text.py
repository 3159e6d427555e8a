"""The translator of dates as a learner meets it: its lesson, its translations, what breaks it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.exercise.panels import Panel
from grader.grading.models.dates import FORMATS, MAX_READ
from grader.grading.models.translator import Ablation, Credits, Translation
from grader.present.panels_text import render_panels
from grader.present.readable import readable
from grader.present.style import Style

LESSON = f"""\
All that the first two units are about, at work: a transformer that translates dates. It reads a
date as people write it, character by character, and writes it as 2021-03-03, one character at a
time. At every step it is given what it has written so far, and the likeliest next character is
taken.

Only the weights come from elsewhere. PyTorch found these 238,000 numbers in some minutes on one
processor: two encoder blocks and two decoder blocks, 64 wide, with 4 heads each. It was shown
128,000 dates in {len(FORMATS)} ways of writing them. Nobody told it what a month is. A tenth of
all days from 1900 to 2099 was kept from it; of a thousand of those, it translates every one.

In the picture, each row is a character that it writes, each column one that it reads. The darker,
the more attention goes there: the mean of the heads of the last decoder block. Follow the digits
of the year, then see from which letters it takes the month. Write the same day another way: the
rows stay what they are, and what they look at moves.

Where all is in numbers the day comes first, unless the year does: 3/4/2021 is in April.
"""

_NAMES = {
    "": "the whole model",
    "positions": "without positions",
    "scaling": "without scaling",
    "masks": "without masks",
}
_REASONS = {
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
        "Without masks, everything may be seen: the future, and the padding behind a date, up to"
        f" {MAX_READ} characters. It is the padding that does the harm, because it is read as if"
        " it had been written. The causal mask is not missed here: while the model writes, there"
        " is no future yet to be seen. In training there is."
    ),
}


def render_lesson(style: Style) -> str:
    """Return what the translator is, and what to look at."""
    return "\n".join(
        [style.paint("The finale: a translator of dates", "bold"), "", *style.wrap(LESSON)]
    )


def render_translation(translation: Translation, style: Style) -> str:
    """Return a date with its translation, and what was looked at as a heat map."""
    head = f"{translation.source}  ->  {style.paint(translation.target, 'bold')}"
    told = (
        "Your functions do not pass through your attention where the decoder reads, so its weights"
        " cannot be seen."
    )
    if translation.attention is None:
        return "\n".join([head, "", *style.wrap(told)])
    note = ["", *style.wrap(f"{told} The picture is the reference's.")]
    drawn = render_panels([panel_of(translation)], style)
    return "\n".join([head, "", drawn, *(note if translation.borrowed else [])])


def render_translations(sources: Sequence[str], targets: Sequence[str]) -> str:
    """Return dates beside their translations."""
    width = max(map(len, sources))
    return "\n".join(
        f"  {source:<{width}}  ->  {target}"
        for source, target in zip(sources, targets, strict=True)
    )


def panel_of(translation: Translation) -> Panel:
    """Return the cross-attention as a table, a row for each character that was written."""
    attention = np.zeros((0, 0)) if translation.attention is None else translation.attention
    rows = (*translation.target, "stop")[: len(attention)]
    columns = tuple(translation.source.replace(" ", "·"))
    return Panel("written, looking at what is read", attention, rows, columns)


def render_credits(credits: Credits, style: Style) -> str:
    """Return whose functions have worked."""
    yours, reference = ", ".join(credits.yours), ", ".join(credits.reference)
    if not credits.reference:
        return "\n".join(style.wrap(f"All of it is yours: {yours}."))
    if not credits.yours:
        told = (
            f"None of it is yours yet: the reference stood in for {reference}. Each exercise that"
            " you pass takes its place in here."
        )
        return "\n".join(style.wrap(told))
    return "\n".join(
        [*style.wrap(f"Yours: {yours}."), *style.wrap(f"The reference stood in for: {reference}.")]
    )


def render_ablations(ablations: Sequence[Ablation], style: Style) -> str:
    """Return a table of what is left when something is taken away, and why."""
    width = max(len(name) for name in _NAMES.values())
    lines = [f"Right, of {ablations[0].total} dates that were kept from it:", ""]
    for each in ablations:
        source, target = each.example
        share = f"{100 * each.right / each.total:.1f} %"
        lines.append(
            f"  {_NAMES[each.without]:<{width}}  {share:>7}   {source} -> {readable(target)}"
        )
    for each in ablations:
        if reason := _REASONS.get(each.without):
            lines += ["", *style.wrap(reason)]
        if each.borrowed:
            told = (
                f"Your functions do not call what is taken away here, so {_NAMES[each.without]} it"
                " is the reference that you see."
            )
            lines += style.wrap(told)
    return "\n".join(lines)
