"""Code as a line of signs, one for each token: what it does stays, what its author calls it goes.

Comments, docstrings and line breaks within a statement are left out. A name that the author chose
is any name; what is imported, built in, an attribute or an argument's keyword stays itself.
"""

from __future__ import annotations

import builtins
import io
import keyword
import tokenize
from collections.abc import Sequence
from itertools import accumulate
from token import EXACT_TOKEN_TYPES
from typing import NamedTuple

from grader.errors import RefusedError

MAX_BYTES, MAX_TOKENS = 200_000, 20_000  # of one answer: more than any exercise asks for
_MAX_AGAIN = 200_000  # characters behind signs that are none of Python's: they are read again
_LAYOUT = (tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER)
_FIRST, _MOST_SIGNS = 0xF0000, 0x20000  # the characters that Unicode leaves to private use
_NAME, _TEXT, _END = "a name", "a text", "an end"
_BUILT_IN = frozenset((*dir(builtins), *keyword.kwlist))


class Place(NamedTuple):
    """Where a token stands: line from 1, columns from 0, from `start` up to `end`."""

    line: int
    start: int
    end_line: int
    end: int


class Signs(NamedTuple):
    """An answer as signs, with the place of each."""

    text: str
    places: tuple[Place, ...]


class Alphabet:
    """Gives each kind of token a sign of its own, the same in all answers that are compared."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def signs_of(self, source: str) -> Signs:
        """Return code as signs.

        Raises
        ------
        RefusedError
            It is too much, or no Python.
        """
        found = _tokens(source)
        imported = _imported(found)
        words = [_word(found, n, imported) for n in range(len(found))]
        shown = [n for n in range(len(found)) if not _is_docstring(words, n)]
        places = tuple(Place(*found[n].start, *found[n].end) for n in shown)
        return Signs("".join(self._sign(words[n]) for n in shown), places)

    def _sign(self, word: str) -> str:
        return self._known.setdefault(word, chr(_FIRST + len(self._known) % _MOST_SIGNS))


def _tokens(source: str, comments: bool = False) -> list[tokenize.TokenInfo]:
    if len(source) > MAX_BYTES:
        raise RefusedError(f"it has more than {MAX_BYTES:,} characters")
    found, again = list[tokenize.TokenInfo](), 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in _LAYOUT and (comments or token.type != tokenize.COMMENT):
                found.append(token)
            if token.type == tokenize.ERRORTOKEN:
                again += len(token.line) - token.start[1]
            if again > _MAX_AGAIN:
                raise RefusedError("it is no Python")
            if len(found) > MAX_TOKENS:
                raise RefusedError(f"it has more than {MAX_TOKENS:,} words and signs")
    except (tokenize.TokenError, SyntaxError, ValueError) as error:
        raise RefusedError(f"it is no Python: {error.args[0] if error.args else error}") from error
    return found


def _imported(tokens: Sequence[tokenize.TokenInfo]) -> frozenset[str]:
    """Return the names that come from elsewhere."""
    found, is_import = set[str](), False
    for token in tokens:
        if token.type == tokenize.NEWLINE:
            is_import = False
        elif token.string in ("import", "from"):
            is_import = True
        elif is_import and token.type == tokenize.NAME:
            found.add(token.string)
    return frozenset(found)


def _word(tokens: Sequence[tokenize.TokenInfo], n: int, imported: frozenset[str]) -> str:
    token = tokens[n]
    if _is_text(token):
        return _TEXT
    if token.type == tokenize.NEWLINE:
        return _END
    if token.type != tokenize.NAME or token.string in _BUILT_IN or token.string in imported:
        return token.string
    before = tokens[n - 1].string if n else ""
    after = tokens[n + 1].string if n + 1 < len(tokens) else ""
    is_keyword = after == "=" and before in ("(", ",")
    return token.string if before == "." or is_keyword else _NAME


def _is_docstring(words: Sequence[str], n: int) -> bool:
    """Tell whether a token is a text that stands by itself, or what ends one."""
    ends = (_END, ":", "")
    before = words[n - 1] if n else ""
    after = words[n + 1] if n + 1 < len(words) else _END
    if words[n] == _TEXT:
        return before in ends and after == _END
    return words[n] == _END and before == _TEXT and (words[n - 2] if n > 1 else "") in ends


def _is_text(token: tokenize.TokenInfo) -> bool:
    """Tell whether a token is a text or, from Python 3.12 on, a part of an f-string."""
    return token.type == tokenize.STRING or "STRING" in tokenize.tok_name[token.type]


def _is_odd(token: tokenize.TokenInfo) -> bool:
    """Tell whether a sign is none of Python's, such as a quote that is not closed.

    What follows on its line may be anything. From Python 3.12 on some of them are operators, and
    one stands in f-strings.
    """
    is_known = token.string in EXACT_TOKEN_TYPES and token.string != "!"
    return token.type == tokenize.ERRORTOKEN or (token.type == tokenize.OP and not is_known)


def lines_of(source: str) -> list[str]:
    """Return the lines of code as Python counts them: other signs than its own end none."""
    return source.split("\n")


def with_plain_ends(source: str) -> str:
    """Return code whose lines end as Python has them end, before it looks at any."""
    return source.replace("\r\n", "\n").replace("\r", "\n")


def without_words(source: str) -> str:
    """Return code with nothing in its comments and texts, where a name may stand.

    Raises
    ------
    RefusedError
        It is too much, or no Python.
    """
    # Where each line ends; the first one begins behind such an end, too.
    ends = [*accumulate((len(line) + 1 for line in lines_of(source)), initial=-1)]
    pieces, done = list[str](), 0
    for token in _tokens(source, comments=True):
        is_odd = _is_odd(token)
        if token.type == tokenize.COMMENT or _is_text(token) or is_odd:
            (first, start), (last, end) = token.start, token.end
            begin = ends[first - 1] + 1 + start
            is_left_out = begin < done  # with what stands before it in its line
            if not is_left_out:
                pieces += source[done:begin], '"…"' if _is_text(token) else "# …"
            to_the_end = is_odd or is_left_out
            done = max(done, ends[last] if to_the_end else ends[last - 1] + 1 + end)
    return "".join([*pieces, source[done:]])
