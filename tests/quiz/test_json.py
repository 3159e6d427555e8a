"""The JSON of a marked quiz keeps to its schema."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from grader.present.quiz_json import result_json
from grader.quiz.mark import mark
from grader.quiz.reply import read_reply
from tests.conftest import ROOT
from tests.quiz.samples import SAMPLE, load

SCHEMA = json.loads((ROOT / "docs/quiz-result.schema.json").read_text("utf-8"))
ANSWERS = {
    "right": {
        "single": "keys 3", "several": "a,c", "truth": "f", "number": "64 1", "rounded": "333",
        "words": "softmax", "shape": "B,H,T,T", "order": "abc", "match": "abc",
        "prints": "[[1. 0.] [0. 1.]]",
    },
    "wrong": {
        "single": "b 3", "several": "b", "truth": "t", "number": "1 1", "rounded": "1",
        "words": "relu", "shape": "B,T", "order": "cba", "match": "bca", "prints": "1",
    },
    "partly": {"several": "a", "order": "bac", "match": "abb"},
    "skipped": {},
}  # fmt: skip


@pytest.mark.parametrize("outcome", ANSWERS)
def test_every_outcome_of_every_kind_fits_the_schema(tmp_path: Path, outcome: str) -> None:
    """Another program can rely on each key, whatever was answered."""
    quiz = load(tmp_path, SAMPLE).drawn(None)
    kinds = {question.id: question.kind for question in quiz.questions}
    replies = {name: read_reply(text, kinds[name]) for name, text in ANSWERS[outcome].items()}
    body = json.loads(result_json(mark(quiz, replies), None))
    jsonschema.validate(body, SCHEMA)
    given = [a for a in body["answers"] if a["question"] in replies or outcome == "skipped"]
    assert {answer["outcome"] for answer in given} == {outcome}
    assert all(answer["points"] <= answer["max_points"] for answer in body["answers"])
    assert (body["calibration"] is None) is (outcome in ("partly", "skipped"))


def test_every_source_is_told(tmp_path: Path) -> None:
    """All of them in `sources`, and the first, or null, in `source`."""
    one = "{document: paper, section: Attention}"
    two = f"[{one}, {{document: paper, section: Introduction}}]"
    quiz = load(tmp_path, SAMPLE.replace(one, two)).drawn(None)
    body = json.loads(result_json(mark(quiz, {}), None))
    jsonschema.validate(body, SCHEMA)
    first, second, *_ = body["answers"]
    assert [source["section"] for source in first["sources"]] == ["Attention", "Introduction"]
    assert first["source"] == first["sources"][0]
    assert (second["source"], second["sources"]) == (None, [])


def test_a_paper_is_a_source_as_well(tmp_path: Path) -> None:
    """With its number on arXiv, which a document has not."""
    one = "{document: paper, section: Attention}"
    paper = "{paper: Attention Is All You Need, section: 3.2.1, arxiv: 1706.03762}"
    quiz = load(tmp_path, SAMPLE.replace(one, f"[{paper}, {one}]")).drawn(None)
    body = json.loads(result_json(mark(quiz, {}), None))
    jsonschema.validate(body, SCHEMA)
    assert body["answers"][0]["sources"] == [
        {
            "document": "arXiv:1706.03762",
            "section": "3.2.1",
            "title": "Attention Is All You Need",
            "arxiv": "1706.03762",
        },
        {"document": "paper", "section": "Attention", "title": "A paper"},
    ]


def test_the_schema_is_a_schema() -> None:
    """It can be used with any validator."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
