"""Commands for authors: `stub` and `prove`."""

from __future__ import annotations

import sys

import click

from grader.commands.common import current_course, say, style_of


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
@click.option("--table/--no-table", default=None, help="Show which case catches which mistake.")
def prove(names: tuple[str, ...], table: bool | None) -> int:
    """Prove definitions: each mistake is caught and named. For named ones, with a table."""
    from grader.learner.sandbox import Sandbox
    from grader.present.proof import render_proof
    from grader.proving import prove as proof_of

    course = current_course()
    chosen = [course.require_exercise(name) for name in names] or list(course.exercises)
    with_table = bool(names) if table is None else table
    sound = True
    with Sandbox(warm=True) as sandbox:
        for name in chosen:
            proof = proof_of(course, name, sandbox=sandbox)
            say(render_proof(proof, style_of(sys.stdout), with_table))
            sound = sound and proof.is_sound
    return 0 if sound else 1
