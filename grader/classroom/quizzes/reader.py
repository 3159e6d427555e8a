"""The files of a hand-in become answers to quizzes; what is none is listed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from grader.classroom.answers import bounded, in_courses, with_inner
from grader.classroom.bounds import MAX_FILES
from grader.classroom.hand_ins.entries import MAX_INNER_BYTES, Entry, is_of_a_record
from grader.classroom.hand_ins.forms import Form, forms_of_quizzes
from grader.classroom.marks.reading import QUIZ
from grader.classroom.marks.store import File
from grader.classroom.quizzes.asked import Asked
from grader.classroom.which_exercise import one_called
from grader.course.course import CONTENTS
from grader.errors import RefusedError, UsageError, say_fault
from grader.files import MAX_YAML
from grader.quiz.sittings.answers_file import Entry as Answer
from grader.quiz.sittings.handed_in import HandedIn, is_record, read_handed_in

RECORD = "progress.db"
MAX_RECORD = 20_000_000  # bytes; a year of quizzes makes one of two millions
_TEXTS = (".yaml", ".yml", ".json")
_PLAIN = (".txt",)  # what an editor makes of one; beside a course.yaml it is something else
_RECORDS = (".db",)
_CODE = (".py", ".ipynb")


class _Candidate(NamedTuple):
    """A file of answers to a quiz; the least `rank` is taken."""

    rank: tuple[object, ...]
    path: str
    body: bytes


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

    def files(self, entries: Iterable[Entry]) -> list[File]:
        """Return what became of every file of a hand-in.

        Of several files with answers to one quiz one is taken: what the quiz's name has, then what
        answers most. Every exam of a record is an answer of its own.
        """
        notes, found, exams = list[Any](), dict[str, list[_Candidate]](), list[File]()
        every = bounded(_without_the_courses([*filter(self.sees, with_inner(entries, notes))]))
        files = [File(*note) for note in notes]
        for number, entry in enumerate(every):
            if number == MAX_FILES:
                files.append(File(entry.path, "", f"there are more than {MAX_FILES:,} files"))
                break
            try:
                self._take(entry, found, exams)
            except RefusedError as error:
                files.append(File(entry.path, self._called(entry), error.what))
            except Exception as error:  # one file that nobody thought of costs nobody else anything
                files.append(File(entry.path, self._called(entry), say_fault(error)))
        return [*files, *exams, *_chosen(found)]

    def _take(self, entry: Entry, found: dict[str, list[_Candidate]], exams: list[File]) -> None:
        """Add a file to the candidates of the quizzes that it answers, or its exams to those."""
        if entry.refused:
            raise RefusedError(entry.refused)
        if entry.suffix not in self.loose:
            kind = "is for grader class grade" if entry.suffix in _CODE else "is no file of answers"
            raise RefusedError(f"it {kind}: a quiz takes .yaml, .json, .txt or a record, {RECORD}")
        body = entry.read(self.most(entry))
        _require_text(body)
        handed_in = read_handed_in(body, entry.name)
        answered = [(n, ids, each) for n, each in enumerate(handed_in, 1) for ids in self._in(each)]
        if not answered:
            raise RefusedError("it answers no question of a quiz that is known here")
        for number, (name, own), each in answered:
            packed = pack(name, each._replace(**self._part(name, each)))
            if is_record(body):
                exams.append(File(f"{entry.path}, exam {number}", name, "", packed))
                continue
            rank = (self._called(entry) != name, -own, len(entry.parts), entry.path)
            found.setdefault(name, []).append(_Candidate(rank, entry.path, packed))

    def _in(self, handed_in: HandedIn) -> list[tuple[str, int]]:
        """Return the quizzes that answers are to, each with how many of its questions."""
        asked = {each.question for each in handed_in.entries}
        return [(name, len(asked & ids)) for name, ids in self._ids.items() if asked & ids]

    def _part(self, name: str, handed_in: HandedIn) -> dict[str, Any]:
        """Return of answers those to one quiz, and those to no question at all: they are told."""
        others = {id for quiz, ids in self._ids.items() for id in ids if quiz != name}
        others -= self._ids[name]
        own = [n for n, each in enumerate(handed_in.entries) if each.question not in others]
        return {
            "entries": tuple(handed_in.entries[n] for n in own),
            "confidences": tuple(handed_in.confidences[n] for n in own if handed_in.confidences),
        }

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
        fields = json.loads(body)
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


def _chosen(found: Mapping[str, Sequence[_Candidate]]) -> Iterable[File]:
    for name, candidates in found.items():
        first, *rest = sorted(candidates, key=lambda each: each.rank)
        yield File(first.path, name, "", first.body)
        why = f"left aside: {first.path} is taken for {name}"
        yield from (File(each.path, name, why) for each in rest)


def _without_the_courses(files: Sequence[Entry]) -> list[Entry]:
    """Return the files of a hand-in without those of a course that was handed in whole.

    Of that, answers are what lies beside its course.yaml, and the record.
    """

    def is_the_courses(entry: Entry, within: Sequence[str]) -> bool:
        is_beside = len(within) == 1 and entry.suffix in _TEXTS and entry.name != CONTENTS
        return bool(within) and not is_beside and not is_of_a_record(entry)

    return [entry for entry, within in in_courses(files) if not is_the_courses(entry, within)]
