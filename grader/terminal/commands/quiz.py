"""`grader quiz`: questions one at a time, or a file of answers at once."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("name", required=False)
@click.option("--missed", is_flag=True, help="Ask what was not right, or doubtful, last time.")
@click.option("--topic", metavar="TOPIC", default="", help="Ask about a tag or an exercise.")
@click.option("--count", type=click.IntRange(min=1), help="Ask so many of the questions.")
@click.option("--exam", is_flag=True, help="Say nothing about an answer before the end.")
@click.option("--minutes", type=click.FloatRange(0, min_open=True), help="With --exam: its time.")
@click.option("--seed", type=click.IntRange(min=0), help="Draw and shuffle the same way again.")
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mark a YAML or JSON file of `question-id: answer` instead of asking.",
)
@click.option("--json", "as_json", is_flag=True, help="With --answers: print one JSON object.")
def quiz(
    name: str | None,
    missed: bool,
    topic: str,
    count: int | None,
    exam: bool,
    minutes: float | None,
    seed: int | None,
    answers: Path | None,
    as_json: bool,
) -> int:
    """Take a quiz; without a name, the next one."""
    if as_json and not answers:
        raise click.UsageError("--json needs --answers FILE: a person cannot answer in JSON")
    if minutes and not exam:
        raise click.UsageError("--minutes needs --exam: there is no hurry otherwise")
    from grader.quiz.sittings.choose import Wish
    from grader.terminal.commands.common import current_course
    from grader.terminal.commands.taking import mark_file, take

    course = current_course()
    wish = Wish(course.require_quiz(name) if name else "", topic, missed, count, exam, minutes)
    if not answers:
        return take(course, wish, seed)
    if exam or not wish.is_whole:
        raise click.UsageError(
            "--answers needs a name, and marks all of a quiz: grader quiz NAME --answers FILE"
        )
    return mark_file(course, wish.quiz, answers, as_json, seed)
