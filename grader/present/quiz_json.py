"""A marked quiz as JSON: version 1, described in docs/quiz-result.schema.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from grader.quiz.mark import Result, Verdict
from grader.quiz.model import Source

VERSION = 1


def result_json(result: Result, seed: int | None, unread: Sequence[str] = ()) -> str:
    """Return a marked quiz as one JSON object; `seed` is what its values were drawn with.

    `unread` says of entries in the file of answers why they mean nothing.
    """
    calibration = result.calibration
    return json.dumps(
        {
            "version": VERSION,
            "quiz": result.quiz.name,
            "title": result.quiz.title,
            "seed": seed,
            "score": round(result.score, 6),
            "max_score": round(result.max_score, 6),
            "topics": [topic._asdict() for topic in result.topics],
            "calibration": calibration._asdict() if calibration else None,
            "answers": [_answer(verdict) for verdict in result.verdicts],
            "unread": list(unread),
        },
        indent=2,
    )


def _answer(verdict: Verdict) -> dict[str, Any]:
    question, reply = verdict.question, verdict.reply
    kind = question.kind
    sources = [_source(source) for source in question.sources]
    remarks = [f"{what}. {because}" if what else because for what, because in verdict.remarks]
    return {
        "question": question.id,
        "type": kind.name,
        "ask": question.ask,
        "outcome": verdict.mark.value,
        "points": round(verdict.points, 6),
        "max_points": question.weight,
        "chosen": reply.given,
        "right": kind.right,
        "confidence": reply.confidence,
        "because": "\n".join(text.strip() for text in remarks if text.strip()),
        "source": sources[0] if sources else None,
        "sources": sources,
        "practise": question.practise,
        "topics": question.topics,
    }


def _source(source: Source) -> dict[str, str]:
    """Return a document or a paper; only a paper has a number on arXiv."""
    return {name: text for name, text in source._asdict().items() if name != "arxiv" or text}
