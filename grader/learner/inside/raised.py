"""An exception becomes a message of plain values, with what Python itself would say of it."""

from __future__ import annotations

import errno
import io
import sys
from types import TracebackType
from typing import Any

MAX_TEXT = 2000
MAX_FRAMES = 20
MAX_SUGGESTION = 200


def print_lines_as_given() -> None:
    """Have tracebacks printed with the lines that were handed over.

    Python itself would look for them in files, which are not there, or say something else by now.
    """

    def print_raised(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        import traceback  # few answers need it

        traceback.print_exception(kind, error, trace)

    def print_unraisable(args: Any) -> None:
        print(f"{args.err_msg or 'Exception ignored in'}: {args.object!r}", file=sys.stderr)
        print_raised(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook, sys.unraisablehook = print_raised, print_unraisable


def spell_raised(error: BaseException, files: set[str], asked: list[str]) -> dict[str, Any]:
    """Return the message about an exception; `asked` is what was last asked of the system."""
    kinds = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"]
    return {
        "kind": "raised",
        "type": type(error).__name__,
        "types": kinds,
        "message": _text(error)[:MAX_TEXT] + _suggestion(error),
        "frames": _frames(error, files),
        "column": error.offset if isinstance(error, SyntaxError) else None,
        "asked": [*asked] if _is_refusal(error) else None,
    }


def _is_refusal(error: BaseException) -> bool:
    """Tell whether the system said no: not allowed, no more of these, or no bytes for a file."""
    return isinstance(error, OSError) and error.errno in (
        errno.EPERM,
        errno.EACCES,
        errno.EAGAIN,
        errno.EFBIG,
        errno.EMFILE,
    )


def _text(error: BaseException) -> str:
    if isinstance(error, SystemExit) and error.code is None:
        return ""
    try:
        return error.msg if isinstance(error, SyntaxError) else str(error)
    except BaseException as second:  # its __str__ is the learner's code as well
        return f"(no message: its __str__ raised {type(second).__name__})"


def _suggestion(error: BaseException) -> str:
    """Return what Python itself adds to some messages: ". Did you mean: 'exp'?".

    It does so only when it prints a traceback, so it is made to print one, without its lines.
    """
    if not isinstance(error, (AttributeError, ImportError, NameError)):
        return ""
    stderr, limit, printed = sys.stderr, getattr(sys, "tracebacklimit", None), io.StringIO()
    try:
        error.__cause__ = error.__context__ = None  # it would print these first
        sys.stderr, sys.tracebacklimit = printed, 0
        sys.__excepthook__(type(error), error, error.__traceback__)
        _, begin, end = printed.getvalue().partition(". Did you ")
    except BaseException:  # an object that is asked for its names may answer with anything
        return ""
    finally:
        sys.stderr, sys.tracebacklimit = stderr, limit
    return (begin + end.partition("\n")[0])[:MAX_SUGGESTION]


def _frames(error: BaseException, files: set[str]) -> list[tuple[str, int, str]]:
    """Return the places in the learner's own files that the exception passed through."""
    if isinstance(error, SyntaxError) and error.filename in files:
        return [(error.filename, error.lineno or 1, "")]
    frames: list[tuple[str, int, str]] = []
    stopped = error.__cause__  # in a generator it becomes a RuntimeError, without the line
    is_turned = isinstance(error, RuntimeError) and isinstance(stopped, StopIteration)
    trace: TracebackType | None = (stopped if is_turned and stopped else error).__traceback__
    while trace:
        code = trace.tb_frame.f_code
        if code.co_filename in files:
            frames.append((code.co_filename, trace.tb_lineno, code.co_name))
        trace = trace.tb_next
    return frames if len(frames) <= MAX_FRAMES else frames[:3] + frames[3 - MAX_FRAMES :]
