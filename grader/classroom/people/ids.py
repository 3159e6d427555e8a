"""What an id is, and what two of them say of each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grader.accents import normalized
from grader.classroom.hand_ins.record import Clue, Clues

LASTING = ("canvas", "number", "email", "login")  # of these a person has no second one
NUMBERS = ("canvas", "participant")  # by which a platform knows people, and nobody chooses
_VOUCHED = (*NUMBERS, "email", "login")  # nobody has another's
_FEW = 3  # ids, of which nobody can say whether they are of one system
_FEW_IN_COMMON = 4  # as many times those in common are fewer than all
_KINDS = (*_VOUCHED, "number", "github")
_SPELLED = ("group", "github")  # of which one may be 1, and another 01
# What stands where there is none, signs aside; the short ones may be somebody's login.
_NONE = ("none", "null", "tba", "tbd", "tbc", "unknown", "unbekannt", "undefined", "missing")
_NO_NUMBER = ("na", "nan", "nil", "no", "nein", "x", "xx", "xxx", "ka", "keine", "notavailable")


def key_of(clue: Clue) -> str:
    """Return what two values of one kind have in common if they mean the same."""
    value = normalized("NFC", clue.value).strip().casefold()
    is_number = value.isdigit() and clue.kind not in _SPELLED
    return value.lstrip("0") or value if is_number else value


def is_id(clue: Clue) -> bool:
    """Tell whether a clue is an id, and no word or sign for none, such as n/a."""
    if clue.kind not in _KINDS:
        return False
    value = clue.value.strip().casefold()
    plain = "".join(filter(str.isalnum, value))
    if not plain.strip("0"):
        return False
    is_number = clue.kind == "number" or plain != value  # who would log in as n/a?
    return plain not in _NONE and not (is_number and plain in _NO_NUMBER)


def is_vouched(clues: Clues) -> bool:
    """Tell whether somebody has an id that no other can have typed in."""
    return any(clue.kind in _VOUCHED and is_id(clue) for clue in clues)


def has_typed_number(clues: Clues) -> bool:
    """Tell whether there is an id number that somebody may have typed in themselves.

    One that a platform's own number led to is that of a table.
    """
    kinds = {clue.kind for clue in clues}
    return "number" in kinds and kinds.isdisjoint(NUMBERS)


def differ(kind: str, one: Clues, other: Clues) -> bool:
    """Tell whether two have ids of a kind, and none of them is both's."""
    ours, theirs = (_values(kind, each) for each in (one, other))
    return bool(ours and theirs and ours.isdisjoint(theirs))


def are_one(every: Sequence[Clues]) -> bool:
    """Tell whether all may be one person's: of no kind do they have ids and none in common."""
    for kind in LASTING:
        values = [found for clues in every if (found := _values(kind, clues))]
        if values and not set.intersection(*values):
            return False
    return True


def other_systems(known: Iterable[Clues], said: Iterable[Clues]) -> set[str]:
    """Return the kinds of ids of which few are on both sides: these are another system's.

    A school may have two kinds of id numbers, and one who types may type in the other kind. Of very
    few nobody knows; Canvas has one kind. Where most names differ as well, these are other people.
    """
    known, said = list(known), list(said)
    if _are_others(known, said):
        return set()
    (ours, theirs), found = map(_by_kind, (known, said)), set[str]()
    for kind in LASTING[1:]:
        fewest = min(len(ours[kind]), len(theirs[kind]))
        in_common = len(ours[kind] & theirs[kind])
        if fewest >= _FEW and in_common * _FEW_IN_COMMON <= fewest:
            found.add(kind)
    return found


def _are_others(known: Sequence[Clues], said: Sequence[Clues]) -> bool:
    """Tell whether most of those of whom something is said have names that are not known."""
    names = _names(known)
    has_name = [own for each in said if (own := _names([each]))]
    return bool(names) and 2 * sum(not names.isdisjoint(own) for own in has_name) < len(has_name)


def _names(every: Iterable[Clues]) -> set[str]:
    """Return the letters of names, in whatever order the parts of a name stand."""
    names = (clue.value for clues in every for clue in clues if clue.kind == "name")
    return {"".join(sorted(filter(str.isalnum, name.casefold()))) for name in names}


def _by_kind(every: Iterable[Clues]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {kind: set() for kind in LASTING}
    for clue in (clue for clues in every for clue in clues if clue.kind in LASTING):
        if is_id(clue):
            found[clue.kind].add(key_of(clue))
    return found


def _values(kind: str, clues: Clues) -> set[str]:
    return {key_of(clue) for clue in clues if clue.kind == kind and is_id(clue)}
