"""A mistake may loop, or keep a reference from ending: what bounds both, on any machine alike.

Mistakes run in the trusted process, where no thread can end another and no clock may decide what
a report says. So the steps are counted that loops take in the course's own code, whichever file of
it they are in. What is in a loop of C cannot be stopped from here, and memory is held by whoever
calls: `grader prove` runs every mistake in a process that it can end, and a release has answers in
the place of mistakes.
"""

from __future__ import annotations

import dis
import sys
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache, partial, update_wrapper
from types import CodeType, FrameType, GeneratorType
from typing import Any

from grader.exercise.kept import Place, kept_by, put_back
from grader.exercise.manners import manner_of, set_manner

MAX_STEPS = 1_000_000  # in loops of the course's code, in one call: some tenths of a second
_DEFINITIONS = "solutions."  # how the names of modules begin that have the course's code
_JUMPS = {*dis.hasjrel, *dis.hasjabs}
_NO_MORE = object()


class EndlessError(Exception):
    """A mistake was given up: it does not end, or needs more than there is."""


class _TooManyStepsError(BaseException):
    """Passes whatever catches exceptions in the code that is stopped."""


class Bounded:
    """A function that is given up where it does not end; after that it raises at once.

    What is counted are steps of loops in its own file and in all definitions, for a reference that
    ends by itself need not do so with a mistake in the place of a part of it, or called by one. Of
    what was given up, `where` is the loop that it was in.

    Raises
    ------
    EndlessError
        When it is called, once it is given up.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        update_wrapper(self, function)
        self.function, self.given_up, self.where = function, "", ""

    @cached_property
    def _kept(self) -> list[Place]:
        return kept_by(self.function)

    @property
    def keeps(self) -> bool:
        """Whether one call may change what the next one does."""
        return bool(self._kept)

    def renew(self) -> None:
        """Forget what earlier calls have left."""
        put_back(self._kept)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function, and give it up where it does not end."""
        result = self.ended(partial(self.function, *args, **kwargs))
        return self._drawn(result) if isinstance(result, GeneratorType) else result

    def _drawn(self, values: Iterator[Any]) -> Iterator[Any]:
        """Yield what a generator does, whose code runs only now; each value is bounded."""
        while (value := self.ended(partial(next, values, _NO_MORE))) is not _NO_MORE:
            yield value

    def ended(self, call: Callable[[], Any]) -> Any:
        """Return what comes of a call, of several of the function perhaps, and give them up."""
        _ = self._kept  # as it was before the first call
        if not self.given_up:
            try:
                return self._counted(call)
            except _TooManyStepsError as error:
                self.given_up = f"one call takes more than {MAX_STEPS:,} steps"
                self.where = str(error)
        raise EndlessError(self.given_up)

    def _counted(self, call: Callable[[], Any]) -> Any:
        own, left = self.function.__module__, MAX_STEPS

        def count(frame: FrameType, _: str, __: object) -> Any:
            nonlocal left
            frame.f_trace_opcodes = True
            left -= 1
            if left < 0:
                raise _TooManyStepsError(f"{frame.f_code.co_filename}:{frame.f_lineno}")
            return count

        def enter(frame: FrameType, _: str, __: object) -> Any:
            module = str(frame.f_globals.get("__name__"))
            is_ours = module == own or module.startswith(_DEFINITIONS)
            return count if is_ours and _goes_backwards(frame.f_code) else None

        before = sys.gettrace()
        sys.settrace(enter)
        try:
            return call()
        finally:
            sys.settrace(before)


def bounded_like(reference: Callable[..., Any], mistake: Callable[..., Any]) -> Bounded:
    """Return a mistake as it is run: called as its reference is, and given up where endless."""
    set_manner(mistake, manner_of(reference))
    return Bounded(mistake)


@lru_cache(maxsize=4096)  # taking code apart takes longer than most calls
def _goes_backwards(code: CodeType) -> bool:
    """Tell whether there is a loop in code, or in a function within it."""
    within = [each for each in code.co_consts if isinstance(each, CodeType)]
    return any(map(_goes_backwards, within)) or any(
        step.opcode in _JUMPS and step.argval <= step.offset for step in dis.get_instructions(code)
    )
