"""What a class made of one quiz, in numbers: how hard each question was, and what it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import correlation, median, pstdev
from typing import Any, NamedTuple

from grader.classroom.marks.reading import NOT_HANDED_IN, Assigned, Mark, kept_report
from grader.classroom.marks.store import Store
from grader.classroom.pages.facts import Mistake, distribution
from grader.present.class_text import in_words, reasons

FEWEST = 10  # answers from which on there is something to be said of how well a question tells
_MOST_OPTIONS = 3  # wrong ones that are shown of a question
_OFFERED = ("choice", "truth", "order", "match")  # ways of asking whose answers are the author's


class WrongAnswer(NamedTuple):
    """An answer that was not right: how many gave it, and what they were told."""

    given: str
    told: str
    people: int


class QuestionFacts(NamedTuple):
    """What a class made of a question, as one of them was asked it.

    `facility` is the share of its points that were gained, a skipped one gaining none.
    `discrimination` is the correlation, over all who answered the quiz, between the points for it
    and those for all other questions; None where that says nothing: of fewer than ten, or where
    all have the same.
    """

    id: str
    ask: str
    right: str
    people: int
    all_right: int
    skipped: int
    facility: float
    discrimination: float | None
    wrong: list[WrongAnswer]


class QuizFacts(NamedTuple):
    """What a class made of one quiz; `questions` come from the hardest to the easiest."""

    exercise: Assigned
    outcomes: Counter[str]
    median: float | None
    points: list[tuple[str, int]]
    questions: list[QuestionFacts]
    answers: int
    absent: list[Mark]
    not_understood: list[Mark]

    @property
    def mistakes(self) -> list[Mistake]:
        """The wrong answer that most gave to each question, told as a mistake is."""
        firsts = [(each, each.wrong[0]) for each in self.questions if each.wrong]
        told = [
            Mistake(
                each.id,
                f"{each.ask}\n\nAnswered: {wrong.given}.\n\n{reasons(wrong.told)}",
                wrong.people,
            )
            for each, wrong in firsts
            if wrong.told
        ]
        return sorted(told, key=lambda mistake: -mistake.answers)


def quiz_facts_of(
    store: Store, quiz: Assigned, marks: Sequence[Mark], anonymous: bool
) -> QuizFacts:
    """Return what those made of a quiz whose marks for it these are.

    An `anonymous` one shows no answer that somebody typed.
    """
    reports = [
        kept_report(store, mark.attempt.report)["answers"]
        for mark in marks
        if mark.attempt and mark.attempt.report is not None
    ]
    reports = [answers for answers in reports if answers]
    gained = [m.points for m in marks if m.points is not None and (m.attempt or m.by_hand)]
    questions = sorted(_questions(reports, anonymous), key=lambda each: each.facility)
    return QuizFacts(
        exercise=quiz,
        outcomes=Counter(mark.outcome for mark in marks),
        median=median(gained) if gained else None,
        points=distribution(gained, quiz.max_points),
        questions=questions,
        answers=len(reports),
        absent=[mark for mark in marks if mark.outcome == NOT_HANDED_IN],
        not_understood=[m for m in marks if not m.attempt and m.outcome != NOT_HANDED_IN],
    )


def _questions(reports: Sequence[list[dict[str, Any]]], anonymous: bool) -> Iterator[QuestionFacts]:
    totals = [sum(each["points"] for each in answers) for answers in reports]
    by_id: dict[str, list[tuple[dict[str, Any], float]]] = {}
    for answers, total in zip(reports, totals, strict=True):
        for each in answers:
            by_id.setdefault(each["question"], []).append((each, total - each["points"]))
    for name, found in by_id.items():
        answers = [each for each, _ in found]
        first = answers[0]
        outcomes = Counter(each["outcome"] for each in answers)
        points = [each["points"] for each in answers]
        shows = first["type"] in _OFFERED or not anonymous
        yield QuestionFacts(
            id=name,
            ask=first["ask"],
            right=in_words(first["right"]),
            people=len(answers),
            all_right=outcomes["right"],
            skipped=outcomes["skipped"],
            facility=sum(points) / sum(each["max_points"] for each in answers),
            discrimination=_discrimination(points, [rest for _, rest in found]),
            wrong=_wrong(answers) if shows else [],
        )


def _discrimination(points: Sequence[float], rest: Sequence[float]) -> float | None:
    if len(points) < FEWEST or min(pstdev(points), pstdev(rest)) < 1e-9:
        return None
    return correlation(points, rest)


def _wrong(answers: Sequence[dict[str, Any]]) -> list[WrongAnswer]:
    """Return the wrong answers that most gave; of several choices, each by itself."""
    told: dict[str, Counter[str]] = {}
    for answer in answers:
        if answer["outcome"] in ("wrong", "partly"):
            for given, because in _parts(answer):
                told.setdefault(given, Counter())[because] += 1
    found = [WrongAnswer(g, c.most_common(1)[0][0], c.total()) for g, c in told.items()]
    return sorted(found, key=lambda each: (-each.people, each.given))[:_MOST_OPTIONS]


def _parts(answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what of an answer was wrong, each with what was said of it."""
    chosen, right, because = answer["chosen"], answer["right"], answer["because"]
    if answer["type"] != "choice" or not isinstance(chosen, list):
        yield in_words(chosen), because
        return
    for text in chosen:
        if text not in right:
            lines = because.splitlines()
            yield text, next((line for line in lines if f": {text} is wrong" in line), because)
