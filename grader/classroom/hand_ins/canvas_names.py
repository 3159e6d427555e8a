"""Which part of a file's name Canvas wrote: NAME_[LATE_]USER_ATTACHMENT_FILE.

Canvas leaves digits and underscores in a name, and in what a file is called anything. So both ends
are the student's, either may hold numbers, and one name of a file may be read in several ways. The
right one is always among them; the others are left out by what cannot be so, and where several are
left nobody guesses.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from grader.accents import normalized
from grader.classroom.hand_ins.record import Clues

MOST = 20  # ways in which one name is read
_NUMBER = "([1-9][0-9]{0,17})"
_PLACES = re.compile(f"_(LATE_)?(?={_NUMBER}_{_NUMBER}_.)", re.DOTALL)
_TYPED = re.compile(rf"(.*?)_(LATE_)?{_NUMBER}_(text|link)\.html", re.DOTALL)
_LONGEST = 600  # characters; Canvas has names of 255, and a small letter may be two
_FACTOR = 20  # between the numbers of what was handed in for one assignment
_MOST_WORDS = 10  # of a name whose words are turned round
_UPPER = re.compile("[A-Z]")
_OF_NAMES = ("L", "M", "N", "Pc")  # what Canvas leaves of a name: the rest of Unicode goes

Numbers = Mapping[str, frozenset[str]]  # of users: what Canvas calls them


class Reading(NamedTuple):
    """A file's name taken apart; `attachment` is empty where something was typed in."""

    name: str
    is_late: bool
    user: str
    attachment: str
    file: str


def readings(name: str) -> list[Reading]:
    """Return in which ways a file's name can be Canvas's, that with the shortest name first.

    Where there are more than `MOST` the right one may be missing.
    """
    found = []
    for place in _PLACES.finditer(name):
        late, user, attachment = place.groups()
        file = name[place.end(3) + 1 :]
        found.append(Reading(name[: place.start()], bool(late), user, attachment, file))
        if len(found) > MOST or place.end() > _LONGEST:
            break
    if len(name) <= _LONGEST and (typed := _TYPED.fullmatch(name)):
        called, late, user, kind = typed.groups()
        found.append(Reading(called, bool(late), user, "", f"{kind}.html"))
    return found


def told_apart(every: Iterable[list[Reading]], known: Numbers) -> list[list[Reading]]:
    """Return what is left of the readings of each file of a download: one, where that is clear."""
    found = [_kept(each, _may_be_a_name) for each in every]
    is_user = _near([user for user in known if user.isascii() and user.isdigit()])
    found = [_by_gradebook(each, known, is_user) if known else each for each in found]
    found = [_kept(each, lambda reading: bool(reading.attachment)) for each in found]
    is_near = _near(_attachments(found))
    found = [_kept(each, lambda r: is_near(r.attachment)) for each in found]
    names: dict[str, set[str]] = {}
    for reading in _clear(found):
        names.setdefault(reading.user, set()).add(reading.name)
    return [_kept(each, lambda r: r.name in names.get(r.user, {r.name})) for each in found]


def numbers_of(people: Iterable[Clues]) -> Numbers:
    """Return the users that a class's tables have, and what Canvas calls each."""
    found: dict[str, set[str]] = {}
    for clues in people:
        names = {way for clue in clues if clue.kind == "name" for way in _ways(clue.value)}
        for clue in clues:
            if clue.kind == "canvas":
                found.setdefault(clue.value, set()).update(names)
    return {user: frozenset(names) for user, names in found.items()}


def _kept(each: list[Reading], may_be: Callable[[Reading], bool]) -> list[Reading]:
    """Return the readings that may be right; all, should none be, or should some be missing."""
    if not 1 < len(each) <= MOST:
        return each
    return [*filter(may_be, each)] or each


def _may_be_a_name(reading: Reading) -> bool:
    is_written = all(unicodedata.category(c).startswith(_OF_NAMES) for c in reading.name)
    return is_written and not _UPPER.search(reading.name)


def _by_gradebook(
    each: list[Reading], known: Numbers, is_user: Callable[[str], bool]
) -> list[Reading]:
    """Return the readings that a gradebook does not contradict.

    If somebody in it has a name that ends in numbers, this is theirs: nobody else has a file of
    the number in that name. A user who is not in it may have come later: their number is like one.
    """
    sure = [r for r in each[1:] if _letters(r.name) in known.get(r.user, ())]
    if sure and len(each) <= MOST:
        return sure[-1:]
    return _kept(each, lambda reading: reading.user in known or is_user(reading.user))


def _attachments(found: Sequence[list[Reading]]) -> list[str]:
    """Return one number of a file of each person's, of those that are clear if any is."""
    clear = [*_clear(found)] or [each[0] for each in found if each]
    numbers = {(r.name, r.user): r.attachment for r in clear if r.attachment}
    return [*numbers.values()]


def _clear(found: Iterable[list[Reading]]) -> Iterator[Reading]:
    return (each[0] for each in found if len(each) == 1)


def _near(numbers: Sequence[str]) -> Callable[[str], bool]:
    """Return what tells whether a number is about as large as most of some numbers."""
    ordered = sorted(int(number) for number in numbers if len(number) < 20)

    def is_near(number: str) -> bool:
        low, high = int(number) / _FACTOR, int(number) * _FACTOR
        near = bisect_right(ordered, high) - bisect_left(ordered, low)
        return 2 * near >= len(ordered)

    return is_near


def _ways(name: str) -> set[str]:
    """Return how Canvas may write a name in front of a file, the family's first."""
    words = name.split()
    turns = range(len(words)) if len(words) <= _MOST_WORDS and "," not in name else range(1)
    return {_letters("".join([*words[n:], *words[:n]])) for n in turns}


def _letters(name: str) -> str:
    text = normalized("NFC", name).casefold()
    return "".join(c for c in text if unicodedata.category(c).startswith(_OF_NAMES))
