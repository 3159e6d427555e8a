"""A difference in the words of how a function was called, where its answer is not its result."""

from __future__ import annotations

from collections.abc import Callable

from grader.exercise.manners import manner_of
from grader.grading.value_words import describe, shown
from grader.records import Answer, Difference, Inputs, Returned, Value


def in_manner(
    found: Difference, answer: Answer, reference: Callable[..., Value], inputs: Inputs
) -> Difference:
    """Return a difference as one of what was called, changed, printed or yielded.

    A process that was taken over may have answered with anything: then the difference is left as it
    is.
    """
    manner = manner_of(reference)
    if not (manner and isinstance(answer, Returned)):
        return found
    value, message = answer.value, found.message
    is_another = found.kind == "type" and not found.path
    if manner.get("script"):
        message = _of_a_script(found, inputs)
    elif found.kind == "raises":
        _, _, wanted = message.partition("; ")
        message = f"nothing was raised; {wanted}"
    elif "prints" in manner and isinstance(value, str) and not value:
        message = (
            "nothing was printed; what is only returned, or goes to sys.stderr, does not count"
        )
    elif "changes" in manner and is_another:
        _, _, wanted = message.rpartition(", wanted ")
        message = f"{manner['changes'][0]} is {describe(value)} afterwards, wanted {wanted}"
    elif "yields" in manner and is_another and isinstance(value, (list, tuple)):
        message = f"it yielded {len(value)} of the first {manner['yields']} values"
    return found._replace(message=message)


def _of_a_script(found: Difference, inputs: Inputs) -> str:
    """Return the message with the call that gave the part which differs, and not its number."""
    if found.kind == "raises":
        _, _, wanted = found.message.partition("; ")
        return f"none of the calls raised; {wanted}"
    number = found.path[0] if found.path else None
    if not isinstance(number, int) or not found.message.startswith(f"[{number}]"):
        return found.message
    name, *given = inputs.args[number]
    rest = found.message[len(f"[{number}]") :]
    call = f"{name}({', '.join(map(shown, given))})"
    return f"{call}, at {rest}" if rest.startswith("[") else f"{call}{rest}"
