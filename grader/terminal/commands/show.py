"""`grader show`: a picture of what your functions return, beside the reference's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.learner.outside.sandbox import Sandbox

if TYPE_CHECKING:
    from grader.course.course import Course

WITHOUT = ("positions", "scaling", "masks")
MODEL = "transformer"  # the exercise that shows a whole model at work instead


@click.command()
@click.argument("name")
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
@click.option("--text", help="With transformer: a date to translate.")
@click.option(
    "--without",
    type=click.Choice(WITHOUT),
    multiple=True,
    help="With transformer: how it does without these.",
)
@click.option("--reference", is_flag=True, help="With transformer: none of your functions.")
@click.pass_obj
def show(
    early: Sandbox | None,
    name: str,
    path: Path | None,
    png: Path | None,
    text: str | None,
    without: tuple[str, ...],
    reference: bool,
) -> int:
    """Show pictures of what your functions return; with transformer, translate dates."""
    from grader.terminal.commands.common import current_course

    course = current_course()
    course.require_exercise(name)
    if name != MODEL and (text is not None or without or reference):
        raise click.UsageError(f"--text, --without and --reference are for: grader show {MODEL}")
    sandbox = early or Sandbox()
    try:
        if name == MODEL:
            from grader.terminal.commands import finale

            wish = finale.Wish(text, without, reference)
            code = finale.show(course, path, png, sandbox, wish)
        else:
            code = _pictures(course, name, path, png, sandbox)
    finally:
        sandbox.close()
    if sandbox.notice:
        click.echo(f"grader: {sandbox.notice}", err=True)
    return code


def _pictures(
    course: Course, name: str, path: Path | None, png: Path | None, sandbox: Sandbox
) -> int:
    from grader.grading.pictures import exhibit
    from grader.present.exhibition_text import panels_of, render_exhibition
    from grader.present.panels_text import in_encoding
    from grader.terminal.commands.common import say, style_of, write_file

    exhibition = exhibit(course, name, path, sandbox)
    text = render_exhibition(exhibition, style_of(sys.stdout))
    say(in_encoding(text, sys.stdout.encoding or "utf-8"))
    if png:
        from grader.present.panels_png import panels_png

        write_file(png, panels_png(panels_of(exhibition), abreast=2), "the picture")
        say(f"\nThe same as a PNG: {png}")
    return 0
