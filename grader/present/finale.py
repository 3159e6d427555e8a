"""The translator of dates as a learner meets it: its lesson, its translations, what breaks it."""

from __future__ import annotations

from collections.abc import Sequence

from grader.finale.dates import FORMATS
from grader.finale.translator import Ablation, Credits, Translation
from grader.panels import Panel
from grader.present.pictures import render_panels
from grader.present.style import Style, readable

LESSON = f"""\
All that you have written, at work: a transformer that translates dates. It reads a date as people
write it, character by character, and writes it as 2021-03-03, one character at a time: at every
step it is given what it has written so far, and the likeliest next character is taken.

Only the numbers come from elsewhere. PyTorch found them within minutes on one processor: some
238,000 weights, for two encoder blocks and two decoder blocks of width 64 with 4 heads each. It saw
128,000 dates in {len(FORMATS)} ways of writing them, and at every character its cross-entropy was
lowered a little. A tenth of the days between 1900 and 2099 was kept from it. Nobody told it what a
month is.

In the picture every row is a character that it writes, every column one that it reads; the darker
a place, the more of its attention went there, in the last decoder block, averaged over the heads.
Look at the rows of the month: where does it find that, and how many letters does it need? Then
write the same day another way: the rows stay, and what they look at moves.

Where all is in numbers, the day comes first, unless the year does: 3/4/2021 is in April.
"""

_NAMES = {
    "": "the whole model",
    "positions": "without positions",
    "scaling": "without scaling",
    "masks": "without masks",
}
_REASONS = {
    "positions": "",
    "scaling": "",
    "masks": "",
}


def render_lesson(style: Style) -> str:
    """Return what the translator is, and what to look at."""
    return "\n".join(
        [style.paint("The finale: a translator of dates", "bold"), "", *style.wrap(LESSON)]
    )


def render_translation(translation: Translation, style: Style) -> str:
    """Return a date with its translation, and what was looked at as a heat map."""
    lines = [
        f"{translation.source}  ->  {style.paint(translation.target, 'bold')}",
        "",
        render_panels([panel_of(translation)], style),
    ]
    if translation.borrowed:
        told = (
            "The picture is the reference's: your functions do not pass through your attention"
            " where the decoder reads, so its weights cannot be seen."
        )
        lines += ["", *style.wrap(told)]
    return "\n".join(lines)


def render_translations(sources: Sequence[str], targets: Sequence[str]) -> str:
    """Return dates beside their translations."""
    width = max(map(len, sources))
    return "\n".join(
        f"  {source:<{width}}  ->  {target}"
        for source, target in zip(sources, targets, strict=True)
    )


def panel_of(translation: Translation) -> Panel:
    """Return the cross-attention as a table, a row for each character that was written."""
    rows = (*translation.target, "stop")
    columns = tuple(translation.source.replace(" ", "·"))
    return Panel(
        "written (down), looking at what is read (across)", translation.attention, rows, columns
    )


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
