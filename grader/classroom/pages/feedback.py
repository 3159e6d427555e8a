"""Feedback: what one person is told of their own work, as a page and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.classroom.export import totals_of
from grader.classroom.marks.not_answers import refused_of
from grader.classroom.marks.reading import Mark, Student, assigned, marks, marks_of
from grader.classroom.marks.store import Store
from grader.classroom.pages.parts import Part, part_of
from grader.classroom.pages.templates import Templates
from grader.classroom.people.file_names import stems_of
from grader.errors import in_one_line, readable
from grader.present.class_text import ANSWER_WORDS, HEADINGS, duration, in_words, reasons
from grader.present.prose_markdown import (
    fenced,
    labelled_markdown,
    prose_markdown,
    words_markdown,
)
from grader.present.report_outline import CHECK_WORDS, spoken
from grader.present.style import points
from grader.records import Outcome


class Feedback(NamedTuple):
    """What one person is told; `stem` is what files with it are called, each its own.

    `total` is None where something was not judged.
    """

    student: Student
    name: str
    stem: str
    title: str
    total: float | None
    most: float
    parts: tuple[Part, ...]


def feedback_of(store: Store, title: str, names: Sequence[str] = ()) -> Iterator[Feedback]:
    """Yield what each person whose marks count is told, of all that counts or what is named."""
    refused, exercises = refused_of(store), assigned(store, names)
    most = sum(exercise.max_points for exercise in exercises)
    totals = list(totals_of(list(marks(store, names))))
    stems = stems_of([total.student.person.student for total in totals])
    for total, stem in zip(totals, stems, strict=True):
        student = total.student
        called = student.person.student
        own = refused.get(student.id, [])
        yield Feedback(
            student=student,
            name=in_one_line(student.person.first("name") or called),
            stem=stem,
            title=title,
            total=total.final,
            most=most,
            parts=tuple(part_of(store, m, own) for m in marks_of(store, student, exercises)),
        )


def html_of(feedback: Feedback, templates: Templates) -> bytes:
    """Return feedback as one page that needs no other file."""
    return templates.page("feedback.html", title=feedback.title, feedback=feedback)


def markdown_of(feedback: Feedback) -> str:
    """Return feedback as Markdown, for mails and text boxes."""
    gained = "?" if feedback.total is None else points(feedback.total)
    blocks = [
        f"# {words_markdown(f'{feedback.title}: feedback for {feedback.name}')}",
        f"{gained} of {points(feedback.most)} points",
    ]
    for part in feedback.parts:
        blocks += _section(part)
    return "\n\n".join(blocks) + "\n"


def _section(part: Part) -> Iterator[str]:
    mark = part.mark
    yield f"## {words_markdown(mark.exercise.name)}: {HEADINGS[mark.outcome]}"
    yield _points_line(part)
    if mark.by_hand and mark.by_hand.comment:
        yield labelled_markdown("**Comment:**", mark.by_hand.comment)
    yield from map(prose_markdown, (*part.sentences, *part.diagnosis))
    wanting = [check for check in part.checks if check["outcome"] != Outcome.PASSED.value]
    for check in wanting:
        name, word = spoken(check["name"]), CHECK_WORDS[Outcome(check["outcome"])]
        said = prose_markdown(check["message"]).replace("\n", "\n  ")
        yield f"- **{word}** {words_markdown(name)}" + (f"\n\n  {said}" if said else "")
    if part.checks:
        yield f"{len(part.checks) - len(wanting)} of {len(part.checks)} checks passed."
    yield from _questions(part)
    if part.printed:
        yield f"Your code printed:\n\n{fenced(readable(part.printed))}"


def _questions(part: Part) -> Iterator[str]:
    """Yield what was not right in a quiz, each with what was answered, and why it is not."""
    wanting = [each for each in part.questions if each["outcome"] != "right"]
    for each in wanting:
        blocks = [labelled_markdown(f"**{ANSWER_WORDS[each['outcome']]}:**", each["ask"])]
        if each["chosen"] is not None:
            blocks.append(labelled_markdown("Answered:", in_words(each["chosen"])))
        blocks.append(prose_markdown(reasons(each["because"])))
        yield "- " + "\n\n".join(filter(None, blocks)).replace("\n", "\n  ")
    if part.questions:
        yield f"{len(part.questions) - len(wanting)} of {len(part.questions)} questions right."


def taken_off(mark: Mark) -> str:
    """Say what was gained, and what of it is gone for being late; nothing where nothing is."""
    if not mark.penalty or mark.points is None:
        return ""
    return f"{points(mark.points)} gained, {points(mark.penalty)} taken off for being late"


def _points_line(part: Part) -> str:
    mark = part.mark
    gained = "?" if mark.final is None else points(mark.final)
    line = f"**{gained} of {points(mark.exercise.max_points)} points**"
    if mark.by_hand and mark.by_hand.points is not None:
        line += ", given by hand"
    if off := taken_off(mark):
        line += f": {off}"
    return f"{line} ({duration(part.late)} late)." if part.late else f"{line}."
