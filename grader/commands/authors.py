"""Commands for authors: `stub` and `prove`."""

from __future__ import annotations

import click

from grader.commands.common import current_course, say


@click.command()
@click.argument("names", nargs=-1)
@click.option("--check", is_flag=True, help="Only say which stubs are out of step (exit 1).")
@click.option("--force", is_flag=True, help="Replace a learner's work too; a copy is kept.")
def stub(names: tuple[str, ...], check: bool, force: bool) -> int:
    """Write stubs again; a learner's work is left alone."""
    from grader.authoring import StubState, stub_state, write_stub

    course = current_course()
    chosen = [course.require_exercise(name) for name in names] or list(course.exercises)
    states = {name: stub_state(course, name) for name in chosen}
    stale = [name for name, state in states.items() if state is not StubState.CURRENT]
    if check:
        for name in stale:
            path = course.shown(course.exercise_path(name))
            say(f"{path}: not the stub of its definition. Run: grader stub {name}")
        return 1 if stale else 0
    worked_on = [name for name in stale if states[name] is StubState.WORKED_ON and not force]
    for name in worked_on:
        path = course.shown(course.exercise_path(name))
        say(f"{path}: left alone, it holds somebody's work. To replace: grader reset {name}")
    for name in stale:
        if name not in worked_on:
            kept = write_stub(course, name)
            also = f"; what stood there is kept: {course.shown(kept)}" if kept else ""
            say(f"{course.shown(course.exercise_path(name))}: written{also}")
    return 1 if worked_on else 0


@click.command()
@click.argument("names", nargs=-1)
def prove(names: tuple[str, ...]) -> int:
    """Prove definitions: each mistake is caught and named."""
    from grader.authoring import prove as problems_of

    course = current_course()
    chosen = [course.require_exercise(name) for name in names] or list(course.exercises)
    sound = True
    for name in chosen:
        problems = problems_of(course, name)
        say(f"{name}: {'proved' if not problems else f'{len(problems)} problems'}")
        for problem in problems:
            say(f"  {problem}")
        sound = sound and not problems
    return 0 if sound else 1
