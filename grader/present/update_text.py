"""What an update did, as text: what is new, what was left alone, and what is to do now."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from grader.authoring.update import Updated
from grader.errors import in_one_line
from grader.present.style import Style


def render_update(updated: Updated, style: Style) -> str:
    """Return what a learner has to know after an update, a paragraph for each kind of change."""
    said = map(in_one_line, _sentences(updated))  # a file of a release may be called anything
    return "\n".join(line for text in said for line in style.wrap(text))


def _sentences(updated: Updated) -> Iterator[str]:
    if updated.after and updated.after == updated.before:
        yield f"This is version {updated.after} already."
    elif updated.after:
        was = f", and was version {updated.before}" if updated.before else ""
        yield f"The course is version {updated.after} now{was}."
    else:
        yield "The course is the one that came with the grader."
    yield from (
        sentence.format(", ".join(names))
        for names, sentence in (
            (updated.added, "New exercises: {}."),
            (updated.renewed, "Stubs written again, where you had written nothing: {}."),
            (updated.changed, "Left as you wrote them, though the stub is another one now: {}."),
            (updated.moved, "Moved to another unit, with what you wrote: {}."),
            (updated.removed, "No longer in the course: {}. What you wrote there stays."),
            (
                updated.left,
                "Left alone, because you changed them or keep them elsewhere: {}.",
            ),
        )
        if names
    )
    if updated.changed:
        yield f"To read what is asked for now: grader lesson {updated.changed[0]}"
    if updated.again:
        yield (
            "Passed, but by other checks than there are now: "
            f"{', '.join(updated.again)}. To grade again: grader grade {' '.join(updated.again)}"
        )
    if updated.kept:
        names = ", ".join(updated.replaced)
        yield f"Replaced, though you had changed it, with a copy in {updated.kept}: {names}."
    if updated.wheel:
        command = f"python -m pip install --force-reinstall {shlex.quote(updated.wheel)}"
        yield f"It comes with another grader. To install that: {command}"
    yield "Next: grader"
