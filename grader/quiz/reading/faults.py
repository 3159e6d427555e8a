"""How faults are worded; and what YAML stumbles over, in an author's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from heapq import nlargest
from itertools import takewhile
from typing import Any

import yaml
from yaml.parser import ParserError
from yaml.scanner import ScannerError

from grader.quiz.kinds.base import on_one_line

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # guesses at no types
_KEY = re.compile(r"\s*(?:- )*[\w-]+:(?=\s|$)")
_NEVER_FIRST = tuple("`@%&*!|>?")  # no text begins with one of these, unless it is in quotes
MAX_NAME = 80  # characters of one that may be a slip
MAX_ALIKE = 5  # names that a wrong one is compared with: two long ones take a hundredth of a second
MAX_NAMED = 50  # of those that would do
MAX_KNOWN = 20_000  # characters of all names that are known: among more, none is looked for
_QUOTES = ("'", '"')
Stumble = tuple[tuple[int, int], str, str, str]  # where, what, what to write, what to go on with


def clipped(text: str, most: int = 50) -> str:
    """Return a text in quotes, cut where it is long."""
    line = on_one_line(text)
    return repr(line if len(line) <= most else line[: most - 1] + "…")


def in_quotes(text: str) -> str:
    """Return a text as YAML has it in single quotes."""
    return "'" + text.strip().replace("'", "''") + "'"


def nearest(name: str, known: Collection[str]) -> str:
    """Return the cure for a wrong name: the known one that is nearest, or all of them."""
    if close := near(name, known):
        return f"Write {close[0]!r}."
    if not known:
        return "There are none to name."
    more = f" or one of {len(known) - MAX_NAMED:,} more" if len(known) > MAX_NAMED else ""
    return f"Write one of: {', '.join([*known][:MAX_NAMED])}{more}."


def near(name: str, known: Collection[str]) -> list[str]:
    """Return the known name that is nearest to a wrong one, if one is near enough.

    How names lie to each other takes long to tell, so it is told of those few with most letters in
    common.
    """
    import difflib  # which a quiz without faults does not wait for

    if len(name) > MAX_NAME or sum(map(len, known)) > MAX_KNOWN:
        return []
    letters = Counter(name)
    alike = nlargest(MAX_ALIKE, known, key=lambda each: _in_common(letters, each))
    close = [each for each in alike if len(each) <= MAX_NAME]
    return difflib.get_close_matches(name, close, n=1, cutoff=0.5)


def _in_common(letters: Counter[str], known: str) -> float:
    """Return the share of letters that a known name has in common with another."""
    both = (letters & Counter(known)).total()
    return 2 * both / max(1, letters.total() + len(known))


def explained(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Stumble:
    """Return what a complaint of YAML's parser means, in its own words where it is rare.

    With the last text at that place the rest of the file can be read, unless it is empty.
    """
    line, column = place = _place(error, lines)
    rest = lines[line][column:]
    if rest.startswith("\t"):
        return place, "a tab stands among the spaces", "Indent with spaces.", ""
    if rest.startswith(_QUOTES):
        problem = f"the quote that opens {clipped(rest)} is not closed where its text ends"
        cure = "Close it, or use single quotes, with '' for each ' inside."
        return place, problem, cure, ""
    if rest.startswith(":"):
        return _colon(place, lines[line])
    if rest.startswith(_NEVER_FIRST):
        problem = f"{clipped(rest)} begins with {rest[0]!r}"
        return place, problem, f"Put it in quotes: {in_quotes(rest)}.", "x"
    problem = ", ".join(filter(None, [rest and clipped(rest), error.context, error.problem]))
    cure = "Close what is open, put the text in quotes, indent it as its neighbours, or drop it."
    return place, problem, cure, ""


def _place(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[int, int]:
    """Return where the text that is at fault begins, or the place at which it shows."""
    begun, at = error.context_mark, error.problem_mark
    assert at
    if lines[at.line].startswith("\t", at.column):
        return at.line, at.column
    opens = begun and lines[begun.line].startswith(("[", "{"), begun.column)
    if begun and (opens or isinstance(error, ScannerError)):
        return begun.line, begun.column
    if isinstance(error, ParserError):  # a text that another quote than its own has closed
        tokens = yaml.scan("\n".join(lines), Loader=Loader)
        *_, last = None, *takewhile(lambda token: token.start_mark.index < at.index, tokens)
        if getattr(last, "style", None) in _QUOTES and last.end_mark.line == at.line:
            return last.start_mark.line, last.start_mark.column
    return at.line, at.column


def _colon(place: tuple[int, int], text: str) -> Stumble:
    """Tell of a colon that makes a key where none can be."""
    key = _KEY.match(text[: place[1]])
    if not key:
        problem = f"{clipped(text)} is read as part of the text above it"
        cure = "Indent it as its neighbours, mend what is above it, or put all of it below a `|`."
        return place, problem, cure, ""
    problem = f"`: ` stands inside the text {clipped(text[key.end() :])}"
    cure = f"Put it in quotes: {in_quotes(text[key.end() :])}."
    rest = text[place[1] + 1 :]
    return place, problem, cure, ";" if "{" in text else ";" + re.sub(r":(?=\s|$)", ";", rest)
