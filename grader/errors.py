"""One family of errors. Each says what is wrong, where, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# What Unicode calls a letter or a mark, and looks like nothing.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
MAX_MARKS = 4  # above and below one letter


def spelled(char: str) -> str:
    """Return a character that has no shape of its own as Python would write it."""
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def in_one_line(place: str) -> str:
    """Return the name of a file or place with all spelled out that is not seen, line ends too."""
    return "".join(char if _has_shape(char) else spelled(char) for char in place)


def readable(text: str) -> str:
    """Return text in which whatever has no shape of its own is spelled out.

    That is whatever could drive a terminal, turn the direction of writing, break a line elsewhere
    than at its end, look like nothing, or not be encoded at all. Line ends and tabs stay, and of
    marks that pile up on one letter a few.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = "".join(c if c in "\n\t" or _has_shape(c) else spelled(c) for c in text)
    return shown if shown.isascii() else "".join(_with_few_marks(shown))


def _has_shape(char: str) -> bool:
    return char.isprintable() and char not in _BLANK


def _with_few_marks(text: str) -> Iterator[str]:
    import unicodedata  # hardly any text has need of it

    marks = 0
    for char in text:
        is_mark = char > "\u02ff" and unicodedata.category(char) in ("Mn", "Me")
        marks = marks + 1 if is_mark else 0
        yield char if marks <= MAX_MARKS else spelled(char)


MAX_SHOWN = 4_000  # characters of a line that a person is told


class GraderError(Exception):
    """Something a person must be told: `what` went wrong, `where`, and what to do `next`.

    Each is one line, whatever a stranger's name in it has, and is cut where it is very long;
    `lines` are a list that stands below.
    """

    exit_code = 3

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        next: str | None = None,
        lines: Sequence[str] = (),
    ) -> None:
        super().__init__(what)
        self.what, self.lines = _shown(what), tuple(map(_shown, lines))
        self.where, self.next = (text and _shown(text) for text in (where, next))

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows when this is raised in it: the message alone."""
        return [readable(f"grader: {self}")]

    def __str__(self) -> str:
        located = f"{self.where}: {self.what}" if self.where else self.what
        return "\n".join([located, *([self.next] if self.next else []), *self.lines])


def _shown(text: str) -> str:
    cut = text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
    return in_one_line(cut)


class UsageError(GraderError):
    """The command, or something it was pointed at, cannot be used as it stands."""

    exit_code = 2


class CourseError(UsageError):
    """A course file (course.yaml, a definition, a quiz) is missing or does not make sense."""


class TierError(UsageError):
    """The tier that was asked for is not to be had on this machine."""


class RefusedError(UsageError):
    """A learner's file that may not be read: not a regular file, too large, not text."""


class BrokenGraderError(GraderError):
    """The grader or a reference solution failed; the learner is not to blame."""


def say_fault(error: Exception) -> str:
    """Return what went wrong on the grader's side, as a message that asks for a report."""
    if isinstance(error, GraderError):
        return str(error).replace("\n", ".\n")  # where lines are joined, each is a sentence
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"The grader itself failed: {type(error).__name__}: {error},"
        f" at {last.filename}:{last.lineno} in {last.name}.\n"
        "This is not your fault, and no points were lost. Please report these lines."
    )
