"""Pages that show side by side what is alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import SystemRandom
from typing import NamedTuple

from grader.classroom.marks.outline import counting
from grader.classroom.marks.reading import Student, assigned, marks
from grader.classroom.marks.store import Store
from grader.classroom.pages.report import START, named_on_pages
from grader.classroom.pages.templates import STYLE, Templates, style_sheet
from grader.classroom.similar.collect import ExerciseLikeness, Handed, Likeness, likeness_of
from grader.classroom.similar.compare import FEWEST_SIGNS, RUN, Detector
from grader.classroom.similar.signs import Place, lines_of
from grader.course.course import Course

MOST_SHOWN = 100  # pairs of an exercise


class Side(NamedTuple):
    """One answer of a pair: whose it is, and its lines, each in parts that are alike or not."""

    names: str
    lines: list[list[tuple[str, bool]]]


class Shown(NamedTuple):
    """A pair on the pages."""

    href: str
    one: str
    other: str
    share: int
    signs: int


def similar_pages(
    course: Course, store: Store, names: Sequence[str], least: float, anonymous: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield the pages: its name in the folder, and what is in it.

    An `anonymous` one names nobody, and has nothing of what stands in comments and texts.

    Raises
    ------
    UsageError
        Jinja2 or copydetect is not installed.
    """
    return _Similar(course, store, anonymous).pages(names, least)


class _Similar:
    def __init__(self, course: Course, store: Store, anonymous: bool) -> None:
        self._course, self._store, self._anonymous = course, store, anonymous
        self._templates, self._detector = Templates(), Detector()
        self._marks = counting(marks(store))
        students = list({mark.student.id: mark.student for mark in self._marks}.values())
        if anonymous:
            SystemRandom().shuffle(students)
        self._who = {id: who.label for id, who in named_on_pages(students, anonymous)}

    def pages(self, names: Sequence[str], least: float) -> Iterator[tuple[str, bytes]]:
        yield STYLE, style_sheet()
        found: list[tuple[ExerciseLikeness, list[Shown]]] = []
        for exercise in assigned(self._store, names):
            if exercise.name not in self._course.exercises:  # a quiz, or one that is gone
                continue
            own = [mark for mark in self._marks if mark.exercise == exercise]
            likeness = likeness_of(
                self._course, self._store, exercise, own, self._detector, least, self._anonymous
            )
            shown = list[Shown]()
            for number, pair in enumerate(likeness.pairs[:MOST_SHOWN], start=1):
                shown.append(self._shown(pair, f"{exercise.name}/{number:03}.html"))
                yield shown[-1].href, self._pair(exercise.name, pair, shown[-1])
            found.append((likeness, shown))
        yield START, self._overview(found, least)

    def _shown(self, pair: Likeness, href: str) -> Shown:
        share, signs = int(100 * pair.found.share), pair.found.signs
        return Shown(href, self._names(pair.one), self._names(pair.other), share, signs)

    def _names(self, side: Sequence[Handed]) -> str:
        return ", ".join(self._who[each.student.id] for each in side)

    def _pair(self, exercise: str, pair: Likeness, shown: Shown) -> bytes:
        sides = [
            Side(names, marked(handed[0].source, marks))
            for names, handed, marks in zip(
                (shown.one, shown.other), (pair.one, pair.other), pair.found.marks, strict=True
            )
        ]
        return self._templates.page(
            "pair.html",
            **{"root": "../", "title": self._course.title, "exercise": exercise},
            **{"pair": shown, "sides": sides, "anonymous": self._anonymous},
        )

    def _overview(
        self, found: Sequence[tuple[ExerciseLikeness, Sequence[Shown]]], least: float
    ) -> bytes:
        return self._templates.page(
            "similar.html",
            **{"root": "", "title": self._course.title, "anonymous": self._anonymous},
            **{"found": found, "least": int(100 * least), "run": RUN, "fewest": FEWEST_SIGNS},
            unread=[(self._label(s), e.exercise.name, w) for e, _ in found for s, w in e.unread],
        )

    def _label(self, student: Student) -> str:
        return self._who[student.id]


def marked(source: str, places: Sequence[Place]) -> list[list[tuple[str, bool]]]:
    """Return the lines of an answer, each in parts that are alike or not."""
    lines = lines_of(source.removesuffix("\n"))
    edges: list[list[tuple[int, int]]] = [[] for _ in lines]
    for place in places:
        for number in range(place.line, min(place.end_line, len(lines)) + 1):
            text = lines[number - 1]
            start = place.start if number == place.line else len(text) - len(text.lstrip())
            end = place.end if number == place.end_line else len(text)
            edges[number - 1].append((start, min(end, len(text))))
    return [list(_parts(text, spans)) for text, spans in zip(lines, edges, strict=True)]


def _parts(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in sorted(spans):
        start = max(start, at)
        if start < end:
            yield from ((text[at:start], False), (text[start:end], True))
            at = end
    yield text[at:], False
