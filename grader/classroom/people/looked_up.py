"""What people are looked up by: ids, names in any order, and what a folder may be called.

A teacher or a system calls folders, so what nobody can choose comes first. Of what people may
choose, a name on GitHub say, nothing comes before anything else: it has to lead to one person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from grader.accents import normalized
from grader.classroom.hand_ins.record import Clue, Clues
from grader.classroom.people.file_names import stem_of
from grader.classroom.people.ids import is_id, key_of

NAMES = ("name", "plain name")
Way = tuple[str, str]  # a kind, and a key
# In order of trust. What a folder is called may be any of the others.
_IDS = ("canvas", "participant", "email", "number", "login", "github")
_CALLED = ("folder", "login", "number", "email", "canvas")  # a folder, and nobody chose it
_MOST_WORDS = 10  # of a name whose words are turned round


def looked_up(clues: Clues) -> Iterator[tuple[Clue, Sequence[Way]]]:
    """Yield the ways in which a hand-in's clues lead to people, the most trusted first.

    Of ways that come together none says more than another.
    """
    for clue in sorted(clues, key=_trust):
        yield from ((clue, ways) for ways in ways_of(clue) if ways)


def ways_of(clue: Clue) -> Iterable[Sequence[Way]]:
    """Return what a clue of a hand-in is looked up as, the best first."""
    if clue.kind == "folder":
        alone = [[(kind, key_of(Clue(kind, clue.value)))] for kind in _CALLED]
        alone += [[("file", stem_of(clue.value).casefold())]]
        if _is_no_name(clue.value):
            return alone
        chosen = [(kind, key_of(Clue(kind, clue.value))) for kind in ("local", "github")]
        return [*alone, [*chosen, *names_of(clue.value)]]
    if clue.kind == "name":
        return [[*names_of(clue.value)]]
    key = key_of(clue)
    if clue.kind == "group":  # of which platforms leave signs out
        key = _letters(clue.value) or key
        return [[("group", key)]] if key else []
    return [[(clue.kind, key)]]


def keys_of(clue: Clue) -> Iterator[Way]:
    """Yield what a person of the roster is found by, for one clue; an empty key equals nothing."""
    if clue.kind == "name":
        for name in _orders(clue.value):
            yield from names_of(name)
    elif clue.kind == "group":
        yield from (way for ways in ways_of(clue) for way in ways)
    elif (is_id(clue) or clue.kind not in _IDS) and clue.value.strip():
        yield clue.kind, key_of(clue)
        stem = stem_of(clue.value.strip()).casefold()
        if clue.kind in _CALLED and stem != clue.value.strip().casefold():
            yield "file", stem  # 2024/0031, which no file can be called
    local = key_of(clue).partition("@")[0]
    if clue.kind == "email" and is_id(clue) and local:
        yield "local", key_of(Clue("local", local))


def names_of(name: str) -> Iterator[Way]:
    """Yield what a name is found by: one of signs alone is like no other."""
    for kind, key in (("name", _letters(name)), ("plain name", _without_accents(name))):
        if key:
            yield kind, key


def ids_of(folder: str) -> list[Way]:
    """Return what a folder's name is looked up as that nobody can choose, addresses without @."""
    kinds = (*(kind for kind in _CALLED if kind != "folder"), "local")
    return [(kind, key_of(Clue(kind, folder))) for kind in kinds]


def _is_no_name(value: str) -> bool:
    """Tell whether this is an id or an address, whoever may call themselves so."""
    return "@" in value or not any(map(str.isalpha, value))


def _trust(clue: Clue) -> int:
    order = (*_IDS, "folder", "name", "group")
    return order.index(clue.kind) if clue.kind in order else len(order)


def _orders(name: str) -> set[str]:
    """Return a name as it is, and with the family's first and last, where a comma says which."""
    family, comma, given = name.partition(",")
    words = name.replace(",", " ").split()
    turns = range(len(words)) if len(words) <= _MOST_WORDS else ()
    turned = {" ".join([*words[n:], *words[:n]]) for n in turns}
    return {name, f"{given} {family}"} if comma else {name, *turned}


def _letters(name: str) -> str:
    """Return the letters of a name: platforms leave out signs, each of them others."""
    text = normalized("NFC", name).casefold()
    return "".join(c for c in text if unicodedata.category(c)[0] in "LMN")


def _without_accents(name: str) -> str:
    text = normalized("NFD", _letters(name))
    return "".join(c for c in text if unicodedata.category(c) != "Mn")
