"""The words for mistakes that were found together."""

from __future__ import annotations

from dataclasses import replace

from grader.grading.diagnose.hypotheses import BOTH, Hypothesis, listed
from grader.grading.diagnose.several import Found
from grader.records import Diagnosis
from grader.records.text import Paragraph, Text, parse, spans_of

NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five"}


def say_found(function: str, found: Found) -> Diagnosis:
    """Return a diagnosis of all mistakes that were found."""
    names = [each.name for each in found.theory if each.name]
    kind = max((each.kind for each in found.theory), key=_ORDER.index)
    message = _message(found)
    return Diagnosis(kind, message, BOTH.join(names) or None, function)


def tentative(hypothesis: Hypothesis) -> Hypothesis:
    """Return a hypothesis that says of itself that something else may have done the same."""
    opening = "This would give what you get, though other things would, too:"
    return replace(hypothesis, message=listed(opening, [hypothesis.message]))


_ORDER = ("relation", "inherited", "mistake")


def _message(found: Found) -> Text:
    texts = [_with_others(*each) for each in zip(found.theory, found.others, strict=True)]
    if len(texts) == 1:
        (text,) = texts
    else:
        counted = zip(texts, found.needed, strict=True)
        opening = f"{NUMBERS[len(texts)]} things at once."
        text = listed(opening, (_counted(*each) for each in counted))
    if not found.left:
        return text
    left = f"{found.left} of the {found.failing} failing checks are not explained by this."
    return Text((*text.groups, (Paragraph(spans_of(left)),)))


def _counted(text: Text, checks: int) -> Text:
    return text


def _with_others(slip: Hypothesis, others: tuple[Hypothesis, ...]) -> Text:
    message = parse(slip.message)
    if not others:
        return message
    return listed("One of these:", (each.message for each in (slip, *others)[:3]))
