"""Theories: mistakes that are put in place together, and what they answer to checks and probes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from grader.grading.diagnose.composed import compose, unchanged
from grader.grading.diagnose.effects import Effects
from grader.grading.diagnose.evidence import agree, evidence
from grader.grading.diagnose.hypotheses import Hypothesis, same_result
from grader.grading.diagnose.sketched import once
from grader.grading.trials import Trial
from grader.records import Answer, Value

Theory = tuple[Hypothesis, ...]


class Item(NamedTuple):
    """A check or a probe, and what the learner's function made of it."""

    trial: Trial
    answer: Answer
    is_check: bool


class Theories:
    """What theories answer to checks and probes, and whether it is what the learner answered."""

    def __init__(
        self, reference: Callable[..., Value], items: Sequence[Item], effects: Effects
    ) -> None:
        self._effects = effects
        self.work = 0
        self._reference, self._items = reference, items
        self._tolerances = [item.trial.tolerance for item in items]
        self._answers: dict[tuple[Theory, int], Answer | None] = {}
        self._agreed: dict[tuple[Theory, int], bool] = {}
        self._runs: dict[Theory, Callable[[Trial], Answer] | None] = {}

    def fits(self, theory: Theory, n: int) -> bool:
        """Tell whether a theory answers as the learner does."""
        key = theory, n
        if key not in self._agreed:
            item, answer = self._items[n], self.of(theory, n)
            if answer is None:
                self._agreed[key] = self._fits_apart(theory, n)
            else:
                self._agreed[key] = same_result(item.answer, answer, item.trial)
        return self._agreed[key]

    def _fits_apart(self, theory: Theory, n: int) -> bool:
        """Tell whether a theory fits whose mistakes are known by their answers alone.

        One of them has to give the learner's answer, and the others must leave the right one.
        """
        if any(slip.put for slip in theory):
            return False
        changing = [s for s in theory if self._effects.effect(s, self._items[n].trial) is not None]
        return len(changing) < 2 and self.fits(tuple(changing), n)

    def evidence(self, theory: Theory, n: int, with_patterns: bool = True) -> int:
        """Return how much in the learner's answer is not what a theory answers."""
        before, theirs = self.of(theory, n), self._items[n].answer
        if before is None:
            return 0
        return int(once(evidence, theirs, before, self._tolerances[n], with_patterns))

    def differs(self, theory: Theory, other: Theory, n: int) -> bool:
        """Tell whether two theories answer differently."""
        one, two = self.of(theory, n), self.of(other, n)
        return one is None or two is None or not agree(one, two, self._tolerances[n])

    def of(self, theory: Theory, n: int) -> Answer | None:
        """Return what a theory answers; None where its mistakes exclude each other."""
        trial = self._items[n].trial
        if not theory:
            return trial.wanted
        key = theory, n
        if key not in self._answers:
            self.work += self._effects.work(trial)
            self._answers[key] = self._computed(theory, trial)
        return self._answers[key]

    def _computed(self, theory: Theory, trial: Trial) -> Answer | None:
        if len(theory) == 1:
            return theory[0].answer(trial)
        run = self._together(theory)
        return None if run is None else unchanged(run(trial), trial)

    def _together(self, theory: Theory) -> Callable[[Trial], Answer] | None:
        if theory not in self._runs:
            puts = [slip.put for slip in theory if slip.put]
            whole = len(puts) == len(theory)
            self._runs[theory] = compose(self._reference, puts) if whole else None
        return self._runs[theory]
