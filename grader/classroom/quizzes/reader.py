"""The files of a hand-in become answers to quizzes; what is none is listed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from grader.classroom.bounds import MAX_EXAMS, Work
from grader.classroom.hand_in_files import (
    ELSEWHERE,
    NO_ANSWERS,
    FileNote,
    files_of,
    in_courses,
)
from grader.classroom.hand_ins.entries import MAX_INNER_BYTES, Entry, is_of_a_record
from grader.classroom.hand_ins.forms import Form, forms_of_quizzes
from grader.classroom.marks.reading import QUIZ
from grader.classroom.marks.store import File
from grader.classroom.quizzes.asked import Asked
from grader.classroom.which_exercise import one_called
from grader.course.course import CONTENTS
from grader.errors import RefusedError, UsageError, say_fault
from grader.files import MAX_YAML, json_of
from grader.quiz.reading.nodes import MAX_FAULTS
from grader.quiz.sittings.answers_file import Entry as Answer
from grader.quiz.sittings.handed_in import HandedIn, is_record, read_handed_in

RECORD = "progress.db"
MAX_RECORD = 10_000_000  # bytes; a year of quizzes makes one of two millions
_TEXTS = (".yaml", ".yml", ".json")
_PLAIN = (".txt",)  # what an editor makes of one; beside a course.yaml it is something else
_RECORDS = (".db",)
_CODE = (".py", ".ipynb")


class _Candidate(NamedTuple):
    """A file of answers to a quiz; the least `rank` is taken."""

    rank: tuple[object, ...]
    path: str
    body: bytes


class _Found:
    """What a hand-in holds: of each quiz the best file yet, the paths of others, and all exams."""

    def __init__(self) -> None:
        self.best: dict[str, _Candidate] = {}
        self.others: list[tuple[str, str]] = []
        self.exams: list[File] = []

    def offer(
        self, name: str, rank: tuple[object, ...], path: str, packed: Callable[[], bytes]
    ) -> None:
        """Keep a file of answers to a quiz, where it is better than what there is."""
        best = self.best.get(name)
        if best and best.rank <= rank:
            self.others.append((path, name))
            return
        if best:
            self.others.append((best.path, name))
        self.best[name] = _Candidate(rank, path, packed())


class QuizReader:
    """Reads answers to quizzes; those that `asked` has are known."""

    kind = "quiz"
    loose: tuple[str, ...] = (*_TEXTS, *_PLAIN, *_RECORDS)

    def __init__(self, asked: Mapping[str, Asked]) -> None:
        self._ids = {
            each.name: {question.id for question in each.quiz.questions} for each in asked.values()
        }
        about = json.dumps({name: sorted(ids) for name, ids in self._ids.items()})
        self.version = f"quiz {hashlib.sha256(about.encode()).hexdigest()[:16]}"
        self._names = [name.removeprefix(QUIZ) for name in self._ids]
        self.forms: Mapping[str, Form] = forms_of_quizzes(self._names)

    def sees(self, entry: Entry) -> bool:
        """Tell whether a file is to be looked at: of a record's folder, the record alone."""
        return not is_of_a_record(entry) or entry.name == RECORD

    def most(self, entry: Entry) -> int:
        """Return how many bytes of a file may be read: none where only its name matters."""
        if entry.suffix == ".zip":
            return MAX_INNER_BYTES
        return MAX_RECORD if entry.suffix in _RECORDS else MAX_YAML * (entry.suffix in self.loose)

    def files(self, entries: Iterable[Entry], work: Work | None = None) -> list[File]:
        """Return what became of every file of a hand-in.

        Of several files with answers to one quiz one is taken: what the quiz's name has, then what
        answers most. Every exam of a record is an answer of its own.
        """
        work, notes, found = work or Work(), list[FileNote](), _Found()
        for entry in files_of(entries, work, notes, self._most_likely_first):
            try:
                with work.computing():
                    self._take(entry, work, found)
            except RefusedError as error:
                notes.append(FileNote(entry.path, self._called(entry), error.what))
            except Exception as error:  # one file that nobody thought of costs nobody else anything
                notes.append(FileNote(entry.path, self._called(entry), say_fault(error)))
        return [*(File(*note) for note in notes), *found.exams, *_chosen(found, work)]

    def _most_likely_first(self, files: list[Entry]) -> list[Entry]:
        """Return files in the order in which they are read: bounds cost the others first."""
        own = self._without_the_courses([*filter(self.sees, files)])
        return sorted(own, key=lambda entry: not (self._called(entry) or entry.name == RECORD))

    def _without_the_courses(self, files: Sequence[Entry]) -> Iterator[Entry]:
        """Yield the files of a hand-in without those of a course that was handed in whole.

        Of that, answers are what lies beside its course.yaml, and the record. What may be one and
        lies elsewhere is refused, so that it is told.
        """
        for entry, within in in_courses(files):
            is_text = entry.suffix in _TEXTS and entry.name != CONTENTS
            if not within or is_of_a_record(entry) or (len(within) == 1 and is_text):
                yield entry
            elif is_text and within[0] not in NO_ANSWERS and self._called(entry):
                yield entry._replace(refused=entry.refused or ELSEWHERE)

    def _take(self, entry: Entry, work: Work, found: _Found) -> None:
        """Let a file be the answer to the quizzes that it answers, or take the exams in it."""
        if entry.refused:
            raise RefusedError(entry.refused)
        if entry.suffix not in self.loose:
            kind = "is for grader class grade" if entry.suffix in _CODE else "is no file of answers"
            raise RefusedError(f"it {kind}: a quiz takes .yaml, .json, .txt or a record, {RECORD}")
        body = entry.read(self.most(entry))
        is_exams = is_record(body)
        if is_exams:
            work.open_record(len(body))
        else:
            work.parse_answers(len(body))
        _require_text(body)
        handed_in = read_handed_in(body, entry.name)
        answered = [
            (n, *own, each) for n, each in enumerate(handed_in, 1) for own in self._in(each)
        ]
        if not answered:
            raise RefusedError("it answers no question of a quiz that is known here")
        if is_exams:
            self._take_exams(entry, [(n, name, each) for n, name, _, each in answered], work, found)
            return
        for _, name, own, each in answered:
            rank = (self._called(entry) != name, -own, len(entry.parts), entry.path)
            found.offer(name, rank, entry.path, partial(self._packed, name, each))

    def _take_exams(
        self, entry: Entry, exams: list[tuple[int, str, HandedIn]], work: Work, found: _Found
    ) -> None:
        """Take the newest exams of a record, as many as a hand-in may have."""
        left_out = len(exams) - work.some_exams(len(exams))
        if left_out:
            why = f"the hand-in has more than {MAX_EXAMS} exams: {left_out} of this are left out"
            found.exams.append(File(entry.path, "", f"{why}, the oldest"))
        for number, name, each in exams[left_out:]:
            packed = self._packed(name, each)
            work.keep(len(packed))
            found.exams.append(File(f"{entry.path}, exam {number}", name, "", packed))

    def _in(self, handed_in: HandedIn) -> list[tuple[str, int]]:
        """Return the quizzes that answers are to, each with how many of its questions."""
        asked = {each.question for each in handed_in.entries}
        return [(name, len(asked & ids)) for name, ids in self._ids.items() if asked & ids]

    def _packed(self, name: str, handed_in: HandedIn) -> bytes:
        """Return of answers those to one quiz, and some to no question at all: they are told."""
        others = {id for quiz, ids in self._ids.items() for id in ids if quiz != name}
        others -= self._ids[name]
        strange = (
            n for n, e in enumerate(handed_in.entries) if e.question not in self._ids[name] | others
        )
        own = [n for n, e in enumerate(handed_in.entries) if e.question in self._ids[name]]
        kept = sorted([*own, *islice(strange, MAX_FAULTS)])
        part = handed_in._replace(
            entries=tuple(handed_in.entries[n] for n in kept),
            confidences=tuple(handed_in.confidences[n] for n in kept if handed_in.confidences),
        )
        return pack(name, part)

    def _called(self, entry: Entry) -> str:
        name = one_called(self._names, entry.name)
        return f"{QUIZ}{name}" if name else ""


def _require_text(body: bytes) -> None:
    try:
        is_record(body) or body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise RefusedError(
            f"line {line} has a letter in another encoding than UTF-8: save it again as UTF-8"
        ) from error


def pack(name: str, handed_in: HandedIn) -> bytes:
    """Return answers to a quiz as bytes: the same for the same ones, whoever handed them in."""
    return json.dumps({"quiz": name, **handed_in._asdict()}, separators=(",", ":")).encode()


def unpack(body: bytes) -> HandedIn:
    """Return the answers that `pack` was given; raise `UsageError` where it was given none."""
    try:
        fields = json_of(body)
        entries = tuple(Answer(*each) for each in fields["entries"])
        return HandedIn(entries, fields["seed"], tuple(fields["confidences"]))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise UsageError(
            "answers to a quiz are not as the grader keeps them",
            next="Put back a copy of the marks' file.",
        ) from error


def text_of(body: bytes) -> str:
    """Return packed answers as somebody reads them, a line each."""
    entries = unpack(body).entries
    return "\n".join(f"{e.question}: {json.dumps(e.answer, ensure_ascii=False)}" for e in entries)


def _chosen(found: _Found, work: Work) -> Iterable[File]:
    for name, first in found.best.items():
        try:
            work.keep(len(first.body))
            yield File(first.path, name, "", first.body)
        except RefusedError as error:
            yield File(first.path, name, error.what)
    for path, name in found.others:
        yield File(path, name, f"left aside: {found.best[name].path} is taken for {name}")
