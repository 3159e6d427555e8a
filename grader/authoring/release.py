"""Makes of a course what a class gets: stubs, quizzes, models, and answers instead of solutions.

For every visible case and several seeds the inputs, the reference's answer and the answer of every
known mistake are frozen. Whoever has these files gets the same reports as in the whole course; no
line of a solution, right or wrong, is among them. Hidden cases stay at home.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from grader.authoring.passable import value_problems
from grader.authoring.release_hashes import hash_of_checks, hashes_of_files
from grader.authoring.stubs import SIGNPOST, signpost_path, stub_of
from grader.authoring.wheel import write_wheel
from grader.course.answer_key import Drawn, RecordedCall, save_draw
from grader.course.course import CONTENTS, HABITS, Course
from grader.course.frozen_values import Freezer
from grader.course.release_version import FORMAT, RELEASE, version_of
from grader.course.released import describe, describe_case
from grader.course.sketches import Sketch, sketch
from grader.course.solutions import source_of
from grader.course.suspects import Suspect
from grader.errors import CourseError, GraderError, UsageError
from grader.exercise.definition import Definition
from grader.exercise.stub_text import check_text
from grader.grading.diagnose.hypotheses import KINDS, wrong_aspects
from grader.grading.diagnose.probes import checksum
from grader.grading.examiner import load_definition
from grader.grading.from_code import FromCode
from grader.grading.habits import read_habits
from grader.grading.modified import modified
from grader.grading.pictures import view_results
from grader.grading.trials import Paper, Trial, all_arguments, call_trusted, replaced
from grader.records import Answer, Inputs, Raised, Returned, Value

README = Path(__file__).parent / "templates" / "release.md"
SEEDS = range(3)
# What only a definition has in it.
SIGNS = (b"grader.exercise import", b"exercise.reference", b"exercise.mistake")


def release(
    course: Course, folder: Path, seeds: Sequence[int] = SEEDS, extras: Sequence[Path] = ()
) -> str:
    """Write a course for learners into a new folder, and return its version.

    `extras` are files or folders of the course that go along. The same course gives the same
    bytes. The version is the hash of all that decides a verdict.

    Raises
    ------
    UsageError
        The folder is there already and not empty, or something that goes along is not there.
    CourseError
        The course is a release itself, or a solution is among the files.
    """
    course.require_definitions()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            "something is there already", where=str(folder), next="Name a folder that is new."
        )
    with tempfile.TemporaryDirectory() as temporary:
        made = Path(temporary) / "course"
        made.mkdir()
        _fill(course, made, seeds, extras)
        refuse_solutions(made)
        version = version_of(made)
        _write(made / RELEASE, _described(course, made, version))
        try:
            shutil.copytree(made, folder, dirs_exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"the release cannot be written: {error.strerror or error}",
                where=str(folder),
                next="Name a folder that can be written to.",
            ) from error
    return version


def _fill(course: Course, folder: Path, seeds: Sequence[int], extras: Sequence[Path]) -> None:
    shutil.copyfile(course.root / CONTENTS, folder / CONTENTS)
    read_habits(course)  # which raises where they make no sense
    if course.habits_path.is_file():
        shutil.copyfile(course.habits_path, folder / HABITS)
    _write(folder / "README.md", _readme(course))
    write_wheel(folder)
    own = [course.root / name for name in ("quizzes", "models")]
    for path in [*filter(Path.exists, own), *extras]:
        _copy(course, path, folder)
    for name in course.exercises:
        _write(folder / course.display(course.exercise_path(name)), stub_of(course, name))
        _write(folder / course.display(signpost_path(course, name)), SIGNPOST)
        _write_key(course, name, folder, seeds)


def _readme(course: Course) -> str:
    packages = " ".join(f"'{package}'" for package in course.packages)
    more = f"\npython -m pip install {packages}" if packages else ""
    return README.read_text("utf-8").format(title=course.title, packages=more)


def _write_key(course: Course, name: str, folder: Path, seeds: Sequence[int]) -> None:
    """Write a key; say of which exercise it is that something cannot be released, and where."""
    path = course.solution_path(name)
    try:
        unfit = next(value_problems([FromCode(course, name).draw(seed) for seed in seeds]), None)
        if unfit:
            raise CourseError(unfit.what, where=course.display(Path(unfit.where)))
        write_key(course, name, folder / course.display(course.key_path(name)), seeds)
    except Exception as error:
        what = error.what if isinstance(error, GraderError) else f"{type(error).__name__}: {error}"
        where = error.where if isinstance(error, GraderError) else None
        raise CourseError(
            f"{name} cannot be released: {what}",
            where=where or str(path),
            next=f"Mend it until this finds nothing: grader prove {name}",
        ) from error


def _copy(course: Course, path: Path, folder: Path) -> None:
    """Copy what is below the course's folder to its place in the release, and nothing hidden."""
    source = path.resolve()
    if not source.exists() or not source.is_relative_to(course.root):
        raise UsageError("there is no such file in the course", where=str(path))
    target = folder / source.relative_to(course.root)
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_file():
        shutil.copyfile(source, target)
    else:
        ignore = shutil.ignore_patterns(".*", "__pycache__")
        shutil.copytree(source, target, ignore=ignore, dirs_exist_ok=True)


def refuse_solutions(folder: Path) -> None:
    """Raise `CourseError` if a file that is to be handed out is a definition, or has one in it."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        is_text = path.is_file() and path.suffix in {".py", ".ipynb", ".md", ".txt", ".yaml"}
        signs = [sign for sign in SIGNS if is_text and sign in path.read_bytes()]
        if signs or "solutions" in inside.parts:
            raise CourseError(
                "a release holds no solutions, and this looks like one"
                + (f": it says {signs[0].decode()!r}" if signs else ""),
                where=inside.as_posix(),
                next="Leave it out of what goes along.",
            )


def _described(course: Course, made: Path, version: str) -> str:
    """Return what release.json says, for an update to tell what has changed."""
    keys = {name: made / course.display(course.key_path(name)) for name in course.exercises}
    contents = {
        "format": FORMAT,
        "title": course.title,
        "version": version,
        "checks": {name: hash_of_checks(key) for name, key in keys.items()},
        "files": hashes_of_files(made),
    }
    return json.dumps(contents, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def write_key(course: Course, name: str, path: Path, seeds: Sequence[int]) -> None:
    """Write the answer key of an exercise: one file of words, and one of arrays for every seed."""
    whole = load_definition(course, name)
    definition = replace(whole, cases=tuple(case for case in whole.cases if not case.hidden))
    examiner = FromCode(course, name, definition)
    contents = {
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
    if checks := check_text(source_of(course, name)):
        contents["checks"] = {c.function: c.check.__name__ for c in definition.cases if c.check}
        _write(path.with_name(f"{name}.checks.py"), checks)
    _write(path, json.dumps(contents, indent=1, ensure_ascii=False) + "\n")
    _write_pictures(examiner, path.with_name(f"{name}.pictures.npz"))
    for seed in seeds:
        _write_draw(examiner, seed, path.with_name(f"{name}.{seed}.npz"))


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


def _write_draw(examiner: FromCode, seed: int, path: Path) -> None:
    paper = examiner.draw(seed)
    cases = [Drawn(trial.inputs, trial.wanted) for trial in paper.trials]
    functions = paper.definition.references
    suspects = [each for function in functions for each in _suspects(paper, function)]
    probes = {
        checksum(trial.inputs): trial.wanted.value
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
            does = (effects.effect(each, trial) is not None for trial in trials)
            pairs = zip(trials, does, strict=True)
            answers = tuple(_sketched(t, each.answer(t)) if it else None for t, it in pairs)
            if any(answers):
                yield Suspect(function, kind, each.name, str(each.message), each.part, answers)


def _sketched(trial: Trial, answer: Answer) -> Sketch | Raised | None:
    """Return the sketch of an answer; None where it is the one that is wanted, in every aspect."""
    if not wrong_aspects([(trial, answer)]):
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
