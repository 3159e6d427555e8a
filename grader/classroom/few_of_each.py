"""Of one download so many hand-ins of one person, and so much parsed, whatever they are called.

A login may be written in many ways, and whoever hands in may choose which: so it is people that are
counted, as they will be found. What is beyond is listed, some of it, and not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from grader.classroom.bounds import MAX_TOLD, ParsedOfOne, Work
from grader.classroom.hand_ins.record import HandIn
from grader.classroom.people.looked_up import names_of
from grader.classroom.people.matching import Matcher, person_of
from grader.classroom.people.roster import Person

MAX_OF_ONE = 100  # hand-ins, each of which may be an endless loop
_MANY = f"there are more than {MAX_OF_ONE} hand-ins of this person"


def few_of_each(
    hand_ins: Iterable[HandIn], roster: Sequence[Person]
) -> Iterator[tuple[HandIn, Work]]:
    """Yield hand-ins, each with what reading it may take, and of too many the first to be read.

    What several people handed in is read as long as one of them has not too many.
    """
    matcher, count = Matcher(roster), Counter[str]()
    parsed: dict[str, ParsedOfOne] = {}
    for hand_in in hand_ins:
        work = Work()
        if any(not entry.refused for entry in hand_in.files):
            whose = _whose(matcher, hand_in)
            count.update(whose)
            before = min((count[each] for each in whose), default=0)
            if before > MAX_OF_ONE + MAX_TOLD:
                continue
            if before > MAX_OF_ONE:
                hand_in = hand_in._replace(files=(hand_in.files[0]._replace(refused=_MANY),))
            key = min(whose, key=count.__getitem__) if whose else _why_nobodys(hand_in)
            work = Work(parsed.setdefault(key, ParsedOfOne()) if key else None)
        yield hand_in, work


def _why_nobodys(hand_in: HandIn) -> str:
    """Return why it is unclear whose a hand-in is: it names the user whose folder it lies in."""
    clues = (clue for clues in hand_in.submitters for clue in clues)
    return next((clue.value for clue in clues if clue.kind == "unclear"), "")


def _whose(matcher: Matcher, hand_in: HandIn) -> set[str]:
    """Return whose a hand-in is; of those who are not on the roster, what they call themselves."""
    found = set[str]()
    for clues in hand_in.submitters:
        known = {person.student for person in matcher.match(clues).people}
        called = person_of(clues, True).student
        found |= known or {dict(names_of(called)).get("plain name", called)}
    return found - {""}  # of which nobody knows whose they are
