"""Several mistakes at once, found one after the other: the plainest check or probe first.

What the plainest one shows is put in place; the next that is still not explained shows the next
mistake, given the first. A mistake that would spoil something the learner has right is ruled out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from grader.grading.diagnose.composed import compose, unchanged
from grader.grading.diagnose.evidence import ENOUGH, agree, evidence
from grader.grading.diagnose.hypotheses import Hypothesis
from grader.grading.trials import Trial
from grader.records import Answer, Raised, Value

MOST = 4  # mistakes in one function
BEAM = 3  # theories that are followed at once
TRIES = 10  # checks and probes that a theory may leave unexplained on its way
Theory = tuple[Hypothesis, ...]


class Item(NamedTuple):
    """A check or a probe, and what the learner's function made of it."""

    trial: Trial
    answer: Answer
    is_check: bool


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
        self, reference: Callable[..., Value], items: Sequence[Item], known: Sequence[Hypothesis]
    ) -> None:
        self._reference, self._items, self._known = reference, items, known
        self._answers: dict[tuple[Theory, int], Answer | None] = {}
        self._agreed: dict[tuple[Theory, int], bool] = {}
        self._runs: dict[Theory, Callable[[Trial], Answer] | None] = {}
        self._others: dict[Theory, Theory] = {}
        every = range(len(items))
        self._right = [n for n in every if agree(items[n].answer, items[n].trial.wanted, items[n].trial)]
        self._wrong = [n for n in every if n not in set(self._right)]

    def run(self) -> Found | None:
        """Return the theory that explains the most with the least, if any explains something."""
        theories: list[Theory] = [()]
        best: Theory = ()
        for _ in range(MOST):
            longer = {made: None for theory in theories for made in self._expand(theory)}
            theories = sorted(longer, key=self._worth, reverse=True)[:BEAM]
            if not theories or self._worth(theories[0]) <= self._worth(best):
                break
            best = theories[0]
            if self._is_whole(best):
                break
        best = self._without_idle(best)
        return self._found(best) if best else None

    def _found(self, theory: Theory) -> Found:
        failing = [n for n in self._wrong if self._items[n].is_check]
        explained = [n for n in failing if self._agrees(theory, n)]
        needed = []
        for slip in theory:
            rest = tuple(each for each in theory if each is not slip)
            needed.append(sum(not self._agrees(rest, n) for n in explained))
        others = tuple(self._others.get(theory[: n + 1], ()) for n in range(len(theory)))
        return Found(theory, others, tuple(needed), len(failing) - len(explained), len(failing))

    def _expand(self, theory: Theory) -> Iterator[Theory]:
        """Yield the theory with one mistake more, which explains the plainest that is left."""
        tries = 0
        for n in self._wrong:
            if tries == TRIES:
                return
            if self._agrees(theory, n) or not self._shows(theory, n):
                continue
            tries += 1
            fitting = [made for made in self._longer(theory) if self._agrees(made, n)]
            fitting = [made for made in fitting if self._spoils_nothing(theory, made)]
            fitting = [made for made in fitting if self._weight(theory, made) >= ENOUGH]
            if fitting:
                yield from self._distinct(theory, fitting)
                return

    def _longer(self, theory: Theory) -> Iterator[Theory]:
        return ((*theory, slip) for slip in self._known if slip not in theory)

    def _distinct(self, theory: Theory, fitting: Sequence[Theory]) -> Iterator[Theory]:
        """Yield one of those that say the same of everything: that which is trusted most."""
        alike: dict[tuple[bool, ...], list[Theory]] = {}
        for made in fitting:
            alike.setdefault(tuple(self._agrees(made, n) for n in self._wrong), []).append(made)
        for first, *others in alike.values():
            slip = first[-1]
            same = (o[-1] for o in others if (o[-1].kind, o[-1].part) == (slip.kind, slip.part))
            self._others[first] = tuple(same)
            yield first

    def _shows(self, theory: Theory, n: int) -> bool:
        """Tell whether an answer has numbers in it that say something."""
        before = self._answer(theory, n)
        return before is not None and evidence(self._items[n].answer, before, self._items[n].trial) > 0

    def _weight(self, theory: Theory, made: Theory) -> int:
        """Return how much evidence there is for the last mistake of a theory."""
        weight = 0
        for n in self._wrong:
            if self._agrees(made, n) and not self._agrees(theory, n):
                before = self._answer(theory, n)
                if before is not None:
                    weight += evidence(self._items[n].answer, before, self._items[n].trial)
            if weight >= ENOUGH:
                break
        return weight

    def _spoils_nothing(self, theory: Theory, made: Theory) -> bool:
        return all(self._agrees(made, n) for n in self._right if self._agrees(theory, n))

    def _worth(self, theory: Theory) -> tuple[int, int]:
        checks = sum(self._agrees(theory, n) for n in self._wrong if self._items[n].is_check)
        return checks + sum(self._agrees(theory, n) for n in self._wrong), -len(theory)

    def _is_whole(self, theory: Theory) -> bool:
        return all(self._agrees(theory, n) for n in self._wrong)

    def _without_idle(self, theory: Theory) -> Theory:
        """Leave out what is not needed any more, once the others are there."""
        for slip in theory[:-1]:
            rest = tuple(each for each in theory if each is not slip)
            if all(self._agrees(rest, n) for n in self._wrong if self._agrees(theory, n)):
                return self._without_idle(rest)
        return theory

    def _agrees(self, theory: Theory, n: int) -> bool:
        key = theory, n
        if key not in self._agreed:
            item, answer = self._items[n], self._answer(theory, n)
            if answer is None:  # they cannot be put together: each speaks for itself
                self._agreed[key] = False
            else:
                self._agreed[key] = agree(item.answer, answer, item.trial)
        return self._agreed[key]

    def _answer(self, theory: Theory, n: int) -> Answer | None:
        trial = self._items[n].trial
        if not theory:
            return trial.wanted
        if len(theory) == 1:
            return theory[0].answer(trial)
        key = theory, n
        if key not in self._answers:
            run = self._together(theory)
            self._answers[key] = None if run is None else unchanged(run(trial), trial)
        return self._answers[key]

    def _together(self, theory: Theory) -> Callable[[Trial], Answer] | None:
        if theory not in self._runs:
            puts = [slip.put for slip in theory if slip.put]
            whole = len(puts) == len(theory)
            self._runs[theory] = compose(self._reference, puts) if whole else None
        return self._runs[theory]
