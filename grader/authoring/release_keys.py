"""The answer keys of a release: what references and known mistakes make of every visible case.

For several seeds the inputs, the reference's answer and the answer of every known mistake are
frozen. No line of a solution is in a key, right or wrong, and no hidden case.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from grader.authoring.at_once import Tell, each_of
from grader.authoring.passable import value_problems
from grader.authoring.stubs import stub_of
from grader.course.answer_key import Drawn, RecordedCall, save_draw
from grader.course.course import Course
from grader.course.frozen_values import Freezer
from grader.course.released import describe, describe_case
from grader.course.sketches import Sketch, sketch
from grader.course.solutions import source_of
from grader.course.suspects import Suspect
from grader.errors import CourseError, GraderError
from grader.exercise.definition import Definition
from grader.exercise.stub_text import check_text
from grader.grading.diagnose.hypotheses import KINDS, is_wrong
from grader.grading.diagnose.probes import checksum
from grader.grading.examiner import load_definition
from grader.grading.from_code import FromCode
from grader.grading.modified import modified
from grader.grading.pictures import view_results
from grader.grading.trials import Paper, Trial, all_arguments, call_trusted, replaced
from grader.records import Answer, Inputs, Raised, Returned, Value

Part = tuple[str, int | None]  # of a key: the draw of a seed, or all that is drawn for none


def write_keys(course: Course, folder: Path, seeds: Sequence[int], jobs: int, tell: Tell) -> None:
    """Write the keys of all exercises into a release.

    Raises
    ------
    CourseError
        An exercise cannot be released.
    """
    parts: list[Part] = [(name, part) for name in course.exercises for part in (None, *seeds)]
    each_of(partial(_write_part, course, folder, seeds), parts, jobs, tell)


def _write_part(course: Course, folder: Path, seeds: Sequence[int], part: Part) -> None:
    """Write a part of a key; say of which exercise it is that something is unfit, and where."""
    name, seed = part
    path = folder / course.display(course.key_path(name))
    try:
        if seed is None:
            _write_words(course, name, path, seeds)
        else:
            _write_draw(course, name, seed, path.with_name(f"{name}.{seed}.npz"))
    except Exception as error:
        what = error.what if isinstance(error, GraderError) else f"{type(error).__name__}: {error}"
        where = error.where if isinstance(error, GraderError) else None
        raise CourseError(
            f"{name} cannot be released: {what}",
            where=where or str(course.solution_path(name)),
            next=f"Mend it until this finds nothing: grader prove {name}",
        ) from error


def _visible(course: Course, name: str) -> FromCode:
    whole = load_definition(course, name)
    visible = tuple(case for case in whole.cases if not case.hidden)
    return FromCode(course, name, replace(whole, cases=visible))


def _write_words(course: Course, name: str, path: Path, seeds: Sequence[int]) -> None:
    """Write what is drawn for no seed: the words, the checks of an author's, and the pictures."""
    unfit = next(value_problems([FromCode(course, name).draw(seed) for seed in seeds]), None)
    if unfit:
        raise CourseError(unfit.what, where=course.display(Path(unfit.where)))
    examiner = _visible(course, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    contents = _words(course, name, examiner.definition, seeds)
    if checks := check_text(source_of(course, name)):
        cases = examiner.definition.cases
        contents["checks"] = {c.function: c.check.__name__ for c in cases if c.check}
        path.with_name(f"{name}.checks.py").write_text(checks, "utf-8", newline="\n")
    text = json.dumps(contents, indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, "utf-8", newline="\n")
    _write_pictures(examiner, path.with_name(f"{name}.pictures.npz"))


def _words(
    course: Course, name: str, definition: Definition, seeds: Sequence[int]
) -> dict[str, Any]:
    return {
        "name": name,
        "lesson": definition.lesson,
        "stub": stub_of(course, name),
        "hints": definition.hints,
        "formulas": definition.formulas,
        "tags": definition.tags,
        "without": definition.without,
        "seeds": list(seeds),
        "pictures": [
            {"name": picture.name, "function": picture.function, "told": picture.caption}
            for picture in definition.pictures
        ],
        "functions": [describe(function) for function in definition.references.values()],
        "cases": [describe_case(case) for case in definition.cases],
    }


def _write_pictures(examiner: FromCode, path: Path) -> None:
    """Write the calls of all pictures with what the reference makes of them."""
    freezer = Freezer()
    index = {
        picture.name: [
            [freezer.freeze(tuple(drawn.view)), freezer.freeze(drawn.result)]
            for drawn in view_results(examiner, picture)
        ]
        for picture in examiner.definition.pictures
    }
    np.savez_compressed(path, **freezer.arrays(index))  # type: ignore[arg-type]


def _write_draw(course: Course, name: str, seed: int, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    examiner = _visible(course, name)
    paper = examiner.draw(seed)
    cases = [Drawn(trial.inputs, trial.wanted) for trial in paper.trials]
    functions = paper.definition.references
    suspects = [each for function in functions for each in _suspects(paper, function)]
    probes = {
        checksum(function, trial.inputs): trial.wanted.value
        for function in functions
        for trial in examiner.probes(paper, function)
        if isinstance(trial.wanted, Returned)
    }
    save_draw(path, cases, suspects, probes, _calls(examiner.course, paper))


def _suspects(paper: Paper, function: str) -> Iterator[Suspect]:
    """Yield what needs code of ours to answer; what is done to a result does not."""
    trials = (*paper.trials_of(function), *paper.examiner.probes(paper, function))
    effects = paper.examiner.effects(paper, function)
    for kind in KINDS:
        for each in paper.examiner.hypotheses(paper, function, kind):
            does = (effects.has_effect(each, trial) for trial in trials)
            pairs = zip(trials, does, strict=True)
            answers = tuple(_sketched(t, each.answer(t)) if it else None for t, it in pairs)
            if any(answers):
                yield Suspect(function, kind, each.name, str(each.message), each.part, answers)


def _sketched(trial: Trial, answer: Answer) -> Sketch | Raised | None:
    """Return the sketch of an answer; None where it is the one that is wanted, in every aspect."""
    if not is_wrong(trial, answer):
        return None
    if isinstance(answer, Raised):
        return answer
    assert isinstance(answer, Returned)
    return sketch(answer.value, modified(trial.inputs, answer.after))


def _calls(course: Course, paper: Paper) -> list[RecordedCall]:
    """Return what references gave to those of this exercise while these answered the cases.

    They are those of earlier exercises, and others of this one.
    """
    found: list[RecordedCall] = []
    earlier = [load_definition(course, name) for name in course.earlier(paper.definition.name)]
    with ExitStack() as until_the_end:
        for definition in (*earlier, paper.definition):
            for reference in definition.references.values():
                recording = _recording(definition, reference, found)
                until_the_end.enter_context(replaced(reference, recording))
        for trial in paper.trials:
            call_trusted(paper.definition.references[trial.case.function], trial.inputs)
    return found


def _recording(
    definition: Definition, reference: Callable[..., Value], found: list[RecordedCall]
) -> Callable[..., Value]:
    def recording(*args: Any, **kwargs: Any) -> Value:
        given = Inputs(args, kwargs).copy()
        value = reference(*args, **kwargs)
        arguments = all_arguments(reference, given)
        answer = Returned(value, Inputs((), {}))
        found.append(RecordedCall(definition.name, reference.__name__, arguments, answer))
        return value

    return recording
