"""Several mistakes at once, found one after the other: the plainest check or probe first.

What the plainest one shows is put in place; the next that is still not explained shows the next
mistake, given the first. A mistake that would spoil something the learner has right is ruled out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from grader.grading.diagnose.effects import Effects
from grader.grading.diagnose.evidence import ENOUGH
from grader.grading.diagnose.hypotheses import Hypothesis
from grader.grading.diagnose.theories import Item, Theories, Theory
from grader.records import Raised, Value

MOST = 4  # mistakes in one function
# Of the answers in which a mistake shows, how many it has to explain: without a name, and with one.
SUPPORT = 0.5, 0.25
MUCH = 2 * ENOUGH  # that has to speak for a mistake which does not explain everything
BEAM = 2  # theories that are followed at once
PLAINEST = 3  # checks and probes on which two mistakes at once are tried
HITS = 2  # of those that are left, on which the next mistake is sought
TRIES = 12  # checks and probes that a theory may leave unexplained on its way
MOST_WORK = 120_000  # calls of references while theories are tried


class Found(NamedTuple):
    """Mistakes that were found together, and others that fit as well in the place of each."""

    theory: Theory
    others: tuple[Theory, ...]
    needed: tuple[int, ...]
    left: int
    failing: int


class Search:
    """Looks for the mistakes that explain a learner's answers to the checks and probes."""

    def __init__(
        self,
        reference: Callable[..., Value],
        items: Sequence[Item],
        known: Sequence[Hypothesis],
        effects: Effects,
    ) -> None:
        self._items, self._known, self._effects = items, known, effects
        self._theories = Theories(reference, items, effects)
        self._fits = self._theories.fits
        self._others: dict[Theory, Theory] = {}
        self._groups: dict[int, list[list[Hypothesis]]] = {}
        self._right = [n for n in range(len(items)) if self._fits((), n)]
        self._wrong = [n for n in range(len(items)) if not self._fits((), n)]

    def run(self) -> Found | None:
        """Return the theory that explains the most with the least, if any explains a check."""
        theories: list[Theory] = [()]
        best: Theory = ()
        for _ in range(MOST):
            longer = {made: None for theory in theories for made in self._expand(theory)}
            longer = longer or dict.fromkeys(self._by_two(best))
            theories = sorted(longer, key=self._worth, reverse=True)[:BEAM]
            if not theories or self._worth(theories[0]) <= self._worth(best):
                break
            best = theories[0]
            if self._is_whole(best):
                break
        best = self._supported(self._without_idle(best))
        found = self._found(best)
        return found if found.left < found.failing else None

    def _supported(self, theory: Theory) -> Theory:
        """Leave out what fits hardly anywhere that it makes a difference.

        Where something is left to be explained, that it fits may be chance: then which numbers are
        lost does not say enough, nor does a number or two.
        """
        checks = [n for n in self._wrong if self._items[n].is_check]
        is_complete = all(self._fits(theory, n) for n in checks)
        for slip in theory:
            rest = tuple(each for each in theory if each is not slip)
            where = [n for n in range(len(self._items)) if self._theories.differs(theory, rest, n)]
            fitting = [n for n in where if self._fits(theory, n)]
            weight = sum(self._speaking_against(rest, n, is_complete) for n in fitting)
            needed = 1 if is_complete else MUCH
            if weight < needed or len(fitting) < SUPPORT[bool(slip.name)] * len(where):
                return self._supported(rest)
        return theory

    def _speaking_against(self, theory: Theory, n: int, with_patterns: bool) -> int:
        """Return how much in an answer is not of a theory; twice that where it has an exception."""
        weight = self._theories.evidence(theory, n, with_patterns)
        return weight * (1 + isinstance(self._theories.of(theory, n), Raised))

    def _found(self, theory: Theory) -> Found:
        failing = [n for n in self._wrong if self._items[n].is_check]
        explained = [n for n in failing if self._fits(theory, n)]
        needed = []
        for slip in theory:
            rest = tuple(each for each in theory if each is not slip)
            needed.append(sum(not self._fits(rest, n) for n in explained))
        others = tuple(self._as_good(theory, n) for n in range(len(theory)))
        return Found(theory, others, tuple(needed), len(failing) - len(explained), len(failing))

    def _as_good(self, theory: Theory, place: int) -> Theory:
        """Return what fits as well in the place of one mistake, now that all others are there."""
        fitting = [n for n in self._wrong if self._fits(theory, n)]

        def with_other(other: Hypothesis) -> Theory:
            return (*theory[:place], other, *theory[place + 1 :])

        others = self._others.get(theory[: place + 1], ())
        return tuple(o for o in others if all(self._fits(with_other(o), n) for n in fitting))

    def _expand(self, theory: Theory) -> Iterator[Theory]:
        """Yield the theory with one mistake more, which explains one of the plainest left."""
        tries = hits = 0
        for n in self._wrong:
            if tries == TRIES or hits == HITS or self._theories.work > MOST_WORK:
                return
            if self._fits(theory, n) or not self._theories.evidence(theory, n):
                continue
            tries += 1
            fitting = [made for made in self._longer(theory, n) if self._is_likely(theory, made)]
            hits += bool(fitting)
            yield from self._distinct(fitting)

    def _by_two(self, theory: Theory) -> Iterator[Theory]:
        """Yield the theory with two mistakes more, where no single one explains anything."""
        if len(theory) + 2 > MOST:
            return
        left = (n for n in self._wrong if not self._fits(theory, n))
        for n in islice((n for n in left if self._theories.evidence(theory, n)), PLAINEST):
            groups = [list(filter(self._is_harmless, group)) for group in self._groups_of(n)]
            found = False
            for one, other in combinations([group[0] for group in groups if group], 2):
                if self._theories.work > MOST_WORK:
                    return
                made = (*theory, one, other)
                if self._fits(made, n) and self._is_likely(theory, made):
                    found = True
                    yield made
            if found:
                return

    def _is_harmless(self, slip: Hypothesis) -> bool:
        """Tell whether a mistake alone leaves right what the learner has right."""
        return all(self._fits((slip,), n) for n in self._right)

    def _longer(self, theory: Theory, n: int) -> Iterator[Theory]:
        """Yield a theory with one mistake more, where that answers a trial as the learner does.

        Of mistakes that do the same to the trial when they are alone, one is tried for all.
        """
        for group in self._groups_of(n):
            made = ((*theory, slip) for slip in group if slip not in theory)
            known = (each for each in made if self._theories.of(each, n) is not None)
            first = next(known, None)
            if first and self._fits(first, n):
                yield first
                yield from (each for each in known if self._fits(each, n))

    def _groups_of(self, n: int) -> list[list[Hypothesis]]:
        """Return the mistakes that change the answer to a trial, together if they do the same."""
        if n not in self._groups:
            groups: dict[object, list[Hypothesis]] = {}
            for slip in self._known:
                effect = self._effects.effect(slip, self._items[n].trial)
                if effect is not None:
                    groups.setdefault(effect, []).append(slip)
            self._groups[n] = list(groups.values())
        return self._groups[n]

    def _is_likely(self, theory: Theory, made: Theory) -> bool:
        """Tell whether the last mistake spoils nothing that is right, and enough speaks for it."""
        spoils = any(self._fits(theory, n) and not self._fits(made, n) for n in self._right)
        return not spoils and self._weight(theory, made) >= ENOUGH

    def _distinct(self, fitting: Sequence[Theory]) -> Iterator[Theory]:
        """Yield one of those that say the same of everything: that which is trusted most."""
        alike: dict[tuple[bool, ...], list[Theory]] = {}
        for made in fitting:
            alike.setdefault(tuple(self._fits(made, n) for n in self._wrong), []).append(made)
        for first, *others in alike.values():
            slip = first[-1]
            same = (o[-1] for o in others if (o[-1].kind, o[-1].part) == (slip.kind, slip.part))
            known = {str(each.message): each for each in (slip, *same)}
            self._others[first] = tuple(known.values())[1:]
            yield first

    def _weight(self, theory: Theory, made: Theory) -> int:
        """Return how much evidence there is for the last mistake of a theory."""
        weight = 0
        for n in self._wrong:
            if self._fits(made, n) and not self._fits(theory, n):
                weight += self._theories.evidence(theory, n)
            if weight >= ENOUGH:
                break
        return weight

    def _worth(self, theory: Theory) -> tuple[int, int]:
        checks = sum(self._fits(theory, n) for n in self._wrong if self._items[n].is_check)
        return checks + sum(self._fits(theory, n) for n in self._wrong), -len(theory)

    def _is_whole(self, theory: Theory) -> bool:
        return all(self._fits(theory, n) for n in self._wrong)

    def _without_idle(self, theory: Theory) -> Theory:
        """Leave out what is not needed any more, once the others are there."""
        for slip in theory[:-1]:
            rest = tuple(each for each in theory if each is not slip)
            if all(self._fits(rest, n) for n in self._wrong if self._fits(theory, n)):
                return self._without_idle(rest)
        return theory
