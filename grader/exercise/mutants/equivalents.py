"""What an author says of mutants that no input could tell from the reference."""

from __future__ import annotations

from grader.errors import CourseError
from grader.exercise.definition import Definition, Equivalent
from grader.exercise.edits import (
    Function,
    Source,
    edit_of,
    edited,
    essence,
    require_once,
    source_of,
)
from grader.exercise.mutants.making import Mutant, own_functions


def is_meant(mutant: Mutant, equivalent: Equivalent) -> bool:
    """Tell whether an author says that this mutant is equal in effect."""
    text, old = mutant.source.text, equivalent.old
    begins = 0 if _is_of_signature(equivalent, mutant.source) else len(mutant.source.head)
    if mutant.function != equivalent.function or text.count(old, begins) != 1:
        return False
    if equivalent.new is not None:
        try:
            return essence(_changed(equivalent, mutant.original)) == mutant.essence
        except CourseError:  # which `require_place` tells of
            return False
    start = text.index(old, begins)
    return start <= mutant.start and mutant.end <= start + len(old)


def require_place(definition: Definition, equivalent: Equivalent) -> None:
    """Raise `CourseError` where an equivalent speaks of what is not there once, or is no code."""
    name, old = equivalent.function, equivalent.old
    sources = {each: source_of(each) for each in own_functions(definition, name)}
    own = source_of(definition.references[name])
    bodies = "\n".join(source.body for source in sources.values())
    if old not in bodies and _is_of_signature(equivalent, own):
        return require_once(old, own.head, name, equivalent.where)
    require_once(old, bodies, name, equivalent.where)
    function = next(each for each, source in sources.items() if old in source.body)
    _changed(equivalent, function)


def _is_of_signature(equivalent: Equivalent, source: Source) -> bool:
    """Tell whether it is about a default: a piece of the signature, in which no change matters."""
    is_above = equivalent.old in source.head and equivalent.old not in source.body
    return equivalent.new is None and is_above


def _changed(equivalent: Equivalent, function: Function) -> Function:
    if equivalent.new is None:
        return function
    edit = edit_of(function, equivalent.old, equivalent.new, equivalent.where)
    return edited(function, edit)
