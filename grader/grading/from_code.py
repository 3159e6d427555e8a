"""The examiner of an exercise whose code is here: everything is computed when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from grader.course.course import Course
from grader.course.solutions import import_definition, source_of
from grader.exercise.bounded import Bounded
from grader.exercise.definition import Case, Definition
from grader.exercise.manners import manner_of
from grader.exercise.pictures import Picture, View
from grader.exercise.stub_text import function_names, stub_text
from grader.grading.trials import Paper, Trial, call_trusted, draw_trial, once_a_paper
from grader.records import Inputs, Raised, Returned, Value

if TYPE_CHECKING:
    from grader.grading.diagnose.effects import Effects
    from grader.grading.diagnose.hypotheses import Hypothesis


class FromCode:
    """Computes with the references, cases and mistakes of a definition."""

    def __init__(self, course: Course, name: str, definition: Definition | None = None) -> None:
        self.course, self._name, self._definition = course, name, definition
        self._earlier: dict[str, Mapping[str, Bounded]] = {}

    @cached_property
    def definition(self) -> Definition:
        """The exercise; it is imported when it is first asked for."""
        return self._definition or import_definition(self.course, self._name)

    @property
    def stub(self) -> str:
        """The stub that belongs to the definition."""
        return stub_text(source_of(self.course, self._name))

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the functions that the exercise asks for."""
        return function_names(source_of(self.course, self._name))

    @property
    def references(self) -> Mapping[str, Callable[..., Value]]:
        """The references of the definition."""
        return self.definition.references

    def draw(self, seed: int) -> Paper:
        """Draw fresh inputs for every case and let the reference answer them."""
        trials = (draw_trial(self.definition, case, seed) for case in self.definition.cases)
        return Paper(self, seed, tuple(trials))

    def hypotheses(self, paper: Paper, function: str, kind: str) -> Iterable[Hypothesis]:
        """Return what may have been done wrong, to be run when it is looked at."""
        from grader.grading.diagnose.known import known  # what passes does not wait for it

        return known(paper, function, kind, self.course)

    def probes(self, paper: Paper, function: str) -> Sequence[Trial]:
        """Let the reference answer the probes."""
        return _probes(paper, function)

    def effects(self, paper: Paper, function: str) -> Effects:
        """Return who knows what hypotheses about a function change."""
        from grader.grading.diagnose.effects import effects_of

        return effects_of(paper, function, self.course)

    def stand_in(
        self, seed: int, exercise: str, function: str, inputs: Inputs
    ) -> Returned | Raised | None:
        """Let the reference of an earlier exercise answer."""
        if exercise not in self._earlier:
            references = import_definition(self.course, exercise).references
            self._earlier[exercise] = {name: Bounded(each) for name, each in references.items()}
        runs = self._earlier[exercise][function]
        if manner_of(runs).get("script"):  # what it is asked to do would be a stranger's to say
            return None
        answer = call_trusted(runs, inputs)
        if runs.given_up:
            runs.given_up = ""  # on these inputs: it may well end on others
            return None
        return answer

    def results(self, picture: Picture) -> Sequence[Value]:
        """Let the reference answer every view of a picture.

        Raises
        ------
        BrokenGraderError
            It fails on one of them.
        """
        return [self._result(picture, view) for view in picture.draw()]

    def _result(self, picture: Picture, view: View) -> Value:
        name = f"{picture.name}, {view.title}"
        case = Case(name, view.function or picture.function, lambda _: view.inputs)
        trial = draw_trial(self.definition, case, seed=0)
        assert isinstance(trial.wanted, Returned)  # the case wants no exception
        return trial.wanted.value


@once_a_paper
def _probes(paper: Paper, function: str) -> tuple[Trial, ...]:
    from grader.grading.diagnose.probes import probes_of  # what passes does not wait for it

    reference = paper.definition.references[function]
    return probes_of(paper, function, lambda inputs: call_trusted(Bounded(reference), inputs))
