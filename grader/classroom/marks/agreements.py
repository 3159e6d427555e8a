"""How far the roster agrees with what was handed in, as it is kept and said."""

from __future__ import annotations

from grader.classroom.marks.store import Store
from grader.classroom.people.mixed_up import SORTED, Agreement, is_most
from grader.present.class_text import counted

_AGREEMENT = "hand-ins of two people"  # a count, and of how many
_LONGEST = 12  # digits


def keep_agreement(store: Store, found: Agreement) -> None:
    """Write down of how many hand-ins the roster has two people's."""
    if found != _agreement(store):
        store.set(_AGREEMENT, f"{found.of_two} {found.compared}")


def disagreement(store: Store) -> list[str]:
    """Return what is said of hand-ins whose name and ids the roster has in two people's rows."""
    found = _agreement(store)
    if not found.of_two:
        return []
    of = counted(found.compared, "hand-in")
    said = f"Of {of} with a name and an id, {found.of_two:,} have those of two people on the roster"
    if is_most(found):
        return [f"{said}: {SORTED} Mend it, and run the same command again."]
    return [f"{said}. One of the two rows may be wrong, or somebody typed what is another's."]


def _agreement(store: Store) -> Agreement:
    said = store.setting(_AGREEMENT).split(" ")
    is_known = len(said) == 2 and all(n.isdecimal() and len(n) <= _LONGEST for n in said)
    return Agreement(*map(int, said)) if is_known else Agreement()
