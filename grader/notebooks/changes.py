"""Which statements of a notebook give a name its value, or change what it stands for."""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from grader.notebooks.effects import Called, Effects
from grader.notebooks.statements import Kind, Statement

# Names that functions change, one by way of another, all counted: nobody's notebook has more.
_MAX_FOLLOWED = 100_000


class Changes:
    """The statements that give each name its value, and those that change what is there.

    What is imported is not the notebook's: what becomes of it is noted by cell. To call a function
    that is `asked` for is a trial, and changes nothing; nor does it to take the value of one that
    these call: what that keeps, it keeps again when they do.
    """

    def __init__(
        self,
        statements: Sequence[Statement],
        binding: Mapping[str, Sequence[Statement]],
        asked: Set[str],
    ) -> None:
        self._kinds = {name: {s.kind for s in by} for name, by in binding.items()}
        self._asked, self._left = asked, _MAX_FOLLOWED
        self._called: dict[str, list[Called]] = defaultdict(list)
        of_answers = set[str]()
        for called in (each for s in statements for each in s.functions):
            if called.name in asked:
                of_answers |= called.effects.calls
            else:
                self._called[called.name].append(called)
        self._of_answers = self._called_from(of_answers)
        self._by_call: dict[str, Set[str]] = {}
        self._of = {s: self._changed_by(s) for s in statements}
        self.giving: dict[str, list[Statement]] = defaultdict(list)
        self.of_modules: dict[int, list[Statement]] = defaultdict(list)
        for statement in statements:
            if statement.kind is not Kind.BROKEN:
                for name in statement.binds | self._of[statement]:
                    self.giving[name].append(statement)
            if any(self._is_imported(name) for name in statement.effects.sets):
                self.of_modules[statement.cell].append(statement)

    def of(self, statement: Statement) -> Set[str]:
        """Return the names of what a statement changes that has been there before."""
        return self._of[statement]

    def _changed_by(self, statement: Statement) -> Set[str]:
        names = {*statement.maybe_bound, *self._changed(statement.effects)}
        effects = statement.effects
        for function in sorted(effects.acts | (effects.calls - self._of_answers)):
            names |= self._changed_by_calling(function)
        return {name for name in names - statement.own if not self._is_imported(name)}

    def _changed_by_calling(self, function: str) -> Set[str]:
        """Return the names of what a function of the notebook changes, by way of others as well."""
        if function not in self._called or self._left <= 0:
            return frozenset()
        if function not in self._by_call:
            reached = self._called_from({function})
            every = (each for name in reached for each in self._called[name])
            self._by_call[function] = {n for each in every for n in self._changed(each.effects)}
        self._left -= len(self._by_call[function])
        return self._by_call[function]

    def _called_from(self, functions: Set[str]) -> Set[str]:
        """Return the functions of the notebook that some call, by way of others, and themselves."""
        reached = functions & self._called.keys()
        waiting = [*reached]
        while waiting:
            effects = [each.effects for each in self._called[waiting.pop()]]
            more = {name for each in effects for name in each.calls if name in self._called}
            parts = (part for e in effects for part in (e.calls, e.changes, e.handed, e.used))
            self._left -= 1 + sum(map(len, parts))
            waiting += more - reached
            reached |= more
        return reached

    def _changed(self, effects: Effects) -> Set[str]:
        handed = {n for function, n in effects.handed if self._may_change(function, n)}
        used = {n for function, n in effects.used if self._may_change(function, n, is_used=True)}
        return effects.changes | handed | used

    def _may_change(self, function: str, name: str, *, is_used: bool = False) -> bool:
        """Tell whether a call may change what it is handed, for its effect or for its value."""
        plain, kinds = function.removeprefix("."), self._kinds.get(name, ())
        if name in self._asked or not kinds:
            return False
        if function == plain and Kind.OTHER not in kinds:
            return False  # functions and classes are handed on to be called
        if called := self._called.get(plain):
            is_known = any(each.changes_arguments for each in called)
            return is_known and not (is_used and plain in self._of_answers)
        makes_an_object = hasattr(builtins, function) or function[:1].isupper()
        return not (is_used or plain in self._asked or makes_an_object)

    def _is_imported(self, name: str) -> bool:
        return self._kinds.get(name) == {Kind.IMPORT}
