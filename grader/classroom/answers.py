"""The files of a hand-in become answers, one for each exercise; what is none is listed.

An answer is called by its exercise's name, whatever it was called: so what is graded says nothing
about who wrote it, and the same answer of two people is the same answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from grader.classroom.beside import MAX_ALL_BESIDE, MAX_BESIDE, NOTEBOOK, deciding, with_beside
from grader.classroom.bounds import MAX_FILES, Work
from grader.classroom.hand_in_files import (
    ELSEWHERE,
    NO_ANSWERS,
    FileNote,
    files_of,
    in_courses,
)
from grader.classroom.hand_ins.entries import MAX_INNER_BYTES, Entry, is_of_a_record
from grader.classroom.hand_ins.forms import FORMS, Form
from grader.classroom.marks.store import File
from grader.classroom.packets import MAX_OTHERS, packed
from grader.classroom.which_exercise import (
    exercise_called,
    exercises_defined_in,
    functions_of_all,
)
from grader.course.course import Course
from grader.errors import RefusedError, say_fault
from grader.exercise.unwritten import is_untouched
from grader.files import MAX_JSON
from grader.grading.of_the_file import say_refused
from grader.learner.outside.encodings import text_of
from grader.learner.outside.submission import MAX_BYTES, submission_of
from grader.notebooks.collect import collect
from grader.notebooks.reading import notebook_of
from grader.records import Submission
from grader.records.text import listed

_CODE = ("", ".py", ".txt")


class Answers(NamedTuple):
    """What a hand-in holds: for each exercise the answer, and what became of every file."""

    found: Mapping[str, Submission]
    notes: tuple[FileNote, ...]


class _Candidate(NamedTuple):
    """A file that may be the answer to an exercise; the least `rank` is taken."""

    rank: tuple[object, ...]
    path: str
    submission: Submission
    is_empty: bool


class AnswerReader:
    """Reads the answers of hand-ins to the exercises of a course.

    With the same `version`, a course's files are taken for the same answers.
    """

    kind = ""
    forms: Mapping[str, Form] = FORMS
    loose: tuple[str, ...] = ()

    def __init__(self, course: Course) -> None:
        self._course, self._functions = course, functions_of_all(course)
        self.version = hashlib.sha256(json.dumps(self._functions).encode()).hexdigest()[:16]

    def sees(self, entry: Entry) -> bool:
        """Tell whether a file is to be looked at: what is of quizzes alone is not."""
        return not is_of_a_record(entry)

    def most(self, entry: Entry) -> int:
        """Return how many bytes of a file may be read."""
        return most_of(entry)

    def files(self, entries: Iterable[Entry], work: Work | None = None) -> Iterator[File]:
        """Yield what became of every file of a hand-in, as marks keep it.

        One by one, because an answer has others beside it.
        """
        answers = self.read(entries, work)
        for note in answers.notes:
            is_answer = note.exercise and not note.why
            kept = self._kept(answers.found[note.exercise], note.path) if is_answer else None
            yield kept or File(*note)

    def _kept(self, answer: Submission, path: str) -> File:
        return File(path, answer.exercise, "", packed(answer), deciding(self._course, answer))

    def read(self, files: Iterable[Entry], work: Work | None = None) -> Answers:
        """Read every file of a hand-in, and choose one for each exercise."""
        notes, candidates = list[FileNote](), dict[str, list[_Candidate]]()
        work = work or Work()
        for entry in files_of(files, work, notes, self._of_the_student):
            self._take(entry, work, candidates, notes)
        chosen: dict[str, Submission] = {}
        for name in self._course.exercises:
            ranked = sorted(candidates.get(name, ()), key=lambda candidate: candidate.rank)
            for first in ranked[:1]:
                try:
                    work.keep(first.submission.weight)
                except RefusedError as error:
                    notes.append(FileNote(first.path, name, error.what))
                    break
                chosen[name] = first.submission
                notes.append(FileNote(first.path, name))
                aside = f"left aside: {first.path} is taken for {name}"
                notes += [FileNote(c.path, name, aside) for c in ranked[1:] if not c.is_empty]
        found, left = with_beside(self._course, chosen)
        paths = {note.exercise: note.path for note in notes if note.exercise and not note.why}
        notes += [FileNote(paths[name], name, _too_heavy(others)) for name, others in left.items()]
        return Answers(found, tuple(notes))

    def _of_the_student(self, files: list[Entry]) -> list[Entry]:
        """Return what is not the course's; of too many, what is called by an exercise first.

        An environment, or a folder of data, has thousands of files.
        """
        own = [*_without_the_courses(self._course, [*filter(self.sees, files)])]
        if len(own) <= MAX_FILES:
            return own
        return sorted(own, key=lambda entry: not exercise_called(self._course, entry.name))

    def _take(
        self,
        entry: Entry,
        work: Work,
        candidates: dict[str, list[_Candidate]],
        notes: list[FileNote],
    ) -> None:
        """Add a file to the candidates of the exercises that it answers, or to the notes."""
        called = exercise_called(self._course, entry.name)
        take: Callable[[Entry, str, Work], list[_Candidate]]
        if entry.suffix == ".ipynb":
            take = self._of_notebook
        elif entry.suffix in _CODE:
            take = self._of_file
        else:
            why = entry.refused or "it is neither a Python file nor a notebook"
            notes.append(FileNote(entry.path, called, why))
            return
        try:
            if entry.refused:
                raise RefusedError(entry.refused)
            with work.computing():
                found = take(entry, called, work)
        except RefusedError as error:
            notes.append(FileNote(entry.path, called, error.what))
            return
        except Exception as error:  # one file that nobody thought of costs nobody else anything
            notes.append(FileNote(entry.path, called, say_fault(error)))
            return
        for each in found:
            candidates.setdefault(each.submission.exercise, []).append(each)
        if not found:
            notes.append(FileNote(entry.path, called, "it answers no exercise of the course"))

    def _of_file(self, entry: Entry, called: str, work: Work) -> list[_Candidate]:
        """Return the answers in a file: to the exercise it is called by, else to what it defines.

        One that is called by an exercise and cannot be run is an answer as well, and refused.
        """
        kind = 0 if entry.name == f"{called}.py" else 1 if called else 2
        try:
            if not called:
                work.search(0)  # which it refuses where there was too much before
            body = entry.read(most_of(entry))
            if not called:
                work.search(len(body))
            names = [called] if called else [*exercises_defined_in(body, self._functions)]
            if not names:
                text_of(body, entry.name)  # what is no text says so
                return []
            work.parse(len(body))  # before anything is made of it
            first = submission_of(self._course, names[0], f"{names[0]}.py", body)
        except RefusedError as error:
            if not called or not error.where:
                raise
            names, unit = [called], self._course.unit_of(called)
            first = Submission(called, unit, f"{called}.py", b"", refusal=say_refused(error))
        work.parse(max(0, len(first.source) - len(body)))  # more in UTF-8 than in the file
        is_written = _is_written(first.source)
        texts = (
            first._replace(exercise=n, unit=self._course.unit_of(n), path=f"{n}.py") for n in names
        )
        return [self._candidate(kind, entry, text, is_written) for text in texts]

    def _of_notebook(self, entry: Entry, _: str, work: Work) -> list[_Candidate]:
        body = entry.read(most_of(entry))
        work.load(body)
        notebook = notebook_of(self._course, NOTEBOOK, body)
        work.go_through(len(notebook.cells) + len(notebook.texts))
        work.parse(sum(len(cell.source) for cell in notebook.cells))
        answers = collect(self._course, notebook, charge=work.parse)
        found = [each.submission._replace(beside=None) for each in answers]
        return [self._candidate(3, entry, s, _is_written(s.source)) for s in found]

    def _candidate(
        self, kind: int, entry: Entry, submission: Submission, is_written: bool
    ) -> _Candidate:
        """Return a candidate: what is written first, then what has the right name and place."""
        in_place = entry.parts[-3:-1] == ("exercises", submission.unit)
        is_empty = not (is_written or submission.refusal)
        rank = (is_empty, kind, not in_place, len(entry.parts), entry.path)
        return _Candidate(rank, entry.path, submission, is_empty)


def _is_written(source: bytes) -> bool:
    """Tell whether there is more in a file than a stub."""
    return bool(source.strip()) and not is_untouched(source)


def _too_heavy(others: list[str]) -> str:
    more = f"it names more than {MAX_OTHERS} others, or others of more than {MAX_BESIDE:,} bytes"
    more += f" ({MAX_ALL_BESIDE:,} for all answers together)"
    return f"{more}: the references of {listed(others)} stand in"


def most_of(entry: Entry) -> int:
    """Return how many bytes of a file may be read: none where only its name matters."""
    if entry.suffix == ".ipynb":
        return MAX_JSON
    return MAX_INNER_BYTES if entry.suffix == ".zip" else MAX_BYTES * (entry.suffix in _CODE)


def _without_the_courses(course: Course, files: list[Entry]) -> Iterator[Entry]:
    """Yield the files of a hand-in without those of a course that was handed in whole.

    Of that, answers are what is in its exercises/, and files and notebooks beside its course.yaml.
    What may be one and lies elsewhere is refused, so that it is told.
    """
    for entry, within in in_courses(files):
        is_code = entry.suffix in (".py", ".ipynb")
        if not within or within[0] == "exercises" or (len(within) == 1 and is_code):
            yield entry
        elif is_code and within[0] not in NO_ANSWERS and exercise_called(course, entry.name):
            yield entry._replace(refused=entry.refused or ELSEWHERE)
