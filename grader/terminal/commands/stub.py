"""`grader stub`: the stubs that are out of step with their definitions, written again."""

from __future__ import annotations

import click

from grader.authoring.stubs import outdated_stubs, renew_stubs
from grader.terminal.commands.common import current_course, say


@click.command()
@click.argument("names", nargs=-1)
@click.option("--check", is_flag=True, help="Only say which stubs are out of step (exit 1).")
@click.option("--force", is_flag=True, help="Replace a learner's work too; a copy is kept.")
def stub(names: tuple[str, ...], check: bool, force: bool) -> int:
    """Write stubs again; a learner's work is left alone."""
    course = current_course()
    course.require_definitions()
    chosen = [course.require_exercise(name) for name in names] or list(course.exercises)
    if not (chosen or check):
        raise course.lacks("exercise")
    if check:
        outdated = outdated_stubs(course, chosen)
        for name in outdated:
            path = course.display(course.exercise_path(name))
            say(f"{path}: not the stub of its definition. Run: grader stub {name}")
        return 1 if outdated else 0
    renewals = renew_stubs(course, chosen, force)
    for name, is_written, saved in renewals:
        kept = ", ".join(map(course.display, saved))
        also = f"; what stood there is kept: {kept}" if saved else ""
        alone = f"left alone, it holds somebody's work. To replace: grader reset {name}"
        path = course.display(course.exercise_path(name))
        say(f"{path}: {f'written{also}' if is_written else alone}")
    return 0 if all(renewal.is_written for renewal in renewals) else 1
