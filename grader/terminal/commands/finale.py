"""What `grader show transformer` shows: a whole model at work on the learner's functions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from grader.errors import UsageError
from grader.terminal.commands.common import ask, say, style_of, write_file

if TYPE_CHECKING:
    from grader.course.course import Course
    from grader.grading.models.translator import Translation, Translator
    from grader.learner.outside.sandbox import Sandbox

SAMPLE = (
    "the 3rd of March, 2021",
    "December 25, 1999",
    "Monday, 20 July 1969",
    "29 Feb 2024",
    "3/4/2021",
    "2017-06-12",
)
HELD_OUT = 160
HELD_OUT_MIXED = 48  # where every step crosses the border many times


class Wish(NamedTuple):
    """What is to be shown: one text, or what breaks without something; by whose functions."""

    text: str | None = None
    without: tuple[str, ...] = ()
    reference: bool = False


def show(course: Course, path: Path | None, png: Path | None, sandbox: Sandbox, wish: Wish) -> int:
    """Show the translator of dates, and return the exit code."""
    from grader.grading.models.translator import open_translator
    from grader.present.model_text import render_credits, render_lesson

    style, is_typed = style_of(sys.stdout), sys.stdin.isatty() and sys.stdout.isatty()
    sandbox.expects_more = True
    if wish.text is None and not wish.without:
        say(render_lesson(style) + "\n")
    translator = open_translator(course, sandbox, path, wish.reference)
    if wish.without:
        _break(translator, wish.without)
    elif wish.text is not None:
        _keep(_translate(translator, wish.text), png)
    elif is_typed:
        _converse(translator, png)
    else:
        _show_sample(translator, png)
    if translator.used:
        say("\n" + render_credits(translator.credits, style))
    return 0


def _translate(translator: Translator, text: str) -> Translation:
    from grader.present.model_text import render_translation
    from grader.present.panels_text import in_encoding

    translation = translator.watch(text)
    drawn = render_translation(translation, style_of(sys.stdout))
    say(in_encoding(drawn, sys.stdout.encoding or "utf-8"))
    return translation


def _converse(translator: Translator, png: Path | None) -> None:
    """Translate what is typed, until a line is empty."""
    last = None
    while text := ask("A date, or nothing to end: "):
        try:
            last = _translate(translator, text)
        except UsageError as error:
            say(str(error))
        say("")
    if last:
        _keep(last, png)


def _show_sample(translator: Translator, png: Path | None) -> None:
    from grader.present.model_text import render_translations

    _keep(_translate(translator, SAMPLE[0]), png)
    say("\n" + render_translations(SAMPLE, translator.translate(SAMPLE)))


def _break(translator: Translator, without: tuple[str, ...]) -> None:
    from grader.grading.models.dates import held_out_pairs
    from grader.present.model_text import render_ablations

    pairs = held_out_pairs(HELD_OUT_MIXED if translator.is_mixed else HELD_OUT)
    ablations = [translator.ablate(each, pairs) for each in ("", *dict.fromkeys(without))]
    say(render_ablations(ablations, style_of(sys.stdout)))


def _keep(translation: Translation, png: Path | None) -> None:
    """Write the picture of a translation to a file, if that was asked for."""
    if png:
        from grader.present.model_text import panel_of
        from grader.present.panels_png import panels_png

        write_file(png, panels_png([panel_of(translation)]), "the picture")
        click.echo(f"\nThe same as a PNG: {png}")
