"""What an answer takes along: those of the same hand-in that it may import, and no others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter

from grader.classroom.packets import MAX_OTHERS
from grader.course.course import Course
from grader.records import Submission

NOTEBOOK = "notebook.ipynb"
MAX_BESIDE = 500_000  # bytes that one answer takes along, besides what is its own file
MAX_ALL_BESIDE = 3_000_000  # of all answers of a hand-in together: it is in each of them
_WORD = re.compile(rb"\w+")


def with_beside(
    course: Course, chosen: Mapping[str, Submission]
) -> tuple[dict[str, Submission], dict[str, list[str]]]:
    """Give each answer those of the same hand-in that it may import.

    Those are the earlier exercises that it names, and that these name. So what somebody hands in
    later changes nothing about an answer that has nothing to do with it. Answers that would be too
    large a load stay behind: they are returned as well, by the answer that named them.
    """
    found, left, room = dict[str, Submission](), dict[str, list[str]](), MAX_ALL_BESIDE
    for name, submission in chosen.items():
        named = named_in(course, chosen, name)
        taken, weight = _light(submission, [chosen[each] for each in named], room)
        room -= weight
        beside = {each: _shown(chosen[each]) for each in named if each in taken}
        found[name] = submission._replace(beside=beside)
        if len(taken) < len(named):
            left[name] = [each for each in named if each not in taken]
    return found, left


def named_in(course: Course, texts: Mapping[str, Submission], exercise: str) -> list[str]:
    """Return the exercises handed in that an answer names, itself or through another of them."""
    found: dict[str, None] = {}
    waiting = [exercise]
    while waiting:
        new = [n for n in _named(course, texts[waiting.pop()]) if n in texts and n not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return [name for name in course.exercises if name in found]


def deciding(course: Course, submission: Submission) -> list[str]:
    """Return the exercises on which it depends what an answer gets.

    That is its own, and every earlier one that is named in it, or in what it may import: whether
    that was handed in, or its reference stands in. What the course has no more decides nothing.
    """
    every = (submission, *(submission.beside or {}).values())
    there = (each for each in every if each.exercise in course.exercises)
    names = {name for each in there for name in (each.exercise, *_named(course, each))}
    return [name for name in course.exercises if name in names]


def _light(submission: Submission, others: list[Submission], room: int) -> tuple[set[str], int]:
    """Return which others go along, the smallest first, and how many bytes they are.

    The same source weighs nothing.
    """
    taken, weight = set[str](), 0
    for each in sorted(others, key=attrgetter("weight")):
        is_same = each.source == submission.source
        own = each.weight - (len(each.source) if is_same else 0)
        if weight + own <= min(MAX_BESIDE, room) and len(taken) < MAX_OTHERS:
            taken.add(each.exercise)
            weight += own
    return taken, weight


def _named(course: Course, submission: Submission) -> list[str]:
    named = _names_in(submission.source, course.exercises)
    return [name for name in course.earlier(submission.exercise) if name in named]


@lru_cache(maxsize=64)
def _names_in(source: bytes, names: tuple[str, ...]) -> frozenset[str]:
    words = {*_WORD.findall(source)}
    return frozenset(name for name in names if name.encode() in words)


def _shown(submission: Submission) -> Submission:
    """Return an answer as one that another imports: it is known by its exercise."""
    is_cells = submission.path == NOTEBOOK
    path = f"{submission.exercise} in {NOTEBOOK}" if is_cells else submission.path
    return submission._replace(path=path)
