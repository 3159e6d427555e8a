"""Questions that are answered by typing: a number, words, a shape, what a program prints."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

from grader.accents import normalized
from grader.quiz.arithmetic import NotArithmetic, evaluate, names_in
from grader.quiz.characters import plain_characters
from grader.quiz.kinds.base import Given, Kind, Unreadable, on_one_line, one_text, squeezed
from grader.quiz.kinds.printed import bare, is_row, same_print
from grader.quiz.sizes import is_size, same_size

USUAL_TOLERANCE = "1%"  # of a number that is not whole; a whole one has to be exact
_ROUNDING = 8  # steps from one float64 to the next that arithmetic may be off by
_MOST_WHOLE = 1e15  # of a float64 that is told from its neighbours
BRACED = re.compile(r"\{([A-Za-z_]\w*)\}")
_CONFIDENCE = re.compile(r"(?<!\s)\s+[1-3]$")  # looked for once where many spaces stand
_HYPHEN = re.compile(r"(?<=[^\W\d])-(?=\w)|(?<=\w)-(?=[^\W\d])")
_TIMES = re.compile(r"\s*×\s*|\s+[xX]\s+|(?<=\d)[xX](?=\d)")


@dataclass(frozen=True)
class Number(Kind):
    """A number, or arithmetic that comes to it once `values` stand for what is in braces."""

    name: ClassVar[str] = "number"
    expression: str
    tolerance: str = ""
    unit: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def value(self) -> float:
        """The right number."""
        sizes = {name: evaluate(value) for name, value in self.values}
        value = evaluate(BRACED.sub(r"\1", self.expression) if sizes else self.expression, sizes)
        near = round(value)
        is_whole = abs(value) < _MOST_WHOLE and abs(value - near) <= _ROUNDING * math.ulp(value)
        return near if is_whole else value  # log(1000) / log(10) is 3

    @property
    def right(self) -> Given:
        """The right number as it is written: shortened only as far as it still counts."""
        value = self.value
        if isinstance(value, int):
            return f"{value:,}"
        return next(filter(self.share, (f"{value:.{digits}g}" for digits in (6, 10, 15, 17))))

    @property
    def margin(self) -> float:
        """How far off an answer may be."""
        tolerance = self.tolerance
        if not tolerance:
            tolerance = "0" if _is_whole(self.value) else USUAL_TOLERANCE
        if tolerance.endswith("%"):
            return evaluate(tolerance[:-1]) / 100 * abs(self.value)
        return evaluate(tolerance)

    @property
    def content(self) -> str:
        """The arithmetic and the unit."""
        return "".join(self.expression.split()) + self.unit

    @property
    def invitation(self) -> str:
        """A number, and of what."""
        return f"a number ({self.unit})" if self.unit else "a number"

    def read(self, reply: Given) -> Given:
        """Return the number as it was typed, without its unit."""
        text, unit = plain_characters(one_text(reply)), plain_characters(self.unit)
        if unit and text.casefold().endswith(unit.casefold()):
            text = text[: -len(unit)].rstrip()
        try:
            evaluate(text)
        except NotArithmetic as error:
            raise Unreadable(f"{text!r} is not {self.invitation}, such as 64 or 0.5.") from error
        return text

    def share(self, given: Given) -> float:
        """Return 1 for a number that is near enough."""
        try:
            number, value = evaluate(str(given)), self.value
        except NotArithmetic:
            return 0.0
        is_exact = isinstance(number, int) and isinstance(value, int)
        rounding = 0 if is_exact else _ROUNDING * math.ulp(value)  # 0.1 + 0.2 is 0.3
        return float(abs(number - value) <= self.margin + rounding)

    def say(self, given: Given) -> str:
        """Return a number with its unit."""
        return f"{given} {self.unit}".rstrip()

    def filled(self, values: Mapping[str, str]) -> Number:
        """Return the same question about those values."""
        return replace(self, values=tuple(values.items()))


@dataclass(frozen=True)
class Words(Kind):
    """A word or a few, of which several spellings may be accepted."""

    name: ClassVar[str] = "words"
    invitation: ClassVar[str] = "a word or a few"
    accepted: tuple[str, ...]

    @property
    def right(self) -> Given:
        """The spelling that stands first."""
        return self.accepted[0]

    @property
    def content(self) -> str:
        """The first spelling: others may be added."""
        return plain(self.accepted[0])

    def read(self, reply: Given) -> Given:
        """Return what was typed; a number behind it is a confidence, unless it belongs to it."""
        text = one_text(reply)
        if _CONFIDENCE.search(text) and not self.share(text):
            raise Unreadable(f"{text!r} ends in a number that says how sure you are.")
        return text

    def share(self, given: Given) -> float:
        """Return 1 for any accepted spelling."""
        return float(_compared(str(given)) in self._known)

    @cached_property
    def _known(self) -> frozenset[str]:
        """The spellings as they are compared."""
        return frozenset(map(_compared, self.accepted))


@dataclass(frozen=True)
class Printed(Kind):
    """What a program prints. White space and commas only part values, numbers go by their value."""

    name: ClassVar[str] = "prints"
    printed: str

    @property
    def invitation(self) -> str:
        """What is printed; nothing behind it where that might be printed as well."""
        alone = ", and nothing else" if is_row(self.printed) else ""
        return f"what it prints, with a space for each new line{alone}"

    @property
    def right(self) -> Given:
        """What is printed."""
        return self.printed.strip("\n")

    @property
    def content(self) -> str:
        """What is printed."""
        return bare(self.printed)

    def read(self, reply: Given) -> Given:
        """Return what was typed; a number behind what is printed is left for the confidence.

        Behind a row of numbers it is one more of them: a loop may go round too often.
        """
        text = one_text(reply)
        before = text if is_row(self.printed) else _CONFIDENCE.sub("", text)
        if before != text and self.share(before) > self.share(text):
            raise Unreadable(f"{text!r} ends in a number that says how sure you are.")
        return text

    def share(self, given: Given) -> float:
        """Return 1 for the same characters, or the same values."""
        return float(same_print(plain_characters(str(given)), plain_characters(self.printed)))


@dataclass(frozen=True)
class Shape(Kind):
    """A shape, whose sizes are numbers, names or arithmetic of both; `known` are the names."""

    name: ClassVar[str] = "shape"
    invitation: ClassVar[str] = "a shape, such as (2, 3)"
    sizes: tuple[str, ...]
    known: frozenset[str] = frozenset()

    @property
    def right(self) -> Given:
        """The shape in brackets."""
        return f"({', '.join(self.sizes)}{',' if len(self.sizes) == 1 else ''})"

    @property
    def content(self) -> str:
        """The sizes."""
        return ",".join("".join(size.split()) for size in self.sizes)

    def read(self, reply: Given) -> Given:
        """Return the shape in brackets."""
        sizes = tuple(reply) if isinstance(reply, list) else split_sizes(one_text(reply))
        for size in sizes:
            self._check(size)
        if any(map(_names, sizes)) and not any(map(_names, self.sizes)):
            raise Unreadable("Give numbers: this shape has no letters. Such as (2, 3).")
        # A comma within a size is that of 2,048, and would be taken for one between two.
        return str(Shape(tuple(size.replace(",", "") for size in sizes)).right)

    def share(self, given: Given) -> float:
        """Return 1 for a shape whose every size comes to the same, whatever the names stand for."""
        try:
            sizes = split_sizes(str(given))
            same = len(sizes) == len(self.sizes) and all(map(_same_size, sizes, self.sizes))
        except (NotArithmetic, Unreadable):
            return 0.0
        return float(same)

    def filled(self, values: Mapping[str, str]) -> Shape:
        """Return the same question about those values."""
        return replace(self, sizes=tuple(fill(size, values) for size in self.sizes))

    def _check(self, size: str) -> None:
        if size == "...":
            return
        try:
            unknown, is_readable = sorted(names_in(size) - self.known), is_size(size)
        except NotArithmetic:
            is_readable = False
        if not is_readable:
            raise Unreadable(f"{size!r} is no size. Give {self.invitation}.")
        if unknown:
            raise Unreadable(f"The question has no {', '.join(unknown)}: use its own letters.")


def split_sizes(text: str) -> tuple[str, ...]:
    """Return the sizes of a shape that is written `(B, T)`, `[B, T]`, `B, T` or `B x T`."""
    inner = _without_brackets(on_one_line(plain_characters(text)))
    sizes = [size.strip() for size in (inner.split(",") if "," in inner else _TIMES.split(inner))]
    if sizes[-1] == "":  # (T,) or ()
        sizes.pop()
    if not all(sizes):
        raise Unreadable("A size is missing between two commas.")
    return tuple(sizes)


def _without_brackets(text: str) -> str:
    """Return a shape without the brackets around all of it: in (T + 1) * (S + 1) there are none."""
    if text[:1] + text[-1:] not in ("()", "[]"):
        return text
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if not depth and place < len(text) - 1:
            return text
    return text[1:-1]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a text with each `{name}` that has a value replaced by it."""
    return BRACED.sub(lambda found: values.get(found[1], found[0]), text) if values else text


def plain(text: str) -> str:
    """Return words without regard to case, spacing, a full stop, and quotes around them."""
    whole = squeezed(normalized("NFKC", text))
    bare = whole.rstrip(".").rstrip()
    for quote in "`'\"" * 2:  # in pairs, for f' of a derivative has none
        ahead, behind = (len(bare) - len(cut(quote)) for cut in (bare.lstrip, bare.rstrip))
        pairs = min(ahead, behind, (len(bare) - 1) // 2)
        bare = bare[pairs : len(bare) - pairs].strip() if pairs > 0 else bare
    return bare or whole  # a sign by itself may be the answer


def _compared(text: str) -> str:
    """Return words as they are compared: a hyphen next to a letter is a space as well."""
    return _HYPHEN.sub(" ", plain(plain_characters(text)))


def _is_whole(value: float) -> bool:
    return isinstance(value, int) or value.is_integer()


def _names(size: str) -> frozenset[str]:
    return frozenset() if size == "..." else names_in(size)


def _same_size(one: str, right: str) -> bool:
    return one == right if "..." in (one, right) else same_size(one, right)
