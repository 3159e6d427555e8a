"""The `grader` command, and `python -m grader`.

For a grade, the learner's side is started before anything else is imported, click included: it
imports NumPy on one core while this process does on another.
"""

from __future__ import annotations

import sys

if __name__ == "__main__" and not getattr(sys.flags, "safe_path", sys.flags.isolated):
    del sys.path[0]  # `python -m` looks first where it stands, which may be a learner's folder

import contextlib  # noqa: E402
import gc  # noqa: E402
import os  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

if TYPE_CHECKING:
    from grader.learner.outside.sandbox import Sandbox


def main() -> None:
    """Run the command line and leave with its exit code."""
    gc.disable()  # a command is short, and collecting while NumPy is imported takes a tenth of it
    # More threads for arrays as small as ours are no faster, and starting them beside the
    # learner's side takes half as long as importing NumPy.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _open_streams()
    if sys.argv[1:2] in (["grade"], ["watch"], ["class"]):
        _print_apart()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # What cannot be shown, or read, is a question mark, and no traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line was even read
        code = 130
    with contextlib.suppress(OSError):  # whoever read our output has gone, or there is no room
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)  # everything is written; taking NumPy apart again would only take time


def _open_streams() -> None:
    """Open those of the usual streams that whoever started us has closed: they lead nowhere."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            mode = "w" if number else "r"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _print_apart() -> None:
    """Print to a file of our own, so that a report is all that standard output ever gets.

    Compiled code of an author's may write to the usual one past Python, as LAPACK does where it is
    given no number: that goes nowhere.
    """
    if os.name != "posix":  # a terminal of Windows takes what is not ASCII from the first one alone
        return
    own, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    encoding = sys.stdout.encoding
    sys.stdout = sys.__stdout__ = open(own, "w", encoding=encoding)  # type: ignore # noqa: SIM115


def _run(arguments: list[str]) -> int:
    with contextlib.ExitStack() as until_the_end:
        # Where a tier is asked for, the command starts it itself: it reads options better.
        is_plain = not any(word.startswith(("--tier", "--strict", "--help")) for word in arguments)
        wanted = arguments[:1] in (["grade"], ["show"]) and is_plain
        sandbox = _start_early(until_the_end) if wanted else None
        from grader.terminal.app import run

        return run(arguments, sandbox)


def _start_early(until_the_end: contextlib.ExitStack) -> Sandbox | None:
    from grader.errors import GraderError
    from grader.learner.outside.sandbox import Sandbox

    try:
        return until_the_end.enter_context(Sandbox())
    except (GraderError, OSError):  # the command will meet the same, and say so
        return None


if __name__ == "__main__":
    main()
