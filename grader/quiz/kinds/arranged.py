"""Questions about how things go together: steps in their order, and pairs that match."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random
from typing import ClassVar

from grader.quiz.kinds.base import (
    LETTERS,
    Given,
    Kind,
    Partial,
    Remark,
    Unreadable,
    on_one_line,
    pick,
    pick_all,
    pick_each,
    pick_words,
    squeezed,
)

# Without its spaces, a reply can be read in one way only, so this takes no longer than it is long.
_PAIRS = re.compile("(?:[1-9][=:-]?[a-i],?)+")
_PAIR = re.compile("([1-9])[=:-]?([a-i])")


@dataclass(frozen=True)
class Order(Kind):
    """Steps to be put in order. `offered` is the order in which a learner sees them."""

    name: ClassVar[str] = "order"
    steps: tuple[str, ...]
    partial: Partial = Partial.NET
    offered: tuple[str, ...] = ()
    only_words: bool = False

    @property
    def right(self) -> Given:
        """The steps in order."""
        return list(self.steps)

    @property
    def content(self) -> str:
        """The steps in order."""
        return "|".join(map(squeezed, self.steps))

    @property
    def invitation(self) -> str:
        """Letters, first to last."""
        return f"all {len(self.steps)} letters from first to last, such as b,a,c"

    def read(self, reply: Given) -> Given:
        """Return the steps in the order meant."""
        offered = self._as_offered
        if self.only_words and not isinstance(reply, dict):
            picked = pick_words(reply, offered)
        else:
            picked = pick_all(reply, offered, digits=True)
        if sorted(picked) != list(range(len(offered))):
            raise Unreadable(f"Give all {len(offered)} of them, each once.")
        return [offered[index] for index in picked]

    def share(self, given: Given) -> float:
        """Return the share of pairs of steps that stand the right way round."""
        steps = [squeezed(str(step)) for step in given] if isinstance(given, list) else []
        wanted = [squeezed(step) for step in self.steps]
        if sorted(steps) != sorted(wanted):
            return 0.0
        pairs = list(combinations(wanted, 2))
        good = sum(steps.index(first) < steps.index(then) for first, then in pairs)
        return self.partial.share(good, len(pairs) - good, len(pairs))

    def say(self, given: Given) -> str:
        """Return the steps one after the other."""
        steps = given if isinstance(given, list) else [given]
        return on_one_line(", then ".join(map(str, steps)))

    def options(self) -> tuple[tuple[str, str], ...]:
        """Return the steps by letter."""
        return tuple(zip(LETTERS, self._as_offered, strict=False))

    def in_words(self) -> Order:
        """Return the same question, to be answered by the texts of the steps."""
        return replace(self, only_words=True)

    def shuffled(self, random: Random) -> Order:
        """Return the steps in another order than the right one."""
        offered = list(self.steps)
        while tuple(offered) == self.steps:
            random.shuffle(offered)
        return replace(self, offered=tuple(offered))

    @property
    def _as_offered(self) -> tuple[str, ...]:
        return self.offered or self.steps


@dataclass(frozen=True)
class Match(Kind):
    """Things to be matched. `offered` is the order in which a learner sees the second ones."""

    name: ClassVar[str] = "match"
    pairs: tuple[tuple[str, str], ...]
    partial: Partial = Partial.NET
    offered: tuple[str, ...] = ()
    only_words: bool = False

    @property
    def right(self) -> Given:
        """The pairs."""
        return dict(self.pairs)

    @property
    def content(self) -> str:
        """The pairs, in any order."""
        return "|".join(sorted(f"{squeezed(one)}={squeezed(two)}" for one, two in self.pairs))

    @property
    def invitation(self) -> str:
        """A letter for each number."""
        return f"a letter for each of 1-{len(self.pairs)} in turn, such as b,a,c"

    def read(self, reply: Given) -> Given:
        """Return what each thing was matched with: `b a c`, `1b 2a 3c`, or a mapping in a file."""
        things = [thing for thing, _ in self.pairs]
        chosen = self._chosen(reply, things)
        if sorted(chosen) != list(range(len(things))):
            raise Unreadable(f"Give a letter for each of 1-{len(things)}.")
        return {thing: self._as_offered[chosen[index]] for index, thing in enumerate(things)}

    def share(self, given: Given) -> float:
        """Return the share of things that were matched rightly."""
        wrong = len(self._wrong(given))
        return self.partial.share(len(self.pairs) - wrong, wrong, len(self.pairs))

    def say(self, given: Given) -> str:
        """Return the pairs."""
        pairs = given.items() if isinstance(given, dict) else ()
        return on_one_line("; ".join(f"{thing}: {fitting}" for thing, fitting in pairs))

    def remarks(self, given: Given) -> tuple[Remark, ...]:
        """Return what goes with the things that were matched wrongly."""
        wrong = self._wrong(given)
        return tuple(Remark(f"Right is {thing}: {fitting}", "") for thing, fitting in wrong)

    def options(self) -> tuple[tuple[str, str], ...]:
        """Return the things by number, a gap, and what they may be matched with by letter."""
        things = [(str(number), thing) for number, (thing, _) in enumerate(self.pairs, 1)]
        return (*things, ("", ""), *zip(LETTERS, self._as_offered, strict=False))

    def in_words(self) -> Match:
        """Return the same question, to be answered by the texts of what fits."""
        return replace(self, only_words=True)

    def shuffled(self, random: Random) -> Match:
        """Return the same things, with what they are to be matched with in another order."""
        offered = [fitting for _, fitting in self.pairs]
        random.shuffle(offered)
        return replace(self, offered=tuple(offered))

    def _wrong(self, given: Given) -> list[tuple[str, str]]:
        """Return the pairs that are not among those given."""
        matched = given if isinstance(given, dict) else {}
        alike = {squeezed(thing): fitting for thing, fitting in matched.items()}
        found = ((a, b, matched.get(a) or alike.get(squeezed(a), "")) for a, b in self.pairs)
        return [(a, b) for a, b, fitting in found if squeezed(fitting) != squeezed(b)]

    @property
    def _as_offered(self) -> tuple[str, ...]:
        return self.offered or tuple(fitting for _, fitting in self.pairs)

    def _chosen(self, reply: Given, things: list[str]) -> dict[int, int]:
        """Return which of the second ones was given for each thing."""
        if self.only_words and not isinstance(reply, dict):
            return dict(enumerate(pick_words(reply, self._as_offered)))
        pairs = list(reply.items()) if isinstance(reply, dict) else _numbered(reply)
        if not pairs:
            return dict(enumerate(pick_all(reply, self._as_offered)))
        pick_all_of = pick_words if self.only_words else pick_each
        chosen = pick_all_of([str(two) for _, two in pairs], self._as_offered)
        if isinstance(reply, dict):
            places = [pick(one, things, letters=False) for one, _ in pairs]
        else:  # be the things numbers themselves
            places = [int(one) - 1 for one, _ in pairs]
        found = zip(places, chosen, strict=True)
        return {one: two for one, two in found if one is not None and two is not None}


def _numbered(reply: Given) -> list[tuple[str, str]]:
    """Return the pairs of a reply such as `1b 2a 3c` or `1=b, 2=a`; none if it is another one."""
    letters = "".join(reply.lower().split()) if isinstance(reply, str) else ""
    return _PAIR.findall(letters) if _PAIRS.fullmatch(letters) else []
