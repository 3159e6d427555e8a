"""A model in the terminal: asked by somebody, shown on a sample, or run without something."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from grader.errors import UsageError, in_one_line
from grader.grading.model_files import Choice
from grader.grading.models import RunningModel, Watched
from grader.present.flowing_text import FlowingText
from grader.present.model_text import (
    render_ablations,
    render_answers,
    render_credits,
    render_lesson,
    render_seen,
    render_watched,
    render_wrong,
)
from grader.present.picture_png import panels_png
from grader.present.picture_text import in_encoding
from grader.present.style import Style
from grader.terminal.commands.common import ask, say, style_of, write_file


def show_model(
    running: RunningModel, text: str | None, without: Sequence[str], png: Path | None
) -> None:
    """Show what a model answers to one text, or what it does without something.

    With neither it says what it is, then asks for texts; where nobody types, it takes its sample.
    Before all that it says what of the learner's does not pass.
    """
    style = style_of(sys.stdout)
    if running.cast.wrong and running.functions.references:
        say(render_wrong(running.cast, running.exercise, style) + "\n")
    if without:
        say(render_ablations(running.ablations(without, text), running.model, style))
    elif text is not None:
        _write(_watch(running, text), png)
    else:
        say(render_lesson(running.model, style) + "\n")
        is_typed = sys.stdin.isatty() and sys.stdout.isatty()
        (_converse if is_typed else _show_sample)(running, png)
    if running.used:
        is_asked = running.choice is Choice.NONE
        say("\n" + render_credits(running.credits, style, is_asked))


def _watch(running: RunningModel, text: str) -> Watched:
    style = style_of(sys.stdout)
    if running.model.streams:
        _stream(running, text, style)
    watched = running.watch(text)
    drawn = (render_seen if running.model.streams else render_watched)(
        watched, running.model, style
    )
    say(in_encoding(drawn, sys.stdout.encoding or "utf-8"))
    return watched


def _stream(running: RunningModel, text: str, style: Style) -> None:
    """Print a text and what follows it, as it comes, then what there is to say of that."""
    flowing = FlowingText(style.width)

    def tell(piece: str) -> None:
        _say_at_once(flowing.feed(piece))

    tell(running.model.normalise(text))
    try:
        note = running.stream(text, tell)
    finally:
        _say_at_once(flowing.end())
    say("\n" + "\n".join(style.wrap(note)) + "\n")


def _say_at_once(text: str) -> None:
    say(in_encoding(text, sys.stdout.encoding or "utf-8"), end="")
    sys.stdout.flush()


def _converse(running: RunningModel, png: Path | None) -> None:
    """Answer what is typed, until a line is empty."""
    last = None
    while text := ask(running.model.prompt):
        try:
            last = _watch(running, text)
        except UsageError as error:
            say(str(error))
        say("")
        running.draw_anew()
    if last:
        _write(last, png)


def _show_sample(running: RunningModel, png: Path | None) -> None:
    texts = running.model.sample
    _write(_watch(running, texts[0]), png)
    if not running.model.streams:
        say("\n" + render_answers(texts, running.answers(texts)))


def _write(watched: Watched, png: Path | None) -> None:
    """Write the picture to a file, if that was asked for."""
    if not png:
        return
    if not watched.panels:
        raise UsageError("there is no picture, so this file was not written", where=str(png))
    write_file(png, panels_png(watched.panels), "the picture")
    say(f"\nThe same as a PNG: {in_one_line(str(png))}")
