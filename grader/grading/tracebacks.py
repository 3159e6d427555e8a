"""How a call came to grief, in words and with the learner's own lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from threading import Lock

from grader.records import Answer, Cause, Frame, Outcome, Raised, Stopped, Submission
from grader.records.text import Code, Lines, Paragraph, Span, Text, spans_of

# The learner's files, by the path that tracebacks name.
Sources = Mapping[str, Submission]
# Where Python ends a line; `splitlines` knows more ends.
_LINE_END = re.compile(r"\r\n|\r|\n")
# A line of theirs that is longer is shown up to here.
MAX_LINE = 200
OUTSIDE_OF_FUNCTIONS = (
    "What stands outside of functions runs whenever the file is loaded. Put trials of your own"
    ' under `if __name__ == "__main__":`.'
)
_NAMES = re.compile(r"\w[\w., ]*")
_NAME = re.compile(r"[\w.]+")
_MAGIC = re.compile(r"%%?[^\W\d]|!(?!=)")
_LOOP = re.compile(r"\s*(?:async\s+)?(?:while|for)\b")
_CYCLE = 10  # so many of the last lines of a recursion hold all that it consists of, as a rule


def say_raised(raised: Raised, sources: Sources) -> Text:
    """Return the exception and the learner's own lines that it passed through."""
    lines = []
    for frame, times in Counter(raised.frames).items():  # a recursion passes the same ones again
        again = f", {times} times" if times > 1 else ""
        lines += [_spoken(frame, sources) + again, *_quote(sources, frame, raised.column)]
    return _with_lines(_exception(raised, sources), lines)


def say_raised_once(raised: Raised, sources: Sources) -> Text:
    """Return the exception and the line to look at; of others, where it was raised in the end."""
    frame = _telling(raised.frames, raised.types)
    if not frame:
        return say_raised(raised, sources)
    lines = [_spoken(frame, sources), *_quote(sources, frame, raised.column)]
    if raised.frames[-1].path != frame.path:
        lines.append(f"{_spoken(raised.frames[-1], sources)}: raised there")
    return _with_lines(_exception(raised, sources), lines)


def _exception(raised: Raised, sources: Sources) -> Paragraph:
    frame = _telling(raised.frames, raised.types)
    kind = f"{raised.type}, {_line_in_words(frame, sources)}" if frame else raised.type
    advice = _advice(raised, sources)
    said = raised.words
    text = f"{kind}: {said}" if said else kind if advice else f"{kind}, without a message"
    if raised.refused:
        text = f"{raised.refused} is not allowed here ({text})"
    if advice and not text.endswith((".", "?", "!")):
        text += "."
    return Paragraph((text, *advice))


def _telling(frames: Sequence[Frame], types: Sequence[str] = ()) -> Frame | None:
    """Return the line to look at: the last one in the file that was called into.

    What it calls in files of earlier exercises is right, or has been replaced by what is.
    """
    if not frames or frames[-1].function == "<module>":
        return frames[-1] if frames else None
    if "RecursionError" in types:  # the limit is hit in any line that the recursion consists of
        return min(frames[-_CYCLE:])
    return [frame for frame in frames if frame.path == frames[0].path][-1]


def _with_lines(sentence: Paragraph, lines: Sequence[str]) -> Text:
    return Text.of(sentence, Lines(tuple(lines))) if lines else Text.of(sentence)


def say_stopped(stopped: Stopped, sources: Sources) -> Text:
    """Return why a call never came back, and the learner's own line that it was in."""
    frame = _endless(stopped, sources)
    if not frame:
        return Text.of(Paragraph((stopped.message,)))
    where = _line_in_words(frame, sources)
    if _LOOP.match(line_of(sources, frame) or ""):
        where = f"the loop that begins in {where}"
    sentence = Paragraph((f"{stopped.message}; it was still in {where}",))
    lines = _spoken(frame, sources), *_quote(sources, frame, None)
    return Text.of(sentence, Lines(lines))


def cause_of(answer: Answer, sources: Sources) -> Cause:
    """Return how and where a call came to grief: the same for all that did so for one reason."""
    if isinstance(answer, Raised) and (frame := _telling(answer.frames, answer.types)):
        return answer.type, frame.path, frame.line
    if isinstance(answer, Stopped) and (frame := _endless(answer, sources)):
        return answer.outcome.value, frame.path, frame.line
    return ()


def _endless(stopped: Stopped, sources: Sources) -> Frame | None:
    """Return the line that does not come to an end, as far as one can tell.

    Where the clock stops a loop is an accident, so it is the line that the loop begins with: of a
    `while`, which may be endless, before a `for`, which rarely is; and of the outermost.
    """
    if stopped.outcome is not Outcome.TIMED_OUT or not stopped.frames:
        return None
    loops = [loop for frame in stopped.frames for loop in _loops_around(frame, sources)]
    whiles = (loop for loop in loops if (line_of(sources, loop) or "").lstrip().startswith("while"))
    return next(chain(whiles, loops, stopped.frames[-1:]))


_FAR = 1_000  # lines: so far from a loop's beginning nobody writes what is in it


def _loops_around(frame: Frame, sources: Sources) -> list[Frame]:
    """Return the lines that begin the loops around a line, the outermost first.

    Told by how they are indented: source of unknown origin is not parsed here.
    """
    lines = lines_of(sources.get(frame.path))[: frame.line]
    depth, loops = len(lines[-1]) - len(lines[-1].lstrip()) + 1 if lines else 0, []
    for number in range(len(lines), max(len(lines) - _FAR, 0), -1):
        line = lines[number - 1]
        indent = len(line) - len(line.lstrip())
        if not line.strip() or indent >= depth:
            continue
        depth = indent
        if line.lstrip().startswith(("def ", "async def ", "class ")):
            break
        if _LOOP.match(line):
            loops.append(frame._replace(line=number))
    return loops[::-1]


def _line_in_words(frame: Frame, sources: Sources) -> str:
    """Return the number of a line; what was put together of several places has none of its own."""
    file = sources.get(frame.path)
    return place(frame, sources) if file and file.places else f"line {frame.line}"


def _spoken(frame: Frame, sources: Sources) -> str:
    within = f" in {frame.function}" if frame.function else ""
    return f"  {place(frame, sources)}{within}"


def _advice(raised: Raised, sources: Sources) -> tuple[Span, ...]:
    """Return a word on the exceptions whose own words help least."""
    if raised.column is not None and raised.frames:
        line = line_of(sources, raised.frames[-1]) or ""
        if is_for_a_notebook(line):
            why = " is for a notebook alone, not Python: take it out"
            return " ", Code(line.strip()[:MAX_LINE]), why
    if raised.advice:
        return spans_of(f" {raised.advice}")
    if "TypeError" in raised.types and "argument" in raised.message and not raised.frames:
        return (" Keep the parameters as they are in the stub: their names and their order",)
    return ()


def is_for_a_notebook(line: str) -> bool:
    """Tell whether IPython alone reads a line: a magic, one for the shell, or a call for help."""
    text = line.strip()
    names, is_assignment, value = text.partition("=")
    if is_assignment and _NAMES.fullmatch(names) and _MAGIC.match(value.lstrip()):
        return True
    is_help = text.startswith("?") or (
        text.endswith("?") and bool(_NAME.fullmatch(text.rstrip("?")))
    )
    return is_help or bool(_MAGIC.match(text))


def line_of(sources: Sources, frame: Frame) -> str | None:
    """Return the line of source that a frame stands for, as far as we have it."""
    lines = lines_of(sources.get(frame.path))
    return lines[frame.line - 1] if 1 <= frame.line <= len(lines) else None


def lines_of(file: Submission | None) -> list[str]:
    """Return the lines of a file as Python counts them; none where there is no file."""
    return _LINES.of(file.source) if file else []


class _KeptLines:
    """The lines of files that were asked for last, which they are for every frame of a traceback.

    Of `most` bytes of source, and of one file whatever it has: as lines they take many times that.
    """

    def __init__(self, most: int) -> None:
        self._most, self._size, self._lock = most, 0, Lock()
        self._kept: dict[bytes, list[str]] = {}

    def of(self, source: bytes) -> list[str]:
        """Return the lines of a source."""
        with self._lock:
            lines = self._kept.pop(source, None)
            if lines is None:
                lines = _LINE_END.split(source.decode("utf-8-sig", "replace"))
                self._size += len(source)
            while self._size > self._most and self._kept:
                oldest = next(iter(self._kept))
                del self._kept[oldest]
                self._size -= len(oldest)
            self._kept[source] = lines
            return lines


_LINES = _KeptLines(most=2_000_000)


def place(frame: Frame, sources: Sources) -> str:
    """Return where a person finds the line that a frame stands for."""
    file = sources.get(frame.path)
    return file.place(frame.line) if file else f"{frame.path}:{frame.line}"


def _quote(sources: Sources, frame: Frame, column: int | None) -> list[str]:
    """Return a line of source, and under it a caret where a syntax error stands."""
    text = line_of(sources, frame)
    if text is None:
        return []
    lines = [f"      {text.strip()[:MAX_LINE]}"]
    if column and column <= MAX_LINE:
        indent = len(text) - len(text.lstrip())
        lines.append(" " * (6 + max(column - 1 - indent, 0)) + "^")
    return lines
