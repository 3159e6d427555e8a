"""Pairs of answers that share more than the exercise and the class explain.

Answers become signs, and runs of twelve of these fingerprints, by copydetect. What the stub, the
definition and much of the class have is taken out; what is left of an answer is its own. Two are
as alike as the share of their own that they have in common.

All answers are compared with all by products of matrices, and only those that may be alike one by
one. So a thousand answers take seconds, and memory does not grow with the pairs.

Source of the fingerprints: Schleimer, Wilkerson and Aiken, "Winnowing" (2003), with windows of
one: answers are short, so every fingerprint is kept and nothing is left to chance.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from grader.classroom.similar.signs import Alphabet, Place, Signs
from grader.errors import RefusedError, UsageError

RUN = 12  # signs of a fingerprint: about a line of code
FEWEST_SIGNS = 25  # of its own, below which an answer is too short for that to mean anything
FEW = 9  # answers, below which nothing is what much of the class has
MUCH = 1 / 3  # of the answers
MOST_PAIRS = 2_000  # of one exercise, compared one by one: those that share the most
_BLOCK, _CHUNK = 1_000, 4_096  # answers, and fingerprints, of one product


class Alike(NamedTuple):
    """Answers that are alike: their numbers, of those on one side and those on the other.

    Answers on one side are the same but for names and comments. `share` is how much of what is
    their own they have in common, from 0 to 1, and `signs` how many that are. `marks` has, for the
    first of each side, from where to where it is alike: line, column, line, column.
    """

    one: tuple[int, ...]
    other: tuple[int, ...]
    share: float
    signs: int
    marks: tuple[tuple[Place, ...], tuple[Place, ...]]


class Compared(NamedTuple):
    """What came of comparing answers: those alike, the most first; and those that were not.

    `unread` says why an answer could not be compared; `short` have too little of their own.
    `left_out` are pairs that may be alike, and were too many.
    """

    alike: list[Alike]
    unread: Mapping[int, str]
    short: list[int]
    left_out: int


class _Kind(NamedTuple):
    """Answers that are the same as signs, where these stand in each, and their fingerprints."""

    answers: list[int]
    places: list[tuple[Place, ...]]
    prints: Any  # copydetect's CodeFingerprint


def compare(
    detector: Detector, sources: Sequence[str], base: Iterable[str], least: float
) -> Compared:
    """Compare answers to one exercise, each with each; `base` is what all of them were given."""
    kinds, unread = detector.kinds_of(sources)
    common = detector.prints_of_all(base) | _much_had(kinds)
    for kind in kinds:
        detector.take_out(kind.prints, common)
    own = [kind for kind in kinds if kind.prints.token_coverage >= FEWEST_SIGNS]
    short = [n for kind in kinds if kind.prints.token_coverage < FEWEST_SIGNS for n in kind.answers]
    pairs = sorted(_candidates(own, least), reverse=True)
    found = [detector.same(kind) for kind in own if len(kind.answers) > 1]
    found += [detector.pair(own[a], own[b]) for _, a, b in pairs[:MOST_PAIRS]]
    alike = [each for each in found if each.share >= least and each.signs >= FEWEST_SIGNS]
    alike.sort(key=lambda each: (-each.share, -each.signs, each.one))
    return Compared(alike, unread, sorted(short), max(0, len(pairs) - MOST_PAIRS))


class Detector:
    """What copydetect does here: fingerprints of signs, and what two have in common.

    Raises
    ------
    UsageError
        copydetect is not installed.
    """

    def __init__(self) -> None:
        try:
            from copydetect import CodeFingerprint, compare_files
            from copydetect.utils import get_token_coverage
        except ImportError as error:
            raise UsageError(
                "answers are compared by copydetect, which is not installed",
                next="Install it: pip install 'attention-course[similar]'",
            ) from error
        self._print, self._compare, self._cover = CodeFingerprint, compare_files, get_token_coverage
        self._alphabet = Alphabet()

    def kinds_of(self, sources: Sequence[str]) -> tuple[list[_Kind], dict[int, str]]:
        """Return the answers by what they are as signs, and why some are none."""
        kinds, unread = dict[str, _Kind](), dict[int, str]()
        for number, source in enumerate(sources):
            try:
                signs = self._alphabet.signs_of(source)
            except RefusedError as error:
                unread[number] = error.what
                continue
            if signs.text not in kinds:
                kinds[signs.text] = _Kind([], [], self._of(signs))
            kinds[signs.text].answers.append(number)
            kinds[signs.text].places.append(signs.places)
        return list(kinds.values()), unread

    def prints_of_all(self, base: Iterable[str]) -> set[int]:
        """Return the fingerprints in any of some texts; one that is no Python has none."""
        found: set[int] = set()
        for text in base:
            try:
                found |= self._of(self._alphabet.signs_of(text)).hashes
            except RefusedError:  # nothing of it is taken out, then
                continue
        return found

    def take_out(self, prints: Any, common: set[int]) -> None:
        """Leave an answer what is its own."""
        for each in prints.hashes & common:
            del prints.hash_idx[each]
        prints.hashes = prints.hashes - common
        prints.token_coverage = self._cover(prints.hash_idx, RUN, len(prints.filtered_code))

    def same(self, kind: _Kind) -> Alike:
        """Return answers that are the same but for names and comments."""
        alike = self.pair(kind, kind._replace(places=kind.places[1:]))
        return alike._replace(one=(kind.answers[0],), other=tuple(kind.answers[1:]))

    def pair(self, one: _Kind, other: _Kind) -> Alike:
        """Return what two have in common."""
        _, _, slices = self._compare(one.prints, other.prints)
        lengths = [int(sum(ends - starts)) for starts, ends in slices] if len(slices[0]) else [0, 0]
        whole = one.prints.token_coverage + other.prints.token_coverage
        marks = [
            _marks(kind.places[0], each) for kind, each in zip((one, other), slices, strict=True)
        ]
        return Alike(
            tuple(one.answers),
            tuple(other.answers),
            min(1.0, sum(lengths) / float(whole)),
            min(lengths),
            (marks[0], marks[1]),
        )

    def _of(self, signs: Signs) -> Any:
        return self._print("answer.py", RUN, 1, filter=False, fp=io.StringIO(signs.text))


def _much_had(kinds: Sequence[_Kind]) -> set[int]:
    """Return the fingerprints that more than a share of the class has; copies count once."""
    if len(kinds) < FEW:
        return set()
    counts = Counter(each for kind in kinds for each in kind.prints.hashes)
    return {each for each, count in counts.items() if count > MUCH * len(kinds)}


def _marks(places: Sequence[Place], slices: Any) -> tuple[Place, ...]:
    """Return from where to where an answer is alike."""
    found = []
    for start, end in zip(*slices, strict=True) if len(slices) else ():
        first, last = places[int(start)], places[min(int(end), len(places)) - 1]
        found.append(Place(first.line, first.start, last.end_line, last.end))
    return tuple(found)


def _candidates(kinds: Sequence[_Kind], least: float) -> Iterator[tuple[float, int, int]]:
    """Yield pairs that may be alike: by the share of their fingerprints, half of what is asked.

    That share is the lower one: where lines were moved, a seam breaks many runs and hides no sign.
    """
    columns: dict[int, int] = {}
    rows = [
        np.array([columns.setdefault(each, len(columns)) for each in kind.prints.hashes], int)
        for kind in kinds
    ]
    for start in range(0, len(rows), _BLOCK):
        for other in range(start, len(rows), _BLOCK):
            one, two = rows[start : start + _BLOCK], rows[other : other + _BLOCK]
            shared = _shared(one, two, len(columns))
            sizes = np.add.outer([len(row) for row in one], [len(row) for row in two])
            shares = 2 * shared / np.maximum(sizes, 1)
            for a, b in np.argwhere(shares >= least / 2):
                if start + a < other + b:
                    yield float(shares[a, b]), int(start + a), int(other + b)


def _shared(one: Sequence[Any], two: Sequence[Any], columns: int) -> Any:
    """Return how many fingerprints each of some answers shares with each of others."""
    total = np.zeros((len(one), len(two)), np.float32)
    for start in range(0, columns, _CHUNK):
        left, right = _chunk(one, start), _chunk(two, start)
        total += left @ right.T
    return total


def _chunk(rows: Sequence[Any], start: int) -> Any:
    """Return which answer has which of the fingerprints from `start` on."""
    matrix = np.zeros((len(rows), _CHUNK), np.float32)
    for number, row in enumerate(rows):
        inside = row[(row >= start) & (row < start + _CHUNK)] - start
        matrix[number, inside] = 1
    return matrix
