"""`grader show`: what your functions return, in pictures, or a whole model that runs on them."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from grader.course.course import Course
from grader.errors import in_one_line
from grader.grading.examiner import load_definition
from grader.grading.model_files import Choice
from grader.grading.models import open_model
from grader.grading.pictures import draw_pictures
from grader.learner.outside.sandbox import Sandbox
from grader.present.picture_png import panels_png
from grader.present.picture_text import in_encoding
from grader.present.pictures_text import panels_of, render_pictures
from grader.terminal.commands.common import (
    complain,
    current_course,
    say,
    style_of,
    this_or_next,
    write_file,
)
from grader.terminal.model_loop import show_model
from grader.terminal.numbers import Number


@click.command()
@click.argument("name", required=False)
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Show what this file returns, as the exercise's.",
)
@click.option(
    "--png",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the pictures to this PNG file, too.",
)
@click.option("--text", "--prompt", "text", help="With a model: what it is to answer.")
@click.option(
    "--without", metavar="PART", multiple=True, help="With a model: how it does without this."
)
@click.option(
    "--temperature",
    type=Number(),
    help="With a GPT: the higher, the bolder; 0 takes the likeliest.",
)
@click.option("--top-k", type=int, help="With a GPT: among how many tokens it draws.")
@click.option("--seed", type=int, help="With a GPT: another seed, another text.")
@click.option("--tokens", type=int, help="With a GPT: how many it writes.")
@click.option("--reference", is_flag=True, help="With a model: none of your functions.")
@click.option(
    "--mine", is_flag=True, help="With a model: your functions, those that are wrong too."
)
@click.pass_obj
def show(
    early: Sandbox | None,
    name: str | None,
    path: Path | None,
    png: Path | None,
    text: str | None,
    without: tuple[str, ...],
    reference: bool,
    mine: bool,
    temperature: float | None,
    top_k: int | None,
    seed: int | None,
    tokens: int | None,
) -> int:
    """Show pictures of what your functions return, or a model that runs on them."""
    if reference and mine:
        raise click.UsageError("--reference is none of your functions, --mine is all: take one")
    course = current_course()
    course.installed_packages()
    chosen = this_or_next(course, name)
    numbers = {"temperature": temperature, "top-k": top_k, "seed": seed, "tokens": tokens}
    settings = {name: number for name, number in numbers.items() if number is not None}
    choice = Choice.NONE if reference else Choice.WRITTEN if mine else Choice.PASSING
    with closing(early or Sandbox()) as sandbox:
        if model := open_model(course, chosen, sandbox, path, choice):
            model.settings = model.model.settle(settings)
            is_plain = text is None and not (without or reference or mine or settings)
            if is_plain and load_definition(course, chosen).pictures:
                _show_pictures(course, chosen, path, None, sandbox)
                say("")
            show_model(model, text, without, png)
        elif text is not None or without or reference or mine or settings:
            raise _no_model(course)
        else:
            _show_pictures(course, chosen, path, png, sandbox)
    if sandbox.notice:
        complain(sandbox.notice)
    return 0


def _no_model(course: Course) -> click.UsageError:
    commands = ", ".join(f"grader show {model.exercise}" for model in course.models)
    return click.UsageError(
        "--text, --without, --reference, --mine and what sets a model's numbers are for: "
        + (commands or "models, of which this course has none")
    )


def _show_pictures(
    course: Course, name: str, path: Path | None, png: Path | None, sandbox: Sandbox
) -> None:
    drawn = draw_pictures(course, name, path, sandbox)
    text = render_pictures(drawn, style_of(sys.stdout))
    say(in_encoding(text, sys.stdout.encoding or "utf-8"))
    if png:
        write_file(png, panels_png(panels_of(drawn), abreast=2), "the picture")
        say(f"\nThe same as a PNG: {in_one_line(str(png))}")
