"""What YAML stumbles over, in an author's words: where, what, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import yaml

_KEY = re.compile(r"\s*(?:- )*([\w-]+):(?=\s|$)")
# A line that ends within a text in quotes.
_OPENED = re.compile(r"""\s*(?:- )*(?:[\w-]+:\s+)?(["'])(?:(?!\1).)*""")
_CLOSE = {'"': '"', "'": "'", "{": "}", "[": "]"}


class Mending(NamedTuple):
    """A stumble at a place; `instead` goes there so that the rest of the file can be read."""

    line: int
    column: int
    what: str
    cure: str
    instead: str = ""


def explained(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Mending:
    """Return what a parser's complaint means. The two parsers of PyYAML word it differently."""
    problem, context = error.problem or "", error.context or ""
    at = _place(error.problem_mark)
    begun = _place(error.context_mark or error.problem_mark)
    if "nesting" in problem:
        return Mending(0, 0, "the brackets of this file are nested too deeply", "Close them.")
    if "mapping values" in problem:
        return _colon(*at, lines)
    if "cannot start any token" in problem or "tab character" in problem:
        return _first_character(*at, lines)
    if "undefined alias" in problem or "are not allowed" in problem:
        return _first_character(*at, lines)
    if "an alias" in context or "an anchor" in context or "block scalar" in context:
        return _first_character(*begun, lines)
    if "end of stream" in problem:
        return Mending(
            *begun, f"the quote that opens {_rest(*begun, lines)} is never closed", "Close it."
        )
    if "escape" in problem:
        return _escape(at[0], lines)
    if "flow" in context:
        return _bracket(*(_last_opened(*at, lines) if "node" in context else begun), lines)
    if "expected ':'" in problem:
        return Mending(
            *begun,
            f"{_rest(*begun, lines)} is no `key: value`",
            "Write it so, or further in as part of the text above it.",
        )
    if "another document" in problem:
        return Mending(*at, "`---` begins a second document", "Take the line out.")
    return _out_of_step(*at, lines)


def _place(mark: yaml.Mark | None) -> tuple[int, int]:
    return (mark.line, mark.column) if mark else (0, 0)


def _colon(line: int, column: int, lines: Sequence[str]) -> Mending:
    key = _KEY.match(lines[line])
    if not key or key.end() - 1 != column:
        told = f"`: ` stands inside the text {_value(lines[line])}"
        cure = "Put the whole text in quotes, or below a `|`."
        if key:
            cure = f"Put it in quotes: {in_quotes(lines[line][key.end() :])}."
        rest = lines[line][column:] if "{" not in lines[line][:column] else ":"
        instead = re.sub(r":(?=\s|$)", ";", rest)
        return Mending(line, column, told, cure, instead)
    above = next((number for number in range(line - 1, -1, -1) if lines[number].strip()), 0)
    crowded = re.match(r"\s*(?:- )*([\w-]+):(\S.*)", lines[above])
    if crowded:
        told = f"there is no space behind the colon of {crowded[0].strip()!r}"
        return Mending(above, crowded.end(1), told, f"Write `{crowded[1]}: {crowded[2].strip()}`.")
    told = f"`{key[1]}:` stands further in than what is above it allows"
    cure = f"Put it below the key it belongs with, or line {above + 1} in quotes if this is text."
    return Mending(line, key.start(1), told, cure)


def _first_character(line: int, column: int, lines: Sequence[str]) -> Mending:
    character = _at(line, column, lines)
    if "\t" in lines[line][: column + 1]:
        column = lines[line].index("\t")
        return Mending(line, column, "a tab stands among the spaces", "Indent with spaces.")
    told = f"{_rest(line, column, lines)} begins with `{character}`"
    if character == "`":
        told = f"{_rest(line, column, lines)} begins with a backtick"
    cure = f"Put it in quotes: {in_quotes(lines[line][column:])}."
    return Mending(line, column, told, cure, "x")


def _escape(line: int, lines: Sequence[str]) -> Mending:
    found = re.search(r'\\[^0abtnvfre "/\\N_LPxuU]', lines[line])
    column = found.start() if found else 0
    told = f"`{found[0] if found else ''}` means nothing within double quotes"
    return Mending(line, column, told, "Use single quotes, where a backslash is a backslash.")


def _bracket(line: int, column: int, lines: Sequence[str]) -> Mending:
    opened = _at(line, column, lines)
    told = f"`{opened}` is not closed as it should be: {_rest(line, column, lines)}"
    cure = f"Close it with `{_CLOSE.get(opened, '')}`, or put the text in quotes."
    return Mending(line, column, told, cure)


def _last_opened(line: int, column: int, lines: Sequence[str]) -> tuple[int, int]:
    """Return where the last bracket before a place stands."""
    for number in range(min(line, len(lines) - 1), -1, -1):
        before = lines[number][: column if number == line else None]
        if (opened := max(before.rfind("["), before.rfind("{"))) >= 0:
            return number, opened
    return line, column


def _out_of_step(line: int, column: int, lines: Sequence[str]) -> Mending:
    above = lines[line - 1] if line else ""
    cut = re.search(r"\s#.*", above)
    if cut and not above.lstrip().startswith("#") and not _KEY.match(lines[line]):
        told = f"` #` ends the text here, and {cut[0].strip()!r} is a comment"
        cure = "Put the whole text in quotes, or below a `|`."
        return Mending(line - 1, cut.start() + 1, told, cure)
    opened = re.match(r"""\s*(?:- )*(?:[\w-]+:\s+)?(?P<sign>["'{\[])""", lines[line])
    if opened and opened.end() < column:
        sign = opened["sign"]
        told = f"{_rest(line, column, lines)} goes on behind the closing `{_CLOSE[sign]}`"
        key = _KEY.match(lines[line])
        whole = in_quotes(lines[line][key.end() if key else 0 :])
        return Mending(line, column, told, f"Put the whole in quotes: {whole}.")
    if late := _closed_late(line, column, lines):
        return late
    told = f"{_rest(line, column, lines)} fits no level of the file above it"
    return Mending(line, column, told, "Mend the indentation: two spaces for every step in.")


def _closed_late(line: int, column: int, lines: Sequence[str]) -> Mending | None:
    """Find the quote that was forgotten in a line above, so that the next one closed its text."""
    for number in range(line):
        opened = _OPENED.fullmatch(lines[number])
        if not opened or opened[1] not in lines[line][:column]:
            continue
        if not any(opened[1] in between for between in lines[number + 1 : line]):
            start = opened.start(1)
            told = f"the quote that opens {_rest(number, start, lines)} is closed only in line"
            return Mending(number, start, f"{told} {line + 1}", "Close it where its text ends.")
    return None


def _at(line: int, column: int, lines: Sequence[str]) -> str:
    return lines[line][column : column + 1] if line < len(lines) else ""


def _rest(line: int, column: int, lines: Sequence[str]) -> str:
    rest = lines[line][column:].strip() if line < len(lines) else ""
    return repr(rest if len(rest) <= 50 else rest[:49] + "…")


def _value(line: str) -> str:
    key = _KEY.match(line)
    text = (line[key.end() :] if key else line).strip()
    return repr(text if len(text) <= 50 else text[:49] + "…")


def in_quotes(text: str) -> str:
    """Return a text as YAML has it in single quotes."""
    inner = text.strip()
    if len(inner) > 1 and inner[0] == inner[-1] and inner[0] in "\"'":
        inner = inner[1:-1]
    return "'" + inner.replace("'", "''") + "'"
