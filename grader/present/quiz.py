"""Questions, verdicts and scores as they are read; words first, colour never alone."""

from __future__ import annotations

import json
from collections.abc import Sequence

from grader.present.style import Style
from grader.progress import QuizStanding
from grader.quiz.attempt import LETTERS
from grader.quiz.mark import Mark, Result, Verdict
from grader.quiz.model import Choice, Question, Quiz

VERSION = 1
_WORDS = {Mark.RIGHT: ("CORRECT", "good"), Mark.WRONG: ("NOT YET", "bad")}


def render_question(
    quiz: Quiz, question: Question, number: int, choices: Sequence[Choice], style: Style
) -> str:
    """Return a question as it is put."""
    title = f"{quiz.title}, question {number} of {len(quiz.questions)}"
    rule = style.paint("-" * style.width, "faint")
    lines = [rule, style.paint(title, "bold"), "", *style.wrap(question.ask), ""]
    for letter, choice in zip(LETTERS, choices, strict=False):
        first, *rest = style.wrap(choice.text, "     ")
        lines += [f"  {letter}  {first.lstrip()}", *rest]
    return "\n".join(lines) + "\n"


def prompt(choices: Sequence[Choice]) -> str:
    """Return the line that asks for a reply."""
    return f"a-{LETTERS[len(choices) - 1]}, s to skip, q to save and leave: "


def render_verdict(verdict: Verdict, choices: Sequence[Choice], style: Style) -> str:
    """Return the verdict on one answer, with the reason for it and for the right one."""
    question, chosen = verdict.question, verdict.chosen
    if chosen is None:
        return "Skipped.\n"
    word = style.paint(*_WORDS[verdict.mark])
    lines = [f"{word}  {_named(chosen, choices)}", *style.wrap(chosen.because, "  ")]
    if not chosen.right:
        right = f"Right is {_named(question.right, choices)}"
        lines += ["", *style.wrap(right), *style.wrap(question.right.because, "  ")]
    if question.source:
        lines += ["", *style.wrap(f"Source: {question.source}")]
    if question.practise:
        lines.append(f"Practise: grader grade {question.practise}")
    return "\n".join(lines) + "\n"


def render_result(result: Result, standing: QuizStanding | None, style: Style) -> str:
    """Return the score, what to revise, and which exercises to open."""
    score = f"{result.quiz.title}: {result.score} of {result.max_score}"
    lines = [style.paint(score, "bold")]
    if standing:
        lines.append(f"Best so far: {standing.best:g} of {standing.max_score:g}")
    if result.to_revise:
        lines += ["", "To revise:"]
        for verdict in result.to_revise:
            source = f" ({verdict.question.source})" if verdict.question.source else ""
            text = f"- {verdict.question.id}, {verdict.mark.value}{source}"
            lines += style.wrap(text, "  ")
    names = [v.question.practise for v in result.to_revise if v.question.practise]
    lines += [f"Open the exercise: grader grade {name}" for name in dict.fromkeys(names)]
    return "\n".join(lines)


def result_json(result: Result) -> str:
    """Return a marked quiz as one JSON object."""
    answers = [
        {
            "question": verdict.question.id,
            "outcome": verdict.mark.value,
            "chosen": verdict.chosen.text if verdict.chosen else None,
            "right": verdict.question.right.text,
            "because": (verdict.chosen or verdict.question.right).because,
            "practise": verdict.question.practise,
        }
        for verdict in result.verdicts
    ]
    return json.dumps(
        {
            "version": VERSION,
            "quiz": result.quiz.name,
            "score": result.score,
            "max_score": result.max_score,
            "answers": answers,
        },
        indent=2,
    )


def _named(choice: Choice, choices: Sequence[Choice]) -> str:
    return f"{LETTERS[list(choices).index(choice)]}: {choice.text}"
